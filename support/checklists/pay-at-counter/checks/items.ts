import { judged, listed, money, noIntent, notTestable } from '../../../checklist/check.ts';
import { jsonOf, listAt, numberAt, textAt } from '../../../record/evidence.ts';
import type { Exchange, Json } from '../../../record/vocabulary.ts';
import type { Check } from '../check.ts';

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

export const itemChecks: Check[] = [
  {
    id: 'item-lines-sent',
    plane: 'wire',
    fault: 'pos',
    expected: (params) =>
      `itemLines with ${listed((params.lines as { name: string }[]).map(({ name }) => name))}, with quantity and price as entered`,
    advice: 'Send each item of the basket as an item line, so that the receipt shows more than a total.',
    judge: ({ evidence }, params) => {
      const intent = evidence.made.at(-1);
      if (!intent) return notTestable(noIntent);
      const lines = linesOf(intent.created);
      const sum = (some: readonly Json[], ...path: string[]) =>
        some.reduce<number>((total, line) => total + (numberAt(line, ...path) ?? 0), 0);
      const wrong = (params.lines as { name: string; quantity: number; amountTotal: number }[]).filter(
        ({ name, quantity, amountTotal }) => {
          const own = lines.filter((line) => textAt(line, 'name')?.includes(name));
          return sum(own, 'amountTotal', 'value') !== amountTotal || sum(own, 'quantity') !== quantity;
        },
      );
      const sent = lines.map(
        (line) =>
          `${numberAt(line, 'quantity') ?? '?'} × ${nameIn(line)} ${money(numberAt(line, 'amountTotal', 'value'))}`,
      );
      return judged(lines.length > 0 && !wrong.length, `item lines: ${listed(sent)}`, [intent.created.id]);
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
      const sum = lines.reduce<number>(
        (total, line) =>
          total +
          (numberAt(line, 'amountTotal', 'value') ?? 0) +
          modifiersOf(line).reduce<number>(
            (part, one) => part + (numberAt(one, 'amountPerModifier', 'value') ?? 0),
            0,
          ),
        0,
      );
      return judged(
        lines.length > 0 && sum === amount,
        `lines and modifiers ${money(sum)}, amount ${money(amount)}`,
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
