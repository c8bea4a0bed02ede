import type { Headers } from '../../record/vocabulary.ts';
import { Capture } from './capture.ts';
import { type Framing, responseFraming, unreadableFraming } from './framing.ts';
import { HeadReader, keepsAlive, parseHead } from './head.ts';

/** As RFC 9112 (section 4) has it, or with more blanks, without the blank before a reason that is not there. */
const STATUS_LINE = /^HTTP\/(\d(?:\.\d)?)[ \t]+(\d{3})(?:[ \t]|$)/i;

/** Follows the response to one request through the bytes that carry it, past its interim responses. */
export class ResponseReader {
  readonly content = new Capture();
  status = 0;
  headers: Headers = [];
  /** False when the connection ends with this response. */
  keepsAlive = false;
  readonly #method: string;
  #head = new HeadReader();
  #framing: Framing | null = null;
  #ended = false;

  constructor(method: string) {
    this.#method = method;
  }

  get complete(): boolean {
    return this.#ended || this.#framing?.complete === true;
  }

  /** Whether this is a whole response if the connection ends here. */
  get completeAtEnd(): boolean {
    return this.complete || (this.status > 0 && this.#framing?.untilClose === true);
  }

  /** True when the connection speaks another protocol from here on (101, or 2xx to CONNECT). */
  get switches(): boolean {
    return this.status === 101 || (this.#method === 'CONNECT' && this.status >= 200 && this.status < 300);
  }

  /** The connection has ended, and this response with it. */
  end(): void {
    this.#ended = true;
  }

  /** Takes the next bytes and gives how many of them belong to this response. */
  read(chunk: Buffer): number {
    let rest = chunk;
    while (!this.#framing && rest.length > 0) {
      if (!this.#head.begun) rest = withoutEmptyLines(rest);
      if (rest.length === 0) return chunk.length;
      const got = this.#head.read(rest);
      if (!got) return chunk.length;
      rest = got.rest;
      this.#begin(got.head);
    }
    const taken = this.#framing ? this.#framing.read(rest, this.content) : 0;
    return chunk.length - rest.length + taken;
  }

  #begin(head: Buffer | null): void {
    const parsed = head && parseHead(head.toString('latin1'));
    const line = parsed && STATUS_LINE.exec(parsed.startLine);
    if (!line) {
      this.#framing = unreadableFraming();
      return;
    }
    const status = Number(line[2]);
    if (status < 200 && status !== 101) {
      this.#head = new HeadReader();
      return;
    }
    this.status = status;
    this.headers = parsed.headers;
    this.#framing = responseFraming(this.#method, status, parsed.headers);
    this.keepsAlive = !this.#framing.untilClose && keepsAlive(line[1]!, parsed.headers);
  }
}

/** Some servers send empty lines after a response; clients skip them before the next one. */
function withoutEmptyLines(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 13 && byte !== 10);
  return first < 0 ? bytes.subarray(bytes.length) : bytes.subarray(first);
}
