import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { startSandbox } from '../../../../fixtures/sandbox/index.ts';
import type { Deed } from '../../../checklist/index.ts';
import type { Json } from '../../../record/vocabulary.ts';
import { endAll } from './end.ts';
import { Ledger } from './ledger.ts';

const deed = (call: string, status: number | null, answer: Json, asked: Json = null): Deed => {
  const [method = '', target = ''] = call.split(' ');
  return {
    id: `x-${call}`,
    request: { method, target, headers: [], body: asked === null ? null : { json: asked } },
    response: status === null ? null : { status, headers: [], body: { json: answer } },
    startedAt: '2026-03-01T12:00:00.000Z',
  };
};
const sale = (paymentIntentId: string): Json => ({
  terminalId: 'tm_1',
  details: { sessionType: 'Sale', sale: { paymentIntentId } },
});
const names = (ledger: Ledger): string[] =>
  ledger.open.map(({ kind, id, reference, status }) => `${kind} ${id ?? `of ${reference}`} ${status}`);

suite('what a run has left open is known from its exchanges', () => {
  const ledgerOf = (...deeds: Deed[]): Ledger => {
    const ledger = new Ledger();
    for (const one of deeds) ledger.note(one);
    return ledger;
  };
  const intent = deed('POST /payment-intents', 200, { id: 'pi_1', status: 'Created' }, { reference: 'r' });
  const session = deed('POST /terminal-sessions', 200, { id: 'ts_1', status: 'Initiated' }, sale('pi_1'));

  test('sessions come first, for they hold payment intents', () => {
    assert.deepEqual(names(ledgerOf(intent, session)), [
      'terminal session ts_1 Initiated',
      'payment intent pi_1 ',
    ]);
  });
  test('what has come to its end is not open any more', () => {
    const ended = [
      deed('GET /terminal-sessions/ts_1', 200, { id: 'ts_1', status: 'Captured' }),
      deed('GET /payment-intents/pi_1?returnCanceled=true', 200, { id: 'pi_1', status: 'Captured' }),
    ];
    assert.deepEqual(names(ledgerOf(intent, session, ...ended)), []);
  });
  test('an authorization is open, and a refund on the card machine opens a captured payment again', () => {
    const authorized = deed('GET /payment-intents/pi_1', 200, { id: 'pi_1', status: 'Authorized' });
    assert.deepEqual(names(ledgerOf(intent, authorized)), ['payment intent pi_1 Authorized']);
    const refund = deed('POST /terminal-sessions', null, null, {
      details: { sessionType: 'MatchedRefund', matchedRefund: { paymentIntentId: 'pi_2' } },
    });
    assert.deepEqual(names(ledgerOf(refund)), ['payment intent pi_2 ']);
  });
  for (const status of [null, 500, 502])
    test(`what was answered ${status} may have been made all the same`, () => {
      const lost = deed('POST /payment-intents', status, null, { reference: 'mine' });
      assert.deepEqual(names(ledgerOf(lost)), ['payment intent of mine ']);
    });
  test('what was refused, or never arrived, was not made', () => {
    const refused = deed('POST /payment-intents', 400, {}, { reference: 'r' });
    const unsent = { ...deed('POST /payment-intents', null, null), trouble: 'upstream-unreachable' as const };
    assert.deepEqual(names(ledgerOf(refused, unsent)), []);
  });
});

suite('what is open is brought to its end', { concurrency: true }, () => {
  async function account(quirks: Record<string, string> = {}) {
    const sandbox = await startSandbox({ pace: 20, quirks });
    const ask = async (method: string, path: string, body?: Json) => {
      const answer = await sandbox.ask(method, path, body);
      return { status: answer.status, text: await answer.text() };
    };
    const ledger = new Ledger();
    const make = async (path: string, body: Json): Promise<{ id: string }> => {
      const { status, text } = await ask('POST', path, body);
      ledger.note(deed(`POST ${path}`, status, JSON.parse(text), body));
      return JSON.parse(text);
    };
    const pay = async (code: string, more: { [name: string]: Json } = {}): Promise<string> => {
      const amount = { value: 1000, currencyCode: 'GBP' };
      const { id } = await make('/payment-intents', { amount, reference: `r-${code}`, ...more });
      const terminals = JSON.parse((await ask('GET', '/terminals')).text) as {
        id: string;
        properties: { tid: string };
      }[];
      const terminalId = terminals.find(({ properties }) => properties.tid.endsWith(code))!.id;
      return (await make('/terminal-sessions', { ...(sale(id) as object), terminalId })).id;
    };
    const until = async (id: string, status: string): Promise<void> => {
      while (!(await ask('GET', `/terminal-sessions/${id}`)).text.includes(`"status":"${status}"`));
    };
    return { sandbox, ask, ledger, make, pay, until };
  }

  test('a session whose card has not come, one whose card has, and an authorization', async () => {
    const { sandbox, ask, ledger, pay, until } = await account();
    await until(await pay('SIP0', { captureMode: 'Manual' }), 'Authorized');
    await pay('SCN0');
    await pay('TIP0');
    assert.deepEqual(await endAll(ask, ledger.open), []);
    assert.deepEqual(await sandbox.open(), []);
    await sandbox.close();
  });
  for (const ends of ['declined', 'rejected'])
    test(`a signature that is waited for; once rejected, its session is ${ends}`, async () => {
      const { sandbox, ask, ledger, pay, until } = await account({ 'rejected-signature': ends });
      await until(await pay('SIS0'), 'SignatureVerificationRequired');
      assert.deepEqual(await endAll(ask, ledger.open), []);
      assert.deepEqual(await sandbox.open(), []);
      await sandbox.close();
    });
  test('a payment intent whose answer was lost, by its reference', async () => {
    const { sandbox, ask } = await account();
    const asked = { amount: { value: 1, currencyCode: 'GBP' }, reference: 'the lost one' };
    await ask('POST', '/payment-intents', { ...asked, reference: 'somebody else' });
    await ask('POST', '/payment-intents', asked);
    const ledger = new Ledger();
    ledger.note({ ...deed('POST /payment-intents', null, null, asked), startedAt: new Date().toISOString() });
    assert.deepEqual(await endAll(ask, ledger.open), []);
    assert.equal((await sandbox.open()).length, 1, 'what somebody else made is left alone');
    await sandbox.close();
  });
  for (const status of [401, 429, 503])
    test(`a payment intent that can’t be read, for ${status} is the answer, may be open, and is reported`, async () => {
      const { sandbox, ask, ledger, pay, until } = await account();
      await until(await pay('SIP0', { captureMode: 'Manual' }), 'Authorized');
      const refusing = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: Json) =>
        path.startsWith('/payment-intents/') ? { status, text: '' } : ask(method, path, body);
      const left = await endAll(
        refusing,
        ledger.open.filter(({ kind }) => kind === 'payment intent'),
      );
      assert.deepEqual(
        left.map(({ kind, why }) => [kind, why]),
        [['payment intent', `how it stands could not be read (answered ${status})`]],
      );
      await sandbox.close();
    });
  test('a payment intent that is not there is over', async () => {
    const gone = async () => ({ status: 404, text: '' });
    const intent = { kind: 'payment intent', id: 'pi_1', status: 'Authorized', since: '', why: '' } as const;
    assert.deepEqual(await endAll(gone, [intent]), []);
  });
  test('what can’t be ended is returned with the reason', async () => {
    const { sandbox, ask, ledger, pay } = await account();
    await pay('SIP0');
    const refusing = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: Json) =>
      method === 'DELETE' ? { status: 409, text: '{"detail":"not now"}' } : ask(method, path, body);
    const left = await endAll(refusing, [
      { kind: 'webhook subscription', id: 'ws_1', status: '', since: '', why: '' },
      ...ledger.open.filter(({ kind }) => kind === 'terminal session'),
    ]);
    assert.deepEqual(
      left.map(({ id, why }) => [id, why]),
      [['ws_1', 'DELETE /webhooks/ws_1 was answered 409: not now']],
    );
    await sandbox.close();
  });
});
