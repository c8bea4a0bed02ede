import { createHash } from 'node:crypto';
import { framed, html, Inside, type Markup } from '../markup.ts';
import { enhance } from './enhance.ts';
import { style } from './style.ts';

/** What the browser runs once the page stands: the page reads well without it. */
const script = `(${enhance})(document);`;

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * Nothing may be fetched, and nothing may run but the page's own script: what is shown here came from tills
 * and from the network.
 */
const policy = `default-src 'none'; img-src data:; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`;

/**
 * A whole page that needs nothing but itself, in pieces: those of `main` come in turn. The banner stays in sight, and
 * is on each page in print.
 */
export function* page({
  title,
  banner,
  main,
}: {
  title: string;
  banner: Markup;
  main: Iterable<string>;
}): Iterable<string> {
  const frame = html`<html lang="en-GB">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content=${policy} />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="referrer" content="no-referrer" />
      <title>${title}</title>
      <link rel="icon" href="data:," />
      <style dangerouslySetInnerHTML=${{ __html: style }} />
    </head>
    <body>
      <a class="skip" href="#main">To the content</a>
      ${banner}
      <main id="main"><${Inside} /></main>
      <script dangerouslySetInnerHTML=${{ __html: script }} />
    </body>
  </html>`;
  yield '<!doctype html>\n';
  yield* framed(frame, main);
  yield '\n';
}
