import type { Certificate } from '../../judging/index.ts';
import { visible } from '../../record/visible.ts';
import { html, type Markup } from '../markup.ts';
import { headline, obstacles } from '../standing.ts';
import { utc } from '../time.ts';
import { kindWords, type Reach, reachWords, subjectWords, verdicts, verdictWords } from '../words.ts';
import { anchors } from './anchors.ts';
import { Badge } from './badge.ts';
import type { View } from './view.ts';

interface Props {
  readonly certificate: Certificate;
}

const displayWords = {
  observed: 'observed: the kit saw it itself',
  reported: 'reported: the POS describes its own display',
  attested: 'attested: a person says what the POS shows, with photos for a reviewer',
  none: 'none that counts: the kit’s own client plays the till',
} as const;

/** What a run came to, of what, and how far it reaches: all that a signature rests on, in short. */
export function FrontPage({ view }: { view: View }): Markup[] {
  const { certificate } = view;
  const { run } = certificate;
  const what = subjectWords(certificate.subject);
  return [
    html`<p class="eyebrow">${run.checklist.title}</p>`,
    html`<h1>Certification report: ${what}</h1>`,
    html`<${Result} view=${view} />`,
    html`<${Counts} certificate=${certificate} />`,
    html`<div class="columns"><div><${Subject} certificate=${certificate} machines=${view.cardMachines} /></div><div><${Kind} certificate=${certificate} /></div></div>`,
    html`<${Decisions} view=${view} />`,
    html`<${Since} view=${view} />`,
    html`<${Scope} certificate=${certificate} />`,
    html`<${Limits} certificate=${certificate} />`,
    html`<${Settled} certificate=${certificate} />`,
    html`<${Reproduce} certificate=${certificate} />`,
  ];
}

function Result({ view: { certificate, decided } }: { view: View }): Markup {
  const inTheWay = obstacles(certificate);
  const { certified } = certificate.summary;
  const decision = decided !== undefined && decided.result !== 'certified';
  return html`<section class="result ${certified || decided?.result === 'certified by decision' ? 'certified' : ''}" aria-label="Result">
    <p class="headline">${headline(certificate, decided)}</p>
    ${decision && html`<dl class="sides"><dt>The kit’s verdict</dt><dd>${headline(certificate)}</dd><dt>With the reviewer’s decisions</dt><dd>${decided.result}</dd></dl>`}
    <${KindLine} certificate=${certificate} />
    ${certified && html`<p>Every mandatory row that applies has passed, if with warnings; every rule holds.</p>`}
    ${
      inTheWay.length > 0 &&
      html`<p>${decision ? 'What the kit found in the way' : 'What stands in the way'}:</p><ul>${inTheWay.map(
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

/** Each row that somebody decided on: what the kit says beside what the reviewer says. */
function Decisions({ view: { decided, certificate } }: { view: View }): Markup[] {
  if (!decided) return [];
  const rows = certificate.rows.filter(({ id }) => decided.rows.has(id));
  return [
    html`<h2>The kit’s verdict and the reviewer’s decision</h2>`,
    html`${
      rows.length > 0
        ? html`<div class="scroll" tabindex="0" role="region" aria-label="Decisions"><table class="stack">
      <thead><tr><th scope="col">Row</th><th scope="col">Kit</th><th scope="col">Reviewer</th><th scope="col">Reason</th><th scope="col">Who and when</th></tr></thead>
      <tbody>${rows.map(({ id, verdict }) => {
        const { word, by, at, reason, from } = decided.rows.get(id)!;
        return html`<tr><td><a class="nowrap" href="#${anchors.row(id)}">${id}</a></td><td><${Badge} verdict=${verdict} /></td><td><b>${word}</b></td>
          <td>${visible(reason)}</td><td>${visible(by)}, ${utc(at)}${from && html`<br /><span class="faint">taken over from the run ${from}: nothing that it rests on has changed</span>`}</td></tr>`;
      })}</tbody></table></div>`
        : html`<p>The reviewer has decided on no row.</p>`
    }`,
    html`<${Requests} requests=${decided.requests} />`,
    ...(decided.ignored.length
      ? [
          html`<p>What was said and does not count:</p>`,
          html`<ul>${decided.ignored.map((one) => html`<li>${visible(one)}</li>`)}</ul>`,
        ]
      : []),
  ];
}

/** What the partner asked for: what nobody has answered is shown as well. */
function Requests({ requests }: Pick<NonNullable<View['decided']>, 'requests'>): Markup[] {
  const waivers = requests.filter(({ lastDay }) => lastDay !== undefined);
  if (!waivers.length) return [];
  return [
    html`<h3>Waivers that the partner asked for</h3>`,
    html`<div class="scroll" tabindex="0" role="region" aria-label="Waivers that the partner asked for"><table class="stack">
      <thead><tr><th scope="col">Row</th><th scope="col">Last day</th><th scope="col">Reason</th><th scope="col">Who and when</th><th scope="col">Answer</th></tr></thead>
      <tbody>${waivers.map(
        ({ row, text, by, at, lastDay, answer }) =>
          html`<tr><td><a class="nowrap" href="#${anchors.row(row)}">${row}</a></td><td class="nowrap">${lastDay}</td>
          <td>${visible(text)}</td><td>${visible(by)}, ${utc(at)}</td><td><b>${answer}</b></td></tr>`,
      )}</tbody></table></div>`,
  ];
}

/** What is otherwise than in the run before. */
function Since({ view: { since } }: { view: View }): Markup[] {
  if (!since) return [];
  const { run, changes } = since;
  return [
    html`<h2>Since the run <code>${run}</code></h2>`,
    changes.length
      ? html`<ul>${changes.map((one) => html`<li>${visible(one)}</li>`)}</ul>`
      : html`<p>Nothing has changed: each row has the same verdict for the same reasons.</p>`,
  ];
}

/** What somebody else does to see the same. */
function Reproduce({ certificate: { kit, run, subject, ranOn } }: Props): Markup[] {
  const rows = run.partial ? ` --rows ${run.selection.join(',')}` : '';
  const [command = 'certify', ...options] = ranOn.environment?.commandLine ?? [];
  const line = options.join(' ') || `--profile PROFILE --upstream UPSTREAM${rows}`;
  return [
    html`<h2>How to reproduce it</h2>`,
    html`<ol>
      <li>Take the kit ${kit.name} ${kit.version}${kit.commit && html`, at <code>${kit.commit}</code>`}, and install it: <code>npm ci</code></li>
      <li>Judge this record again, with the folder that holds its <code>messages.ndjson</code>: <code>npm run report -- DIR</code></li>
      <li>Run it again, with the profile of ${subject.name} ${subject.version} and against ${run.upstream}: <code>npm run ${command} -- ${line}</code></li>
    </ol>`,
  ];
}

function Subject({
  certificate: { run, subject, ranOn },
  machines,
}: Props & { machines: readonly string[] }): Markup[] {
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
      ...reachFacts(ranOn.environment?.reach),
      ['Card machines', machines.length ? machines.join(', ') : 'none that the kit prepared'],
    ]} />`,
  ];
}

/** How the POS was reached, where that was not in the usual way. */
function reachFacts(reach: Reach | undefined): [name: string, value: string][] {
  const words = reach ? reachWords(reach) : [];
  return words.length ? [['Reached', words.join('; ')]] : [];
}

/** Why a run went on in its record. */
const wentOn = {
  resumed: 'after it was broken off',
  rerun: 'because somebody asked for what did not pass to be run again',
} as const;

function Kind({ certificate: { run, kit, ranBy, ranOn } }: Props): Markup[] {
  return [
    html`<h2>The run</h2>`,
    html`<${Facts} facts=${[
      ['Run', html`<code>${run.id}</code>`],
      ['Started', utc(run.startedAt)],
      ['Finished', utc(run.finishedAt)],
      ...(run.continued ?? []).map(
        ({ why, at, rows }) =>
          [
            'Went on',
            `${utc(at)}, ${wentOn[why]}${rows.length ? `; run once more: ${rows.join(', ')}` : ''}`,
          ] as const,
      ),
      ['Time', run.realTime ? 'real time' : 'not in real time'],
      ['Kit', `${kit.name} ${kit.version}${kit.commit ? ` (${kit.commit})` : ''}`],
      ['Kind', run.kind],
      ...amountFacts(run.amounts),
      ['Run by', ranBy.name ?? 'not named: set ranBy in the profile'],
      ['Contact', ranBy.contact ?? 'none given'],
      ['Where', [ranOn.os, `Node.js ${ranOn.node}`, ranOn.browser].filter(Boolean).join(', ')],
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
