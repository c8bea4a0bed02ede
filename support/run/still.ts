import type { AccountClock, PosDriver } from '../drivers/index.ts';

/** Does something, while the account stands still where a person does it. */
export type Still = <Came>(deed: () => Promise<Came>) => Promise<Came>;

/**
 * Where a person is at the till, the card machine holds each phase until the person has done, or answered, what was
 * asked: nobody has to be quick. An account whose clock nobody can hold goes on.
 */
export function stillFor(driver: PosDriver, clock: AccountClock | null): Still {
  if (!driver.attest || !clock) return (deed) => deed();
  return async (deed) => {
    await clock.hold();
    try {
      return await deed();
    } finally {
      await clock.release();
    }
  };
}
