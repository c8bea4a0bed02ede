import type { Colour, colourSense } from './colours.ts';

export interface Veil {
  readonly opacity: number;
  readonly blur: number;
  readonly blend: string;
  readonly filters: readonly (readonly [name: string, amount: number])[];
}

/**
 * Paints in its mind what lies at a point of the page. `roots` are the document and its open shadow roots.
 *
 * This runs in the page, so it must not refer to anything outside of itself.
 */
export function painting(
  { memo, colourOf, coloursIn, contrast, each, over, knows }: ReturnType<typeof colourSense>,
  roots: readonly (Document | ShadowRoot)[],
  leastContrast: number,
) {
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

  // ---- what an element and those around it do to what they draw

  const clear: Veil = { opacity: 1, blur: 0, blend: 'normal', filters: [] };
  /** Animations that never end: what they make of an element changes, and is seen at its best in turn. */
  const endless = new Map<Element, ComputedKeyframe[]>();
  const blinking = new Map<Element, string>();
  /** At which of the thousand moments of a turn an animation lets be seen what it animates. */
  const lit = (frames: readonly ComputedKeyframe[], property: 'visibility' | 'opacity'): boolean[] => {
    const own = frames.filter((frame) => property in frame);
    const dark = (frame: ComputedKeyframe | undefined): boolean =>
      property === 'opacity'
        ? Number(frame?.opacity ?? 1) < 0.02
        : /hidden|collapse/.test(`${frame?.visibility}`);
    return Array.from({ length: 1000 }, (_, index) => {
      const next = own.findIndex(({ computedOffset }) => computedOffset > index / 1000);
      const [from, to] = [own[next - 1], own[next]];
      // Between two frames the one goes over into the other, unless it does so in a single step.
      const step = /^step-(start|end)$|^steps\(1(?:,\s*(?:jump-)?(start|end))?\)$/.exec(from?.easing ?? '');
      if (!from || !step) return !dark(from) || !dark(to);
      return !dark((step[1] ?? step[2]) === 'start' ? to : from);
    });
  };
  /** Half a second at a time is enough to read a word, and so is a third of the time. */
  const blinks = (turn: readonly boolean[], ms: number): string | null => {
    const seen = turn.filter(Boolean).length;
    let longest = 0;
    let run = 0;
    for (const one of [...turn, ...turn]) {
      run = one ? run + 1 : 0;
      longest = Math.max(longest, Math.min(run, turn.length));
    }
    if (3 * seen >= turn.length || longest * ms >= 500) return null;
    return `it is there for ${Math.round(longest * ms)} ms, and then gone, in turns of ${Math.round(turn.length * ms)} ms`;
  };
  for (const animation of roots.flatMap((root) => root.getAnimations())) {
    const { effect } = animation;
    if (!(effect instanceof KeyframeEffect) || !effect.target || animation.playState !== 'running') continue;
    const { endTime, duration, direction } = effect.getComputedTiming();
    if (endTime !== Number.POSITIVE_INFINITY) continue;
    const frames = effect.getKeyframes();
    endless.set(effect.target, [...(endless.get(effect.target) ?? []), ...frames]);
    const there = (['visibility', 'opacity'] as const).map((property) => lit(frames, property));
    const back = direction?.startsWith('alternate') ? there.map((one) => [...one].reverse()) : null;
    const ms = Number(duration) / there[0]!.length;
    const why = there.map((one, index) => blinks(back ? [...one, ...back[index]!] : one, ms)).find(Boolean);
    if (why) blinking.set(effect.target, why);
  }
  /** Why what comes and goes for ever is there too seldom to be read; `null` where it can be. */
  const blinkOf = (element: Element): string | null =>
    chainOf(element)
      .map((one) => blinking.get(one))
      .find(Boolean) ?? null;
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
  const inks = memo((element: Element): Colour[] => inksBy(element, styleOf(element)));
  const inksBy = (element: Element, style: CSSStyleDeclaration): Colour[] => {
    // A theme of high contrast draws in a colour of its own, which only `color` tells.
    const own = forced && style.getPropertyValue('forced-color-adjust') === 'auto';
    const ink = element instanceof SVGTextContentElement ? style.fill : style.color;
    const fill = colourOf(
      (!own && !(element instanceof SVGElement) && style.getPropertyValue('-webkit-text-fill-color')) || ink,
    );
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
  };
  const schemes = styleOf(document.documentElement).colorScheme.split(' ');
  const dark =
    schemes.includes('dark') &&
    (!schemes.includes('light') || matchMedia('(prefers-color-scheme: dark)').matches);
  const bare: Colour = dark ? [0.07, 0.07, 0.07, 1] : [1, 1, 1, 1];
  /** The element whose background is that of the whole canvas, beyond its own edges too. */
  const sheet = [document.documentElement, document.body].find((one) => one && backgrounds(styleOf(one)));
  const canvas = ((sheet && backgrounds(styleOf(sheet))) ?? [bare]).map((colour) => over(colour, bare));
  /**
   * How far the words differ from what is there without them, as a contrast. `stack` is what lies at the point, the
   * topmost first; what comes before `element` in it lies over the words. `added` is the style of words that a style
   * sheet adds to the element, which have a background of their own.
   */
  const differs = (
    element: Element,
    stack: readonly Element[],
    height: number,
    x: number,
    y: number,
    added?: CSSStyleDeclaration,
  ): { contrast: number; cover: Element | null } => {
    const place = stack.indexOf(element);
    let under: Colour[] = [...canvas];
    for (const one of stack.slice(place).reverse()) {
      if (one === sheet) continue;
      const painted = picture(one) ? grounds : backgrounds(styleOf(one));
      if (!painted) continue;
      const veil = veilOf(one);
      under = painted
        .flatMap((colour) => under.map((below) => over(faded(colour, veil), below, veil.blend)))
        .slice(0, 12);
    }
    const veil = veilOf(element);
    const own = added && backgrounds(added);
    if (own)
      under = own.flatMap((colour) => under.map((below) => over(faded(colour, veil), below, veil.blend)));
    let pairs = under.flatMap((below) =>
      (added ? inksBy(element, added) : inks(element)).map((ink): [Colour, Colour] => [
        below,
        over(faded(ink, veil), below, veil.blend),
      ]),
    );
    const most = (): number => Math.max(1, ...pairs.map(([without, words]) => contrast(without, words)));
    if (veil.blur > height / 2) return { contrast: 1, cover: null };
    if (most() < leastContrast) return { contrast: most(), cover: null };
    const layOver = (colour: Colour, blend: string) => {
      // By a way of blending that is not known here, nothing is covered.
      if (!knows(blend)) return;
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
  return { parentOf, styleOf, chainOf, moves, blinkOf, veilOf, inks, differs };
}
