import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Faults } from './faults.ts';
import { requestOf, responseOf, rig } from './testing/rig.ts';

const refund = { method: 'POST', path: '/payment-intents/{paymentIntentId}/refunds' };

test('an armed answer is given in place of the upstream, once, and reported as armed', async (t) => {
  const { gateway, client, exchange, upstream } = await rig(t);
  const armed = gateway.arm({
    id: 'refused',
    match: refund,
    effect: {
      kind: 'answer',
      status: 400,
      headers: [['Content-Type', 'application/json']],
      body: '{"Status":400}',
    },
  });
  const till = await client();
  till.write(requestOf('POST', '/payment-intents/pi_1/refunds?x=1', '{"amount":1}'));
  await till.until((got) => got.endsWith('{"Status":400}'));
  assert.equal(
    till.received,
    'HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n{"Status":400}',
  );
  const { armed: met, response, request, trouble } = await exchange(0);
  assert.deepEqual(
    [met, response?.status, response?.body, request.body, trouble, armed.met],
    ['refused', 400, { json: { Status: 400 } }, { json: { amount: 1 } }, undefined, 1],
  );
  assert.equal(upstream.connections.length, 0);

  till.write(requestOf('POST', '/payment-intents/pi_1/refunds', '{"amount":2}'));
  const carried = await upstream.connection(0);
  await carried.until((got) => got.endsWith('{"amount":2}'));
  carried.write(responseOf(200, 'real'));
  await till.until((got) => got.endsWith('real'));
  assert.equal((await exchange(1)).armed, undefined);
  assert.equal(armed.met, 1);
});

test('an armed answer asks for the body of a till that waits to be asked', async (t) => {
  const { gateway, client, exchange } = await rig(t);
  gateway.arm({ id: 'f', match: { method: 'POST', path: '/a' }, effect: { kind: 'answer', status: 204 } });
  const till = await client();
  till.write('POST /a HTTP/1.1\r\nHost: till\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n');
  await till.until((got) => got === 'HTTP/1.1 100 Continue\r\n\r\n');
  till.write('{}');
  await till.until((got) => got.endsWith('HTTP/1.1 204 No Content\r\n\r\n'));
  assert.deepEqual((await exchange(0)).request.body, { json: {} });
});

test('an upstream that closes while an armed answer waits for its request does not spoil the answer', async (t) => {
  const { gateway, client, exchange, upstream } = await rig(t);
  gateway.arm({ id: 'f', match: { method: 'POST', path: '/a' }, effect: { kind: 'answer', status: 204 } });
  const till = await client();
  till.write(requestOf('GET', '/before'));
  const carried = await upstream.connection(0);
  await carried.until((got) => got.endsWith('\r\n\r\n'));
  carried.write(responseOf(200, 'before'));
  await till.until((got) => got.endsWith('before'));
  till.write('POST /a HTTP/1.1\r\nHost: till\r\nContent-Length: 4\r\n\r\nha');
  await carried.end();
  till.write('lf');
  await till.until((got) => got.endsWith('HTTP/1.1 204 No Content\r\n\r\n'));
  const { armed, trouble } = await exchange(1);
  assert.deepEqual([armed, trouble], ['f', undefined]);
});

test('a request that is dropped before the upstream never gets there', async (t) => {
  const { gateway, client, exchange, upstream } = await rig(t);
  gateway.arm({ id: 'lost', match: refund, effect: { kind: 'drop-before' } });
  const till = await client();
  till.write(requestOf('POST', '/payment-intents/pi_1/refunds', '{"amount":1}'));
  await till.end();
  assert.equal(till.received, '');
  const { armed, response, trouble, request } = await exchange(0);
  assert.deepEqual(
    [armed, response, trouble, request.body],
    ['lost', null, 'upstream-dropped', { json: { amount: 1 } }],
  );
  assert.equal(upstream.connections.length, 0);
});

test('an answer that is dropped after the upstream has acted is recorded, and lost to the till', async (t) => {
  const { gateway, client, exchange, upstream } = await rig(t);
  gateway.arm({ id: 'lost', match: refund, effect: { kind: 'drop-after' } });
  const till = await client();
  till.write(requestOf('POST', '/payment-intents/pi_1/refunds', '{"amount":1}'));
  const carried = await upstream.connection(0);
  await carried.until((got) => got.endsWith('{"amount":1}'));
  carried.write(responseOf(201, '{"refundId":"r"}'));
  await till.end();
  assert.equal(till.received, '');
  const { armed, response, trouble } = await exchange(0);
  assert.deepEqual(
    [armed, response?.status, response?.body, trouble],
    ['lost', 201, { json: { refundId: 'r' } }, 'upstream-dropped'],
  );
});

test('a delayed answer comes late and unaltered, while the upstream has acted at once', async (t) => {
  const { gateway, client, exchange, upstream } = await rig(t);
  gateway.arm({ id: 'slow', match: { method: 'GET', path: /^\/a/ }, effect: { kind: 'delay', ms: 120 } });
  const till = await client();
  till.write(requestOf('GET', '/abc'));
  const carried = await upstream.connection(0);
  await carried.until((got) => got.endsWith('\r\n\r\n'));
  carried.write('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\none');
  carried.write('two');
  await till.until((got) => got.endsWith('onetwo'));
  const { armed, at, until, trouble } = await exchange(0);
  assert.deepEqual([armed, trouble], ['slow', undefined]);
  assert.ok(until - at >= 119, `took ${until - at} ms`);
});

test('a till that gives up on a delayed answer is reported as having dropped', async (t) => {
  const { gateway, client, exchange, upstream } = await rig(t);
  gateway.arm({ id: 'slow', match: { method: 'GET', path: '/a' }, effect: { kind: 'delay', ms: 3_600_000 } });
  const till = await client();
  till.write(requestOf('GET', '/a'));
  const carried = await upstream.connection(0);
  await carried.until((got) => got.endsWith('\r\n\r\n'));
  carried.write(responseOf(200, 'late'));
  till.socket.resetAndDestroy();
  const { armed, trouble } = await exchange(0);
  assert.deepEqual([armed, trouble], ['slow', 'client-dropped']);
});

test('a fault is met only by its method and path, as often as it says, and not after it is disarmed', () => {
  const faults = new Faults();
  const armed = faults.arm({
    id: 'f',
    match: { method: 'GET', path: '/terminal-sessions/{id}' },
    effect: { kind: 'drop-before' },
    times: 2,
  });
  const meets = (method: string, target: string) => faults.meet(method, target)?.id ?? null;
  assert.equal(meets('PUT', '/terminal-sessions/ts_1'), null);
  assert.equal(meets('GET', '/terminal-sessions'), null);
  assert.equal(meets('GET', '/terminal-sessions/ts_1/cancel'), null);
  assert.equal(meets('GET', '/x/terminal-sessions/ts_1'), null);
  assert.equal(meets('GET', '/terminal-sessions/ts_1?x=/y'), 'f');
  assert.equal(meets('GET', '/terminal-sessions/ts_2/'), 'f');
  assert.equal(meets('GET', '/terminal-sessions/ts_3'), null);
  assert.equal(armed.met, 2);
  const another = faults.arm({
    id: 'g',
    match: { method: 'GET', path: /a$/g },
    effect: { kind: 'drop-after' },
    times: 9,
  });
  assert.deepEqual([meets('GET', '/a'), meets('GET', '/a')], ['g', 'g']);
  another.disarm();
  assert.equal(meets('GET', '/a'), null);
});
