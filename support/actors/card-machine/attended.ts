import type { Row } from '../../checklist/index.ts';
import type { Field } from '../../drivers/attended/steps.ts';
import { Blocked } from '../../record/blocked.ts';
import { LeftOut } from '../../record/left-out.ts';
import { ask } from '../../traffic/caller.ts';
import type { Account, CardMachine } from './account.ts';
import { type GivenAccount, listMachines, unplayed, virtualAccount } from './virtual.ts';

/** Who does at a card machine, or in the developer portal, what no request brings about. */
export interface Person {
  /**
   * Comes when the person has done it. `doubt` looks whether the API says otherwise: then the person is asked again, with
   * what it says. Throws a `LeftOut` where the person leaves the row instead.
   */
  does(what: string, fields: readonly Field[], doubt: () => Promise<string | null>): Promise<void>;
}

const certain = async (): Promise<null> => null;

/**
 * An account of an API for a row in which a person does what no virtual card machine can be brought to. `tid`: the card
 * machine that the person has at hand.
 */
export async function attendedAccount(
  given: GivenAccount,
  apiVersion: string,
  { byPerson = [] }: Row,
  tid: string | undefined,
  person: Person,
): Promise<Account> {
  const account = await virtualAccount(given, apiVersion);
  const machine = byPerson.some(({ at }) => at === 'machine')
    ? await machineAtHand(given, apiVersion, tid)
    : null;
  // What is revoked is revoked for ever: the other rows go on with the first key.
  const revocable = byPerson.some(({ at }) => at === 'portal') ? await account.anotherKey() : null;
  const status = async ({ terminalId }: CardMachine): Promise<string | undefined> => {
    const { text } = await ask({ ...given, apiVersion }, 'GET', `/terminals/${terminalId}`);
    return /"status"\s*:\s*"(\w+)"/.exec(text)?.[1];
  };
  const fields = [{ label: 'Card machine', value: machine?.tid ?? '' }];
  let card: string | null = null;
  let away = false;
  const put = async (at: CardMachine, state: 'ready' | 'menu' | 'offline'): Promise<void> => {
    away = state !== 'ready';
    await person.does(putTo[state], fields, async () => {
      const is = await status(at);
      // Whether it calls one in its menu available is the API's own affair.
      const wanted = state === 'menu' ? is : states[state];
      return is === wanted ? null : `The API still calls the card machine ${is}: wait a moment.`;
    });
  };
  return {
    ...account,
    ...(revocable ? { apiKey: revocable, anotherKey: async () => given.apiKey } : {}),
    machineFor: (suffix, cardholder) => {
      card = cardholder && unplayed({ tid: suffix }, cardholder);
      return machine ?? account.machineFor(suffix, cardholder);
    },
    prepare: async (at, cardholder) => {
      await account.prepare(at, cardholder);
      if (card)
        await person.does(`Have ${card} ready: present it when the card machine asks`, fields, certain);
    },
    put,
    revoke: async (key) => {
      const end = { label: 'The key ends in', value: key.slice(-4) };
      await person.does(
        'Revoke the second API key of the account in the developer portal',
        [end],
        async () => {
          const answered = await ask({ ...given, apiKey: key, apiVersion }, 'GET', '/terminals');
          return answered.status === 401 || answered.status === 403 ? null : 'The API still takes that key.';
        },
      );
    },
    close: async () => {
      try {
        if (away && machine) await put(machine, 'ready');
      } catch (error) {
        if (!(error instanceof LeftOut)) throw error;
      }
      await account.close();
    },
  };
}

const putTo = {
  menu: 'Open the menu of the card machine, and leave it open',
  offline: 'Switch the card machine off',
  ready: 'Bring the card machine back to where it waits for a payment',
} as const;

const states = { ready: 'Available', offline: 'Offline' } as const;

async function machineAtHand(
  given: GivenAccount,
  apiVersion: string,
  tid: string | undefined,
): Promise<CardMachine> {
  const machines = await listMachines({ ...given, tids: null }, apiVersion);
  const found = machines.find((one) => one.tid === tid);
  if (found) return found;
  throw new Blocked(
    'KIT-CARDS-007',
    `The account has no card machine ${tid}, which \`person.cardMachine\` of the profile names`,
    `It has ${machines.map((one) => one.tid).join(', ') || 'none'}: name the one that the person has at hand.`,
    false,
  );
}
