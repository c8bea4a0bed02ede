import { coursesOf } from '../../checklist/index.ts';
import type { Attempt, CertificateRow } from '../../judging/index.ts';
import { counted } from '../../record/counted.ts';
import { attemptsOf, type RowRecord } from '../../record/stream.ts';
import { visible } from '../../record/visible.ts';
import type { Run } from '../../record/vocabulary.ts';
import { html, type Markup } from '../markup.ts';
import { lasting, moment } from '../time.ts';
import { Picture } from '../timeline/index.ts';
import { levelWords, settled } from '../words.ts';
import { anchors } from './anchors.ts';
import { Badge } from './badge.ts';
import { Checks } from './checks.ts';
import { Exchanges } from './exchanges.ts';
import type { Places } from './places.ts';
import { Proceedings } from './proceedings.ts';
import { Prose } from './prose.ts';

interface Props {
  readonly row: CertificateRow;
  readonly record: RowRecord | undefined;
  readonly run: Run;
  readonly places: Places;
}

/** One row of the checklist: its verdict, what it rests on, and all the evidence. */
export function Row({ row, record, run, places }: Props): Markup {
  return html`<article id=${anchors.row(row.id)} class=${row.verdict} tabindex="-1" data-verdict=${row.verdict}
      data-text=${searchText(row)} data-open=${settled(row.verdict) ? undefined : ''}>
    <header>
      <h3><span class="id">${row.id}</span>${row.title}</h3>
      <${Badge} verdict=${row.verdict} />
      <div class="meta">
        <span>${levelWords[row.level]}</span>
        <span>${row.checks.executed} of ${counted(row.checks.expected, 'check')} executed</span>
        ${row.durationMs > 0 && html`<span>${lasting(row.durationMs)}</span>`}
      </div>
    </header>
    ${row.why && html`<div class="callout"><p><b>Why:</b> ${visible(row.why)}</p></div>`}
    ${row.trouble.map(
      ({ message, advice }) =>
        html`<div class="callout"><p><b>Trouble:</b> ${visible(message)}</p>${advice && html`<p><b>What to do:</b> ${visible(advice)}</p>`}</div>`,
    )}
    ${row.notes && html`<p class="faint"><b>How the kit reads this row:</b> <${Prose} text=${row.notes} /></p>`}
    <${Checks} row=${row} places=${places} />
    ${row.attempts && html`<${Attempts} attempts=${row.attempts} />`}
    ${attemptsOf(record).map((one, index) => html`<${Attempted} record=${one} attempt=${row.attempts?.[index]} which=${index} run=${run} />`)}
  </article>`;
}

/** What the search of the page looks through. */
export const searchText = ({ id, title, verdict, section }: CertificateRow): string =>
  `${id} ${title} ${verdict} ${section}`.toLowerCase();

/** What each of several attempts at a row came to. */
function Attempts({ attempts }: { attempts: NonNullable<CertificateRow['attempts']> }): Markup {
  return html`<div class="callout"><p><b>Attempts:</b> the machine was too slow to judge the first, so the row was run once more, alone.</p>
    <ol>${attempts.map(
      ({ verdict, why, durationMs, counts }) =>
        html`<li>${verdict}, ${lasting(durationMs)}${counts && html`, <b>by which the row is judged</b>`}${why && html`: ${visible(why)}`}</li>`,
    )}</ol></div>`;
}

/** The evidence of one attempt: in sight where the row is judged by it, else to unfold. */
function Attempted({
  record,
  attempt,
  which,
  run,
}: {
  record: RowRecord;
  attempt: Attempt | undefined;
  which: number;
  run: Run;
}): Markup {
  if (attempt?.counts !== false) return html`<${RowEvidence} record=${record} run=${run} />`;
  // Its places in the page are not those of the attempt that counts.
  const apart = { ...record, id: anchors.attempt(record.id, which) };
  return html`<details class="block"><summary>The ${which === 0 ? 'first' : 'second'} attempt, by which the row is not judged</summary>
    <${RowEvidence} record=${apart} run=${run} /></details>`;
}

function RowEvidence({ record, run }: { record: RowRecord; run: Run }): Markup[] {
  const since = startOf(record);
  const sessions = coursesOf(run.checklist.name, record.observations, run);
  return [
    html`${sessions.length > 0 && html`<h4>${counted(sessions.length, 'terminal session')}</h4>`}`,
    ...sessions.map((course) => {
      const id = anchors.timeline(record.id, course.session);
      return html`<figure class="timeline"><${Picture} course=${course} id=${id} />
        <figcaption>${course.type} session <code>${course.session}</code>, seconds since its creation${run.pos.clock === 'account' ? ', in its account’s own time' : ''}</figcaption></figure>`;
    }),
    html`<${Screenshots} record=${record} since=${since} />`,
    html`<${Proceedings} record=${record} since=${since} />`,
    html`<${Exchanges} record=${record} since=${since} />`,
  ];
}

/** The kit's monotonic time at the first thing observed in a row. */
function startOf({ observations }: RowRecord): number {
  const times = observations.map((one) => (one.kind === 'exchange' ? one.exchange.at : one.at));
  return times.length ? times.reduce((least, time) => Math.min(least, time)) : 0;
}

function Screenshots({ record, since }: { record: RowRecord; since: number }): Markup | null {
  if (!record.screenshots.length) return null;
  const displays = record.observations.filter((one) => one.kind === 'display');
  const early = record.observations.filter((one) => one.kind === 'picture');
  return html`<h4>${counted(record.screenshots.length, 'screenshot')}</h4><div class="shots">${record.screenshots.map(
    ({ name, png }) => {
      const shown = displays.find(({ screenshot }) => screenshot === name);
      const kept = early.find(({ screenshot }) => screenshot === name);
      const words = [
        name,
        ...(kept ? ['taken when it was first seen'] : []),
        ...(shown ? [`at ${moment(shown.at - since)}`] : []),
        ...(shown?.told ? ['reported by the POS'] : []),
      ];
      const text = shown ? (shown.display.outcome ?? shown.display.text).slice(0, 200) : (kept?.shows ?? '');
      const id = anchors.screenshot(record.id, name);
      return html`<figure id=${id}><a href="#${id}" title="Show it larger"><img alt="What the till showed: ${text}" src="data:image/png;base64,${png}" /></a><figcaption>${words.join(', ')}</figcaption></figure>`;
    },
  )}</div>`;
}
