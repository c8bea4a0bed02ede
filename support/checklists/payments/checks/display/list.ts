import { failed, listed, notTestable, passed, type Result } from '../../../../checklist/check.ts';
import { jsonOf, listAt, numberAt, textAt } from '../../../../record/evidence.ts';
import type { Check } from '../../check.ts';
import type { PaymentEvidence } from '../../evidence.ts';
import { pictureAt, shownSince } from './shown.ts';
import { hasAmount } from './sums.ts';

/** A payment intent as an answer to the till names it. */
interface Listed {
  readonly id: string;
  readonly reference: string;
  /** What a list may know it by that shows neither. */
  readonly amounts: readonly number[];
}

/** What the pages of the list named to the till, each payment intent once, in the order of the pages. */
function answeredOf(evidence: PaymentEvidence): Listed[] {
  const answered = new Map<string, Listed>();
  for (const { response } of evidence.requests('searchIntents')) {
    for (const one of listAt(jsonOf(response), 'data')) {
      const id = textAt(one, 'id');
      const reference = textAt(one, 'reference');
      const amounts = ['amount', 'totalAmount'].flatMap((name) => numberAt(one, name, 'value') ?? []);
      if (id && !answered.has(id)) answered.set(id, { id, reference: reference ?? id, amounts });
    }
  }
  return [...answered.values()];
}

/** How often a text holds a name that is not a part of a longer one. */
function timesIn(text: string, name: string): number {
  if (!text.includes(name)) return 0;
  const literal = name.replace(/[$()*+./?[\\\]^{|}]/g, '\\$&');
  return text.split(new RegExp(`(?<![\\p{L}\\p{N}_-])${literal}(?![\\p{L}\\p{N}_-])`, 'u')).length - 1;
}

/** The number that stands there most often; a list may name each of its entries twice. */
function usual(counts: readonly number[]): number {
  const tally = new Map<number, number>();
  for (const count of counts) tally.set(count, (tally.get(count) ?? 0) + 1);
  return [...tally].sort(([one, often], [other, oftener]) => oftener - often || one - other)[0]?.[0] ?? 0;
}

const vague = (observed: string, evidence: PaymentEvidence): Result => ({
  outcome: 'review',
  observed,
  evidence: pictureAt(evidence),
  advice: 'Look in the till whether its list has each payment once.',
});

/** Checks of the list of payments as the till shows it. */
export const listChecks: Check[] = [
  {
    id: 'list-shown',
    plane: 'display',
    fault: 'pos',
    timed: true,
    followsApi: true,
    expected: () => 'the list that the POS shows has each payment intent that the API reported to it, once',
    advice: 'Show what all pages tell, by the id of each payment intent.',
    judge: ({ evidence }, params) => {
      const ids = new Set(params.ids as string[]);
      const all = answeredOf(evidence);
      const answered = all.filter(({ id }) => ids.has(id));
      if (!answered.length) return notTestable('the API reported none of them to the POS');
      const since = evidence.lastAction('listIntents')?.at ?? 0;
      const texts = shownSince(evidence, since).map(({ display }) => display.text);
      const by = (['reference', 'id'] as const).find((name) =>
        all.some((one) => texts.some((text) => timesIn(text, one[name]) > 0)),
      );
      if (!by) {
        const none = 'shows none of them by its reference or its id';
        const byAmount = answered.some(({ amounts }) =>
          amounts.some((amount) => texts.some((text) => hasAmount(text, (amount / 100).toFixed(2)))),
        );
        if (byAmount) return vague(`${none}, and some by their amount`, evidence);
        return failed(`${none}, nor by its amount`, pictureAt(evidence), { mayCome: true });
      }
      const counts = (text: string, some: readonly Listed[]) => some.map((one) => timesIn(text, one[by]));
      // A list may be scrolled or turned over: what was on it once was shown.
      const seen = all.flatMap((one, index) =>
        texts.some((text) => timesIn(text, one[by]) > 0) ? index : [],
      );
      const last = counts(texts.findLast((text) => counts(text, all).some((count) => count > 0))!, answered);
      const most = usual(last.filter((count) => count > 0));
      const twice = answered.filter((_, index) => last[index]! > most).map((one) => one[by]);
      const missing = all.flatMap((one, index) => (ids.has(one.id) && !seen.includes(index) ? index : []));
      const shown = answered.length - missing.length;
      const summary = `${shown} of ${answered.length} shown`;
      if (twice.length)
        return failed(
          `${summary}; ${listed(twice.slice(0, 3))} more often than the others`,
          pictureAt(evidence),
        );
      const left = failed(
        `${summary}; ${listed(missing.slice(0, 3).map((index) => all[index]![by]))} left out`,
        pictureAt(evidence),
      );
      const [first, end] = [Math.min(...seen), Math.max(...seen)];
      // A list that has all others and none of these, or not all of what stands between, has chosen among them.
      const chosen = all.every(({ id }, index) => ids.has(id) || seen.includes(index));
      if (!shown && (chosen || end - first >= seen.length)) return left;
      // A list that turns pages, or draws only what fits, has the rest before or after what it shows.
      const between = missing.filter((index) => index > first && index < end);
      if (missing.length && (!between.length || missing.length > shown))
        return vague(`${summary}; the others may be on another page of it`, evidence);
      return missing.length ? left : passed(summary, pictureAt(evidence));
    },
  },
];
