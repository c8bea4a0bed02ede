import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rawUpstream } from './testing/raw-peers.ts';
import { requestOf, responseOf, rig } from './testing/rig.ts';

const whole = (path: string) => (got: string) => got.includes(`${path} HTTP/1.1`) && got.endsWith('\r\n\r\n');

test('an upstream that refuses connections is reported as unreachable, and no answer is invented', async (t) => {
  const gone = await rawUpstream();
  await gone.close();
  const { client, exchange, causes } = await rig(t, { upstream: gone.url });
  const till = await client();
  till.write(requestOf('POST', '/payment-intents', '{"amount":1}'));
  await till.end();
  assert.equal(till.received, '');
  const { trouble, response, request } = await exchange(0);
  assert.deepEqual(
    [trouble, response, request.body],
    ['upstream-unreachable', null, { json: { amount: 1 } }],
  );
  assert.match(String(causes[0]), /ECONNREFUSED/);
});

test('an upstream that drops before it answers is reported as dropped, not as unreachable', async (t) => {
  const { client, exchange, upstream } = await rig(t);
  const till = await client();
  till.write(requestOf('GET', '/a'));
  const carried = await upstream.connection(0);
  await carried.until(whole('/a'));
  carried.socket.destroy();
  assert.equal(await till.end(), 'end');
  assert.equal(till.received, '');
  const { trouble, response } = await exchange(0);
  assert.deepEqual([trouble, response], ['upstream-dropped', null]);
});

test('an upstream that never answers is given up when nobody waits any longer', async (t) => {
  const { client, exchange, upstream, gateway } = await rig(t);
  const till = await client();
  till.write(requestOf('POST', '/payment-intents', '{"reference":"mine"}'));
  await (await upstream.connection(0)).until((got) => got.includes('mine'));
  gateway.seal();
  gateway.giveUp();
  await gateway.idle();
  const { trouble, response, request } = await exchange(0);
  assert.deepEqual(
    [trouble, response, request.body],
    ['upstream-dropped', null, { json: { reference: 'mine' } }],
  );
});

for (const [how, head] of [
  ['in a body with a length', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n'],
  ['in a chunked body', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n'],
  ['in its head', 'HTTP/1.1 200 OK\r\nContent-'],
] as const) {
  test(`a drop ${how} reaches the till as a drop after the bytes before it`, async (t) => {
    const { client, exchange, upstream } = await rig(t);
    const till = await client();
    till.write(requestOf('GET', '/a'));
    const carried = await upstream.connection(0);
    await carried.until(whole('/a'));
    carried.write(`${head}part`);
    await till.until((got) => got.endsWith('part'));
    carried.socket.end();
    await till.end();
    assert.equal(till.received, `${head}part`);
    const { trouble, response } = await exchange(0);
    assert.deepEqual([trouble, response], ['upstream-dropped', null]);
  });
}

test('a reset in a body that only its end would end reaches the till as a reset', async (t) => {
  const { client, exchange, upstream } = await rig(t);
  const till = await client();
  till.write(requestOf('GET', '/a'));
  const carried = await upstream.connection(0);
  await carried.until(whole('/a'));
  carried.write('HTTP/1.1 200 OK\r\n\r\npart');
  await till.until((got) => got.endsWith('part'));
  carried.socket.resetAndDestroy();
  assert.equal(await till.end(), 'reset');
  assert.equal((await exchange(0)).trouble, 'upstream-dropped');
});

test('a till that resets its connection aborts its request upstream', async (t) => {
  const { client, exchange, upstream, gateway } = await rig(t);
  const till = await client();
  till.write(requestOf('GET', '/a'));
  const carried = await upstream.connection(0);
  await carried.until(whole('/a'));
  assert.equal(gateway.inFlight(), 1);
  till.socket.resetAndDestroy();
  await carried.end();
  const { trouble, response } = await exchange(0);
  assert.deepEqual([trouble, response], ['client-dropped', null]);
  assert.equal(gateway.inFlight(), 0);
});

test('a till that ends its side after its requests is answered, and then its connection ends', async (t) => {
  const { client, exchange, upstream } = await rig(t);
  const till = await client({ allowHalfOpen: true });
  till.socket.end(requestOf('GET', '/a') + requestOf('GET', '/b'));
  const carried = await upstream.connection(0);
  for (const path of ['/a', '/b']) {
    await carried.until(whole(path));
    carried.write(responseOf(200, path));
  }
  assert.equal(await till.end(), 'end');
  assert.equal(till.received, responseOf(200, '/a') + responseOf(200, '/b'));
  for (const index of [0, 1]) {
    const { trouble, response } = await exchange(index);
    assert.deepEqual([trouble, response?.status], [undefined, 200]);
  }
  assert.equal(await carried.end(), 'end');
});

test('a till that ends its side in the middle of a request that it sent ahead gets no answer to that, and is let go', async (t) => {
  const { client, exchange, upstream, gateway } = await rig(t);
  const till = await client({ allowHalfOpen: true });
  till.socket.end(`${requestOf('GET', '/a')}GET /b HTTP/1.1\r\nHost: ti`);
  const carried = await upstream.connection(0);
  await carried.until(whole('/a'));
  // More than the answer: the gateway keeps no connection to an upstream that sends so.
  carried.write(`${responseOf(200, '/a')}more`);
  assert.notEqual(await till.end(), 'timeout');
  assert.equal(till.received, responseOf(200, '/a'));
  await gateway.idle();
  const { trouble, response } = await exchange(0);
  assert.deepEqual([trouble, response?.status], [undefined, 200]);
});

test('a till that was gone before its answer is reported as dropped when it went, with the answer', async (t) => {
  const { client, exchange, upstream, gateway } = await rig(t);
  const till = await client();
  till.write(requestOf('GET', '/a'));
  const carried = await upstream.connection(0);
  await carried.until(whole('/a'));
  till.socket.destroy();
  // A further exchange makes sure that the gateway has seen the first till go.
  const other = await client();
  other.write(requestOf('GET', '/other'));
  const beside = await upstream.connection(1);
  await beside.until(whole('/other'));
  beside.write(responseOf(200, 'other'));
  const { until } = await exchange(0);
  carried.write(responseOf(200, 'late'));
  const { trouble, response, until: wentAt } = await exchange(1);
  assert.deepEqual([trouble, response?.body], ['client-dropped', { text: 'late' }]);
  assert.ok(wentAt <= until, `${wentAt} <= ${until}`);
  assert.equal(gateway.inFlight(), 0);
});

test('a till that is gone while the upstream stays silent is reported as dropped when nobody waits any longer', async (t) => {
  const { client, exchange, upstream, gateway } = await rig(t);
  const till = await client({ allowHalfOpen: true });
  till.socket.end(requestOf('GET', '/a'));
  const carried = await upstream.connection(0);
  await carried.until(whole('/a'));
  gateway.giveUp();
  await carried.end();
  const { trouble, response } = await exchange(0);
  assert.deepEqual([trouble !== undefined, response], [true, null]);
});

test('a final answer to a request whose body is still awaited is recorded at once', async (t) => {
  const { client, exchange, upstream, gateway } = await rig(t);
  const till = await client();
  const head = 'POST /a HTTP/1.1\r\nHost: till\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n';
  till.write(head);
  const carried = await upstream.connection(0);
  await carried.until((got) => got.endsWith('\r\n\r\n'));
  carried.write(responseOf(401));
  assert.deepEqual([(await exchange(0)).response?.status, gateway.inFlight()], [401, 0]);
  // It may send the body all the same,
  till.write('{}');
  await carried.until((got) => got.endsWith('{}'));
  till.write(head);
  await carried.until((got) => got.split('Expect').length === 3);
  carried.write(responseOf(401));
  assert.equal((await exchange(1)).response?.status, 401);
  // or go on with another request.
  till.write(requestOf('GET', '/b'));
  await carried.until(whole('/b'));
  carried.write(responseOf(200, 'b'));
  assert.deepEqual((await exchange(2)).request.target, '/b');
});

test('a till that drops within its body is reported as dropped, with what it had sent', async (t) => {
  const { client, exchange, upstream } = await rig(t);
  const till = await client();
  till.write('POST /a HTTP/1.1\r\nHost: till\r\nContent-Length: 10\r\n\r\nhalf');
  const carried = await upstream.connection(0);
  await carried.until((got) => got.endsWith('half'));
  till.socket.destroy();
  await carried.end();
  const { trouble, request } = await exchange(0);
  assert.deepEqual([trouble, request.body], ['client-dropped', { text: 'half' }]);
});

test('an upstream that closes between two requests does not cost the next one', async (t) => {
  const { client, exchange, upstream } = await rig(t);
  const till = await client();
  till.write(requestOf('GET', '/first'));
  const first = await upstream.connection(0);
  await first.until(whole('/first'));
  first.write(responseOf(200, 'one'));
  await till.until((got) => got.endsWith('one'));
  first.socket.end();
  await first.end();
  till.write(requestOf('POST', '/second', 'x'));
  const second = await upstream.connection(1);
  await second.until((got) => got.endsWith('x'));
  second.write(responseOf(201, 'two'));
  await till.until((got) => got.endsWith('two'));
  assert.deepEqual([(await exchange(0)).trouble, (await exchange(1)).trouble], [undefined, undefined]);
  assert.equal(till.ended, 'open');
});

test('a request that crosses with the upstream closing is never sent again', async (t) => {
  const { client, exchange, upstream } = await rig(t);
  const till = await client();
  till.write(requestOf('GET', '/first'));
  const first = await upstream.connection(0);
  await first.until(whole('/first'));
  first.write(responseOf(200, 'one'));
  await till.until((got) => got.endsWith('one'));
  till.write(requestOf('POST', '/second', 'x'));
  await first.until((got) => got.endsWith('x'));
  first.socket.destroy();
  await till.end();
  assert.equal((await exchange(1)).trouble, 'upstream-dropped');
  assert.equal(upstream.connections.length, 1);
});

test('what an upstream says to an idle connection reaches no till', async (t) => {
  const { client, exchange, upstream } = await rig(t);
  const till = await client();
  till.write(requestOf('GET', '/first'));
  const first = await upstream.connection(0);
  await first.until(whole('/first'));
  first.write(responseOf(200, 'one') + responseOf(408, 'too late'));
  await first.end();
  till.write(requestOf('GET', '/second'));
  const second = await upstream.connection(1);
  await second.until(whole('/second'));
  second.write(responseOf(200, 'two'));
  await till.until((got) => got.endsWith('two'));
  assert.equal(till.received, responseOf(200, 'one') + responseOf(200, 'two'));
  assert.deepEqual((await exchange(1)).response?.body, { text: 'two' });
});

test('an answer before the end of the request is passed on at once, and the rest of the request too', async (t) => {
  const { client, exchange, upstream } = await rig(t);
  const till = await client();
  till.write('POST /a HTTP/1.1\r\nHost: till\r\nContent-Length: 8\r\n\r\nhalf');
  const carried = await upstream.connection(0);
  await carried.until((got) => got.endsWith('half'));
  carried.write(responseOf(413, 'early'));
  await till.until((got) => got.endsWith('early'));
  till.write('rest');
  await carried.until((got) => got.endsWith('halfrest'));
  const { response, request } = await exchange(0);
  assert.deepEqual([response?.status, request.body], [413, { text: 'halfrest' }]);
});

test('an upstream that answers early and closes ends the connection, not the gateway', async (t) => {
  const { client, exchange, upstream } = await rig(t);
  const till = await client();
  till.write('POST /a HTTP/1.1\r\nHost: till\r\nContent-Length: 8\r\n\r\nhalf');
  const carried = await upstream.connection(0);
  await carried.until((got) => got.endsWith('half'));
  carried.write('HTTP/1.1 413 No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  carried.socket.end();
  await till.end();
  const { response, trouble } = await exchange(0);
  assert.deepEqual([response?.status, trouble], [413, undefined]);
});

for (const [what, status] of [
  ['without a reason', 'HTTP/1.1 200'],
  ['with a blank more', 'HTTP/1.1  200  OK'],
  ['of HTTP/1.0', 'HTTP/1.0 200 OK\r\nConnection: keep-alive'],
  ['of HTTP/1', 'HTTP/1 200 OK'],
  ['in lower case, with a tab', 'http/1.1\t200\tfine'],
  ['after empty lines', '\r\n\r\nHTTP/1.1 200 OK'],
] as const) {
  test(`a status line ${what} is read`, async (t) => {
    const { client, exchange, upstream } = await rig(t);
    const till = await client();
    till.write(requestOf('GET', '/a'));
    const carried = await upstream.connection(0);
    await carried.until(whole('/a'));
    const sent = `${status}\r\nContent-Length: 2\r\n\r\n{}`;
    carried.write(sent);
    await till.until((got) => got === sent);
    const { response, trouble } = await exchange(0);
    assert.deepEqual([response?.status, response?.body, trouble], [200, { json: {} }, undefined]);
  });
}

test('a transfer coding that changes nothing does not hide where a request ends', async (t) => {
  const { client, exchange, upstream } = await rig(t);
  const till = await client();
  till.write('POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity\r\nContent-Length: 2\r\n\r\n{}');
  const carried = await upstream.connection(0);
  await carried.until((got) => got.endsWith('{}'));
  carried.write(responseOf(200, '{}'));
  const { request, response } = await exchange(0);
  assert.deepEqual([request.body, response?.status], [{ json: {} }, 200]);
  assert.equal(till.ended, 'open');
});

test('an answer ends a request whose own end nobody could tell, and the connection with it', async (t) => {
  const { client, exchange, upstream } = await rig(t);
  const till = await client();
  till.write('GET /a b HTTP/1.1\r\nHost: x\r\n\r\n');
  const carried = await upstream.connection(0);
  await carried.until(whole(''));
  carried.write(responseOf(400, '{}'));
  assert.equal((await exchange(0)).response?.status, 400);
  assert.equal(await till.end(), 'end');
});

test('a chunked response that breaks its own rules is carried whole and reported as dropped', async (t) => {
  const { client, exchange, upstream } = await rig(t);
  const till = await client();
  till.write(requestOf('GET', '/a'));
  const carried = await upstream.connection(0);
  await carried.until(whole('/a'));
  const broken = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nnot a chunk';
  carried.write(broken);
  carried.socket.end();
  await till.end();
  assert.equal(till.received, broken);
  assert.equal((await exchange(0)).trouble, 'upstream-dropped');
});
