import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { startSimulator } from '../../../../fixtures/simulator/index.ts';
import { type Account, type Cardholder, simulatedAccount } from '../../../actors/card-machine/index.ts';
import type { Exchange } from '../../../record/vocabulary.ts';
import { createRedaction, startGateway } from '../../../traffic/gateway/index.ts';
import { HeadlessTill } from './till.ts';

/** The headless till before a simulator, with what it has sent. */
async function rig(t: TestContext) {
  const simulator = await startSimulator();
  const sent: Exchange[] = [];
  const gateway = await startGateway({
    upstream: simulator.url,
    redaction: createRedaction({ secret: Buffer.alloc(32) }),
    onExchange: (exchange) => sent.push(exchange),
  });
  const account = await simulatedAccount(simulator.adminUrl, 'held');
  const till = new HeadlessTill(account.clock, { apiVersion: '2026-02-27', run: 'test' });
  t.after(async () => {
    await till.close();
    await gateway.close();
    await simulator.close();
  });
  const { apiKey, softwareHouseId, resellerId } = account;
  await till.configure({ baseUrl: gateway.url, apiKey, softwareHouseId, resellerId });
  return {
    till,
    /** Takes a sale and lets the till live until it shows its outcome, or something else holds. */
    sell: async (suffix: string, cardholder: Cardholder, until?: () => Promise<boolean>) => {
      const machine = machineOf(account, suffix);
      await account.prepare(machine, cardholder);
      await till.act({ name: 'chooseTerminal', ...machine });
      await till.act({ name: 'sale', sale: { amount: 1000, currency: 'GBP' } });
      const over = until ?? (async () => (await till.look()).outcome !== null);
      while (!(await over())) await till.live(1000);
    },
    /** How the API answered the last request of this kind. */
    answered: async (method: string, path: RegExp) => {
      await gateway.idle();
      const last = sent.findLast(({ request }) => request.method === method && path.test(request.target));
      return last?.response?.status ?? null;
    },
  };
}

const machineOf = ({ cardMachines }: Account, suffix: string) =>
  cardMachines.find(({ tid }) => tid.endsWith(suffix))!;

const pin: Cardholder = { entry: 'chip', verification: 'pin', presents: 300 };

test('a signature is rejected by the headless till also when it is too late, and the API’s refusal is taken', async (t) => {
  const { till, sell, answered } = await rig(t);
  await sell('SIS0', { entry: 'chip', verification: 'signature', presents: 300 });
  assert.equal((await till.look()).outcome, 'Captured');
  assert.deepEqual(await till.act({ name: 'signature', accepted: false }), { answer: 'done' });
  assert.equal(await answered('PUT', /\/signature$/), 422);
  await till.live(1000);
  const { outcome, notice } = await till.look();
  assert.equal(outcome, 'Captured');
  assert.ok(notice, 'the refusal is reported');
});

test('a payment is cancelled by the headless till also once the card was presented, and after its end', async (t) => {
  const { till, sell, answered } = await rig(t);
  await sell('SIP0', pin, async () => (await till.look()).prompt === 'EnterPin');
  assert.deepEqual(await till.act({ name: 'cancel' }), { answer: 'done' });
  assert.equal(await answered('PUT', /\/cancel$/), 422);
  while (!(await till.look()).outcome) await till.live(1000);
  assert.equal((await till.look()).outcome, 'Captured');
  assert.deepEqual(await till.act({ name: 'cancel' }), { answer: 'done' });
  assert.equal(await answered('PUT', /\/cancel$/), 422);
});

test('amounts that the API must refuse are sent by the headless till', async (t) => {
  const { till, sell, answered } = await rig(t);
  await sell('SIP0', pin);
  for (const [amount, paymentIntentId] of [[1200], [0], [1200, 'pi_sandbox_none']] as const) {
    const target = paymentIntentId ?? 'pi_';
    const change = { name: 'changeAmount', amount, ...(paymentIntentId ? { paymentIntentId } : {}) } as const;
    assert.deepEqual(await till.act(change), { answer: 'done' });
    assert.ok((await answered('POST', new RegExp(`/${target}.*/amount$`)))! >= 400, `${amount} of ${target}`);
  }
  assert.deepEqual(await till.act({ name: 'sale', sale: { amount: 0, currency: 'GBP' } }), {
    answer: 'done',
  });
  assert.ok((await answered('POST', /^\/payment-intents$/)) !== null);
});

test('a sale that a busy card machine refused can be tried again on the headless till', async (t) => {
  const { till, answered } = await rig(t);
  await till.act({ name: 'chooseTerminal', tid: 'none', terminalId: 'tm_none' });
  await till.act({ name: 'sale', sale: { amount: 1000, currency: 'GBP' } });
  assert.equal(await answered('POST', /^\/terminal-sessions$/), 404);
  assert.deepEqual(await till.act({ name: 'retry' }), { answer: 'done' });
  assert.deepEqual(await till.reset(), { answer: 'done' });
});
