import type { Checklist, Clause, Criterion, Row } from '../checklist/index.ts';
import type { StreamHead } from '../record/chain.ts';
import { counted } from '../record/counted.ts';
import type { ErrorCode } from '../record/error-codes.ts';
import { Evidence } from '../record/evidence.ts';
import { type Sent, sentIn } from '../record/sent.ts';
import {
  attemptsOf,
  type Continuation,
  type Recording,
  type RowRecord,
  type Rows,
  StreamError,
} from '../record/stream.ts';
import type {
  Environment,
  Exchange,
  Finding,
  Json,
  Level,
  Observation,
  Run,
  ServerCertificate,
  Subject,
  Verdict,
  Violation,
} from '../record/vocabulary.ts';
import { withoutPhoto } from './attested.ts';
import { type Attempt, type Judgement, judgeAttempts } from './judge.ts';
import { type Bench, benchOf, capabilitiesOf } from './scene.ts';

/** One row of a certificate. */
export interface CertificateRow {
  readonly id: string;
  readonly title: string;
  readonly section: string;
  readonly level: Level;
  readonly verdict: Verdict;
  /** Why, where the findings alone do not say it. */
  readonly why: string;
  /** How the kit reads a row whose text leaves something open. */
  readonly notes: string;
  readonly checks: {
    readonly expected: number;
    readonly executed: number;
    readonly missing: readonly string[];
  };
  readonly clauses: readonly { readonly clause: string; readonly checks: readonly string[] }[];
  readonly findings: readonly Finding[];
  readonly trouble: readonly {
    readonly message: string;
    readonly advice: string;
    readonly code?: ErrorCode;
  }[];
  readonly durationMs: number;
  /** Each attempt, where the row was run more than once. */
  readonly attempts?: readonly Attempt[];
}

/** `certification.json`: what a run came to. Its JSON Schema stands beside this file. */
export interface Certificate {
  readonly schema: 2;
  readonly kit: Run['kit'];
  /** What is certified. */
  readonly subject: {
    readonly kind: Subject;
    /** Digest of what was tested, as its maker names it; `null` where the profile names none. */
    readonly build: string | null;
    /** Digest of all that its profile says; left out for records of older kits. */
    readonly profile?: string;
    /** What the profile settles about the display, in sentences; left out where it settles nothing. */
    readonly settled?: readonly string[];
  } & Omit<Run['pos'], 'build' | 'decisions'>;
  readonly run: {
    readonly id: string;
    readonly startedAt: string;
    readonly finishedAt: string | null;
    readonly kind: 'practice' | 'qualifying';
    /** Why it is a practice run. */
    readonly why: readonly string[];
    readonly partial: boolean;
    readonly selection: readonly string[];
    readonly notSelected: readonly string[];
    readonly checklist: {
      readonly name: string;
      readonly title: string;
      readonly source: string;
      readonly sha256: string;
    };
    readonly upstream: string;
    /** What the upstream showed over TLS. */
    readonly serverCertificate?: ServerCertificate;
    readonly realTime: boolean;
    readonly contract: Run['contract'];
    /** Bodies that the contract has no rules for, by what they were; left out where there were none. */
    readonly unjudged?: readonly { readonly what: string; readonly bodies: number }[];
    readonly criteria: Run['criteria'];
    /** What the amounts were drawn from; left out in certificates of older kits. */
    readonly amounts?: Run['amounts'];
    /** Each time that the run went on after it had been broken off, or had ended; left out where it never did. */
    readonly continued?: readonly Omit<Continuation, 'monotonic'>[];
    /** Who says so, by the criterion; left out in certificates of older kits. */
    readonly criterionSources?: Readonly<Record<string, Omit<Criterion, 'value'>>>;
    /** The stream that it was computed from, by its head; of merged shards one entry each. */
    readonly stream: StreamHead | readonly StreamHead[];
  };
  /** Who answers for the run; `null` where nobody said. */
  readonly ranBy: { readonly name: string | null; readonly contact: string | null };
  /** Where it was made. */
  readonly ranOn: {
    readonly os: string | null;
    readonly node: string;
    readonly browser: string | null;
    /** How it was started; left out for records of older kits. */
    readonly environment?: Environment;
  };
  /** Words of people, with name and time; of a reviewer, signed; and failings that are put up with until a date. */
  readonly attestations: readonly Json[];
  readonly decisions: readonly Json[];
  readonly waivers: readonly Json[];
  readonly summary: {
    readonly rows: number;
    readonly passed: number;
    readonly failed: number;
    readonly warning: number;
    readonly review: number;
    readonly notApplicable: number;
    readonly blocked: number;
    readonly incomplete: number;
    readonly certified: boolean;
  };
  readonly rows: readonly CertificateRow[];
  readonly rules: readonly {
    readonly id: string;
    readonly rule: string;
    readonly verdict: Verdict;
    readonly by: readonly string[];
  }[];
}

/** What a verdict is computed from: a run's record, the checklist and the contract. */
export interface Basis {
  readonly recording: Recording;
  readonly checklist: Checklist;
  readonly violations: (exchange: Exchange) => readonly Violation[];
  /** The bodies of an exchange that the contract has no rules for. */
  readonly unjudged?: (exchange: Exchange) => readonly string[];
}

/** Judges one row of a run, which may still be going on. */
export function judgeRow(id: string, basis: Basis): Judgement {
  const row = basis.checklist.rows.find((one) => one.id === id);
  if (!row) throw new Error(`The checklist ${basis.checklist.name} has no row ${id}`);
  const attempts = attemptsOf(basis.recording.rows.get(id));
  const unjudged = observationsOf(attempts).flatMap((one) =>
    'exchange' in one ? (basis.unjudged?.(one.exchange) ?? []) : [],
  );
  return { ...judgeAttempts(row, attempts, benchIn(basis, isOfWholeRun(row, basis))), unjudged };
}

const observationsOf = (attempts: readonly RowRecord[]): Observation[] =>
  attempts.flatMap(({ observations }) => observations);

/** Whether a row is judged from the whole run: by what it asks, or because no row may use what it is about. */
function isOfWholeRun(row: Row, { recording }: Basis): boolean {
  const { undeclared } = recording.run.pos;
  return row.wholeRun === true || capabilitiesOf(row).some((name) => undeclared.includes(name));
}

function benchIn({ recording, checklist, violations }: Basis, wholeRun: boolean): Bench {
  // In the checklist's order, so that it is reported alike whichever shard came first.
  const rows = wholeRun ? checklist.rows : [];
  const everyRow = new Map(
    rows.flatMap(({ id }): [string, Sent][] => {
      const sent = sentOf(recording.rows, id, checklist);
      return sent ? [[id, sent]] : [];
    }),
  );
  return benchOf(checklist, { run: recording.run, violations, everyRow });
}

/** Rows that are judged from the whole run look at the same rows again and again. */
const known = new WeakMap<Rows, Map<string, Sent>>();

/** What was sent in a row, which may still be going on; `undefined` when it was not run. */
function sentOf(rows: Rows, id: string, { capabilitiesUsed }: Checklist): Sent | undefined {
  const ofRows = known.get(rows) ?? new Map<string, Sent>();
  known.set(rows, ofRows);
  const before = ofRows.get(id);
  if (before) return before;
  const row = rows.get(id);
  const sent = row && sentIn(new Evidence(observationsOf(attemptsOf(row))), capabilitiesUsed);
  if (sent && row.finishedAt !== null) ofRows.set(id, sent);
  return sent;
}

/**
 * Computes the certificate of a run from its record alone. `judged` holds rows that were judged when they ended:
 * nothing about them can have changed since, unless they are judged from the whole run.
 * Throws a `StreamError` when a row was selected that the checklist does not have: it can't be judged, and
 * leaving it out would not show.
 */
export function certify(basis: Basis, judged: ReadonlyMap<string, Judgement> = new Map()): Certificate {
  const { recording, checklist } = basis;
  const { run } = recording;
  const selected = new Set(run.selection);
  const unknown = run.selection.find((id) => !checklist.rows.some((row) => row.id === id));
  if (unknown) {
    throw new StreamError(
      `Expected the run ${run.id} to hold rows of the checklist ${checklist.name}, but it holds ${unknown}, which this version of the kit does not have. Use the version that made the run: ${run.kit.version}.`,
    );
  }
  const judgements = checklist.rows
    .filter(({ id }) => selected.has(id))
    .map((row) => (isOfWholeRun(row, basis) ? undefined : judged.get(row.id)) ?? judgeRow(row.id, basis))
    .map((judgement) => inFull(judgement, recording));
  const rows = judgements.map(certificateRow);
  const unjudged = Map.groupBy(
    judgements.flatMap((judgement) => judgement.unjudged ?? []),
    (what) => what,
  );
  const notSelected = checklist.rows.map(({ id }) => id).filter((id) => !selected.has(id));
  const rules = checklist.rules.map(({ id, rule, anyOf }) => {
    const by = rows.filter((row) => anyOf.includes(row.id) && acceptable(row.verdict)).map((row) => row.id);
    return { id, rule, verdict: ruleVerdict(by, rows, anyOf), by };
  });
  const count = (verdict: Verdict) => rows.filter((row) => row.verdict === verdict).length;
  const applicable = rows.filter(
    ({ verdict, level }) => verdict !== 'not-applicable' && level === 'mandatory',
  );
  const leftOut = checklist.rows.some(({ id, level }) => level === 'mandatory' && !selected.has(id));
  const read = run.pos.display === 'attested' ? [...recording.rows] : [];
  const unseen = withoutPhoto(read.flatMap(([, row]) => observationsOf(attemptsOf(row))));
  const why = [
    ...run.why,
    ...(leftOut ? ['not all mandatory rows were selected'] : []),
    ...(unseen ? [`${counted(unseen, 'attested display')} ${unseen === 1 ? 'has' : 'have'} no photo`] : []),
  ];
  const unfinished = rows.some(({ verdict }) => !acceptable(verdict) && verdict !== 'not-applicable');
  return {
    schema: 2,
    kit: run.kit,
    subject: subjectOf(run),
    run: {
      id: run.id,
      startedAt: run.startedAt,
      finishedAt: recording.finishedAt,
      kind: why.length ? 'practice' : 'qualifying',
      why,
      partial: notSelected.length > 0,
      selection: rows.map(({ id }) => id),
      notSelected,
      checklist: {
        name: checklist.name,
        title: checklist.title,
        source: checklist.source,
        sha256: run.checklist.sha256,
      },
      upstream: run.upstream,
      ...(run.serverCertificate ? { serverCertificate: run.serverCertificate } : {}),
      realTime: run.realTime,
      contract: run.contract,
      ...(unjudged.size > 0
        ? { unjudged: [...unjudged].map(([what, { length: bodies }]) => ({ what, bodies })) }
        : {}),
      criteria: run.criteria,
      ...(run.amounts ? { amounts: run.amounts } : {}),
      ...(recording.continued
        ? { continued: recording.continued.map(({ why, at, rows }) => ({ why, at, rows })) }
        : {}),
      criterionSources: sourcesOf(run, checklist),
      stream: recording.streams.length === 1 ? recording.streams[0]! : recording.streams,
    },
    ranBy: { name: run.ranBy?.name ?? null, contact: run.ranBy?.contact ?? null },
    ranOn: {
      os: run.os ?? null,
      node: run.node,
      browser: run.browser ?? null,
      ...(run.environment ? { environment: run.environment } : {}),
    },
    attestations: [],
    decisions: [],
    waivers: [],
    summary: {
      rows: rows.length,
      passed: count('passed'),
      failed: count('failed'),
      warning: count('warning'),
      review: count('review'),
      notApplicable: count('not-applicable'),
      blocked: count('blocked'),
      incomplete: count('incomplete'),
      certified:
        recording.finishedAt !== null &&
        notSelected.length === 0 &&
        applicable.length > 0 &&
        !unfinished &&
        rules.every(({ verdict }) => verdict === 'passed'),
    },
    rows,
    rules,
  };
}

function subjectOf({ subject, pos, profile }: Run): Certificate['subject'] {
  const { build, decisions, ...rest } = pos;
  return {
    kind: subject,
    build: build ?? null,
    ...(profile ? { profile: profile.sha256 } : {}),
    ...rest,
    ...(decisions ? { settled: decisions } : {}),
  };
}

/** Who says so of the thresholds that a run was judged by: the checklist, where the value is still its own. */
function sourcesOf(
  { criteria }: Run,
  checklist: Checklist,
): NonNullable<Certificate['run']['criterionSources']> {
  return Object.fromEntries(
    Object.entries(criteria).flatMap(([name, value]) => {
      const own = checklist.criteria[name];
      if (!own) return [];
      const says = own.value === value ? own.says : 'not this kit’s own value';
      return [[name, { unit: own.unit, says }]];
    }),
  );
}

/** A row that is judged from the whole run can't be passed by the part of one that was broken off. */
function inFull(judgement: Judgement, { finishedAt }: Recording): Judgement {
  if (!judgement.row.wholeRun || finishedAt !== null || !acceptable(judgement.verdict)) return judgement;
  return {
    ...judgement,
    verdict: 'incomplete',
    why: 'it is judged from the whole run, which was broken off',
  };
}

const acceptable = (verdict: Verdict): boolean => verdict === 'passed' || verdict === 'warning';

function ruleVerdict(
  by: readonly string[],
  rows: readonly CertificateRow[],
  anyOf: readonly string[],
): Verdict {
  if (by.length) return 'passed';
  const tried = rows.filter(({ id }) => anyOf.includes(id));
  return tried.length === anyOf.length &&
    tried.every(({ verdict }) => verdict === 'failed' || verdict === 'not-applicable')
    ? 'failed'
    : 'incomplete';
}

function certificateRow(judgement: Judgement): CertificateRow {
  const { row } = judgement;
  return {
    id: row.id,
    title: row.title,
    section: row.section,
    level: row.level,
    verdict: judgement.verdict,
    why: judgement.why,
    notes: row.notes?.trim() ?? '',
    checks: { expected: judgement.expected, executed: judgement.executed, missing: judgement.missing },
    clauses: row.clauses.map(({ clause, checks }: Clause) => ({
      clause,
      checks: checks.map(({ id }) => `${row.id}/${id}`),
    })),
    findings: judgement.findings,
    trouble: judgement.trouble.map(({ infrastructure: _, ...read }) => read),
    durationMs: judgement.durationMs,
    ...(judgement.attempts ? { attempts: judgement.attempts } : {}),
  };
}
