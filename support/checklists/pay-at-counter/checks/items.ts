import { judged, listed, money, noIntent, notTestable } from '../../../checklist/check.ts';
import { jsonOf, listAt, numberAt, textAt } from '../../../record/evidence.ts';
import type { Exchange, Json } from '../../../record/vocabulary.ts';
import type { SaleLine } from '../../payments/actions.ts';
import type { Check } from '../../payments/check.ts';

const linesOf = (created: Exchange): Json[] => listAt(jsonOf(created.request), 'itemLines');

const modifiersOf = (line: Json): Json[] => listAt(line, 'modifiers');

/** What a line is called; the documents' examples still have the member's older name, which its version no longer reads. */
function nameIn(line: Json): string {
  const older = textAt(line, 'caption');
  const without = 'without a `name`';
  return (
    textAt(line, 'name') ??
    (older === null
      ? without
      : `${without} (it has \`caption\` “${older}”, which is \`name\` since version 2024-02-05)`)
  );
}

/** What a modifier comes to for one of the item: as often as it says, or once, for its amount is called that of all of it. */
const readings: readonly ((line: Json, modifier: Json) => number)[] = [
  (line, one) => (numberAt(line, 'quantity') ?? 0) * (numberAt(one, 'quantity') ?? 0) * amountOf(one),
  (_, one) => amountOf(one),
];

const amountOf = (modifier: Json): number => numberAt(modifier, 'amountPerModifier', 'value') ?? 0;

/** What the modifiers of these lines come to, by each of the two readings of the API's description. */
const modifierSums = (lines: readonly Json[], counts: (modifier: Json) => boolean = () => true): number[] =>
  readings.map((reading) =>
    lines.reduce<number>(
      (sum, line) =>
        modifiersOf(line)
          .filter(counts)
          .reduce<number>((part, one) => part + reading(line, one), sum),
      0,
    ),
  );

/** Whether what is put on an item, or taken off it, is sent as it was entered; that a discount is, is a check of its own. */
function modifiersAsEntered(lines: readonly Json[], { quantity, modifiers = [] }: SaleLine): boolean {
  return modifiers
    .filter(({ amountPerModifier }) => amountPerModifier > 0)
    .every(({ name, quantity: each, amountPerModifier }) =>
      modifierSums(lines, (one) => Boolean(textAt(one, 'name')?.includes(name))).includes(
        quantity * each * amountPerModifier,
      ),
    );
}

const wordsOf = (line: Json): string => {
  const modifiers = modifiersOf(line).map(
    (one) => ` with ${numberAt(one, 'quantity') ?? '?'} × ${nameIn(one)} ${money(amountOf(one))}`,
  );
  return `${numberAt(line, 'quantity') ?? '?'} × ${nameIn(line)} ${money(numberAt(line, 'amountTotal', 'value'))}${modifiers.join('')}`;
};

export const itemChecks: Check[] = [
  {
    id: 'item-lines-sent',
    plane: 'wire',
    fault: 'pos',
    expected: (params) =>
      `itemLines with ${listed((params.lines as { name: string }[]).map(({ name }) => name))}, with quantity, price and modifiers as entered`,
    advice:
      'Send each item of the basket as an item line, so that the receipt shows more than a total. The `quantity` of a modifier is that for one single item.',
    judge: ({ evidence }, params) => {
      const intent = evidence.made.at(-1);
      if (!intent) return notTestable(noIntent);
      const lines = linesOf(intent.created);
      const sum = (some: readonly Json[], ...path: string[]) =>
        some.reduce<number>((total, line) => total + (numberAt(line, ...path) ?? 0), 0);
      const wrong = (params.lines as unknown as SaleLine[]).filter((line) => {
        const own = lines.filter((one) => textAt(one, 'name')?.includes(line.name));
        return (
          sum(own, 'amountTotal', 'value') !== line.amountTotal ||
          sum(own, 'quantity') !== line.quantity ||
          !modifiersAsEntered(own, line)
        );
      });
      return judged(lines.length > 0 && !wrong.length, `item lines: ${listed(lines.map(wordsOf))}`, [
        intent.created.id,
      ]);
    },
  },
  {
    id: 'item-lines-add-up',
    plane: 'wire',
    fault: 'pos',
    expected: () => 'item lines and modifiers add up to `amount`',
    advice: 'A modifier is not part of its line: both count towards the amount.',
    judge: ({ evidence }) => {
      const intent = evidence.made.at(-1);
      if (!intent) return notTestable(noIntent);
      const amount = numberAt(jsonOf(intent.created.request), 'amount', 'value');
      const lines = linesOf(intent.created);
      const items = lines.reduce<number>(
        (total, line) => total + (numberAt(line, 'amountTotal', 'value') ?? 0),
        0,
      );
      const sums = modifierSums(lines).map((modifiers) => items + modifiers);
      return judged(
        lines.length > 0 && sums.includes(amount ?? Number.NaN),
        `lines and modifiers ${money(sums[0]!)}, amount ${money(amount)}`,
        [intent.created.id],
      );
    },
  },
  {
    id: 'discount-is-modifier',
    plane: 'wire',
    fault: 'pos',
    expected: (params) => `the discount is a modifier of ${money(Number(params.discount))}`,
    advice: 'Send a discount as a modifier with a negative amount.',
    judge: ({ evidence }, params) => {
      const intent = evidence.made.at(-1);
      if (!intent) return notTestable(noIntent);
      const values = linesOf(intent.created).flatMap((line) =>
        modifiersOf(line).map((one) => numberAt(one, 'amountPerModifier', 'value')),
      );
      return judged(
        values.includes(Number(params.discount)),
        `modifiers: ${listed(values.map((value) => money(value)))}`,
        [intent.created.id],
      );
    },
  },
];
