import type { Display, LedgerEntry } from '../../vocabulary.ts';
import type { RawDisplay } from './page.ts';

/** An amount as a till prints it, in minor units; `null` where there is none. */
export function minorUnits(text: string | null | undefined): number | null {
  const match = /(-|−)?\s*(?:[£€]|GBP|EUR)?\s*(-|−)?\s*(\d[\d,]*)(?:\.(\d{2}))?(?!\d)/.exec(text ?? '');
  if (!match) return null;
  const value = Number(match[3]!.replaceAll(',', '')) * 100 + Number(match[4] ?? 0);
  return match[1] || match[2] ? -value : value;
}

const currencyOf = (text: string | null | undefined): string | null =>
  /£|GBP/.test(text ?? '') ? 'GBP' : /€|EUR/.test(text ?? '') ? 'EUR' : null;

function entryOf(cells: Record<string, string | null>): LedgerEntry {
  return {
    kind: /refund/i.test(cells.kind ?? '') ? 'refund' : 'sale',
    reference: cells.reference || null,
    paymentIntentId: cells.paymentIntentId || null,
    words: cells.words ?? '',
    amount: minorUnits(cells.amount),
    tip: cells.tip === undefined ? null : (minorUnits(cells.tip) ?? 0),
    cashback: cells.cashback === undefined ? null : (minorUnits(cells.cashback) ?? 0),
    total: minorUnits(cells.total),
    currency: currencyOf(cells.total),
    manual: Boolean(cells.manual),
  };
}

/** What was read off the page, in the kit's terms. */
export function displayOf(raw: RawDisplay): Display {
  return { ...raw, ledger: raw.ledger.map(entryOf) };
}
