import type { Frame } from 'playwright';
import { foreignIn } from '../selectors.ts';
import type { BrowserDisplay } from '../settings.ts';
import { readBeside } from './beside.ts';
import { readDisplay } from './page.ts';
import type { Found, RawDisplay } from './raw.ts';
import { type Piece, type Sight, sightScript } from './sight.ts';

/**
 * A script, to be evaluated in the page or in a frame of it, whose value is what is shown there now: a `RawDisplay`.
 * `null` in a frame from elsewhere.
 */
export const lookingScript = (selectors: BrowserDisplay): string =>
  `${foundScript(selectors)} (${lookAtFrame})(${JSON.stringify(selectors)}, ${readDisplay}, ${sightScript}, ${readBeside})`;

/** Makes known which selectors of a display only Playwright understands: nothing is found by them yet. */
const foundScript = (selectors: BrowserDisplay): string =>
  `window.__kitFound ??= new Map(); for (const by of ${JSON.stringify(foreignIn(selectors).map(({ selector }) => selector))}) __kitFound.has(by) || __kitFound.set(by, []);`;

/**
 * Looks at a document by what its watcher has left there: to send the whole script for each look costs more than the
 * look. A document that has no watcher is sent the script. What a page does not understand itself, Playwright looks for
 * first; the page is handed the elements.
 */
export function looking(selectors: BrowserDisplay): (frame: Frame) => Promise<RawDisplay | null> {
  const short = `window.__look && __look(${JSON.stringify(selectors)})`;
  const whole = lookingScript(selectors);
  const foreign = foreignIn(selectors);
  return async (frame) => {
    await Promise.all(
      foreign.map(({ selector, row }) =>
        (row ? frame.locator(row) : frame).locator(selector).evaluateAll((elements, by) => {
          (window as Window & Found).__kitFound?.set(by, elements);
        }, selector),
      ),
    );
    const seen = await frame.evaluate<RawDisplay | null | undefined>(short);
    return seen === undefined ? frame.evaluate<RawDisplay | null>(whole) : seen;
  };
}

/**
 * A script that runs in each page before the page's own and tells each change of its display to `__displayChanged`.
 * `windows` have selectors of their own, each by what its address holds.
 */
export const watchingScript = (
  selectors: BrowserDisplay,
  windows: readonly (readonly [place: string, selectors: BrowserDisplay])[] = [],
): string =>
  `(${openRoots})(); ${[selectors, ...windows.map(([, own]) => own)].map(foundScript).join(' ')}
  (${watchDisplay})((${JSON.stringify(windows)}.find(([place]) => location.href.includes(place)) ?? [])[1] ?? ${JSON.stringify(selectors)}, ${lookAtFrame}, ${readDisplay}, ${sightScript}, ${readBeside});`;

/**
 * Shadow roots that are closed to scripts are as plain to a person as others: they are made open, for the kit to read and
 * to use. It runs in the page, before the page's own scripts.
 */
function openRoots(): void {
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function attachShadow(init: ShadowRootInit): ShadowRoot {
    return attach.call(this, init?.mode === 'closed' ? { ...init, mode: 'open' } : init);
  };
  const declared = (html: unknown): unknown =>
    typeof html !== 'string'
      ? html
      : html.replace(/(<template\b[^>]*\bshadowrootmode\s*=\s*["']?)closed/gi, '$1open');
  for (const { prototype } of [Element, ShadowRoot]) {
    const { setHTMLUnsafe } = prototype;
    if (!setHTMLUnsafe) continue;
    prototype.setHTMLUnsafe = function set(html: string, ...more: []) {
      return setHTMLUnsafe.call(this, declared(html) as string, ...more);
    };
  }
}

/** By this a document tells of a frame in it why nobody can make it out; `null` where one can. */
interface Frames {
  __unseenFrame?: (host: Element) => string | null;
}

/**
 * Reads a document that may be a frame within another. What is in a frame that nobody can make out is not shown; one
 * from elsewhere is none of the till's. It runs in the page, so it must not refer to anything outside of itself.
 */
function lookAtFrame(
  selectors: BrowserDisplay,
  read: typeof readDisplay,
  look: Sight,
  rest: typeof readBeside,
  found?: (root: ShadowRoot) => void,
): RawDisplay | null {
  if (window.parent === window) return read(selectors, look, rest, found);
  const host = window.frameElement;
  if (!host) return null;
  const why = (window.parent as Window & Frames).__unseenFrame?.(host);
  if (!why) return read(selectors, look, rest, found);
  const blind = (pieces: readonly Piece[]) => new Map(pieces.map((piece) => [piece, `of its frame: ${why}`]));
  return { ...read(selectors, Object.assign(blind, { styledIn: look.styledIn }), rest, found), text: '' };
}

/**
 * Tells each change of the display to `__displayChanged`, as soon as the page has made it. It runs in the
 * page, before the page's own scripts.
 */
function watchDisplay(
  selectors: BrowserDisplay,
  lookAt: typeof lookAtFrame,
  read: typeof readDisplay,
  look: Sight,
  rest: typeof readBeside,
): void {
  const lookNow = (by: BrowserDisplay): RawDisplay | null => lookAt(by, read, look, rest);
  Object.defineProperty(window, '__look', { value: lookNow });
  const framed = window.parent !== window;
  const host = window.frameElement;
  if (framed && !host) return;
  const unseenFrame = (inner: Element): string | null => {
    if (!inner.checkVisibility({ visibilityProperty: true } as CheckVisibilityOptions))
      return 'it is not displayed';
    const upper = host && (window.parent as Window & Frames).__unseenFrame?.(host);
    if (upper) return upper;
    const all: (Document | ShadowRoot)[] = [document];
    for (const root of all)
      for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) all.push(shadowRoot);
    return look([inner], all).get(inner) ?? null;
  };
  Object.defineProperty(window, '__unseenFrame', { value: unseenFrame, configurable: true });
  const { __kitShows, __kitParsed, __displayChanged } = window as unknown as {
    __kitShows?: (text: string) => void;
    __kitParsed?: (nothing: string) => void;
    __displayChanged: (display: RawDisplay | null) => void;
  };
  const watched = new WeakSet<Node>();
  let roots = 0;
  let last = '';
  let resting = false;
  let missed = false;
  /** Not before then is a page read again that has not changed. */
  let unasked = 0;
  const { __kitFound } = window as Window & Found;
  const tell = (): void => {
    if (!document.body) return;
    missed = resting;
    if (resting) return;
    if (__kitFound?.size) {
      // Only the kit can find what is to be read: it is asked to look, twenty times a second at most.
      resting = true;
      setTimeout(() => {
        resting = false;
        if (missed) tell();
      }, 50);
      if (__kitShows && !framed) __kitShows('null');
      else __displayChanged(null);
      return;
    }
    const started = performance.now();
    const display = lookAt(selectors, read, look, rest, watch);
    if (!display) return;
    const text = JSON.stringify(display);
    // A large page is read less often, so that the till has most of its time for itself.
    const took = performance.now() - started;
    resting = took > 4;
    unasked = performance.now() + 24 * took;
    if (resting)
      setTimeout(() => {
        resting = false;
        if (missed) tell();
      }, 4 * took);
    if (text === last) return;
    last = text;
    stirs += 1;
    if (__kitShows && !framed) __kitShows(text);
    else __displayChanged(display);
  };
  const observer = new MutationObserver(() => {
    stirs += 1;
    tell();
  });
  const watch = (root: Node): void => {
    if (watched.has(root)) return;
    watched.add(root);
    roots += 1;
    observer.observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
  };
  watch(document);
  Object.defineProperty(window, '__tellAgain', { value: tell });
  document.addEventListener('DOMContentLoaded', () => {
    __kitParsed?.('');
    tell();
  });
  /**
   * A number that is another once anything in the page may look otherwise; `null` where that cannot be measured, as in what
   * moves by itself, or in a document or a root that is not watched.
   */
  let stirs = performance.timeOrigin;
  let typed = '';
  const moved = 'scroll focusin focusout input pointermove pointerdown pointerup load resize transitionrun';
  const stir = (): void => {
    stirs += 1;
  };
  for (const event of moved.split(' '))
    window.addEventListener(event, stir, { capture: true, passive: true });
  const countStirs = (): number | null => {
    if ('__veil' in window) return null;
    if (roots > 1 || document.getAnimations().some(({ playState }) => playState === 'running')) return null;
    if (document.querySelector('iframe, frame, canvas, video, object, embed, marquee')) return null;
    const fields = [...document.querySelectorAll<HTMLInputElement>('input, textarea, select')];
    const now = fields.map(({ value, checked }) => `${value}${checked}`).join();
    if (now !== typed) stir();
    typed = now;
    return stirs;
  };
  Object.defineProperty(window, '__stirs', { value: countStirs });
  // What a mutation does not tell: the end of a fading, a choice, a popover that comes or goes.
  for (const event of ['transitionend', 'animationend', 'change', 'toggle'])
    document.addEventListener(event, tell, true);
  // And what nothing tells: a value or a tick that the page itself sets, a rule that it puts into a style sheet, what goes
  // on around a frame.
  setInterval(() => {
    if (performance.now() >= unasked) tell();
  }, 500);
}
