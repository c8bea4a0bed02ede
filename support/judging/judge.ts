import type { Check, Params, Result, Scene } from '../checklist/check.ts';
import { type CheckEntry, expectedChecks, type Row } from '../checklist/index.ts';
import type { ErrorCode } from '../record/error-codes.ts';
import { Evidence } from '../record/evidence.ts';
import { checkIn } from '../record/row-id.ts';
import type { Again, RowRecord } from '../record/stream.ts';
import type { Fault, Finding, Observation, Outcome, Run, Verdict } from '../record/vocabulary.ts';
import { attested, leftBecause, photosAgain } from './attested.ts';
import { type Applied, attributed, fails, faultOf, withResult } from './blame.ts';
import { type Bench, capabilitiesOf, sceneAt } from './scene.ts';
import { type Slowness, slownessOf, tooSlow } from './slowness.ts';
import { type Trouble, upstreamTrouble } from './upstream.ts';

/** What one row came to. */
export interface Judgement {
  readonly row: Row;
  readonly verdict: Verdict;
  /** Why, in one sentence, where the findings alone do not say it. */
  readonly why: string;
  readonly expected: number;
  readonly executed: number;
  /** Ids of the checks that were expected and not executed. */
  readonly missing: readonly string[];
  readonly findings: readonly Finding[];
  /** Trouble that was not the subject's, with what to do. */
  readonly trouble: readonly {
    readonly message: string;
    readonly advice: string;
    readonly infrastructure: boolean;
    readonly code?: ErrorCode;
  }[];
  /** Each body that the contract has no rules for, as what it was. */
  readonly unjudged?: readonly string[];
  /** How long the row took, ms; 0 when it did not come to its end. */
  readonly durationMs: number;
  /** The machine was too slow to judge it, and nothing else is wrong: it is worth another attempt. */
  readonly tooSlow?: true;
  /** What each attempt came to, where there were several. */
  readonly attempts?: readonly Attempt[];
}

/** One of several attempts at a row; `counts` is true of the one by which the row is judged. */
export interface Attempt extends Pick<Judgement, 'verdict' | 'why' | 'durationMs'> {
  readonly counts: boolean;
  /** Why the row was run once more; left out of the first attempt. */
  readonly again?: Again;
}

type Expectation = Extract<Observation, { kind: 'expectation' }>;

const worst: readonly Outcome[] = ['failed', 'review', 'warning', 'passed'];

/** Judges one row from what was observed: a pure function. */
export function judge(row: Row, record: RowRecord | undefined, bench: Bench): Judgement {
  const { run } = bench;
  const expected = expectedChecks(row, run.subject);
  if (run.subject === 'api' && row.api === false) {
    return bare(row, 'not-applicable', 'the row says nothing about the API');
  }
  if (row.unbuilt) return bare(row, 'incomplete', 'the kit does not judge this row yet');
  const undeclared = capabilitiesOf(row).filter((name) => run.pos.undeclared.includes(name));
  if (undeclared.length) return outOfScope(row, undeclared, bench);
  if (!record)
    return {
      ...bare(row, 'incomplete', 'the row was not run'),
      expected: expected.length,
      missing: ids(expected),
    };

  const whole = bench.view(new Evidence(record.observations));
  const slowness = slownessOf(whole, run);
  const applied = applyAll(expected, whole, bench).map((one) => (slowness ? excused(one, slowness) : one));
  const findings = [
    ...summarised(attributed(applied, whole, bench), row, run),
    ...photosAgain(row, whole).map((finding) => ({ finding, at: 0 })),
  ];
  const counts = new Map<string, number>();
  for (const { check } of applied) counts.set(check.id, (counts.get(check.id) ?? 0) + 1);
  const missing = ids(expected.filter(({ id, times = 1 }) => (counts.get(id) ?? 0) < times));
  const trouble = [...whole.all('trouble'), ...upstreamTrouble(whole)].sort(
    (one, other) => one.at - other.at,
  );
  const runner = record.steps.find(({ status }) => status !== 'PASSED');
  const failedBefore = (id: string, time: number): boolean =>
    applied.some((one) => one.check.id === id && stoodBefore(one, time, whole, bench));
  const unjudged = slowness !== null && applied.some((one) => one.excused);
  const verdict = verdictOf(run, findings, trouble, missing, record, failedBefore, unjudged);
  const slow = unjudged ? tooSlow(row.id, slowness) : '';
  const left = verdict === 'incomplete' ? leftBecause(whole) : null;
  const why = left ?? reason(verdict, missing, runner ?? null, record, slow);
  return {
    row,
    verdict,
    why,
    ...(slow && why === slow ? { tooSlow: true } : {}),
    expected: expected.length,
    executed: expected.length - missing.length,
    missing,
    findings: findings.map(({ finding }) => finding),
    trouble: trouble.map(({ message, advice, infrastructure, code }) => ({
      message,
      advice,
      infrastructure,
      ...(code ? { code } : {}),
    })),
    durationMs: record.finishedAt === null ? 0 : Math.round(record.finishedAt - record.startedAt),
  };
}

/**
 * Judges a row of which there may be several attempts, in their order. It is judged by the first that came to its end
 * and on which the machine was quick enough: what failed there stays failed, whatever came after. Where somebody asked
 * for the row to be run again, the attempts since then are judged; that one failed before them and passes now is for a
 * reviewer to settle, because only a person knows what was mended.
 */
export function judgeAttempts(row: Row, records: readonly RowRecord[], bench: Bench): Judgement {
  const judgements = records.map((record) => judge(row, record, bench));
  if (!judgements.length) return judge(row, undefined, bench);
  if (judgements.length === 1) return judgements[0]!;
  const asked = Math.max(
    0,
    records.findLastIndex(({ again }) => again === 'rerun' || again === 'corrected'),
  );
  const before = countingOf(records, judgements, 0, asked);
  const index = countingOf(records, judgements, asked, records.length)!;
  const counting = judgements[index]!;
  const attempts = judgements.map(({ verdict, why, durationMs }, place) => ({
    verdict,
    why,
    durationMs,
    counts: place === index,
    ...(records[place]!.again && { again: records[place]!.again }),
  }));
  // What a person takes back is not forgotten with it.
  const corrected = counting.verdict === 'review' && records[index]!.again === 'corrected';
  const mended =
    before !== null &&
    judgements[before]!.verdict === 'failed' &&
    (counting.verdict === 'passed' || counting.verdict === 'warning' || corrected);
  return {
    ...counting,
    ...(mended && { verdict: 'review', why: failedBefore(judgements[before]!, before, corrected) }),
    attempts,
  };
}

/** The place of the attempt that counts among those from one place up to another; `null` where there is none. */
function countingOf(
  records: readonly RowRecord[],
  judgements: readonly Judgement[],
  from: number,
  to: number,
): number | null {
  if (from === to) return null;
  const fit = judgements.findIndex(
    ({ tooSlow, verdict }, place) =>
      place >= from &&
      place < to &&
      !tooSlow &&
      // An attempt that was broken off has shown what it has shown.
      (records[place]!.finishedAt !== null || verdict === 'failed'),
  );
  return fit < 0 ? to - 1 : fit;
}

const failedBefore = ({ findings }: Judgement, place: number, corrected: boolean): string => {
  const failed = findings.flatMap(({ outcome, check }) =>
    outcome === 'failed' ? [check.split('/').at(-1)] : [],
  );
  const since = corrected
    ? 'then the person at the POS said that an answer had been wrong: a reviewer decides which attempt holds'
    : 'and the row passes now: a reviewer decides whether what was changed in between explains it';
  return `attempt ${place + 1} failed (${failed.join(', ')}), ${since}`;
};

/**
 * A row whose capability the profile does not declare. It is not applicable where the checklist calls the
 * capability optional, and else a reviewer's to decide. A till that uses what it does not declare has failed.
 */
function outOfScope(row: Row, undeclared: readonly string[], { run, everyRow, optional }: Bench): Judgement {
  for (const name of undeclared) {
    const used = [...everyRow.values()].flatMap(({ uses }) => uses.get(name) ?? [])[0];
    if (!used || run.subject === 'api') continue;
    const finding: Finding = {
      check: `${row.id}/capability-declared`,
      outcome: 'failed',
      severity: 'must',
      plane: 'wire',
      fault: 'pos',
      expected: `the till does not use ${name}, which its profile does not declare`,
      observed: `${used.request} uses it`,
      reported: false,
      advice: `Declare ${name} in the profile, or take it out of the till.`,
      evidence: [used.exchange],
    };
    return { ...bare(row, 'failed', ''), expected: 1, executed: 1, findings: [finding] };
  }
  return undeclared.every(optional)
    ? bare(
        row,
        'not-applicable',
        `the profile does not declare the optional capability ${undeclared.join(', ')}`,
      )
    : bare(
        row,
        'review',
        `the profile does not declare ${undeclared.join(', ')}, which the checklist does not call optional`,
      );
}

const ids = (entries: readonly CheckEntry[]): string[] => entries.map(({ id }) => id);

const bare = (row: Row, verdict: Verdict, why: string): Judgement => ({
  row,
  verdict,
  why,
  expected: 0,
  executed: 0,
  missing: [],
  findings: [],
  trouble: [],
  durationMs: 0,
});

function applyAll(expected: readonly CheckEntry[], whole: Evidence, bench: Bench): Applied[] {
  const expectations = whole.all('expectation');
  return expected.flatMap((entry) =>
    expectations
      .filter((one) => one.check === entry.id)
      .map((expectation) => applyOne(entry, expectation, whole, bench)),
  );
}

function applyOne(entry: CheckEntry, expectation: Expectation, whole: Evidence, bench: Bench): Applied {
  const check = bench.checks.get(entry.id);
  if (!check) throw new Error(`The catalogue names the check "${entry.id}", which the kit does not have`);
  if (isUnobserved(check, bench.run)) return { check, entry, result: unobserved, expectation };
  const scene = sceneAt(bench, whole, expectation.at);
  const params = expectation.params;
  const result = attested(check, reported(check, check.judge(scene, params), scene, params), scene);
  return { check, entry, result, expectation };
}

/** Whether a check looks at what the subject sends, in a run in which nobody saw that. */
export const isUnobserved = ({ plane }: Pick<Check, 'plane'>, { environment }: Run): boolean =>
  environment?.reach?.traffic === 'none' && (plane === 'wire' || plane === 'contract');

const unobserved: Result = {
  outcome: 'review',
  observed: 'not observed: what the POS sends goes past the kit',
  evidence: [],
  advice: 'Look at it by other means, such as a log of the POS, or lead its traffic through the kit.',
};

/** What a till only reported of its own display is borne out by wire and state, or left to a reviewer. */
function reported(check: Check, result: Result, scene: Scene, params: Params): Result {
  const only =
    scene.run.pos.display === 'reported' && check.plane === 'display' && result.outcome === 'passed';
  if (!only || check.corroborated?.(scene, params)) return result;
  return {
    ...result,
    outcome: 'review',
    advice:
      'The POS reported this about its own display; the kit did not observe it. Look at the display yourself.',
  };
}

/** On a machine that was too slow, a failing or a warning that is one of times alone is no verdict on anybody. */
function excused(one: Applied, { accountsFor }: Slowness): Applied {
  const { check, result } = one;
  const blamed = fails(one) || result.outcome === 'warning';
  if (!blamed || !(result.timed ?? check.timed)) return one;
  if ((result.beyond ?? Number.POSITIVE_INFINITY) > accountsFor) return one;
  const observed = `Untested by the machine, which was too slow. ${result.observed}`;
  return { ...withResult(one, { outcome: 'review', observed }), excused: true };
}

/** The fault that fails the subject. */
const ownFault = ({ subject }: Run): Fault => (subject === 'api' ? 'api' : 'pos');

/** One finding a check: where a scenario applies it several times, the worst. */
function summarised(applied: readonly Applied[], row: Row, run: Run): { finding: Finding; at: number }[] {
  const byCheck = new Map<string, Applied>();
  for (const one of applied) {
    const before = byCheck.get(one.check.id);
    if (!before || gravity(one, run) < gravity(before, run)) byCheck.set(one.check.id, one);
  }
  // Of a till that could not be operated, all else may be a mere consequence.
  const idle = (one: Applied) => one.check.reportedFirst && outcomeOf(one) === 'failed';
  const all = [...byCheck.values()];
  return [...all.filter(idle), ...all.filter((one) => !idle(one))].map((one) => {
    const outcome = outcomeOf(one);
    const { check, result, entry, expectation } = one;
    const finding: Finding = {
      check: `${row.id}/${check.id}`,
      outcome,
      severity: entry.severity ?? 'must',
      plane: check.plane,
      fault: faultOf(one),
      expected: check.expected(expectation.params, run),
      observed: result.observed,
      reported: check.plane === 'declared' || (check.plane === 'display' && isReported(run)),
      advice: outcome === 'passed' ? '' : (result.advice ?? check.advice),
      evidence: [...new Set(result.evidence)],
    };
    return { finding, at: expectation.at };
  });
}

/** Whether somebody else than the kit says what the display shows. */
const isReported = ({ pos: { display } }: Run): boolean => display === 'reported' || display === 'attested';

/** Orders what a check came to: the worst first, and of failings the subject's own. */
const gravity = (one: Applied, run: Run): number =>
  worst.indexOf(outcomeOf(one)) + (faultOf(one) === ownFault(run) ? 0 : 0.5);

const outcomeOf = ({ result, entry }: Applied): Outcome =>
  result.outcome === 'failed' && entry.severity === 'should' ? 'warning' : result.outcome;

function verdictOf(
  run: Run,
  findings: readonly { finding: Finding; at: number }[],
  trouble: readonly Trouble[],
  missing: readonly string[],
  record: RowRecord,
  failedBefore: (check: string, time: number) => boolean,
  unjudged: boolean,
): Verdict {
  if (trouble.some(({ fault }) => fault === run.subject)) return 'failed';
  const blockedAt = trouble[0]?.at ?? Number.POSITIVE_INFINITY;
  const failing = findings.filter(({ finding }) => finding.outcome === 'failed');
  const ownFailing = failing.filter(({ finding }) => finding.fault === ownFault(run));
  const seenBefore = ownFailing.filter(
    ({ finding, at }) => at < blockedAt || failedBefore(checkIn(finding.check), blockedAt),
  );
  if (seenBefore.length) return 'failed';
  if (trouble.length || failing.length) return 'blocked';
  const runnerBroke = record.steps.some(({ status }) => status !== 'PASSED');
  const broken = runnerBroke || record.finishedAt === null;
  if (missing.length || broken || unjudged || !findings.length) return 'incomplete';
  const outcomes = findings.map(({ finding }) => finding.outcome);
  if (outcomes.includes('review')) return 'review';
  if (outcomes.includes('warning')) return 'warning';
  return 'passed';
}

/**
 * Whether a check that failed had failed at that time already. A closing check is applied after a block; it failed
 * before it when it is decisive, or when what was seen until then fails it too.
 */
function stoodBefore(one: Applied, time: number, whole: Evidence, bench: Bench): boolean {
  const { check, entry, expectation } = one;
  if (check.decisive) return true;
  return (
    check.standsAfterBlock === true &&
    fails(applyOne(entry, expectation, bench.view(whole.upTo(time)), bench))
  );
}

function reason(
  verdict: Verdict,
  missing: readonly string[],
  runner: { text: string; status: string; message: string } | null,
  record: RowRecord,
  slow: string,
): string {
  if (verdict !== 'incomplete') return '';
  if (record.finishedAt === null) return 'the run was broken off in this row';
  if (runner)
    return `the step "${runner.text || 'hook'}" was ${runner.status.toLowerCase()}: ${runner.message.split('\n')[0]}`;
  if (missing.length || !slow) return `not executed: ${missing.join(', ')}`;
  return slow;
}
