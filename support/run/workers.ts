import { availableParallelism } from 'node:os';
import type { Row } from '../checklist/index.ts';
import { driverOf } from '../drivers/index.ts';
import { keepsSettings, type Profile } from '../profile/index.ts';
import { counted } from '../record/counted.ts';
import { UsageError } from '../record/usage-error.ts';

/**
 * How many rows run side by side at most; what the machine carries shows as the run goes on. A browser till waits more
 * than it works, so more of the kit's own run than there are cores; of a till that is somebody else's there are as many
 * as its profile allows. 0 runs all in this thread. Throws a `UsageError` where more are asked for.
 */
export function workersFor(profile: Profile, ownTill: boolean, parallel?: number): number {
  const { driver } = profile;
  const { byHand, workers } = driverOf(driver);
  if (byHand && (parallel ?? 1) > 1)
    throw new UsageError(
      'KIT-PARALLEL-003',
      `Expected one row after the other where a person drives the POS, but --parallel asks for ${parallel} at once. Leave --parallel out.`,
    );
  if (byHand) return 0;
  const one = isOne(profile);
  const side = one ? { most: 1, member: one } : workers(driver);
  if (!side) return parallel === undefined || parallel === 1 ? 0 : parallel;
  if (ownTill) return parallel ?? Math.min(12, Math.max(6, 4 * availableParallelism()));
  const { member, most: tills } = side;
  if (parallel !== undefined && parallel > tills) {
    throw new UsageError(
      'KIT-PARALLEL-001',
      `Expected a till for each of the ${parallel} rows that --parallel asks for, but ${member} in the profile allows ${tills}. Allow more, or lower --parallel.`,
    );
  }
  return parallel ?? tills;
}

/** What of a profile lets there be but one POS, where something does. */
function isOne({ reach = {} }: Profile): string | null {
  if (keepsSettings({ reach })) return '`reach.configure`';
  if ((reach.way ?? 'address') !== 'address') return '`reach.way`';
  if (reach.listen !== undefined) return '`reach.listen` or --listen';
  return reach.gatewayPort === undefined ? null : '`reach.gatewayPort` or --gateway-port';
}

/** What decides how long a run takes. */
interface Course {
  readonly rows: readonly Row[];
  readonly workers: number;
  readonly driver: Profile['driver']['kind'];
  readonly fast: boolean;
  /** The upstream is an API, and no simulator. */
  readonly atApi: boolean;
}

/** About how long a run takes, in words. */
export const lasting = ({ rows, workers, driver, fast, atApi }: Course): string =>
  atApi
    ? atTheirOwnPace(rows.length)
    : estimate(driver, Math.ceil(rows.length / workers), !fast && rows.some(({ waits }) => waits));

/** Card machines that nobody can hurry take some ten seconds a row. */
function atTheirOwnPace(rows: number): string {
  const minutes = Math.ceil(rows / 6);
  return `about ${minutes === 1 ? 'a minute' : `${counted(minutes, 'minute')}`}, because its card machines take their own time`;
}

/** What a row took on the average of tills that the kit was tried on, in seconds. */
const ofRow = 15;

/** What a row takes at least in which the signature is waited for, in seconds. */
const ofWait = 90;

/** How long a run takes in which each till has so many rows to go through. */
function estimate(driver: Profile['driver']['kind'], rows: number, waits: boolean): string {
  if (driverOf({ kind: driver }).eachRow) return 'a few seconds';
  const seconds = rows * ofRow + (waits ? ofWait - ofRow : 0);
  return `about ${seconds < 90 ? `${counted(Math.ceil(seconds / 10) * 10, 'second')}` : `${counted(Math.ceil(seconds / 60), 'minute')}`}`;
}
