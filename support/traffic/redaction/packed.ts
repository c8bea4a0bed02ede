import {
  brotliDecompressSync,
  constants,
  gunzipSync,
  inflateRawSync,
  inflateSync,
  zstdDecompressSync,
} from 'node:zlib';

/** Packed bytes may unpack to this (bytes) and no more. */
const UNPACKED = 8 * 1024 * 1024;
/** Flushes what there is at the end, for bytes that were not kept whole. */
const ZLIB = { maxOutputLength: UNPACKED, finishFlush: constants.Z_SYNC_FLUSH };
const BROTLI = { maxOutputLength: UNPACKED, finishFlush: constants.BROTLI_OPERATION_FLUSH };
const ZSTD = { maxOutputLength: UNPACKED, finishFlush: constants.ZSTD_e_flush };

/** Formats that tell themselves by their first bytes. */
const MARKED: readonly (readonly [mark: Buffer, unpack: (bytes: Buffer) => Buffer])[] = [
  [Buffer.from('1f8b08', 'hex'), (bytes) => gunzipSync(bytes, ZLIB)],
  [Buffer.from('28b52ffd', 'hex'), (bytes) => zstdDecompressSync(bytes, ZSTD)],
  ...['7801', '785e', '789c', '78da'].map(
    (mark) => [Buffer.from(mark, 'hex'), (bytes: Buffer) => inflateSync(bytes, ZLIB)] as const,
  ),
];
/** So many marks are followed up in one body. */
const MOST = 32;
/** Formats that this kit can't look into: HTTP/2, TLS, pictures, archives. */
const CLOSED: readonly Buffer[] = [
  Buffer.from('PRI * HTTP/2.0'),
  Buffer.from('SM\r\n\r\n'),
  ...[
    '1603',
    '1703',
    '504b0304',
    '425a68',
    'fd377a585a00',
    '377abcaf271c',
    '04224d18',
    '89504e47',
    'ffd8ff',
    '1f9d',
    '1fa0',
  ].map((mark) => Buffer.from(mark, 'hex')),
  Buffer.from('GIF8'),
  Buffer.from('RIFF'),
  Buffer.from('Rar!'),
];

/** All that these bytes unpack to: as a whole, and from wherever in them a packed format begins. */
export function* unpackings(bytes: Buffer): Iterable<Buffer> {
  for (const unpacked of marked(bytes)) if (unpacked) yield unpacked;
}

/**
 * The same, where it isn't known whether the bytes are packed at all: also what tells itself by nothing. Null stands
 * for something that begins like a packed format and doesn't unpack, or can't be looked into.
 */
export function* openings(bytes: Buffer): Iterable<Buffer | null> {
  if (CLOSED.some((mark) => bytes.subarray(0, mark.length).equals(mark))) yield null;
  yield* marked(bytes);
  const plain = [() => brotliDecompressSync(bytes, BROTLI), () => inflateRawSync(bytes, ZLIB)].flatMap(
    (unpack) => attempt(unpack) ?? [],
  );
  yield* plain;
  if (!plain.length && isDense(bytes)) yield null;
}

function* marked(bytes: Buffer): Iterable<Buffer | null> {
  let left = MOST;
  for (const [mark, unpack] of MARKED) {
    for (let at = bytes.indexOf(mark); at >= 0 && left > 0; at = bytes.indexOf(mark, at + 1)) {
      left -= 1;
      const unpacked = attempt(() => unpack(bytes.subarray(at)));
      // Two bytes of zlib's come by chance too.
      if (unpacked || mark.length > 2 || at === 0) yield unpacked;
    }
  }
}

function attempt(unpack: () => Buffer): Buffer | null {
  try {
    const unpacked = unpack();
    return unpacked.length ? unpacked : null;
  } catch {
    return null;
  }
}

/** Whether bytes are so even that they must be packed or encrypted (Shannon's entropy beside the most there can be). */
function isDense(bytes: Buffer): boolean {
  if (bytes.length < 32) return false;
  const counts = new Uint32Array(256);
  for (const byte of bytes) counts[byte]! += 1;
  let bits = 0;
  for (const count of counts) if (count) bits -= (count / bytes.length) * Math.log2(count / bytes.length);
  return bits > 0.9 * Math.min(8, Math.log2(bytes.length));
}
