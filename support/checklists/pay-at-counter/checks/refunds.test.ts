import assert from 'node:assert/strict';
import { test } from 'node:test';
import { finding } from '../../../judging/testing/bench.ts';
import { type Case, judges, refund } from '../../../judging/testing/judges.ts';
import type { IntentStatus } from '../../../record/vocabulary.ts';
import { aPaidSale, aSale, Story } from '../stories/story.ts';

const matching = {
  body: { details: { sessionType: 'MatchedRefund', matchedRefund: { paymentIntentId: 'pi_1' } } },
};
const refunding = (): Story => aPaidSale().act({ name: 'refundIntent' });
const all = { amount: 1000 };
judges('refund-sent', [
  ['passed', 'it is sent', refund(refunding()), all],
  ['passed', 'something else is asked for after it', refund(refunding()).act({ name: 'listIntents' }), all],
  [
    'passed',
    'the first was before it was asked for',
    refund(refund(aPaidSale()).act({ name: 'refundIntent' })),
    all,
  ],
  [
    'passed',
    'another is sent for the next refund',
    refund(refund(refunding()).act({ name: 'unlinkedRefund', amount: 1, currency: 'GBP' })),
    all,
  ],
  [
    'failed',
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
    all,
  ],
  [
    'passed',
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
    all,
  ],
  [
    'failed',
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
    all,
  ],
]);
judges('refund-id-returned', [
  ['failed', 'a refusal tells an id', refund(refunding(), all, { status: 400 })],
]);
test('refunds without a key are told as such', () => {
  const keyless = (story: Story): Story => refund(story, all, { headers: [] });
  const { observed } = finding('refund-keys-differ', keyless(keyless(refunding())));
  assert.equal(observed, 'sent more than once: no key');
});
const after = (status: IntentStatus, refundedAmount?: number): Story =>
  refund(refunding()).intentIs(status, refundedAmount === undefined ? {} : { refundedAmount });
judges('intent-refunded', [
  ['passed', 'it says so', after('Refunded', 1000), all],
  ['passed', 'it tells no amount', after('Refunded'), all],
  ['failed', 'it tells another amount', after('Refunded', 900), all],
  ['failed', 'it is still Captured', after('Captured', 1000), all],
  ['failed', 'nothing was refunded', after('Captured'), all],
]);
judges('intent-refunded', [
  [
    'passed',
    'it is told of the payment that was taken after another was declined',
    aSale()
      .poll('Declined')
      .intent()
      .session()
      .poll('Captured')
      .intentIs('Created', {}, 'pi_1')
      .intentIs('Refunded', { refundedAmount: 1000 }, 'pi_2'),
    all,
  ],
]);
judges('intent-refunded-in-part', [
  ['passed', 'it says so', after('Captured', 400), { amount: 400 }],
  ['failed', 'it is Refunded', after('Refunded', 400), { amount: 400 }],
  ['failed', 'it tells no amount', after('Captured'), { amount: 400 }],
  ['failed', 'it is Refunded and tells no amount', after('Refunded'), { amount: 400 }],
]);
judges('intent-read-after-refund', [
  ['passed', 'it is read', refund(refunding()).readIntent('pi_1')],
  ['failed', 'another is read', refund(refunding()).readIntent('pi_9', {})],
  ['failed', 'it was read before', refund(refunding().readIntent('pi_1'))],
  [
    'passed',
    'the refund on the card machine is still told',
    aPaidSale().session({ type: 'MatchedRefund' }).poll('Initiated').readIntent('pi_1'),
  ],
  [
    'failed',
    'the refund on the card machine was told further',
    aPaidSale().session({ type: 'MatchedRefund' }).poll('Initiated').readIntent('pi_1').poll('Initiated'),
  ],
  [
    'passed',
    'the card machine is still asked after the refund has ended',
    aPaidSale().session({ type: 'MatchedRefund' }).poll('Captured').readIntent('pi_1').poll('Captured'),
  ],
  [
    'passed',
    'nothing was told of the refund on the card machine',
    aPaidSale()
      .call('POST', '/terminal-sessions', { ...matching, answer: { id: 'ts_9' } })
      .readIntent('pi_1'),
  ],
]);
const matched = (amount?: number, on = 'pi_1', refused?: number): Story =>
  aPaidSale()
    .act({ name: 'matchedRefund' })
    .session({
      type: 'MatchedRefund',
      on,
      ...(amount === undefined ? {} : { amount }),
      ...(refused ? { refused } : {}),
    });
const unlinked = (amount: number): Story =>
  new Story()
    .act({ name: 'unlinkedRefund', amount: 500, currency: 'GBP' })
    .session({ type: 'UnlinkedRefund', amount });
const match = { type: 'MatchedRefund', amount: 1000 };
judges('refund-session-sent', [
  ['passed', 'all of it', matched(), match],
  ['passed', 'its amount', matched(1000), match],
  ['failed', 'another amount', matched(900), match],
  ['failed', 'on another payment', matched(1000, 'pi_9'), match],
  ['passed', 'a sale is taken after it', matched().sale().intent().session(), match],
  ['passed', 'something else is asked for after it', matched().act({ name: 'listIntents' }), match],
  ['passed', 'it is of no payment', unlinked(500), { type: 'UnlinkedRefund', amount: 500 }],
  [
    'passed',
    'it is of no payment, and something else is asked for after it',
    unlinked(500).act({ name: 'listIntents' }),
    { type: 'UnlinkedRefund', amount: 500 },
  ],
  [
    'failed',
    'it is of no payment, and of another amount',
    unlinked(600),
    { type: 'UnlinkedRefund', amount: 500 },
  ],
  [
    'failed',
    'there is no payment to refund',
    new Story().act({ name: 'matchedRefund' }).session({ type: 'MatchedRefund', on: 'pi_9' }),
    match,
  ],
  [
    'passed',
    'its answer was lost',
    aPaidSale()
      .act({ name: 'matchedRefund' })
      .call('POST', '/terminal-sessions', { ...matching, trouble: 'upstream-dropped' }),
    match,
  ],
  [
    'failed',
    'it is called by another name',
    aPaidSale()
      .act({ name: 'matchedRefund' })
      .call('POST', '/terminal-sessions', {
        body: { details: { ...matching.body.details, sessionType: 'Refund' } },
      }),
    match,
  ],
  ['failed', 'it is begun twice', matched().session({ type: 'MatchedRefund', on: 'pi_1' }), match],
  ...[400, 404].map(
    (status): Case => [
      'passed',
      `the first was refused with ${status}`,
      matched(undefined, 'pi_1', status).session({ type: 'MatchedRefund', on: 'pi_1' }),
      match,
    ],
  ),
  ['failed', 'a sale is begun', aPaidSale().act({ name: 'matchedRefund' }).session(), match],
]);

const begun = (): Story => aPaidSale().act({ name: 'matchedRefund' }).session({ type: 'MatchedRefund' });
judges('never-says-paid', [
  [
    'passed',
    'the result of the sale stands there for a while',
    begun().shows({ notice: 'Present card' }).shows({ notice: 'Enter PIN' }).shows({ outcome: 'Refunded' }),
  ],
  [
    'failed',
    'it is the first thing that is seen',
    new Story().act({ name: 'unlinkedRefund', amount: 500, currency: 'GBP' }).shows({ outcome: 'Paid' }),
  ],
]);
