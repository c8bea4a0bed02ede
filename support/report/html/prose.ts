import { html, type Markup } from '../markup.ts';

/** A sentence for people, in which backquotes stand around what is code. */
export function Prose({ text }: { text: string }): Markup {
  const parts = text.split('`');
  const paired = parts.length % 2 === 1;
  return html`${paired ? parts.map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part)) : text}`;
}
