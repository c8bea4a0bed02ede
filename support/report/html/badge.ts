import type { Outcome, Verdict } from '../../record/vocabulary.ts';
import { html, type Markup } from '../markup.ts';
import { outcomeWords, verdictWords } from '../words.ts';

export function Badge({ verdict }: { verdict: Verdict }): Markup {
  const { sign, label } = verdictWords[verdict];
  return html`<span class="badge ${verdict}"><span class="sign" aria-hidden="true">${sign}</span>${label}</span>`;
}

export function OutcomeMark({ outcome }: { outcome: Outcome | 'not-executed' }): Markup {
  const { sign, label } = outcomeWords[outcome];
  return html`<span class="outcome ${outcome}"><span class="sign" aria-hidden="true">${sign}</span>${label}</span>`;
}
