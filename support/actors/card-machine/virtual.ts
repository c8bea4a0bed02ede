import { setTimeout as wait } from 'node:timers/promises';
import { Blocked } from '../../record/blocked.ts';
import { monotonic } from '../../record/monotonic.ts';
import { ask } from '../../traffic/caller.ts';
import type { Account, Cardholder, CardMachine } from './account.ts';
import { machineEnding } from './machine-ending.ts';

/** An account that exists already, as the environment gives it. */
export interface GivenAccount {
  readonly url: string;
  readonly apiKey: string;
  /** One more key of the same account, where there is one. */
  readonly otherApiKey: string | null;
  readonly softwareHouseId: string;
  readonly resellerId: string;
  /** TIDs of the card machines that may be used; `null`: all that the account lists. */
  readonly tids: readonly string[] | null;
}

/**
 * What a virtual machine plays by itself, by the end of its TID (virtual machines of the sandbox): members of
 * a cardholder that it satisfies. How long it takes is its own.
 */
const scenarios: Readonly<Record<string, Cardholder>> = {
  SIP0: { entry: 'chip', verification: 'pin', outcome: 'approve' },
  SIS0: { entry: 'chip', verification: 'signature', outcome: 'approve' },
  SCN0: { entry: 'contactless', verification: 'none', outcome: 'approve' },
  SCP0: { entry: 'contactless', verification: 'device', outcome: 'approve' },
  DIP0: { entry: 'chip', verification: 'pin', outcome: 'decline' },
  TIP0: { entry: 'chip', verification: 'pin', outcome: 'silence' },
};

/** Machines that have a cardholder of their own: one who gives a tenth as a tip, and one who presses X. */
const tipping = 'SIP1';
const cancelling = ['CIP0', 'UIP0'];

/** What the virtual machine whose TID ends so plays by itself; nothing in particular where that is not known. */
export const playedBy = (tid: string): Cardholder =>
  scenarios[tid.slice(-4)] ?? (tid.endsWith(tipping) ? scenarios.SIP0! : {});

const elsewhere = 'Run this row against the simulator.';

/**
 * An account of an API whose card machines are virtual ones: each plays the scenario of its TID, and nobody
 * can tell it what to do. Throws a `Blocked` when its machines can't be listed.
 */
export async function virtualAccount(given: GivenAccount, apiVersion: string): Promise<Account> {
  const cardMachines = await listMachines(given, apiVersion);
  return {
    apiKey: given.apiKey,
    softwareHouseId: given.softwareHouseId,
    resellerId: given.resellerId,
    cardMachines,
    clock: null,
    tables: null,
    canWait: false,
    machineFor: (suffix, cardholder) => playing(cardMachines, suffix, cardholder),
    anotherKey: async () => {
      const advice = 'Give a second key of the same account as DOJO_OTHER_API_KEY.';
      if (!given.otherApiKey) throw unreachable('a second API key', advice);
      const { status } = await ask({ ...given, apiKey: given.otherApiKey, apiVersion }, 'GET', '/terminals');
      if (status === 401 || status === 403)
        throw new Blocked(
          'KIT-CARDS-004',
          `The second API key of the account is not taken: it was answered ${status}`,
          advice,
          false,
        );
      return given.otherApiKey;
    },
    revoke: async () => {
      throw unreachable('an API key that is revoked', elsewhere);
    },
    prepare: (machine) => becomesFree(given, apiVersion, machine),
    proceed: async () => {},
    put: async (machine, state) => {
      throw unreachable(`the card machine ${machine.tid} put to "${state}"`, elsewhere);
    },
    screen: async () => null,
    close: async () => {},
  };
}

/** How long a card machine may take to become free again, in ms. */
const longestUse = 20_000;

/** Waits until nobody uses a card machine. Throws a `Blocked` when somebody goes on to. */
async function becomesFree(
  given: GivenAccount,
  apiVersion: string,
  { tid, terminalId }: CardMachine,
): Promise<void> {
  const until = monotonic() + longestUse;
  for (;;) {
    const { text } = await ask({ ...given, apiVersion }, 'GET', `/terminals/${terminalId}`);
    const status = /"status"\s*:\s*"(InUse|Offline)"/.exec(text)?.[1];
    if (!status) return;
    if (monotonic() > until)
      throw new Blocked(
        'KIT-CARDS-003',
        `The card machine ${tid} is ${status}, and it is not this run that uses it`,
        'Wait until nobody else uses the account, or name other card machines in DOJO_CARD_MACHINES.',
        false,
      );
    await wait(1000);
  }
}

/** The card machine that plays this cardholder by itself. Throws a `Blocked` that is no infrastructure's. */
export function playing(
  machines: readonly CardMachine[],
  suffix: string,
  cardholder: Cardholder | null,
): CardMachine {
  if (cardholder?.cancels) return machineEnding(machines, ...cancelling);
  if (cardholder?.tip) return machineEnding(machines, tipping);
  const machine = machineEnding(machines, suffix);
  const wanted = cardholder && unplayed(machine, cardholder);
  if (wanted) throw unreachable(`a card machine ${machine.tid} with ${wanted}`, elsewhere);
  return machine;
}

/**
 * The machines of an account by GET /terminals, as far as they may be used. Throws a `Blocked` that tells a
 * refusal from no connection, and a `Refused` when one that is named is not there.
 */
export async function listMachines(given: GivenAccount, apiVersion: string): Promise<CardMachine[]> {
  const { status, text } = await ask({ ...given, apiVersion }, 'GET', '/terminals');
  if (status === 401 || status === 403) {
    throw new Refused(
      'KIT-UPSTREAM-008',
      `Expected the upstream ${given.url} to take the API key, but it answered ${status}`,
      'Check DOJO_API_KEY, DOJO_SOFTWARE_HOUSE_ID and DOJO_RESELLER_ID.',
    );
  }
  if (status === 429) {
    throw unlisted(
      given,
      '429, again and again: too many requests',
      'Wait until nothing else uses this account, and run again with a lower --parallel.',
    );
  }
  if (status !== 200) {
    throw unlisted(given, `${status}`, 'Check that this is the Dojo API, and try again later.');
  }
  const machines = machinesIn(text);
  if (!machines)
    throw unlisted(
      given,
      'with something that is not a list of card machines',
      'Check that this is the address of the Dojo API.',
    );
  const { tids } = given;
  if (!tids) return machines;
  const lost = tids.filter((one) => !machines.some(({ tid }) => tid === one));
  if (lost.length) {
    throw new Refused(
      'KIT-UPSTREAM-009',
      `Expected the account to have the card machines that DOJO_CARD_MACHINES names, but it has no ${lost.join(', ')}`,
      `It has ${machines.map(({ tid }) => tid).join(', ') || 'none'}: name some of these, or leave the setting out to use all.`,
    );
  }
  return machines.filter(({ tid }) => tids.includes(tid));
}

/** The card machines that an answer lists; `null` when it is no such list. */
function machinesIn(text: string): CardMachine[] | null {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return null;
  }
  if (!Array.isArray(list)) return null;
  return list.flatMap((one: { id?: unknown; properties?: { tid?: unknown } } | null) =>
    typeof one?.id === 'string' && typeof one.properties?.tid === 'string'
      ? [{ tid: one.properties.tid, terminalId: one.id }]
      : [],
  );
}

/** The upstream refuses the account as it is given. */
export class Refused extends Blocked {
  override readonly name = 'Refused';
}

const unlisted = ({ url }: GivenAccount, answered: string, advice: string): Blocked =>
  new Blocked('KIT-UPSTREAM-012', `GET /terminals of ${url} was answered ${answered}`, advice);

const unreachable = (what: string, advice: string): Blocked =>
  new Blocked('KIT-CARDS-001', `This upstream can't be brought to ${what}`, advice, false);

/** What a cardholder is asked for that the machine does not play by itself; `null` when it plays it all. */
export function unplayed({ tid }: Pick<CardMachine, 'tid'>, cardholder: Cardholder): string | null {
  const scenario = playedBy(tid);
  if (cardholder.scheme) return `a ${cardholder.scheme} card`;
  if (cardholder.outrunsCancel) return 'a card that is presented just as the payment is cancelled';
  if (cardholder.reportsLate) return 'a lost card machine that reports late';
  const asked = { outcome: 'approve', ...cardholder } as const;
  for (const name of ['entry', 'verification', 'outcome'] as const) {
    if (asked[name] && asked[name] !== scenario[name]) return `${name} ${asked[name]}`;
  }
  return null;
}
