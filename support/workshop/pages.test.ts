import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { mutants } from '../../fixtures/pay-at-counter/mutants/index.ts';
import { checklists, loadCatalogue } from '../checklist/index.ts';
import { endpointPage } from './endpoint-page.ts';
import { pages } from './pages.ts';
import { proofPage } from './prove/proof-page.ts';
import { rowsPages } from './rows-page.ts';

test('each checklist has a page of its own', () => {
  assert.equal(new Set(rowsPages().map(({ path }) => path)).size, checklists.length);
});

for (const { path, text } of pages())
  test(`${path} is up to date (else: npm run docs)`, () => {
    assert.equal(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'), text);
  });

test('the description of a test endpoint is OpenAPI whose schemas take the messages of the protocol', () => {
  const { paths, components, openapi } = parse(endpointPage());
  assert.match(openapi, /^3\.1\./);
  assert.deepEqual(Object.keys(paths), ['/hello', '/configure', '/act', '/display', '/reset', '/events']);
  const ajv = new Ajv2020({ strict: false }).addSchema({ $id: 'endpoint', components });
  const takes = (schema: object, message: object): boolean =>
    ajv.validate(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"endpoint#/')), message) as boolean;
  const { requestBody, responses } = paths['/act'].post;
  const asked = requestBody.content['application/json'].schema;
  const sale = { name: 'sale', sale: { amount: 1000, currency: 'GBP' } };
  assert.ok(takes(asked, { id: 3, call: 'act', action: sale, token: '00ff00ff00ff00ff', later: 1 }));
  assert.ok(!takes(asked, { id: 3, call: 'act', action: { ...sale, name: 'sell' } }));
  const answered = responses[200].content['application/json'].schema;
  assert.ok(takes(answered, { id: 3, answer: 'done' }));
  assert.ok(!takes(answered, { id: 3, answer: 'failed' }), 'without a reason');
  const event = paths['/events'].get.responses[200].content['text/event-stream'].schema;
  assert.ok(takes(event, { event: 'display', display: { text: 'ready', total: null } }));
});

test('the page of the proof does not count a mutant as caught that no check sees', () => {
  const seen = {
    ...mutants[0]!,
    id: 'seen',
    kills: [{ row: 'PAC-SALE-01', check: 'driven', observed: /./ }],
  };
  const page = proofPage(
    [seen, { ...seen, id: 'hidden', unseen: 'nobody looks' }],
    [loadCatalogue()],
    ['fixtures'],
  );
  assert.match(page, /^\| PAC-SALE-01 \| 1 \| 2 \| `seen`, `hidden` \|$/m);
  assert.match(page, /^- `hidden`: .*No check sees it because nobody looks\.$/m);
});
