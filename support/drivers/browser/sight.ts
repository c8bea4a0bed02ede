import { colourSense } from './colours.ts';
import { painting } from './painting.ts';
import { placing } from './placing.ts';

/** Words that a style sheet puts before or after what an element holds. */
export interface Styled {
  readonly element: Element;
  readonly pseudo: '::before' | '::after';
  readonly words: string;
}

/** A piece of what the page says: a text, a field or control with words of its own, or the words of a style sheet. */
export type Piece = Text | Element | Styled;

/** Tells which pieces nobody can make out, and why. */
export interface Sight {
  (
    pieces: readonly Piece[],
    roots: readonly (Document | ShadowRoot)[],
    /** Is given the contrast of each piece that can be made out, and hardly be read. */
    faint?: Map<Piece, number>,
    /** Is given what can be read of a text, where its box has no room for all of it. */
    cut?: Map<Piece, string>,
  ): ReadonlyMap<Piece, string>;
  /** The words that a style sheet puts before or after what an element holds. */
  readonly styledIn: typeof styledIn;
}

/**
 * Tells which pieces nobody can make out, and why: they have no size, lie where nobody can come, are cut off or
 * covered, or hardly differ from what is behind them (below 1.3 : 1). What can be scrolled to can be made out; what
 * is drawn over a picture is taken to be. It paints in its mind what lies at some points of each piece, without it
 * and with it, and changes nothing on the page. `roots` are the document and its open shadow roots.
 *
 * This runs in the page, so it must not refer to anything outside of itself.
 */
function sight(
  pieces: readonly Piece[],
  roots: readonly (Document | ShadowRoot)[],
  faint: Map<Piece, number> | undefined,
  cut: Map<Piece, string> | undefined,
  senses: { colourSense: typeof colourSense; painting: typeof painting; placing: typeof placing },
): Map<Piece, string> {
  const leastContrast = 1.3;
  /** What has less is hard to read, however large it is (WCAG 2.2, 1.4.3). */
  const readable = 3;
  const leastSize = 6;
  const reasons = new Map<Piece, string>();
  if (!pieces.length) return reasons;
  const { parentOf, styleOf, chainOf, moves, blinkOf, veilOf, inks, differs } = senses.painting(
    senses.colourSense(),
    roots,
    leastContrast,
  );
  const { reached, stackAt } = senses.placing({ styleOf, chainOf }, leastSize);
  const name = (element: Element): string =>
    `<${element.tagName.toLowerCase()}${element.id ? ` id="${element.id}"` : element.classList.length ? ` class="${element.classList}"` : ''}>`;

  /** The same of words that a style sheet adds, as far as it can be known: where they lie no script can learn. */
  const judgeStyled = ({ element, pseudo }: Styled): string | null => {
    const style = getComputedStyle(element, pseudo);
    if (style.position === 'absolute' || style.position === 'fixed' || moves(element)) return null;
    const veil = veilOf(element);
    if (veil.opacity < 0.02) return `its opacity is ${Math.round(1000 * veil.opacity) / 1000}`;
    const { contrast: found } = differs(element, chainOf(element), 2 * leastSize, -1, -1, style);
    return found < leastContrast ? `its contrast is ${found.toFixed(2)} : 1` : null;
  };

  /**
   * How many letters of a text its line has room for: up to the first word of which less than three quarters are
   * there, of a number or of the first word less than all. `null` where it has room for all of them.
   */
  const endOf = (text: Text, line: Element, dots: boolean, size: number): number | null => {
    const clips = (overflow: string): boolean => overflow === 'hidden' || overflow === 'clip';
    const { overflowX, overflowY } = styleOf(line);
    const across = (dots || clips(overflowX)) && line.scrollWidth > line.clientWidth;
    const down = clips(overflowY) && line.scrollHeight > line.clientHeight;
    if (!across && !down) return null;
    const port = line.getBoundingClientRect();
    const right = port.left + line.clientLeft + line.clientWidth - (dots ? size / 2 : 0);
    const bottom = port.top + line.clientTop + line.clientHeight;
    const range = document.createRange();
    for (const { index, 0: word } of text.data.matchAll(/\S+/g)) {
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      const box = range.getBoundingClientRect();
      const first = !text.data.slice(0, index).trim();
      const room = across ? (right - box.left) / box.width : 1;
      const enough = first || /\d/.test(word) ? 1 : 0.75;
      if (room < enough || (down && box.top + box.height / 2 > bottom)) return first ? 0 : index;
    }
    return null;
  };

  /** Why a piece cannot be made out, or `null`. */
  const judge = (piece: Piece): string | null => {
    if ('words' in piece) return judgeStyled(piece);
    const parent = piece instanceof Element ? piece : parentOf(piece);
    if (!parent) return 'it is not on the page';
    // An element without a box of its own is drawn by the one around it.
    const element = chainOf(parent).find((one) => styleOf(one).display !== 'contents') ?? parent;
    const blink = blinkOf(element);
    if (blink) return blink;
    const endlessly = moves(element);
    let boxes: DOMRect[];
    if (piece instanceof Element) boxes = [piece.getBoundingClientRect()];
    else {
      const range = document.createRange();
      range.selectNodeContents(piece);
      boxes = [...range.getClientRects()];
    }
    const drawn = boxes.filter(({ width, height }) => width > 0 && height > 0);
    if (!drawn.length) return endlessly ? null : 'it has no size';
    const style = styleOf(parent);
    const letters =
      piece instanceof Element
        ? 1
        : piece.data.replace(/\s+/g, ' ').trim().length / Math.max(1, drawn.length);
    const long = Math.max(...drawn.map(({ width, height }) => Math.max(width, height)));
    const short = Math.max(...drawn.map(({ width, height }) => Math.min(width, height)));
    if (!endlessly) {
      if (long < leastSize || short < (letters > 2 ? leastSize : 1.5))
        return `it is ${Math.round(10 * short) / 10} px high`;
      if (
        letters > 2 &&
        Math.max(...drawn.map(({ width, height }) => width + height)) / letters < short * 0.12
      )
        return 'its letters lie on top of each other';
    }
    const line = chainOf(element).find((one) => styleOf(one).display !== 'inline');
    if (line && !endlessly) {
      const dots = styleOf(line).textOverflow === 'ellipsis' && styleOf(line).overflowX !== 'visible';
      const size = Number.parseFloat(style.fontSize);
      if (dots && line.scrollWidth > line.clientWidth && line.clientWidth < 2 * size)
        return 'dots stand for nearly all of it';
      const end = piece instanceof Text && style.direction === 'ltr' ? endOf(piece, line, dots, size) : null;
      if (end === 0 && dots) return 'dots stand for all but a part of its first word';
      if (end) cut?.set(piece, `${(piece as Text).data.slice(0, end)}…`);
    }
    const security = style.getPropertyValue('-webkit-text-security');
    if (security && security !== 'none') return 'it is drawn as dots';
    if (!inks(parent).length) return 'its colour is transparent';
    const veil = veilOf(parent);
    if (veil.opacity < 0.02) return `its opacity is ${Math.round(1000 * veil.opacity) / 1000}`;

    const whys: string[] = [];
    for (const box of drawn.slice(0, 3)) {
      const height = Math.min(box.width, box.height);
      const scrolled = reached(element, box);
      if (scrolled === false && !endlessly) {
        whys.push('it lies where nobody can see it');
        continue;
      }
      if (scrolled !== null || endlessly) {
        const { contrast: found } = differs(parent, chainOf(parent), height, -1, -1);
        if (found >= leastContrast) {
          if (found < readable) faint?.set(piece, found);
          return null;
        }
        whys.push(`its contrast is ${found.toFixed(2)} : 1`);
        continue;
      }
      let seen = 0;
      let best = 0;
      for (const [across, down] of [
        [0.5, 0.5],
        [0.15, 0.5],
        [0.85, 0.5],
        [0.3, 0.3],
        [0.7, 0.7],
        [0.3, 0.7],
        [0.7, 0.3],
      ] as const) {
        const [x, y] = [box.left + across * box.width, box.top + down * box.height];
        if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue;
        const stack = stackAt(x, y);
        if (!stack.includes(element)) {
          whys.push('it is cut off');
          continue;
        }
        const at = element === parent ? stack : stack.toSpliced(stack.indexOf(element), 0, parent);
        const { contrast: found, cover } = differs(parent, at, height, x, y);
        best = Math.max(best, found);
        if (found >= leastContrast) seen += 1;
        else whys.push(cover ? `${name(cover)} covers it` : `its contrast is ${found.toFixed(2)} : 1`);
        if (seen > 1) {
          if (best < readable) faint?.set(piece, best);
          return null;
        }
      }
      // Of a narrow letter no more than one point may be met.
      if (seen && letters <= 2) return null;
    }
    return whys[0] ?? 'it lies where nobody can see it';
  };

  /** Letters that stand by themselves, and in one place. Those of one line may share their element. */
  const heaped = new Set<Piece>();
  const letters = pieces.filter(
    (piece): piece is Text => piece instanceof Text && piece.data.trim().length === 1,
  );
  const places = letters.map((piece) => {
    const range = document.createRange();
    range.selectNodeContents(piece);
    return range.getBoundingClientRect();
  });
  for (const [index, box] of places.entries()) {
    const onIt = places.filter(
      (other) =>
        Math.abs(other.left - box.left) < box.height / 6 && Math.abs(other.top - box.top) < box.height / 6,
    );
    if (onIt.length > 2) heaped.add(letters[index]!);
  }

  // So that what lets clicks through is met as well. A style sheet that is adopted is no mutation.
  const touchable = new CSSStyleSheet();
  touchable.replaceSync('* { pointer-events: auto !important }');
  for (const root of roots) root.adoptedStyleSheets.push(touchable);
  try {
    for (const piece of pieces) {
      const why = heaped.has(piece) ? 'its letters lie on top of each other' : judge(piece);
      if (why) reasons.set(piece, why);
    }
  } finally {
    for (const root of roots) root.adoptedStyleSheets.pop();
  }
  return reasons;
}

/** See `Sight`. It runs in the page, so it must not refer to anything outside of itself. */
function styledIn(element: Element, pseudo: Styled['pseudo']): string {
  const style = getComputedStyle(element, pseudo);
  const { content, display, visibility, opacity } = style;
  if (!/[\p{L}\p{N}]/u.test(content) || display === 'none') return '';
  if (visibility !== 'visible' || Number(opacity) < 0.02 || Number.parseFloat(style.fontSize) < 6) return '';
  const far = (side: string): boolean => Number.parseFloat(side) < -Math.max(innerWidth, innerHeight);
  if (style.position !== 'static' && (far(style.left) || far(style.top))) return '';
  const said = [...content.matchAll(/"((?:[^"\\]|\\.)*)"|attr\(([\w-]+)\)/g)]
    .map(([, text, name]) => (name ? (element.getAttribute(name) ?? '') : text!.replace(/\\(.)/g, '$1')))
    .join('');
  return display === 'inline' ? said : ` ${said} `;
}

/** A script whose value is a `Sight`, to be evaluated in a page. */
export const sightScript = `Object.assign((pieces, roots, faint, cut) => (${sight})(pieces, roots, faint, cut, { colourSense: ${colourSense}, painting: ${painting}, placing: ${placing} }), { styledIn: ${styledIn} })`;
