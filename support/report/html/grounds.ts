import type { Certificate } from '../../judging/index.ts';
import { html, type Markup } from '../markup.ts';
import { utc } from '../time.ts';
import { verdicts, verdictWords } from '../words.ts';
import { Badge } from './badge.ts';
import { Facts, RowLinks } from './front-page.ts';
import type { View } from './view.ts';

interface Props {
  readonly certificate: Certificate;
}

/** What the verdicts rest on: rules, contract, thresholds, the till's words. */
export function Grounds({ view: { certificate } }: { view: View }): Markup[] {
  const { run, subject } = certificate;
  const { served } = run.contract;
  return [
    html`<${Rules} certificate=${certificate} />`,
    html`<h2>How it was judged</h2>`,
    html`<${Facts} facts=${[
      [
        'Checklist',
        html`${run.checklist.name}, <a href=${run.checklist.source} rel="noreferrer">${run.checklist.source}</a>`,
      ],
      ['Catalogue of its rows', html`SHA-256 <code>${run.checklist.sha256}</code>`],
      ['API contract', `${run.contract.version}, ${run.contract.source}`],
      ['Digest of the contract', html`SHA-256 <code>${run.contract.sha256}</code>`],
      ...(served
        ? [
            [
              'Contract of what the POS serves',
              html`${served.name}, ${served.version}, SHA-256 <code>${served.sha256}</code>`,
            ] as const,
          ]
        : []),
      ...certificateFacts(run.serverCertificate),
      ...[run.stream]
        .flat()
        .map(
          ({ envelopes, head }) =>
            [
              'Message stream',
              html`${envelopes} envelopes, chained to the head <code>${head}</code>`,
            ] as const,
        ),
    ]} />`,
    html`<h3>What the verdicts mean</h3>`,
    html`<dl class="facts">${verdicts.map((verdict) => html`<dt><${Badge} verdict=${verdict} /></dt><dd>${verdictWords[verdict].means}</dd>`)}</dl>`,
    html`<${Criteria} run=${run} />`,
    html`<${Vocabulary} vocabulary=${subject.vocabulary} />`,
  ];
}

function certificateFacts(
  shown: Certificate['run']['serverCertificate'],
): (readonly [name: string, value: unknown])[] {
  if (!shown) return [];
  const { subject, issuer, validFrom, validTo, fingerprint256 } = shown;
  return [
    [
      'Certificate of the upstream',
      html`${subject}, issued by ${issuer}, valid from ${utc(validFrom)} to ${utc(validTo)}, SHA-256 <code>${fingerprint256}</code>`,
    ],
  ];
}

function Rules({ certificate }: Props): Markup | null {
  if (!certificate.rules.length) return null;
  return html`<h2>Rules over several rows</h2><table>
    <thead><tr><th scope="col">Rule</th><th scope="col">What it asks</th><th scope="col">Shown by</th><th scope="col">Verdict</th></tr></thead>
    <tbody>${certificate.rules.map(
      ({ id, rule, verdict, by }) => html`<tr>
        <td class="nowrap">${id}</td><td>${rule}</td>
        <td>${by.length ? html`<${RowLinks} ids=${by} certificate=${certificate} />` : 'no row'}</td>
        <td><${Badge} verdict=${verdict} /></td></tr>`,
    )}</tbody></table>`;
}

function Criteria({ run }: { run: Pick<Certificate['run'], 'criteria' | 'criterionSources'> }): Markup {
  const { criteria, criterionSources: sources = {} } = run;
  return html`<h3>Thresholds</h3><table class="small">
    <thead><tr><th scope="col">Criterion</th><th scope="col">Value</th><th scope="col">Why</th></tr></thead>
    <tbody>${Object.entries(criteria).map(
      ([name, value]) => html`<tr><td><code>${name}</code></td>
        <td class="number">${sources[name]?.unit === 'ms' ? `${(value / 1000).toLocaleString('en-GB')} s` : value}</td>
        <td>${sources[name]?.says ?? 'not this kit’s own value'}</td></tr>`,
    )}</tbody></table>`;
}

function Vocabulary({ vocabulary }: { vocabulary: Certificate['subject']['vocabulary'] }): Markup {
  const { results, prompts, kinds, ...others } = vocabulary;
  const groups: [string, Readonly<Record<string, readonly string[]>>][] = [
    ['Results', results],
    ['Prompts of the card machine', prompts],
    ['Entries of the journal', kinds],
    ['Other phrases', others],
  ];
  return html`<h3>The till’s words, and what they were taken for</h3><table class="small">
    <thead><tr><th scope="col">Meaning</th><th scope="col">Words</th></tr></thead>
    ${groups.map(
      ([title, words]) =>
        html`<tbody><tr><th colspan="2" scope="rowgroup">${title}</th></tr>${Object.entries(words).map(
          ([meaning, phrases]) =>
            html`<tr><td>${meaning}</td><td>${phrases.length ? phrases.map((phrase) => `“${phrase}”`).join(', ') : 'none'}</td></tr>`,
        )}</tbody>`,
    )}
  </table>`;
}
