import { styleText } from 'node:util';
import type { Certificate, CertificateRow, Judgement } from '../judging/index.ts';
import { troubleText } from '../record/blocked.ts';
import { counted } from '../record/counted.ts';
import { checkIn } from '../record/row-id.ts';
import { attemptsOf, type Recording } from '../record/stream.ts';
import { visible } from '../record/visible.ts';
import type { Verdict } from '../record/vocabulary.ts';
import { headline } from '../report/index.ts';

const marks: Record<Verdict, { mark: string; style: Parameters<typeof styleText>[0] }> = {
  passed: { mark: '✔', style: 'green' },
  warning: { mark: '!', style: 'yellow' },
  failed: { mark: '✘', style: 'red' },
  review: { mark: '?', style: 'cyan' },
  blocked: { mark: '■', style: 'magenta' },
  incomplete: { mark: '…', style: 'magenta' },
  'not-applicable': { mark: '-', style: 'gray' },
};

/** A row that is judged from the whole run says nothing yet. */
const later = { mark: '…', style: 'gray' } as const;

/** One line as a row comes to its end: `✔  3/21 PAC-SALE-01 passed  6.2 s  Create terminal session - …`. */
export function rowLine(judgement: Judgement, done: number, of: number): string {
  const { row, verdict, durationMs } = judgement;
  const yet = row.wholeRun && (verdict === 'passed' || verdict === 'warning');
  const { mark, style } = yet ? later : marks[verdict];
  const count = `${String(done).padStart(String(of).length)}/${of}`;
  const second = judgement.attempts ? ' — in its second attempt' : '';
  const said = yet ? ' — judged at the end' : verdict === 'passed' ? '' : ` — ${visible(why(judgement))}`;
  return `${styleText(style, mark)} ${count} ${row.id.padEnd(11)} ${styleText(style, (yet ? 'open' : verdict).padEnd(14))} ${(durationMs / 1000).toFixed(1).padStart(6)} s  ${row.title}${second}${said}`;
}

/** Says that these rows are run once more. */
export const againLine = (rows: readonly string[]): string =>
  `The machine was too slow to judge ${rows.length === 1 ? 'a row, which is' : `${counted(rows.length, 'row')}, which are`} run once more, alone: ${rows.join(', ')}`;

/** How often a POS that keeps its settings was set up, which may be a person's work. */
export function settingsLine({ rows }: Recording): string {
  const entered = [...rows].flatMap(([row, record]) =>
    attemptsOf(record)
      .flatMap(({ observations }) => observations)
      .flatMap((one) => (one.kind === 'fact' && one.name === 'settings-entered' ? [row] : [])),
  );
  const [, ...anew] = entered;
  return `The POS was set up ${counted(entered.length, 'time')}${anew.length ? `, ${anew.length} of them anew, for ${[...new Set(anew)].join(', ')}` : ''}.`;
}

/** Where else the POS wanted to go by the kit's proxy, and what became of it; `null` where it wanted nowhere else. */
export function elsewhereLine({ rows }: Recording): string | null {
  const hosts = new Map<string, number>();
  for (const [, record] of rows)
    for (const { observations } of attemptsOf(record))
      for (const one of observations)
        if (one.kind === 'fact' && (one.name === 'host-refused' || one.name === 'host-tunnelled')) {
          const what = `${one.name === 'host-refused' ? 'refused' : 'tunnelled'} ${one.detail.host}`;
          hosts.set(what, (hosts.get(what) ?? 0) + 1);
        }
  if (!hosts.size) return null;
  const each = [...hosts].map(([what, times]) => `${what} (${counted(times, 'time')})`);
  return `The POS wanted to other hosts than the API; the kit's proxy ${each.join(', ')}.`;
}

/** The first thing to know about a row that is not passed. */
function why({
  verdict,
  why: reason,
  findings,
  trouble,
}: Pick<CertificateRow, 'verdict' | 'why' | 'findings' | 'trouble'>): string {
  if (verdict === 'incomplete' && reason) return reason;
  const first =
    findings.find(({ outcome }) => outcome === 'failed') ??
    findings.find(({ outcome }) => outcome !== 'passed');
  if (trouble[0] && first?.outcome !== 'failed') return troubleText(trouble[0]);
  if (first) return `${first.check}: expected ${first.expected}; observed: ${first.observed}`;
  return reason;
}

/** One row with all of its findings, those that passed in a line each. */
export function findingsOf(row: CertificateRow): string {
  const { mark, style } = marks[row.verdict];
  const lines = [
    `${styleText(style, `${mark} ${row.id} ${row.verdict}`)}  ${row.title} (${(row.durationMs / 1000).toFixed(1)} s)${row.why ? `: ${visible(row.why)}` : ''}`,
  ];
  for (const { outcome, check, plane, expected, observed, advice } of row.findings) {
    const { mark, style } = marks[outcome];
    lines.push(`  ${styleText(style, `${mark} ${checkIn(check)}`)} (${plane}): ${visible(observed)}`);
    if (outcome !== 'passed')
      lines.push(`      expected: ${visible(expected)}`, `      advice: ${visible(advice)}`);
  }
  for (const one of row.trouble) lines.push(`  ${marks.blocked.mark} ${visible(troubleText(one))}`);
  return lines.join('\n');
}

/** The closing summary: counts, and every row that is not passed by name. */
export function summary(certificate: Certificate): string {
  const { summary: counts, rows, run } = certificate;
  const lines = [
    '',
    `${counted(counts.rows, 'row')}: ${Object.entries({
      passed: counts.passed,
      warning: counts.warning,
      failed: counts.failed,
      review: counts.review,
      blocked: counts.blocked,
      incomplete: counts.incomplete,
      'not applicable': counts.notApplicable,
    })
      .filter(([, count]) => count > 0)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ')}`,
  ];
  for (const row of rows.filter(({ verdict }) => verdict !== 'passed')) {
    const { mark, style } = marks[row.verdict];
    lines.push(`  ${styleText(style, `${mark} ${row.id} ${row.verdict}`)}: ${visible(why(row))}`);
    for (const finding of row.findings
      .filter(({ outcome }) => outcome === 'failed' || outcome === 'review')
      .slice(1)) {
      lines.push(`      ${finding.check}: ${visible(finding.observed)}`);
    }
  }
  lines.push(
    '',
    styleText(counts.certified ? 'green' : 'yellow', headline(certificate)),
    ...(run.partial ? [`${counted(run.notSelected.length, 'row was', 'rows were')} not selected.`] : []),
    ...(run.kind === 'practice' ? [`A practice run: ${run.why.join('; ')}.`] : []),
  );
  return lines.join('\n');
}

/**
 * The exit code that a certificate asks for: 0 when every selected row is acceptable, 1 when one failed or
 * waits for review, 3 when only blocked or incomplete rows stand in the way; also when no row could be driven, for
 * then it is by the profile alone that others wait for review.
 */
export function exitCodeOf(certificate: Certificate): 0 | 1 | 3 {
  const verdicts = new Set(certificate.rows.map(({ verdict }) => verdict));
  if (verdicts.has('blocked') && certificate.rows.every(({ checks }) => checks.executed === 0)) return 3;
  if (verdicts.has('failed') || verdicts.has('review')) return 1;
  if (
    verdicts.has('blocked') ||
    verdicts.has('incomplete') ||
    verdicts.size === 0 ||
    (verdicts.size === 1 && verdicts.has('not-applicable')) ||
    !certificate.run.finishedAt
  )
    return 3;
  return 0;
}
