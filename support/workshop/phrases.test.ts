import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
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
