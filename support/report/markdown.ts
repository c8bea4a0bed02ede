import type { Certificate, CertificateRow } from '../judging/index.ts';
import { coded } from '../record/error-codes.ts';
import { checkIn } from '../record/row-id.ts';
import { visible } from '../record/visible.ts';
import type { Verdict } from '../record/vocabulary.ts';
import { headline, obstacles, tally } from './standing.ts';
import { utc } from './time.ts';
import { settled, subjectWords, verdictWords } from './words.ts';

/** A cell is short: the certificate has it all. */
const longest = 160;

/**
 * Text from anywhere as Markdown (GitHub's) that shows it as it is, on one line: no mark-up, no HTML, no link, no
 * mention. A comment parts what would be linked or mentioned even where it is escaped.
 */
export const plain = (text: string): string =>
  visible(text.trim())
    .replace(/ +/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]|~!]/g, '\\$&')
    .replace(/^([-+]|\d+(?=[.)]))|^#/, (first) => (/^\d/.test(first) ? `${first}\\` : `\\${first}`))
    .replace(/[@#](?=\w)|:(?=\/\/)|www(?=\.)/gi, '$&<!-- -->');

export const short = (text: string): string =>
  plain(text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

/** How a table names a row; a page that has somewhere to go links it. */
export type Cite = (row: Pick<CertificateRow, 'id' | 'title'>) => string;

/** What there is to say first about a row that isn't settled. */
export function gist(row: CertificateRow): string {
  const finding = ['failed', 'review', 'warning'].flatMap((outcome) =>
    row.findings.filter((one) => one.outcome === outcome),
  )[0];
  if (row.verdict === 'blocked' && row.trouble[0]) return coded(row.trouble[0].code, row.trouble[0].message);
  if (row.verdict === 'incomplete' && row.why) return row.why;
  if (finding) return `${checkIn(finding.check)}: ${finding.observed}`;
  return row.why || (row.trouble[0] ? coded(row.trouble[0].code, row.trouble[0].message) : '');
}

/** A table of rows (GitHub-flavoured Markdown), a line each, with what there is to say first about it. */
export const rowsTable = (rows: readonly CertificateRow[], cite: Cite): string[] => [
  '| Row | Verdict | Title | First thing to look at |',
  '|---|---|---|---|',
  ...rows.map(
    (row) => `| ${cite(row)} | ${marked(row.verdict)} | ${short(row.title)} | ${short(gist(row))} |`,
  ),
];

/** A verdict as it can be known at a glance: `✅ Passed`. */
export const marked = (verdict: Verdict): string => {
  const { mark, label } = verdictWords[verdict];
  return `${mark} ${label}`;
};

/**
 * A short summary of a run for the page of a CI job (GitHub-flavoured Markdown): the result, what stands in
 * its way, and each row that somebody has to look at.
 */
export function renderMarkdownSummary(certificate: Certificate, cite: Cite = ({ id }) => id): string {
  const { run, subject, rows } = certificate;
  const open = rows.filter(({ verdict }) => !settled(verdict));
  const lines = [
    `## ${headline(certificate)}: ${plain(subjectWords(subject))}`,
    '',
    `${run.kind === 'practice' ? '**Practice run**' : 'Qualifying run'} ${plain(run.id)}, ${utc(run.startedAt)}, against ${plain(run.upstream)}: ${tally(certificate)}.`,
    '',
    ...obstacles(certificate).map(({ text }) => `- ${plain(text)}`),
    ...(subject.settled ?? []).map((one) => `- To be decided: ${plain(one)}`),
    '',
    ...(open.length ? [...rowsTable(open, cite), ''] : []),
  ];
  return lines.join('\n').replace(/\n{3,}/g, '\n\n');
}
