import { createHash } from 'node:crypto';
import type { Certificate, CertificateRow } from '../judging/index.ts';
import { type Amounts, inLetters } from '../record/amounts.ts';
import { contractWords } from '../record/contracts.ts';
import { counted } from '../record/counted.ts';
import type { Outcome, Plane, Verdict } from '../record/vocabulary.ts';
import { drawnIn } from './amounts.ts';

/** One check that came to something else, or said something else. `null`: it is not in that run. */
export interface ChangedCheck {
  readonly check: string;
  readonly before: { readonly outcome: Outcome; readonly observed: string } | null;
  readonly after: { readonly outcome: Outcome; readonly observed: string } | null;
}

/** One row that came to something else, or rests on something else. `null`: it is not in that run. */
export interface ChangedRow {
  readonly row: string;
  readonly title: string;
  readonly before: Verdict | null;
  readonly after: Verdict | null;
  readonly checks: readonly ChangedCheck[];
}

/** What is different between two runs. */
export interface Comparison {
  readonly rows: readonly ChangedRow[];
  /** Rows that came to the same, for the same reasons. */
  readonly same: number;
  /** What was different about the runs themselves. */
  readonly conditions: readonly Condition[];
  /** The rows whose earlier result holds no longer, or that came to none, with the reason for each. */
  readonly again: readonly Again[];
}

/** Rows that have to run again for one reason. */
export interface Again {
  readonly rows: readonly string[];
  readonly why: string;
}

/** Something about a run that any row may depend on. */
export interface Condition {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** Whether it changes what is certified, or what it is judged by: then the earlier result of these rows holds no longer. */
  readonly decides: Reach;
}

/** A row, and the amounts that it drew. */
type DrawnRow = CertificateRow & { readonly drawn: Amounts };

/** The rows that a condition may change: all, none, or those with findings on this plane. */
type Reach = 'all' | 'none' | Plane;

/**
 * Compares two certificates, the earlier one first. Of a check that passed both times what it observed may differ; of one
 * that did not, its amounts may: each run draws them anew.
 */
export function compare(before: Certificate, after: Certificate): Comparison {
  const ids = [...new Set([...before.rows, ...after.rows].map(({ id }) => id))];
  const drawn = [drawnIn(before), drawnIn(after)] as const;
  const rows = ids.flatMap((id): ChangedRow[] => {
    const [one, other] = [before, after].map(({ rows }) => rows.find((row) => row.id === id));
    const checks = changedChecks(
      one && { ...one, drawn: drawn[0](id) },
      other && { ...other, drawn: drawn[1](id) },
    );
    if (one && other && one.verdict === other.verdict && !checks.length) return [];
    const title = (other ?? one)!.title;
    return [{ row: id, title, before: one?.verdict ?? null, after: other?.verdict ?? null, checks }];
  });
  const conditions = conditionsOf(before, after);
  return { rows, same: ids.length - rows.length, conditions, again: againOf(conditions, before, after) };
}

/** What has to run again: rows that a changed condition reaches, and those to which the later run gave no verdict. */
function againOf(conditions: readonly Condition[], before: Certificate, after: Certificate): Again[] {
  const ids = [...new Set([...before.rows, ...after.rows].map(({ id }) => id))];
  const judged = new Set(
    after.rows.flatMap(({ id, verdict }) => (verdict === 'blocked' || verdict === 'incomplete' ? [] : [id])),
  );
  const onPlane = (plane: Plane) => (id: string) =>
    [before, after].some(({ rows }) =>
      rows.some((row) => row.id === id && row.findings.some((finding) => finding.plane === plane)),
    );
  const reached = conditions.flatMap(({ name, before: was, after: is, decides }): Again[] => {
    // What the later run has judged was judged as it is now.
    const open = ids.filter((id) => !judged.has(id));
    const rows =
      decides === 'all' ? open : decides === 'none' ? [] : open.filter((id) => onPlane(decides)(id));
    return rows.length ? [{ rows, why: `${name} was ${was} and is ${is}` }] : [];
  });
  const named = new Set(reached.flatMap(({ rows }) => rows));
  const unjudged = ids.filter((id) => !judged.has(id) && !named.has(id));
  return unjudged.length
    ? [...reached, { rows: unjudged, why: 'the later run has no verdict about them' }]
    : reached;
}

function changedChecks(before: DrawnRow | undefined, after: DrawnRow | undefined): ChangedCheck[] {
  const of = (row: CertificateRow | undefined, check: string): ChangedCheck['before'] => {
    // A check that was applied several times came to the worst of what it found.
    const all = row?.findings.filter((finding) => finding.check === check) ?? [];
    const worst = all.toSorted((one, other) => rank[other.outcome] - rank[one.outcome])[0];
    return worst ? { outcome: worst.outcome, observed: worst.observed } : null;
  };
  const checks = new Set([before, after].flatMap((row) => row?.findings.map(({ check }) => check) ?? []));
  return [...checks].flatMap((check) => {
    const [one, other] = [of(before, check), of(after, check)];
    const passed = one?.outcome === 'passed' && other?.outcome === 'passed';
    const same =
      inLetters(one?.observed ?? '', before?.drawn ?? {}) ===
      inLetters(other?.observed ?? '', after?.drawn ?? {});
    const alike = one && other && one.outcome === other.outcome && same;
    return passed || alike ? [] : [{ check, before: one, after: other }];
  });
}

const rank: Readonly<Record<Outcome, number>> = { passed: 0, warning: 1, review: 2, failed: 3 };

function conditionsOf(before: Certificate, after: Certificate): Condition[] {
  type Described = readonly [name: string, decides: Reach, value: string];
  const digest = (value: unknown) =>
    createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);
  const of = ({ subject, run, kit, ranOn }: Certificate): Described[] => [
    ['the POS', 'all', `${subject.name} ${subject.version}${subject.build ? ` (${subject.build})` : ''}`],
    ['its driver', 'all', subject.driver],
    ['how its display is known', 'display', subject.display],
    ['its words', 'display', digest(subject.vocabulary)],
    ['what its profile declares', 'declared', digest(subject.declared)],
    ['its capabilities', 'all', subject.capabilities.join(', ') || 'none'],
    ['the kit', 'all', `${kit.version} (${kit.commit})`],
    ['the checklist', 'all', run.checklist.sha256.slice(0, 12)],
    ['the contract', 'all', contractWords(run.contract)],
    ['the upstream', 'all', run.upstream],
    ['the kind of run', 'none', run.kind],
    ['the browser', 'none', ranOn.browser ?? 'none'],
  ];
  const [one, other] = [of(before), of(after)];
  const criteria = [...new Set([...Object.keys(before.run.criteria), ...Object.keys(after.run.criteria)])];
  return [
    ...one.map(([name, decides, value], index) => ({
      name,
      decides,
      before: value,
      after: other[index]![2],
    })),
    ...criteria.map((name) => ({
      name: `the threshold ${name}`,
      decides: 'all' as const,
      before: String(before.run.criteria[name] ?? 'none'),
      after: String(after.run.criteria[name] ?? 'none'),
    })),
  ].filter((condition) => condition.before !== condition.after);
}

/** What changed, in a sentence each. */
export const comparisonLines = ({ rows, conditions, again }: Comparison): string[] => [
  ...conditions.map(({ name, before, after }) => `Changed: ${name}: ${before}, then ${after}.`),
  ...againLines(again),
  ...rows.map(
    ({ row, title, before, after, checks }) =>
      `${row} ${title}: ${before ?? 'not run'}, then ${after ?? 'not run'}${checks.length ? `, in ${checks.map(({ check }) => check.replace(`${row}/`, '')).join(', ')}` : ''}`,
  ),
];

/** What has to run again, and why; a sentence for each reason. */
export const againLines = (again: readonly Again[]): string[] =>
  again.map(({ rows, why }) => `To run again, because ${why}: ${rows.join(', ')}.`);

/** A comparison as text for a terminal or a message. */
export function comparisonText({ rows, same, conditions, again }: Comparison): string {
  const decides = conditions.filter((one) => one.decides !== 'none');
  return [
    ...conditions.map(({ name, before, after }) => `Changed: ${name}: ${before}, then ${after}.`),
    ...(decides.length ? [holdsNoLonger(decides)] : []),
    ...againLines(again),
    ...rows.flatMap(({ row, title, before, after, checks }) => [
      `${row} ${title}: ${before ?? 'not run'}, then ${after ?? 'not run'}`,
      ...checks.flatMap((one) => [
        `  ${one.check}`,
        `    before: ${shown(one.before)}`,
        `    after:  ${shown(one.after)}`,
      ]),
    ]),
    `${counted(same, 'row')} have the same verdict for the same reasons; ${rows.length} changed.`,
  ].join('\n');
}

/** A comparison as cells of a table, the head first: a line for each check that changed, or for a row without one. */
export function comparisonCells({ rows }: Comparison): string[][] {
  const head = [
    'row',
    'title',
    'before',
    'after',
    'check',
    'outcome before',
    'outcome after',
    'observed before',
    'observed after',
  ];
  return [
    head,
    ...rows.flatMap(({ row, title, before, after, checks }) => {
      const start = [row, title, before ?? 'not run', after ?? 'not run'];
      if (!checks.length) return [[...start, '', '', '', '', '']];
      return checks.map((one) => [
        ...start,
        one.check,
        one.before?.outcome ?? '',
        one.after?.outcome ?? '',
        one.before?.observed ?? '',
        one.after?.observed ?? '',
      ]);
    }),
  ];
}

/** Why the earlier result says nothing about the later POS. */
export function holdsNoLonger(conditions: readonly Condition[]): string {
  const names = conditions.filter(({ decides }) => decides !== 'none').map(({ name }) => name);
  const all = conditions.some(({ decides }) => decides === 'all');
  const what = all ? 'the whole checklist' : 'the rows that look at it';
  return `The earlier result no longer holds for ${what}: ${names.join(', ')} changed. Only what the later run judged counts.`;
}

const shown = (one: ChangedCheck['before']): string =>
  one ? `${one.outcome}: ${one.observed}` : 'not applied';
