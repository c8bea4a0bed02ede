import { inflateSync } from 'node:zlib';

/** A picture as its pixels: red, green, blue and perhaps alpha, a byte each. */
interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly bytes: Uint8Array;
}

/** What of a row a filter of PNG goes by: the byte to the left, the one above, and the one left above. */
const filters: readonly ((left: number, up: number, corner: number) => number)[] = [
  () => 0,
  (left) => left,
  (_, up) => up,
  (left, up) => (left + up) >> 1,
  (left, up, corner) => {
    const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
    return a <= b && a <= c ? left : b <= c ? up : corner;
  },
];

/** Reads a picture as a browser writes it: a PNG of eight bits a colour, not interlaced. `null` where it is another. */
function pixelsOf(png: Buffer): Pixels | null {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const channels = { 2: 3, 6: 4 }[png[25] as 2 | 6];
  if (png[24] !== 8 || png[28] !== 0 || !channels) return null;
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const packed = inflateSync(Buffer.concat(parts));
  const line = width * channels;
  const bytes = new Uint8Array(line * height);
  for (let y = 0; y < height; y++) {
    const from = y * (line + 1);
    const guess = filters[packed[from]!]!;
    for (let x = 0; x < line; x++) {
      const here = y * line + x;
      const left = x < channels ? 0 : bytes[here - channels]!;
      const up = y ? bytes[here - line]! : 0;
      const corner = y && x >= channels ? bytes[here - line - channels]! : 0;
      bytes[here] = packed[from + 1 + x]! + guess(left, up, corner);
    }
  }
  return { width, height, channels, bytes };
}

/** A pixel has changed for whoever looks at it when a colour of it differs by more than this, of 255. */
const noticed = 24;

/** How many pixels differ between two pictures (PNG) of one size; `null` where that cannot be measured. */
export function pixelsThatDiffer(one: Buffer, other: Buffer): number | null {
  const [first, second] = [pixelsOf(one), pixelsOf(other)];
  if (!first || !second || first.bytes.length !== second.bytes.length) return null;
  let count = 0;
  for (let at = 0; at < first.bytes.length; at += first.channels) {
    for (let part = 0; part < 3; part++) {
      if (Math.abs(first.bytes[at + part]! - second.bytes[at + part]!) > noticed) {
        count += 1;
        break;
      }
    }
  }
  return count;
}
