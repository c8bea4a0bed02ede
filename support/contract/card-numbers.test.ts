import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Exchange, type Json, maskedCard } from '../record/vocabulary.ts';
import { judgeCardNumbers } from './card-numbers.ts';
import { exchangeOf, goodExchanges } from './testing/good-exchanges.ts';

const full = maskedCard('4456530000001096');

/** An exchange with these bodies. */
function exchange(sent: Json, answered: Json): Exchange {
  const good = exchangeOf(goodExchanges.PaymentIntents_CreatePaymentIntent!);
  return {
    ...good,
    request: { ...good.request, body: { json: sent } },
    response: { ...good.response!, body: { text: JSON.stringify(answered) } },
  };
}

const found = (sent: Json, answered: Json): string[] =>
  judgeCardNumbers(exchange(sent, answered)).map(({ part, pointer }) => `${part} ${pointer}`);

test('a card number in full is found at any depth, on either side', () => {
  assert.deepEqual(
    found(
      { cardNumber: full, 'a/b': { card_number: full } },
      { captures: [{ paymentDetails: { card: { cardNumber: full } } }, { pan: full }] },
    ),
    [
      'request-body /cardNumber',
      'request-body /a~1b/card_number',
      'response-body /captures/0/paymentDetails/card/cardNumber',
      'response-body /captures/1/pan',
    ],
  );
});

test('one that is masked by the API, or digits that only look like one, are no card number in full', () => {
  assert.deepEqual(
    found(
      { reference: full, cardNumber: '44565300****1096' },
      { cardNumber: '************1096', receipt: [full], pan: null, company: full, card: `a ${full}` },
    ),
    [],
  );
});

test('an exchange without bodies has none', () => {
  const { request, ...rest } = exchange(null, null);
  assert.deepEqual(judgeCardNumbers({ ...rest, request: { ...request, body: null }, response: null }), []);
});
