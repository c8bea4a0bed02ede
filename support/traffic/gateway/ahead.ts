import { KEPT } from './capture.ts';

/** Bytes that a client sent ahead of the exchange under way. */
export class Ahead {
  #chunks: Buffer[] = [];
  #size = 0;

  get empty(): boolean {
    return this.#chunks.length === 0;
  }

  /** Keeps more of them. Returns whether there is room for more still. */
  keep(chunk: Buffer): boolean {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    return this.#size <= KEPT;
  }

  /** All of them; none are kept any more. */
  take(): Buffer {
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.#size = 0;
    return all;
  }
}
