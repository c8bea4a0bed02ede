import type { Mistake } from './kind.ts';
import type { BrowserDisplay } from './settings.ts';

/** What Playwright adds to CSS, which a page itself does not understand. */
const addition =
  />>|(?:^|,\s*)(?:[\w-]+=|\/\/|\.\.)|:(?:visible|has-text|text|text-is|text-matches|nth-match|left-of|right-of|above|below|near)(?![\w-])/;

/** True of a selector that a page understands itself, without Playwright. */
export const isPlain = (selector: string): boolean => !addition.test(bareOf(selector));

/** A selector of a display with its place in the profile; `row`: what it is looked for in. */
interface Placed {
  readonly place: readonly string[];
  readonly selector: unknown;
  readonly row?: string;
}

/** All selectors of a display, those of its further windows too. */
function selectorsIn(display: Partial<BrowserDisplay>): Placed[] {
  const { ledger, regions = [], windows = [], symbols = [], reading: _, ...others } = display;
  const within = (part: string, list: readonly { readonly selector: string }[]): Placed[] =>
    list.map(({ selector }, index) => ({ place: [part, `${index}`, 'selector'], selector }));
  return [
    ...Object.entries(others).map(([name, selector]) => ({ place: [name], selector })),
    ...Object.entries(ledger ?? {}).map(([name, selector]) => ({
      place: ['ledger', name],
      selector,
      ...(name === 'rows' ? {} : { row: ledger!.rows }),
    })),
    ...within('regions', regions),
    ...within('symbols', symbols),
    ...windows.flatMap(({ url: _url, popup: _popup, ...selectors }, index) =>
      selectorsIn(selectors).map((one) => ({ ...one, place: ['windows', `${index}`, ...one.place] })),
    ),
  ];
}

/** The selectors of a display's own page that only Playwright understands; `row`: what one is looked for in. */
export const foreignIn = ({ windows: _, ...display }: BrowserDisplay): { selector: string; row?: string }[] =>
  selectorsIn(display).flatMap(({ selector, row }) =>
    typeof selector === 'string' && !isPlain(selector) ? [{ selector, ...(row ? { row } : {}) }] : [],
  );

/** The first selector of a display that is none, or `null`. `path` is where the display stands in the profile. */
export function mistakeInDisplay(display: BrowserDisplay, path: readonly string[]): Mistake | null {
  for (const { place: inDisplay, selector, row } of selectorsIn(display)) {
    if (typeof selector !== 'string') continue;
    const wrong = wrongWith(selector) ?? (row ? wrongInRow(selector) : null);
    const place = [...path, ...inDisplay];
    if (wrong)
      return {
        path: place,
        says: `expected \`${place.join('.')}\` to be a selector, but ${wrong}. Correct it, such as "#result", "td.total" or "text=Paid".`,
      };
  }
  return null;
}

/** What keeps a selector of a journal's cell from being looked for in each of its rows, or `null`. */
const wrongInRow = (selector: string): string | null =>
  /(?:^|>>)\s*nth=/.test(selector)
    ? '`nth=` counts the cells of all rows together (write `:nth-child(2)` instead)'
    : null;

/** The kinds of selectors that Playwright has. */
const engines =
  /^\*?(?:(?:css|text|id|data-testid|data-test-id|data-test)(?::light)?|role|xpath|nth|visible|_react|_vue|internal:[\w-]+)$/;

/** What keeps a selector from being one of Playwright's, or `null`; `leads`: it may lead into a frame. */
export function wrongWithParts(selector: string, leads: boolean): string | null {
  for (const part of bareOf(selector)
    .split('>>')
    .map((one) => one.trim())) {
    if (part === '') return 'a part of it is missing beside `>>`';
    const [, engine] = /^(\*?[\w:-]+)=/.exec(part) ?? [];
    if (engine === 'internal:control' && !leads)
      return 'it leads into a frame (leave that out: what frames show is read by the same selectors)';
    if (engine && !engines.test(engine))
      return `\`${engine}=\` is not a kind of selector (there are css=, text=, role=, xpath=, id= and nth=)`;
  }
  return null;
}

/** What keeps a text from being a selector, or `null`. */
function wrongWith(selector: string): string | null {
  const bare = bareOf(selector);
  if (!isPlain(selector)) return unclosed(selector) ?? wrongWithParts(selector, false);
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
