import { setTimeout as wait } from 'node:timers/promises';
import type { Browser } from 'playwright';
import { Blocked } from '../../record/blocked.ts';
import { monotonic } from '../../record/monotonic.ts';

/** What the kit needs for itself may take so long on a busy machine, in ms; no verdict comes of it. */
export const own = 60_000;

/**
 * A page that has answered nothing for so long hangs, in ms: counted from when it should have answered, and only
 * while the browser itself answers at once. On a busy machine a page is slow through no fault of its own.
 */
export const hanging = 5000;

/** How often the browser is asked whether it still answers at once, and what counts as that, in ms. */
const asking = 500;

/** The kit's own browser gave no answer, on the kit's machine: nothing of it is the POS's doing. */
export class Unanswered extends Blocked {
  constructor(ms: number) {
    super(
      'KIT-BROWSER-004',
      `The kit's own browser did not answer within ${ms / 1000} s`,
      'Leave the machine more of its time (close other programs, lower `--parallel`), then run again.',
    );
  }
}

/** What comes of a promise of the browser's. Throws an `Unanswered` when nothing has within so many ms. */
export function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Unanswered(ms)), ms);
  promise.catch(() => {});
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/**
 * Whether the page hangs that has not answered: true, once the browser has answered at once for long enough all the
 * while. False when that was ended. Throws an `Unanswered` when the browser is too busy to tell.
 */
export async function hangs(browser: Browser | null, over: AbortSignal): Promise<boolean> {
  const until = monotonic() + own;
  const devtools = await within(browser!.newBrowserCDPSession(), own);
  try {
    for (let counted = 0; counted < hanging; ) {
      if (monotonic() > until) throw new Unanswered(own);
      const asked = monotonic();
      await Promise.race([within(devtools.send('Browser.getVersion'), own), rest(own, over)]);
      const took = monotonic() - asked;
      await rest(asking - took, over);
      if (over.aborted) return false;
      if (took < asking / 2) counted += asking;
    }
    return true;
  } finally {
    devtools.detach().catch(() => {});
  }
}

/** That long, or until the signal. */
const rest = (ms: number, signal: AbortSignal): Promise<void> =>
  wait(Math.max(0, ms), undefined, { signal }).catch(() => {});
