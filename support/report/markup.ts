import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

export type Markup = VNode;

/** Markup as a tagged template; whatever is put into it is escaped. */
export { html };

// Neither HTML nor XML has room for these, even escaped.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g;

export const printed = (markup: Markup): string =>
  renderToString(markup).replace(unprintable, '\ufffd').toWellFormed();

/** Where a frame's pieces go. Nothing else of a report is such an element. */
export const Inside = (): Markup => html`<slot></slot>`;

/** A frame with these pieces in the place of its `Inside`, printed in turn. */
export function* framed(frame: Markup, pieces: Iterable<string>): Iterable<string> {
  const [before, after] = printed(frame).split(printed(Inside()));
  yield before!;
  yield* pieces;
  yield after!;
}
