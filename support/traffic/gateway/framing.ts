import type { Headers } from '../../record/vocabulary.ts';
import type { Capture } from './capture.ts';
import { listOf, valuesOf } from './head.ts';

/**
 * Where a message body ends (RFC 9112, section 6). It only watches: the bytes go on as they are, chunk
 * sizes and trailers included, and the content alone is kept in the capture.
 */
export interface Framing {
  /** True when the body's last byte was seen. */
  readonly complete: boolean;
  /** True when only the end of the connection ends the body. */
  readonly untilClose: boolean;
  /** Takes the next bytes and gives how many of them belong to this body. */
  read(chunk: Buffer, content: Capture): number;
}

/** The framing that a request's headers announce. */
export function requestFraming(headers: Headers): Framing {
  return announced(headers) ?? new Counted(0);
}

/** The framing of a response to a request with this method. */
export function responseFraming(method: string, status: number, headers: Headers): Framing {
  if (method === 'HEAD' || status === 204 || status === 304) return new Counted(0);
  return announced(headers) ?? new UntilClose();
}

/** The framing of bytes that cannot be read as HTTP. */
export function unreadableFraming(): Framing {
  return new UntilClose();
}

function announced(headers: Headers): Framing | null {
  // A coding of old (RFC 2616, section 3.6) that changes nothing.
  const codings = listOf(headers, 'transfer-encoding').filter((coding) => coding !== 'identity');
  if (codings.length > 0) return codings.at(-1) === 'chunked' ? new Chunked() : new UntilClose();
  const lengths = new Set(listOf(headers, 'content-length'));
  if (lengths.size === 0) return valuesOf(headers, 'content-length').length > 0 ? new UntilClose() : null;
  const [length = ''] = lengths;
  return lengths.size === 1 && /^\d{1,15}$/.test(length) ? new Counted(Number(length)) : new UntilClose();
}

class Counted implements Framing {
  readonly untilClose = false;
  #left: number;

  constructor(length: number) {
    this.#left = length;
  }

  get complete(): boolean {
    return this.#left === 0;
  }

  read(chunk: Buffer, content: Capture): number {
    const taken = Math.min(this.#left, chunk.length);
    this.#left -= taken;
    content.add(chunk.subarray(0, taken));
    return taken;
  }
}

class UntilClose implements Framing {
  readonly complete = false;
  readonly untilClose = true;

  read(chunk: Buffer, content: Capture): number {
    content.add(chunk);
    return chunk.length;
  }
}

/** Longest line (bytes) of a chunk's size or a trailer that is still taken for one. */
const LONGEST_LINE = 16 * 1024;

type ChunkedPart = 'size' | 'data' | 'data-end' | 'trailer' | 'done' | 'unreadable';

/** Chunks that break their own rules are carried on, and never complete. */
class Chunked implements Framing {
  readonly untilClose = false;
  #part: ChunkedPart = 'size';
  #line = '';
  #left = 0;

  get complete(): boolean {
    return this.#part === 'done';
  }

  read(chunk: Buffer, content: Capture): number {
    let at = 0;
    while (at < chunk.length && this.#part !== 'done') {
      if (this.#part === 'unreadable') return chunk.length;
      at = this.#part === 'data' ? this.#data(chunk, at, content) : this.#upToLineEnd(chunk, at);
    }
    return at;
  }

  #data(chunk: Buffer, at: number, content: Capture): number {
    const taken = Math.min(this.#left, chunk.length - at);
    content.add(chunk.subarray(at, at + taken));
    this.#left -= taken;
    if (this.#left === 0) this.#part = 'data-end';
    return at + taken;
  }

  #upToLineEnd(chunk: Buffer, at: number): number {
    const end = chunk.indexOf(10, at);
    this.#line += chunk.toString('latin1', at, end < 0 ? chunk.length : end);
    if (end < 0) {
      if (this.#line.length > LONGEST_LINE) this.#part = 'unreadable';
      return chunk.length;
    }
    const line = this.#line.endsWith('\r') ? this.#line.slice(0, -1) : this.#line;
    this.#line = '';
    this.#part = this.#after(line);
    return end + 1;
  }

  #after(line: string): ChunkedPart {
    if (this.#part === 'trailer') return line === '' ? 'done' : 'trailer';
    if (this.#part === 'data-end') return line === '' ? 'size' : 'unreadable';
    const size = /^([0-9a-f]{1,12})[ \t]*(?:;.*)?$/i.exec(line);
    if (!size) return 'unreadable';
    this.#left = Number.parseInt(size[1]!, 16);
    return this.#left === 0 ? 'trailer' : 'data';
  }
}
