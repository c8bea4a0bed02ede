import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { checklists } from '../checklist/index.ts';
import { rowsPages } from './rows-page.ts';

const pages = rowsPages();

test('each checklist has a page of its own', () => {
  assert.equal(new Set(pages.map(({ path }) => path)).size, checklists.length);
});

for (const { path, text } of pages)
  test(`docs/${path} says what the catalogue says (else: npm run docs)`, () => {
    assert.equal(readFileSync(new URL(`../../docs/${path}`, import.meta.url), 'utf8'), text);
  });
