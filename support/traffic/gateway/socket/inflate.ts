import { Inflate } from 'fflate';
import type { Headers } from '../../../record/vocabulary.ts';
import { Capture } from '../capture.ts';
import { listOf } from '../head.ts';

/** A sender leaves these bytes off each message (RFC 7692, section 7.2.1). */
const tail = Buffer.from([0, 0, 0xff, 0xff]);

/** So much is unpacked at once (bytes): it may become a thousand times as much. */
const step = 1024;

/** Unpacks the messages of one side (permessage-deflate, RFC 7692), each in full before the next. */
export class Inflater {
  readonly #keepsContext: boolean;
  #stream: Inflate | null = new Inflate();

  /** `keepsContext`: a message may refer to what was in those before. */
  constructor(keepsContext: boolean) {
    this.#keepsContext = keepsContext;
  }

  /** What a message unpacks to; `null` where it cannot be unpacked, or one before it was not kept in full. */
  inflated(packed: Capture): Capture | null {
    if (!this.#keepsContext) this.#stream = new Inflate();
    const stream = this.#stream;
    if (!stream || packed.truncated) {
      this.#stream = null;
      return null;
    }
    const plain = new Capture();
    stream.ondata = (bytes) => plain.add(Buffer.from(bytes));
    try {
      const bytes = Buffer.concat([packed.bytes(), tail]);
      for (let at = 0; at < bytes.length && !plain.truncated; at += step)
        stream.push(bytes.subarray(at, at + step));
    } catch {
      this.#stream = null;
      return null;
    }
    if (plain.truncated) this.#stream = null;
    return plain;
  }
}

/** What a handshake's answer agrees on for each side; `null` where nothing is packed. */
export function agreed(headers: Headers): { readonly client: Inflater; readonly server: Inflater } | null {
  const extension = listOf(headers, 'sec-websocket-extensions').find((one) =>
    /^permessage-deflate\s*(?:;|$)/.test(one),
  );
  if (extension === undefined) return null;
  const parameters = extension.split(';').map((one) => one.trim());
  const keeps = (side: string) => !parameters.includes(`${side}_no_context_takeover`);
  return { client: new Inflater(keeps('client')), server: new Inflater(keeps('server')) };
}
