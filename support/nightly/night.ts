import type { Certificate } from '../judging/index.ts';
import { type Comparison, compare, departures, nightCode } from './compare.ts';
import type { KnownFailure } from './known.ts';
import { missing, type Part } from './outcome.ts';
import { groundsOf, type NightRecord, type PastNight, remembered } from './record.ts';

/** A night with what it is compared with. */
export interface Night {
  /** `null` when no part of it left a record. */
  readonly certificate: Certificate | null;
  /** What kept parts of it from being judged, in a line each. */
  readonly trouble: readonly string[];
  readonly last: NightRecord | null;
  /** Why it is not known how the rows stood before, a clause after "for"; `null` where it is known. */
  readonly unknown: string | null;
  readonly comparison: Comparison | null;
  readonly code: 0 | 1 | 3;
  /** The last nights that were judged, with this one at the end where it was. */
  readonly history: readonly PastNight[];
}

const firstOfAll = 'no earlier run left its verdicts';

/**
 * Judges a night beside the last one. `unknown` says why it is not known how the rows stood before.
 * A certificate of which nothing else is known was made without parts, and lacks none.
 */
export function judgeNight(
  certificate: Certificate | null,
  parts: readonly Part[],
  last: NightRecord | null,
  unknown: string | null = last ? null : firstOfAll,
  known: readonly KnownFailure[] = [],
): Night {
  const comparison = certificate && compare(last, certificate, known);
  const trouble = troubleOf(certificate, parts);
  const code = nightCode(certificate, comparison, trouble, unknown === null);
  const tonight = comparison && {
    startedAt: certificate.run.startedAt,
    code,
    red: departures(comparison.standings).map(([id]) => id),
  };
  const history = [...(last?.history ?? []), ...(tonight ? [tonight] : [])].slice(-remembered);
  return { certificate, trouble, last, unknown, comparison, code, history };
}

/** What kept the night from being judged as a whole, in a line each; never nothing where it was not judged at all. */
function troubleOf(certificate: Certificate | null, parts: readonly Part[]): string[] {
  if (certificate) return parts.length ? missing(parts) : [];
  const lines = missing(parts);
  return lines.length
    ? lines
    : [
        'Parts of the run left a record, but no certificate was made of them. The log of the step before says why; run it again.',
      ];
}

/**
 * What the next night is compared with; `null` when there is nothing yet. `issue` is the one left open; `blind` says
 * that the nights before this one are not known.
 */
export function recordOf(
  { certificate, comparison, last, history }: Night,
  {
    issue,
    url,
    blind = false,
  }: { readonly issue: number | null; readonly url: string | null; readonly blind?: boolean },
): NightRecord | null {
  if (!certificate || !comparison) return last && { ...last, issue };
  return {
    schema: 1,
    night: { ...groundsOf(certificate), startedAt: certificate.run.startedAt, url },
    issue,
    ...(blind ? { blind } : {}),
    history,
    rows: comparison.standings,
  };
}
