import type { Certificate, CertificateRow } from '../judging/index.ts';
import type { Subject } from '../record/vocabulary.ts';
import { type KnownFailure, rowOf, type SeenFailure, seenTonight } from './known.ts';
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
 * How a row stands tonight. `steady`: as expected, as before. `departed`: worse than expected, or a known failure of
 * it passes. `back`: again as expected, or better. `better`: better than the last night, which was expected to be as it
 * was. `known`: it fails in known failures only. `unjudged`: it had a verdict, and got none tonight, or one that
 * something else may have caused. `unreached`: it never had one, as this upstream can't be brought to it.
 */
export type Turn = 'steady' | 'departed' | 'back' | 'better' | 'known' | 'unjudged' | 'unreached';

/** A row of tonight beside the last night's. */
export interface ComparedRow {
  readonly row: CertificateRow;
  readonly turn: Turn;
  readonly expected: Judged | null;
  /** The last verdict that it had before; `null` where it had none. */
  readonly last: Judged | null;
  /** When the first night with tonight's verdict began; `null` where there is none. */
  readonly since: string | null;
  /** The known failures of this row that pass tonight. */
  readonly passes: readonly string[];
}

/** A row that was judged before, and is not in the certificate at all: not selected, or its shard was lost. */
export type GoneRow = Standing & { readonly id: string };

/** Tonight's verdicts beside the last night's. */
export interface Comparison {
  readonly rows: readonly ComparedRow[];
  /** Rows that had a verdict before, and are not in tonight's certificate. */
  readonly gone: readonly GoneRow[];
  readonly known: readonly SeenFailure[];
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
 * again, or until somebody accepts how it stands (`accepting`). A row with a known failure is expected to fail in it
 * alone: a pass departs from that too.
 */
export function compare(
  last: NightRecord | null,
  certificate: Certificate,
  failures: readonly KnownFailure[] = [],
): Comparison {
  const known = seenTonight(failures, certificate);
  const rows = certificate.rows.map((row) =>
    comparedRow(
      row,
      last?.rows[row.id],
      certificate.run.startedAt,
      asKnown(row, certificate.subject.kind, known),
    ),
  );
  const grounds = groundsOf(certificate);
  return {
    rows,
    gone: goneRows(last, certificate),
    known,
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

function comparedRow(
  row: CertificateRow,
  before: Standing | undefined,
  startedAt: string,
  { fails, passes }: AsKnown,
): ComparedRow {
  const { verdict } = row;
  const last = before?.verdict ?? null;
  if (!isJudged(verdict) || fails === 'perhaps') {
    const turn = before || isJudged(verdict) ? 'unjudged' : 'unreached';
    return { row, turn, expected: before?.expected ?? last, last, since: null, passes: [] };
  }
  // What was expected while a failure was known is not what is expected without it.
  const earlier = before?.known ? null : (before?.expected ?? last);
  const toFail = fails === 'yes' || (passes.length > 0 && verdict !== 'failed');
  const expected = toFail ? 'failed' : (earlier ?? firstExpected(verdict));
  const since = before && last === verdict ? before.since : startedAt;
  const steady = fails === 'yes' ? 'known' : turnOf(verdict, expected, before);
  return { row, turn: passes.length ? 'departed' : steady, expected, last, since, passes };
}

/** What the known failures of a row came to. */
interface AsKnown {
  /**
   * Whether it fails in them only. `perhaps`: something else hindered it, which may have failed it too, or kept others
   * from failing.
   */
  readonly fails: 'yes' | 'no' | 'perhaps';
  readonly passes: readonly string[];
}

function asKnown(row: CertificateRow, subject: Subject, known: readonly SeenFailure[]): AsKnown {
  const here = known.filter((one) => rowOf(one) === row.id);
  const named = (state: SeenFailure['state']) =>
    here.filter((one) => one.state === state).map(({ check }) => check);
  const fails = named('fails');
  const others = row.findings.filter(({ check, outcome }) => outcome === 'failed' && !fails.includes(check));
  const own = others.some(({ fault }) => fault === (subject === 'api' ? 'api' : 'pos'));
  const only = row.verdict === 'failed' && fails.length > 0 && !own;
  const hindered = others.length > 0 || row.trouble.length > 0;
  return { fails: only ? (hindered ? 'perhaps' : 'yes') : 'no', passes: named('passes') };
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

function standingOf({ row, turn, expected, since, passes }: ComparedRow): Standing | null {
  const { title, level, verdict } = row;
  if (!isJudged(verdict) || since === null) return null;
  // Nobody reads of another row, so nobody could accept it: it is news for one night.
  const stays = turn === 'departed' && (level === 'mandatory' || passes.length) && expected;
  return {
    title,
    verdict,
    since,
    ...(stays ? { expected } : {}),
    ...(turn === 'known' || passes.length ? { known: true } : {}),
    ...(passes.length ? { passes } : {}),
  };
}

/**
 * What an issue is kept open for: the mandatory rows that stand otherwise than expected, and all rows in which a known
 * failure passes.
 */
export const departures = (
  standings: NightRecord['rows'],
): [id: string, standing: Standing & { expected: Judged }][] =>
  Object.entries(standings).flatMap(([id, standing]) =>
    standing.expected ? [[id, { ...standing, expected: standing.expected }]] : [],
  );

/** Whether a row departed by known failures that pass, and by nothing else. */
export const onlyPasses = ({ expected, passes }: Standing): boolean =>
  passes !== undefined && expected === 'failed';

/** The mandatory rows of which nobody can say that they are as expected, unless an earlier night says so. */
export const unacceptable = ({ rows }: Comparison): string[] =>
  rows
    .filter(({ row, turn }) => row.level === 'mandatory' && !isAcceptable(row.verdict) && turn !== 'known')
    .map(({ row }) => row.id);

/** The rows that failed, and not as is known. */
export const failing = ({ rows }: Comparison): string[] =>
  rows
    .filter(({ row, turn }) => row.verdict === 'failed' && turn !== 'known' && turn !== 'unjudged')
    .map(({ row }) => row.id);

/**
 * The exit code of a night: 1 when a row failed, or is mandatory and otherwise than expected, or a known failure passes;
 * 3 when something kept it from being judged as the last one was, or a mandatory row is not acceptable and nothing says
 * that it was so before (`compared` is false); else 0. Rows that no night could judge don't count.
 */
export function nightCode(
  certificate: Certificate | null,
  comparison: Comparison | null,
  trouble: readonly string[],
  compared: boolean,
): 0 | 1 | 3 {
  if (!certificate || !comparison) return 3;
  if (failing(comparison).length || departures(comparison.standings).length) return 1;
  const unjudged = comparison.rows.some(({ turn }) => turn === 'unjudged');
  const nothing = comparison.rows.every(
    ({ row }) => !isJudged(row.verdict) || row.verdict === 'not-applicable',
  );
  return trouble.length ||
    unjudged ||
    nothing ||
    comparison.gone.length ||
    (!compared && unacceptable(comparison).length) ||
    certificate.rows.some(({ verdict }) => verdict === 'incomplete') ||
    !certificate.run.finishedAt
    ? 3
    : 0;
}
