import { failed, judged, listed, money, notTestable, passed } from '../../../checklist/check.ts';
import { ids, textAt } from '../../../record/evidence.ts';
import type { Check } from '../check.ts';
import { type Call, isPayableSearch, ordersIn, owedOn, toldBy, waitersIn } from '../epos-data.ts';
import type { TableEvidence } from '../evidence.ts';

/** The statuses that an order may have. */
const statuses: ReadonlySet<string> = new Set([
  'New',
  'Submitted',
  'Confirmed',
  'Accepted',
  'Preparing',
  'Prepared',
  'Ready',
  'Finalized',
  'Canceled',
  'Failed',
]);

/** The pages of one search, one after another: each goes on where the one before ended. */
function searches(evidence: TableEvidence): Call[][] {
  const all: Call[][] = [];
  for (const call of evidence.callsOf('SearchOrders')) {
    const goesOn = textAt(call.asked, 'cursor', 'after') !== null;
    const last = all.at(-1);
    if (goesOn && last) last.push(call);
    else all.push([call]);
  }
  return all;
}

const exchangesOf = (calls: readonly Call[]) => ids(calls.map(({ exchange }) => exchange));

/** The last search for payable orders, over all its pages. */
const lastPayable = (evidence: TableEvidence): Call[] | undefined =>
  searches(evidence).findLast(([first]) => first && isPayableSearch(first) && !waitersIn(first).length);

const noSearch = 'the POS answered no search for payable orders';

export const orderChecks: Check[] = [
  {
    id: 'payable-orders-alone',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () =>
      'a search for payable orders lists none that is paid, void or on hold, nor one that says so itself',
    advice: 'With `payableOnly: true` list only what a guest can pay now.',
    judge: ({ evidence }, { closed = [], held = [] }) => {
      const search = lastPayable(evidence);
      if (!search?.some(({ status }) => status === 200)) return notTestable(noSearch);
      const found = search.flatMap(ordersIn).map(toldBy);
      const wrong = found.flatMap((order) => {
        const owed = owedOn(order);
        if (order.id !== null && (closed as string[]).includes(order.id))
          return [`${order.id} is paid or void`];
        if (order.payable === false) return [`${order.id} says payable: false`];
        if (order.status === 'Canceled' || order.status === 'Failed')
          return [`${order.id} is ${order.status}`];
        if (owed !== null && owed <= 0) return [`${order.id} owes ${money(owed, order.currency)}`];
        return [];
      });
      if (wrong.length) return failed(wrong.join('; '), exchangesOf(search));
      // Dojo's page lets a POS hide what is being edited, and does not ask for it.
      const edited = found.flatMap(({ id }) => (id !== null && (held as string[]).includes(id) ? id : []));
      return passed(
        `${found.length} listed${edited.length ? `, ${listed(edited)} on hold among them` : ''}`,
        exchangesOf(search),
      );
    },
  },
  {
    id: 'payable-orders-listed',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () => 'a search for payable orders lists each that a guest can pay, once, over all its pages',
    advice:
      'Go by the order that a cursor names, not by how many came before it: another order may close between two pages.',
    judge: ({ evidence }, { open = [] }) => {
      const search = lastPayable(evidence);
      if (!search?.every(({ status }) => status === 200)) return notTestable(noSearch);
      const found = search.flatMap(ordersIn).map((order) => textAt(order, 'id'));
      const missing = (open as string[]).filter((id) => !found.includes(id));
      const twice = found.filter((id, index) => id !== null && found.indexOf(id) !== index);
      const ends = search.at(-1)!;
      const endless = textAt(ends.answer, 'after') !== null;
      const wrong = [
        ...(missing.length ? [`${listed(missing)} not listed`] : []),
        ...(twice.length ? [`${listed([...new Set(twice as string[])])} listed more than once`] : []),
        ...(endless ? [`after ${search.length} pages there is still another`] : []),
      ];
      return judged(
        wrong.length === 0,
        wrong.length ? wrong.join('; ') : `${found.length} on ${search.length} pages`,
        exchangesOf(search),
      );
    },
  },
  {
    id: 'statuses-stated',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () => 'each order that a search lists has one of the ten statuses',
    advice: 'Say `status` in each order, spelt as the API has it: Canceled, Finalized.',
    judge: ({ evidence }) => {
      const calls = evidence.callsOf('SearchOrders').filter(({ status }) => status === 200);
      const orders = calls.flatMap((call) => ordersIn(call).map((order) => ({ order, call })));
      if (!orders.length) return notTestable('no search has listed an order');
      const wrong = orders.filter(({ order }) => !statuses.has(textAt(order, 'status') ?? ''));
      const said = [...new Set(orders.map(({ order }) => textAt(order, 'status') ?? 'none'))];
      return judged(
        wrong.length === 0,
        `observed: ${listed(said)}`,
        exchangesOf((wrong.length ? wrong : orders).map(({ call }) => call)).filter(
          (id, index, all) => all.indexOf(id) === index,
        ),
      );
    },
  },
  {
    id: 'order-by-id',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () => 'GetOrderById answers the order that was asked for',
    advice: 'Look the order up by the id in the path, and answer it with 200, while it is locked too.',
    judge: ({ evidence }) => {
      const own = evidence
        .callsOf('GetOrderById')
        .filter(({ orderId }) => evidence.opened.some((one) => one.orderId === orderId));
      if (!own.length)
        return notTestable(
          evidence.facts('order-lost').length
            ? 'no search for payable orders listed the order that was opened, so that nobody learned its id'
            : 'no order that was opened was asked for',
        );
      const wrong = own.flatMap((call) => {
        const id = textAt(call.answer, 'id');
        if (call.status !== 200)
          return [{ call, says: `${call.orderId} was answered ${call.status ?? 'by nothing'}` }];
        return id === call.orderId
          ? []
          : [{ call, says: `${call.orderId} was answered with ${id ?? 'no id'}` }];
      });
      return judged(
        wrong.length === 0,
        wrong.length
          ? wrong.map(({ says }) => says).join('; ')
          : listed([...new Set(own.map(({ orderId }) => orderId))]),
        exchangesOf(wrong.length ? wrong.map(({ call }) => call) : own),
      );
    },
  },
  {
    id: 'search-agrees',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () => 'GetOrderById says of money and status what the search before it said',
    advice: 'Make both answers of the same order.',
    judge: ({ evidence }) => {
      const pairs = evidence.callsOf('GetOrderById').flatMap((call) => {
        const one = evidence.readings(call.orderId).find((reading) => reading.call === call);
        const before = evidence
          .readings(call.orderId)
          .findLast(
            (reading) =>
              reading.call.name === 'SearchOrders' && reading.call.exchange.until <= call.exchange.at,
          );
        const between = evidence
          .all('action')
          .some(({ at: time }) => before && time >= before.call.exchange.at && time <= call.exchange.at);
        const moved = evidence.calls.some(
          ({ name, exchange }) =>
            name !== 'SearchOrders' &&
            name !== 'GetOrderById' &&
            before &&
            exchange.at >= before.call.exchange.at &&
            exchange.at <= call.exchange.until,
        );
        return one && before && !between && !moved ? [{ one, before }] : [];
      });
      if (!pairs.length) return notTestable('no order was asked for after a search had listed it');
      const wrong = pairs.flatMap(({ one, before }) =>
        (['total', 'paid', 'tips', 'status', 'currency', 'payable'] as const).flatMap((name) =>
          one[name] !== null && before[name] !== null && one[name] !== before[name]
            ? [{ says: `${name} is ${before[name]} in the search and ${one[name]} by id`, one, before }]
            : name === 'payable' && one.payable === false && isPayableSearch(before.call)
              ? [{ says: 'a search for payable orders lists it, and payable is false by id', one, before }]
              : [],
        ),
      );
      return judged(
        wrong.length === 0,
        wrong.length ? wrong.map(({ says }) => says).join('; ') : `${pairs.length} of ${pairs.length} agree`,
        exchangesOf(
          (wrong.length ? wrong : pairs).flatMap(({ one, before }) => [before.call, one.call]),
        ).filter((id, index, all) => all.indexOf(id) === index),
      );
    },
  },
  {
    id: 'unknown-order-refused',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () => 'GetOrderById of an id that no order has is answered with an appropriate error: NotFound',
    advice:
      'Answer 404 with the errorType NotFound; 400 with InvalidRequest where the id has a form that no order has.',
    judge: ({ evidence }, { unknown = [] }) => {
      const calls = evidence
        .callsOf('GetOrderById')
        .filter(({ orderId }) => (unknown as string[]).includes(orderId));
      if (!calls.length) return notTestable('no such id was asked for');
      const refuses = ({ status, answer }: Call) => {
        const type = textAt(answer, 'errorType');
        return (status === 404 && type === 'NotFound') || (status === 400 && type === 'InvalidRequest');
      };
      const odd = calls.filter((call) => !refuses(call));
      // Dojo asks by the ids that it was given: whoever pays no heed to their case does no harm.
      const caseless = odd.filter(
        ({ orderId, answer }) => textAt(answer, 'id')?.toLowerCase() === orderId.toLowerCase(),
      );
      const wrong = odd
        .filter((call) => !caseless.includes(call))
        .map((call) => {
          const { orderId, status, answer } = call;
          const said = textAt(answer, 'errorType') ?? textAt(answer, 'id');
          return { call, says: `${orderId}: ${status ?? 'no answer'}${said === null ? '' : ` ${said}`}` };
        });
      if (!wrong.length && caseless.length)
        return {
          outcome: 'warning',
          observed: caseless
            .map(({ orderId, answer }) => `${orderId} is answered with ${textAt(answer, 'id')}`)
            .join('; '),
          evidence: exchangesOf(caseless),
          advice: 'Compare ids letter by letter: two that differ in case alone are two ids.',
        };
      return judged(
        wrong.length === 0,
        wrong.length
          ? wrong.map(({ says }) => says).join('; ')
          : calls
              .map(({ orderId, status, answer }) => `${orderId}: ${status} ${textAt(answer, 'errorType')}`)
              .join('; '),
        exchangesOf(wrong.length ? wrong.map(({ call }) => call) : calls),
      );
    },
  },
];
