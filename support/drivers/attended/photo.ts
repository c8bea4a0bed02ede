import { pictureType } from '../../record/picture.ts';

/**
 * A photo without all that a camera writes beside the picture: where and when it was taken, by whom, and with what.
 * `null` where the bytes are no picture that is recorded.
 */
export function stripped(bytes: Buffer): Buffer | null {
  const type = pictureType(bytes);
  if (type === 'image/jpeg') return strippedJpeg(bytes);
  return type === 'image/png' ? strippedPng(bytes) : null;
}

/** Segments that hold no part of the picture: Exif, XMP, thumbnails, maker's notes, comments. Adobe's says how colours are coded. */
const isAside = (marker: number): boolean =>
  (marker >= 0xe0 && marker <= 0xef && marker !== 0xee) || marker === 0xfe;

const startOfScan = 0xda;
const endOfPicture = 0xd9;

function strippedJpeg(bytes: Buffer): Buffer | null {
  const kept = [bytes.subarray(0, 2)];
  let at = 2;
  while (at + 4 <= bytes.length || bytes[at + 1] === endOfPicture) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1]!;
    if (marker === endOfPicture) {
      // What follows the picture is none of it: phones append films there.
      kept.push(bytes.subarray(at, at + 2));
      return Buffer.concat(kept);
    }
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    let end = at + 2 + bytes.readUInt16BE(at + 2);
    if (marker === startOfScan) end = endOfScan(bytes, end);
    if (end > bytes.length) return null;
    if (!isAside(marker)) kept.push(bytes.subarray(at, end));
    at = end;
  }
  return null;
}

/** Where the data of a scan end: at the next marker that does not belong to them. */
function endOfScan(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length) {
    const next = bytes[at + 1] ?? 0;
    const within = next === 0 || (next >= 0xd0 && next <= 0xd7);
    if (bytes[at] === 0xff && !within) return at;
    at += 1;
  }
  return at;
}

/** Chunks that a PNG needs to be drawn as it is meant. */
const drawn = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'gAMA',
  'cHRM',
  'sRGB',
  'sBIT',
  'bKGD',
  'pHYs',
]);

function strippedPng(bytes: Buffer): Buffer | null {
  const kept = [bytes.subarray(0, 8)];
  let at = 8;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + bytes.readUInt32BE(at);
    const name = bytes.toString('latin1', at + 4, at + 8);
    if (end > bytes.length) return null;
    if (drawn.has(name)) kept.push(bytes.subarray(at, end));
    if (name === 'IEND') return Buffer.concat(kept);
    at = end;
  }
  return null;
}
