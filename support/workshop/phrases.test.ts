import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { banned, readByPeople } from './phrases.ts';

const read = readByPeople();

test('pages, features, rows and texts of the commands are among what is looked at', () => {
  for (const file of ['README.md', 'docs/glossary.md', 'rows.yaml', '.feature', 'run/progress.ts'])
    assert.ok(
      read.some(({ place }) => place.includes(file)),
      file,
    );
});

suite('nobody has to read twice', () => {
  for (const [phrase, instead] of banned)
    test(`${phrase} is written nowhere; write ${instead}`, () => {
      const hits = read.filter(({ text }) => phrase.test(text));
      assert.deepEqual(
        hits.map(({ place, text }) => `${place}: ${text.trim()}`),
        [],
      );
    });
});

test('contributors read of what is observed, reported or attested too: nothing is told', () => {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const hits = globSync('{support,steps,fixtures}/**/*.{ts,mjs,js,py}', { cwd: root })
    .filter((file) => !/upgrade|phrases/.test(file))
    .filter((file) => /\btold\b/i.test(readFileSync(join(root, file), 'utf8')));
  assert.deepEqual(hits, []);
});
