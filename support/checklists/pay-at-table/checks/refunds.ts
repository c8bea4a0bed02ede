import { failed, judged, listed, money, notTestable, passed } from '../../../checklist/check.ts';
import { counted } from '../../../record/counted.ts';
import { at, ids, jsonOf, numberAt, readableAt, textAt } from '../../../record/evidence.ts';
import { resultOf, statedOutright } from '../../../record/phrases.ts';
import type { Display } from '../../../record/vocabulary.ts';
import { byWords, pictureAt, quoted, spoken, utterances } from '../../payments/checks/display/shown.ts';
import { answeredEnd, routeId } from '../../payments/evidence.ts';
import { isFinal } from '../../payments/statuses.ts';
import type { Check } from '../check.ts';
import { paidOf } from '../epos-data.ts';
import type { TableEvidence } from '../evidence.ts';

const noRefund = 'no refund was asked for';

/** The refund that the POS was asked for last, and the payment that it is of. */
function lastRefund(evidence: TableEvidence) {
  const asked = evidence.lastAction('refundPayment');
  if (asked?.action.name !== 'refundPayment') return null;
  const { orderId, paymentIntentId, amount } = asked.action;
  const payment = evidence.payments(orderId).find((one) => one.paymentIntentId === paymentIntentId);
  return payment ? { from: asked.at, orderId, amount: amount ?? null, payment } : null;
}

/** When the POS learned how the refund ended; `null` while it has not. */
function endOf(evidence: TableEvidence, from: number): number | null {
  const session = evidence.sessions.findLast(({ created }) => created.at >= from);
  const end = session && answeredEnd(session);
  return end ? readableAt(end.exchange) : null;
}

/** Results that say that money was given back, or taken. */
const success: ReadonlySet<string | null> = new Set(['Refunded', 'Captured', 'Authorized']);

export const refundChecks: Check[] = [
  {
    id: 'matched-refund-asked',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () =>
      'POST /terminal-sessions, once, with the sessionType MatchedRefund on the payment intent that was recorded',
    advice: 'Keep the paymentIntentId with the order, and send it in `details.matchedRefund`.',
    judge: ({ evidence, whole }) => {
      const refund = lastRefund(evidence);
      if (!refund) return notTestable(noRefund);
      const { from, payment, amount } = refund;
      const next = whole.nextStart(from);
      const sent = whole.requests('createSession').filter(({ at: time }) => time >= from && time < next);
      const last = sent.at(-1);
      if (!last) return failed('no terminal session was asked for');
      const details = at(jsonOf(last.request), 'details');
      const type = textAt(details, 'sessionType');
      const of = textAt(details, 'matchedRefund', 'paymentIntentId');
      const value = numberAt(details, 'matchedRefund', 'amount', 'value');
      const currency = textAt(details, 'matchedRefund', 'amount', 'currencyCode');
      const full = [...new Set([payment.amount, payment.amount + payment.tips])];
      const due = amount === null ? full : [amount];
      const fits = value === null ? amount === null : due.includes(value) && currency === payment.currency;
      // A refused one may be asked for again; once one has begun, any other is one too many.
      const first = sent.findIndex(({ response }) => (response?.status ?? 0) < 400);
      const begun = first < 0 ? [] : sent.slice(first);
      const asked =
        value === null || fits
          ? ''
          : ` where ${due.map((one) => money(one, payment.currency)).join(' or ')} was due`;
      return judged(
        type === 'MatchedRefund' && of === payment.paymentIntentId && fits && begun.length === 1,
        `${type ?? 'no type'} of ${value === null ? 'all' : money(value, currency)} on ${of ?? 'none'}${asked}; recorded was ${payment.paymentIntentId}${
          begun.length === 1
            ? ''
            : begun.length
              ? `; ${counted(begun.length, 'session')} were asked for`
              : '; no session was begun'
        }`,
        ids(sent),
      );
    },
  },
  {
    id: 'refund-confirmed',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () => 'GET /payment-intents/{id} of the payment, once the refund has ended on the card machine',
    advice: 'Read the payment intent when the terminal session has ended: it says what was given back.',
    judge: ({ evidence }) => {
      const refund = lastRefund(evidence);
      if (!refund) return notTestable(noRefund);
      const end = endOf(evidence, refund.from);
      if (end === null) return failed('the POS never learned how the refund ended');
      const read = evidence
        .requests('getIntent')
        .filter((one) => one.at >= end && routeId(one, 'getIntent') === refund.payment.paymentIntentId);
      return judged(read.length > 0, `read ${counted(read.length, 'time')} after the end`, ids(read));
    },
  },
  {
    id: 'refund-not-claimed-early',
    plane: 'display',
    fault: 'pos',
    expected: () => 'the POS shows no success of a refund which the card machine has not ended',
    advice: byWords(
      'Show the result once the terminal session has ended, and the payment intent says it.',
      'results',
    ),
    corroborated: ({ evidence }) => {
      const refund = lastRefund(evidence);
      return refund !== null && endOf(evidence, refund.from) !== null;
    },
    judge: ({ evidence, run }) => {
      const refund = lastRefund(evidence);
      const session = refund && evidence.sessions.findLast(({ created }) => created.at >= refund.from);
      if (!refund || !session) return notTestable(noRefund);
      const displays = evidence.all('display');
      const claims = ({ display }: (typeof displays)[number]) =>
        success.has(resultOf(display.outcome, run.pos.vocabulary));
      // What stood there before is no word about this refund.
      const before = displays.findLast(({ at: time }) => time < refund.from);
      const since = displays.filter(({ at: time }) => time >= refund.from);
      const cleared = before && claims(before) ? since.findIndex((one) => !claims(one)) : 0;
      const claimed = cleared < 0 ? undefined : since.slice(cleared).find(claims);
      if (!claimed) return passed('no success was shown', pictureAt(evidence));
      // Asked after the claim, the API still said that the card machine was at it.
      const still = session.answers.filter(
        ({ exchange, status }) => exchange.at > claimed.at && !isFinal(status),
      );
      return still.length
        ? failed(
            `shows ${quoted(claimed.display.outcome)} while the card machine was at it: ${still[0]!.status}`,
            ids(still.slice(0, 3).map(({ exchange }) => exchange)),
          )
        : passed(`shows ${quoted(claimed.display.outcome)} once it had ended`, pictureAt(evidence));
    },
  },
  {
    id: 'failed-refund-shown',
    plane: 'display',
    attestable: true,
    fault: 'pos',
    followsApi: true,
    expected: () => 'the POS shows that the refund did not succeed, and never that it did',
    advice: byWords('Show what the card machine reported, as an error.', 'results'),
    corroborated: ({ evidence }) => {
      const refund = lastRefund(evidence);
      const session = refund && evidence.sessions.findLast(({ created }) => created.at >= refund.from);
      const end = session && answeredEnd(session);
      return Boolean(end && !success.has(end.status));
    },
    judge: ({ evidence, run }) => {
      const refund = lastRefund(evidence);
      if (!refund) return notTestable(noRefund);
      const all = evidence.all('display');
      // What stood there before is no word about this refund.
      const before = all.findLast(({ at: time }) => time < refund.from);
      const since = all.filter(({ at: time }) => time >= refund.from);
      const isNew = (at: number, says: (display: Display) => boolean) =>
        !before || [before, ...since].some((one) => one.at < at && !says(one.display));
      const shown = since.filter(
        ({ at: time, display }) =>
          spoken(display) !== '' && isNew(time, (other) => spoken(other) === spoken(display)),
      );
      const meaning = (one: (typeof shown)[number]) => resultOf(one.display.outcome, run.pos.vocabulary);
      const wrong = shown.find((one) => success.has(meaning(one)));
      if (wrong) return failed(`shows ${quoted(wrong.display.outcome)}`, pictureAt(evidence));
      const right = shown.findLast((one) => meaning(one) !== null);
      if (right) return passed(`shows ${quoted(right.display.outcome)}`, pictureAt(evidence));
      // A notice or a dialogue says it as well.
      const { vocabulary } = run.pos;
      const said = shown
        .flatMap(({ at: time, display }) =>
          utterances(display).filter((text) => isNew(time, (other) => utterances(other).includes(text))),
        )
        .findLast((text) => {
          const stated = statedOutright(text, vocabulary);
          return stated.length > 0 && !stated.some((one) => success.has(one));
        });
      if (said) return passed(`shows ${quoted(said)}`, pictureAt(evidence));
      const last = shown.at(-1);
      if (last)
        return {
          outcome: 'review',
          observed: `shows ${quoted(spoken(last.display))}, which the vocabulary of the profile does not know`,
          evidence: pictureAt(evidence),
          mayCome: true,
          advice: byWords('If it says that the refund failed, add it to the vocabulary.', 'results'),
        };
      return failed('shows nothing about the refund', pictureAt(evidence), { mayCome: true });
    },
  },
  {
    id: 'failed-refund-not-booked',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () => 'after a refund that did not succeed, the order has been paid as before',
    advice: 'Take a payment back in the books only once its payment intent says so.',
    judge: ({ evidence }) => {
      const refund = lastRefund(evidence);
      const end = refund && endOf(evidence, refund.from);
      if (!refund || end === null) return notTestable('no refund has ended');
      const readings = evidence.readings(refund.orderId).filter((one) => paidOf(one) !== null);
      const before = readings.findLast(({ call }) => call.exchange.until <= refund.from);
      const after = readings.findLast(({ call }) => call.exchange.at >= end);
      if (!before || !after) return notTestable('the order was not read before the refund and after it');
      const tell = (one: typeof after) => `${money(paidOf(one), one.currency)} paid`;
      return judged(
        paidOf(before) === paidOf(after),
        listed([`${tell(before)} before`, `${tell(after)} after`]),
        [before.call.exchange.id, after.call.exchange.id],
      );
    },
  },
];
