import { isUtf8 } from 'node:buffer';
import { Capture } from '../capture.ts';
import type { Inflater } from './inflate.ts';

/** What one side of a WebSocket said, once it was said in full (RFC 6455, section 5). */
export type Said =
  /** `whole` is false of one that is too long to be kept, or that cannot be unpacked: `content` is what there is of it. */
  | { readonly kind: 'text' | 'binary'; readonly content: Capture; readonly whole: boolean }
  | { readonly kind: 'ping' | 'pong'; readonly content: Capture }
  | { readonly kind: 'close'; readonly code: number | null; readonly reason: string }
  /** A frame that the standard forbids: of what this side says after it, nothing is read. */
  | { readonly kind: 'broken'; readonly why: string };

const text = 1;
const binary = 2;
const close = 8;
const kinds: Readonly<Record<number, 'text' | 'binary' | 'ping' | 'pong'>> = {
  1: 'text',
  2: 'binary',
  9: 'ping',
  10: 'pong',
};

interface Head {
  readonly final: boolean;
  readonly opcode: number;
  readonly length: number;
  readonly mask: Buffer | null;
}

interface Message {
  readonly opcode: number;
  readonly packed: boolean;
  readonly content: Capture;
}

/**
 * Follows one side of a WebSocket through the bytes that carry it, in chunks of any size. It only watches: whatever it
 * makes of them, the bytes go on. It keeps no more of a message than a `Capture` does.
 */
export class FrameReader {
  readonly #masked: boolean;
  readonly #inflater: Inflater | null;
  readonly #said: (said: Said) => void;
  #head: number[] = [];
  #frame: Head | null = null;
  #taken = 0;
  #message: Message | null = null;
  #control = new Capture();
  #broken = false;

  /** `masked`: whether this side has to mask what it sends, as a client does. `inflater`: where it may pack messages. */
  constructor(masked: boolean, inflater: Inflater | null, said: (said: Said) => void) {
    this.#masked = masked;
    this.#inflater = inflater;
    this.#said = said;
  }

  read(chunk: Buffer): void {
    let at = 0;
    while (!this.#broken && at < chunk.length) {
      if (this.#frame) at += this.#readPayload(this.#frame, chunk.subarray(at));
      else this.#readHead(chunk[at++]!);
    }
  }

  #readHead(byte: number): void {
    this.#head.push(byte);
    if (this.#head.length < 2) return;
    const [first = 0, second = 0] = this.#head;
    const length = second & 0x7f;
    const extended = length === 127 ? 8 : length === 126 ? 2 : 0;
    const masked = (second & 0x80) !== 0;
    if (this.#head.length < 2 + extended + (masked ? 4 : 0)) return;
    const bytes = Buffer.from(this.#head);
    this.#head = [];
    const size =
      extended === 8 ? Number(bytes.readBigUInt64BE(2)) : extended === 2 ? bytes.readUInt16BE(2) : length;
    const head = {
      final: (first & 0x80) !== 0,
      opcode: first & 0x0f,
      length: size,
      mask: masked ? bytes.subarray(2 + extended) : null,
    };
    const why = this.#objection(head, first & 0x70, masked);
    if (why !== null) {
      this.#broken = true;
      this.#said({ kind: 'broken', why });
      return;
    }
    this.#begin(head, (first & 0x40) !== 0);
  }

  /** Why the standard forbids a frame with such a head; `null` where it does not. */
  #objection({ final, opcode, length }: Head, reserved: number, masked: boolean): string | null {
    if (masked !== this.#masked)
      return masked ? 'a server masks its frame' : 'a client does not mask its frame';
    const begins = opcode === text || opcode === binary;
    if (reserved !== 0 && !(reserved === 0x40 && this.#inflater && begins))
      return 'a bit is set for an extension that was not agreed';
    if (opcode >= 8) {
      if (opcode > 10) return `its opcode ${opcode} means nothing`;
      if (!final) return 'a control frame is fragmented';
      return length > 125 ? `a control frame has ${length} bytes` : null;
    }
    if (opcode > 2) return `its opcode ${opcode} means nothing`;
    if (!Number.isSafeInteger(length)) return 'its length is beyond all measure';
    if (begins && this.#message) return 'a message begins within another';
    return !begins && !this.#message ? 'a message goes on that never began' : null;
  }

  #begin(head: Head, packed: boolean): void {
    this.#frame = head;
    this.#taken = 0;
    if (head.opcode >= 8) this.#control = new Capture();
    else if (head.opcode > 0) this.#message = { opcode: head.opcode, packed, content: new Capture() };
    if (head.length === 0) this.#end(head);
  }

  #readPayload(frame: Head, chunk: Buffer): number {
    const bytes = chunk.subarray(0, frame.length - this.#taken);
    const content = frame.opcode >= 8 ? this.#control : this.#message!.content;
    content.add(unmasked(bytes, frame.mask, this.#taken));
    this.#taken += bytes.length;
    if (this.#taken === frame.length) this.#end(frame);
    return bytes.length;
  }

  #end({ opcode, final }: Head): void {
    this.#frame = null;
    if (opcode === close) {
      const bytes = this.#control.bytes();
      const code = bytes.length < 2 ? null : bytes.readUInt16BE(0);
      this.#said({ kind: 'close', code, reason: bytes.subarray(2).toString('utf8') });
    } else if (opcode > 8) {
      this.#said({ kind: kinds[opcode] as 'ping' | 'pong', content: this.#control });
    } else if (final) {
      const message = this.#message!;
      this.#message = null;
      this.#said(this.#unpacked(message));
    }
  }

  #unpacked({ opcode, packed, content }: Message): Said {
    const plain = packed ? this.#inflater!.inflated(content) : content;
    const whole = plain !== null && !plain.truncated;
    const isText = opcode === text && (!whole || isUtf8(plain.bytes()));
    return { kind: isText ? 'text' : 'binary', content: plain ?? content, whole };
  }
}

/** A copy of bytes without their mask; `offset` is where they stand in their frame. */
function unmasked(bytes: Buffer, mask: Buffer | null, offset: number): Buffer {
  const copy = Buffer.from(bytes);
  if (mask) for (let at = 0; at < copy.length; at += 1) copy[at]! ^= mask[(offset + at) & 3]!;
  return copy;
}
