import { failed, judged, listed, notTestable, type Result } from '../../../../checklist/check.ts';
import { jsonOf, listAt, textAt } from '../../../../record/evidence.ts';
import type { Check } from '../../check.ts';
import type { PaymentEvidence } from '../../evidence.ts';
import { pictureAt, shownSince } from './shown.ts';

/** A payment intent as an answer to the till names it. */
interface Listed {
  readonly id: string;
  readonly reference: string;
}

/** What the pages of the list named to the till those payment intents, each once, in the order of the pages. */
function answeredOf(evidence: PaymentEvidence, ids: ReadonlySet<string>): Listed[] {
  const answered = new Map<string, Listed>();
  for (const { response } of evidence.requests('searchIntents')) {
    for (const one of listAt(jsonOf(response), 'data')) {
      const id = textAt(one, 'id');
      const reference = textAt(one, 'reference');
      if (id && ids.has(id) && !answered.has(id)) answered.set(id, { id, reference: reference ?? id });
    }
  }
  return [...answered.values()];
}

/** How often a text holds a name that is not a part of a longer one. */
function timesIn(text: string, name: string): number {
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
      const answered = answeredOf(evidence, new Set(params.ids as string[]));
      if (!answered.length) return notTestable('the API reported none of them to the POS');
      const since = evidence.lastAction('listIntents')?.at ?? 0;
      const texts = shownSince(evidence, since).map(({ display }) => display.text);
      const by = (['reference', 'id'] as const).find((name) =>
        answered.some((one) => texts.some((text) => timesIn(text, one[name]) > 0)),
      );
      if (!by) return vague('shows none of them by its reference or its id', evidence);
      const counts = (text: string) => answered.map((one) => timesIn(text, one[by]));
      // A list may be scrolled or turned over: what was on it once was shown.
      const seen = new Set(
        texts.flatMap((text) => counts(text).flatMap((count, index) => (count > 0 ? [index] : []))),
      );
      const last = counts(texts.findLast((text) => counts(text).some((count) => count > 0))!);
      const most = usual(last.filter((count) => count > 0));
      const twice = answered.filter((_, index) => last[index]! > most).map((one) => one[by]);
      const missing = answered.filter((_, index) => !seen.has(index)).map((one) => one[by]);
      const summary = `${seen.size} of ${answered.length} shown`;
      if (twice.length)
        return failed(
          `${summary}; ${listed(twice.slice(0, 3))} more often than the others`,
          pictureAt(evidence),
        );
      // A list that turns pages, or draws only what fits, has the rest before or after what it shows.
      const inOnePiece = Math.max(...seen) - Math.min(...seen) === seen.size - 1;
      if (missing.length && (inOnePiece || missing.length > seen.size))
        return vague(`${summary}; the others may be on another page of it`, evidence);
      return judged(
        !missing.length,
        missing.length ? `${summary}; ${listed(missing.slice(0, 3))} left out` : summary,
        pictureAt(evidence),
      );
    },
  },
];
