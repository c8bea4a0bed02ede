import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Account } from '../actors/card-machine/index.ts';
import { heldAccount } from './held-account.ts';

const machine = { tid: '1234SIP0', terminalId: 'tm_1' };

function account() {
  const done: string[] = [];
  let keys = 0;
  const made = {
    apiKey: 'key-0',
    put: async ({ tid }: typeof machine, state: string) => void done.push(`${tid} ${state}`),
    anotherKey: async () => `key-${++keys}`,
    revoke: async (key: string) => void done.push(`revoked ${key}`),
    close: async () => void done.push('closed'),
  } as unknown as Account;
  return { held: heldAccount(made), done };
}

test('the card machine that a row took away is there again for the next, and the account stays', async () => {
  const { held, done } = account();
  await held.put(machine, 'offline');
  await held.close();
  await held.close();
  assert.deepEqual(done, ['1234SIP0 offline', '1234SIP0 ready']);
});

test('the row that revokes the key still goes by it, and the next row has another', async () => {
  const { held } = account();
  await held.revoke(await held.anotherKey());
  await held.close();
  assert.equal(held.apiKey, 'key-0', 'a key that no POS was set up with may go');
  await held.revoke(held.apiKey);
  assert.equal(held.apiKey, 'key-0');
  await held.close();
  assert.equal(held.apiKey, 'key-2');
});
