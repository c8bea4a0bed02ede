import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { mutants } from '../../fixtures/pay-at-counter/mutants/index.ts';
import { checklists, loadCatalogue } from '../checklist/index.ts';
import { pages } from './pages.ts';
import { proofPage } from './prove/proof-page.ts';
import { rowsPages } from './rows-page.ts';

test('each checklist has a page of its own', () => {
  assert.equal(new Set(rowsPages().map(({ path }) => path)).size, checklists.length);
});

for (const { path, text } of pages())
  test(`docs/${path} is up to date (else: npm run docs)`, () => {
    assert.equal(readFileSync(new URL(`../../docs/${path}`, import.meta.url), 'utf8'), text);
  });

test('the page of the proof does not count a mutant as caught that no check sees', () => {
  const seen = {
    ...mutants[0]!,
    id: 'seen',
    kills: [{ row: 'PAC-SALE-01', check: 'driven', observed: /./ }],
  };
  const page = proofPage([seen, { ...seen, id: 'hidden', unseen: 'nobody looks' }], [loadCatalogue()]);
  assert.match(page, /^\| PAC-SALE-01 \| 1 \| 2 \| `seen`, `hidden` \|$/m);
  assert.match(page, /^- `hidden`: .*No check sees it because nobody looks\.$/m);
});
