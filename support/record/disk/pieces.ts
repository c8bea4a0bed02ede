import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** So much of a file is read at once, in bytes. */
const stretch = 2 ** 18;

/** The bytes of a file, a stretch after the other. Where it is `passing`, the next one takes the place of the one before. */
export function* piecesOf(path: string, passing = false): Generator<Buffer, void> {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const place = passing ? Buffer.alloc(stretch) : undefined;
    for (let from = 0; from < size; from += stretch)
      yield readAt(file, from, Math.min(stretch, size - from), place);
  } finally {
    closeSync(file);
  }
}

/**
 * Reads parts of a file as often as it is asked for them; each is good until the next one is asked for. Of the file no more
 * than a stretch is in memory: whoever asks for one part after the other has the disk read little more than once.
 */
export function partsOf(path: string): (from: number, to: number) => Buffer {
  let place = Buffer.alloc(stretch);
  let [begins, held]: [number, Buffer] = [0, place.subarray(0, 0)];
  return (from, to) => {
    if (from < begins || to > begins + held.length) {
      const file = openSync(path, 'r');
      try {
        const left = fstatSync(file).size - from;
        if (to - from > place.length) place = Buffer.alloc(to - from);
        begins = from;
        held = readAt(file, from, Math.max(0, Math.min(left, place.length)), place);
      } finally {
        closeSync(file);
      }
    }
    return held.subarray(from - begins, to - begins);
  };
}

function readAt(file: number, from: number, length: number, place = Buffer.alloc(length)): Buffer {
  const bytes = place.subarray(0, length);
  for (let read = 0; read < length; ) {
    const got = readSync(file, bytes, read, length - read, from + read);
    if (!got) return bytes.subarray(0, read);
    read += got;
  }
  return bytes;
}
