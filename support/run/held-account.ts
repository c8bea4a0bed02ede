import type { Account, CardMachine } from '../actors/card-machine/index.ts';

/**
 * An account that serves one row after the other: a row that closes it leaves it as it found it, with its card machines
 * ready, and with another key where it made the usual one invalid.
 */
export function heldAccount(account: Account): Account {
  let { apiKey } = account;
  const away = new Set<CardMachine>();
  let revoked = false;
  return {
    ...account,
    get apiKey() {
      return apiKey;
    },
    async put(machine, state) {
      await account.put(machine, state);
      if (state === 'ready') away.delete(machine);
      else away.add(machine);
    },
    async revoke(key) {
      revoked ||= key === apiKey;
      await account.revoke(key);
    },
    async close() {
      for (const machine of away) await account.put(machine, 'ready');
      away.clear();
      if (revoked) apiKey = await account.anotherKey();
      revoked = false;
      // A row may have held the clock to bring its payment to an end.
      await account.clock?.release();
    },
  };
}
