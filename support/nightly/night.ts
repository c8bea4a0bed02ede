import type { Certificate } from '../verdict/index.ts';
import { type Comparison, compare, nightCode } from './compare.ts';
import { missing, type Part } from './outcome.ts';
import { groundsOf, type NightRecord } from './record.ts';

/** A night with what it is compared with. */
export interface Night {
  /** `null` when no part of it left a record. */
  readonly certificate: Certificate | null;
  /** What kept parts of it from being judged, in a line each. */
  readonly trouble: readonly string[];
  readonly last: NightRecord | null;
  readonly comparison: Comparison | null;
  readonly code: 0 | 1 | 3;
}

/** A certificate of which nothing else is known was made without parts, and lacks none. */
export function judgeNight(
  certificate: Certificate | null,
  parts: readonly Part[],
  last: NightRecord | null,
): Night {
  const comparison = certificate && compare(last, certificate);
  const trouble = certificate && !parts.length ? [] : missing(parts);
  return { certificate, trouble, last, comparison, code: nightCode(certificate, comparison, trouble) };
}

/** What the next night is compared with; `null` when there is nothing yet. `issue` is the one left open. */
export function recordOf(
  { certificate, comparison, last }: Night,
  { issue, url }: { readonly issue: number | null; readonly url: string | null },
): NightRecord | null {
  if (!certificate || !comparison) return last && { ...last, issue };
  return {
    schema: 1,
    night: { ...groundsOf(certificate), startedAt: certificate.run.startedAt, url },
    issue,
    rows: comparison.standings,
  };
}
