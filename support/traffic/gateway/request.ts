import type { Headers } from '../../record/vocabulary.ts';
import { Capture } from './capture.ts';
import { type Framing, requestFraming, unreadableFraming } from './framing.ts';
import { HeadReader, keepsAlive, listOf, parseHead } from './head.ts';
import { originForm } from './upstream.ts';

/** Follows one request through the bytes that carry it. */
export class RequestReader {
  readonly content = new Capture();
  method = '';
  /** Path and query. */
  target = '';
  headers: Headers = [];
  /** False when the connection ends with this exchange. */
  keepsAlive = false;
  /** True when the body is only sent once the other side has asked for it. */
  awaitsContinue = false;
  readonly #head = new HeadReader();
  #framing: Framing | null = null;

  get begun(): boolean {
    return this.#framing !== null;
  }

  get complete(): boolean {
    return this.#framing?.complete === true;
  }

  /** True when only the end of the connection ends the request; an answer ends it too. */
  get endless(): boolean {
    return this.#framing?.untilClose === true;
  }

  /**
   * Takes bytes until the head is whole, and then gives it with the bytes that came after it. What is no
   * HTTP has no head, and all its bytes are body: they are carried as they are, for the upstream to refuse.
   */
  readHead(chunk: Buffer): { head: string; rest: Buffer } | null {
    const got = this.#head.read(chunk);
    if (!got) return null;
    const head = got.head?.toString('latin1') ?? '';
    const parsed = parseHead(head);
    const line = /^(\S+) (\S+) HTTP\/(1\.\d)$/.exec(parsed.startLine);
    if (!line) {
      this.#framing = unreadableFraming();
      return { head: '', rest: got.head ? Buffer.concat([got.head, got.rest]) : got.rest };
    }
    this.method = line[1]!;
    this.target = originForm(line[2]!);
    this.headers = parsed.headers;
    this.awaitsContinue = listOf(parsed.headers, 'expect').includes('100-continue');
    this.#framing = requestFraming(parsed.headers);
    this.keepsAlive = !this.#framing.untilClose && keepsAlive(line[3]!, parsed.headers);
    return { head, rest: got.rest };
  }

  /** Takes bytes that come after the head and gives how many of them belong to this request. */
  readBody(chunk: Buffer): number {
    return this.#framing!.read(chunk, this.content);
  }
}
