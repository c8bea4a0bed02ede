import type { BrowserDisplay } from '../../profile/index.ts';
import { readBeside } from './beside.ts';
import { readDisplay } from './page.ts';
import { type Sight, sightScript } from './sight.ts';

/** A script, to be evaluated in the page, whose value is what the page shows now: a `RawDisplay`. */
export const lookingScript = (selectors: BrowserDisplay): string =>
  `(${readDisplay})(${JSON.stringify(selectors)}, ${sightScript}, ${readBeside})`;

/**
 * A script that runs in each page before the page's own and tells each change of its display to `__displayChanged`.
 * `windows` have selectors of their own, each by what its address holds.
 */
export const watchingScript = (
  selectors: BrowserDisplay,
  windows: readonly (readonly [place: string, selectors: BrowserDisplay])[] = [],
): string =>
  `(${watchDisplay})((${JSON.stringify(windows)}.find(([place]) => location.href.includes(place)) ?? [])[1] ?? ${JSON.stringify(selectors)}, ${readDisplay}, ${sightScript}, ${readBeside});`;

/**
 * Tells each change of the display to `__displayChanged`, as soon as the page has made it. It runs in the
 * page, before the page's own scripts.
 */
function watchDisplay(
  selectors: BrowserDisplay,
  read: typeof readDisplay,
  look: Sight,
  rest: typeof readBeside,
): void {
  // The till's display is the page, not a frame within it.
  if (window.parent !== window) return;
  const watched = new WeakSet<Node>();
  let roots = 0;
  let last = '';
  let resting = false;
  let missed = false;
  let hidden = false;
  const tell = (): void => {
    if (!document.body) return;
    missed = resting;
    if (resting) return;
    const started = performance.now();
    const display = read(selectors, look, rest, watch);
    const text = JSON.stringify(display);
    // A large page is read less often, so that the till has most of its time for itself.
    const took = performance.now() - started;
    resting = took > 4;
    if (resting)
      setTimeout(() => {
        resting = false;
        if (missed) tell();
      }, 4 * took);
    // What is about to come into view, or to leave it, is read again when it has.
    hidden = display.unseen.length > 0;
    if (text === last) return;
    last = text;
    (window as unknown as { __displayChanged(display: unknown): void }).__displayChanged(display);
  };
  const observer = new MutationObserver(tell);
  const watch = (root: Node): void => {
    if (watched.has(root)) return;
    watched.add(root);
    roots += 1;
    observer.observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
  };
  watch(document);
  document.addEventListener('DOMContentLoaded', tell);
  // What a mutation does not tell: the end of a fading, a choice, and the value of a field that the page itself sets.
  for (const event of ['transitionend', 'animationend', 'change'])
    document.addEventListener(event, tell, true);
  const shown = ':is(input, textarea):is([readonly], :disabled)';
  setInterval(() => {
    if (hidden || roots > 1 || document.querySelector(shown)) tell();
  }, 500);
}
