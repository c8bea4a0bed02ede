import { setTimeout as wait } from 'node:timers/promises';
import type { CDPSession, Frame } from 'playwright';
import type { Picture } from '../../record/picture.ts';
import { isPlain } from '../selectors.ts';
import { own, within } from './answering.ts';
import { devtoolsOf } from './devtools.ts';
import { pixelsThatDiffer } from './picture.ts';
import type { Found, RawDisplay } from './raw.ts';
import { pictureOf, veilings } from './shots.ts';

/** What pictures tell of a text: it is in them, it is not, or they cannot tell. */
export type Proof = 'seen' | 'unseen' | 'unknown';

/** So many pixels of a text that differ are no chance. */
const fewest = 8;

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly text: string;
}

/**
 * Proves from pixels whether a person can make out a text: does the picture change where it stands when only the text
 * is made transparent? What moves for ever, lies out of view, or is drawn by its background, pictures cannot tell.
 * The page's own content is left as it is: a style sheet that is adopted for a moment is no mutation.
 *
 * `doubtful`: it is thought to be hidden, so what moves near it must not be taken for it.
 */
export async function proven(
  frame: Frame,
  selector: string,
  { doubtful = false }: { readonly doubtful?: boolean } = {},
): Promise<Proof> {
  const before = await placeIn(frame, selector);
  if (!before) return 'unknown';
  const devtools = await devtoolsOf(frame.page());
  const shown = await pictured(devtools, before);
  let without: Buffer | null = null;
  let after: Place | null = null;
  veilings.set(frame.page(), (veilings.get(frame.page()) ?? 0) + 1);
  try {
    if (await frame.evaluate(clear, selector)) without = await pictured(devtools, before);
  } finally {
    after = await placeIn(frame, selector);
  }
  if (!without) return 'unknown';
  const again = doubtful ? await pictured(devtools, before) : shown;
  if (doubtful) after = await placeIn(frame, selector);
  const [hidden, noise] = [pixelsThatDiffer(shown, without), pixelsThatDiffer(shown, again)];
  if (!after || JSON.stringify(after) !== JSON.stringify(before)) return 'unknown';
  if (hidden === null || noise === null || noise >= fewest) return 'unknown';
  return hidden < fewest ? 'unseen' : 'seen';
}

async function pictured(devtools: CDPSession, { x, y, width, height }: Place): Promise<Buffer> {
  const { data } = await within(
    devtools.send('Page.captureScreenshot', {
      format: 'png',
      optimizeForSpeed: true,
      clip: { x, y, width, height, scale: 1 },
    }),
    own,
  );
  return Buffer.from(data, 'base64');
}

/**
 * Where in the document of its page the text of a selector stands; `null` where pictures cannot tell. A text
 * that was made transparent is drawn again first.
 */
async function placeIn(frame: Frame, selector: string): Promise<Place | null> {
  const { view, found } = await frame.evaluate<{ view: View; found: Place | null }>(
    `(${restore})(); (${place})(${JSON.stringify(selector)})
      .then((found) => ({ found, view: { x: scrollX, y: scrollY, width: innerWidth, height: innerHeight } }))`,
  );
  const offset = found && (await offsetOf(frame, view));
  return offset ? { ...found, x: found.x + offset.x, y: found.y + offset.y } : null;
}

/** What part of a document is in view. */
interface View {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where in the document of its page a frame begins; `null` where it is not drawn in its own size, or not all in view. */
async function offsetOf(frame: Frame, inFrame: View): Promise<{ x: number; y: number } | null> {
  const main = frame.page().mainFrame();
  if (frame === main) return inFrame;
  const view = await main.evaluate(() => ({
    x: scrollX,
    y: scrollY,
    width: innerWidth,
    height: innerHeight,
  }));
  const host = await frame.frameElement();
  const [box, edge] = await Promise.all([
    host.boundingBox(),
    host.evaluate((element) => {
      const { clientLeft, clientTop, offsetWidth, offsetHeight } = element as HTMLElement;
      const { paddingLeft, paddingTop } = getComputedStyle(element as HTMLElement);
      return {
        left: clientLeft + Number.parseFloat(paddingLeft),
        top: clientTop + Number.parseFloat(paddingTop),
        width: offsetWidth,
        height: offsetHeight,
      };
    }),
  ]);
  await host.dispose();
  const scaled = !box || Math.abs(box.width - edge.width) > 1 || Math.abs(box.height - edge.height) > 1;
  if (scaled || box.x < 0 || box.y < 0 || box.x + box.width > view.width || box.y + box.height > view.height)
    return null;
  return { x: view.x + box.x + edge.left, y: view.y + box.y + edge.top };
}

// What follows runs in the page, so it must not refer to anything outside of itself.

/** Where in the view of its frame the text of a selector stands that is in view, once what fades has come to its end. */
async function place(selector: string): Promise<Place | null> {
  // A theme of high contrast draws letters in its own colour, whatever the page says.
  if (matchMedia('(forced-colors: active)').matches) return null;
  const roots: (Document | ShadowRoot)[] = [document];
  for (const root of roots)
    for (const element of root.querySelectorAll('*')) if (element.shadowRoot) roots.push(element.shadowRoot);
  const elements = roots.flatMap((root) => [...root.querySelectorAll(selector)]);
  const isField = (element: Element): element is HTMLInputElement =>
    'value' in element && element.tagName !== 'LI';
  const moving = roots
    .flatMap((root) => root.getAnimations())
    .filter(({ playState, effect }) => {
      const target = effect instanceof KeyframeEffect ? effect.target : null;
      return (
        playState === 'running' &&
        elements.some((element) => target?.contains(element) || (target && element.contains(target)))
      );
    });
  if (moving.some(({ effect }) => effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY))
    return null;
  await Promise.race([
    // A font that is still to come leaves its text blank for a while.
    Promise.allSettled([document.fonts.ready, ...moving.map(({ finished }) => finished)]),
    new Promise((done) => setTimeout(done, 2000)),
  ]);
  let [left, top, right, bottom] = [innerWidth, innerHeight, 0, 0];
  let text = '';
  for (const element of elements) {
    if (element.closest('marquee') || !element.checkVisibility()) continue;
    const around = [element, ...element.querySelectorAll('*')];
    if (around.some((one) => getComputedStyle(one).backgroundClip.includes('text'))) return null;
    for (let at: Element | null = element.parentElement; at; at = at.parentElement)
      if (getComputedStyle(at).backgroundClip.includes('text')) return null;
    const range = document.createRange();
    range.selectNodeContents(element);
    // Words that a style sheet adds have no place of their own that a script could learn.
    const added = ['::before', '::after']
      .map((pseudo) => getComputedStyle(element, pseudo).content)
      .filter((content) => /[\p{L}\p{N}]/u.test(content));
    const whole = isField(element) || added.length > 0;
    const boxes = whole ? [element.getBoundingClientRect()] : [...range.getClientRects()];
    for (const box of boxes) {
      // A part that is out of view may be what can be read; so may one that a list has scrolled away.
      for (let at = element.parentElement; at; at = at.parentElement) {
        const { overflowX, overflowY, position } = getComputedStyle(at);
        const port = at.getBoundingClientRect();
        const beyondX = box.left < port.left - 1 || box.right > port.right + 1;
        const beyondY = box.top < port.top - 1 || box.bottom > port.bottom + 1;
        if ((beyondX && /auto|scroll/.test(overflowX)) || (beyondY && /auto|scroll/.test(overflowY)))
          return null;
        if (position === 'fixed') break;
      }
      if (box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1)
        return null;
      if (!box.width || !box.height) continue;
      left = Math.min(left, box.left);
      top = Math.min(top, box.top);
      right = Math.max(right, box.right);
      bottom = Math.max(bottom, box.bottom);
    }
    text += isField(element) ? element.value : [element.textContent, ...added].join(' ');
  }
  if (!text.trim() || right - left < 1 || bottom - top < 1) return null;
  const [x, y] = [Math.max(0, Math.floor(left) - 2), Math.max(0, Math.floor(top) - 2)];
  const width = Math.min(innerWidth - x, Math.ceil(right - left) + 6);
  const height = Math.min(innerHeight - y, Math.ceil(bottom - top) + 6);
  return { x, y, width, height, text };
}

/** The style sheet that makes a text transparent, and where it is adopted. */
interface Veil {
  readonly sheet: CSSStyleSheet;
  readonly roots: (Document | ShadowRoot)[];
}

/** Makes the text of a selector transparent, and nothing else: whether that has come about, whatever the page's styles say. */
function clear(selector: string): boolean {
  const roots: (Document | ShadowRoot)[] = [document];
  for (const root of roots)
    for (const element of root.querySelectorAll('*')) if (element.shadowRoot) roots.push(element.shadowRoot);
  const sheet = new CSSStyleSheet();
  const all = [selector, `:is(${selector}) *`, `:is(${selector})::before`, `:is(${selector})::after`];
  // What is selected, or highlighted, is drawn in colours of its own.
  const highlights = [
    'selection',
    ...[...CSS.highlights.keys()].map((name) => `highlight(${CSS.escape(name)})`),
  ];
  const marked = highlights.flatMap((name) =>
    [selector, `:is(${selector}) *`].map((one) => `:is(${one})::${name}`),
  );
  // A layer of its own goes before what else is important.
  sheet.replaceSync(`@layer { ${all.join(', ')} {
    transition: none !important; color: transparent !important; -webkit-text-fill-color: transparent !important;
    -webkit-text-stroke-color: transparent !important; text-shadow: none !important; }
    ${marked.map((one) => `${one} { color: transparent !important; -webkit-text-fill-color: transparent !important; text-shadow: none !important; }`).join('\n')}
    ${[selector, `:is(${selector}) *`].map((one) => `:is(${one}):is(text, tspan, textPath)`).join(', ')} {
    fill: transparent !important; stroke: transparent !important; } }`);
  for (const root of roots) root.adoptedStyleSheets.unshift(sheet);
  Object.defineProperty(window, '__veil', { value: { sheet, roots }, configurable: true });
  const found = [...document.querySelectorAll(selector)].flatMap((one) => [
    one,
    ...one.querySelectorAll('*'),
  ]);
  return found.every((element) => {
    const style = getComputedStyle(element);
    const ink = element instanceof SVGTextContentElement ? style.fill : style.color;
    return /, 0\)$|^transparent$/.test(ink);
  });
}

/** Takes that back. The colour has to be what it was before transitions are let go on, or it would come slowly. */
function restore(): void {
  const { __veil } = window as Window & { __veil?: Veil };
  if (!__veil) return;
  const { sheet, roots } = __veil;
  Reflect.deleteProperty(window, '__veil');
  const all = (sheet.cssRules[0] as CSSLayerBlockRule).cssRules[0] as CSSStyleRule;
  sheet.replaceSync(`@layer { ${all.selectorText} { transition: none !important; } }`);
  for (const root of roots)
    for (const element of root.querySelectorAll(all.selectorText)) getComputedStyle(element).color;
  for (const root of roots) root.adoptedStyleSheets = root.adoptedStyleSheets.filter((one) => one !== sheet);
}

/** What Playwright has found by a selector, as a selector that a style sheet understands; `null` within a shadow root. */
function pathsOf(by: string): string | null {
  const pathOf = (element: Element): string => {
    const { parentElement: parent } = element;
    if (!parent) return ':root';
    return `${pathOf(parent)} > :nth-child(${[...parent.children].indexOf(element) + 1})`;
  };
  const found = (window as Window & Found).__kitFound?.get(by) ?? [];
  const whole = found.length > 0 && found.every((element) => element.getRootNode() === document);
  return whole ? found.map(pathOf).join(', ') : null;
}

/** For whom a claim is proven. */
interface Prover {
  /** Something has come of it. */
  readonly done: () => void;
  /** It is still claimed. */
  readonly stands: (claim: string) => boolean;
  /** Is given a picture of the page as it is when the claim is first seen. */
  readonly keep: (claim: string, picture: Picture) => void;
}

/** What pictures have reported of the results of a till's page, each once. */
export class Proofs {
  readonly #selector: string;
  /** By what is claimed, and by what makes it doubtful. */
  readonly #known = new Map<string, Proof>();
  #running: Promise<void> | null = null;
  /** What is to be proven once nothing else is. */
  #due: (() => void) | null = null;
  /** How what is claimed stands there now. */
  #standing = '';
  /** What was seen until something came over it: it counts as seen until a picture tells of it as it stands now. */
  #carried: string | null = null;

  constructor(selector: string) {
    this.#selector = selector;
  }

  /** Another row has begun, in which each claim is proven anew. */
  forget(): void {
    this.#known.clear();
    this.#due = null;
    this.#standing = '';
    this.#carried = null;
  }

  /** What a display comes to by what is known; `doubtful` is what stands there and is thought to be hidden. */
  corrected(raw: RawDisplay): RawDisplay {
    const { claim, doubtful } = claimOf(raw);
    const proof = claim === null ? undefined : this.#known.get(standingOf(raw));
    if (doubtful && claim !== null && (proof === 'seen' || (!proof && this.#carried === claim)))
      return {
        ...raw,
        outcome: claim,
        unseen: raw.unseen.filter(({ part }) => part !== 'outcome'),
      };
    if (doubtful || proof !== 'unseen') return raw;
    const reason = 'the picture of the page is the same without it';
    return {
      ...raw,
      outcome: null,
      unseen: [...raw.unseen, { part: 'outcome', text: claim!, reason, proven: true }],
    };
  }

  /**
   * Proves the claim of a display, unless that was done. What is not in the picture is looked for again a while later,
   * for as long as it is claimed.
   */
  prove(frame: Frame, raw: RawDisplay, { done, stands, keep }: Prover): void {
    const { claim, doubtful } = claimOf(raw);
    const key = standingOf(raw);
    if (key !== this.#standing) this.#stands(raw);
    if (claim === null || this.#known.has(key)) return;
    if (this.#running) {
      this.#due = () => this.prove(frame, raw, { done, stands, keep });
      return;
    }
    const known = this.#known;
    const once = async (): Promise<void> => {
      const before = known.get(key);
      // What is shown for a moment only has gone when it is asked for: its picture is taken when it is first seen.
      const taken =
        doubtful || before ? null : await pictureOf(frame.page(), [this.#selector]).catch(() => null);
      if (taken && stands(claim)) keep(claim, taken);
      const proof = await this.#proofOf(frame, doubtful, before === 'unseen').catch((): Proof => 'unknown');
      this.#running = null;
      const due = this.#due;
      this.#due = null;
      // What was not seen, and cannot be known now, is still not seen.
      const now = before === 'unseen' && proof === 'unknown' ? before : proof;
      if (this.#standing === key) known.set(key, now);
      const carried = doubtful && this.#carried === claim ? 'seen' : 'unseen';
      if (doubtful ? now !== carried : now !== (before ?? 'seen') && now !== 'unknown') done();
      due?.();
      if (doubtful || now !== 'unseen') return;
      wait(1000, undefined, { ref: false }).then(() => {
        if (known.has(key) && !this.#running && !frame.isDetached() && stands(claim)) this.#running = once();
      });
    };
    this.#running = once();
  }

  /** It stands otherwise from now on. What covers it may be another thing each time: that is proven anew. */
  #stands(raw: RawDisplay): void {
    const { claim, doubtful } = claimOf(raw);
    const before = this.#known.get(this.#standing);
    const plain = this.#standing === claim;
    const seen = plain ? before !== 'unseen' : before === 'seen' || this.#carried === claim;
    const same = claim !== null && this.#standing.split('\n')[0] === claim;
    this.#carried = doubtful && same && seen ? claim : null;
    this.#standing = standingOf(raw);
    if (doubtful) this.#known.delete(this.#standing);
  }

  /** Until no proof is under way, and at the longest so many ms. False where none was. */
  async settled(ms?: number): Promise<boolean> {
    if (!this.#running) return false;
    const over = new AbortController();
    const late = ms === undefined ? [] : [wait(ms, undefined, { signal: over.signal }).catch(() => {})];
    await Promise.race([this.#running, ...late]);
    over.abort();
    return true;
  }

  /** What is not seen may have been covered for a moment: only what is not seen again a while later is not there. */
  async #proofOf(frame: Frame, doubtful: boolean, again: boolean): Promise<Proof> {
    const selector = isPlain(this.#selector) ? this.#selector : await frame.evaluate(pathsOf, this.#selector);
    if (!selector) return 'unknown';
    const first = await proven(frame, selector, { doubtful });
    if (first !== 'unseen' || doubtful || again) return first;
    await wait(500);
    return proven(frame, selector);
  }
}

/** What is claimed, and what makes it doubtful: by what is between it and who looks. */
function standingOf(raw: RawDisplay): string {
  const { claim, doubtful } = claimOf(raw);
  const reasons = raw.unseen.filter(({ part }) => part === 'outcome').map(({ reason }) => reason);
  return doubtful ? [claim, ...reasons].join('\n').replaceAll(/[\d.]+ ?:/g, ':') : (claim ?? '');
}

/** What a display claims, or would claim if what lies over it were not there. */
export function claimOf({ outcome, unseen }: RawDisplay): { claim: string | null; doubtful: boolean } {
  if (outcome !== null) return { claim: outcome, doubtful: false };
  const covered = unseen.filter(
    ({ part, reason }) => part === 'outcome' && /covers it$|contrast is|is cut off$/.test(reason),
  );
  return { claim: covered.map(({ text }) => text).join(' · ') || null, doubtful: true };
}
