import { knownWords } from '../../checklist/index.ts';
import { currencyOf, type Decimal, decimalOf, minorUnits } from '../../record/money.ts';
import { says } from '../../record/phrases.ts';
import type { Display, KindName, LedgerEntry } from '../../record/vocabulary.ts';
import type { BrowserDisplay } from '../settings.ts';
import type { RawDisplay } from './raw.ts';

export { minorUnits } from '../../record/money.ts';

type Totals = Pick<Display, 'total' | 'windowTotals' | 'totalCurrencies' | 'unreadTotal'>;

/** How a till words what it shows: its kinds of journal entries, and its language. */
export type Reading = NonNullable<BrowserDisplay['reading']>;

/** A cell that can hold an amount holds none when it has no digit: a dash, "none" or nothing. */
const isEmpty = (text: string | null | undefined): boolean => !/\p{N}/u.test(text ?? '');

/** Which kind of entry a journal's word for it names; where it has no such word, the first. `null`: an unknown word. */
function kindOf(word: string | null | undefined, kinds: Reading['kinds']): LedgerEntry['kind'] {
  const known = Object.entries(kinds) as [KindName, readonly string[]][];
  if (!word) return known[0]?.[0] ?? null;
  // "Refund of a sale" is a refund: of several kinds the last counts.
  return known.findLast(([, phrases]) => says(word, phrases))?.[0] ?? null;
}

function entryOf(cells: Record<string, string | null>, { kinds }: Reading, decimal: Decimal): LedgerEntry {
  const unread: Record<string, string> = {};
  const amount = (name: 'amount' | 'tip' | 'cashback' | 'total', none: number | null): number | null => {
    const text = cells[name];
    if (isEmpty(text)) return none;
    const value = minorUnits(text, decimal);
    if (value === null) unread[name] = text!;
    return value;
  };
  const kind = kindOf(cells.kind, kinds);
  if (kind === null) unread.kind = cells.kind!;
  const entry: LedgerEntry = {
    kind,
    ...(cells.kind ? {} : { kindSupposed: true }),
    reference: cells.reference || null,
    paymentIntentId: cells.paymentIntentId || null,
    words: cells.words ?? '',
    amount: amount('amount', null),
    tip: amount('tip', cells.tip === undefined ? null : 0),
    cashback: amount('cashback', cells.cashback === undefined ? null : 0),
    total: amount('total', null),
    currency: currencyOf(cells.total),
    manual: Boolean(cells.manual),
  };
  return Object.keys(unread).length ? { ...entry, unread } : entry;
}

/** The total that is shown; the text of one that could be read in several ways. */
function totalOf(text: string | null | undefined, decimal: Decimal): Totals {
  if (text === undefined) return {};
  if (isEmpty(text)) return { total: null };
  // Where several stand there that say the same, or a label is beside it, it is the sum that counts.
  const sums = [...new Set(text!.split(' · ').map((one) => minorUnits(one, decimal)))];
  const [total = null] = sums;
  return sums.length === 1 && total !== null ? { total } : { total: null, unreadTotal: text! };
}

/** The totals of other windows, and the text of one that could be read in several ways. */
function windowTotalsOf(texts: readonly string[], decimal: Decimal): Totals {
  const read = texts.map((text) => totalOf(text, decimal));
  const windowTotals = read.flatMap(({ total }) => total ?? []);
  const unread = read.find(({ unreadTotal }) => unreadTotal !== undefined);
  return {
    ...(windowTotals.length ? { windowTotals } : {}),
    ...(unread ? { unreadTotal: unread.unreadTotal! } : {}),
  };
}

/** The currencies that totals name of which the sum can be read surely. */
function currenciesOf(texts: readonly (string | null | undefined)[], decimal: Decimal): Totals {
  const read = texts.filter((text) => typeof totalOf(text, decimal).total === 'number');
  const named = read.flatMap((text) => text!.split(' · ')).flatMap((text) => currencyOf(text) ?? []);
  return named.length ? { totalCurrencies: [...new Set(named)] } : {};
}

/** The kinds that the known checklists have, where no profile says the till's words for them. */
const usual = (): Reading => ({ kinds: knownWords().kinds as Reading['kinds'] });

/** What was read off the page, in the kit's terms. */
export function displayOf(
  { unseen, beside, depicted, faint, total, windowTotals = [], ...seen }: RawDisplay,
  reading: Reading = usual(),
): Display {
  const decimal = decimalOf(reading.language);
  return {
    ...seen,
    ledger: seen.ledger.map((cells) => entryOf(cells, reading, decimal)),
    ...windowTotalsOf(windowTotals, decimal),
    ...totalOf(total, decimal),
    ...currenciesOf([total, ...windowTotals], decimal),
    ...(unseen.length ? { unseen } : {}),
    ...(beside.length ? { beside } : {}),
    ...(depicted ? { depicted } : {}),
    ...(faint === null ? {} : { faint: Math.round(10 * faint) / 10 }),
  };
}
