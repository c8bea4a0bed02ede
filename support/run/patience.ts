/** A page that takes longer to answer is on a machine that has no time for it, in ms. */
const slow = 1000;

/** A busy machine is waited for no longer, in ms. */
const longest = 60_000;

/** What is waited on for on a busy machine; each is asked again and again. */
export interface Wait {
  /** Looks at the till anew, and tells how long its page took to answer, in ms; 0 for a till without a page. */
  readonly look: () => Promise<number>;
  /** What is waited for. */
  readonly holds: () => boolean;
  /** How long the till may take on a machine that is quick, in ms. */
  readonly within: number;
  readonly now: () => number;
}

/**
 * Says when there is nothing more to wait for, once a till's time is up: when it holds, or when the till has had its
 * time anew since its page was slow last. A page that was quick all the while gets one look more, and no time.
 */
export function patience({ look, holds, within, now }: Wait): () => Promise<boolean> {
  const began = now();
  let slowAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if ((await look()) > slow) slowAt = now();
    return holds() || now() - slowAt >= within || now() - began >= longest;
  };
}
