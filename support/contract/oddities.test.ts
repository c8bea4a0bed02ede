import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bodyOf } from '../record/written.ts';
import { loadContract } from './index.ts';
import { exchangeOf, goodExchanges, intent } from './testing/good-exchanges.ts';

const contract = loadContract();
const good = exchangeOf(goodExchanges.PaymentIntents_CreatePaymentIntent!);
const right = '{"amount":{"value":1000,"currencyCode":"GBP"},"reference":"a"}';

/** What is wrong with an exchange whose request, or response, has this body, as it was written. */
const found = (side: 'request' | 'response', text: string, status = 200) =>
  contract
    .violations({
      ...good,
      response: { ...good.response!, status },
      [side]: { ...good[side], ...(side === 'response' && { status }), body: bodyOf(text) },
    })
    .map(
      ({ severity, fault, part, pointer, rule }) => `${severity} ${fault} ${part} ${pointer || '-'} ${rule}`,
    );

describe('a request', () => {
  test('that names a member once is as it should be', () => assert.deepEqual(found('request', right), []));

  for (const [what, text, expected] of [
    [
      'names a member twice',
      '{"amount":{"value":1000,"currencyCode":"GBP"},"amount":{"value":1,"currencyCode":"GBP"},"reference":"a"}',
      'must pos request-body /amount name-once',
    ],
    [
      'names an inner one twice, alike',
      '{"amount":{"value":1000,"value":1000,"currencyCode":"GBP"},"reference":"a"}',
      'must pos request-body /amount/value name-once',
    ],
    [
      'names a member in two cases',
      '{"amount":{"value":1000,"currencyCode":"GBP"},"Reference":"b","reference":"a"}',
      'must pos request-body /Reference name-once',
    ],
    [
      'names a member in two cases, none of them its own',
      '{"amount":{"value":1000,"currencyCode":"GBP"},"Reference":"b","REFERENCE":"a"}',
      'should pos request-body /Reference property-casing; must pos request-body /REFERENCE name-once',
    ],
    ['begins with a byte order mark', `\ufeff${right}`, 'should pos request-body - no-byte-order-mark'],
    [
      'has a whole number with a fraction',
      right.replace('1000', '1000.0'),
      'must pos request-body /amount/value whole-number',
    ],
    [
      'nests too deep',
      `{"reference":${'['.repeat(200)}${']'.repeat(200)}}`,
      'must pos request-body - json-body',
    ],
  ] as const)
    test(`that ${what} is reported so`, () => assert.equal(found('request', text).join('; '), expected));

  test('whose byte order mark was not what the API refused is still but warned of', () => {
    const refusal = '{"title":"no","status":400,"detail":"no"}';
    const broken = { ...good, request: { ...good.request, body: bodyOf(`\ufeff${right}`) } };
    const refused = { ...good.response!, status: 400, body: bodyOf(refusal) };
    assert.deepEqual(
      contract.violations({ ...broken, response: refused }).map(({ rule, severity }) => [rule, severity]),
      [['no-byte-order-mark', 'should']],
    );
  });

  test('may name one member in several objects of a list', () => {
    const lines = '[{"id":"a","name":"Tea","quantity":1},{"id":"b","name":"Tea","quantity":1}]';
    const rules = found('request', right.replace(/}$/, `,"itemLines":${lines}}`));
    assert.deepEqual(
      rules.filter((rule) => rule.includes('name-once')),
      [],
    );
  });
});

describe('an answer', () => {
  const text = JSON.stringify(intent);
  test('is warned of alike, and the till has no part in it', () => {
    assert.deepEqual(found('response', text.replace('{', '{"id":"pi_0",')), [
      'should api response-body /id name-once',
    ]);
    assert.deepEqual(found('response', `\ufeff${text}`), ['should api response-body - no-byte-order-mark']);
  });
});
