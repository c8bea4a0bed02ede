import { fails, passes, type Stories } from '../../payments/stories/case.ts';
import {
  aPaidSale,
  askedForMatched,
  matching,
  paidAndCleared,
  paidOnSecond,
} from '../../payments/stories/situations.ts';
import { Story } from '../../payments/stories/story.ts';

const wholeSale = { params: { type: 'MatchedRefund', amount: 1000 } };

const fivePounds = { params: { type: 'UnlinkedRefund', amount: 500 } };

const askedForUnlinked = (): Story =>
  new Story().act({ name: 'unlinkedRefund', amount: 500, currency: 'GBP' });

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

const begun = (): Story => aPaidSale().act({ name: 'matchedRefund' }).session({ type: 'MatchedRefund' });

export const refundSessionStories: Stories = {
  'refund-session-sent': [
    passes(
      'all of it is refunded',
      askedForMatched().session({ type: 'MatchedRefund' }),
      /MatchedRefund of all on pi_1/,
      wholeSale,
    ),
    passes(
      'the amount is named',
      askedForMatched().session({ type: 'MatchedRefund', amount: 1000 }),
      /of £10\.00 on pi_1/,
      wholeSale,
    ),
    fails(
      'another amount is named',
      askedForMatched().session({ type: 'MatchedRefund', amount: 900 }),
      /£9\.00/,
      wholeSale,
    ),
    fails(
      'another payment is named',
      askedForMatched().session({ type: 'MatchedRefund', on: 'pi_9' }),
      /on pi_9; the original is pi_1/,
      wholeSale,
    ),
    fails(
      'it is begun twice',
      askedForMatched().session({ type: 'MatchedRefund' }).session({ type: 'MatchedRefund' }),
      /2 sessions were begun/,
      wholeSale,
    ),
    fails(
      'it is in another currency',
      askedForMatched().call('POST', '/terminal-sessions', {
        body: {
          terminalId: 'tm_1',
          details: {
            sessionType: 'MatchedRefund',
            matchedRefund: { paymentIntentId: 'pi_1', amount: { value: 1000, currencyCode: 'EUR' } },
          },
        },
        answer: { id: 'ts_9', status: 'InitiateRequested' },
      }),
      /of €10\.00/,
      wholeSale,
    ),
    passes(
      'the first payment intent was given up',
      paidOnSecond().act({ name: 'matchedRefund' }).session({ type: 'MatchedRefund' }),
      /on pi_2; the original is pi_2/,
      wholeSale,
    ),
    fails('the session is a sale', askedForMatched().session(), /^Sale/, wholeSale),
    fails('none is asked for', askedForMatched(), /no terminal session was asked for/, wholeSale),
    passes(
      'the unlinked amount is sent',
      askedForUnlinked().session({ type: 'UnlinkedRefund', amount: 500 }),
      /UnlinkedRefund of £5\.00/,
      fivePounds,
    ),
    fails(
      'the unlinked amount is left out',
      askedForUnlinked().session({ type: 'UnlinkedRefund' }),
      /of nothing/,
      fivePounds,
    ),
    fails('on another payment', matched(1000, 'pi_9'), { params: match }),
    passes('a sale is taken after it', matched().sale().intent().session(), { params: match }),
    passes('something else is asked for after it', matched().act({ name: 'listIntents' }), { params: match }),
    passes(
      'it is of no payment, and something else is asked for after it',
      unlinked(500).act({ name: 'listIntents' }),
      { params: { type: 'UnlinkedRefund', amount: 500 } },
    ),
    fails('it is of no payment, and of another amount', unlinked(600), {
      params: { type: 'UnlinkedRefund', amount: 500 },
    }),
    fails(
      'there is no payment to refund',
      new Story().act({ name: 'matchedRefund' }).session({ type: 'MatchedRefund', on: 'pi_9' }),
      { params: match },
    ),
    passes(
      'its answer was lost',
      aPaidSale()
        .act({ name: 'matchedRefund' })
        .call('POST', '/terminal-sessions', { ...matching, trouble: 'upstream-dropped' }),
      { params: match },
    ),
    fails(
      'it is called by another name',
      aPaidSale()
        .act({ name: 'matchedRefund' })
        .call('POST', '/terminal-sessions', {
          body: { details: { ...matching.body.details, sessionType: 'Refund' } },
        }),
      { params: match },
    ),
    ...[400, 404].map((status) =>
      passes(
        `the first was refused with ${status}`,
        matched(undefined, 'pi_1', status).session({ type: 'MatchedRefund', on: 'pi_1' }),
        { params: match },
      ),
    ),
  ],
  'never-says-paid': [
    passes(
      'the result of the sale stands there for a while',
      begun().shows({ notice: 'Present card' }).shows({ notice: 'Enter PIN' }).shows({ outcome: 'Refunded' }),
    ),
    fails(
      'it is the first thing that is seen',
      new Story().act({ name: 'unlinkedRefund', amount: 500, currency: 'GBP' }).shows({ outcome: 'Paid' }),
    ),
    passes(
      'it says refunded',
      aPaidSale().act({ name: 'matchedRefund' }).shows({ outcome: null }).shows({ outcome: 'Refunded' }),
      /results shown: "Refunded"/,
    ),
    passes(
      'the result of the sale still stands there',
      aPaidSale().act({ name: 'matchedRefund' }).shows({ prompt: 'Present card' }),
      /results shown: "Paid"/,
    ),
    passes(
      'the sale says so on the way to its refund',
      paidAndCleared()
        .act({ name: 'matchedRefund' })
        .shows({ outcome: 'Paid' })
        .session({ type: 'MatchedRefund' })
        .shows({ outcome: 'Refunded' }),
      /results shown: "Refunded"/,
    ),
    fails(
      'the sale says so anew when its refund is under way',
      paidAndCleared()
        .act({ name: 'matchedRefund' })
        .session({ type: 'MatchedRefund' })
        .shows({ outcome: 'Paid' }),
      /shows "Paid"/,
    ),
    fails(
      'the refund is shown as paid',
      aPaidSale().act({ name: 'matchedRefund' }).shows({ outcome: null }).shows({ outcome: 'Paid' }),
      /shows "Paid"/,
    ),
    fails(
      'that is the first thing it shows after it',
      new Story()
        .shows({})
        .act({ name: 'unlinkedRefund', amount: 500, currency: 'GBP' })
        .shows({ outcome: 'Paid' }),
      /shows "Paid"/,
    ),
    fails('no refund was asked for', aPaidSale(), /Not testable/),
  ],
};
