import type { AmountRule, Entered } from '../../checklist/index.ts';
import type { Sale } from './actions.ts';

/** By chip, or keyed in. Cards and virtual machines take it without more ado. */
export const chip: AmountRule = { range: [101, 24_999] };

/** Below the £100 from which a contactless card has to be verified. */
export const tap: AmountRule = { range: [101, 9999] };

/** Of three or four digits, so that there is room for a larger one, and for parts of it. */
export const middling: AmountRule = { range: [1001, 4999] };

/** A part of another, less than half of it: it can be given back twice by mistake, and be seen to be. */
export const partOf = (name: string): AmountRule => ({
  range: ({ [name]: whole = 0 }) => [101, Math.floor((whole - 1) / 2)],
});

/** What is entered of new; what is refunded follows from what was taken, and a change to nothing is no amount. */
export function entered(action: Entered): readonly number[] {
  if (action.name === 'sale') return inSale(action.sale);
  if (action.name === 'unlinkedRefund') return [action.amount];
  if (action.name === 'changeAmount') return action.amount ? [action.amount] : [];
  return action.name === 'capture' && action.amount !== undefined ? [action.amount] : [];
}

function inSale({ amount, tip, cashback, lines }: Sale): number[] {
  const parts = lines?.flatMap(({ quantity, amountTotal, modifiers }) => [
    amountTotal / quantity,
    ...modifiers.map(({ amountPerModifier }) => Math.abs(amountPerModifier)),
  ]);
  return [...(parts ?? [amount]), ...[tip, cashback].flatMap((part) => part ?? [])];
}
