import type { Display } from '../../../../record/vocabulary.ts';
import { fails, passes, reviews, type Stories } from '../../stories/case.ts';
import { aPaidSale, aSale, paidAndCleared } from '../../stories/situations.ts';
import { Story } from '../../stories/story.ts';

/** A sale that was captured, and the next, with which the card machine is busy. */
export const secondSale = (): Story => paidAndCleared().sale(1200).intent().session();

/** A sale that was captured, and the next that was declined; the till has cleared both results. */
export const secondDeclined = (): Story =>
  secondSale().poll('Declined').shows({ outcome: 'Declined' }).shows({ outcome: null });

/** A sale that was declined, and its payment intent still open. */
const declinedOnce = (): Story =>
  aSale().poll('Declined').shows({ outcome: 'Declined' }).shows({ outcome: null });

const begun = (): Story => aSale().shows({});

/** A sale that was paid, and the next, of which the till has drawn nothing yet. */
const nextSale = (): Story => aPaidSale().shows({ outcome: null }).sale(1200).shows({});

/** A sale that was paid, whose result stands there, and so much later than the next is on the wire it is polled. */
const stillShowing = (
  ms: number,
  outcome: string | null = 'Paid',
  status: 'Initiated' | 'Captured' = 'Initiated',
): Story => {
  const next = aPaidSale().shows({ outcome }).sale(1200).intent().session();
  if (status === 'Captured') next.poll('Captured');
  return next.wait(ms).poll('Initiated').wait(1);
};

/** A sale that was declined is tried again, and so much later it is polled. */
const triedAgainFor = (ms: number, shown: Partial<Display>): Story =>
  begun()
    .poll('Declined')
    .shows({ outcome: 'Declined' })
    .act({ name: 'retry' })
    .session()
    .shows(shown)
    .wait(ms)
    .poll('Initiated')
    .wait(1);

/** A further attempt hears of the first one. */
const foundAgain = (status: 'Captured' | 'Declined'): Story =>
  begun()
    .poll('Expired')
    .act({ name: 'retry' })
    .session()
    .call('GET', '/terminal-sessions/ts_1', { answer: { id: 'ts_1', status } });

export const second = (): Story =>
  aPaidSale().shows({ outcome: null }).wait(100).sale(1200).intent().session().shows({});

const declinedAgain = (): Story =>
  begun()
    .poll('Declined')
    .shows({ outcome: 'Declined' })
    .shows({ outcome: null })
    .act({ name: 'retry' })
    .session();

export const attemptStories: Stories = {
  'shows-nothing-false': [
    reviews(
      'the API tells a status that nobody knows, and another attempt follows',
      aSale()
        .shows({})
        .poll('Settled' as 'Captured')
        .shows({ outcome: 'Paid' })
        .act({ name: 'retry' })
        .session(),
      /when the session was Settled/,
    ),
    fails(
      'the result of the payment before comes back once the next has begun',
      paidAndCleared().sale().intent().wait(100).shows({ outcome: 'Paid' }),
      /"Paid" \(Captured\) of the payment before, when the next one had begun and nothing of it was known$/,
    ),
    fails(
      'the second sale is tried again, and says paid as the first was',
      secondDeclined().act({ name: 'retry' }).shows({ outcome: 'Paid' }),
      /showed "Paid"/,
    ),
    fails(
      'what was never begun is tried again, and says that it does not know',
      new Story()
        .shows({})
        .call('GET', '/payment-intents/pi_1', { status: 500 })
        .act({ name: 'retry' })
        .shows({ outcome: 'Result unknown' }),
      /showed "Result unknown"/,
    ),
    fails(
      'paid is shown anew when the next attempt is under way',
      aSale()
        .poll('Captured')
        .shows({ outcome: 'Paid' })
        .shows({ outcome: null })
        .act({ name: 'retry' })
        .session()
        .shows({ outcome: 'Paid' }),
      /showed "Paid"/,
    ),
    passes(
      'trying again finds that the first attempt was authorised after all',
      aSale()
        .poll('Expired')
        .shows({ outcome: 'Result unknown' })
        .act({ name: 'retry' })
        .session({ refused: 409 })
        .poll('Authorized')
        .shows({ outcome: 'Authorised' }),
      /no result/,
    ),
    passes(
      'trying again finds that the first attempt was paid, with a payment intent that was made before',
      declinedOnce()
        .sale()
        .session()
        .poll('Expired')
        .shows({ outcome: 'Result unknown' })
        .act({ name: 'retry' })
        .intent()
        .session()
        .readIntent('pi_1')
        .shows({ outcome: 'Paid' }),
      /no result/,
    ),
    fails(
      'paid is shown of the second sale on a capture of the first',
      secondSale()
        .call('POST', '/payment-intents/pi_1/captures', { answer: { captureId: 'ca_1' } })
        .shows({ outcome: 'Paid' }),
      /showed "Paid"/,
    ),
    passes(
      'the payment intent alone said so of the first of two sales',
      new Story()
        .shows({})
        .sale()
        .intent()
        .readIntent()
        .shows({ outcome: 'Paid' })
        .sale()
        .shows({ outcome: null }),
      /no result/,
    ),
    fails(
      'it was switched off and on again before the sale, and says that it does not know',
      new Story()
        .configure()
        .shows({})
        .restart()
        .sale()
        .intent()
        .session()
        .shows({ outcome: 'Result unknown' }),
      /showed "Result unknown"/,
    ),
    fails(
      'it says that it does not know, and is switched off and on again later',
      aSale().shows({}).poll('Initiated').shows({ outcome: 'Result unknown' }).restart(),
      /showed "Result unknown"/,
    ),
    fails(
      'paid is shown of the second sale on a poll of the first',
      secondSale()
        .call('GET', '/terminal-sessions/ts_1', { answer: { id: 'ts_1', status: 'Captured' } })
        .shows({ outcome: 'Paid' }),
      /showed "Paid" \(Captured\) when the session was InitiateRequested/,
    ),
    fails(
      'paid is shown of the second sale on a reading of the first',
      secondSale().readIntent('pi_1').shows({ outcome: 'Paid' }),
      /showed "Paid"/,
    ),
    passes(
      'a payment intent that was made before is paid with the second sale',
      aSale()
        .poll('Declined')
        .shows({ outcome: 'Declined' })
        .sale()
        .shows({ outcome: null })
        .session()
        .poll('Captured')
        .readIntent()
        .shows({ outcome: 'Paid' }),
      /no result/,
    ),
    fails(
      'declined is shown anew when the next attempt is under way',
      aSale()
        .poll('Declined')
        .shows({ outcome: 'Declined' })
        .act({ name: 'retry' })
        .session()
        .shows({ outcome: null })
        .shows({ outcome: 'Declined' }),
      /showed "Declined"/,
    ),
    passes(
      'the result of the first attempt is shown again until the next is begun',
      aSale()
        .poll('Declined')
        .shows({ outcome: 'Declined' })
        .act({ name: 'retry' })
        .shows({ outcome: null })
        .shows({ outcome: 'Declined' })
        .session(),
      /no result/,
    ),
    passes(
      'trying again finds that the first attempt was paid after all',
      aSale()
        .poll('Expired')
        .shows({ outcome: 'Result unknown' })
        .act({ name: 'retry' })
        .readIntent()
        .shows({ outcome: 'Paid' }),
      /no result/,
    ),
    passes(
      'such a sale is found paid when a further attempt was refused',
      aSale()
        .poll('Expired')
        .shows({ outcome: 'Result unknown' })
        .act({ name: 'retry' })
        .session({ refused: 409 })
        .readIntent()
        .shows({ outcome: 'Paid' }),
      /no result/,
    ),
    passes(
      'it was switched off and on again, and says that it does not know',
      aSale().shows({}).poll('Initiated').restart().shows({ outcome: 'Result cannot be confirmed' }),
      /no result/,
    ),
    fails(
      'the result is of the sale before',
      aPaidSale().sale().intent().shows({ outcome: null }).shows({ outcome: 'Paid' }),
      /showed "Paid"/,
    ),
    fails(
      'paid is shown of the next sale, which has a payment intent only',
      nextSale().intent().shows({ outcome: 'Paid' }),
    ),
    passes(
      'paid is shown of the next sale, which was captured',
      nextSale().intent().session().poll('Captured').shows({ outcome: 'Paid' }),
    ),
    fails(
      'paid is shown of the next sale, when the first was read',
      nextSale().intent().readIntent('pi_1').shows({ outcome: 'Paid' }),
    ),
    passes(
      'the result before is drawn until the next sale is on the wire',
      aPaidSale().shows({ outcome: null }).sale(1200).shows({ outcome: 'Paid' }),
    ),
    fails(
      'another result is drawn before the next sale is on the wire',
      aPaidSale().shows({ outcome: null }).sale(1200).shows({ outcome: 'Declined' }),
    ),
    fails(
      'the result before is there when the next sale has been on the wire for 6 s',
      stillShowing(6000),
      /still showed "Paid"/,
    ),
    passes('the result before is there when the next sale has been on the wire for 4 s', stillShowing(4000)),
    passes('the result before had gone', stillShowing(6000, null)),
    passes(
      'the result before goes when the next sale has been on the wire for 4 s',
      aPaidSale()
        .shows({ outcome: 'Paid' })
        .sale(1200)
        .intent()
        .session()
        .wait(4000)
        .shows({ outcome: null }),
    ),
    passes('the result before is that of the next sale as well', stillShowing(6000, 'Paid', 'Captured')),
    fails(
      'the result of the attempt before is there when the next has been on the wire for 6 s',
      triedAgainFor(6000, {}),
    ),
    passes('the result of the attempt before had gone', triedAgainFor(6000, { outcome: null })),
    passes(
      'a further attempt finds out that the one before was paid',
      foundAgain('Captured').shows({ outcome: 'Paid' }),
    ),
    fails(
      'a further attempt finds out that the one before was declined',
      foundAgain('Declined').shows({ outcome: 'Declined' }),
    ),
    passes(
      'the attempt before was declined, and the next is not sent yet',
      begun()
        .poll('Declined')
        .shows({ outcome: 'Declined' })
        .shows({ outcome: null })
        .act({ name: 'retry' })
        .shows({ outcome: 'Declined' }),
    ),
    fails(
      'the attempt before was declined, and the next is under way',
      declinedAgain().shows({ outcome: 'Declined' }),
    ),
    passes(
      'the next attempt was declined as well',
      declinedAgain().poll('Declined').shows({ outcome: 'Declined' }),
    ),
    fails(
      'the payment intent of the first sale is read in the second',
      second().readIntent('pi_1').shows({ outcome: 'Paid' }),
    ),
    fails(
      'the session of the first sale is polled in the second',
      second()
        .call('GET', '/terminal-sessions/ts_1', { answer: { id: 'ts_1', status: 'Captured' } })
        .shows({ outcome: 'Paid' }),
    ),
    passes(
      'the payment intent of the second sale is read',
      second().readIntent('pi_2').shows({ outcome: 'Paid' }),
    ),
    passes(
      'a payment intent is read that the till did not make',
      second().readIntent('pi_9', { id: 'pi_9', status: 'Captured' }).shows({ outcome: 'Paid' }),
    ),
    passes(
      'a payment intent is read that the kit read too',
      second().intentIs('Captured', {}, 'pi_9').readIntent('pi_9').shows({ outcome: 'Paid' }),
    ),
  ],
};
