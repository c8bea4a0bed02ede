import type { Json } from '../../../record/vocabulary.ts';
import type { IntentStatus } from '../../payments/statuses.ts';
import { fails, passes, type Stories } from '../../payments/stories/case.ts';
import {
  aPaidSale,
  aSale,
  asked,
  askedForMatched,
  made,
  matching,
  paidOnSecond,
  pounds,
  refund,
} from '../../payments/stories/situations.ts';
import { Story } from '../../payments/stories/story.ts';

/** Refunds of a payment, each sent with such a key. */
const keyed = (...keys: string[]): [string, string][] => keys.map((key) => ['idempotencyKey', key]);

const refundedWith = (...keys: string[]): Story =>
  keys.reduce(
    (story, key) => story.call('POST', '/payment-intents/pi_1/refunds', { headers: keyed(key) }),
    made(),
  );

const refundAnswered = (
  amount: Json,
  more: { to?: string; key?: string; status?: number; answer?: Json } = {},
): Story =>
  aPaidSale()
    .act({ name: 'refundIntent' })
    .call('POST', `/payment-intents/${more.to ?? 'pi_1'}/refunds`, {
      body: { amount },
      headers: [
        ['authorization', 'Basic key-1'],
        ...(more.key === undefined ? [] : [['idempotencyKey', more.key] as [string, string]]),
      ],
      status: more.status ?? 200,
      answer: more.answer ?? { refundId: 're_1' },
    });

const refundOf = (story: Story, id: string, amount: number, key: string): Story =>
  story.call('POST', `/payment-intents/${id}/refunds`, {
    body: { amount },
    headers: [['idempotencyKey', key]],
    answer: { refundId: `re_${key}` },
  });

/** More than is left is asked for and answered so; then so much is given back in all. */
const overRefund = (status: number, refundedAmount: number): Story =>
  aPaidSale()
    .act({ name: 'refundIntent', amount: 301 })
    .call('POST', '/payment-intents/pi_1/refunds', { body: { amount: 301 }, status })
    .intentIs('Captured', { refundedAmount });

const refunding = (): Story => aPaidSale().act({ name: 'refundIntent' });

const all = { amount: 1000 };

const keyless = (story: Story): Story => refund(story, all, { headers: [] });

const after = (status: IntentStatus, refundedAmount?: number): Story =>
  refund(refunding()).intentIs(status, refundedAmount === undefined ? {} : { refundedAmount });

export const refundStories: Stories = {
  'refund-sent': [
    passes(
      'it is sent as it should be',
      refundAnswered(1000, { key: 'k' }),
      /amount 1000 to pi_1, with an idempotencyKey/,
      asked(1000),
    ),
    fails('it has no idempotencyKey', refundAnswered(1000), /without an idempotencyKey/, asked(1000)),
    fails(
      'its idempotencyKey is empty',
      refundAnswered(1000, { key: '' }),
      /without an idempotencyKey/,
      asked(1000),
    ),
    fails(
      'it has two idempotencyKeys',
      aPaidSale()
        .act({ name: 'refundIntent' })
        .call('POST', '/payment-intents/pi_1/refunds', {
          body: { amount: 1000 },
          headers: keyed('k', 'l'),
          answer: { refundId: 'rf_1' },
        }),
      /with 2 idempotencyKeys/,
      asked(1000),
    ),
    fails('an object is sent', refundAnswered(pounds(1000), { key: 'k' }), /amount \{/, asked(1000)),
    passes(
      'the first payment intent was given up',
      refundOf(paidOnSecond().act({ name: 'refundIntent' }), 'pi_2', 1000, 'k'),
      /amount 1000 to pi_2/,
      asked(1000),
    ),
    fails(
      'the one that was given up is refunded',
      refundOf(paidOnSecond().act({ name: 'refundIntent' }), 'pi_1', 1000, 'k'),
      /amount 1000 to pi_1/,
      asked(1000),
    ),
    passes(
      'the next refund is another one',
      refundOf(refundAnswered(400, { key: 'k' }).act({ name: 'refundIntent' }), 'pi_1', 600, 'l'),
      /amount 600 to pi_1, with an idempotencyKey, sent 1 time/,
      asked(600),
    ),
    fails(
      'it is sent again a little later',
      refundOf(refundAnswered(400, { key: 'k' }).wait(2000), 'pi_1', 400, 'l'),
      /sent 2 times/,
      asked(400),
    ),
    fails(
      'another payment is refunded',
      refundAnswered(1000, { key: 'k', to: 'pi_9' }),
      /to pi_9/,
      asked(1000),
    ),
    fails('none is sent', aPaidSale(), /no refund was sent/, asked(1000)),
    fails('there is no payment intent', new Story(), /Not testable/, asked(1000)),
    passes('it is sent', refund(refunding()), { params: all }),
    passes('something else is asked for after it', refund(refunding()).act({ name: 'listIntents' }), {
      params: all,
    }),
    passes(
      'the first was before it was asked for',
      refund(refund(aPaidSale()).act({ name: 'refundIntent' })),
      { params: all },
    ),
    passes(
      'another is sent for the next refund',
      refund(refund(refunding()).act({ name: 'unlinkedRefund', amount: 1, currency: 'GBP' })),
      { params: all },
    ),
    fails(
      'it goes to a payment that was given up',
      aSale()
        .intent()
        .session()
        .intentIs('Captured')
        .act({ name: 'refundIntent' })
        .call('POST', '/payment-intents/pi_1/refunds', {
          body: { amount: 1000 },
          headers: [['idempotencyKey', 'a']],
        }),
      { params: all },
    ),
    passes(
      'it goes to the payment that a card machine was asked for',
      new Story()
        .sale()
        .intent()
        .intent()
        .session()
        .act({ name: 'refundIntent' })
        .call('POST', '/payment-intents/pi_2/refunds', {
          body: { amount: 1000 },
          headers: [['idempotencyKey', 'a']],
        }),
      { params: all },
    ),
    fails(
      'it goes to one for which only a refund was begun',
      new Story()
        .sale()
        .intent()
        .intent()
        .session({ type: 'MatchedRefund' })
        .act({ name: 'refundIntent' })
        .call('POST', '/payment-intents/pi_2/refunds', {
          body: { amount: 1000 },
          headers: [['idempotencyKey', 'a']],
        }),
      { params: all },
    ),
  ],
  'refund-id-returned': [
    passes('the answer has one', refundAnswered(1000, { key: 'k' }), /answered 200, refundId re_1/),
    fails('it is empty', refundAnswered(1000, { answer: { refundId: '' } }), /refundId missing/),
    fails(
      'the refund is refused',
      refundAnswered(1000, { status: 400, answer: { Detail: 'no' } }),
      /answered 400/,
    ),
    fails('none was sent', aPaidSale(), /Not testable/),
    fails('a refusal tells an id', refund(refunding(), all, { status: 400 })),
  ],
  'refund-keys-differ': [
    passes('each has its own', refundedWith('key-a', 'key-b'), /2 refunds, no key twice/),
    passes('there was one refund', refundedWith('key-a'), /1 refund/),
    fails('it is a constant', refundedWith('key-a', 'key-a'), /sent more than once: key-a/),
    fails(
      'a second key beside its own is a constant',
      made()
        .call('POST', '/payment-intents/pi_1/refunds', { headers: keyed('key-a', 'constant') })
        .call('POST', '/payment-intents/pi_1/refunds', { headers: keyed('key-b', 'constant') }),
      /sent more than once: constant/,
    ),
    passes(
      'its key stands there twice, which the contract forbids',
      made().call('POST', '/payment-intents/pi_1/refunds', { headers: keyed('key-a', 'key-a') }),
      /1 refund, no key twice/,
    ),
    fails('none was sent', new Story(), /Not testable: no refund was sent/),
    fails('refunds have no key', keyless(keyless(refunding())), /^sent more than once: no key$/),
  ],
  'intent-read-after-refund': [
    passes('it is read', refundAnswered(1000).readIntent(), /1 reading after the refund/),
    passes(
      'it is read after a refund on the card machine',
      askedForMatched().session({ type: 'MatchedRefund' }).poll('Captured').readIntent(),
      /1 reading/,
    ),
    passes(
      'the session is read once more after it',
      askedForMatched().session({ type: 'MatchedRefund' }).poll('Captured').readIntent().poll('Captured'),
      /1 reading/,
    ),
    passes(
      'the first payment intent was given up',
      paidOnSecond()
        .act({ name: 'matchedRefund' })
        .session({ type: 'MatchedRefund' })
        .poll('Captured')
        .readIntent(),
      /1 reading/,
    ),
    fails(
      'it is read only before the session has ended',
      askedForMatched().session({ type: 'MatchedRefund' }).readIntent().poll('Captured'),
      /0 readings/,
    ),
    fails('it is read only before', refundAnswered(1000), /0 readings/),
    fails('no refund was sent', aPaidSale(), /Not testable/),
    passes('it is read', refund(refunding()).readIntent('pi_1')),
    fails('another is read', refund(refunding()).readIntent('pi_9', {})),
    fails('it was read before', refund(refunding().readIntent('pi_1'))),
    passes(
      'the refund on the card machine is still reported',
      aPaidSale().session({ type: 'MatchedRefund' }).poll('Initiated').readIntent('pi_1'),
    ),
    fails(
      'the refund on the card machine was reported further',
      aPaidSale().session({ type: 'MatchedRefund' }).poll('Initiated').readIntent('pi_1').poll('Initiated'),
    ),
    passes(
      'the card machine is still asked after the refund has ended',
      aPaidSale().session({ type: 'MatchedRefund' }).poll('Captured').readIntent('pi_1').poll('Captured'),
    ),
    passes(
      'nothing was reported of the refund on the card machine',
      aPaidSale()
        .call('POST', '/terminal-sessions', { ...matching, answer: { id: 'ts_9' } })
        .readIntent('pi_1'),
    ),
  ],
  'intent-refunded': [
    passes(
      'all of it is refunded',
      new Story().intent().intentIs('Refunded', { refundedAmount: 1000 }),
      /Refunded, £10\.00 refunded/,
      asked(1000),
    ),
    fails(
      'only a part is',
      new Story().intent().intentIs('Captured', { refundedAmount: 400 }),
      /Captured, £4\.00 refunded/,
      asked(1000),
    ),
    fails(
      'the status says so and another amount was refunded',
      new Story().intent().intentIs('Refunded', { refundedAmount: 400 }),
      /£4\.00/,
      asked(1000),
    ),
    fails('it was not read', new Story().intent(), /Not testable/, asked(1000)),
    passes('it says so', after('Refunded', 1000), { params: all }),
    passes('it tells no amount', after('Refunded'), { params: all }),
    fails('it tells another amount', after('Refunded', 900), { params: all }),
    fails('it is still Captured', after('Captured', 1000), { params: all }),
    fails('nothing was refunded', after('Captured'), { params: all }),
    passes(
      'it learns of the payment that was taken after another was declined',
      aSale()
        .poll('Declined')
        .intent()
        .session()
        .poll('Captured')
        .intentIs('Created', {}, 'pi_1')
        .intentIs('Refunded', { refundedAmount: 1000 }, 'pi_2'),
      { params: all },
    ),
  ],
  'intent-refunded-in-part': [
    passes(
      'the part is refunded',
      new Story().intent().intentIs('Captured', { refundedAmount: 400 }),
      /Captured, £4\.00 refunded/,
      asked(400),
    ),
    fails(
      'all of it is',
      new Story().intent().intentIs('Refunded', { refundedAmount: 1000 }),
      /Refunded, £10\.00/,
      asked(400),
    ),
    fails('nothing is', new Story().intent().intentIs('Captured'), /£0\.00 refunded/, asked(400)),
    passes('it says so', after('Captured', 400), { params: { amount: 400 } }),
    fails('it is Refunded', after('Refunded', 400), { params: { amount: 400 } }),
    fails('it tells no amount', after('Captured'), { params: { amount: 400 } }),
    fails('it is Refunded and tells no amount', after('Refunded'), { params: { amount: 400 } }),
  ],
  'over-refund-refused': [
    passes('it is refused', overRefund(400, 700), /answered 400; £7\.00 of £10\.00 are given back/),
    fails('it is made', overRefund(200, 1001), /answered 200; £10\.01 of £10\.00/),
    fails('it is refused, and made all the same', overRefund(400, 1001), /answered 400; £10\.01/),
    fails('it is answered well, and not made', overRefund(200, 700), /answered 200/),
    fails('none was asked for', new Story().intent().intentIs('Captured'), /Not testable/),
  ],
  'nothing-refunded': [
    passes('the payment is as before', new Story().intent().intentIs('Captured'), /Captured, £0\.00/),
    fails(
      'some of it is refunded',
      new Story().intent().intentIs('Captured', { refundedAmount: 1 }),
      /£0\.01 refunded/,
    ),
    fails('all of it is refunded', new Story().intent().intentIs('Refunded'), /Refunded/),
    fails('it was not read', new Story().intent(), /Not testable/),
  ],
};
