import { fails, passes, type Stories } from '../../stories/case.ts';
import { aPaidSale, aSale, paidAndCleared } from '../../stories/situations.ts';
import { Story } from '../../stories/story.ts';
import { second, secondDeclined, secondSale } from './attempts.stories.ts';

const refundSent = (story: Story): Story =>
  story.call('POST', '/payment-intents/pi_1/refunds', {
    body: { amount: 1000 },
    answer: { refundId: 're_1' },
  });

const paid = (): Story => aPaidSale().wait(100);

const refunding = (): Story => refundSent(paid().act({ name: 'refundIntent' }));

const onMachine = (): Story =>
  paid()
    .shows({ outcome: null })
    .act({ name: 'matchedRefund' })
    .session({ type: 'MatchedRefund' })
    .poll('Captured');

const secondPaid = (): Story =>
  second().poll('Captured').shows({ outcome: 'Paid' }).shows({ outcome: null }).act({ name: 'refundIntent' });

export const shownRefundStories: Stories = {
  'shows-nothing-false': [
    passes(
      'the sale says paid on the way to a refund without a payment',
      paidAndCleared()
        .act({ name: 'unlinkedRefund', amount: 500, currency: 'GBP' })
        .shows({ outcome: 'Paid' })
        .session({ type: 'UnlinkedRefund', amount: 500 }),
      /no result/,
    ),
    passes(
      'the sale says paid on the way to a refund that is never sent, and another sale follows',
      paidAndCleared().act({ name: 'refundIntent' }).shows({ outcome: 'Paid' }).sale(1200).intent().session(),
      /no result/,
    ),
    passes(
      'polls alone said that it was paid, and it says so on the way to its refund',
      refundSent(
        aSale()
          .poll('Captured')
          .shows({ outcome: 'Paid' })
          .shows({ outcome: null })
          .act({ name: 'refundIntent' })
          .shows({ outcome: 'Paid' }),
      ),
      /no result/,
    ),
    fails(
      'the sale says paid anew when its refund was made, and a second is on its way',
      refundSent(paidAndCleared().act({ name: 'refundIntent' }))
        .shows({ outcome: 'Paid' })
        .session({ type: 'MatchedRefund' }),
      /showed "Paid"/,
    ),
    passes(
      'the first sale says paid on the way to its refund, after a second that was declined',
      refundSent(secondDeclined().act({ name: 'refundIntent' }).shows({ outcome: 'Paid' })),
      /no result/,
    ),
    fails(
      'the second sale says declined on the way to the refund of the first',
      refundSent(secondDeclined().act({ name: 'refundIntent' }).shows({ outcome: 'Declined' })),
      /showed "Declined"/,
    ),
    fails(
      'paid is shown of the second sale on a reading of the first, which is refunded later',
      refundSent(secondSale().readIntent('pi_1').shows({ outcome: 'Paid' }).act({ name: 'refundIntent' })),
      /showed "Paid"/,
    ),
    fails(
      'refunded is shown of a sale on a poll of the refund before',
      new Story()
        .shows({})
        .act({ name: 'unlinkedRefund', amount: 500, currency: 'GBP' })
        .session({ type: 'UnlinkedRefund', amount: 500 })
        .sale()
        .intent()
        .poll('Captured')
        .shows({ outcome: 'Refunded' }),
      /showed "Refunded"/,
    ),
    passes(
      'the sale says paid on the way to its refund',
      refundSent(paidAndCleared().act({ name: 'refundIntent' }).shows({ outcome: 'Paid' })),
      /no result/,
    ),
    passes(
      'that is on the way to a refund on the card machine',
      paidAndCleared()
        .act({ name: 'matchedRefund' })
        .shows({ outcome: 'Paid' })
        .session({ type: 'MatchedRefund' }),
      /no result/,
    ),
    fails(
      'the sale says paid anew when its refund is under way',
      paidAndCleared()
        .act({ name: 'matchedRefund' })
        .session({ type: 'MatchedRefund' })
        .shows({ outcome: 'Paid' }),
      /showed "Paid"/,
    ),
    fails(
      'another payment was paid than the one that is refunded',
      paidAndCleared()
        .sale(1200)
        .intent()
        .session()
        .poll('Declined')
        .shows({ outcome: 'Declined' })
        .act({ name: 'refundIntent' })
        .shows({ outcome: 'Authorised' }),
      /showed "Authorised"/,
    ),
    passes(
      'trying again finds that the first refund was made after all',
      new Story()
        .shows({})
        .act({ name: 'unlinkedRefund', amount: 500, currency: 'GBP' })
        .session({ type: 'UnlinkedRefund', amount: 500 })
        .poll('Expired')
        .shows({ outcome: 'Result unknown' })
        .act({ name: 'retry' })
        .session({ refused: 409 })
        .poll('Captured')
        .shows({ outcome: 'Refunded' }),
      /no result/,
    ),
    fails(
      'a refund is shown as refunded before the API has said it',
      aPaidSale()
        .act({ name: 'matchedRefund' })
        .session({ type: 'MatchedRefund' })
        .shows({ outcome: 'Refunded' }),
      /showed "Refunded"/,
    ),
    passes(
      'the sale is shown as paid up to its refund',
      paid().shows({ outcome: null }).act({ name: 'refundIntent' }).shows({ outcome: 'Paid' }),
    ),
    fails(
      'the sale is shown as refunded before its refund is sent',
      paid().act({ name: 'refundIntent' }).shows({ outcome: 'Refunded' }),
    ),
    passes('the sale is shown as refunded after its refund', refunding().shows({ outcome: 'Refunded' })),
    fails(
      'the sale is shown as paid after its refund',
      refunding().shows({ outcome: null }).shows({ outcome: 'Paid' }),
    ),
    passes(
      'a refund on the card machine is Captured, and shown as refunded',
      onMachine().shows({ outcome: 'Refunded' }),
    ),
    fails(
      'a refund on the card machine is Captured, and shown as paid',
      onMachine().shows({ outcome: 'Paid' }),
    ),
    passes(
      'the first of two sales is refunded, and says so',
      secondPaid()
        .call('POST', '/payment-intents/pi_1/refunds', {
          body: { amount: 1000 },
          answer: { id: 'pi_1', status: 'Refunded' },
        })
        .shows({ outcome: 'Refunded' }),
    ),
    fails('no refund is sent of two sales, and it says so', secondPaid().shows({ outcome: 'Refunded' })),
  ],
};
