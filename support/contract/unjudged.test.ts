import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Exchange } from '../record/vocabulary.ts';
import { loadContract, readContract } from './index.ts';
import { exchangeOf, goodExchanges } from './testing/good-exchanges.ts';

const contract = readContract(
  `
openapi: 3.0.3
info: { title: t, version: "1" }
paths:
  /forms:
    post:
      requestBody:
        content:
          application/json: { schema: { type: object, required: [a] } }
          application/x-www-form-urlencoded: { schema: { type: object } }
          image/*: {}
      responses:
        "200":
          description: Done
          content: { application/json: { schema: { type: object } }, text/csv: {} }
        "202": { description: Later }
`,
  'forms.yaml',
);

const sent = (type: string, text: string, status = 200, answered = 'application/json'): Exchange => ({
  ...exchangeOf({ call: 'POST /forms', status, response: {}, type: answered }),
  request: { method: 'POST', target: '/forms', headers: [['Content-Type', type]], body: { text } },
});

const seen = (exchange: Exchange) => [
  contract.violations(exchange).map(({ rule }) => rule),
  contract.unjudged(exchange),
];

describe('a body in a form that the description has beside JSON is not judged, and is reported', () => {
  for (const type of ['application/x-www-form-urlencoded', 'Image/PNG', 'image/png; a=b'])
    test(type, () => {
      assert.deepEqual(seen(sent(type, 'a=b')), [
        [],
        [`${type.replace(/;.*/, '')} in the request of POST /forms`],
      ]);
    });
  test('one in JSON is judged', () => {
    assert.deepEqual(seen(sent('application/json', '{}')), [['required'], []]);
  });
  test('one in a form that the description does not have is a violation', () => {
    assert.deepEqual(seen(sent('text/plain', '{"a":1}')), [['json-content-type'], []]);
  });
  test('so are answers', () => {
    assert.deepEqual(seen(sent('application/json', '{"a":1}', 200, 'text/csv')), [
      [],
      ['text/csv in the answer 200 of POST /forms'],
    ]);
    assert.deepEqual(seen(sent('application/json', '{"a":1}', 202)), [
      [],
      ['application/json in the answer 202 of POST /forms'],
    ]);
  });
});

test('of our own good exchanges all bodies are judged', () => {
  for (const short of Object.values(goodExchanges))
    assert.deepEqual(loadContract().unjudged(exchangeOf(short)), [], short.call);
});
