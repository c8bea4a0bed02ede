import { createHash } from 'node:crypto';
import { framed, html, Inside, type Markup } from '../markup.ts';
import { enhance } from './enhance.ts';
import { style } from './style.ts';

/** Whether a page has its style and pictures within itself, or in files beside it; the second runs no script. */
export type Looks = 'within' | 'beside';

/** What the browser runs once the page stands: the page reads well without it. */
const script = `(${enhance})(document);`;

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * Nothing may be fetched, and nothing may run but the page's own script: what is shown here came from tills
 * and from the network.
 */
const policies: Readonly<Record<Looks, string>> = {
  within: `default-src 'none'; img-src data:; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`,
  beside: "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'",
};

/**
 * A whole page that needs nothing but itself, or what lies beside it, in pieces: those of `main` come in turn. The banner stays in sight, and
 * is on each page in print.
 */
export function* page({
  title,
  banner,
  main,
  looks = 'within',
}: {
  title: string;
  banner: Markup;
  main: Iterable<string>;
  looks?: Looks;
}): Iterable<string> {
  const frame = html`<html lang="en-GB">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content=${policies[looks]} />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="referrer" content="no-referrer" />
      <title>${title}</title>
      ${looks === 'within' ? html`<link rel="icon" href="data:," /><style dangerouslySetInnerHTML=${{ __html: style }} />` : html`<link rel="stylesheet" href="certification.css" />`}
    </head>
    <body>
      <a class="skip" href="#main">To the content</a>
      ${banner}
      <main id="main"><${Inside} /></main>
      ${looks === 'within' && html`<script dangerouslySetInnerHTML=${{ __html: script }} />`}
    </body>
  </html>`;
  yield '<!doctype html>\n';
  yield* framed(frame, main);
  yield '\n';
}
