import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { checklists, knownCapabilities, loadCatalogue } from '../checklist/index.ts';
import { driverOf } from '../drivers/index.ts';
import { builtIn, loadProfile, type Profile, usualVocabulary } from './index.ts';
import schema from './profile.schema.json' with { type: 'json' };
import { browser, folder, head, headless, loaded, program, screen } from './testing/loaded.ts';

const defaultVocabulary = usualVocabulary();

/** How the kit knows what a till shows that is driven so. */
const displayOf = (driver: Profile['driver']): string => driverOf(driver).display(driver);

const guide = readFileSync(new URL('../../docs/profile.md', import.meta.url), 'utf8');

suite('a good profile loads', () => {
  // Some ways to call a subject are another checklist's.
  for (const [name, path] of Object.entries(builtIn).filter(([, file]) => existsSync(file)))
    test(`${name}, which comes with the kit`, () => {
      const profile = loadProfile(path);
      assert.ok(profile.name && profile.version);
      assert.match(profile.apiVersion, /^\d{4}-\d\d-\d\d$/);
    });
  test('with the least that it must say, everything else being the kit’s', () => {
    const profile = loaded(...head, ...headless);
    assert.deepEqual(profile.capabilities, []);
    assert.deepEqual(profile.declared, {});
    assert.deepEqual(profile.vocabulary, defaultVocabulary);
  });
  test('for a till in a browser', () => {
    const { driver } = loaded(...head, ...browser);
    assert.equal(driver.kind, 'browser');
  });
  test('for a till behind a program, which runs in the folder of the profile', () => {
    const inFolder = (...lines: string[]) => {
      const { driver } = loaded(...head, ...program, ...lines);
      return driver.kind === 'command' ? driver.cwd : '';
    };
    assert.equal(inFolder(), folder);
    assert.equal(inFolder('  cwd: till'), join(folder, 'till'));
  });
  test('for a till behind a program that shows itself on a page, which the kit then sees', () => {
    const { driver } = loaded(
      ...head,
      ...program,
      '  instances: 2',
      ...screen,
      '    page: http://127.0.0.1:{port}/',
    );
    assert.equal(displayOf(driver), 'observed');
    assert.equal(displayOf(loaded(...head, ...program).driver), 'reported');
    assert.equal(displayOf(loaded(...head, ...program, '  see: { screenshot: [shot] }').driver), 'reported');
    assert.equal(displayOf(loaded(...head, ...browser).driver), 'observed');
    assert.equal(displayOf(loaded(...head, ...headless).driver), 'none');
  });
  test('in JSON as well', () => {
    const json = { name: 'x', version: '1', apiVersion: '2026-02-27', driver: { kind: 'headless' } };
    assert.equal(loaded(JSON.stringify(json)).name, 'x');
  });
  test('with words of its own, which replace one list and leave the others', () => {
    const { vocabulary } = loaded(
      ...head,
      ...headless,
      'vocabulary:',
      '  results:',
      '    Captured: [bezahlt]',
      '  prompts:',
      '    PresentCard: [Karte vorhalten]',
      '  accept: [annehmen]',
    );
    assert.deepEqual(vocabulary.results.Captured, ['bezahlt']);
    assert.deepEqual(vocabulary.results.Declined, defaultVocabulary.results.Declined);
    assert.deepEqual(vocabulary.prompts.PresentCard, ['Karte vorhalten']);
    assert.deepEqual(vocabulary.prompts.EnterPin, defaultVocabulary.prompts.EnterPin);
    assert.deepEqual(vocabulary.accept, ['annehmen']);
  });
  test('can declare every capability that a checklist asks about, and its rows can be in scope', () => {
    const rows = checklists.flatMap((name) => loadCatalogue(name).rows);
    const asked = [...new Set(rows.flatMap(({ capability }) => capability?.split('+') ?? []))];
    const { capabilities } = loaded(...head, ...headless, `capabilities: [${asked.join(', ')}]`);
    assert.deepEqual(capabilities, asked);
  });
});

test('the guide to profiles names all that a profile may have', () => {
  const { vocabulary, driver } = schema.properties;
  const { results, kinds, ...lists } = vocabulary.properties;
  const { actions } = driver.oneOf.flatMap(({ properties }) =>
    'actions' in properties ? [properties] : [],
  )[0]!;
  const steps = schema.definitions.steps.items.properties;
  const names = [
    ...Object.keys(lists).map((name) => (name === 'prompts' ? 'prompts.…' : name)),
    ...Object.keys(results.properties).map((name) => `results.${name}`),
    ...Object.keys(kinds.properties).map((name) => `kinds.${name}`),
    ...Object.keys(defaultVocabulary.prompts),
    ...Object.keys(actions?.properties ?? {}),
    ...Object.keys(steps),
    ...steps.each.enum,
    ...schema.properties.capabilities.items.enum,
  ];
  for (const name of names)
    assert.match(guide, new RegExp(`\\b${name.replace('.', '\\.')}\`|\`${name}: `), name);
});

test('the schema, which editors read, names the capabilities that the checklists bring', () => {
  assert.deepEqual(schema.properties.capabilities.items.enum, [...knownCapabilities().keys()]);
});
