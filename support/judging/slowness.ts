import { seconds } from '../checklist/check.ts';
import type { Evidence } from '../record/evidence.ts';
import type { Run } from '../record/vocabulary.ts';

/**
 * In what the machine was too slow for a till's times to be judged, in words for people; `null` when it was quick
 * enough, or the till lives in its account's time, which no machine slows down.
 */
export function slownessOf(whole: Evidence, { pos, criteria }: Run): string | null {
  if (pos.clock === 'account') return null;
  for (const { roundTrip, loopDelay } of whole.all('pace')) {
    if (roundTrip && over(roundTrip.max, criteria['machine.round-trip.most']))
      return `its page took ${seconds(roundTrip.max)} to answer`;
    if (roundTrip && over(roundTrip.median, criteria['machine.round-trip.median']))
      return `its page usually took ${seconds(roundTrip.median)} to answer`;
    if (over(loopDelay.max, criteria['machine.loop-delay']))
      return `the kit itself stood still for ${seconds(loopDelay.max)}`;
  }
  return null;
}

/** A run that was recorded before there was such a criterion has no limit. */
const over = (value: number, limit: number | undefined): boolean => limit !== undefined && value > limit;

/** Why a row is incomplete that the machine was too slow for, and what to do about it. */
export const tooSlow = (row: string, slowness: string): string =>
  `the machine was too slow to judge it: ${slowness}; run the row again alone (--rows ${row} --parallel 1)`;
