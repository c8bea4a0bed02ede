import type { Certificate } from '../../judging/index.ts';
import { html, type Markup } from '../markup.ts';
import { settled, subjectWords, verdicts, verdictWords } from '../words.ts';

/** What has to stay in sight, on each page: whether the run is practice, and of what and which it is. */
export function Banner({ certificate }: { certificate: Certificate }): Markup {
  const { run, subject } = certificate;
  const practice = run.kind === 'practice';
  return html`<header class="banner ${run.kind}">
    <div class="kindline"><div class="line">
      <span class="kind">${practice ? 'Practice run' : 'Qualifying run'}</span>
      ${practice && html`<span>does not qualify for certification</span>`}
      <span class="faint">${subjectWords(subject)}</span>
      <code class="faint">${run.id}</code>
    </div></div>
    <${Toolbar} certificate=${certificate} />
  </header>`;
}

function Toolbar({ certificate: { rows } }: { certificate: Certificate }): Markup {
  const present = verdicts.filter((verdict) => rows.some((row) => row.verdict === verdict));
  const count = (names: readonly string[]) => rows.filter(({ verdict }) => names.includes(verdict)).length;
  const open = present.filter((verdict) => !settled(verdict));
  return html`<div class="toolbar" hidden><div class="line" role="group" aria-label="Rows to show">
    <button type="button" data-show="" aria-pressed="true">All ${rows.length}</button>
    ${open.length > 0 && html`<button type="button" data-show=${open.join(' ')} aria-pressed="false">To look at ${count(open)}</button>`}
    ${present.map(
      (verdict) =>
        html`<button type="button" data-show=${verdict} aria-pressed="false"><span class="sign" aria-hidden="true">${verdictWords[verdict].sign}</span>${verdictWords[verdict].label} ${count([verdict])}</button>`,
    )}
    <span class="end">
      <input id="search" type="search" placeholder="Find a row" aria-label="Find a row by id, title or section" />
      <button type="button" id="next" title="Go to the next row that needs a look">Next ↓</button>
      <button type="button" id="unfold" aria-pressed="false">Unfold</button>
    </span>
    <span id="shown" class="hearable" role="status"></span>
  </div></div>`;
}
