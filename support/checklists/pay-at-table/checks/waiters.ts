import { failed, judged, listed, notTestable, passed } from '../../../checklist/check.ts';
import { ids, textAt } from '../../../record/evidence.ts';
import type { Check } from '../check.ts';
import { type Call, ordersIn, waitersIn } from '../epos-data.ts';
import type { TableEvidence } from '../evidence.ts';

const exchangesOf = (calls: readonly Call[]) => ids(calls.map(({ exchange }) => exchange));

/** The searches of that waiter. */
const searchesOf = (evidence: TableEvidence, waiterId: string): Call[] =>
  evidence.callsOf('SearchOrders').filter((call) => waitersIn(call).includes(waiterId));

const opened = (evidence: TableEvidence, call: Call): string[] => {
  const found = ordersIn(call).map((order) => textAt(order, 'id'));
  return evidence.opened.flatMap(({ orderId }) => (found.includes(orderId) ? orderId : []));
};

export const waiterChecks: Check[] = [
  {
    id: 'unknown-waiter-answered',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () =>
      'a search of a waiter whom the POS does not know is answered with a list, empty or not, or NotFound or InvalidRequest',
    advice:
      'A waiter types the id at the card machine: answer a wrong one with an empty list or an EPOSError.',
    judge: ({ evidence }, { unknown }) => {
      const calls = searchesOf(evidence, `${unknown}`);
      if (!calls.length) return notTestable('no waiter whom the POS does not know has searched');
      const wrong = calls.filter(({ status }) => ![200, 400, 404].includes(status ?? 0));
      if (wrong.length)
        return failed(
          `answered ${listed([...new Set(wrong.map(({ status }) => `${status ?? 'by nothing'}`))])}`,
          exchangesOf(wrong),
        );
      const without = calls.filter((call) => !opened(evidence, call).length);
      const says =
        without.length === calls.length
          ? 'the POS validates the waiter'
          : without.length
            ? 'the POS validates the waiter in one place, header or body, alone'
            : 'the POS does not validate the waiter';
      return passed(says, exchangesOf(calls));
    },
  },
  {
    id: 'waiter-orders-listed',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () => 'a search that names a waiter, in header, body or both, lists his own orders',
    advice: 'Where the waiter is validated, list all payable orders of that waiter.',
    judge: ({ evidence }, { unknown }) => {
      const own = evidence.opened.flatMap(({ orderId }) => {
        const waiterId = evidence.waiterOf(orderId);
        return waiterId === null ? [] : searchesOf(evidence, waiterId).map((call) => ({ orderId, call }));
      });
      if (own.length) {
        const wrong = own.filter(({ orderId, call }) => !opened(evidence, call).includes(orderId));
        return judged(
          wrong.length === 0,
          wrong.length
            ? wrong
                .map(({ orderId, call }) =>
                  call.status === 200
                    ? `${orderId} was withheld from its own waiter`
                    : `the waiter of ${orderId} was answered ${call.status ?? 'by nothing'}`,
                )
                .join('; ')
            : `listed in ${own.length} of ${own.length} searches`,
          exchangesOf((wrong.length ? wrong : own).map(({ call }) => call)),
        );
      }
      const asked = searchesOf(evidence, `${unknown}`);
      if (!asked.length || !evidence.opened.length) return notTestable('no waiter has searched');
      // Who lists an order for anybody withholds it from nobody.
      if (asked.every((call) => opened(evidence, call).length === evidence.opened.length))
        return passed('each order is listed for any waiter', exchangesOf(asked));
      return {
        outcome: 'review',
        observed: 'no order says whose it is, so that the kit could search for no waiter of the POS',
        evidence: exchangesOf(asked),
        advice:
          'Say `details.dineIn.waiterId` in orders, or search at a card machine as a waiter of the POS.',
      };
    },
  },
];
