import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Body, Json } from '../record/vocabulary.ts';
import { createRedaction } from '../traffic/redaction/index.ts';
import { loadContract } from './index.ts';
import { judgeKeyPlaces } from './key-places.ts';
import { exchangeOf, goodExchanges } from './testing/good-exchanges.ts';

const redaction = createRedaction({ known: ['odd-secret-of-the-run'] });
const key = 'sk_sandbox_c8oLGaI__msxsXbpBDpdtw';
const good = exchangeOf(goodExchanges.PaymentIntents_CreatePaymentIntent!);

/** A request as the gateway records it, with this key in its header. */
const sent = (target: string, body: Json | string, inHeader = key) => ({
  ...good,
  request: {
    ...good.request,
    target: redaction.target(target),
    headers: redaction.headers([['Authorization', `Basic ${inHeader}`]]),
    body: (typeof body === 'string'
      ? { text: redaction.text(body) }
      : { json: redaction.json(body) }) as Body,
  },
});
const found = (...request: Parameters<typeof sent>): string[] =>
  judgeKeyPlaces(sent(...request)).map(({ part }) => part);

const coded = {
  'as it is': (text: string) => text,
  'URL-coded': (text: string) =>
    [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  base64: (text: string) => Buffer.from(text).toString('base64'),
};
for (const [coding, code] of Object.entries(coded)) {
  test(`a key ${coding} in a query, a path or a body is found in what the gateway records`, () => {
    assert.deepEqual(found(`/payment-intents?page=1&k=${code(key)}`, {}), ['request-query']);
    assert.deepEqual(found(`/payment-intents/${code(key)}/x`, {}), ['request-path']);
    assert.deepEqual(found('/payment-intents', { metadata: [{ a: code(key) }] }), ['request-body']);
    assert.deepEqual(found('/payment-intents', `a=1&k=${code(key)}`), ['request-body']);
  });
}

test('so is one that is no longer entered, and one that has another form and stands in the header too', () => {
  assert.deepEqual(found('/a?k=sk_prod_anotherKeyOfThe_Till', {}), ['request-query']);
  assert.deepEqual(found('/a', { note: 'odd-secret-of-the-run' }, 'odd-secret-of-the-run'), ['request-body']);
});

test('a key in the header alone, another secret and an empty body are none', () => {
  assert.deepEqual(found('/payment-intents?apiVersion=1', { reference: 'order-1' }), []);
  assert.deepEqual(found('/webhooks', { secret: 'whsec_MfKQ9r8GKYqrTwjU' }), []);
  assert.deepEqual(judgeKeyPlaces({ ...good, request: { ...good.request, body: null } }), []);
});

test('the contract judges it on each path, known or not', () => {
  const { violations } = loadContract();
  for (const path of ['/payment-intents', '/terminals', '/customers/search', '/nowhere'])
    assert.ok(
      violations(sent(`${path}?k=${key}`, {})).some(({ rule }) => rule === 'api-key-in-header-only'),
      path,
    );
});
