import type { Headers } from '../../record/vocabulary.ts';

/** The head of an HTTP/1 message: its first line and its headers as they came. */
export interface Head {
  readonly startLine: string;
  readonly headers: Headers;
}

/** A head that grows beyond this (bytes) is not HTTP; servers give up far earlier. */
const LONGEST = 256 * 1024;
const LF = 10;
const CR = 13;

/** Collects bytes until a head is whole. */
export class HeadReader {
  #bytes: Buffer = Buffer.alloc(0);
  #searched = 0;

  get begun(): boolean {
    return this.#bytes.length > 0;
  }

  /**
   * Takes the next bytes. Gives null while the head goes on, else the head's own bytes (with the empty
   * line that ends it) and what came after it. Bytes that can be no head come back with `head: null`.
   */
  read(chunk: Buffer): { head: Buffer | null; rest: Buffer } | null {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    const bytes = this.#bytes;
    if (bytes.length > 0 && !isToken(bytes[0]!)) return { head: null, rest: bytes };
    for (;;) {
      const lineEnd = bytes.indexOf(LF, this.#searched);
      if (lineEnd < 0) break;
      const next = bytes[lineEnd + 1] === CR ? lineEnd + 2 : lineEnd + 1;
      if (next >= bytes.length) break;
      if (bytes[next] === LF) return { head: bytes.subarray(0, next + 1), rest: bytes.subarray(next + 1) };
      this.#searched = lineEnd + 1;
    }
    return bytes.length > LONGEST ? { head: null, rest: bytes } : null;
  }
}

/** Every HTTP/1 message begins with a letter: a method, or `HTTP/`. TLS and HTTP/2 frames do not. */
function isToken(byte: number): boolean {
  return (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);
}

/** Reads a head's lines; folded lines join the header that they continue. */
export function parseHead(text: string): Head {
  const [startLine = '', ...lines] = text.split(/\r?\n/);
  const headers: Headers = [];
  for (const line of lines) {
    if (line === '') continue;
    const last = headers.at(-1);
    if (last && (line[0] === ' ' || line[0] === '\t')) {
      last[1] = `${last[1]} ${line.trim()}`;
      continue;
    }
    const colon = line.indexOf(':');
    headers.push(colon < 0 ? [line, ''] : [line.slice(0, colon).trimEnd(), line.slice(colon + 1).trim()]);
  }
  return { startLine, headers };
}

/** All values of a header, in their order; `name` in lower case. */
export function valuesOf(headers: Headers, name: string): string[] {
  const values: string[] = [];
  for (const [key, value] of headers)
    if (key.length === name.length && key.toLowerCase() === name) values.push(value);
  return values;
}

/** The members of a comma-separated header, in lower case. */
export function listOf(headers: Headers, name: string): string[] {
  return valuesOf(headers, name).flatMap((value) =>
    value
      .toLowerCase()
      .split(',')
      .map((member) => member.trim())
      .filter((member) => member !== ''),
  );
}

/** Whether a message leaves its connection open for another one (RFC 9112, section 9.3). */
export function keepsAlive(version: string, headers: Headers): boolean {
  const options = listOf(headers, 'connection');
  return version === '1.1' ? !options.includes('close') : options.includes('keep-alive');
}
