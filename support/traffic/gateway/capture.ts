/** A body longer than this (bytes) is carried whole but kept only up to here. */
export const KEPT = 1024 * 1024;

/** The copy of a body that is kept for the record, up to a limit; the rest is only counted. */
export class Capture {
  /** Bytes that went by, kept or not. */
  size = 0;
  readonly #chunks: Buffer[] = [];
  #kept = 0;

  add(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.size += chunk.length;
    const room = KEPT - this.#kept;
    if (room <= 0) return;
    const kept = chunk.length > room ? chunk.subarray(0, room) : chunk;
    this.#chunks.push(kept);
    this.#kept += kept.length;
  }

  get truncated(): boolean {
    return this.size > this.#kept;
  }

  bytes(): Buffer {
    return this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
  }
}
