import htm from 'htm';
import { h, type VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

export type Markup = VNode;

/** Markup as a tagged template; whatever is put into it is escaped. */
export const html = htm.bind(h) as (strings: TemplateStringsArray, ...values: unknown[]) => Markup;

export const printed = (markup: Markup): string => renderToString(markup);
