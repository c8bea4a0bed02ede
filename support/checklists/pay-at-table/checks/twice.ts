import { failed, judged, listed, money, notTestable, passed } from '../../../checklist/check.ts';
import { counted } from '../../../record/counted.ts';
import { ids, numberAt, textAt } from '../../../record/evidence.ts';
import type { Check } from '../check.ts';
import { type Call, isDone } from '../epos-data.ts';
import type { Reading, TableEvidence, TablePayment } from '../evidence.ts';
import { readingsOf } from './money.ts';

const noPayment = 'no payment could be recorded';

const exchangesOf = (calls: readonly Call[]) => ids(calls.map(({ exchange }) => exchange));

/** What a call asks the POS to record, in minor units. */
const amountIn = ({ asked }: Call): number | null => numberAt(asked, 'paidAmount', 'value');

/** The order as it was stated last, after all these calls. */
const stateAfter = (evidence: TableEvidence, orderId: string, calls: readonly Call[]): Reading | undefined =>
  readingsOf(evidence, orderId).findLast((reading) =>
    calls.every(({ exchange }) => exchange.until <= reading.call.exchange.at),
  );

/** How often an order counts a payment; `null` where no answer says so. */
function timesCounted(payment: TablePayment, reading: Reading | undefined, evidence: TableEvidence) {
  const { paymentIntentId, orderId, amount } = payment;
  const same = reading?.payments?.filter((one) => one.paymentIntentId === paymentIntentId).length ?? null;
  if (same !== null && same > 1) return same;
  if (!reading || reading.paid === null) return same;
  const others = evidence
    .payments(orderId)
    .filter((one) => one.paymentIntentId !== paymentIntentId && one.came === 'recorded')
    .reduce((all, one) => all + one.amount, 0);
  return Math.round((reading.paid - others) / amount);
}

/** How calls were answered, each way once. */
const statuses = (calls: readonly Call[]): string =>
  listed([...new Set(calls.map(({ status }) => `${status ?? 'by nothing'}`))]);

const refusedOf = (calls: readonly Call[]): Call[] =>
  calls.filter((call) => call.status !== null && !isDone(call));

/** What comes of payments that the POS has to refuse. */
function refusing(payments: readonly TablePayment[], nothing: string) {
  if (!payments.some(({ calls }) => calls.length)) return notTestable(nothing);
  const taken = payments.filter(({ came }) => came === 'recorded');
  const calls = payments.flatMap((one) => one.calls);
  if (taken.length)
    return failed(
      taken.map(({ amount, currency }) => `${money(amount, currency)} was recorded`).join('; '),
      exchangesOf(taken.flatMap((one) => one.calls)),
    );
  const others = calls.filter(
    ({ status, answer }) => status !== 409 || textAt(answer, 'errorType') !== 'Conflict',
  );
  // No document has another answer for it; any error makes Dojo give the money back.
  return others.length
    ? {
        outcome: 'warning' as const,
        observed: `refused with ${statuses(others)}`,
        evidence: exchangesOf(others),
      }
    : passed('refused with 409 Conflict', exchangesOf(calls));
}

export const twiceChecks: Check[] = [
  {
    id: 'repeat-recorded-once',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () => 'a payment that comes again is answered with success, and counted once',
    advice:
      'Look for the paymentIntentId in the transaction that writes the payment, and answer a repeat with 200: an error makes Dojo give the money back.',
    judge: ({ evidence }) => {
      const repeated = evidence
        .payments()
        .map((payment) => ({
          payment,
          calls: payment.calls.filter((call) => amountIn(call) === payment.amount),
        }))
        .filter(({ calls }) => calls.length > 1);
      if (!repeated.length) return notTestable(noPayment);
      const all = repeated.map(({ payment, calls }) => {
        const counted = timesCounted(payment, stateAfter(evidence, payment.orderId, calls), evidence);
        const refused = refusedOf(calls);
        const what = money(payment.amount, payment.currency);
        const wrong =
          refused.length === calls.length
            ? `${what} was refused with ${statuses(refused)}`
            : counted !== null && counted > 1
              ? `${what} is counted ${counted} times`
              : refused.length && counted === 1
                ? `${what} is still counted, and a repeat was refused with ${statuses(refused)}: the guest got it back`
                : !refused.length && counted === 0
                  ? `${what} is not counted`
                  : null;
        return { calls, counted, wrong, refused, what };
      });
      const wrong = all.filter((one) => one.wrong);
      if (wrong.length)
        return failed(
          wrong.map((one) => one.wrong).join('; '),
          exchangesOf(wrong.flatMap(({ calls }) => calls)),
        );
      if (all.some(({ counted }) => counted === null))
        return {
          outcome: 'review',
          observed: 'no answer says what of the order is paid',
          evidence: exchangesOf(all.flatMap(({ calls }) => calls)),
          advice: 'Look at the POS: the payment has to stand there once.',
        };
      const refused = all.flatMap((one) => one.refused);
      return refused.length
        ? {
            outcome: 'warning',
            observed: `a repeat was refused with ${statuses(refused)}, and nothing is counted any more`,
            evidence: exchangesOf(refused),
          }
        : passed(
            `${listed(all.map(({ what }) => what))} once`,
            exchangesOf(all.flatMap(({ calls }) => calls)),
          );
    },
  },
  {
    id: 'other-amount-refused',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () =>
      'a payment that is recorded and comes again over another amount changes nothing, and is refused',
    advice: 'Compare the amount with what is recorded, and answer Conflict where it is another.',
    judge: ({ evidence }) => {
      const all = evidence.payments().flatMap((payment) => {
        const calls = payment.calls.filter((call) => amountIn(call) !== payment.amount);
        return calls.length ? [{ payment, calls }] : [];
      });
      if (!all.length) return notTestable(noPayment);
      const moved = all.flatMap(({ payment, calls }) => {
        const state = stateAfter(evidence, payment.orderId, calls);
        const own = state?.payments?.filter(
          ({ paymentIntentId }) => paymentIntentId === payment.paymentIntentId,
        );
        const due = evidence
          .payments(payment.orderId)
          .reduce((sum, one) => (one.came === 'recorded' ? sum + one.amount : sum), 0);
        const changed =
          own?.some(({ amount }) => amount !== payment.amount) ||
          (state && state.paid !== null && !payment.repaid && state.paid !== due);
        return changed
          ? [{ calls, says: `${money(payment.amount, payment.currency)} is no longer what is counted` }]
          : [];
      });
      if (moved.length)
        return failed(
          moved.map(({ says }) => says).join('; '),
          exchangesOf(moved.flatMap(({ calls }) => calls)),
        );
      const taken = all.flatMap(({ calls }) => calls.filter(isDone));
      // Dojo never asks for it, so that no guest loses anything by it.
      return taken.length
        ? { outcome: 'warning', observed: 'it was answered with success', evidence: exchangesOf(taken) }
        : passed(
            `refused with ${statuses(all.flatMap(({ calls }) => calls))}`,
            exchangesOf(all.flatMap(({ calls }) => calls)),
          );
    },
  },
  {
    id: 'never-overpaid',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () => 'the POS records no more for an order than what is owed of it',
    advice:
      'Compare with what is owed in the transaction that writes the payment, and answer Conflict: Dojo gives the money back.',
    judge: ({ evidence }) => {
      const all = evidence.opened.flatMap(({ orderId, entered, currency }) => {
        const payments = evidence.payments(orderId);
        const sum = (some: readonly TablePayment[]) => some.reduce((one, { amount }) => one + amount, 0);
        const recorded = sum(payments.filter(({ came }) => came === 'recorded'));
        const calls = payments.flatMap((one) => one.calls);
        return calls.length && sum(payments) > entered
          ? [{ calls, recorded, over: recorded > entered, entered, currency }]
          : [];
      });
      if (!all.length) return notTestable(noPayment);
      const wrong = all.filter(({ over }) => over);
      return judged(
        wrong.length === 0,
        (wrong.length ? wrong : all)
          .map(
            ({ recorded, entered, currency }) =>
              `${money(recorded, currency)} was recorded of ${money(entered, currency)}`,
          )
          .join('; '),
        exchangesOf((wrong.length ? wrong : all).flatMap(({ calls }) => calls)),
      );
    },
  },
  {
    id: 'refused-not-counted',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () => 'what the POS refuses to record it does not count',
    advice:
      'Write nothing of a payment that is answered with an error: Dojo gives the money back to the guest.',
    judge: ({ evidence }) => {
      const payments = evidence.payments();
      if (!payments.some(({ calls }) => calls.length)) return notTestable(noPayment);
      const refused = payments.filter(({ came }) => came === 'refused');
      if (!refused.length)
        return passed('it refused none', exchangesOf(payments.flatMap(({ calls }) => calls)));
      const all = refused.flatMap((payment) => {
        const state = stateAfter(evidence, payment.orderId, payment.calls);
        return state ? [{ payment, state, counted: timesCounted(payment, state, evidence) }] : [];
      });
      if (!all.length) return notTestable('the order was not read after the refusal');
      const wrong = all.filter(
        ({ payment, state, counted }) =>
          state.payments?.some(({ paymentIntentId }) => paymentIntentId === payment.paymentIntentId) ||
          (counted ?? 0) > 0,
      );
      return judged(
        wrong.length === 0,
        wrong.length
          ? wrong
              .map(
                ({ payment }) =>
                  `${money(payment.amount, payment.currency)} was refused, and stands against the order`,
              )
              .join('; ')
          : `${listed(refused.map(({ amount, currency }) => money(amount, currency)))} refused, and not counted`,
        exchangesOf((wrong.length ? wrong : all).map(({ state }) => state.call)),
      );
    },
  },
  {
    id: 'other-currency-refused',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () => 'a payment in another currency than that of the order is answered with Conflict',
    advice: 'Compare the currencyCode of `paidAmount` with that of the order.',
    judge: ({ evidence }) => {
      const of = new Map(evidence.opened.map(({ orderId, currency }) => [orderId, currency]));
      const foreign = evidence.payments().filter(({ orderId, currency }) => of.get(orderId) !== currency);
      return refusing(foreign, 'nobody could pay in another currency');
    },
  },
  {
    id: 'closed-order-refused',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () => 'a payment for an order that is paid, void or unknown is answered with an error',
    advice: 'Answer Conflict for an order that is closed, NotFound for one that is not there.',
    judge: ({ evidence }, { closed = [], unknown = [] }) => {
      const late = (closed as string[]).flatMap((orderId) => evidence.payments(orderId).slice(-1));
      const lost = (unknown as string[]).flatMap((orderId) => evidence.payments(orderId));
      const result = refusing([...late, ...lost], 'no such payment could be asked for');
      // An order that is not there has an error of its own, and Conflict says it as well.
      return result.outcome === 'warning' &&
        lost.flatMap(({ calls }) => calls).every(({ status }) => status === 404 || status === 409) &&
        late.flatMap(({ calls }) => calls).every(({ status }) => status === 409)
        ? passed('each was refused', result.evidence)
        : result;
    },
  },
  {
    id: 'strangers-refused',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () =>
      'the POS refuses whoever calls it without the credentials that it has registered, and what it does not know',
    advice:
      'Compare the credentials of each call with the registered ones and answer 401; answer an operation that the POS does not have with an error.',
    judge: ({ evidence }) => {
      const calls = evidence.facts('stranger-called').flatMap(({ detail: { exchange: id, by } }) => {
        const exchange = evidence.between('dojo', 'subject').find((one) => one.id === id);
        return exchange ? [{ by, exchange, status: exchange.response?.status ?? null }] : [];
      });
      const registered = evidence.facts('capabilities-registered').at(-1)?.detail;
      if (registered && !registered.rest.length)
        return passed('nothing is registered over REST, and the POS opens the WebSocket itself');
      if (!calls.length) return notTestable('nobody could call the POS');
      const wrong = calls.filter(({ status }) => status !== null && status < 400);
      const tell = (some: typeof calls) =>
        some.map(({ by, status }) => `${by}: ${status ?? 'no answer'}`).join('; ');
      if (wrong.length) return failed(tell(wrong), ids(wrong.map(({ exchange }) => exchange)));
      const odd = calls.filter(({ status }) => status === null || status >= 500);
      return odd.length
        ? { outcome: 'warning', observed: tell(odd), evidence: ids(odd.map(({ exchange }) => exchange)) }
        : passed(tell(calls), ids(calls.map(({ exchange }) => exchange)));
    },
  },
  {
    id: 'event-counted-once',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () =>
      'an event of a payment that is delivered twice is answered with success, and counted no more than once',
    advice: 'Events come at least once: know one again by its id, and book by the paymentIntentId.',
    judge: ({ evidence }) => {
      const sent = evidence.facts('event-sent');
      const paid = evidence.payments().filter(({ came }) => came === 'recorded');
      if (!paid.length) return notTestable(noPayment);
      // No POS need take events: what Dojo asks it to record is enough.
      if (!sent.length) return passed('the POS takes no events');
      const since = sent[0]!.at;
      const readings = paid.flatMap((payment) => {
        const last = readingsOf(evidence, payment.orderId).findLast(({ call }) => call.exchange.at > since);
        return last ? [{ payment, last, counted: timesCounted(payment, last, evidence) }] : [];
      });
      if (!readings.length) return notTestable('the order was not read after the events');
      const shown = exchangesOf(readings.map(({ last }) => last.call));
      const wrong = readings.filter(({ counted }) => counted !== null && counted !== 1);
      if (wrong.length)
        return failed(
          wrong
            .map(
              ({ payment, counted }) =>
                `${money(payment.amount, payment.currency)} is counted ${counted} times once its event has come twice`,
            )
            .join('; '),
          shown,
        );
      const refused = sent.filter(({ detail }) => detail.status < 200 || detail.status > 299);
      return refused.length
        ? {
            outcome: 'warning',
            observed: `an event was answered with ${listed([...new Set(refused.map(({ detail }) => String(detail.status || 'nothing')))])}`,
            evidence: shown,
          }
        : passed(`${counted(sent.length, 'event')}, and the payment once`, shown);
    },
  },
];
