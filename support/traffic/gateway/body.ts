import { isUtf8 } from 'node:buffer';
import {
  brotliDecompressSync,
  constants,
  gunzipSync,
  inflateRawSync,
  inflateSync,
  zstdDecompressSync,
} from 'node:zlib';
import type { Body, Headers, Json } from '../../record/vocabulary.ts';
import { bodyOf, written } from '../../record/written.ts';
import { type Redaction, searchedBytes } from '../redaction/index.ts';
import type { Capture } from './capture.ts';
import { listOf, valuesOf } from './head.ts';

/** A body may unpack to this (bytes) and no more. */
const UNPACKED = 8 * 1024 * 1024;
/** No secret is longer (characters). */
const CUT = 1024;

/**
 * A captured body as it is kept: unpacked, redacted, parsed where it is JSON that prints back alike. Null
 * where there was none. A body that was too long ends in a note of how long it was.
 */
export function recordedBody(content: Capture, headers: Headers, redaction: Redaction): Body | null {
  if (content.size === 0) return null;
  const bytes = unpacked(content, headers);
  const text = bytes && readable(bytes, headers, content.truncated);
  if (content.truncated) {
    const note = `[truncated: ${content.size} bytes in all]`;
    return { text: text ? `${redaction.text(cutBack(text))}… ${note}` : note };
  }
  if (text !== null) return recordedText(text, redaction);
  if (bytes === null) return { text: `[${content.size} bytes that could not be unpacked]` };
  return searchedBytes(bytes, redaction);
}

/** What can be read as JSON is redacted as such, in whichever form it is kept; all else as text. */
function recordedText(text: string, redaction: Redaction): Body {
  const kept = bodyOf(text);
  if ('json' in kept) {
    const redacted = redaction.jsonText(text);
    return redacted === text ? kept : { json: JSON.parse(redacted) as Json };
  }
  return { text: 'json' in written(kept) ? redaction.jsonText(text) : redaction.text(text) };
}

/** The bytes without their content codings; null where they are not what the header says. */
function unpacked(content: Capture, headers: Headers): Buffer | null {
  const bytes = content.bytes();
  const codings = listOf(headers, 'content-encoding').filter((coding) => coding !== 'identity');
  try {
    return codings.reduceRight(unpack, bytes);
  } catch {
    return isUtf8(bytes) ? bytes : null;
  }
}

/** Flushes what there is at the end, for a body that was not kept whole. */
const ZLIB = { maxOutputLength: UNPACKED, finishFlush: constants.Z_SYNC_FLUSH };
const BROTLI = { maxOutputLength: UNPACKED, finishFlush: constants.BROTLI_OPERATION_FLUSH };
const ZSTD = { maxOutputLength: UNPACKED, finishFlush: constants.ZSTD_e_flush };

function unpack(bytes: Buffer, coding: string): Buffer {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return gunzipSync(bytes, ZLIB);
    case 'deflate':
      // Some servers send it with zlib's frame, as the standard wants, and some without.
      return (bytes[0]! & 0x0f) === 8 ? inflateSync(bytes, ZLIB) : inflateRawSync(bytes, ZLIB);
    case 'br':
      return brotliDecompressSync(bytes, BROTLI);
    case 'zstd':
      return unpackedFrames(bytes);
    default:
      throw new Error(`unknown content coding ${coding}`);
  }
}

/** Content may be several frames, one after the other (RFC 8878, section 3.1). */
function unpackedFrames(bytes: Buffer): Buffer {
  const contents: Buffer[] = [];
  let size = 0;
  for (let at = 0; at < bytes.length; ) {
    const { buffer, engine } = zstdDecompressSync(bytes.subarray(at), { ...ZSTD, info: true }) as unknown as {
      readonly buffer: Buffer;
      readonly engine: { readonly bytesWritten: number };
    };
    contents.push(buffer);
    size += buffer.length;
    if (size > UNPACKED) throw new RangeError('it unpacks to more than is kept');
    at += Math.max(1, engine.bytesWritten);
  }
  return Buffer.concat(contents);
}

/** A secret that was cut in two would escape redaction: the text ends before it. */
function cutBack(text: string): string {
  const end = text.slice(-CUT);
  const word = end.replace(/[^\s"]+$/, '');
  return text.slice(0, -CUT) + word.replace(/(?<!\d)(?:\d{1,12}[ +-]){1,18}$/, '');
}

/**
 * The text of these bytes in the charset that the header names, else UTF-8; null where they are no text.
 * One that was cut may end within a character.
 */
function readable(bytes: Buffer, headers: Headers, cut: boolean): string | null {
  if (isUtf8(bytes)) return bytes.includes(0) ? null : bytes.toString('utf8');
  const charset = /charset="?([\w-]+)/i.exec(valuesOf(headers, 'content-type')[0] ?? '')?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes, { stream: cut });
  } catch {
    return null;
  }
}
