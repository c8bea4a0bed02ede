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
