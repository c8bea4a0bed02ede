/** Red, green and blue from 0 to 1, and how opaque. */
export type Colour = readonly [number, number, number, number];

/**
 * What there is to know of colours: to read them, to lay one over another, and how far two differ.
 *
 * This runs in the page, so it must not refer to anything outside of itself.
 */
export function colourSense() {
  const memo = <K, V>(make: (key: K) => V): ((key: K) => V) => {
    const made = new Map<K, V>();
    return (key) => {
      if (!made.has(key)) made.set(key, make(key));
      return made.get(key)!;
    };
  };

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
    // Two colours as bright as each other can still be distinguished.
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
  return {
    memo,
    colourOf,
    coloursIn,
    contrast,
    each,
    over,
    knows: (blend: string) => blend === 'normal' || blend in blends,
  };
}
