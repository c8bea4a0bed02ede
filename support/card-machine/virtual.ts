import { request } from 'undici';
import { Blocked } from '../blocked.ts';
import type { Account, Cardholder, CardMachine } from './account.ts';

/** An account that exists already, as the environment gives it. */
export interface GivenAccount {
  readonly url: string;
  readonly apiKey: string;
  /** One more key of the same account, where there is one. */
  readonly otherApiKey: string | null;
  readonly softwareHouseId: string;
  readonly resellerId: string;
}

/**
 * What a virtual machine plays by itself, by the end of its TID (virtual machines of the sandbox): members of
 * a cardholder that it satisfies. How long it takes is its own.
 */
const scenarios: Readonly<Record<string, Cardholder>> = {
  SIP0: { entry: 'chip', verification: 'pin', outcome: 'approve' },
  SIP1: { entry: 'chip', verification: 'pin', outcome: 'approve' },
  SIS0: { entry: 'chip', verification: 'signature', outcome: 'approve' },
  SCN0: { entry: 'contactless', verification: 'none', outcome: 'approve' },
  SCP0: { entry: 'contactless', verification: 'device', outcome: 'approve' },
  DIP0: { entry: 'chip', verification: 'pin', outcome: 'decline' },
  TIP0: { entry: 'chip', verification: 'pin', outcome: 'silence' },
};

/** What the virtual machine whose TID ends so plays by itself; nothing in particular where that is not known. */
export const playedBy = (tid: string): Cardholder => scenarios[tid.slice(-4)] ?? {};

/**
 * An account of an API whose card machines are virtual ones: each plays the scenario of its TID, and nobody
 * can tell it what to do. Throws a `Blocked` when its machines can't be listed.
 */
export async function virtualAccount(given: GivenAccount, apiVersion: string): Promise<Account> {
  return {
    apiKey: given.apiKey,
    softwareHouseId: given.softwareHouseId,
    resellerId: given.resellerId,
    cardMachines: await listMachines(given, apiVersion),
    clock: null,
    anotherKey: async () => {
      if (given.otherApiKey) return given.otherApiKey;
      throw unreachable('a second API key', 'Give a second key of the account as DOJO_OTHER_API_KEY.');
    },
    revoke: async () => {
      throw unreachable('an API key that is revoked', 'Run this row against the simulator.');
    },
    prepare: async (machine, cardholder) => {
      const wanted = unplayed(machine, cardholder);
      if (wanted)
        throw unreachable(
          `a card machine ${machine.tid} with ${wanted}`,
          'Run this row against the simulator.',
        );
    },
    proceed: async () => {},
    put: async (machine, state) => {
      throw unreachable(
        `the card machine ${machine.tid} put to "${state}"`,
        'Run this row against the simulator.',
      );
    },
    screen: async () => null,
    close: async () => {},
  };
}

/** The machines of an account by GET /terminals. Throws a `Blocked` that tells a refusal from no connection. */
export async function listMachines(given: GivenAccount, apiVersion: string): Promise<CardMachine[]> {
  let status: number;
  let text: string;
  try {
    const answer = await request(new URL('/terminals', given.url), {
      headers: {
        authorization: `Basic ${given.apiKey}`,
        version: apiVersion,
        accept: 'application/json',
        'software-house-id': given.softwareHouseId,
        'reseller-id': given.resellerId,
      },
      headersTimeout: 15_000,
    });
    status = answer.statusCode;
    text = await answer.body.text();
  } catch (error) {
    const why =
      error instanceof Error ? error.message || (error as NodeJS.ErrnoException).code : String(error);
    throw new Blocked(
      `The upstream ${given.url} can't be reached: ${why}`,
      'Check the address and the network; the simulator is used when --upstream is left out.',
    );
  }
  if (status === 401 || status === 403) {
    throw new Refused(
      `Expected the upstream ${given.url} to take the API key, but it answered ${status}. ` +
        'Check DOJO_API_KEY, DOJO_SOFTWARE_HOUSE_ID and DOJO_RESELLER_ID.',
    );
  }
  if (status !== 200) {
    throw new Blocked(
      `GET /terminals of ${given.url} was answered ${status}`,
      'Check that this is the Dojo API, and try again later.',
    );
  }
  const machines = machinesIn(text);
  if (machines) return machines;
  throw new Blocked(
    `GET /terminals of ${given.url} was answered with something that is no list of card machines`,
    'Check that this is the address of the Dojo API.',
  );
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

/** The upstream refuses the credentials that it was given. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

const unreachable = (what: string, advice: string): Blocked =>
  new Blocked(`This upstream can't be brought to ${what}`, advice, false);

/** What a cardholder is asked for that the machine does not play by itself; `null` when it plays it all. */
function unplayed(machine: CardMachine, cardholder: Cardholder): string | null {
  const scenario = playedBy(machine.tid);
  if (cardholder.cancels) return 'a cardholder who presses X';
  if (cardholder.tip) return 'a cardholder who gives a gratuity';
  if (cardholder.outrunsCancel) return 'a card that is presented just as the payment is cancelled';
  if (cardholder.reportsLate) return 'a lost card machine that reports late';
  for (const name of ['entry', 'verification', 'outcome'] as const) {
    if (cardholder[name] && cardholder[name] !== scenario[name]) return `${name} ${cardholder[name]}`;
  }
  return null;
}
