import type { DrawnAmounts } from '../../checklist/index.ts';
import { chip, entered, middling, partOf, tap } from '../payments/amounts.ts';

/** What the amounts of the ambiguity rows have to be. */
export const amounts: DrawnAmounts = {
  entered,
  rules: {
    'KIT-AMB-01': { A: chip },
    'KIT-AMB-02': { A: tap, B: tap },
    'KIT-AMB-03': { A: chip },
    'KIT-AMB-04': { A: tap },
    'KIT-AMB-05': { A: chip },
    'KIT-AMB-06': { A: chip },
    'KIT-AMB-07': { A: chip },
    'KIT-AMB-08': { A: middling, B: partOf('A') },
    'KIT-AMB-09': { A: chip, B: chip },
    'KIT-AMB-10': { A: chip },
    'KIT-AMB-11': { A: chip },
  },
};
