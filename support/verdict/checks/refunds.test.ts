import type { IntentStatus } from '../../vocabulary.ts';
import { judges, refund } from '../testing/judges.ts';
import { aPaidSale, aSale, Story } from '../testing/story.ts';

const refunding = (): Story => aPaidSale().act({ name: 'refundIntent' });
const all = { amount: 1000 };
judges('refund-sent', [
  ['passed', 'it is sent', refund(refunding()), all],
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
const after = (status: IntentStatus, refundedAmount?: number): Story =>
  refund(refunding()).intentIs(status, refundedAmount === undefined ? {} : { refundedAmount });
judges('intent-refunded', [
  ['passed', 'it says so', after('Refunded', 1000), all],
  ['passed', 'it tells no amount', after('Refunded'), all],
  ['failed', 'it tells another amount', after('Refunded', 900), all],
  ['failed', 'it is still Captured', after('Captured', 1000), all],
  ['failed', 'nothing was refunded', after('Captured'), all],
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
const match = { type: 'MatchedRefund', amount: 1000 };
judges('refund-session-sent', [
  ['passed', 'all of it', matched(), match],
  ['passed', 'its amount', matched(1000), match],
  ['failed', 'another amount', matched(900), match],
  ['failed', 'on another payment', matched(1000, 'pi_9'), match],
  ['failed', 'it is begun twice', matched().session({ type: 'MatchedRefund', on: 'pi_1' }), match],
  [
    'passed',
    'the first was refused',
    matched(undefined, 'pi_1', 404).session({ type: 'MatchedRefund', on: 'pi_1' }),
    match,
  ],
  ['failed', 'a sale is begun', aPaidSale().act({ name: 'matchedRefund' }).session(), match],
]);
