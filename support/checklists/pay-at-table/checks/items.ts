import { failed, judged, listed, money, notTestable, passed } from '../../../checklist/check.ts';
import { counted } from '../../../record/counted.ts';
import { at, ids, listAt, numberAt, textAt } from '../../../record/evidence.ts';
import type { Json } from '../../../record/vocabulary.ts';
import type { Item } from '../actions.ts';
import type { Check } from '../check.ts';
import { type Call, isRegistered, ordersIn, toldBy } from '../epos-data.ts';
import type { TableEvidence } from '../evidence.ts';

/** Something that an order lists, with what belongs to each of it. Minor units of one. */
interface Line {
  readonly name: string | null;
  readonly plu: string | null;
  readonly quantity: number;
  readonly price: number | null;
  readonly extras: readonly Line[];
  readonly currency: string | null;
}

/** What belongs to an item is a modifier, or a part of it with modifiers of its own. */
function lineOf(one: Json): Line {
  const amount = at(one, 'amountPerItem') === undefined ? 'amountPerModifier' : 'amountPerItem';
  return {
    name: textAt(one, 'name'),
    plu: textAt(one, 'plu'),
    quantity: numberAt(one, 'quantity') ?? 0,
    price: numberAt(one, amount, 'value'),
    extras: [...listAt(one, 'modifiers'), ...listAt(one, 'subItems')].map(lineOf),
    currency: textAt(one, amount, 'currencyCode'),
  };
}

const linesOf = (order: Json): Line[] => listAt(order, 'items').map(lineOf);

const wordsOf = ({ quantity, name, price, currency, extras }: Line): string =>
  `${quantity} × ${name ?? 'no name'} ${money(price, currency)}${extras.map((one) => ` with ${wordsOf(one)}`).join('')}`;

const plain = (text: string | null): string => text?.trim().toLowerCase() ?? '';

/** An EPOS may know an item by its name or its PLU. */
const isCalled = (line: Line, { name, plu }: { readonly name: string; readonly plu: string }): boolean =>
  plain(line.name) === plain(name) || plain(line.plu) === plain(plu);

const sumOf = (lines: readonly Line[]): number =>
  lines.reduce((all, { quantity, price, extras }) => all + quantity * ((price ?? 0) + sumOf(extras)), 0);

/** Amounts of a list of the order, such as `discounts`. A discount may stand there with a sign or without one. */
const amountsIn = (order: Json, list: string): number =>
  listAt(order, list).reduce<number>(
    (all, one) => all + Math.abs(numberAt(one, 'amountTotal', 'value') ?? 0),
    0,
  );

/** What the lines of an order come to. Whether taxes are inside or on top is in no document. */
function sumsOf(order: Json): { inside: number; onTop: number } {
  const inside =
    sumOf(linesOf(order)) -
    amountsIn(order, 'discounts') +
    (numberAt(order, 'serviceChargeAmount', 'value') ?? 0);
  return { inside, onTop: inside + amountsIn(order, 'taxLines') };
}

interface Found {
  readonly wrong?: string;
  readonly doubt?: string;
}

/** How an item that was entered stands among the lines of an order; `net`: its taxes are listed apart. */
function standing(item: Item, lines: readonly Line[], net: boolean): Found {
  const { name, quantity, price, modifiers = [] } = item;
  const named = lines.filter((line) => isCalled(line, item));
  const own = named.length
    ? named
    : lines.filter((line) => line.price === price && line.quantity === quantity);
  if (!own.length) return { wrong: `${name} is not listed` };
  const listedTimes = own.reduce((all, line) => all + line.quantity, 0);
  if (listedTimes !== quantity)
    return { wrong: `${name} is listed ${listedTimes} times, and was ordered ${quantity} times` };
  const extras = modifiers.reduce((all, one) => all + one.price * one.quantity, 0);
  const bare = own.every((line) => line.extras.every((one) => one.price === null || one.price === 0));
  const apart = (one: Item) =>
    lines.some((line) => isCalled(line, one) && line.quantity === one.quantity * quantity);
  const priced = own.every(
    (line) => line.price === price || (net && line.price !== null && line.price < price),
  );
  if (!priced && bare && own.every((line) => line.price === price + extras))
    return { doubt: `the price of what comes with ${name} stands in its amountPerItem` };
  if (!priced)
    return { wrong: `${name} costs ${listed(own.map((line) => money(line.price, line.currency)))}` };
  const missing = modifiers.filter(
    (one) =>
      !apart(one) &&
      !own.every((line) =>
        line.extras.some(
          (extra) =>
            isCalled(extra, one) && extra.quantity === one.quantity && (net || extra.price === one.price),
        ),
      ),
  );
  if (missing.length)
    return {
      wrong: `${name} is not listed with ${listed(missing.map((one) => `${one.quantity} × ${one.name}`))}`,
    };
  return named.length ? {} : { doubt: `${name} stands there as ${own[0]!.name ?? 'nothing'}` };
}

/** What GetOrderById answered of an order before anybody added to it. */
function firstAnswer(evidence: TableEvidence, orderId: string): Call | undefined {
  const added = evidence
    .all('action')
    .find(({ action }) => action.name === 'addItem' && action.orderId === orderId);
  return evidence
    .callsOf('GetOrderById')
    .find(
      (call) =>
        call.orderId === orderId && call.status === 200 && call.exchange.at <= (added?.at ?? Infinity),
    );
}

const answered = (evidence: TableEvidence) =>
  evidence.opened.flatMap((order) => {
    const call = firstAnswer(evidence, order.orderId);
    return call ? [{ ...order, call }] : [];
  });

const noOrder = 'no order that was opened was answered to GetOrderById';
const shown = (some: readonly { readonly call: Call }[]) => ids(some.map(({ call }) => call.exchange));

export const itemChecks: Check[] = [
  {
    id: 'items-as-entered',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () =>
      'GetOrderById lists each item that was ordered: its name or PLU, quantity, price before modifiers, and modifiers',
    advice:
      'List `items` with `amountPerItem` before modifiers, and each modifier with the `quantity` that one single item has.',
    judge: ({ evidence }) => {
      const all = answered(evidence).flatMap(({ orderId, call }) => {
        const lines = linesOf(call.answer);
        const { inside, onTop } = sumsOf(call.answer);
        const net = inside !== onTop && onTop === toldBy(call.answer).total;
        return (evidence.orderedIn(orderId)?.items ?? []).map((item) => ({
          call,
          lines,
          ...standing(item, lines, net),
        }));
      });
      if (!all.length) return notTestable(noOrder);
      const wrong = all.filter((one) => one.wrong);
      if (wrong.length)
        return failed(
          `${wrong.map((one) => one.wrong).join('; ')}; listed: ${listed(wrong[0]!.lines.map(wordsOf))}`,
          [...new Set(shown(wrong))],
        );
      const doubts = all.filter((one) => one.doubt);
      if (doubts.length)
        return {
          outcome: 'warning',
          observed: doubts.map((one) => one.doubt).join('; '),
          evidence: [...new Set(shown(doubts))],
        };
      return passed(`${counted(all.length, 'item')} as ordered`, [...new Set(shown(all))]);
    },
  },
  {
    id: 'order-adds-up',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () =>
      'items with their modifiers, less discounts, with the service charge, are the `totalAmount` of the order',
    advice:
      'List what was taken off in `discounts` and what was put on in `serviceChargeAmount`: the guest adds the bill up.',
    judge: ({ evidence }) => {
      const all = answered(evidence).map(({ call }) => {
        const { total, currency } = toldBy(call.answer);
        const { inside, onTop } = sumsOf(call.answer);
        return { call, total, currency, sum: inside, fits: total === inside || total === onTop };
      });
      if (!all.length) return notTestable(noOrder);
      const wrong = all.filter(({ fits }) => !fits);
      return judged(
        wrong.length === 0,
        wrong.length
          ? wrong
              .map(
                ({ sum, total, currency }) =>
                  `the lines add up to ${money(sum, currency)}, totalAmount is ${money(total, currency)}`,
              )
              .join('; ')
          : counted(all.length, 'order'),
        shown(wrong.length ? wrong : all),
      );
    },
  },
  {
    id: 'bill-agrees',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () =>
      'the bill of an order holds that order, with the items and the money that GetOrderById says',
    advice:
      'Put the order into `order` of the bill, as GetOrderById answers it: the card machine prints its items.',
    judge: ({ evidence }) => {
      const registered = evidence.facts('capabilities-registered').at(-1)?.detail;
      if (registered && !isRegistered('GetOrderBillById', [...registered.rest, ...registered.socket]))
        return passed('the POS has not registered GetOrderBillById, which is optional');
      const bills = evidence
        .callsOf('GetOrderBillById')
        .filter(({ orderId }) => evidence.opened.some((one) => one.orderId === orderId));
      if (!bills.length) return notTestable('no bill was asked for');
      const wrong = bills.flatMap((call) => {
        const says = wrongWith(call, firstAnswer(evidence, call.orderId));
        return says === null ? [] : [{ call, says }];
      });
      return judged(
        wrong.length === 0,
        wrong.length ? wrong.map(({ says }) => says).join('; ') : `${counted(bills.length, 'bill')} agree`,
        ids((wrong.length ? wrong.map(({ call }) => call) : bills).map(({ exchange }) => exchange)),
      );
    },
  },
];

/** What of a bill is not as its order; `null` where all is. */
function wrongWith(bill: Call, read: Call | undefined): string | null {
  const of = `the bill of ${bill.orderId}`;
  if (bill.status !== 200) return `${of} was answered ${bill.status ?? 'by nothing'}`;
  const [order = null] = ordersIn(bill);
  if (order === null) return `${of} holds no order`;
  const { id, total, currency } = toldBy(order);
  if (id !== bill.orderId) return `${of} holds the order ${id ?? 'without an id'}`;
  if (!read) return `the order ${bill.orderId} was not read besides its bill`;
  const due = toldBy(read.answer).total;
  if (total !== due) return `${of} says ${money(total, currency)}, and the order ${money(due, currency)}`;
  const [printed, ordered] = [order, read.answer].map((one) => linesOf(one).map(wordsOf).sort().join(', '));
  return printed === ordered
    ? null
    : `${of} lists ${printed || 'nothing'}, and the order ${ordered || 'nothing'}`;
}
