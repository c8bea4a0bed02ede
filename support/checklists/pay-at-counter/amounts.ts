import type { AmountRule, AmountRules, DrawnAmounts } from '../../checklist/index.ts';
import type { Amounts } from '../../record/amounts.ts';
import { chip, entered, middling, partOf, tap } from '../payments/amounts.ts';

/** Above them: a phone verifies. */
const phone: AmountRule = { range: [10_001, 24_999] };

/** Larger than another by a pound at least, and at most twice as much. */
const above = (name: string): AmountRule => ({
  range: ({ [name]: least = 0 }) => [least + 101, 2 * least],
});

/** No more than so much of another. */
const shareOf = (name: string, share: number): AmountRule => ({
  range: ({ [name]: whole = 0 }) => [101, Math.floor(whole * share)],
});

/** As pounds in floating point so many pieces of it come to a penny less: 19.99 × 100 is 1998.9999999999998. */
const cutShort = (value: number, pieces = 1): boolean =>
  value % 5 !== 0 && Math.floor(pieces * (value / 100) * 100) < pieces * value;

/** Of a card machine that gives a tenth as gratuity, whole pence; neither is a multiple of 50 pence. */
const tenthOf = (name: string): AmountRule => ({
  range: ({ [name]: whole = 0 }) => [whole / 10, whole / 10],
});
const withTenth: AmountRule = { range: [1010, 9990], fits: (value) => value % 10 === 0 && value % 50 !== 0 };

/** Less than is left of A once B was given back. */
const rest: AmountRule = { range: ({ A = 0, B = 0 }: Amounts) => [101, A - B - 11] };

/** L is of no step: a till that takes a TID by hand takes a sale of it, for want of a list of card machines. */
const lookUp = { L: chip };

/** The basket of PAC-PI-08: three of E come to a sum that pounds in floating point miss, and F comes with each of them. */
const basket = {
  A: { range: [101, 1999] },
  B: { range: [11, 99] },
  C: { range: [501, 1999] },
  D: { range: [101, 399] },
  E: { range: [1001, 4999], fits: (value) => cutShort(value, 3) },
  F: { range: [11, 99] },
} as const satisfies AmountRules[string];

/** What the amounts of Pay at Counter have to be for their rows, in the kit's simulator and in Dojo's sandbox. */
const rules: AmountRules = {
  'PAC-CFG-01': lookUp,
  'PAC-CFG-03': { A: chip, B: tap, ...lookUp },
  'PAC-CFG-04': lookUp,
  'PAC-PI-01': { A: tap, B: { ...tap, fits: (value) => cutShort(value) }, C: chip },
  'PAC-PI-02': { A: tap },
  'PAC-PI-03': { A: tap },
  'PAC-PI-04': { A: middling, B: above('A') },
  'PAC-PI-05': { A: chip },
  'PAC-PI-06': { L: { range: [101, 999] } },
  'PAC-PI-07': { A: chip },
  'PAC-PI-08': basket,
  'PAC-PI-09': { A: tap },
  'PAC-REF-01': { A: chip },
  'PAC-REF-02': { A: { range: [1001, 24_999] }, B: partOf('A'), C: rest },
  'PAC-SALE-01': { A: chip },
  'PAC-SALE-02': { A: chip, B: { range: [101, 1999] } },
  'PAC-SALE-03': { A: middling, B: shareOf('A', 0.2), C: withTenth, D: tenthOf('C') },
  'PAC-SALE-04': { A: tap },
  'PAC-SALE-05': { A: chip },
  'PAC-SALE-06': { A: chip },
  'PAC-SALE-07': { A: chip },
  'PAC-SALE-08': { A: chip },
  'PAC-SALE-09': { A: chip },
  'PAC-SALE-10': { A: chip },
  'PAC-SALE-11': { A: { range: [11, 99] } },
  'PAC-SALE-12': { A: chip },
  'PAC-SALE-13': { A: chip },
  'PAC-SALE-14': { A: chip, B: tap },
  'PAC-SALE-15': { A: chip },
  'PAC-SALE-16': { A: chip, B: chip, C: chip },
  'PAC-AUTH-01': { A: chip },
  'PAC-AUTH-02': { A: tap, B: phone },
  'PAC-AUTH-03': { A: chip, B: chip },
  'PAC-AUTH-04': { A: chip },
  'PAC-AUTH-05': { A: { range: [501, 2499] }, B: above('A'), C: above('B'), D: middling, E: partOf('D') },
  'PAC-AUTH-06': { A: middling, B: above('A') },
  'PAC-AUTH-07': { A: chip },
  'PAC-AUTH-08': { A: tap },
  'PAC-RFS-01': { A: chip },
  'PAC-RFS-02': { A: chip },
  'PAC-RFS-03': { A: chip },
  'PAC-RFS-04': { A: chip },
  'PAC-RFS-05': { A: chip },
  'PAC-RFS-06': { A: chip },
  'PAC-RFS-07': { A: chip },
  'PAC-RFS-08': { A: chip },
  'PAC-RFS-09': { A: chip },
  'PAC-RFS-10': { A: chip },
  'PAC-RFS-11': { A: chip },
  'PAC-RFS-12': { A: chip },
  'PAC-ERR-01': lookUp,
  'PAC-ERR-02': { A: tap },
  'PAC-ERR-03': { A: tap },
  'PAC-ERR-04': { A: chip },
};

export const amounts: DrawnAmounts = { rules, entered };
