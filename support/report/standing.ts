import type { Certificate } from '../judging/index.ts';
import { counted } from '../record/counted.ts';
import type { Verdict } from '../record/vocabulary.ts';
import type { Decided } from './decided.ts';
import { verdictWords } from './words.ts';

/** Something that stands between a run and its certification. */
export interface Obstacle {
  readonly text: string;
  /** Ids of the rows concerned. */
  readonly rows: readonly string[];
}

const inTheWay = {
  failed: 'failed',
  blocked: 'blocked: not the subject’s doing, and not judged',
  incomplete: 'incomplete: not every check was executed',
  review: 'waiting for a reviewer’s decision',
} as const satisfies Partial<Record<Verdict, string>>;

/**
 * The result of a run in one line, with what a reviewer has said where that is given. A practice run says so beside it,
 * whatever it came to.
 */
export function headline({ run, summary }: Certificate, decided?: Decided): string {
  if (decided?.result === 'certified by decision')
    return run.kind === 'practice'
      ? 'All rows conform by decision, in a practice run'
      : 'Certified by decision';
  if (!summary.certified) return 'Not certified';
  return run.kind === 'practice' ? 'All rows conform, in a practice run' : 'Certified';
}

/** What stands in the way of certification, in words; empty exactly where the run is certified. */
export function obstacles(certificate: Certificate): Obstacle[] {
  const { run, rows, rules, summary } = certificate;
  if (summary.certified) return [];
  const found: Obstacle[] = [];
  if (run.finishedAt === null) found.push({ text: 'The run was broken off before its end', rows: [] });
  for (const [verdict, words] of Object.entries(inTheWay)) {
    const ids = rows.filter((row) => row.verdict === verdict).map(({ id }) => id);
    if (ids.length) found.push({ text: `${counted(ids.length, 'row')} ${words}`, rows: ids });
  }
  for (const { id, rule, verdict, by } of rules) {
    if (verdict === 'passed') continue;
    const standing = verdict === 'failed' ? 'does not hold' : 'was not shown to hold';
    found.push({ text: `Rule ${id} ${standing}: ${rule}`, rows: by });
  }
  if (run.notSelected.length) {
    const text = `${counted(run.notSelected.length, 'row')} of the checklist not selected: the run is partial`;
    found.push({ text, rows: run.notSelected });
  }
  if (!rows.some(({ level, verdict }) => level === 'mandatory' && verdict !== 'not-applicable')) {
    found.push({ text: 'No mandatory row applied', rows: [] });
  }
  return found;
}

/** The counts of a run, worst first, without the verdicts that did not occur: `2 failed, 10 passed`. */
export function tally({ rows }: Certificate): string {
  const counts = (Object.keys(verdictWords) as Verdict[]).map((verdict) => ({
    verdict,
    count: rows.filter((row) => row.verdict === verdict).length,
  }));
  const answered = counts.filter(({ count }) => count > 0);
  if (!answered.length) return 'no rows';
  return answered
    .map(({ verdict, count }) => `${count} ${verdictWords[verdict].label.toLowerCase()}`)
    .join(', ');
}
