import { money, notTestable, passed } from '../../../checklist/check.ts';
import { amountsIn } from '../../payments/checks/display/beside.ts';
import { pictureAt } from '../../payments/checks/display/shown.ts';
import type { Check } from '../check.ts';
import { owedOn } from '../epos-data.ts';
import type { TableEvidence } from '../evidence.ts';

/** The order that was paid in part, and what is still owed of it; `null` where there is none. */
function partPaid(evidence: TableEvidence) {
  const order = evidence.opened.at(-1);
  const paid = order ? evidence.payments(order.orderId).filter(({ came }) => came === 'recorded') : [];
  const owed = (order?.entered ?? 0) - paid.reduce((all, { amount }) => all + amount, 0);
  return order && paid.length && owed > 0 ? { ...order, owed } : null;
}

export const screenChecks: Check[] = [
  {
    id: 'balance-shown',
    plane: 'display',
    fault: 'pos',
    expected: () =>
      'where the display shows the total of an order, it shows what is still owed of it as well',
    advice: 'Show on the display of the POS what Dojo is answered: the total less what was paid.',
    corroborated: ({ evidence }) => {
      const order = partPaid(evidence);
      const last = order && evidence.readings(order.orderId).at(-1);
      return Boolean(last && owedOn(last) === order?.owed);
    },
    judge: ({ evidence }) => {
      const order = partPaid(evidence);
      if (!order) return notTestable('no order was paid in part');
      // What has not changed since the payment shows what it did.
      const last = evidence.all('display').at(-1);
      if (!last) return { outcome: 'review', observed: 'the display was not seen', evidence: [] };
      const shown = amountsIn(last.display.text);
      const { owed, entered, currency } = order;
      if (shown.includes(owed)) return passed(`shows ${money(owed, currency)}`, pictureAt(evidence));
      return shown.includes(entered)
        ? {
            outcome: 'warning',
            observed: `shows ${money(entered, currency)}, and nowhere the ${money(owed, currency)} that is still owed`,
            evidence: pictureAt(evidence),
            mayCome: true,
          }
        : passed('shows no sum of the order', pictureAt(evidence));
    },
  },
];
