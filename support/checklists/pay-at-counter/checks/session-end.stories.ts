import type { IntentStatus, SessionStatus } from '../../payments/statuses.ts';
import { type Case, fails, passes, type Stories } from '../../payments/stories/case.ts';
import { aPaidSale, aSale, ended } from '../../payments/stories/situations.ts';
import { Story } from '../../payments/stories/story.ts';

/** The stories that every check of a session's end has, and one of a status that it must not take for it. */
function ends(as: SessionStatus, intent: IntentStatus, other: SessionStatus): readonly Case[] {
  return [
    passes(`session and payment intent say so`, ended(as, intent), new RegExp(`the session is ${as}`)),
    fails(`the session is ${other}`, ended(other, intent), new RegExp(`the session is ${other}`)),
    fails(
      'the payment intent was not read',
      aSale().poll(as).sessionIs(as),
      /could not read the payment intent pi_1/,
    ),
    fails(
      'only the till learned so, and the kit could not read it',
      aSale().poll(as).sessionIs(as, {}, 503).intentIs(intent),
      /Not testable: the kit could not read the session ts_1/,
    ),
    fails(
      'the API does not know the session that it has made',
      aSale().poll(as).sessionIs(as, {}, 404).intentIs(intent),
      /the API answers 404 for the session ts_1/,
    ),
    fails('there is no session', new Story(), /Not testable: the till created no terminal session/),
  ];
}

const matchedRefund = (session: SessionStatus, intent: IntentStatus, refunded: number): Story =>
  aPaidSale()
    .act({ name: 'matchedRefund' })
    .session({ type: 'MatchedRefund' })
    .poll(session)
    .sessionIs(session)
    .intentIs(intent, { refundedAmount: refunded });

const unlinkedRefund = (): Story =>
  new Story().session({ type: 'UnlinkedRefund', amount: 500 }).poll('Captured').sessionIs('Captured');

const gaveUp = (of = 'pi_1', status = 200): Story =>
  aSale()
    .poll('Declined')
    .call('DELETE', `/payment-intents/${of}`, { status, answer: { id: of, status: 'Canceled' } })
    .sessionIs('Declined')
    .intentIs('Canceled', {}, 'pi_1');

const notMade = (status: number): Story => new Story().sale().intent().session({ refused: status });

export const sessionEndStories: Stories = {
  'session-ends-captured': [
    ...ends('Captured', 'Captured', 'Authorized'),
    fails('only the payment intent is captured', ended('Expired', 'Captured'), /the session is Expired/),
    fails('the payment intent is still Created', ended('Captured', 'Created'), /its payment intent Created/),
    passes(
      'a refund on the card machine has refunded all',
      matchedRefund('Captured', 'Refunded', 1000),
      /Refunded/,
    ),
    passes('it has refunded a part', matchedRefund('Captured', 'Captured', 400), /Captured/),
    fails('it has refunded nothing', matchedRefund('Captured', 'Captured', 0), /its payment intent Captured/),
    passes('an unlinked refund has no payment intent', unlinkedRefund(), /^the session is Captured$/),
    fails(
      'the till gave up a payment that was captured',
      aSale()
        .poll('Captured')
        .call('DELETE', '/payment-intents/pi_1')
        .sessionIs('Captured')
        .intentIs('Canceled'),
    ),
    fails(
      'a refund left another status',
      aPaidSale()
        .session({ type: 'MatchedRefund' })
        .sessionIs('Captured')
        .intentIs('Created', { refundedAmount: 400 }),
    ),
    fails('the request for the session was bad', notMade(400), { fault: 'pos' }),
    fails('the key for the session was not taken', notMade(401), { fault: 'pos' }),
    fails('the API refused the session that was asked for', notMade(402), { fault: 'api' }),
    fails(
      'the till heard nothing of the session and left it there',
      new Story().sale().intent().call('POST', '/terminal-sessions', { trouble: 'client-dropped' }),
      { fault: 'pos' },
    ),
    fails(
      'the till began again with a bad request',
      notMade(404).call('POST', '/payment-intents', { status: 400 }),
      { fault: 'pos' },
    ),
    fails('no session was asked for', new Story().sale(), { fault: 'pos' }),
    fails('the session was refused', new Story().sale().intent().session({ refused: 404 }), {
      fault: 'api',
      evidence: ['ex_2'],
    }),
  ],
  'session-ends-authorized': [...ends('Authorized', 'Authorized', 'Captured')],
  'session-ends-declined': [
    ...ends('Declined', 'Created', 'Canceled'),
    passes(
      'a rejected signature stays where it is',
      ended('SignatureVerificationRejected', 'Created'),
      /SignatureVerificationRejected/,
    ),
    passes(
      'the till gives the payment up and cancels it',
      aSale()
        .poll('Declined')
        .call('DELETE', '/payment-intents/pi_1', { answer: { id: 'pi_1', status: 'Canceled' } })
        .sessionIs('Declined')
        .intentIs('Canceled'),
      /its payment intent Canceled/,
    ),
    fails('the payment is cancelled, and not by the till', ended('Declined', 'Canceled'), /Canceled/),
    fails(
      'the customer is charged all the same',
      ended('Declined', 'Captured'),
      /its payment intent Captured/,
    ),
    passes('a refund was declined and moved nothing', matchedRefund('Declined', 'Captured', 0), /Declined/),
    fails('a declined refund moved money', matchedRefund('Declined', 'Captured', 1000), /Declined/),
    fails('its giving up was refused', gaveUp('pi_1', 409)),
    fails('it gave up another', gaveUp('pi_9')),
    fails(
      'its giving up went unanswered',
      aSale()
        .poll('Declined')
        .call('DELETE', '/payment-intents/pi_1', { trouble: 'client-dropped' })
        .sessionIs('Declined')
        .intentIs('Canceled'),
    ),
    fails(
      'it gave up a payment that is Captured',
      aSale()
        .poll('Declined')
        .call('DELETE', '/payment-intents/pi_1')
        .sessionIs('Declined')
        .intentIs('Captured'),
    ),
    fails(
      'a declined refund left another status',
      aPaidSale().session({ type: 'MatchedRefund' }).sessionIs('Declined').intentIs('Created'),
    ),
  ],
  'session-ends-canceled': [...ends('Canceled', 'Created', 'CancelRequested')],
  'session-ends-expired': [...ends('Expired', 'Created', 'Declined')],
};
