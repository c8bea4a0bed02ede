import type { Row } from '../../checklist/index.ts';
import type { Choice } from '../../drivers/attended/answers.ts';
import type { Open } from '../../drivers/attended/desk.ts';
import { counted } from '../../record/counted.ts';
import { monotonic } from '../../record/monotonic.ts';
import { visible } from '../../record/visible.ts';
import { html, type Markup, printed } from '../../report/index.ts';
import { policyOf, scriptOf } from '../../review/page/local-page.ts';
import { operate } from './operate.ts';
import { asPicture } from './qr.ts';
import type { ConsoleSession } from './session.ts';
import { style } from './style.ts';

const script = scriptOf(operate);

/** What it shows came from a POS and from the network. */
export const policy = policyOf(style, script);

/** What of the page changes, as the page takes it. */
export interface Fragments {
  readonly version: number;
  /** What is asked now; the page leaves it as it stands while this stays the same. */
  readonly key: string;
  readonly now: string;
  readonly side: string;
  readonly progress: string;
  readonly clock: string;
  /** How a phone comes in. */
  readonly phone: string;
  /** What has come of a photo for the step in hand. */
  readonly given: string;
}

/** The console, as it stands. */
export function consolePage(session: ConsoleSession): string {
  const { pos } = session.plan;
  const page = html`<html lang="en-GB">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>Console: ${visible(pos)}</title>
      <link rel="icon" href="data:," />
      <style dangerouslySetInnerHTML=${{ __html: style }} />
    </head>
    <body data-version=${session.version} data-key=${keyOf(session)}>
      <header class="bar">
        <h1>${visible(pos)}</h1>
        <p id="progress"><${Progress} session=${session} /></p>
        <p id="clock"><${Clock} session=${session} /></p>
        <p><label><input type="checkbox" id="sound" /> Sound</label></p>
      </header>
      <main class="desk">
        <section id="now" aria-live="polite" aria-label="What to do now"><${Now} session=${session} /></section>
        <aside aria-label="The course of the run"><div id="side"><${Side} session=${session} /></div>
          <section id="phone"><${Phone} session=${session} /></section></aside>
      </main>
      <script dangerouslySetInnerHTML=${{ __html: script }} />
    </body>
  </html>`;
  return `<!doctype html>\n${printed(page)}\n`;
}

/** The parts of the page that change. */
export const fragmentsOf = (session: ConsoleSession): Fragments => ({
  version: session.version,
  key: keyOf(session),
  now: printed(html`<${Now} session=${session} />`),
  side: printed(html`<${Side} session=${session} />`),
  progress: printed(html`<${Progress} session=${session} />`),
  clock: printed(html`<${Clock} session=${session} />`),
  phone: printed(html`<${Phone} session=${session} />`),
  given: printed(html`<${Given} session=${session} />`),
});

/** What is asked now, by its number, and whether it is paused. */
const keyOf = ({ phase, desk, result }: ConsoleSession): string =>
  [phase, desk.open?.number ?? '', desk.paused ? 'paused' : '', result.length].join(' ');

interface Props {
  readonly session: ConsoleSession;
}

function Progress({ session: { phase, rows, done, desk } }: Props): Markup | string {
  if (phase !== 'running') return '';
  const at = Math.min(rows.length, done.length + 1);
  return html`<span>Row ${at} of ${rows.length}${desk.row === null ? '' : html`: <b>${desk.row}</b>`}</span>
    <progress aria-label="Rows done" value=${done.length} max=${rows.length}></progress>`;
}

/** What runs out, and in how many seconds; the page counts down from there. */
function Clock({ session: { time } }: Props): Markup | string {
  const { first } = time;
  if (!first) return '';
  const left = Math.max(0, Math.ceil(first.at - monotonic()));
  return html`${first.what}: <b role="timer" data-left=${left}>${Math.ceil(left / 1000)} s</b>`;
}

/** By which a phone gets this console. */
function Phone({ session: { phoneLink } }: Props): Markup | string {
  if (!phoneLink) return '';
  return html`<details><summary>Use a phone for the photos</summary>
    <p>Scan this with the phone. The link works once, for a phone that was named when the run was started; then another stands here. The phone’s browser does not know the certificate of the kit: go on all the same.</p>
    <img src=${asPicture(phoneLink)} alt="The link as a QR code" /><p class="faint link">${phoneLink}</p></details>`;
}

/** The photo that has come for the step in hand, from this browser or from a phone. */
function Given({ session: { desk } }: Props): Markup | string {
  if (!desk.photo || !desk.open) return '';
  return html`A photo has come, and goes with the answer. <img src=${`photo?${desk.photos}`} alt="The photo that has come" />`;
}

function Now({ session }: Props): Markup {
  const { phase, desk } = session;
  if (phase === 'before') return html`<${Before} session=${session} />`;
  if (phase === 'over') return html`<${Over} session=${session} />`;
  if (desk.paused)
    return html`<h2 tabindex="-1">Paused</h2><p class="paused">Nothing goes on until you do. Take your time.</p>
      <p class="row"><button type="button" class="main" data-post="resume">Go on</button></p>`;
  if (desk.open) return html`<${Asked} session=${session} open=${desk.open} />`;
  return html`<h2 tabindex="-1">Nothing to do for you just now</h2>
    <p class="waits">The kit watches the POS and the card machine. The next step comes by itself.</p>
    <${Ways} session=${session} />`;
}

/** What the person is in for, before the run. */
function Before({ session: { plan, desk } }: Props): Markup {
  const { rows, trial, minutes, does, needs, uncertain, choice } = plan;
  return html`<div class="plan">
    <h2 tabindex="-1">Before you begin</h2>
    <p>${does}</p>
    <p class="big">About ${counted(minutes.all, 'minute')}</p>
    <p>of your time for ${counted(rows.length, 'row')}. You can pause whenever you like, and leave out a row that cannot be done.</p>
    <h3>What you need</h3>
    <ul>${needs.map((one) => html`<li>${visible(one)}</li>`)}</ul>
    ${uncertain.length > 0 && html`<h3>What stays open</h3><ul>${uncertain.map((one) => html`<li>${visible(one)}</li>`)}</ul>`}
    <p class="faint">Your answers, your name, and your photos go into the report of this run, on this machine. They stay there until you delete its folder. A sealed bundle of the run holds them too: agree with whoever gets it how long it is kept. What a camera writes beside a photo (place, time, owner) is taken out before. Take no picture of an API key or of a person.</p>
    <form data-form="begin">
      <p><label>Your name <input type="text" name="by" autocomplete="name" value=${desk.operator} /></label></p>
      <p id="wrong" role="alert"></p>
      <p class="row">
        <button type="submit" class="main" name="rows" value="all">Begin</button>
        ${trial.length < rows.length && html`<button type="submit" name="rows" value="trial">Try ${counted(trial.length, 'row')} first, about ${counted(minutes.trial, 'minute')}</button>`}
      </p>
      <details><summary>The ${counted(rows.length, 'row')}, in the order in which you do them${choice && '. Leave out what you cannot do'}</summary>
        <ol class="rows">${rows.map((row) => html`<${RowLine} row=${row} choice=${choice} />`)}</ol></details>
    </form>
  </div>`;
}

function RowLine({ row: { id, title, byPerson = [] }, choice }: { row: Row; choice: boolean }): Markup {
  const named = html`<b>${id}</b> ${title}`;
  return html`<li>${choice ? html`<label><input type="checkbox" name="row" value=${id} checked /> ${named}</label>` : named}
    ${byPerson.length > 0 && html`<ul>${byPerson.map(({ does }) => html`<li>${does}</li>`)}</ul>`}</li>`;
}

function Over({ session: { result, desk } }: Props): Markup {
  const { steps, ms } = desk.effort;
  const minutes = Math.max(1, Math.round(ms / 60_000));
  return html`<h2 tabindex="-1">Done. Thank you, ${visible(desk.operator)}</h2>
    ${result.map((one) => html`<p>${visible(one)}</p>`)}
    <p>It took ${counted(steps, 'step')} and ${counted(minutes, 'minute')} of your time.</p>`;
}

interface AskedProps extends Props {
  readonly open: Open;
}

function Asked({ session, open }: AskedProps): Markup {
  const { step, first, number } = open;
  const { desk, rows } = session;
  const title = rows.find(({ id }) => id === desk.row)?.title ?? '';
  return html`<p class="eyebrow">${desk.row} · ${title}</p>
    ${first && html`<p class="first"><b>First:</b> close what is still open on the POS, so that a new payment can begin.</p>`}
    <h2 tabindex="-1">${visible(step.title)}</h2>
    ${step.amounts.length > 0 && html`<dl class="amounts">${step.amounts.map(({ label, value }) => html`<div><dt class=${step.amounts.length > 1 ? '' : 'alone'}>${label}</dt><dd>${value}</dd></div>`)}</dl>`}
    ${step.how.length > 0 && html`<ol class="how">${step.how.map((one) => html`<li>${visible(one)}</li>`)}</ol>`}
    ${step.picture !== undefined && html`<img class="where" src=${`where/${number}`} alt="Where to press" />`}
    ${step.fields.length > 0 && html`<dl class="fields">${step.fields.map(({ label, value }) => html`<div><dt>${label}</dt><dd><code>${visible(value)}</code> <button type="button" data-copy=${value} aria-label=${`Copy: ${label}`}>Copy</button></dd></div>`)}</dl>`}
    ${step.kind === 'do' ? html`<${ToDo} open=${open} />` : html`<${Question} session=${session} open=${open} />`}
    <${Ways} session=${session} />`;
}

function ToDo({ open: { number, step } }: { open: Open }): Markup {
  const seen = step.sends.length > 0;
  return html`${seen && html`<p class="waits">Do it at the POS. This page goes on by itself as soon as the kit sees it.</p>`}
    <p id="wrong" role="alert"></p>
    <p class="row"><button type="button" class=${seen ? '' : 'main'} data-done=${number}>${seen ? 'I have done it, and nothing happens here' : 'I have done it'} <span class="keys"><kbd>d</kbd></span></button></p>
    ${
      step.refusable &&
      html`<details><summary>The POS does not offer this</summary>
        <form data-form="refused" data-number=${number}>
          <label>What does it do instead? <input type="text" name="words" /></label>
          <p class="row"><button type="submit">The POS does not offer it</button></p>
        </form></details>`
    }`;
}

function Question({ session, open: { number, step } }: AskedProps): Markup {
  const { waits } = session.plan;
  const of = (group: Choice['group']) => step.choices.filter((one) => one.group === group);
  const journal = step.kind === 'journal';
  return html`<form data-form="said" data-number=${number}>
    ${
      journal
        ? html`<p>Open the journal, or the list of past payments, and take a photo of its last entries.</p>`
        : html`<p>Wait until the POS stands still, and say what you see, not what you expect.${waits && ' Take your time: the card machine waits for you.'}</p>
          <fieldset class="choices"><legend>A result</legend>${of('result').map((one) => html`<${Card} choice=${one} />`)}${of('nothing').map((one) => html`<${Card} choice=${one} />`)}</fieldset>
          <fieldset class="choices"><legend>A question or a message</legend>${of('message').map((one) => html`<${Card} choice=${one} />`)}</fieldset>
          <fieldset class="choices more"><details><summary>It also says what the card machine asks for</summary><div class="small">${of('prompt').map((one) => html`<${Card} choice=${one} name="prompt" />`)}</div></details></fieldset>`
    }
    <p><label>${journal ? 'What its last entry says, if you like' : 'Its exact words, if they are others, or something else'} <input type="text" name="words" /></label></p>
    <div class="photo" data-drop="">
      <label class="file">Photo of the POS <input type="file" name="photo" accept="image/*" capture="environment" /></label>
      <div id="photo" role="status">Take one, paste it, or drop it here. The amount has to be in it.</div>
      <button type="button" id="send" hidden>Send the photo, and answer elsewhere</button>
      <div id="given" role="status"><${Given} session=${session} /></div>
    </div>
    <p id="wrong" role="alert"></p>
    <p class="row last"><button type="submit" class="main">${journal ? 'That is my answer' : 'That is what it shows'}</button></p>
  </form>`;
}

interface CardProps {
  readonly choice: Choice;
  /** Under which it is answered. */
  readonly name?: 'choice' | 'prompt';
}

function Card({ choice: { id, means, words, buttons }, name = 'choice' }: CardProps): Markup {
  const said = words.map((one) => `“${one}”`).join(' · ');
  return html`<div class="choice"><label><input type="radio" name=${name} value=${id} /> <b>${said || means}</b>
    ${said && html`<span class="faint">${means}</span>`}</label>
    ${buttons.length > 0 && html`<div class="buttons" role="group" aria-label="Buttons that it offers">Which of these does it offer?${buttons.map((one) => html`<label><input type="checkbox" name="button" value=${`${id} ${one.id}`} /> “${one.words}”</label>`)}</div>`}
  </div>`;
}

/** What the person can do at any time. */
function Ways({ session: { answeredIn } }: Props): Markup {
  return html`${
    answeredIn.length > 0 &&
    html`<details><summary>I have answered something wrong</summary>
      <form data-form="correct">
        <label>In which row? <select name="row">${answeredIn.map((id) => html`<option value=${id}>${id}</option>`)}</select></label>
        <p>The row is done once more after all others. Both attempts stay in the record, and a reviewer sees both.</p>
        <p class="row"><button type="submit">Do that row once more</button></p>
      </form></details>`
  }
    <details><summary>This row cannot be done</summary>
      <form data-form="leave">
        <label>Why? The reason stands in the certificate. <input type="text" name="reason" /></label>
        <p class="row"><button type="submit">Leave this row</button></p>
      </form></details>
    <p class="row"><button type="button" data-post="pause">Pause</button>
      <button type="button" data-post="abort" data-sure="End the run now? What was done is kept, and all other rows stay undone.">End the run</button>
      <span class="faint keys">Keys: <kbd>1</kbd> to <kbd>9</kbd> choose, <kbd>d</kbd> done, <kbd>Enter</kbd> answers</span></p>`;
}

function Side({ session }: Props): Markup {
  const { seen, done, phase, desk } = session;
  // What the API says would put the answer into the person's mouth.
  const asked = desk.open !== null && desk.open.step.kind !== 'do';
  return html`${
    phase === 'running' &&
    html`<section><h2>What the kit sees</h2>
      ${
        asked
          ? html`<p class="faint">Hidden until you have answered, so that you say what you see yourself.</p>`
          : seen.length
            ? html`<ol id="course" tabindex="0" aria-label="Requests of the POS">${seen.toReversed().map(({ text, tone, times }) => html`<li class=${tone}>${visible(text)}${times > 1 && html` ×${times}`}</li>`)}</ol>`
            : html`<p class="faint">The POS has sent nothing yet.</p>`
      }</section>`
  }
    ${done.length > 0 && html`<section><h2>Rows done</h2><ol tabindex="0" aria-label="Rows done">${done.toReversed().map((one) => html`<li>${visible(one)}${session.isWrong(one.split(' ')[0]!) && ', to be done once more'}</li>`)}</ol></section>`}`;
}
