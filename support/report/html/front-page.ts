import type { Certificate } from '../../judging/index.ts';
import { html, type Markup } from '../markup.ts';
import { headline, obstacles } from '../standing.ts';
import { utc } from '../time.ts';
import { kindWords, subjectWords, verdicts, verdictWords } from '../words.ts';
import { anchors } from './anchors.ts';

interface Props {
  readonly certificate: Certificate;
}

const displayWords = {
  observed: 'observed: the kit saw it itself',
  told: 'reported: the POS describes its own display',
  none: 'none that counts: the kit’s own client plays the till',
} as const;

/** What a run came to, of what, and how far it reaches: all that a signature rests on, in short. */
export function FrontPage({ certificate }: Props): Markup[] {
  const { run } = certificate;
  const what = subjectWords(certificate.subject);
  return [
    html`<p class="eyebrow">${run.checklist.title}</p>`,
    html`<h1>Certification report: ${what}</h1>`,
    html`<${Result} certificate=${certificate} />`,
    html`<${Counts} certificate=${certificate} />`,
    html`<div class="columns"><div><${Subject} certificate=${certificate} /></div><div><${Kind} certificate=${certificate} /></div></div>`,
    html`<${Scope} certificate=${certificate} />`,
    html`<${Limits} certificate=${certificate} />`,
    html`<${Settled} certificate=${certificate} />`,
  ];
}

function Result({ certificate }: Props): Markup {
  const inTheWay = obstacles(certificate);
  const { certified } = certificate.summary;
  return html`<section class="result ${certified ? 'certified' : ''}" aria-label="Result">
    <p class="headline">${headline(certificate)}</p>
    <${KindLine} certificate=${certificate} />
    ${certified && html`<p>Every mandatory row that applies has passed, if with warnings; every rule holds.</p>`}
    ${
      inTheWay.length > 0 &&
      html`<p>What stands in the way:</p><ul>${inTheWay.map(
        ({ text, rows }) => html`<li>${text} <${RowLinks} ids=${rows} certificate=${certificate} /></li>`,
      )}</ul>`
    }
  </section>`;
}

function KindLine({ certificate: { run } }: Props): Markup {
  if (run.kind === 'qualifying')
    return html`<p><b>Qualifying run</b>: it may be signed as a certification.</p>`;
  return html`<p><b>Practice run</b>: it does not qualify for certification, because ${run.why.join('; ')}.</p>`;
}

/** Links to rows; the ids of rows that the run did not select lead nowhere. */
export function RowLinks({ ids, certificate }: Props & { ids: readonly string[] }): Markup | null {
  if (!ids.length) return null;
  const selected = new Set(certificate.run.selection);
  return html`<span class="rowlinks">${ids.map((id) => (selected.has(id) ? html`<a href="#${anchors.row(id)}">${id}</a>` : html`<span>${id}</span>`))}</span>`;
}

function Counts({ certificate: { rows } }: Props): Markup[] {
  const counts = verdicts
    .map((verdict) => ({ verdict, count: rows.filter((row) => row.verdict === verdict).length }))
    .filter(({ count }) => count > 0);
  let from = 0;
  const parts = counts.map(({ verdict, count }) => {
    const x = (from / rows.length) * 1000;
    from += count;
    return html`<rect class=${verdict} x=${x + 1} width=${(count / rows.length) * 1000 - 2} height="12" />`;
  });
  return [
    html`<svg class="strip" viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true">${parts}</svg>`,
    html`<ul class="counts"><li><b>${rows.length}</b>rows judged</li>${counts.map(
      ({ verdict, count }) =>
        html`<li><b>${count}</b><span class="badge ${verdict}"><span class="sign" aria-hidden="true">${verdictWords[verdict].sign}</span>${verdictWords[verdict].label}</span></li>`,
    )}</ul>`,
  ];
}

export const Facts = ({ facts }: { facts: readonly (readonly [name: string, value: unknown])[] }): Markup =>
  html`<dl class="facts">${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;

function Subject({ certificate: { run, subject } }: Props): Markup[] {
  return [
    html`<h2>What was tested</h2>`,
    html`<${Facts} facts=${[
      ['Subject', kindWords[subject.kind]],
      ['Point of sale', `${subject.name} ${subject.version}`],
      ...(subject.build ? [['Build', html`<code>${subject.build}</code>`] as const] : []),
      ['API version', subject.apiVersion],
      ['Driver', subject.driver],
      ['Display', displayWords[subject.display]],
      ['Upstream', run.upstream],
    ]} />`,
  ];
}

function Kind({ certificate: { run, kit, ranBy } }: Props): Markup[] {
  return [
    html`<h2>The run</h2>`,
    html`<${Facts} facts=${[
      ['Run', html`<code>${run.id}</code>`],
      ['Started', utc(run.startedAt)],
      ['Finished', utc(run.finishedAt)],
      ['Time', run.realTime ? 'real time' : 'not in real time'],
      ['Kit', `${kit.name} ${kit.version}${kit.commit ? ` (${kit.commit})` : ''}`],
      ['Kind', run.kind],
      ...amountFacts(run.amounts),
      ...(ranBy.name || ranBy.contact
        ? [['Run by', [ranBy.name, ranBy.contact].filter(Boolean).join(', ')] as const]
        : []),
    ]} />`,
  ];
}

/** What the amounts were drawn from, and how the same are drawn again. */
function amountFacts(amounts: Certificate['run']['amounts']): [name: string, value: unknown][] {
  if (!amounts) return [];
  const { seeds, challenge } = amounts;
  const again = (option: string, value: string) => html`<code>npm run certify -- --${option} ${value}</code>`;
  if (challenge !== undefined)
    return [
      [
        'Amounts',
        html`drawn for the challenge <b>${challenge}</b>; with the options of this run, ${again('challenge', challenge)} draws the same again`,
      ],
    ];
  return seeds.map((seed) => [
    'Amounts',
    html`drawn from the seed <b>${seed}</b>; with the options of this run, ${again('seed', seed)} draws the same again`,
  ]);
}

/** What the contract could not be held to: rules without a place in the description, bodies without rules. */
function Limits({ certificate: { run } }: Props): Markup[] {
  const unjudged = (run.unjudged ?? []).map(
    ({ what, bodies }) => `Not judged: ${bodies} ${bodies === 1 ? 'body' : 'bodies'} of ${what}.`,
  );
  const lines = [...(run.contract.notes ?? []), ...unjudged];
  return lines.length === 0
    ? []
    : [
        html`<h2>What the contract leaves open</h2>`,
        html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`,
      ];
}

function Scope({ certificate }: Props): Markup[] {
  const { run, subject } = certificate;
  const list = (names: readonly string[]) => (names.length ? names.join(', ') : 'none');
  return [
    html`<h2>Scope</h2>`,
    html`<${Facts} facts=${[
      ['Declared capabilities', list(subject.capabilities)],
      ['Not declared', list(subject.undeclared)],
      [
        'Rows',
        run.partial
          ? `${run.selection.length} selected, ${run.notSelected.length} not: the run is partial`
          : `all ${run.selection.length} of the checklist`,
      ],
      ...(run.notSelected.length ? [['Not selected', run.notSelected.join(', ')] as const] : []),
      ...Object.entries(subject.declared).map(
        ([question, answer]) => [`Declared: ${question}`, answer] as const,
      ),
    ]} />`,
  ];
}

/** What the profile settles about the display, which the reviewer decides on once for all rows. */
function Settled({ certificate: { subject } }: Props): Markup[] {
  if (!subject.settled?.length) return [];
  return [
    html`<h2>To be decided once for all rows</h2>`,
    html`<ul>${subject.settled.map((one) => html`<li>${one}</li>`)}</ul>`,
  ];
}
