import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { operationsOf } from '../../fixtures/openapi/index.ts';
import type { Exchange, Json, Party } from '../record/vocabulary.ts';
import { compareContracts, judgesOf, loadContract, loadServed } from './index.ts';
import { exchangeOf, goodExchanges, type Short } from './testing/good-exchanges.ts';

const name = 'epos-data-1.0';
const served = loadServed(name);
const { violations } = judgesOf(loadContract(), name);

const money = { value: 1250, currencyCode: 'GBP' };
const order = {
  id: 'o1',
  status: 'New',
  details: { orderType: 'DineIn', dineIn: { tableId: 't7', waiterId: 'w2' } },
  items: [
    {
      name: 'Tea',
      plu: 'tea',
      quantity: 2,
      amountPerItem: money,
      modifiers: [{ name: 'Oat milk', plu: 'oat', quantity: 1, amountPerModifier: money }],
    },
  ],
  discounts: [{ name: 'Happy hour', amountTotal: money, amountPercentage: 2510 }],
  totalAmount: money,
  paidAmount: money,
  tipsAmount: money,
  payments: [{ paymentIntentId: 'pi_1', paidAmount: money }],
  payable: false,
};

const good: Readonly<Record<string, Short>> = {
  areas: { call: 'GET /v1/areas', status: 200, response: [{ id: 'a1', name: 'Terrace' }] },
  tables: {
    call: 'POST /v1/tables/search',
    request: { areaId: 'a1' },
    status: 200,
    response: { data: [{ id: 't1', name: 'Table 1' }] },
  },
  search: {
    call: 'POST /v1/orders/search',
    request: { payableOnly: true, dineIn: { waiterId: 'w2' }, cursor: { limit: 100 } },
    status: 200,
    response: { data: [order] },
  },
  order: { call: 'GET /v1/orders/o1', status: 200, response: order },
  bill: {
    call: 'GET /v1/orders/o1/bill',
    status: 200,
    response: {
      header: { lines: [{ lineType: 'Text', text: { value: 'The Inn', size: 'Header1' } }] },
      order,
      footer: { lines: [{ lineType: 'HorizontalLine', horizontalLine: { line: 'Double' } }] },
    },
  },
  lock: {
    call: 'POST /v1/orders/o1/lock',
    request: { lockId: 'l1', expiry: '2026-03-01T12:00:00Z' },
    status: 200,
    response: order,
  },
  extend: {
    call: 'PUT /v1/orders/o1/locks/l1',
    request: { expiry: '2026-03-01T12:00:00Z' },
    status: 200,
    response: {},
  },
  unlock: { call: 'DELETE /v1/orders/o1/locks/l1', status: 200, response: order },
  record: {
    call: 'POST /v1/orders/o1/record-payment',
    request: { paymentIntentId: 'pi_1', paidAmount: money, tipsAmount: money, lockId: 'l1' },
    status: 200,
    response: order,
  },
};

const between = (short: Short, from: Party, to: Party): Exchange => ({ ...exchangeOf(short), from, to });
const found = (short: Short): string[] =>
  violations(between(short, 'dojo', 'subject')).map(
    ({ severity, fault, part, pointer, rule }) => `${severity} ${fault} ${part} ${pointer} ${rule}`,
  );
const answering = (short: Short, status: number, response?: Json, type?: string): Short => {
  const { response: _left, ...rest } = short;
  return { ...rest, status, ...(response === undefined ? {} : { response }), ...(type ? { type } : {}) };
};

suite('what an EPOS serves is judged by its own description', () => {
  test('a good exchange stands here for every operation', () => {
    const covered = Object.values(good).map(({ call }) => {
      const [method = '', target = ''] = call.split(' ');
      const match = served.operationOf(method, target);
      return `${match?.method} ${match?.path}`;
    });
    const all = operationsOf(served.description.document).map(({ method, path }) => `${method} ${path}`);
    assert.deepEqual(covered.sort(), all.sort());
  });
  for (const [what, short] of Object.entries(good))
    test(`a good ${what} breaks nothing`, () => assert.deepEqual(found(short), []));

  test('an error is an EPOSError, and its status is the doing of the EPOS, a 500 too', () => {
    const { order: get } = good as { order: Short };
    assert.deepEqual(found(answering(get, 404, { errorType: 'NotFound' })), []);
    assert.deepEqual(found(answering(get, 500, { errorType: 'UnexpectedError' })), []);
    assert.deepEqual(found(answering(get, 500, { title: 'Internal Server Error' })), [
      'must pos response-body /errorType required',
      'should pos response-body /title undeclared-property',
    ]);
    assert.deepEqual(found(answering(get, 502, '<html>Bad Gateway</html>', 'text/html')), [
      'must pos response-body  json-body',
    ]);
    assert.deepEqual(found(answering(get, 401, 'no', 'text/plain')), []);
  });

  test('pounds in place of pence, a status that does not exist and a missing plu are the doing of the EPOS', () => {
    const { order: get } = good as { order: Short };
    const wrong = (change: object) => found(answering(get, 200, { ...order, ...change }));
    assert.deepEqual(wrong({ totalAmount: { value: 12.5, currencyCode: 'GBP' } }), [
      'must pos response-body /totalAmount/value type',
    ]);
    assert.deepEqual(wrong({ status: 'Cancelled' }), ['must pos response-body /status enum']);
    assert.deepEqual(wrong({ items: [{ name: 'Tea', quantity: 1, amountPerItem: money }] }), [
      'must pos response-body /items/0/plu required',
    ]);
  });

  test('all that the subject asks of the API is judged as without it', () => {
    const contract = loadContract();
    for (const short of Object.values(goodExchanges)) {
      const exchange = between(short, 'subject', 'dojo');
      assert.deepEqual(violations(exchange), contract.violations(exchange));
    }
    assert.equal(judgesOf(contract), contract);
  });
});

const official = process.env.DOJO_EPOS_DATA
  ? process.env.DOJO_EPOS_DATA
  : join(import.meta.dirname, '..', '..', '..', 'shared', 'openapi', 'epos-data-rest.json');

test("Dojo's own description of the EPOS Data API says the same as ours", {
  skip: existsSync(official) ? false : `${official} was not found: our description was compared with nothing`,
}, () => {
  assert.deepEqual(compareContracts(served, loadContract(official)), []);
});
