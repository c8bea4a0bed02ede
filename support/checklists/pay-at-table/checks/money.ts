import { failed, judged, listed, money, notTestable, passed, type Result } from '../../../checklist/check.ts';
import { ids } from '../../../record/evidence.ts';
import type { Check } from '../check.ts';
import { isDone, isPayableSearch, owedOn, paidOf } from '../epos-data.ts';
import { type Reading, standsAt, type TableEvidence, type TablePayment } from '../evidence.ts';

const nothingPaid = 'no guest has paid anything';

/** A reading of an order that no recording of a payment overlaps, but for one that the reading itself answers. */
function isQuiet({ call: { exchange, orderId, name } }: Reading, evidence: TableEvidence): boolean {
  return evidence
    .callsOf('RecordOrderPaymentById')
    .every(
      (other) =>
        other.exchange === exchange ||
        (name !== 'SearchOrders' && other.orderId !== orderId) ||
        other.exchange.until <= exchange.at ||
        other.exchange.at >= exchange.until,
    );
}

/** When a refund of a payment of that order was begun: what it has paid is another thing from then on. */
const refundedFrom = (evidence: TableEvidence, orderId: string): number =>
  evidence.all('action').find(({ action }) => action.name === 'refundPayment' && action.orderId === orderId)
    ?.at ?? Number.POSITIVE_INFINITY;

/** The readings of an order by which its account can be judged. */
export const readingsOf = (evidence: TableEvidence, orderId: string): Reading[] =>
  evidence
    .readings(orderId)
    .filter(
      (reading) => isQuiet(reading, evidence) && reading.call.exchange.at < refundedFrom(evidence, orderId),
    );

/** What had been recorded when that was stated; a payment whose answer was lost may be among it, or may not. */
function recordedBy(payments: readonly TablePayment[], { call }: Reading) {
  const before = payments.filter(({ calls }) =>
    calls.some(({ exchange }) => exchange === call.exchange || exchange.until <= call.exchange.at),
  );
  const surely = before.filter(({ calls }) =>
    calls.some(
      (one) => isDone(one) && (one.exchange === call.exchange || one.exchange.until <= call.exchange.at),
    ),
  );
  // Of what was recorded and then refused to be recorded again nobody knows what the POS has made.
  const unsure = surely.filter(({ repaid }) => repaid);
  const lost = before.filter((one) => !surely.includes(one) && one.came === 'lost');
  return { surely: surely.filter(({ repaid }) => !repaid), lost: [...lost, ...unsure] };
}

const sum = (payments: readonly TablePayment[], of: 'amount' | 'tips'): number =>
  payments.reduce((all, payment) => all + payment[of], 0);

/** Every sum that payments, with or without each of those that may be among them, can come to. */
function sums({ surely, lost }: ReturnType<typeof recordedBy>, of: 'amount' | 'tips'): Set<number> {
  const all = new Set([sum(surely, of)]);
  for (const payment of lost) for (const one of [...all]) all.add(one + payment[of]);
  return all;
}

/** One sentence for each order of which something is wrong; passed where there is none. */
function overOrders(
  evidence: TableEvidence,
  wrongWith: (reading: Reading, order: TableEvidence['opened'][number]) => string | null,
  nothing: string,
): Result {
  const all = evidence.opened.flatMap((order) =>
    readingsOf(evidence, order.orderId).map((reading) => ({ reading, wrong: wrongWith(reading, order) })),
  );
  if (!all.length) return notTestable(nothing);
  const wrong = all.filter((one) => one.wrong !== null);
  if (!wrong.length) return passed(`right in each of ${all.length} answers`);
  const first = wrong[0]!;
  return failed(
    `${first.wrong} (${first.reading.call.name} of ${first.reading.call.orderId || first.reading.id})`,
    [...new Set(wrong.map(({ reading }) => reading.call.exchange.id))],
  );
}

const untold = 'no answer tells an order that was opened';

/** The payments that the row is about, and what of each is wrong. */
function overPayments(evidence: TableEvidence, wrongWith: (payment: TablePayment) => string | null): Result {
  const payments = evidence.payments();
  if (!payments.length) return notTestable(nothingPaid);
  const wrong = payments.flatMap((payment) => {
    const says = wrongWith(payment);
    return says === null ? [] : [{ payment, says }];
  });
  const evidenceOf = (some: readonly TablePayment[]) =>
    some.flatMap(({ calls }) => ids(calls.map(({ exchange }) => exchange)));
  return judged(
    wrong.length === 0,
    wrong.length
      ? wrong.map(({ says }) => says).join('; ')
      : listed(
          payments.map(
            ({ amount, tips, currency }) =>
              `${money(amount, currency)}${tips ? ` and ${money(tips, currency)}` : ''}`,
          ),
        ),
    evidenceOf(wrong.length ? wrong.map(({ payment }) => payment) : payments),
  );
}

/** Where the payments of an order stand, as it was stated last; `null` where no answer lists them. */
function listedPayments(evidence: TableEvidence, orderId: string) {
  const reading = readingsOf(evidence, orderId).findLast(({ payments }) => payments !== null);
  return reading ? { reading, payments: reading.payments! } : null;
}

export const moneyChecks: Check[] = [
  {
    id: 'payments-recorded',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () => 'the POS records each payment that a guest has made, and answers so',
    advice:
      'Answer RecordOrderPaymentById with 200 and the order. Any error makes Dojo give the money back to the guest.',
    judge: ({ evidence }) =>
      overPayments(evidence, ({ came, amount, currency, calls }) => {
        const status = calls.at(-1)?.status;
        if (came === 'recorded') return null;
        if (came === 'refused') return `${money(amount, currency)} was refused with ${status}`;
        if (came === 'lost') return `nothing was answered to ${money(amount, currency)}`;
        return `${money(amount, currency)} could not be recorded: RecordOrderPaymentById is not registered`;
      }),
  },
  {
    id: 'payments-identified',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () => 'each payment stands against its order once, with its paymentIntentId and its amount',
    advice:
      'Keep the paymentIntentId with the payment, list it in `payments` of the order, and know a repeated request by it.',
    judge: ({ evidence }) => {
      const recorded = evidence.payments().filter(({ came }) => came === 'recorded');
      if (!recorded.length)
        return notTestable(evidence.payments().length ? 'no payment was recorded' : nothingPaid);
      const unlisted = recorded.filter(({ orderId }) => !listedPayments(evidence, orderId));
      const wrong = recorded.flatMap(({ orderId, paymentIntentId, amount, currency }) => {
        const found = listedPayments(evidence, orderId);
        if (!found) return [];
        const same = found.payments.filter((one) => one.paymentIntentId === paymentIntentId);
        const [one] = same;
        const says = !one
          ? `the payment ${paymentIntentId} does not stand against the order`
          : same.length > 1
            ? `the payment ${paymentIntentId} stands against the order ${same.length} times`
            : one.amount !== amount
              ? `the payment ${paymentIntentId} over ${money(amount, currency)} stands there with ${money(one.amount, currency)}`
              : null;
        return says === null ? [] : [{ says, id: found.reading.call.exchange.id }];
      });
      if (wrong.length)
        return failed(wrong.map(({ says }) => says).join('; '), [...new Set(wrong.map(({ id }) => id))]);
      const shown = evidence.all('display').flatMap(({ display }) => display.ledger);
      const kept = unlisted.every(({ paymentIntentId }) =>
        shown.some((entry) => entry.paymentIntentId === paymentIntentId),
      );
      if (unlisted.length && !kept)
        return {
          outcome: 'review',
          observed: 'no answer lists the payments of the order, and no journal shows them',
          evidence: [],
          advice: 'Look at the POS: each payment has to stand against the order with its paymentIntentId.',
        };
      return passed(`${recorded.length} of ${recorded.length} stand there once`);
    },
  },
  {
    id: 'balance-agrees',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () =>
      'in each answer with an order, its `paidAmount` is what was recorded until then, without tips',
    advice:
      'Dojo asks the guest for totalAmount − paidAmount: count each recorded payment once, and leave its tip out.',
    judge: ({ whole }) =>
      overOrders(
        whole,
        (reading, { orderId, currency }) => {
          const due = recordedBy(whole.payments(orderId), reading);
          const { paid, tips } = reading;
          const shown = (values: Set<number>) => [...values].map((one) => money(one, currency)).join(' or ');
          const amounts = sums(due, 'amount');
          if (paid !== null && !amounts.has(paid))
            return `paidAmount is ${money(paid, currency)} where ${shown(amounts)} was recorded`;
          const given = sums(due, 'tips');
          if (tips !== null && !given.has(tips))
            return `tipsAmount is ${money(tips, currency)} where ${shown(given)} was recorded`;
          return null;
        },
        untold,
      ),
  },
  {
    id: 'total-as-entered',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () => 'in each answer with an order, its `totalAmount` is what was entered, in its currency',
    advice: 'Tell the total in minor units, with service charge and taxes, after discounts, without tips.',
    judge: ({ whole }) =>
      overOrders(
        whole,
        ({ total, currency: stated, call }, { entered, currency, orderId }) => {
          const locks = whole.locks(orderId);
          const due = new Set([entered]);
          for (const { action, answer, at } of whole.all('action')) {
            if (action.name !== 'addItem' || action.orderId !== orderId) continue;
            if (answer.answer !== 'done' || at > call.exchange.at) continue;
            // A press on a locked order may be refused without a word.
            const mayBeRefused = locks.some((lock) => standsAt(lock, at));
            const before = [...due];
            if (!mayBeRefused) due.clear();
            for (const one of before) due.add(one + action.item.price * action.item.quantity);
          }
          if (total === null) return 'the order says no totalAmount';
          if (!due.has(total) || stated !== currency)
            return `totalAmount is ${money(total, stated)} where ${listed([...due].map((one) => money(one, currency)))} was entered`;
          return null;
        },
        untold,
      ),
  },
  {
    id: 'paid-order-closed',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () =>
      'an order that is paid in full can be paid no more, and no search for payable orders lists it',
    advice:
      'Say `payable: false` or the status Finalized once nothing is owed, and leave the order out of a search with `payableOnly`.',
    judge: ({ evidence }) => {
      const paid = evidence.opened.filter(
        ({ orderId, entered }) =>
          sum(
            evidence.payments(orderId).filter(({ came }) => came === 'recorded'),
            'amount',
          ) >= entered,
      );
      if (!paid.length) return notTestable('no order was paid in full');
      const wrong = paid.flatMap(({ orderId }) => {
        const done = Math.max(
          ...evidence.payments(orderId).flatMap(({ calls }) => calls.map(({ exchange }) => exchange.at)),
        );
        const later = evidence.readings(orderId).filter(({ call }) => call.exchange.at >= done);
        const offered = later.find(({ call }) => isPayableSearch(call));
        const open = later.findLast(({ call }) => call.name !== 'SearchOrders');
        const owed = open && owedOn(open);
        if (offered) return [{ says: `${orderId} is listed as payable after it was paid`, at: offered }];
        if (open && open.payable === true)
          return [{ says: `${orderId} says payable: true after it was paid`, at: open }];
        if (open && owed !== null && owed !== undefined && paidOf(open) !== null && owed > 0)
          return [{ says: `${orderId} still owes ${money(owed, open.currency)}`, at: open }];
        return [];
      });
      const searched = evidence.callsOf('SearchOrders').at(-1);
      return judged(
        wrong.length === 0,
        wrong.length ? wrong.map(({ says }) => says).join('; ') : listed(paid.map(({ orderId }) => orderId)),
        wrong.length ? wrong.map(({ at }) => at.call.exchange.id) : searched ? [searched.exchange.id] : [],
      );
    },
  },
  {
    id: 'tips-apart',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () => 'the tip is recorded with its payment, apart from the amount',
    advice:
      'Keep `tipsAmount` beside `paidAmount` and tell it in `payments` and in `tipsAmount` of the order.',
    judge: ({ evidence }) => {
      const tipped = evidence.payments().filter(({ tips, came }) => tips > 0 && came === 'recorded');
      if (!tipped.length) return notTestable('no payment with a tip was recorded');
      const results = tipped.map(({ orderId, paymentIntentId, tips, amount, currency }) => {
        const last = readingsOf(evidence, orderId).findLast(
          (one) => one.payments !== null || one.tips !== null,
        );
        const own = last?.payments?.find((one) => one.paymentIntentId === paymentIntentId);
        const all = sum(
          evidence.payments(orderId).filter(({ came }) => came === 'recorded'),
          'tips',
        );
        const says =
          own && own.tips !== tips
            ? `the tip of ${money(tips, currency)} stands there as ${money(own.tips, currency)}`
            : own && own.amount !== amount
              ? `the payment of ${money(amount, currency)} stands there as ${money(own.amount, currency)}`
              : last && last.tips !== null && last.tips !== all
                ? `tipsAmount is ${money(last.tips, currency)} where ${money(all, currency)} was given`
                : null;
        return {
          says,
          known: own !== undefined || (last?.tips ?? null) !== null,
          id: last?.call.exchange.id,
        };
      });
      const wrong = results.filter(({ says }) => says !== null);
      const shownIds = results.flatMap(({ id }) => id ?? []);
      if (wrong.length) return failed(wrong.map(({ says }) => says).join('; '), shownIds);
      const seen = evidence.all('display').flatMap(({ display }) => display.ledger);
      const onScreen = tipped.every(({ paymentIntentId, tips }) =>
        seen.some((entry) => entry.paymentIntentId === paymentIntentId && entry.tip === tips),
      );
      if (results.every(({ known }) => known) || onScreen)
        return passed(listed(tipped.map(({ tips, currency }) => money(tips, currency))), shownIds);
      return {
        outcome: 'review',
        observed: 'no answer tells the tip, and no journal shows it',
        evidence: shownIds,
        advice: 'Look at the POS: the tip has to stand against the order.',
      };
    },
  },
  {
    id: 'order-payable-again',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () => 'an order that is paid in part is payable again, for what is still owed',
    advice:
      'Once the guest has left the card machine, release the lock, say `payable: true`, list the order, and count what was paid.',
    judge: ({ evidence }) => {
      const order = evidence.opened.at(-1);
      const payments = order ? evidence.payments(order.orderId) : [];
      if (!order || !payments.length) return notTestable('no order was paid in part');
      const since = Math.max(
        ...payments.flatMap(({ calls }) => calls.map(({ exchange }) => exchange.until)),
        0,
      );
      const later = readingsOf(evidence, order.orderId).filter(({ call }) => call.exchange.at >= since);
      const search = evidence.callsOf('SearchOrders').filter(({ exchange }) => exchange.at >= since);
      if (!search.length) return notTestable('no search followed the payment');
      const found = later.findLast(({ call }) => call.name === 'SearchOrders');
      const last = later.at(-1);
      const owed = last && owedOn(last);
      const due =
        order.entered -
        sum(
          payments.filter(({ came }) => came === 'recorded'),
          'amount',
        );
      const shown = ids((last ? [last.call] : search).map(({ exchange }) => exchange));
      if (!found)
        return failed(
          `${order.orderId} is not listed as payable`,
          ids(search.map(({ exchange }) => exchange)),
        );
      if (last?.payable === false) return failed(`${order.orderId} says payable: false`, shown);
      if (last && last.total !== null && paidOf(last) === null)
        return {
          outcome: 'review',
          observed: `${order.orderId} is listed, and says neither paidAmount nor payments: what it owes cannot be known`,
          evidence: shown,
          advice: 'Say `paidAmount` in the order: a card machine asks for what it leaves of the total.',
        };
      const says = last?.paid === null ? ', by its payments, for paidAmount is left out' : '';
      return judged(
        owed === due,
        `${money(owed ?? null, order.currency)} is owed of ${money(order.entered, order.currency)}${says}; due are ${money(due, order.currency)}`,
        shown,
      );
    },
  },
];
