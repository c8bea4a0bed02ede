import type { LedgerEntry } from '../../../record/vocabulary.ts';

/** A payment in a journal, of which nothing is known. */
export const noEntry: LedgerEntry = {
  kind: null,
  reference: null,
  paymentIntentId: null,
  words: 'Paid',
  amount: null,
  tip: null,
  cashback: null,
  total: null,
  currency: 'GBP',
  manual: false,
};
