import { randomBytes } from 'node:crypto';
import { request } from 'undici';
import { Blocked } from '../../record/blocked.ts';
import type { Account, CardMachine } from './account.ts';
import { machineEnding } from './machine-ending.ts';

/** What the admin port says of an account that it made. */
export interface MadeAccount {
  id: string;
  apiKeys: string[];
  softwareHouseId: string;
  resellerId: string;
  cardMachines: { id: string; tid: string }[];
}

/**
 * Makes an account of its own on a simulator, through its admin port.
 * Throws a `Blocked` when the admin port does not answer as it should.
 */
export const simulatedAccount = async (adminUrl: string, clock: 'running' | 'held'): Promise<Account> =>
  simulatedAccountOf(adminUrl, await makeSimulatedAccount(adminUrl, clock));

/** The same as data, which can be handed to another thread. */
export function makeSimulatedAccount(adminUrl: string, clock: 'running' | 'held'): Promise<MadeAccount> {
  // Partner ids of its own, so that those of another account do not pass for them.
  const resellerId = `reseller-${randomBytes(3).toString('hex')}`;
  return caller(adminUrl)<MadeAccount>('POST', '/accounts', { clock, resellerId });
}

/** An account that was made before. */
export function simulatedAccountOf(adminUrl: string, made: MadeAccount): Account {
  const call = caller(adminUrl);
  const base = `/accounts/${made.id}`;
  const cardMachines = made.cardMachines.map(({ id, tid }) => ({ tid, terminalId: id }));
  const machine = ({ tid }: CardMachine) => `${base}/card-machines/${tid}`;
  return {
    apiKey: made.apiKeys[0]!,
    softwareHouseId: made.softwareHouseId,
    resellerId: made.resellerId,
    cardMachines,
    canWait: true,
    tables: {
      registered: () => call('GET', `${base}/epos`),
      connections: async () => (await call<{ connections: number }>('GET', `${base}/epos`)).connections,
      call: (asked) => call('POST', `${base}/epos/calls`, asked),
      disturb: (deed) => call('POST', `${base}/epos/connection`, { do: deed }),
      pay: async (payment) =>
        (await call<{ paymentIntentId: string }>('POST', `${base}/table-payments`, payment)).paymentIntentId,
      reverse: (paymentIntentId) => call('POST', `${base}/table-payments/${paymentIntentId}/reverse`, {}),
    },
    machineFor: (suffix) => machineEnding(cardMachines, suffix),
    clock: {
      hold: () => call('POST', `${base}/clock/hold`, {}),
      advance: (ms) => call('POST', `${base}/clock/advance`, { ms }),
      release: () => call('POST', `${base}/clock/release`, {}),
    },
    anotherKey: async () => (await call<{ apiKey: string }>('POST', `${base}/keys`, {})).apiKey,
    revoke: (apiKey) => call('DELETE', `${base}/keys/${apiKey}`),
    prepare: (at, cardholder) => call('POST', `${machine(at)}/cardholder`, cardholder),
    proceed: (at) => call('POST', `${machine(at)}/cardholder/proceed`, {}, 404),
    put: (at, state) => call('PUT', machine(at), { state }),
    screen: async (at) =>
      (await call<{ screen: { prompt: string | null; amount: number | null } }>('GET', machine(at))).screen,
    close: () => call('DELETE', base),
  };
}

function caller(adminUrl: string) {
  return async function call<T = void>(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
    /** An answer that is as good as a success. */
    also?: number,
  ): Promise<T> {
    try {
      const { statusCode, body: answer } = await request(new URL(path, adminUrl), {
        method,
        ...(body === undefined
          ? {}
          : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (statusCode >= 400 && statusCode !== also)
        throw new Error(`answered ${statusCode}: ${text.slice(0, 200)}`);
      return (text ? JSON.parse(text) : undefined) as T;
    } catch (error) {
      const why =
        error instanceof Error ? error.message || (error as NodeJS.ErrnoException).code : String(error);
      throw new Blocked(
        'KIT-SIMULATOR-003',
        `The simulator's admin port did not do ${method} ${path}: ${why}`,
        `Check that the simulator is running and that ${adminUrl} is its admin URL.`,
      );
    }
  };
}
