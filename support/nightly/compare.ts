import type { Certificate, CertificateRow } from '../judging/index.ts';
import type { Verdict } from '../record/vocabulary.ts';
import {
  type Grounds,
  groundsOf,
  isAcceptable,
  isJudged,
  type Judged,
  type NightRecord,
  type Standing,
} from './record.ts';

/**
 * How a row stands tonight. `steady`: as expected, as before. `departed`: worse than expected. `back`: again as
 * expected, or better. `better`: better than the last night, which was expected to be as it was. `unjudged`: it
 * had a verdict, and got none tonight. `unreached`: it never had one, as this upstream can't be brought to it.
 */
export type Turn = 'steady' | 'departed' | 'back' | 'better' | 'unjudged' | 'unreached';

/** A row of tonight beside the last night's. */
export interface ComparedRow {
  readonly row: CertificateRow;
  readonly turn: Turn;
  readonly expected: Judged | null;
  /** The last verdict that it had before; `null` where it had none. */
  readonly last: Judged | null;
  /** When the first night with tonight's verdict began; `null` where there is none. */
  readonly since: string | null;
}

/** A row that was judged before, and is not in the certificate at all: not selected, or its shard was lost. */
export type GoneRow = Standing & { readonly id: string };

/** Tonight's verdicts beside the last night's. */
export interface Comparison {
  readonly rows: readonly ComparedRow[];
  /** Rows that had a verdict before, and are not in tonight's certificate. */
  readonly gone: readonly GoneRow[];
  /** How each row stands now, for the next night. */
  readonly standings: Readonly<Record<string, Standing>>;
  /** What else is not as it was in the last night: the kit, the contract, the checklist, the upstream. */
  readonly otherwise: readonly { readonly what: keyof Grounds; readonly was: string; readonly is: string }[];
}

/** Worse is further down. */
const order: readonly Judged[] = ['passed', 'warning', 'not-applicable', 'review', 'failed'];
const worse = (verdict: Judged, than: Judged): boolean => order.indexOf(verdict) > order.indexOf(than);

/**
 * Compares a night with the one before. A mandatory row that departed stays expected to be what it was until it is that
 * again, or until somebody accepts how it stands (`accepting`).
 */
export function compare(last: NightRecord | null, certificate: Certificate): Comparison {
  const rows = certificate.rows.map((row) => comparedRow(row, last?.rows[row.id], certificate.run.startedAt));
  const grounds = groundsOf(certificate);
  return {
    rows,
    gone: goneRows(last, certificate),
    standings: {
      ...last?.rows,
      ...Object.fromEntries(
        rows.flatMap((one) => {
          const standing = standingOf(one);
          return standing ? [[one.row.id, standing]] : [];
        }),
      ),
    },
    otherwise: (Object.keys(grounds) as (keyof Grounds)[]).flatMap((what) =>
      last && last.night[what] !== grounds[what] ? [{ what, was: last.night[what], is: grounds[what] }] : [],
    ),
  };
}

/** The record as it is when somebody accepts how the rows stand: nothing else is expected of them any more. */
export const accepting = (record: NightRecord): NightRecord => ({
  ...record,
  issue: null,
  rows: Object.fromEntries(
    Object.entries(record.rows).map(([id, { expected, ...standing }]) => [id, standing]),
  ),
});

function goneRows(last: NightRecord | null, certificate: Certificate): GoneRow[] {
  const here = new Set(certificate.rows.map(({ id }) => id));
  return Object.entries(last?.rows ?? {})
    .filter(([id]) => !here.has(id))
    .map(([id, standing]) => ({ id, ...standing }));
}

function comparedRow(row: CertificateRow, before: Standing | undefined, startedAt: string): ComparedRow {
  const { verdict } = row;
  const last = before?.verdict ?? null;
  if (!isJudged(verdict)) {
    return {
      row,
      turn: before ? 'unjudged' : 'unreached',
      expected: before?.expected ?? last,
      last,
      since: null,
    };
  }
  const expected = before?.expected ?? last ?? firstExpected(verdict);
  const since = before && last === verdict ? before.since : startedAt;
  return { row, turn: turnOf(verdict, expected, before), expected, last, since };
}

/**
 * Of a row without a history nothing is expected but that it does not fail: what an upstream does not let the kit
 * see waits for review in every night.
 */
const firstExpected = (verdict: Judged): Judged => (verdict === 'failed' ? 'passed' : verdict);

function turnOf(verdict: Judged, expected: Judged, before: Standing | undefined): Turn {
  if (worse(verdict, expected)) return 'departed';
  if (before?.expected) return 'back';
  return before && worse(before.verdict, verdict) ? 'better' : 'steady';
}

function standingOf({ row, turn, expected, since }: ComparedRow): Standing | null {
  const { title, level, verdict } = row;
  if (!isJudged(verdict) || since === null) return null;
  // Of another row nobody is told, so nobody could accept it: it is news for one night.
  const stays = turn === 'departed' && level === 'mandatory' && expected;
  return { title, verdict, since, ...(stays ? { expected } : {}) };
}

/** The mandatory rows that stand otherwise than expected: what an issue is kept open for. */
export const departures = (
  standings: NightRecord['rows'],
): [id: string, standing: Standing & { expected: Judged }][] =>
  Object.entries(standings).flatMap(([id, standing]) =>
    standing.expected ? [[id, { ...standing, expected: standing.expected }]] : [],
  );

/** The mandatory rows of which nobody can say that they are as expected, unless an earlier night says so. */
export const unacceptable = (certificate: Certificate): string[] =>
  certificate.rows
    .filter(({ level, verdict }) => level === 'mandatory' && !isAcceptable(verdict))
    .map(({ id }) => id);

const has = (certificate: Certificate, verdict: Verdict): boolean =>
  certificate.rows.some((row) => row.verdict === verdict);

/**
 * The exit code of a night: 1 when a row failed, or is mandatory and otherwise than expected; 3 when something kept it
 * from being judged as the last one was, or a mandatory row is not acceptable and nothing says that it was so before
 * (`compared` is false); else 0. Rows that no night could judge don't count.
 */
export function nightCode(
  certificate: Certificate | null,
  comparison: Comparison | null,
  trouble: readonly string[],
  compared: boolean,
): 0 | 1 | 3 {
  if (!certificate || !comparison) return 3;
  if (has(certificate, 'failed') || departures(comparison.standings).length) return 1;
  const unjudged = comparison.rows.some(({ turn }) => turn === 'unjudged');
  const nothing = comparison.rows.every(
    ({ row }) => !isJudged(row.verdict) || row.verdict === 'not-applicable',
  );
  return trouble.length ||
    unjudged ||
    nothing ||
    comparison.gone.length ||
    (!compared && unacceptable(certificate).length) ||
    has(certificate, 'incomplete') ||
    !certificate.run.finishedAt
    ? 3
    : 0;
}
