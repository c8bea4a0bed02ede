import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadCatalogue } from '../../checklist/index.ts';
import { builtIn, loadProfile } from '../../profile/index.ts';
import { machinesNeeded, suffixOf } from './machines-needed.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

test('a step that puts a card machine before the customer is foreseen to need that machine', () => {
  const sources = globSync('steps/**/*.steps.ts', { cwd: root }).map((file) =>
    readFileSync(root + file, 'utf8'),
  );
  const placed = sources
    .flatMap((source) => source.split(/^(?=(?:Given|When|Then)\()/m))
    .map((step) => [/^Given\(\s*'([^']+)'/.exec(step)?.[1], /\.(?:serve|place)\('(\w+)'/.exec(step)?.[1]])
    .filter((pair): pair is [string, string] => pair[0] !== undefined && pair[1] !== undefined);
  assert.ok(placed.length > 10, 'the steps were found');
  const sentences = globSync('features/**/*.feature', { cwd: root })
    .flatMap((file) => readFileSync(root + file, 'utf8').split('\n'))
    .map((line) => line.trim());
  for (const [sentence, suffix] of placed) {
    const pattern = new RegExp(`^(?:Given|And) ${sentence.replace(/\{\w+\}/g, '\\S+')}$`);
    const used = sentences.filter((line) => pattern.test(line));
    assert.ok(used.length, `${sentence} is in a scenario`);
    for (const line of used) assert.equal(suffixOf(line), suffix, line);
  }
});

test('a row whose capability the till does not declare needs no card machine', () => {
  const catalogue = loadCatalogue();
  const profile = loadProfile(builtIn.headless);
  const rows = catalogue.rows.filter(({ capability }) => capability === 'manualCapture');
  assert.ok(machinesNeeded(catalogue, rows, profile).size > 0);
  assert.equal(machinesNeeded(catalogue, rows, { ...profile, capabilities: [] }).size, 0);
});

test('each row that names the end of a TID is foreseen to need it', () => {
  const catalogue = loadCatalogue();
  const needed = machinesNeeded(catalogue, catalogue.rows, loadProfile(builtIn.headless));
  for (const { id, tid } of catalogue.rows)
    if (tid) assert.ok(needed.get(tid)?.includes(id), `${id}: ${tid}`);
});
