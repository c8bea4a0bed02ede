/** Numbers that look random and are the same for the same seed. */
export interface Dice {
  /** A whole number from 0 to `below` - 1. */
  below(below: number): number;
  pick<T>(list: readonly T[]): T;
  /** True once in so many times. */
  once(inSo: number): boolean;
}

/** A part of the kit that is given inputs that nobody would think of. */
export interface Target {
  readonly what: string;
  /**
   * Tries one input made with these dice. Throws when the part breaks: by a crash, a hang, a leak, or an answer that
   * differs from what it is compared with.
   */
  try(dice: Dice): Promise<void>;
  /** Looks for what only shows after many inputs, such as connections that were left open, and ends the part. */
  end(): Promise<void>;
}

/** The dice of one input: its seed is enough to try it again (mulberry32, which is in the public domain). */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return { below, pick: (list) => list[below(list.length)]!, once: (inSo) => below(inSo) === 0 };
}

/** How long one input may take (ms) before it counts as a hang. */
const patience = 20_000;

/** What a fuzz came to: how many inputs were tried, and what the first that broke the target did. */
export interface Fuzzed {
  readonly tried: number;
  readonly broken?: { readonly seed: number; readonly how: string };
}

/**
 * Tries inputs on a target, one after the other, with the seeds from `seed` on, while `goesOn` (asked with how many
 * were tried) says so; it ends at the first that breaks the target. What no input's promise brings, such as an
 * exception of a connection, counts for the input under way.
 */
export async function fuzz(
  target: Target,
  seed: number,
  goesOn: (tried: number) => boolean,
): Promise<Fuzzed> {
  let stray: ((error: unknown) => void) | undefined;
  const caught = (error: unknown) => stray?.(error);
  process.on('uncaughtException', caught);
  let tried = 0;
  const within = async (work: () => Promise<void>) => {
    const { promise, reject } = Promise.withResolvers<never>();
    stray = reject;
    const timer = setTimeout(() => reject(new Error(`no end within ${patience / 1000} s`)), patience);
    try {
      await Promise.race([work(), promise]);
    } finally {
      clearTimeout(timer);
    }
  };
  try {
    for (; goesOn(tried); tried += 1) await within(() => target.try(diceOf(seed + tried)));
    await within(() => target.end());
    return { tried };
  } catch (error) {
    // What hangs may keep the target from ending, too.
    await within(() => target.end()).catch(() => {});
    return {
      tried,
      broken: {
        seed: seed + tried,
        how: error instanceof Error ? (error.stack ?? error.message) : String(error),
      },
    };
  } finally {
    process.off('uncaughtException', caught);
  }
}
