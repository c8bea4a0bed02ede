import type { Outcome, Verdict } from '../../record/vocabulary.ts';

/** Ink and paper of each verdict, by day and by night; the ink has a contrast of at least 6:1 on its paper. */
const colours: Readonly<Record<Verdict, readonly [ink: string, paper: string, ink: string, paper: string]>> =
  {
    passed: ['#14602f', '#e3f3e8', '#8fdcaa', '#12331f'],
    warning: ['#6f4700', '#fcf0cf', '#f2cf85', '#3a2c0a'],
    failed: ['#9c1420', '#fce6e6', '#ffb3b3', '#451a1d'],
    review: ['#3d36a0', '#eae9fc', '#c6c3ff', '#272456'],
    blocked: ['#7b1d63', '#f8e6f2', '#f3b5df', '#41183a'],
    incomplete: ['#0a536b', '#dff1f7', '#9adcf2', '#0e3240'],
    'not-applicable': ['#46505d', '#edf0f3', '#c2cbd6', '#2a323c'],
  };

const palette = (from: 0 | 2): string =>
  Object.entries(colours)
    .map(([verdict, all]) => `--${verdict}: ${all[from]}; --${verdict}-paper: ${all[from + 1]};`)
    .join(' ');

const alike: Readonly<Record<Outcome | 'not-executed', Verdict>> = {
  passed: 'passed',
  warning: 'warning',
  failed: 'failed',
  review: 'review',
  'not-executed': 'incomplete',
};

const verdictRules = Object.keys(colours).map(
  (verdict) => `
.badge.${verdict} { color: var(--${verdict}); background: var(--${verdict}-paper); }
article.${verdict} { border-left-color: var(--${verdict}); }
.strip .${verdict} { fill: var(--${verdict}); }
button[data-show="${verdict}"] .sign { color: var(--${verdict}); }`,
);

const outcomeRules = Object.entries(alike).map(
  ([outcome, verdict]) => `.outcome.${outcome} { color: var(--${verdict}); }`,
);

/** The sheet of all pages: for a screen by day and by night, and for paper. */
export const style = `
:root { color-scheme: light; --page: #fff; --ink: #1d2733; --faint: #586473; --line: #dde2e8; --edge: #87919d; --shade: #f6f7f9; --link: #174f93; --focus: #2a6fc4; ${palette(0)} }
@media screen and (prefers-color-scheme: dark) {
  :root { color-scheme: dark; --page: #14181d; --ink: #e6eaef; --faint: #a7b2be; --line: #333c46; --edge: #7d8894; --shade: #1e242b; --link: #9cc4f5; --focus: #6aa8f0; ${palette(2)} }
  .timeline svg { filter: invert(0.9) hue-rotate(180deg); }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 7rem; }
body { margin: 0; color: var(--ink); background: var(--page); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 1.5rem 1.5rem 4rem; }
h1, h2, h3, h4 { line-height: 1.25; margin: 0; text-wrap: balance; }
h1 { font-size: 2rem; letter-spacing: -0.015em; }
h2 { font-size: 1.3rem; margin: 3rem 0 1rem; }
h3 { font-size: 1.1rem; }
h4 { font-size: 0.95rem; margin: 1.4rem 0 0.5rem; }
p { margin: 0.5rem 0; max-width: 48rem; }
a { color: var(--link); text-underline-offset: 0.15em; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: 0.86em; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.7rem; border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
.small td { overflow-wrap: anywhere; }
thead th { font-size: 0.8rem; font-weight: 600; color: var(--faint); border-bottom: 2px solid var(--line); overflow-wrap: normal; }
.scroll { overflow-x: auto; }
.faint { color: var(--faint); }
.small { font-size: 0.86rem; }
.nowrap { white-space: nowrap; }
a, h1, h2, h3, p, li, dd { overflow-wrap: anywhere; }
.number { font-variant-numeric: tabular-nums; white-space: nowrap; }
.hearable { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 0.4rem; z-index: 3; background: var(--page); padding: 0.2rem 0.6rem; }

.banner { position: sticky; top: 0; z-index: 2; background: var(--page); border-bottom: 1px solid var(--line); }
.banner .line { max-width: 72rem; margin: 0 auto; padding: 0.4rem 1.5rem; display: flex; gap: 0.2rem 1rem; flex-wrap: wrap; align-items: baseline; font-size: 0.86rem; }
.banner .kind { font-weight: 700; letter-spacing: 0.04em; text-transform: uppercase; }
.banner.practice .kindline { color: var(--warning); background: var(--warning-paper); }
.banner.practice .faint { color: inherit; }
.toolbar .line { padding-block: 0.35rem; align-items: center; gap: 0.3rem; }
[hidden] { display: none !important; }
button { font: inherit; font-size: 0.82rem; color: inherit; background: var(--page); border: 1px solid var(--edge); border-radius: 6px; padding: 0.15rem 0.55rem; cursor: pointer; }
button:hover { background: var(--shade); }
button[aria-pressed="true"] { background: var(--ink); border-color: var(--ink); color: var(--page); }
button[aria-pressed="true"] .sign { color: var(--page) !important; }
input { font: inherit; font-size: 0.82rem; color: inherit; background: var(--page); border: 1px solid var(--edge); border-radius: 6px; padding: 0.15rem 0.55rem; width: 8.5rem; }
.toolbar .end { margin-left: auto; display: flex; gap: 0.35rem; }

.badge, .tag { display: inline-block; white-space: nowrap; font-size: 0.8rem; border-radius: 5px; padding: 0.05rem 0.5rem; }
.badge { font-weight: 600; }
.badge .sign, .outcome .sign, button .sign { display: inline-block; min-width: 1.1em; margin-right: 0.3em; text-align: center; font-weight: 700; }
.tag { color: var(--faint); border: 1px solid var(--line); }
.outcome { font-weight: 600; white-space: nowrap; }
${verdictRules.join('')}
${outcomeRules.join('\n')}

.eyebrow { color: var(--faint); margin: 0 0 0.3rem; }
.result { border: 1px solid var(--line); border-left: 8px solid var(--failed); border-radius: 8px; padding: 1.1rem 1.4rem; margin: 1.4rem 0; }
.result.certified { border-left-color: var(--passed); }
.sides { display: grid; grid-template-columns: max-content 1fr; gap: 0.1rem 1rem; margin: 0.6rem 0; } .sides dt { color: var(--faint); } .sides dd { margin: 0; font-weight: 600; }
.result .headline { font-size: 1.7rem; font-weight: 700; letter-spacing: -0.01em; line-height: 1.2; margin: 0; }
.result ul { margin: 0.7rem 0 0; padding-left: 1.1rem; }
.result li { margin: 0.35rem 0; }
.rowlinks { display: inline-flex; flex-wrap: wrap; gap: 0 0.8rem; font-size: 0.86rem; margin-left: 0.4rem; }
.strip { display: block; width: 100%; height: 12px; border-radius: 6px; margin: 1.4rem 0 0.6rem; }
.counts { list-style: none; display: flex; flex-wrap: wrap; gap: 0.3rem 1.4rem; padding: 0; margin: 0; }
.counts b { font-size: 1.15rem; font-variant-numeric: tabular-nums; margin-right: 0.4rem; }
.facts { display: grid; grid-template-columns: minmax(9rem, max-content) 1fr; gap: 0.3rem 1.2rem; margin: 0.8rem 0; }
.facts dt { color: var(--faint); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.columns { display: grid; grid-template-columns: 1fr 1fr; gap: 0 3rem; }
.columns > * { min-width: 0; }
.index tbody th { padding-top: 1.2rem; font-size: 0.95rem; }
.index td:first-child { white-space: nowrap; }

article { border: 1px solid var(--line); border-left-width: 6px; border-radius: 8px; padding: 1.1rem 1.4rem 1.2rem; margin: 0 0 1.4rem; }
article > header { display: grid; grid-template-columns: 1fr max-content; gap: 0.3rem 1rem; align-items: start; }
article .meta { grid-column: 1 / -1; color: var(--faint); font-size: 0.86rem; display: flex; flex-wrap: wrap; gap: 0 1.2rem; }
article .id { color: var(--faint); font-weight: 500; margin-right: 0.5rem; white-space: nowrap; }
.callout { background: var(--shade); border-radius: 6px; padding: 0.6rem 0.9rem; margin: 0.8rem 0; }
.decision { border-left: 4px solid var(--review); }
.callout p { margin: 0.2rem 0; max-width: none; }
.checks { margin-top: 0.6rem; font-size: 0.9rem; table-layout: fixed; }
.checks .c1 { width: 8.4rem; } .checks .c2 { width: 13rem; }
.checks th[scope="rowgroup"] { padding: 0.9rem 0.7rem 0.3rem 0; font-size: 0.95rem; }
.checks td:first-child { padding-left: 0; }
.checks .open td { border-bottom: 0; }
.checks .advice td { padding-top: 0; }
.checks .advice td > div { background: var(--shade); border-radius: 6px; padding: 0.5rem 0.8rem; }
.plane, .evidence { display: block; color: var(--faint); font-size: 0.92em; }
.evidence a { margin-right: 0.4rem; font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: 0.86em; }
figure { margin: 0 0 1rem; }
figcaption { color: var(--faint); font-size: 0.86rem; margin-bottom: 0.3rem; overflow-wrap: anywhere; }
.timeline svg { display: block; max-width: 100%; height: auto; border: 1px solid var(--line); border-radius: 6px; }
.shots { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: 1rem; }
.shots img { display: block; width: 100%; height: 12rem; object-fit: contain; object-position: left top; background: var(--shade); border: 1px solid var(--line); border-radius: 6px; }
.shots figure:target { grid-column: 1 / -1; }
.shots figure:target img { height: auto; width: auto; max-width: 100%; }
:target { outline: 3px solid var(--focus); outline-offset: 3px; }
details > summary { cursor: pointer; padding: 0.2rem 0; }
details.block { border-top: 1px solid var(--line); padding: 0.35rem 0; }
details.block > summary { font-weight: 600; font-size: 0.95rem; }
.steps { margin: 0.3rem 0 0.6rem; padding-left: 1.6rem; }
.exchange { border-top: 1px solid var(--line); font-size: 0.86rem; }
.exchange > summary { display: grid; grid-template-columns: 1rem 8.6rem 4.4rem 3.6rem minmax(0, 1fr) max-content 4.6rem; gap: 0 0.6rem; align-items: baseline; list-style: none; }
.exchange > summary::-webkit-details-marker { display: none; }
.exchange > summary::before { content: "▸"; color: var(--faint); }
.exchange[open] > summary::before { content: "▾"; }
.exchange .target { overflow-wrap: anywhere; font-size: 1em; }
.exchange .bad { color: var(--failed); font-weight: 600; }
.exchange .end { text-align: right; }
.parts { display: grid; grid-template-columns: 1fr 1fr; gap: 0.4rem 1.4rem; padding: 0.2rem 0 0.9rem 1.6rem; }
.parts > div { min-width: 0; }
.alike { margin: 0.2rem 0 0.2rem 1.6rem; }
.parts h5 { margin: 0.4rem 0 0.2rem; font-size: 0.82rem; color: var(--faint); font-weight: 600; }
pre { margin: 0; background: var(--shade); border-radius: 6px; padding: 0.5rem 0.7rem; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 28rem; overflow: auto; line-height: 1.4; }
.again { padding: 0 0 0.5rem 1.6rem; color: var(--faint); }
.again ol { list-style: none; margin: 0.2rem 0 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: 0 1rem; }
.signature { display: grid; grid-template-columns: 2fr 1fr; gap: 1.4rem 2rem; margin-top: 1rem; border: 1px solid var(--line); border-radius: 8px; padding: 1.2rem 1.4rem 1.4rem; break-inside: avoid; }
.signature .field { border-bottom: 1px solid var(--ink); min-height: 3.4rem; color: var(--faint); font-size: 0.86rem; }
.signature .wide { grid-column: 1 / -1; }
.decisions { list-style: none; display: flex; flex-wrap: wrap; gap: 0.3rem 2rem; margin: 0; padding: 0; grid-column: 1 / -1; }
.decisions li::before { content: ""; display: inline-block; width: 0.95em; height: 0.95em; border: 1.5px solid var(--ink); margin-right: 0.5em; vertical-align: -0.1em; }

@media screen and (max-width: 46rem) {
  html { scroll-padding-top: 3rem; }
  main, .banner .line { padding-inline: 1rem; }
  .columns, .parts { grid-template-columns: 1fr; }
  .toolbar { display: none; }
  .facts, .sides { grid-template-columns: 1fr; gap: 0; } .facts dd, .sides dd { margin-bottom: 0.5rem; }
  article { padding-inline: 0.8rem; } article > header { grid-template-columns: 1fr; justify-items: start; }
  .signature { grid-template-columns: 1fr; }
  .number, .nowrap, .index td:first-child { white-space: normal; }
  .badge, .outcome { white-space: normal; }
  .shots { grid-template-columns: 1fr; }
  th, td { padding-inline: 0.3rem; }
  :is(.index, .stack) thead { display: none; }
  :is(.index, .stack), :is(.index, .stack) :is(tbody, tr, th) { display: block; }
  :is(.index, .stack) tr { border-bottom: 1px solid var(--line); padding: 0.3rem 0; }
  :is(.index, .stack) td { display: inline-block; border: 0; padding: 0.05rem 0.5rem 0.05rem 0; }
  .index td, .index th, .scroll td, .scroll th, .small td { overflow-wrap: anywhere; }
  .checks, .checks tbody, .checks tr, .checks td, .checks th { display: block; border: 0; padding: 0.1rem 0; width: auto; }
  .checks thead, .checks colgroup { display: none; }
  .checks tr { padding: 0.4rem 0; border-bottom: 1px solid var(--line); }
  .exchange > summary { grid-template-columns: 1rem 4.2rem 3.4rem 1fr; }
  .exchange > summary > :nth-child(n + 5) { grid-column: 2 / -1; text-align: left; }
}

@media print {
  @page { size: A4; margin: 14mm 14mm 16mm; @bottom-right { content: "page " counter(page) " of " counter(pages); font: 8.5pt sans-serif; color: #586473; } }
  :root { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  body { display: table; width: 100%; font-size: 9.5pt; }
  .banner { display: table-header-group; break-inside: avoid; position: static; }
  .banner .line, main { max-width: none; padding-inline: 0; }
  .banner .kindline { padding: 0 0.6rem; margin-bottom: 1rem; border-bottom: 1px solid var(--line); }
  main { display: table-row-group; }
  h1 { font-size: 20pt; }
  .toolbar, .skip { display: none; }
  h2, h3, h4, article > header { break-after: avoid; }
  article { break-inside: auto; }
  article.short, figure, tr, .callout, .result { break-inside: avoid; }
  details:not([open]) { display: none; }
  pre { max-height: none; }
  a { color: inherit; text-decoration: none; }
  .shots { grid-template-columns: repeat(3, 1fr); gap: 0.4rem; }
  .shots img { height: 7rem; }
  article { padding: 0.5rem 0.7rem; margin-bottom: 0.6rem; }
  article.passed .shots, article.passed .shots + *, article.passed .timeline, article.passed h4, article.passed .plane, article.passed .evidence { display: none; }
  h2 { margin: 1rem 0 0.4rem; } h4 { margin: 0.5rem 0 0.2rem; } p { margin: 0.2rem 0; }
  th, td { padding: 0.12rem 0.4rem; }
  .checks th[scope="rowgroup"] { padding: 0.25rem 0.4rem 0 0; }
  .checks .advice td > div { padding: 0.2rem 0.4rem; }
  .checks { font-size: 8.5pt; } .checks .c1 { width: 8rem; } .checks .c2 { width: 9.5rem; }
  .facts { grid-template-columns: minmax(6.5rem, max-content) 1fr; }
  article.passed { font-size: 7.5pt; padding: 0.3rem 0.5rem; margin-bottom: 0.4rem; }
  article.passed .checks { font-size: 7pt; line-height: 1.25; margin: 0; }
  article.passed .checks td { padding: 0.03rem 0.3rem; }
  article.passed .checks .c1 { width: 3.6rem; } article.passed .checks .c2 { width: 7.4rem; }
  article.passed .checks thead th { font-size: 7pt; padding: 0 0.3rem; }
  article.passed h3, article.passed .meta { font-size: 8.5pt; }
  article.passed .checks + .faint, article.passed .checks + * + .faint { display: none; }
  article.passed .checks tr:has(th[scope="rowgroup"]), article.passed details { display: none; }
}
`;
