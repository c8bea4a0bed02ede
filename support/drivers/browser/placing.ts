import type { painting } from './painting.ts';

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * Where a box lies: whether anybody can come to see it, and what lies at a point of the page.
 *
 * This runs in the page, so it must not refer to anything outside of itself.
 */
export function placing(
  { styleOf, chainOf }: Pick<ReturnType<typeof painting>, 'styleOf' | 'chainOf'>,
  leastSize: number,
) {
  const apart = (one: Box, other: Box): boolean =>
    one.right <= other.left + 1 ||
    one.left >= other.right - 1 ||
    one.bottom <= other.top + 1 ||
    one.top >= other.bottom - 1;
  const scrolls = (overflow: string): boolean => overflow === 'auto' || overflow === 'scroll';
  const page = document.documentElement;
  /** Whether a box that is not all in view can be scrolled to: `null` where it is in view. */
  const reached = (element: Element, box: Box): boolean | null => {
    let now = box;
    let scrolled: true | null = null;
    let position = styleOf(element).position;
    for (const one of chainOf(element)) {
      if (one === page || one === document.body) continue;
      const style = styleOf(one);
      const holds =
        one === element ||
        (position !== 'absolute' && position !== 'fixed') ||
        (position === 'absolute' && style.position !== 'static') ||
        style.transform !== 'none';
      if (!holds) continue;
      const clips = style.overflowX !== 'visible' || style.overflowY !== 'visible';
      if (clips && style.display !== 'inline' && one.clientWidth + one.clientHeight > 0) {
        const port = one.getBoundingClientRect();
        if (apart(now, port)) {
          const [dx, dy] = [now.left - port.left + one.scrollLeft, now.top - port.top + one.scrollTop];
          const beyondX = now.right <= port.left + 1 || now.left >= port.right - 1;
          const beyondY = now.bottom <= port.top + 1 || now.top >= port.bottom - 1;
          if (beyondX && (!scrolls(style.overflowX) || dx < 0 || dx > one.scrollWidth)) return false;
          if (beyondY && (!scrolls(style.overflowY) || dy < 0 || dy > one.scrollHeight)) return false;
          if (one.clientHeight < leastSize || one.clientWidth < leastSize) return false;
          now = port;
          scrolled = true;
        } else if (
          (scrolls(style.overflowX) && (now.left < port.left - 1 || now.right > port.right + 1)) ||
          (scrolls(style.overflowY) && (now.top < port.top - 1 || now.bottom > port.bottom + 1))
        )
          scrolled = true;
      }
      if (style.position !== 'static' || style.transform !== 'none') position = style.position;
      if (style.position === 'static' && style.transform !== 'none') position = 'relative';
    }
    const view: Box = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
    const inView = !apart(now, view);
    const [x, y] = [(now.left + now.right) / 2, (now.top + now.bottom) / 2];
    // What lies over it is looked for at points around its middle: where that is out of view, it is scrolled to as well.
    if (inView && x > 0 && y > 0 && x < innerWidth && y < innerHeight) return scrolled;
    const stays = inView ? scrolled : false;
    const { overflowX, overflowY } = styleOf(page);
    const body = document.body && styleOf(document.body);
    const locked = (own: string, inner: string | undefined) =>
      [own, own === 'visible' ? (inner ?? '') : ''].some((value) => value === 'hidden' || value === 'clip');
    if (position === 'fixed') return stays;
    const scroller = document.scrollingElement ?? page;
    const [left, top] = [now.left + scroller.scrollLeft, now.top + scroller.scrollTop];
    const [right, bottom] = [now.right + scroller.scrollLeft, now.bottom + scroller.scrollTop];
    if ((x <= 0 || x >= innerWidth) && locked(overflowX, body?.overflowX)) return stays;
    if ((y <= 0 || y >= innerHeight) && locked(overflowY, body?.overflowY)) return stays;
    if (right > 1 && bottom > 1 && left < scroller.scrollWidth && top < scroller.scrollHeight) return true;
    return stays;
  };
  /** All that lies at a point, the topmost first, within shadow roots too. */
  const stackAt = (x: number, y: number, root: Document | ShadowRoot = document): Element[] =>
    root
      .elementsFromPoint(x, y)
      .filter((element) => element.getRootNode() === root)
      .flatMap((element) =>
        element.shadowRoot ? [...stackAt(x, y, element.shadowRoot), element] : [element],
      );
  return { reached, stackAt };
}
