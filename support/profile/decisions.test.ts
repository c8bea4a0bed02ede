import '../checklists/index.ts';
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { temporaryFolder } from '../record/disk/temporary.ts';
import { builtIn, decisionsOf, loadProfile } from './index.ts';

const folder = temporaryFolder('profiles');
after(() => rmSync(folder, { recursive: true }));

function loaded(...lines: string[]) {
  const file = join(folder, 'till.yaml');
  writeFileSync(file, lines.join('\n'));
  return loadProfile(file);
}

const head = ['name: My till', 'version: 1.2.3', "apiVersion: '2026-02-27'"];
const headless = ['driver:', '  kind: headless'];
const browser = [
  'driver:',
  '  kind: browser',
  '  url: http://127.0.0.1:8080',
  '  display: { outcome: "#o", total: "#t", prompt: "#p", notice: "#n", dialogue: "[role=dialog]" }',
  '  actions:',
  '    configure: [{ goto: / }]',
  '    sale: [{ click: "#charge" }]',
];

suite('what a profile settles about the display is decided on once', () => {
  const settled = (...lines: string[]) => decisionsOf(loaded(...head, ...lines));
  test('nothing, where it settles nothing', () => {
    assert.deepEqual(settled(...browser), []);
    assert.deepEqual(settled('language: en-GB', ...browser), []);
    assert.deepEqual(decisionsOf(loadProfile(builtIn.reference)), []);
    assert.deepEqual(settled('language: pl', ...headless), []);
  });
  test('that a build has a test endpoint', () => {
    assert.deepEqual(settled('driver: { kind: http, url: "http://127.0.0.1:8080/test" }'), [
      'The build that was tested has a test endpoint, through which the kit drove it: a shop needs a build without one.',
    ]);
  });
  test('a word that usually says another result of the same side', () => {
    const words = ['vocabulary:', '  results: { Unconfirmed: [timed out, "card declined by host"] }'];
    assert.deepEqual(settled(...words, ...browser), [
      'The profile takes “card declined by host” for Unconfirmed; it usually says Declined.',
    ]);
  });
  test('a language that the kit has no words for', () => {
    const polish = settled('language: pl-PL', ...browser);
    assert.equal(polish.length, 1);
    assert.match(polish[0]!, /no words of results in the language pl-PL/);
    const { driver } = loaded(...head, 'language: pl-PL', ...browser);
    assert.ok(driver.kind === 'browser' && driver.display.reading?.claims === undefined);
  });
  test('not one that it has words for, whatever the country', () => {
    for (const [language, word] of [
      ['de-AT', 'abgelehnt'],
      ['es', 'pago rechazado'],
      ['it-IT', 'approvato'],
      ['fr-BE', 'refusée'],
      ['NL', 'betaald'],
      ['pt-PT', 'pago'],
    ] as const) {
      assert.deepEqual(settled(`language: ${language}`, ...browser), []);
      const { driver } = loaded(...head, `language: ${language}`, ...browser);
      const claims = driver.kind === 'browser' ? driver.display.reading?.claims : undefined;
      for (const text of [word, 'payment approved']) assert.match(text, new RegExp(claims!, 'iu'));
    }
    const { driver } = loaded(...head, 'language: es', ...browser);
    const claims = driver.kind === 'browser' ? driver.display.reading?.claims : undefined;
    assert.doesNotMatch(
      'Pago',
      new RegExp(claims!, 'iu'),
      'which is Portuguese for paid, and Spanish for payment',
    );
  });
  test('a total that nobody knows where it stands', () => {
    const without = browser.map((line) => line.replace(' total: "#t",', ''));
    assert.match(settled(...without).join(), /^The profile does not say where .* was not judged\.$/);
  });
  test('a part of the page that is not judged', () => {
    const regions = browser.map((line) =>
      line.replace('dialog]" }', 'dialog]", regions: [{ selector: "#recent", reason: It lists the day. }] }'),
    );
    assert.deepEqual(settled(...regions), ['The part #recent of the page was not judged: It lists the day.']);
    assert.throws(
      () => loaded(...head, ...regions.map((line) => line.replace('#recent', '#recent >'))),
      /regions\.0\.selector/,
    );
    assert.throws(
      () => loaded(...head, ...regions.map((line) => line.replace(/, reason: [^}]*/, ''))),
      /`reason`/,
    );
  });
});

suite('how the browser shows a till is a matter of its profile', () => {
  test('size, zoom, touch, theme and further windows', () => {
    const windows = browser.map((line) =>
      line.replace(
        'dialog]" }',
        'dialog]", windows: [{ url: /customer, outcome: "#c" }, { popup: c, notice: .n }] }',
      ),
    );
    const { driver } = loaded(
      ...head,
      ...windows,
      '  viewport: { width: 800, height: 1280 }',
      '  zoom: 1.5',
      '  touch: true',
      '  colorScheme: dark',
      '  forcedColors: true',
    );
    assert.ok(driver.kind === 'browser');
    assert.deepEqual(driver.viewport, { width: 800, height: 1280 });
    assert.equal(driver.display.windows?.length, 2);
  });
  const wrong: [why: string, line: string, says: RegExp][] = [
    ['no size', '  viewport: { width: 0, height: 600 }', /driver\.viewport\.width/],
    ['half a size', '  viewport: { width: 800 }', /`height`/],
    ['a zoom of nothing', '  zoom: 0', /driver\.zoom/],
    ['a theme that there is not', '  colorScheme: sepia', /light, dark/],
  ];
  for (const [why, line, says] of wrong)
    test(`but not ${why}`, () => assert.throws(() => loaded(...head, ...browser, line), says));
  for (const [why, window, says] of [
    ['a window that is opened twice', '{ url: /c, popup: c, outcome: "#c" }', /windows/],
    ['a window of no address', '{ outcome: "#c", prompt: "#p" }', /windows/],
    ['a window whose selector is none', '{ url: /c, outcome: "#c >" }', /windows\.0\.outcome/],
  ] as const)
    test(`but not ${why}`, () => {
      const lines = browser.map((line) => line.replace('dialog]" }', `dialog]", windows: [${window}] }`));
      assert.throws(() => loaded(...head, ...lines), says);
    });
});

test('a sign is decided on, and its words are those of its result', () => {
  const symbols = browser.map((line) =>
    line.replace('dialog]" }', 'dialog]", symbols: [{ selector: .tick, result: Captured }] }'),
  );
  const profile = loaded(...head, ...symbols);
  assert.deepEqual(decisionsOf(profile), ['The profile takes the sign .tick for Captured.']);
  assert.ok(profile.driver.kind === 'browser');
  assert.equal(profile.driver.display.symbols?.[0]?.words, profile.vocabulary.results.Captured[0]);
});
