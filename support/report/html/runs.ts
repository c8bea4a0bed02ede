import type { Certificate } from '../../judging/index.ts';
import type { ReportFile } from '../file.ts';
import { html, type Markup, printed } from '../markup.ts';
import { headline } from '../standing.ts';
import { utc } from '../time.ts';
import { subjectWords, verdicts } from '../words.ts';
import { Badge } from './badge.ts';
import { page } from './document.ts';

/** A run as the list of runs shows it. */
export interface ListedRun {
  /** The run's folder, relative to the list. */
  readonly folder: string;
  readonly certificate: Certificate;
}

/** `reports/index.html`: all runs, newest first, with links to their certificates. */
export function renderIndex(runs: readonly ListedRun[]): ReportFile {
  const newestFirst = [...runs].sort(
    (one, other) => Date.parse(other.certificate.run.startedAt) - Date.parse(one.certificate.run.startedAt),
  );
  const banner = html`<header class="banner"><div class="line"><b>Dojo conformance kit</b></div></header>`;
  const main = html`<div><h1>Runs</h1>
    <p class="faint">Newest first. A practice run does not qualify for certification, whatever its result.</p>
    ${newestFirst.length ? html`<${RunTable} runs=${newestFirst} />` : html`<p>There are no runs yet.</p>`}</div>`;
  const title = 'Runs of the Dojo conformance kit';
  return { name: 'index.html', content: [...page({ title, banner, main: [printed(main)] })].join('') };
}

const RunTable = ({ runs }: { runs: readonly ListedRun[] }): Markup => html`<div class="scroll"><table>
  <thead><tr><th scope="col">Started</th><th scope="col">Run</th><th scope="col">Subject</th><th scope="col">Upstream</th><th scope="col">Rows</th><th scope="col">Result</th></tr></thead>
  <tbody>${runs.map((run) => html`<${RunLine} run=${run} />`)}</tbody>
</table></div>`;

function RunLine({ run: { folder, certificate } }: { run: ListedRun }): Markup {
  const { run, subject, rows } = certificate;
  const counts = verdicts
    .map((verdict) => ({ verdict, count: rows.filter((row) => row.verdict === verdict).length }))
    .filter(({ count }) => count > 0);
  return html`<tr>
    <td class="number">${utc(run.startedAt)}</td>
    <td><a class="nowrap" href=${link(folder)}>${run.id}</a><br /><span class="faint small">${run.kind} run${run.partial && ', partial'}</span></td>
    <td>${subjectWords(subject)}</td>
    <td>${run.upstream}</td>
    <td>${counts.map(({ verdict, count }) => html`<span class="nowrap">${count} <${Badge} verdict=${verdict} /></span> `)}</td>
    <td><b>${headline(certificate)}</b></td>
  </tr>`;
}

const link = (folder: string): string =>
  `./${[...folder.split('/'), 'certification.html'].map(encodeURIComponent).join('/')}`;
