import type { AmountRule, AmountRules, DrawnAmounts, Entered } from '../../checklist/index.ts';

/** What an item costs, or a guest gives of an order, in minor units. */
const price: AmountRule = { range: [1001, 9999] };
const tip: AmountRule = { range: [101, 499] };

/** A part of another, less than half of it. */
const partOf = (name: string): AmountRule => ({
  range: ({ [name]: whole = 0 }) => [201, Math.floor((whole - 1) / 2)],
});

/** Not to be divided by three: whoever divides it leaves a penny. */
const unequal: AmountRule = { range: [1001, 9999], fits: (value) => value % 3 !== 0 && value % 5 !== 0 };

const rules: AmountRules = {
  'PAT-CFG-02': { A: price },
  'PAT-CAP-02': { A: price },
  'PAT-ORD-01': { A: price, B: price, C: price, D: price, E: price, F: price },
  'PAT-ORD-02': { A: price, B: price },
  'PAT-ORD-04': { A: price },
  'PAT-ORD-03': { A: price },
  'PAT-ORD-05': { A: price, B: price, C: price, D: tip, E: price, F: tip, G: price, H: tip },
  'PAT-ORD-06': { A: price, B: price, C: price, D: price, E: price, F: price, G: price, H: price },
  'PAT-PAY-01': { A: price, B: price },
  'PAT-PAY-02': { A: unequal, B: price, C: partOf('B'), D: price, E: partOf('D') },
  'PAT-PAY-03': { A: price, B: tip, C: partOf('A') },
  'PAT-PAY-04': { A: price, B: tip, C: partOf('A'), D: price },
  'PAT-REF-01': { A: price, B: price, C: partOf('B') },
  'PAT-REF-02': { A: price, B: price },
  'PAT-ERR-01': { A: price },
  'PAT-ERR-02': { A: price },
  'KIT-PAT-01': { A: price, B: partOf('A') },
  'KIT-PAT-02': { A: price, B: partOf('A') },
  'KIT-PAT-03': { A: price },
  'KIT-PAT-04': { A: price },
  'KIT-PAT-05': { A: price, B: price, C: tip },
  'KIT-PAT-06': { A: price },
  'KIT-PAT-07': { A: price, B: partOf('A') },
  'KIT-PAT-08': { A: price, B: partOf('A') },
  'KIT-PAT-09': { A: price, B: partOf('A') },
};

/** What is entered of new: what each item costs, and what is taken off or put on the whole order. */
function entered(action: Entered): readonly number[] {
  if (action.name === 'addItem') return [action.item.price];
  if (action.name !== 'openOrder') return [];
  const { items, discount, serviceCharge } = action;
  return [
    ...items.flatMap(({ price: own, modifiers = [] }) => [
      own,
      ...modifiers.map((one) => Math.abs(one.price)),
    ]),
    ...[discount, serviceCharge].flatMap((part) => part ?? []),
  ];
}

export const amounts: DrawnAmounts = { rules, entered };
