import type { Page } from 'playwright';
import { isPlain } from '../selectors.ts';

/** A part of what is in view, in pixels of its document. */
interface Part {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * The part of a page around the texts of those of these selectors that a page itself knows; `null` where none is in view, or where they take so much room
 * that a picture of the whole shows as much.
 */
export const partAround = (page: Page, selectors: readonly string[]): Promise<Part | null> =>
  page.evaluate(around, selectors.filter(isPlain));

// It runs in the page, so it must not refer to anything outside of itself.
function around(selectors: readonly string[]): Part | null {
  const roots: (Document | ShadowRoot)[] = [document];
  for (const root of roots)
    for (const element of root.querySelectorAll('*')) if (element.shadowRoot) roots.push(element.shadowRoot);
  const found = selectors
    .flatMap((selector) => roots.flatMap((root) => [...root.querySelectorAll(selector)]))
    .filter((element) => element.textContent?.trim())
    .map((element) => element.getBoundingClientRect())
    .filter(({ width, height }) => width > 0 && height > 0);
  const [wide, high] = [document.documentElement.clientWidth, innerHeight];
  const span = (from: number, to: number, room: number, least: number): [number, number] => {
    const spare = Math.max(24, (least - (to - from)) / 2);
    const begin = Math.min(Math.max(0, from - spare), Math.max(0, room - least));
    return [Math.floor(begin), Math.ceil(Math.min(room, Math.max(to + spare, begin + least)))];
  };
  if (!found.length) return null;
  const [left, right] = [
    Math.min(...found.map((one) => one.left)),
    Math.max(...found.map((one) => one.right)),
  ];
  const [top, bottom] = [
    Math.min(...found.map((one) => one.top)),
    Math.max(...found.map((one) => one.bottom)),
  ];
  if (right <= 0 || bottom <= 0 || left >= wide || top >= high) return null;
  const [x, x2] = span(left, right, wide, 400);
  const [y, y2] = span(top, bottom, high, 240);
  const [width, height] = [x2 - x, y2 - y];
  if (width <= 0 || height <= 0 || width * height > (wide * high) / 2) return null;
  return { x: x + scrollX, y: y + scrollY, width, height };
}
