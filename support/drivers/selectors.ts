import type { Mistake } from './kind.ts';
import type { BrowserDisplay } from './settings.ts';

/** What Playwright adds to CSS, which a page itself does not understand. */
const foreign =
  />>|(?:^|,\s*)(?:[\w-]+=|\/\/|\.\.)|:(?:visible|has-text|text|text-is|text-matches|nth-match|left-of|right-of|above|below|near)(?![\w-])/;

/** The first selector of a display that is no CSS, or `null`. `path` is where the display stands in the profile. */
export function mistakeInDisplay(display: BrowserDisplay, path: readonly string[]): Mistake | null {
  const { ledger = {}, regions = [], windows = [], symbols = [], reading: _, ...others } = display;
  const all = [
    ...Object.entries(others).map(([name, selector]) => [[...path, name], selector] as const),
    ...Object.entries(ledger).map(([name, selector]) => [[...path, 'ledger', name], selector] as const),
    ...regions.map(
      ({ selector }, index) => [[...path, 'regions', `${index}`, 'selector'], selector] as const,
    ),
    ...symbols.map(
      ({ selector }, index) => [[...path, 'symbols', `${index}`, 'selector'], selector] as const,
    ),
    ...windows.flatMap(({ url: _url, popup: _popup, regions: parts = [], ...selectors }, index) => [
      ...Object.entries(selectors).map(
        ([name, selector]) => [[...path, 'windows', `${index}`, name], selector] as const,
      ),
      ...parts.map(
        ({ selector }, at) =>
          [[...path, 'windows', `${index}`, 'regions', `${at}`, 'selector'], selector] as const,
      ),
    ]),
  ];
  for (const [place, selector] of all) {
    if (typeof selector !== 'string') continue;
    const wrong = wrongWith(selector);
    if (wrong)
      return {
        path: place,
        says: `expected \`${place.join('.')}\` to be a CSS selector, but ${wrong}. Correct it, such as "#result" or "td.total".`,
      };
  }
  return null;
}

/** What keeps a text from being a CSS selector, or `null`. */
function wrongWith(selector: string): string | null {
  const bare = bareOf(selector);
  const addition = foreign.exec(bare)?.[0];
  if (addition) return `\`${addition}\` is not CSS, which alone may select what is displayed`;
  const open = unclosed(selector);
  if (open) return open;
  if (/^\s*,|,\s*(?:,|$)|[>+~]\s*(?:$|,|[>+~])/.test(bare)) return 'a selector is missing in it';
  const odd = /[.#](?![\w\-\u0080-\uffff])[^\s]?|(?<!\w)[.#]\d\w*|::?(?![\w-])|[{}@!%&$;<?/]/.exec(
    bare.replace(/\[[^\]]*\]/g, '').replace(/\([^()]*\)/g, ''),
  )?.[0];
  return odd ? `\`${odd}\` cannot stand there` : null;
}

/** A selector without what may hold any character: escapes, quoted texts. */
const bareOf = (selector: string): string => selector.replace(/\\./gs, 'x').replace(/"[^"]*"|'[^']*'/g, 'x');

/** What has no end in a selector, or `null`; a selector of text (`text=it's`) may have anything in it. */
export function unclosed(selector: string): string | null {
  if (selector.trim() === '') return 'it is empty';
  if (/^[\w-]+=|>>/.test(selector)) return null;
  const bare = bareOf(selector);
  if (/["']/.test(bare)) return 'a quote in it has no end';
  const open: string[] = [];
  for (const one of bare) {
    if (one === '(' || one === '[') open.push(one);
    if ((one === ')' && open.pop() !== '(') || (one === ']' && open.pop() !== '['))
      return `\`${one}\` closes nothing`;
  }
  return open.length ? `\`${open.at(-1)}\` has no end` : null;
}
