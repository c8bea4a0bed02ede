import { failed, judged, listed, money, notTestable, passed } from '../../../checklist/check.ts';
import { ids, textAt } from '../../../record/evidence.ts';
import type { Check } from '../check.ts';
import { type Call, isDone } from '../epos-data.ts';
import { expiryOf, type Lock, type Reading, standsAt, type TableEvidence } from '../evidence.ts';

const exchangesOf = (calls: readonly Call[]) => ids(calls.map(({ exchange }) => exchange));

const statusOf = ({ status, answer }: Call): string =>
  [status ?? 'no answer', textAt(answer, 'errorType') ?? ''].join(' ').trim();

/** A request for a lock, with the locks of others that the POS had given of that order before. */
interface Wanted {
  readonly call: Call;
  readonly before: readonly Lock[];
}

const wantedLocks = (evidence: TableEvidence): Wanted[] =>
  evidence.callsOf('CreateOrderLock').map((call) => ({
    call,
    before: evidence
      .locks(call.orderId)
      .filter((lock) => lock.lockId !== call.lockId && lock.from <= call.exchange.at),
  }));

/** The locks of others that stood for as long as the call took. */
const standing = ({ call, before }: Wanted): Lock[] =>
  before.filter((lock) => standsAt(lock, call.exchange.at) && standsAt(lock, call.exchange.until));

/**
 * Whether a lock was given though another, which was extended in time, had not run out: the POS refused one before, and
 * gave this one once the expiry was over that the other had at first.
 */
const endedEarly = (wanted: Wanted, evidence: TableEvidence): boolean =>
  standing(wanted).some((lock) => {
    const first = expiryOf(lock.call);
    const { orderId, exchange } = wanted.call;
    const within = (call: Call) =>
      call.orderId === orderId && call.exchange.at >= lock.from && call.exchange.until < first;
    return (
      exchange.at > first &&
      evidence.callsOf('CreateOrderLock').some((call) => within(call) && call.status === 409) &&
      evidence
        .callsOf('ExtendOrderLock')
        .some((call) => within(call) && call.lockId === lock.lockId && isDone(call))
    );
  });

const noLock = 'no order was locked';

/** How much was recorded of an order beyond what it comes to, with all that was put on it. */
function paidTooMuch(evidence: TableEvidence, orderId: string): number {
  const order = evidence.opened.find((one) => one.orderId === orderId);
  const totals = evidence.readings(orderId).flatMap(({ total }) => total ?? []);
  const recorded = evidence
    .payments(orderId)
    .reduce((all, { came, amount }) => (came === 'recorded' ? all + amount : all), 0);
  return recorded - Math.max(order?.entered ?? 0, ...totals);
}

/** The ways in which an order is changed at the POS itself. */
const changes: ReadonlySet<string> = new Set(['addItem', 'voidOrder', 'holdOrder']);

/** What was pressed at the POS to change an order that the row opened, with the locks that bound it all the while. */
const pressesOf = (evidence: TableEvidence) =>
  evidence.opened.flatMap(({ orderId }) =>
    evidence.all('action').flatMap((press) => {
      const { action } = press;
      if (!changes.has(action.name) || !('orderId' in action) || action.orderId !== orderId) return [];
      const locks = evidence
        .locks(orderId)
        .filter((lock) => standsAt(lock, press.at) && standsAt(lock, press.until));
      return [{ orderId, press, locks }];
    }),
  );

/** Whether an answer says that this order is not there. */
const isGone = (call: Call, orderId: string): boolean =>
  call.name === 'GetOrderById' && call.orderId === orderId && call.status === 404;

/** What has become of an order between two answers; `null` where it is the same, `after` is left out where it is gone. */
function changeIn(before: Reading, after: Reading | undefined): string | null {
  if (!after) return 'is not found any more';
  if (before.total !== after.total)
    return `was over ${money(before.total)} and is over ${money(after.total)}`;
  if (before.status !== after.status) return `was ${before.status} and is ${after.status}`;
  return before.payable !== null && after.payable !== null && before.payable !== after.payable
    ? `said payable: ${before.payable} and says payable: ${after.payable}`
    : null;
}

/** The requests to record a payment without the lock by which another card machine had that order all the while. */
const pastLock = (evidence: TableEvidence): Call[] =>
  evidence
    .callsOf('RecordOrderPaymentById')
    .filter(
      ({ asked, orderId, exchange }) =>
        textAt(asked, 'lockId') === null &&
        evidence.locks(orderId).some((lock) => standsAt(lock, exchange.at) && standsAt(lock, exchange.until)),
    );

export const lockChecks: Check[] = [
  {
    id: 'lock-given',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () => 'CreateOrderLock of an order that nobody has locked is answered with that order',
    advice: 'Lock the order by the lockId of the request, and answer 200 with the order as it stands.',
    judge: ({ evidence }) => {
      // A lock may have run out on the way.
      const first = wantedLocks(evidence)
        .filter(({ call, before }) => !before.length && call.exchange.until < expiryOf(call))
        .map(({ call }) => call);
      if (!first.length) return notTestable('no order could be locked');
      const wrong = first.flatMap((call) => {
        const id = textAt(call.answer, 'id');
        if (!isDone(call)) return [{ call, says: `${call.orderId} was answered ${statusOf(call)}` }];
        return id === call.orderId
          ? []
          : [{ call, says: `${call.orderId} was answered with ${id ?? 'no order'}` }];
      });
      return judged(
        wrong.length === 0,
        wrong.length
          ? wrong.map(({ says }) => says).join('; ')
          : `locked: ${listed([...new Set(first.map(({ orderId }) => orderId))])}`,
        exchangesOf(wrong.length ? wrong.map(({ call }) => call) : first),
      );
    },
  },
  {
    id: 'second-lock-refused',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () => 'while an order is locked, a lock with another id is refused: 409 with Conflict',
    advice: 'Keep one lock for each order at most, and answer another 409 with the errorType Conflict.',
    judge: ({ evidence }) => {
      const second = wantedLocks(evidence).filter((one) => standing(one).length);
      if (!second.length) return notTestable(`${noLock} for which a second card machine asked`);
      const calls = second.map(({ call }) => call);
      const others = calls.filter(
        (call) =>
          !isDone(call) &&
          (call.status !== 409 || !['Conflict', null].includes(textAt(call.answer, 'errorType'))),
      );
      if (others.length)
        return failed(
          others.map((call) => `the second lock was answered ${statusOf(call)}`).join('; '),
          exchangesOf(others),
        );
      const early = second.filter((one) => isDone(one.call) && endedEarly(one, evidence));
      if (early.length)
        return failed(
          early
            .map(
              ({ call: { orderId } }) => `${orderId} was locked for longer, and the lock ended all the same`,
            )
            .join('; '),
          exchangesOf(early.map(({ call }) => call)),
        );
      const given = calls.filter(isDone);
      const twice = given.filter(({ orderId }) => paidTooMuch(evidence, orderId) > 0);
      if (twice.length)
        return failed(
          `two card machines had ${twice[0]!.orderId} locked, and ${money(paidTooMuch(evidence, twice[0]!.orderId))} too much was recorded`,
          exchangesOf(twice),
        );
      if (given.length)
        return {
          outcome: 'warning',
          observed: 'a second lock was given, and nothing could be paid twice by it',
          evidence: exchangesOf(given),
        };
      return passed(`refused: ${listed(calls.map(statusOf))}`, exchangesOf(calls));
    },
  },
  {
    id: 'locked-order-unchanged',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () =>
      'what is pressed at the POS on a locked order changes neither its total nor its status, nor whether it can be paid',
    advice: 'Let a lock bind the buttons of the POS too, and say on the display that the order is locked.',
    judge: ({ evidence }) => {
      const tried = pressesOf(evidence);
      const locked = tried.flatMap(({ orderId, press, locks }) => {
        const readings = evidence.readings(orderId).filter(({ total }) => total !== null);
        const before = readings.findLast(({ call }) => call.exchange.until <= press.at);
        const next = evidence.calls.find(
          (call) =>
            call.exchange.at >= press.until &&
            locks.some((lock) => standsAt(lock, call.exchange.until)) &&
            (isGone(call, orderId) || readings.some((reading) => reading.call === call)),
        );
        const after = readings.find(({ call }) => call === next);
        return locks.length && before && next ? [{ orderId, press, before, after, next }] : [];
      });
      if (!locked.length) return notTestable('nobody tried to change a locked order and read it after that');
      const changed = locked.flatMap((one) => {
        const says = changeIn(one.before, one.after);
        return says === null ? [] : [{ ...one, says: `${one.orderId} ${says}` }];
      });
      const shown = exchangesOf((changed.length ? changed : locked).map(({ next }) => next));
      if (changed.length) return failed([...new Set(changed.map(({ says }) => says))].join('; '), shown);
      // Who never takes a press says nothing by refusing it.
      const bound = locked.filter((one) =>
        tried.some(
          ({ press, locks }) =>
            press.action.name === one.press.action.name && press.answer.answer === 'done' && !locks.length,
        ),
      );
      if (!bound.length)
        return {
          outcome: 'review',
          observed: 'the order stayed as it was, but the kit could not change it when it was unlocked either',
          evidence: shown,
          advice: 'Look at the POS: put an item on an order that a card machine has locked.',
        };
      return passed(`${listed([...new Set(bound.map(({ orderId }) => orderId))])} stayed the same`, shown);
    },
  },
  {
    id: 'lock-released',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () =>
      'DeleteOrderLock is answered, with success or NotFound where the lock is gone; then another can lock the order',
    advice: 'Release the lock by its id; releasing it once more must do no harm.',
    judge: ({ evidence }) => {
      const deleted = evidence.callsOf('DeleteOrderLock');
      if (!deleted.length) return notTestable(`${noLock} that could be released`);
      const broken = deleted.filter(({ status }) => status === null || status >= 500);
      if (broken.length)
        return failed(`the release was answered ${listed(broken.map(statusOf))}`, exchangesOf(broken));
      const later = wantedLocks(evidence).filter(
        (one) =>
          one.before.some(({ released }) => released !== null && released < one.call.exchange.at) &&
          !standing(one).length,
      );
      if (!later.length) return notTestable('nobody asked for a lock after another was released');
      const refused = later.map(({ call }) => call).filter((call) => !isDone(call));
      if (refused.length)
        return failed(
          refused
            .map((call) => `${call.orderId} was released, and a lock answered ${statusOf(call)}`)
            .join('; '),
          exchangesOf(refused),
        );
      const odd = deleted.filter((call) => !isDone(call) && call.status !== 404);
      if (odd.length)
        return {
          outcome: 'warning',
          observed: `a release was answered ${listed(odd.map(statusOf))}`,
          evidence: exchangesOf(odd),
        };
      return passed(`answered ${listed([...new Set(deleted.map(statusOf))])}`, exchangesOf(deleted));
    },
  },
  {
    id: 'lock-expired',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () => 'a lock that has run out and was never released should bind nobody any more',
    advice: 'Take a lock for stale after its `expiry`: a card machine may be lost before it releases it.',
    judge: ({ evidence }) => {
      const later = wantedLocks(evidence).filter(({ call, before }) => {
        const last = before.at(-1);
        return last && last.released === null && last.expires < call.exchange.at;
      });
      if (!later.length) return notTestable('nobody asked for an order whose lock had run out');
      const calls = later.map(({ call }) => call);
      const refused = calls.filter((call) => !isDone(call));
      return refused.length
        ? {
            outcome: 'warning',
            observed: `a lock had run out, and the next was answered ${listed(refused.map(statusOf))}`,
            evidence: exchangesOf(refused),
          }
        : passed('the order could be locked anew', exchangesOf(calls));
    },
  },
  {
    id: 'lock-binds-payments',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () => 'while a card machine has locked an order, a payment without its lock should be refused',
    advice:
      'Compare the lockId of each payment with that of the lock which stands, and answer Conflict where it is another or none.',
    judge: ({ evidence }) => {
      const calls = pastLock(evidence).filter(({ status }) => status !== null);
      if (!calls.length) return notTestable('nobody paid an order that another card machine had locked');
      const taken = calls.filter(isDone);
      // No document forbids it: that Dojo asks for it while the lock stands is what should not come about.
      return taken.length
        ? {
            outcome: 'warning',
            observed: `it was recorded for ${listed(taken.map(({ orderId }) => orderId))}`,
            evidence: exchangesOf(taken),
          }
        : passed(`refused: ${listed(calls.map(statusOf))}`, exchangesOf(calls));
    },
  },
];
