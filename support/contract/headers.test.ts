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

describe('the length of a body', () => {
  const cancel = goodExchanges.TerminalSession_Cancel!;
  const without = (short: typeof cancel, more: Headers = []) =>
    found({ ...short, headers: { 'content-length': null } }, more);

  for (const short of [
    cancel,
    goodExchanges.PaymentIntents_Delete!,
    goodExchanges.TerminalSession_Signature!,
  ])
    test(`is warned of where ${short.call} does not say it`, () => {
      assert.deepEqual(found(short, []), []);
      assert.deepEqual(without(short), ['should pos request-header/content-length length-said']);
      assert.deepEqual(without(short, [['Transfer-Encoding', 'chunked']]), []);
    });

  test('is a failing where the API answered 411 for want of it', () => {
    const refused = { ...cancel, status: 411, response: 'Length Required', type: 'text/html' };
    assert.deepEqual(without(refused), ['must pos request-header/content-length length-said']);
    assert.deepEqual(found(refused, []), []);
  });

  test('is of no concern to the other methods', () => {
    assert.deepEqual(without(goodExchanges.TerminalSession_Get!), []);
    assert.deepEqual(without(create), []);
  });
});

describe('reseller-id', () => {
  const without = { 'reseller-id': null };
  test('may be left out where no card machine is asked for', () => {
    for (const short of Object.values(goodExchanges))
      if (!/\/terminal/.test(short.call))
        assert.deepEqual(
          found({ ...short, headers: { ...without, 'software-house-id': null } }, []),
          [],
          short.call,
        );
  });

  test('fails where it is left out at a card machine, whatever the API answered, with both texts in its advice', () => {
    for (const short of Object.values(goodExchanges)) {
      if (!/\/terminal/.test(short.call)) continue;
      const [violation, ...others] = contract.violations(exchangeOf({ ...short, headers: without }));
      assert.deepEqual([violation?.rule, violation?.severity, others], ['required', 'must', []], short.call);
      assert.match(violation?.advice ?? '', /requests without them will fail.*`required: false`/s);
    }
  });
});
