import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { loadCatalogue } from '../checklist/index.ts';
import { rowsPage } from './rows-page.ts';

test('the page of rows says what the catalogue says (else: npm run docs)', () => {
  assert.equal(
    readFileSync(new URL('../../docs/rows.md', import.meta.url), 'utf8'),
    rowsPage(loadCatalogue()),
  );
});
