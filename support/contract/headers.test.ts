import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Headers } from '../record/vocabulary.ts';
import { loadContract } from './index.ts';
import { exchangeOf, goodExchanges } from './testing/good-exchanges.ts';

const contract = loadContract();
const create = goodExchanges.PaymentIntents_CreatePaymentIntent!;
const refund = goodExchanges.Refunds_Create!;

/** What is wrong with a good exchange whose request, or response, has these headers besides. */
function found(short: typeof create, more: Headers, side: 'request' | 'response' = 'request'): string[] {
  const good = exchangeOf(short);
  const sent = { ...good[side]!, headers: [...good[side]!.headers, ...more] };
  return contract
    .violations({ ...good, [side]: sent })
    .map(({ severity, fault, part, pointer, rule }) => `${severity} ${fault} ${part}${pointer} ${rule}`);
}

describe('a header that may stand there once and stands there twice is a violation', () => {
  const key = 'Basic sk_sandbox_…#0123456789ab';
  for (const [what, short, more, also] of [
    ['Authorization, alike', create, ['AUTHORIZATION', key], []],
    [
      'Authorization, of another scheme',
      create,
      ['Authorization', 'Bearer …#ab'],
      ['request-header/authorization authorization-scheme'],
    ],
    ['version, alike', create, ['Version', '2026-02-27'], []],
    ['version, an older one', create, ['version', '2022-04-07'], []],
    ['Content-Type, alike', create, ['Content-Type', 'application/json'], []],
    [
      'Content-Type, another',
      create,
      ['content-type', 'text/plain'],
      ['request-header/content-type json-content-type'],
    ],
    ['idempotencyKey', refund, ['idempotencykey', 'b7d1'], []],
    ['reseller-id', goodExchanges.TerminalSession_Create!, ['Reseller-Id', ''], []],
  ] as [string, typeof create, [string, string], string[]][])
    test(what, () => {
      const name = more[0].toLowerCase();
      assert.deepEqual(
        found(short, [more]),
        [`request-header/${name} header-once`, ...also].map((violation) => `must pos ${violation}`),
      );
    });

  test('its second value is judged as the first is', () => {
    const long = 'x'.repeat(1000);
    assert.deepEqual(found(refund, [['idempotencyKey', long]]), [
      'must pos request-header/idempotencykey header-once',
      'must pos request-header/idempotencykey maxLength',
    ]);
  });

  test('the Content-Type of an answer is the API’s', () => {
    assert.deepEqual(found(create, [['content-type', 'text/html']], 'response'), [
      'must api response-header/content-type header-once',
      'must api response-header/content-type json-content-type',
    ]);
  });
});

test('headers that may come more than once do', () => {
  const more: Headers = ['Accept', 'Cookie', 'Via', 'X-Own'].flatMap(
    (name): Headers => [
      [name, 'a'],
      [name, 'b'],
    ],
  );
  assert.deepEqual(found(create, more), []);
});
