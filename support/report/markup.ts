import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { visibleOnPage } from '../record/visible.ts';

export type Markup = VNode;

/** Markup as a tagged template; whatever is put into it is escaped. */
export { html };

/** What hides or acts in a text from outside stands there as an escape. */
export const printed = (markup: Markup): string => visibleOnPage(renderToString(markup));

/** Where a frame's pieces go. Nothing else of a report is such an element. */
export const Inside = (): Markup => html`<slot></slot>`;

/** A frame with these pieces in the place of its `Inside`, printed in turn. */
export function* framed(frame: Markup, pieces: Iterable<string>): Iterable<string> {
  const [before, after] = printed(frame).split(printed(Inside()));
  yield before!;
  yield* pieces;
  yield after!;
}
