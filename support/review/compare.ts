import type { Certificate, CertificateRow } from '../judging/index.ts';
import { type Amounts, inLetters } from '../record/amounts.ts';
import { counted } from '../record/counted.ts';
import type { Outcome, Verdict } from '../record/vocabulary.ts';
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
}

/** Something about a run that any row may depend on. */
export interface Condition {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** Whether it changes what is certified, or what it is judged by: then the earlier result holds no longer. */
  readonly decides: boolean;
}

/** A row, and the amounts that it drew. */
type DrawnRow = CertificateRow & { readonly drawn: Amounts };

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
  return { rows, same: ids.length - rows.length, conditions: conditionsOf(before, after) };
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
  type Told = readonly [name: string, decides: boolean, value: string];
  const of = ({ subject, run, kit, ranOn }: Certificate): Told[] => [
    ['the POS', true, `${subject.name} ${subject.version}`],
    ['its driver', true, `${subject.driver}, display ${subject.display}`],
    ['its capabilities', true, subject.capabilities.join(', ') || 'none'],
    ['the kit', true, `${kit.version} (${kit.commit})`],
    ['the checklist', true, run.checklist.sha256.slice(0, 12)],
    ['the contract', true, `${run.contract.version} (${run.contract.sha256.slice(0, 12)})`],
    ['the upstream', false, run.upstream],
    ['the kind of run', false, run.kind],
    ['the browser', false, ranOn.browser ?? 'none'],
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
      decides: true,
      before: String(before.run.criteria[name] ?? 'none'),
      after: String(after.run.criteria[name] ?? 'none'),
    })),
  ].filter((condition) => condition.before !== condition.after);
}

/** A comparison as text for a terminal or a message. */
export function comparisonText({ rows, same, conditions }: Comparison): string {
  const decides = conditions.filter((one) => one.decides);
  return [
    ...conditions.map(({ name, before, after }) => `Changed: ${name}: ${before}, then ${after}.`),
    ...(decides.length
      ? [
          'The earlier result says nothing of the later POS: what is certified, or what it is judged by, has changed. Run the whole checklist again.',
        ]
      : []),
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

const shown = (one: ChangedCheck['before']): string =>
  one ? `${one.outcome}: ${one.observed}` : 'not applied';
