import { failed, money, passed, type Result } from '../../../../checklist/check.ts';
import { jsonOf, numberAt, readableAt, textAt } from '../../../../record/evidence.ts';
import type { Display, Exchange, Run } from '../../../../record/vocabulary.ts';
import type { Check } from '../../check.ts';
import type { PaymentEvidence } from '../../evidence.ts';
import { pictures, quoted, type Shown, seenToAct } from './shown.ts';
import { isOfPayment, lacksCashback } from './sums.ts';
import { attempted, requestOf } from './truths.ts';

/** What is shown as the total, or as its currency, and from when to when it stands. */
interface Stand<Value> {
  readonly one: Shown;
  readonly value: Value;
  readonly until: number;
}

/** The totals that the till's own page and its other windows show. */
const totalsOf = ({ total, windowTotals = [] }: Display): number[] => [
  ...new Set(typeof total === 'number' ? [total, ...windowTotals] : windowTotals),
];

/** What displays show between two times, each value once for as long as it stands. */
function standing<Value>(
  shown: readonly Shown[],
  valuesOf: (display: Display) => readonly Value[],
  from: number,
  to: number,
): Stand<Value>[] {
  const stands: Stand<Value>[] = [];
  for (const [index, one] of shown.entries()) {
    const until = Math.min(shown[index + 1]?.at ?? to, to);
    if (until <= from || one.at >= to) continue;
    for (const value of valuesOf(one.display)) {
      const last = stands.findLastIndex((stand) => stand.value === value && stand.until === one.at);
      if (last === -1) stands.push({ one, value, until });
      else stands[last] = { ...stands[last]!, until };
    }
  }
  return stands;
}

/** When the API had refused to change the payment to this amount; `null` where it did not, or where the answer is open. */
function refusalOf(evidence: PaymentEvidence, value: number): number | null {
  const changes = evidence
    .requests('changeAmount')
    .filter(({ request }) => numberAt(jsonOf(request), 'amount', 'value') === value);
  const refused = changes.every(
    ({ response }) => response && response.status >= 400 && response.status < 500,
  );
  return changes.length && refused ? readableAt(changes.at(-1)!) : null;
}

/** The total beside a payment that is no sum of it, from the request on with which the payment shows on the wire. */
function wrongTotal(whole: PaymentEvidence, shown: readonly Shown[], run: Run): Result | null {
  const tidied = whole.facts('tidying-up')[0]?.at ?? whole.end;
  for (const { action, at: start } of whole.starts) {
    if (action.name !== 'sale' && action.name !== 'retry') continue;
    const to = Math.min(whole.nextStart(start), Math.max(tidied, start));
    const own = requestOf(whole, start, to);
    if (!own) continue;
    const origin = attempted(whole.starts, start)?.action;
    const sale = origin?.name === 'sale' ? origin.sale : null;
    const known = whole.upTo(to);
    const before = shown.findLast(({ at }) => at <= start);
    for (const { one, value, until } of standing(shown, totalsOf, own.at, to)) {
      const sum = { value, currency: sale?.currency ?? 'GBP' };
      const refusal = refusalOf(known, value);
      const bare = sale !== null && lacksCashback(value, sale, known);
      if (!bare && isOfPayment(sum, known, new Set(refusal === null ? [] : [value]))) continue;
      const lingers = before !== undefined && totalsOf(before.display).includes(value);
      const stood = until - Math.max(one.at, own.at, refusal ?? 0);
      if (stood <= run.criteria[lingers || refusal !== null || bare ? 'display.within' : 'display.readable']!)
        continue;
      return failed(
        `showed the total ${money(value, sale?.currency)}${one.display.total === value ? '' : ' in another window'} beside a payment of ${money(sale?.amount ?? null, sale?.currency)}${lingers ? '; it is that of the payment before' : refusal !== null ? '; the API had refused that change' : bare ? `; it is without the cashback of ${money(sale.cashback ?? 0, sale.currency)}` : ''}`,
        [own.id, ...pictures(shown.filter(({ at }) => at >= one.at)).slice(0, 1)],
        // One that goes again may have been read late.
        { timed: lingers || until < to },
      );
    }
  }
  return null;
}

const currenciesOf = ({ totalCurrencies = [] }: Display): readonly string[] => totalCurrencies;

/** A total that names another currency than the payment has: "£10.00" of a sale in euros. One that names none may be any. */
function wrongCurrency(whole: PaymentEvidence, shown: readonly Shown[], run: Run): Result | null {
  const tidied = whole.facts('tidying-up')[0]?.at ?? whole.end;
  for (const { action, at: start } of whole.starts) {
    if (action.name !== 'sale' && action.name !== 'retry') continue;
    const to = Math.min(whole.nextStart(start), Math.max(tidied, start));
    const own = requestOf(whole, start, to);
    const origin = attempted(whole.starts, start)?.action;
    if (!own || origin?.name !== 'sale') continue;
    const { amount, currency } = origin.sale;
    const before = shown.findLast(({ at }) => at <= start);
    for (const { one, value, until } of standing(shown, currenciesOf, own.at, to)) {
      if (value === currency || value === textAt(jsonOf(own.request), 'amount', 'currencyCode')) continue;
      const lingers = before !== undefined && currenciesOf(before.display).includes(value);
      const stood = until - Math.max(one.at, own.at);
      if (stood <= run.criteria[lingers ? 'display.within' : 'display.readable']!) continue;
      return failed(
        `showed the total in ${value} beside a payment of ${money(amount, currency)}`,
        [own.id, ...pictures(shown.filter(({ at }) => at >= one.at)).slice(0, 1)],
        { timed: lingers || until < to },
      );
    }
  }
  return null;
}

/**
 * Since when the till has shown a total that it owes to take off: one that the API had refused, or one without the
 * cashback; `null` where it shows no such total now.
 */
export function wrongSince(evidence: PaymentEvidence): number | null {
  const own = requestOf(evidence, evidence.paymentStart, Number.POSITIVE_INFINITY);
  const values = evidence.display ? totalsOf(evidence.display) : [];
  const since = own ? values.flatMap((value) => owedSince(evidence, value, own) ?? []) : [];
  return since.length ? Math.min(...since) : null;
}

/** Since when the till owes to take off this total, which it shows; `null` where it does not. */
function owedSince(evidence: PaymentEvidence, value: number, own: Exchange): number | null {
  const origin = attempted(evidence.starts, evidence.paymentStart)?.action;
  const sale = origin?.name === 'sale' ? origin.sale : null;
  const refusal = refusalOf(evidence, value);
  const currency = sale?.currency ?? 'GBP';
  const bare = sale !== null && lacksCashback(value, sale, evidence);
  if (!bare && (refusal === null || isOfPayment({ value, currency }, evidence, new Set([value]))))
    return null;
  const shown = evidence.all('display');
  const before = shown.findLastIndex(({ display }) => !totalsOf(display).includes(value));
  return Math.max(refusal ?? 0, own.at, shown[before + 1]?.at ?? 0);
}

export const totalChecks: Check[] = [
  {
    id: 'total-shown',
    plane: 'display',
    fault: 'pos',
    followsApi: true,
    expected: () => 'the total that the till shows beside a payment is what it asks the API for',
    advice: 'Show the amount that is sent, with what comes on top of it, until the next sale begins.',
    corroborated: seenToAct,
    judge: ({ whole, run }) => {
      const shown = whole.all('display');
      if (!shown.some(({ display }) => display.total !== undefined || display.windowTotals))
        return passed('not judged: nothing says where the till shows its total (`display.total`)');
      const wrong = wrongTotal(whole, shown, run) ?? wrongCurrency(whole, shown, run);
      if (wrong) return wrong;
      const unread = shown.findLast(({ display }) => display.unreadTotal !== undefined);
      if (unread)
        return {
          outcome: 'review',
          observed: `shows the total ${quoted(unread.display.unreadTotal ?? '')}, which the kit cannot read surely`,
          evidence: pictures([unread]),
          advice: 'Look whether it is what was to be paid; give the `language` of the till in the profile.',
        };
      const totals = [...new Set(shown.flatMap(({ display }) => totalsOf(display)))];
      return passed(`shows ${totals.map((total) => money(total)).join(', ') || 'no total'}`);
    },
  },
];
