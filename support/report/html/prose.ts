import { visible } from '../../record/visible.ts';
import { html, type Markup } from '../markup.ts';

/** A sentence for people, whoever is quoted in it; backquotes stand around what is code. */
export function Prose({ text }: { text: string }): Markup {
  const parts = visible(text).split('`');
  const paired = parts.length % 2 === 1;
  return html`${paired ? parts.map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part)) : visible(text)}`;
}
