import type { CertificateRow } from '../../judging/index.ts';
import { counted } from '../../record/counted.ts';
import { cropOf } from '../../record/picture.ts';
import { attemptsOf } from '../../record/stream.ts';
import { visible } from '../../record/visible.ts';
import type { Finding } from '../../record/vocabulary.ts';
import { html, type Markup, printed } from '../../report/index.ts';
import type { Decision, Refusal, SettledRow, Waiver } from '../decisions/decision.ts';
import { requestLine } from '../requests.ts';
import { policyOf, scriptOf } from './local-page.ts';
import { respond } from './respond.ts';
import type { ReviewSession } from './session.ts';
import { style } from './style.ts';

/** What stands at the top: what was verified, in a sentence each. */
export interface Verified {
  readonly facts: readonly string[];
  /** What this machine could not check. */
  readonly doubts: readonly string[];
}

const script = scriptOf(respond);

/** What it shows came from a POS and from the network. */
export const policy = policyOf(style, script);

/** The page on which a reviewer decides: first the rows that need it, with what they rest on beside each. */
export function reviewPage(session: ReviewSession, verified: Verified): string {
  const { certificate } = session.again;
  const settlement = session.settlement;
  const open = certificate.rows.filter(({ verdict }) => verdict === 'review' || verdict === 'failed');
  const rest = certificate.rows.filter((row) => !open.includes(row));
  const settled = (id: string) => settlement.rows.find(({ row }) => row === id)!;
  const page = html`<html lang="en-GB">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>Review of ${certificate.subject.name} ${certificate.subject.version}</title>
      <link rel="icon" href="data:," />
      <style dangerouslySetInnerHTML=${{ __html: style }} />
    </head>
    <body>
      <header>
        <h1>Review of ${certificate.subject.name} ${certificate.subject.version}</h1>
        ${verified.facts.map((fact) => html`<p>${visible(fact)}</p>`)}
        ${verified.doubts.map((doubt) => html`<p class="doubt">${visible(doubt)}</p>`)}
        <p id="standing" role="status">${standing(session)}</p>
        <p><label>Your name <input id="by" autocomplete="name" value=${lastName(settlement.rows)} /></label>
        <button type="button" id="sign">Sign the review</button></p>
        <p><a href="evidence" target="_blank" rel="noopener">The certificate with all evidence</a></p>
        <p class="faint">Keys: <kbd>n</kbd> next row, <kbd>p</kbd> the one before, <kbd>1</kbd> to <kbd>4</kbd> its answers, <kbd>r</kbd> its reason. Each word is saved as you say it.</p>
      </header>
      <main>
        <${Since} session=${session} />
        <h2>${counted(open.length, 'row')} to decide</h2>
        ${open.map((row) => html`<${Row} row=${row} session=${session} settled=${settled(row.id)} alike=${alikeIn(open, row)} />`)}
        ${!open.length && html`<p>No row needs a decision.</p>`}
        <${ContactSheet} rows=${certificate.rows} session=${session} />
        <h2>${counted(rest.length, 'row')} without a decision to take</h2>
        <ul class="rest">${rest.map((row) => html`<${Rest} row=${row} session=${session} />`)}</ul>
      </main>
      <script dangerouslySetInnerHTML=${{ __html: script }} />
    </body>
  </html>`;
  return `<!doctype html>\n${printed(page)}\n`;
}

/** What the review comes to so far, in a sentence. */
export function standing({ settlement, requests }: ReviewSession): string {
  const unanswered = requests.filter(({ answer }) => answer === 'not answered').length;
  const open = settlement.rows.filter(({ verdict }) => verdict === 'review');
  const decided = open.filter(({ settled }) => settled !== 'as judged');
  const waived = settlement.rows.filter(({ settled }) => settled === 'waived').length;
  const taken = settlement.rows.filter(({ decision }) => decision?.from !== undefined).length;
  return [
    `${decided.length} of ${counted(open.length, 'row')} for review decided`,
    ...(waived ? [`${counted(waived, 'failed row')} waived`] : []),
    ...(unanswered ? [`${counted(unanswered, 'request')} of the partner not answered`] : []),
    ...(taken ? [`${taken} taken over from an earlier run`] : []),
    `result: ${settlement.result}`,
  ].join('; ');
}

/** What is otherwise than in an earlier run. */
function Since({ session: { since } }: { session: ReviewSession }): Markup | null {
  if (!since) return null;
  return html`<details open><summary>Since the run ${since.run}: ${since.changes.length ? counted(since.changes.length, 'change') : 'nothing has changed'}</summary>
    <ul>${since.changes.map((one) => html`<li>${visible(one)}</li>`)}</ul></details>`;
}

interface RowProps {
  readonly row: CertificateRow;
  readonly session: ReviewSession;
  readonly settled: SettledRow;
  readonly alike: readonly string[];
}

function Row({ row, session, settled, alike }: RowProps): Markup {
  const { id, verdict } = row;
  const said = settled.decision;
  const requests = session.requests.filter((one) => one.row === id);
  const asked = requests.findLast(({ lastDay }) => lastDay !== undefined);
  const choices = [...(verdict === 'review' ? decisions : [waive, ...(asked ? [refuse] : [])]), comment];
  const chosen = said && wordOf(said);
  return html`<article id=${id} data-row=${id} tabindex="-1" aria-label=${`${id}, ${verdict}`}>
    <h3><a href=${`evidence#${id}`} target="_blank" rel="noopener">${id}</a> ${row.title} <span class=${`badge ${verdict}`}>${verdict}</span></h3>
    ${row.why && html`<p><b>Why:</b> ${visible(row.why)}</p>`}
    ${row.findings.filter(({ outcome }) => outcome === 'review' || outcome === 'failed').map((finding) => html`<${What} finding=${finding} />`)}
    ${requests.map((one) => html`<p class="doubt"><b>The partner:</b> ${visible(requestLine(one))}</p>`)}
    <${Pictures} row=${id} session=${session} />
    <${Remarks} row=${id} session=${session} />
    <form data-rows=${id}>
      <fieldset>
        <legend>Decision on ${id}</legend>
        ${choices.map(([value, words]) => html`<label><input type="radio" name="answer" value=${value} checked=${chosen === value} /> ${words}</label>`)}
        ${verdict === 'failed' && html`<label>last day <input type="date" name="lastDay" value=${lastDayOf(said) || asked?.lastDay} /></label>`}
      </fieldset>
      <label class="wide">Reason <textarea name="reason" rows="2">${said?.reason ?? ''}</textarea></label>
      ${alike.length > 0 && html`<label><input type="checkbox" name="alike" value=${alike.join(' ')} /> The same for ${counted(alike.length, 'more row')} with the same cause: ${alike.join(', ')}</label>`}
      <button type="submit">Save</button>
      <output>${said ? savedWords(said) : ''}</output>
    </form>
  </article>`;
}

const savedWords = ({ by, at, from }: Decision | Waiver | Refusal): string =>
  from === undefined
    ? `Saved: ${by}, ${at.slice(0, 16).replace('T', ' ')} UTC`
    : `Taken over from the run ${from}, as nothing that it rests on has changed: ${by}, ${at.slice(0, 10)}`;

const decisions = [
  ['accept', 'Accept'],
  ['reject', 'Reject'],
  ['ask', 'Ask the partner again'],
] as const;

const waive = ['waive', 'Waive this failing'] as const;

const refuse = ['refuse', 'Refuse the waiver'] as const;

const comment = ['comment', 'Remark only'] as const;

const lastDayOf = (said: Decision | Waiver | Refusal | null): string =>
  said && 'lastDay' in said ? said.lastDay : '';

const wordOf = (said: Decision | Waiver | Refusal): string =>
  'answer' in said ? said.answer : 'lastDay' in said ? 'waive' : 'refuse';

/** A row that asks for no decision: it can be remarked on. */
function Rest({
  row: { id, title, verdict },
  session,
}: {
  row: CertificateRow;
  session: ReviewSession;
}): Markup {
  return html`<li><a href=${`evidence#${id}`} target="_blank" rel="noopener">${id}</a> ${title}: <b>${verdict}</b>
    ${session.requests.filter((one) => one.row === id).map((one) => html`<p class="doubt"><b>The partner:</b> ${visible(requestLine(one))}</p>`)}
    <${Remarks} row=${id} session=${session} />
    <details><summary aria-label=${`Remark on ${id}`}>Remark</summary><form data-rows=${id}>
      <input type="hidden" name="answer" value="comment" />
      <label class="wide">Remark on ${id} <textarea name="reason" rows="2"></textarea></label>
      <button type="submit">Save</button> <output></output>
    </form></details></li>`;
}

function Remarks({ row, session }: { row: string; session: ReviewSession }): Markup[] {
  const all = session.review.comments ?? [];
  return all
    .filter((one) => one.row === row)
    .map(({ by, text }) => html`<p><b>Remark</b> by ${visible(by)}: ${visible(text)}</p>`);
}

function What({ finding }: { finding: Finding }): Markup {
  return html`<dl>
    <dt>${finding.check}</dt>
    <dd>Expected: ${visible(finding.expected)}</dd>
    <dd>Observed: ${visible(finding.observed)}</dd>
    ${finding.advice && html`<dd class="faint">${visible(finding.advice)}</dd>`}
  </dl>`;
}

const shotsOf = (row: string, session: ReviewSession) =>
  attemptsOf(session.again.recording.rows.get(row)).flatMap(({ screenshots }) => screenshots);

const addressOf = (row: string, name: string): string =>
  `picture/${encodeURIComponent(row)}/${encodeURIComponent(name)}`;

/** All pictures of a row, small: a click shows one large. */
function Pictures({ row, session }: { row: string; session: ReviewSession }): Markup | null {
  const pictures = shotsOf(row, session);
  if (!pictures.length) return null;
  return html`<div class="sheet">${pictures.map(
    ({ name }) =>
      html`<details><summary aria-label=${`Picture ${name}, larger`}><img loading="lazy" alt=${`What the POS showed: ${name}`} src=${addressOf(row, name)} /></summary></details>`,
  )}</div>`;
}

/** A picture of each row, or the part of it that says what it says: what a run looked like at a glance. */
function ContactSheet({
  rows,
  session,
}: {
  rows: readonly CertificateRow[];
  session: ReviewSession;
}): Markup | null {
  const shown = rows.flatMap(({ id, verdict }) => {
    const last = shotsOf(id, session).at(-1);
    return last ? [{ id, verdict, name: last.crop === undefined ? last.name : cropOf(last.name) }] : [];
  });
  if (!shown.length) return null;
  return html`<details><summary>Contact sheet: the last picture of ${counted(shown.length, 'row')}</summary>
    <ul class="contact">${shown.map(
      ({ id, verdict, name }) =>
        html`<li><a href=${`evidence#${id}`} target="_blank" rel="noopener"><img loading="lazy" alt=${`What the POS showed last in ${id}`} src=${addressOf(id, name)} /><span>${id}: ${verdict}</span></a></li>`,
    )}</ul></details>`;
}

/** Other rows that need the same decision for the same cause: the same reason, or the same checks with the same observed. */
function alikeIn(rows: readonly CertificateRow[], row: CertificateRow): string[] {
  const cause = causeOf(row);
  return rows.filter((one) => one !== row && causeOf(one) === cause).map(({ id }) => id);
}

const causeOf = ({ id, verdict, why, findings }: CertificateRow): string =>
  JSON.stringify([
    verdict,
    why,
    findings
      .filter(({ outcome }) => outcome === 'review' || outcome === 'failed')
      .map(({ check, observed }) => [check.replace(`${id}/`, ''), observed]),
  ]);

const lastName = (rows: readonly SettledRow[]): string =>
  rows.findLast(({ decision }) => decision !== null)?.decision?.by ?? '';
