import { seconds } from '../checklist/check.ts';
import type { Evidence } from '../record/evidence.ts';
import type { Run } from '../record/vocabulary.ts';

/** What the machine did to the times of a row. */
export interface Slowness {
  /** In words for people. */
  readonly why: string;
  /** A time that missed its limit by more than this is the subject's own doing, in ms. */
  readonly accountsFor: number;
}

/**
 * In what the machine was too slow for a till's times to be judged; `null` when it was quick enough, or the till lives
 * in its account's time, which no machine slows down.
 */
export function slownessOf(whole: Evidence, { pos, criteria }: Run): Slowness | null {
  if (pos.clock === 'account') return null;
  const paces = whole.all('pace');
  for (const { roundTrip, loopDelay } of paces) {
    if (roundTrip && over(roundTrip.max, criteria['machine.round-trip.most']))
      return throughout(`its page took ${seconds(roundTrip.max)} to answer`);
    if (roundTrip && over(roundTrip.median, criteria['machine.round-trip.median']))
      return throughout(`its page usually took ${seconds(roundTrip.median)} to answer`);
    if (over(loopDelay.max, criteria['machine.loop-delay']))
      return throughout(`the kit itself stood still for ${seconds(loopDelay.max)}`);
  }
  const sums = paces.map(({ roundTrip, loopDelay }) => {
    const page = roundTrip?.max ?? 0;
    return { page, kit: loopDelay.max, sum: 2 * page + loopDelay.max };
  });
  const worst = sums.toSorted((one, other) => other.sum - one.sum)[0];
  if (!worst || !over(worst.sum, criteria['machine.delays'])) return null;
  return {
    why: `its page answered up to ${seconds(worst.page)} late and the kit stood still for ${seconds(worst.kit)}, which may add up to what the till was late by`,
    accountsFor: worst.sum,
  };
}

const throughout = (why: string): Slowness => ({ why, accountsFor: Number.POSITIVE_INFINITY });

/** A run that was recorded before there was such a criterion has no limit. */
const over = (value: number, limit: number | undefined): boolean => limit !== undefined && value > limit;

/** Why a row is incomplete that the machine was too slow for, and what to do about it. */
export const tooSlow = (row: string, { why }: Slowness): string =>
  `the machine was too slow to judge it: ${why}; run the row again alone (--rows ${row} --parallel 1)`;
