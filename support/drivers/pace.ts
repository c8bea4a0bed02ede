/** So many displays are taken in a second; what changes more often nobody can read. */
export const mostDisplays = 20;

/**
 * Hands things on as they come, but no more than so many in a second: of those beyond that, the last one when the
 * second is over. So what it ends with is never lost, and a flood stays small in the record.
 */
export class Pace<Thing> {
  readonly #most: number;
  readonly #hand: (thing: Thing) => void;
  readonly #flooded: () => void;
  #handed = 0;
  #held: { readonly thing: Thing } | null = null;
  #over: NodeJS.Timeout | null = null;

  /** `flooded` is called for each thing that is held back. */
  constructor(most: number, hand: (thing: Thing) => void, flooded: () => void) {
    this.#most = most;
    this.#hand = hand;
    this.#flooded = flooded;
  }

  take(thing: Thing): void {
    this.#over ??= setTimeout(() => this.#begin(), 1000);
    if (this.#handed < this.#most) {
      this.#handed++;
      this.#hand(thing);
    } else {
      this.#held = { thing };
      this.#flooded();
    }
  }

  /** Hands on nothing more. */
  stop(): void {
    if (this.#over) clearTimeout(this.#over);
    this.#held = null;
  }

  /** A second is over, and the next one begins with what was held back. */
  #begin(): void {
    const held = this.#held;
    this.#over = null;
    this.#held = null;
    this.#handed = 0;
    if (held) this.take(held.thing);
  }
}
