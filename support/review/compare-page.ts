import type { Certificate } from '../judging/index.ts';
import { counted } from '../record/counted.ts';
import { visible } from '../record/visible.ts';
import type { Outcome, Verdict } from '../record/vocabulary.ts';
import { Badge, html, type Markup, OutcomeMark, page, printed, utc } from '../report/index.ts';
import { type ChangedCheck, type ChangedRow, type Comparison, holdsNoLonger } from './compare.ts';

/** A comparison as a page that needs nothing but itself: what changed, in which check, with both observations. */
export function comparisonPage(comparison: Comparison, before: Certificate, after: Certificate): string {
  const { rows, same, conditions, again } = comparison;
  const title = `Runs ${before.run.id} and ${after.run.id} compared`;
  const banner = html`<header class="banner"><div class="line"><b>Dojo conformance kit</b><span class="faint">comparison of two runs</span></div></header>`;
  const decides = conditions.filter((one) => one.decides !== 'none');
  const parts = [
    html`<h1>What changed from one run to the other</h1>`,
    html`<dl class="facts">${[before, after].map(
      ({ run, subject }, index) =>
        html`<dt>${index ? 'Later' : 'Earlier'} run</dt><dd>${subject.name} ${subject.version}, <code>${run.id}</code>, ${utc(run.startedAt)}, against ${run.upstream}</dd>`,
    )}</dl>`,
    html`<p><b>${counted(rows.length, 'row')} changed.</b> ${counted(same, 'row')} have the same verdict, for the same reasons.</p>`,
    html`${conditions.length > 0 && html`<${Conditions} comparison=${comparison} />`}`,
    html`${decides.length > 0 && html`<p class="callout">${visible(holdsNoLonger(decides))}</p>`}`,
    html`<h2>To run again</h2>`,
    again.length
      ? html`<ul>${again.map((one) => html`<li>Because ${visible(one.why)}: ${one.rows.join(', ')}. <code>npm run certify -- --rows ${one.rows.join(',')}</code></li>`)}</ul>`
      : html`<p>Nothing: the later run judged each row, under its own conditions.</p>`,
    html`${rows.length > 0 && html`<h2>Rows that changed</h2>`}`,
    ...rows.map((row) => html`<${Changed} row=${row} />`),
  ];
  return [...page({ title, banner, main: parts.map(printed) })].join('');
}

const Conditions = ({
  comparison: { conditions },
}: {
  comparison: Comparison;
}): Markup => html`<h2>What the runs were made with</h2>
  <table><thead><tr><th scope="col">What</th><th scope="col">Earlier</th><th scope="col">Later</th></tr></thead>
  <tbody>${conditions.map(({ name, before, after }) => html`<tr><td>${name}</td><td>${visible(before)}</td><td>${visible(after)}</td></tr>`)}</tbody></table>`;

function Changed({ row: { row, title, before, after, checks } }: { row: ChangedRow }): Markup {
  return html`<article class=${after ?? 'not-applicable'} id=${row}>
    <header><h3><span class="id">${row}</span>${title}</h3><div><${Came} verdict=${before} /> → <${Came} verdict=${after} /></div></header>
    ${
      checks.length > 0 &&
      html`<table class="checks"><colgroup><col class="c2" /><col /><col /></colgroup>
      <thead><tr><th scope="col">Check</th><th scope="col">Earlier</th><th scope="col">Later</th></tr></thead>
      <tbody>${checks.map((one) => html`<tr><td><code>${one.check}</code></td><td><${Side} side=${one.before} /></td><td><${Side} side=${one.after} /></td></tr>`)}</tbody></table>`
    }
  </article>`;
}

const Came = ({ verdict }: { verdict: Verdict | null }): Markup =>
  verdict ? html`<${Badge} verdict=${verdict} />` : html`<span class="faint">not run</span>`;

const Side = ({ side }: { side: ChangedCheck['before'] }): Markup =>
  side
    ? html`<${OutcomeMark} outcome=${side.outcome satisfies Outcome} /> ${visible(side.observed)}`
    : html`<span class="faint">not applied</span>`;
