import { coursesOf } from '../../checklist/index.ts';
import type { Attempt, CertificateRow } from '../../judging/index.ts';
import { counted } from '../../record/counted.ts';
import { coded } from '../../record/error-codes.ts';
import { againWords, attemptsOf, type RowRecord } from '../../record/stream.ts';
import { visible } from '../../record/visible.ts';
import { html, type Markup } from '../markup.ts';
import { nextStep } from '../next-step.ts';
import { lasting, moment, utc } from '../time.ts';
import { Picture } from '../timeline/index.ts';
import { levelWords, settled } from '../words.ts';
import { anchors } from './anchors.ts';
import { Badge } from './badge.ts';
import { Checks } from './checks.ts';
import { Exchanges } from './exchanges.ts';
import { Proceedings } from './proceedings.ts';
import { Prose } from './prose.ts';
import type { View } from './view.ts';

interface Props {
  readonly row: CertificateRow;
  readonly record: RowRecord | undefined;
  readonly view: View;
}

/** One row of the checklist: its verdict, what it rests on, and all the evidence. */
export function Row({ row, record, view }: Props): Markup {
  const next = nextStep(row);
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
    <${Decision} row=${row} view=${view} />
    ${(row.why || next) && html`<div class="callout">${row.why && html`<p><b>Why:</b> ${visible(row.why)}</p>`}${next && html`<p><b>What to do next:</b> <${Prose} text=${next} /></p>`}</div>`}
    ${row.trouble.map(
      ({ message, advice, code }) =>
        html`<div class="callout"><p><b>Trouble:</b> ${visible(coded(code, message))}</p>${advice && html`<p><b>What to do:</b> ${visible(advice)}</p>`}</div>`,
    )}
    ${row.notes && html`<p class="faint"><b>How the kit reads this row:</b> <${Prose} text=${row.notes} /></p>`}
    <${Checks} row=${row} places=${view.places} />
    ${row.attempts && html`<${Attempts} attempts=${row.attempts} />`}
    ${attemptsOf(record).map((one, index) => html`<${Attempted} record=${one} attempt=${row.attempts?.[index]} which=${index} row=${row} view=${view} />`)}
  </article>`;
}

/** What a reviewer has said of the row, and what anybody has remarked. */
function Decision({ row: { id }, view: { decided } }: Pick<Props, 'row' | 'view'>): Markup | null {
  const said = decided?.rows.get(id);
  const comments = decided?.comments.get(id) ?? [];
  const requests = decided?.requests.filter(({ row }) => row === id) ?? [];
  if (!said && !comments.length && !requests.length) return null;
  return html`<div class="callout decision">
    ${said && html`<p><b>Decision: ${said.word}</b> by ${visible(said.by)}, ${utc(said.at)}: ${visible(said.reason)}${said.from && html` <span class="faint">(taken over from the run ${said.from})</span>`}</p>`}
    ${requests.map(({ by, text, lastDay, answer }) =>
      lastDay === undefined
        ? html`<p><b>Comment of the partner</b>, ${visible(by)}: ${visible(text)}</p>`
        : html`<p><b>The partner asked for a waiver</b>, last day ${lastDay}, ${visible(by)}: ${visible(text)} (${answer})</p>`,
    )}
    ${comments.map(({ by, text }) => html`<p><b>Comment</b> by ${visible(by)}: ${visible(text)}</p>`)}
  </div>`;
}

/** What the search of the page looks through. */
export const searchText = ({ id, title, verdict, section }: CertificateRow): string =>
  `${id} ${title} ${verdict} ${section}`.toLowerCase();

/** What each of several attempts at a row came to. */
function Attempts({ attempts }: { attempts: NonNullable<CertificateRow['attempts']> }): Markup {
  return html`<div class="callout"><p><b>Attempts:</b></p>
    <ol>${attempts.map(
      ({ verdict, why, durationMs, counts, again }) =>
        html`<li>${verdict}, ${lasting(durationMs)}${counts && html`, <b>by which the row is judged</b>`}${why && html`: ${visible(why)}`}${again && html` <span class="faint">(run because ${againWords[again]})</span>`}</li>`,
    )}</ol></div>`;
}

/** The evidence of one attempt: in sight where the row is judged by it, else to unfold. */
function Attempted({
  record,
  attempt,
  which,
  row,
  view,
}: {
  record: RowRecord;
  attempt: Attempt | undefined;
  which: number;
  row: CertificateRow;
  view: View;
}): Markup {
  if (attempt?.counts !== false) return html`<${RowEvidence} record=${record} row=${row} view=${view} />`;
  // Its places in the page are not those of the attempt that counts.
  const apart = { ...record, id: anchors.attempt(record.id, which) };
  return html`<details class="block"><summary>Attempt ${which + 1}, by which the row is not judged</summary>
    <${RowEvidence} record=${apart} row=${row} view=${view} /></details>`;
}

interface EvidenceProps {
  readonly record: RowRecord;
  readonly row: CertificateRow;
  readonly view: View;
}

function RowEvidence({ record, row, view }: EvidenceProps): Markup[] {
  const { run } = view;
  const since = startOf(record);
  const sessions = coursesOf(run.checklist.name, record.observations, run);
  return [
    html`${sessions[0] && html`<h4>${counted(sessions.length, sessions[0].names.kind)}</h4>`}`,
    ...sessions.map((course) => {
      const id = anchors.timeline(record.id, course.session);
      return html`<figure class="timeline"><${Picture} course=${course} id=${id} />
        <figcaption>${course.type} ${course.names.one} <code>${course.session}</code>, seconds since its creation${run.pos.clock === 'account' ? ', in its account’s own time' : ''}</figcaption></figure>`;
    }),
    html`<${Screenshots} record=${record} since=${since} row=${row} view=${view} />`,
    html`<${Proceedings} record=${record} since=${since} />`,
    html`<${Exchanges} record=${record} since=${since} />`,
  ];
}

/** The kit's monotonic time at the first thing observed in a row. */
function startOf({ observations }: RowRecord): number {
  const times = observations.map((one) => (one.kind === 'exchange' ? one.exchange.at : one.at));
  return times.length ? times.reduce((least, time) => Math.min(least, time)) : 0;
}

/** Of a row that passed, the pictures that a check rests on; of others all of them. */
function Screenshots({ record, since, row, view }: EvidenceProps & { since: number }): Markup | null {
  const all = record.screenshots;
  const whole = view.pictures.roomy || row.verdict !== 'passed';
  const shots = whole ? all : all.filter(({ name }) => view.places(row.id, name) !== null);
  if (!shots.length) return null;
  const left = all.length - shots.length;
  const displays = record.observations.filter((one) => one.kind === 'display');
  const early = record.observations.filter((one) => one.kind === 'picture');
  return html`<h4>${counted(shots.length, 'screenshot')}</h4>${left > 0 && html`<p class="faint small">The record holds ${left} more, on which no check rests.</p>`}<div class="shots">${shots.map(
    (screenshot) => {
      const { name } = screenshot;
      const shown = displays.find(({ screenshot }) => screenshot === name);
      const kept = early.find(({ screenshot }) => screenshot === name);
      const words = [
        name,
        ...(kept ? ['taken when it was first seen'] : []),
        ...(shown ? [`at ${moment(shown.at - since)}`] : []),
        ...(shown?.attested
          ? [`attested by ${visible(shown.attested.by)}, ${utc(shown.attested.at)}`]
          : shown?.reported
            ? ['reported by the POS']
            : []),
      ];
      const text = shown ? (shown.display.outcome ?? shown.display.text) : (kept?.shows ?? '');
      const alt = `What the POS showed: ${text.replace(/\s+/g, ' ').slice(0, 120)}`;
      const id = anchors.screenshot(record.id, name);
      const picture = view.pictures.show(screenshot, { id, whole });
      if ('same' in picture)
        return html`<figure id=${id}><a href="#${picture.same}">The same picture as before</a><figcaption>${words.join(', ')}</figcaption></figure>`;
      if (picture.part) words.push('a part; the record holds the whole');
      return html`<figure id=${id}><a href="#${id}" title="Show it larger"><img alt=${alt} src=${picture.src} /></a><figcaption>${words.join(', ')}</figcaption></figure>`;
    },
  )}</div>`;
}
