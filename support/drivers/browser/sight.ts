/** A piece of what the page says: a text, or a field or control with words of its own. */
export type Piece = Text | Element;

/**
 * Tells which pieces nobody can make out, and why: they have no size, lie where nobody can come, are cut off or
 * covered, or hardly differ from what is behind them (below 1.3 : 1). What can be scrolled to can be made out; what
 * is drawn over a picture is taken to be. It paints in its mind what lies at some points of each piece, without it
 * and with it, and changes nothing on the page. `roots` are the document and its open shadow roots.
 *
 * This runs in the page, so it must not refer to anything outside of itself.
 */
export function sight(
  pieces: readonly Piece[],
  roots: readonly (Document | ShadowRoot)[],
): Map<Piece, string> {
  /** Red, green and blue from 0 to 1, and how opaque. */
  type Colour = readonly [number, number, number, number];
  const leastContrast = 1.3;
  const leastSize = 6;
  const reasons = new Map<Piece, string>();
  if (!pieces.length) return reasons;

  const memo = <K, V>(make: (key: K) => V): ((key: K) => V) => {
    const made = new Map<K, V>();
    return (key) => {
      if (!made.has(key)) made.set(key, make(key));
      return made.get(key)!;
    };
  };
  const parentOf = (node: Node): Element | null =>
    (node as Element | Text).assignedSlot ??
    node.parentElement ??
    (node.parentNode instanceof ShadowRoot ? node.parentNode.host : null);
  const styleOf = memo((element: Element) => getComputedStyle(element));
  const chainOf = memo((element: Element): Element[] => {
    const chain: Element[] = [];
    for (let at: Element | null = element; at; at = parentOf(at)) chain.push(at);
    return chain;
  });
  const name = (element: Element): string =>
    `<${element.tagName.toLowerCase()}${element.id ? ` id="${element.id}"` : element.classList.length ? ` class="${element.classList}"` : ''}>`;

  // ---- colours

  const brush = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const colourOf = memo((text: string): Colour => {
    const plain = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/.exec(text);
    if (plain)
      return [Number(plain[1]) / 255, Number(plain[2]) / 255, Number(plain[3]) / 255, Number(plain[4] ?? 1)];
    if (!brush) return [0, 0, 0, 1];
    brush.clearRect(0, 0, 1, 1);
    brush.fillStyle = text;
    brush.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = brush.getImageData(0, 0, 1, 1).data;
    return [red / 255, green / 255, blue / 255, alpha / 255];
  });
  const coloursIn = memo((image: string): Colour[] =>
    [...image.matchAll(/(?:rgba?|color|oklch|oklab|lch|lab|hsla?)\([^()]*\)/g)].map(([text]) =>
      colourOf(text),
    ),
  );
  const light = (part: number): number => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const luminance = ([red, green, blue]: Colour): number =>
    0.2126 * light(red) + 0.7152 * light(green) + 0.0722 * light(blue);
  const contrast = (one: Colour, other: Colour): number => {
    const [a, b] = [luminance(one) + 0.05, luminance(other) + 0.05];
    // Two colours as bright as each other can still be told apart.
    const apart = Math.max(...[0, 1, 2].map((part) => Math.abs(one[part]! - other[part]!)));
    return Math.max(a / b, b / a, apart > 0.35 ? 1 + apart : 1);
  };
  const each = (colour: Colour, change: (part: number) => number): Colour => {
    const part = (at: 0 | 1 | 2) => Math.min(1, Math.max(0, change(colour[at])));
    return [part(0), part(1), part(2), colour[3]];
  };
  const blends: Record<string, (top: number, under: number) => number> = {
    multiply: (top, under) => top * under,
    screen: (top, under) => top + under - top * under,
    darken: Math.min,
    lighten: Math.max,
    difference: (top, under) => Math.abs(top - under),
    exclusion: (top, under) => top + under - 2 * top * under,
    overlay: (top, under) => (under < 0.5 ? 2 * top * under : 1 - 2 * (1 - top) * (1 - under)),
    'hard-light': (top, under) => (top < 0.5 ? 2 * top * under : 1 - 2 * (1 - top) * (1 - under)),
    'color-dodge': (top, under) => (under === 0 ? 0 : top >= 1 ? 1 : Math.min(1, under / (1 - top))),
    'color-burn': (top, under) => (under >= 1 ? 1 : top <= 0 ? 0 : 1 - Math.min(1, (1 - under) / top)),
    'plus-lighter': (top, under) => Math.min(1, top + under),
  };
  const over = (top: Colour, under: Colour, blend = 'normal'): Colour => {
    const mix = blends[blend] ?? ((part: number) => part);
    const part = (at: 0 | 1 | 2) => top[3] * mix(top[at], under[at]) + (1 - top[3]) * under[at];
    return [part(0), part(1), part(2), 1];
  };

  // ---- what an element and those around it do to what they draw

  interface Veil {
    readonly opacity: number;
    readonly blur: number;
    readonly blend: string;
    readonly filters: readonly (readonly [name: string, amount: number])[];
  }
  const clear: Veil = { opacity: 1, blur: 0, blend: 'normal', filters: [] };
  /** Animations that never end: what they make of an element changes, and is seen at its best in turn. */
  const endless = new Map<Element, ComputedKeyframe[]>();
  for (const animation of roots.flatMap((root) => root.getAnimations())) {
    const { effect } = animation;
    if (!(effect instanceof KeyframeEffect) || !effect.target || animation.playState !== 'running') continue;
    if (effect.getComputedTiming().endTime === Number.POSITIVE_INFINITY)
      endless.set(effect.target, [...(endless.get(effect.target) ?? []), ...effect.getKeyframes()]);
  }
  const moves = (element: Element): boolean =>
    chainOf(element).some(
      (one) =>
        one.tagName === 'MARQUEE' ||
        endless
          .get(one)
          ?.some((frame) =>
            ['transform', 'translate', 'scale', 'left', 'top', 'marginLeft', 'textIndent'].some(
              (property) => property in frame,
            ),
          ),
    );
  const filtersIn = memo((filter: string): (readonly [string, number])[] =>
    [...filter.matchAll(/([a-z-]+)\((-?[\d.]+)(%|px)?\)/g)].map(
      ([, called, amount, unit]) => [called!, Number(amount) / (unit === '%' ? 100 : 1)] as const,
    ),
  );
  const filtered = (colour: Colour, filters: Veil['filters']): Colour =>
    filters.reduce(
      (now, [called, amount]) =>
        called === 'brightness'
          ? each(now, (part) => part * amount)
          : called === 'contrast'
            ? each(now, (part) => (part - 0.5) * amount + 0.5)
            : called === 'invert'
              ? each(now, (part) => part * (1 - 2 * amount) + amount)
              : now,
      colour,
    );
  const masked = (style: CSSStyleDeclaration): boolean => {
    const { maskImage, maskSize } = style;
    if (!maskImage || maskImage === 'none') return false;
    if (/^0(px|%)?( |$)|^\S+ 0(px|%)?$/.test(maskSize)) return true;
    return (
      !maskImage.includes('url(') &&
      coloursIn(maskImage).length > 0 &&
      coloursIn(maskImage).every(([, , , alpha]) => alpha < 0.05)
    );
  };
  const veilOf = memo((element: Element): Veil => {
    const parent = parentOf(element);
    const outer: Veil = parent ? veilOf(parent) : clear;
    const style = styleOf(element);
    const filters = style.filter === 'none' ? [] : filtersIn(style.filter);
    const shines = (endless.get(element) ?? []).map(({ opacity }) => Number(opacity ?? 0));
    const opacity = filters
      .filter(([called]) => called === 'opacity')
      .reduce((product, [, amount]) => product * amount, Math.max(Number(style.opacity), ...shines));
    const blur = Math.max(0, ...filters.filter(([called]) => called === 'blur').map(([, amount]) => amount));
    return {
      opacity: masked(style) ? 0 : outer.opacity * opacity,
      blur: Math.max(outer.blur, blur),
      blend: style.mixBlendMode === 'normal' ? outer.blend : style.mixBlendMode,
      filters: filters.length ? [...filters, ...outer.filters] : outer.filters,
    };
  });

  // ---- what is painted at a point

  const grounds: readonly Colour[] = [
    [0, 0, 0, 1],
    [1, 1, 1, 1],
  ];
  const picture = (element: Element): boolean =>
    ['IMG', 'VIDEO', 'CANVAS', 'IFRAME', 'EMBED', 'OBJECT'].includes(element.tagName) ||
    element instanceof SVGElement;
  /** The colours that a style's background may have at a point; `null` where it is transparent there. */
  const backgrounds = (style: CSSStyleDeclaration): readonly Colour[] | null => {
    if (style.backgroundClip.includes('text')) return null;
    const colour = colourOf(style.backgroundColor);
    const { backgroundImage } = style;
    if (backgroundImage !== 'none') {
      const stops = coloursIn(backgroundImage);
      if (backgroundImage.includes('url(') || !stops.length) return grounds;
      return stops.map((stop) => (colour[3] > 0 ? [...over(stop, colour).slice(0, 3), 1] : stop) as Colour);
    }
    return colour[3] > 0 ? [colour] : null;
  };
  /** What the pseudo elements of an element lay over a point. */
  const pseudosOf = memo((element: Element): CSSStyleDeclaration[] =>
    ['::before', '::after']
      .map((pseudo) => getComputedStyle(element, pseudo))
      .filter(({ content }) => content !== 'none' && content !== 'normal'),
  );
  const overlaid = (element: Element, x: number, y: number): readonly Colour[] =>
    pseudosOf(element).flatMap((style): readonly Colour[] => {
      if (!['absolute', 'fixed'].includes(style.position)) return [];
      if (style.display === 'none' || style.visibility !== 'visible' || Number(style.zIndex) < 0) return [];
      const holder =
        style.position === 'fixed'
          ? null
          : chainOf(element).find((one) => styleOf(one).position !== 'static');
      const from = holder?.getBoundingClientRect();
      const [left, top] = [
        (from?.left ?? 0) + (holder?.clientLeft ?? 0) + Number.parseFloat(style.left),
        (from?.top ?? 0) + (holder?.clientTop ?? 0) + Number.parseFloat(style.top),
      ];
      const [width, height] = [Number.parseFloat(style.width), Number.parseFloat(style.height)];
      if (x < left || x > left + width || y < top || y > top + height) return [];
      const painted = style.backgroundImage.includes('url(') ? null : backgrounds(style)?.[0];
      const opacity = Number(style.opacity) * veilOf(element).opacity;
      return painted ? [[painted[0], painted[1], painted[2], painted[3] * opacity]] : [];
    });
  const faded = (colour: Colour, veil: Veil): Colour => {
    const [red, green, blue, alpha] = filtered(colour, veil.filters);
    return [red, green, blue, alpha * veil.opacity];
  };
  const forced = matchMedia('(forced-colors: active)').matches;
  /** The colours in which the words of an element are drawn. */
  const inks = memo((element: Element): Colour[] => {
    const style = styleOf(element);
    // A theme of high contrast draws in a colour of its own, which only `color` tells.
    const own = forced && style.getPropertyValue('forced-color-adjust') === 'auto';
    const fill = colourOf((!own && style.getPropertyValue('-webkit-text-fill-color')) || style.color);
    const found: Colour[] = [fill];
    if (style.textShadow !== 'none') found.push(...coloursIn(style.textShadow));
    if (Number.parseFloat(style.getPropertyValue('-webkit-text-stroke-width')) > 0)
      found.push(colourOf(style.getPropertyValue('-webkit-text-stroke-color')));
    for (const one of fill[3] < 1 ? chainOf(element) : []) {
      const around = styleOf(one);
      if (!around.backgroundClip.includes('text')) continue;
      const stops = coloursIn(around.backgroundImage);
      if (around.backgroundImage.includes('url(')) found.push(...grounds);
      found.push(...stops, colourOf(around.backgroundColor));
    }
    return found.filter(([, , , alpha]) => alpha > 0);
  });
  const schemes = styleOf(document.documentElement).colorScheme.split(' ');
  const dark =
    schemes.includes('dark') &&
    (!schemes.includes('light') || matchMedia('(prefers-color-scheme: dark)').matches);
  const canvas: Colour = dark ? [0.07, 0.07, 0.07, 1] : [1, 1, 1, 1];
  /**
   * How far the words differ from what is there without them, as a contrast. `stack` is what lies at the point, the
   * topmost first; what comes before `element` in it lies over the words.
   */
  const differs = (
    element: Element,
    stack: readonly Element[],
    height: number,
    x: number,
    y: number,
  ): { contrast: number; cover: Element | null } => {
    const place = stack.indexOf(element);
    let under: Colour[] = [canvas];
    for (const one of stack.slice(place).reverse()) {
      const painted = picture(one) ? grounds : backgrounds(styleOf(one));
      if (!painted) continue;
      const veil = veilOf(one);
      under = painted
        .flatMap((colour) => under.map((below) => over(faded(colour, veil), below, veil.blend)))
        .slice(0, 12);
    }
    const veil = veilOf(element);
    let pairs = under.flatMap((below) =>
      inks(element).map((ink): [Colour, Colour] => [below, over(faded(ink, veil), below, veil.blend)]),
    );
    const most = (): number => Math.max(1, ...pairs.map(([without, words]) => contrast(without, words)));
    if (veil.blur > height / 2) return { contrast: 1, cover: null };
    if (most() < leastContrast) return { contrast: most(), cover: null };
    const layOver = (colour: Colour, blend: string) => {
      pairs = pairs.map(([without, words]) => [over(colour, without, blend), over(colour, words, blend)]);
    };
    for (const colour of overlaid(element, x, y)) layOver(colour, 'normal');
    if (most() < leastContrast) return { contrast: most(), cover: element };
    for (const one of stack.slice(0, place).reverse()) {
      const style = styleOf(one);
      const above = veilOf(one);
      const backdrop = style.getPropertyValue('backdrop-filter');
      if (backdrop && backdrop !== 'none') {
        const filters = filtersIn(backdrop);
        if (filters.some(([called, amount]) => called === 'blur' && amount > height / 2))
          return { contrast: 1, cover: one };
        pairs = pairs.map(([without, words]) => [filtered(without, filters), filtered(words, filters)]);
      }
      // A drawing may be laid over the whole page, and be transparent nearly everywhere.
      const painted = ['IMG', 'VIDEO'].includes(one.tagName)
        ? [[0.5, 0.5, 0.5, 1] as const]
        : picture(one) || style.backgroundImage.includes('url(')
          ? null
          : backgrounds(style);
      if (painted) {
        const thinnest = [...painted].sort((a, b) => a[3] - b[3])[0]!;
        layOver(faded(thinnest, above), above.blend);
      }
      for (const colour of overlaid(one, x, y)) layOver(colour, above.blend);
      if (most() < leastContrast) return { contrast: most(), cover: one };
    }
    return { contrast: most(), cover: null };
  };

  // ---- where it is

  interface Box {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  }
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
    if (!apart(now, view)) return scrolled;
    const { overflowX, overflowY } = styleOf(page);
    const body = document.body && styleOf(document.body);
    const locked = (own: string, inner: string | undefined) =>
      [own, own === 'visible' ? (inner ?? '') : ''].some((value) => value === 'hidden' || value === 'clip');
    if (position === 'fixed') return false;
    const scroller = document.scrollingElement ?? page;
    const [left, top] = [now.left + scroller.scrollLeft, now.top + scroller.scrollTop];
    const [right, bottom] = [now.right + scroller.scrollLeft, now.bottom + scroller.scrollTop];
    if ((now.right <= 1 || now.left >= innerWidth - 1) && locked(overflowX, body?.overflowX)) return false;
    if ((now.bottom <= 1 || now.top >= innerHeight - 1) && locked(overflowY, body?.overflowY)) return false;
    return right > 1 && bottom > 1 && left < scroller.scrollWidth && top < scroller.scrollHeight;
  };
  /** All that lies at a point, the topmost first, within shadow roots too. */
  const stackAt = (x: number, y: number, root: Document | ShadowRoot = document): Element[] =>
    root
      .elementsFromPoint(x, y)
      .filter((element) => element.getRootNode() === root)
      .flatMap((element) =>
        element.shadowRoot ? [...stackAt(x, y, element.shadowRoot), element] : [element],
      );

  /** Why a piece cannot be made out, or `null`. */
  const judge = (piece: Piece): string | null => {
    const parent = piece instanceof Element ? piece : parentOf(piece);
    if (!parent) return 'it is not on the page';
    // An element without a box of its own is drawn by the one around it.
    const element = chainOf(parent).find((one) => styleOf(one).display !== 'contents') ?? parent;
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
        if (found >= leastContrast) return null;
        whys.push(`its contrast is ${found.toFixed(2)} : 1`);
        continue;
      }
      let seen = 0;
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
        if (found >= leastContrast) seen += 1;
        else whys.push(cover ? `${name(cover)} covers it` : `its contrast is ${found.toFixed(2)} : 1`);
        if (seen > 1) return null;
      }
      // Of a narrow letter no more than one point may be met.
      if (seen && letters <= 2) return null;
    }
    return whys[0] ?? 'it lies where nobody can see it';
  };

  /** Letters that stand by themselves, and in one place. */
  const heaped = new Set<Piece>();
  const letters = pieces.filter((piece) => piece instanceof Text && piece.data.trim().length === 1);
  const places = letters.map((piece) =>
    (piece instanceof Text ? parentOf(piece)! : piece).getBoundingClientRect(),
  );
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
