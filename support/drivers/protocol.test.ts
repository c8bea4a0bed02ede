import '../checklists/index.ts';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import type { Action } from '../record/vocabulary.ts';
import { read, written } from './protocol.ts';

/** One of each that the kit's checklists know; the compiler misses the one that is forgotten. */
const actions: { readonly [Name in Exclude<Action['name'], 'openDrawer'>]: Action & { name: Name } } = {
  sale: {
    name: 'sale',
    sale: {
      amount: 720,
      tip: 100,
      cashback: 500,
      currency: 'EUR',
      manualCapture: true,
      cardHolderNotPresent: true,
      lines: [
        {
          name: 'Coffee',
          quantity: 2,
          amountTotal: 800,
          modifiers: [{ name: 'Discount', quantity: 1, amountPerModifier: -40 }],
        },
      ],
    },
  },
  retry: { name: 'retry' },
  cancel: { name: 'cancel' },
  signature: { name: 'signature', accepted: false },
  recordManually: { name: 'recordManually' },
  capture: { name: 'capture', amount: 1 },
  changeAmount: { name: 'changeAmount', amount: 0, paymentIntentId: 'pi_1' },
  cancelIntent: { name: 'cancelIntent' },
  payElsewhere: { name: 'payElsewhere' },
  listIntents: { name: 'listIntents' },
  refundIntent: { name: 'refundIntent' },
  matchedRefund: { name: 'matchedRefund', amount: 1 },
  unlinkedRefund: { name: 'unlinkedRefund', amount: 1, currency: 'GBP' },
  subscribeWebhooks: { name: 'subscribeWebhooks' },
  listTerminals: { name: 'listTerminals' },
  chooseTerminal: { name: 'chooseTerminal', tid: 'T', terminalId: 'tm_1' },
  openOrder: {
    name: 'openOrder',
    currency: 'GBP',
    waiterId: 'w1',
    discount: 100,
    serviceCharge: 125,
    items: [
      {
        name: 'Tea',
        plu: 'tea',
        quantity: 2,
        price: 350,
        modifiers: [{ name: 'Oat milk', plu: 'oat', quantity: 1, price: 50 }],
      },
    ],
  },
  addItem: {
    name: 'addItem',
    orderId: 'o1',
    item: { name: 'Cake', plu: 'cake', quantity: 1, price: 420 },
  },
  holdOrder: { name: 'holdOrder', orderId: 'o1' },
  voidOrder: { name: 'voidOrder', orderId: 'o1' },
  registerCapabilities: { name: 'registerCapabilities' },
  listCapabilities: { name: 'listCapabilities' },
  refundPayment: { name: 'refundPayment', orderId: 'o1', paymentIntentId: 'pi_1', amount: 1 },
};

suite('what the kit sends', () => {
  for (const action of Object.values(actions))
    test(`the action ${action.name} is described`, () => {
      assert.deepEqual(JSON.parse(written(3, { call: 'act', action })), { id: 3, call: 'act', action });
    });
  test('the token of a row goes with what is asked in it', () => {
    const token = '00ff00ff00ff00ff';
    const action = actions.retry;
    for (const call of [{ call: 'act', action, token } as const, { call: 'reset', token } as const])
      assert.deepEqual(JSON.parse(written(3, call)), { id: 3, ...call });
    assert.throws(() => written(3, { call: 'reset', token: 'PAC-SALE-01' }), /not in order/);
  });
  test('what is not described is not sent', () => {
    const action = { name: 'signature' } as unknown as Action;
    assert.throws(() => written(1, { call: 'act', action }), /own request is not in order/);
    const half = { name: 'capture', amount: 0.5 } as const;
    assert.throws(() => written(1, { call: 'act', action: half }), /whole number/);
  });
});

suite('what is not in order is reported with its place', () => {
  const cases: [line: string, problem: RegExp, id: number | null][] = [
    ['done', /not JSON/, null],
    ['null', /not a JSON object/, null],
    ['{"id":1}', /neither a reply nor an event/, 1],
    ['{"id":1,"answer":"failed"}', /neither/, 1],
    ['{"id":1,"answer":"done","display":{"text":""}}', /neither/, 1],
    ['{"id":1,"hello":{"name":"x","version":"1"}}', /in its hello, .*apiVersion/, 1],
    ['{"event":"display","display":{"text":"","dialogs":[]}}', /in its display, .*`dialogs`/, null],
    [
      '{"id":2,"display":{"text":"","ledger":[{"kind":"sale","words":"Paid","total":10.5}]}}',
      /`ledger\.0\.total` is 10\.5 and has to be a whole number/,
      2,
    ],
  ];
  for (const [line, problem, id] of cases)
    test(line, () => {
      const reading = read(line);
      assert.ok('problem' in reading, JSON.stringify(reading));
      assert.match(reading.problem, problem);
      assert.equal(reading.id, id);
    });
});

test('every message of the transcript in docs/driver.md is one, and each call is answered there', () => {
  const page = readFileSync(new URL('../../docs/driver.md', import.meta.url), 'utf8');
  const lines = /```jsonl\n([^`]+)```/.exec(page)![1]!.trim().split('\n');
  const open: number[] = [];
  for (const line of lines) {
    const text = line.slice(2);
    if (line.startsWith('>')) {
      const { id, ...call } = JSON.parse(text);
      assert.deepEqual(JSON.parse(written(id, call)), JSON.parse(text));
      open.push(id);
    } else {
      const reading = read(text);
      assert.ok('message' in reading, `${text}: ${JSON.stringify(reading)}`);
      if ('id' in reading.message) assert.equal(reading.message.id, open.pop());
    }
  }
  assert.deepEqual(open, []);
  assert.ok(lines.some((line) => line.includes('"dialogues"')));
});
