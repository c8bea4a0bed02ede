import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { WebSocket, WebSocketServer } from 'ws';
import { jsonOf } from '../../../record/evidence.ts';
import type { Exchange } from '../../../record/vocabulary.ts';
import { createRedaction, startGateway } from '../index.ts';
import { rig } from '../testing/rig.ts';
import { closing, frame, ofClient } from './testing/frames.ts';

/** A POS and Dojo, both by the library, and the gateway between them. */
async function talking(t: TestContext, perMessageDeflate = false) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate });
  await once(server, 'listening');
  const exchanges: Exchange[] = [];
  const gateway = await startGateway({
    upstream: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    redaction: createRedaction(),
    onExchange: (exchange) => exchanges.push(exchange),
  });
  const connected = once(server, 'connection');
  const pos = new WebSocket(`${gateway.url.replace('http', 'ws')}/epos`, {
    perMessageDeflate,
    headers: { authorization: 'Basic sk_sandbox_secretsecretsecret' },
  });
  const [dojo] = (await connected) as [WebSocket];
  await once(pos, 'open');
  t.after(async () => {
    pos.terminate();
    for (const client of server.clients) client.terminate();
    await gateway.close();
    await new Promise((resolve) => server.close(resolve));
  });
  return { gateway, exchanges, pos, dojo };
}

const call = (id: string, params: object = {}) =>
  JSON.stringify({ jsonrpc: '2.0', id, method: 'SearchOrdersV1', params });
const answerTo = (id: string, result: object = { data: [] }) =>
  JSON.stringify({ jsonrpc: '2.0', id, result });

for (const packs of [false, true])
  test(`1,000 calls that overlap${packs ? ', packed,' : ''} are one exchange each, between Dojo and the subject`, async (t) => {
    const { gateway, exchanges, pos, dojo } = await talking(t, packs);
    const waiting: string[] = [];
    const answered = new Promise<void>((resolve) => {
      let count = 0;
      dojo.on('message', () => {
        count += 1;
        if (count === 1000) resolve();
      });
    });
    pos.on('message', (data) => {
      waiting.push((JSON.parse(String(data)) as { id: string }).id);
      // The last comes first.
      if (waiting.length === 1000)
        for (const id of waiting.reverse()) pos.send(answerTo(id, { data: [], filler: 'x'.repeat(2000) }));
    });
    const ends = Array.from({ length: 1000 }, (_, at) => {
      const over = gateway.expectCall(`call-${at}`);
      dojo.send(call(`call-${at}`, { filler: 'y'.repeat(2000) }));
      return over;
    });
    await answered;
    const [handshake, ...calls] = exchanges;
    assert.deepEqual(
      [handshake?.channel, handshake?.request.target, handshake?.response?.status],
      ['http', '/epos', 101],
    );
    assert.equal(calls.length, 1000);
    for (const { from, to, channel, connection, request, response } of calls) {
      assert.deepEqual(
        [from, to, channel, connection, request.target],
        ['dojo', 'subject', 'socket', handshake!.id, '/epos'],
      );
      assert.equal((jsonOf(request) as { id: string }).id, (jsonOf(response) as { id: string }).id);
    }
    assert.deepEqual(
      ends.map((over) => over()?.response?.status),
      Array(1000).fill(200),
    );
    assert.equal(ends[0]!(), null, 'it is kept for one that asks, once');
    assert.doesNotMatch(JSON.stringify(exchanges), /secretsecret/);
  });

test('pings, pongs and a close are recorded with their codes, and an error has the status of its type', async (t) => {
  const { gateway, exchanges, pos, dojo } = await talking(t);
  pos.ping('p1');
  await once(pos, 'pong');
  dojo.ping('p2');
  await once(dojo, 'pong');
  const over = gateway.expectCall('a');
  dojo.send(call('a'));
  await once(pos, 'message');
  pos.send(JSON.stringify({ jsonrpc: '2.0', id: 'a', error: { errorType: 'NotFound' } }));
  await once(dojo, 'message');
  assert.equal(over()?.response?.status, 404);
  dojo.close(1001, 'maintenance');
  await once(dojo, 'close');
  assert.deepEqual(
    exchanges.slice(1).map(({ from, request, response }) => [from, request.method, response?.status]),
    [
      ['subject', 'ping', 200],
      ['dojo', 'ping', 200],
      ['dojo', 'SearchOrdersV1', 404],
      ['dojo', 'close', 200],
    ],
  );
  assert.deepEqual(jsonOf(exchanges.at(-1)!.request), { code: 1001, reason: 'maintenance' });
});

test('a call whose answer never comes is over when it is given up, and one that never came by is none', async (t) => {
  const { gateway, exchanges, pos, dojo } = await talking(t);
  const over = gateway.expectCall('a');
  dojo.send(call('a'));
  await once(pos, 'message');
  const given = over();
  assert.deepEqual([given?.response, given?.trouble], [null, 'client-dropped']);
  assert.equal(gateway.expectCall('z')(), null);
  pos.send(answerTo('a'));
  await once(dojo, 'message');
  assert.deepEqual([exchanges.at(-1)?.from, exchanges.at(-1)?.request.method], ['subject', 'message']);
});

test('a connection that is reset ends what was open, and is a reset on the other side too', async (t) => {
  for (const side of ['dojo', 'pos'] as const) {
    const talk = await talking(t);
    talk.dojo.send(call('a'));
    await once(talk.pos, 'message');
    const gone = once(talk[side === 'dojo' ? 'pos' : 'dojo'], 'close');
    const ended = talk[side] as unknown as { readonly _socket: { resetAndDestroy(): void } };
    ended._socket.resetAndDestroy();
    assert.equal((await gone)[0], 1006);
    assert.equal(talk.exchanges.at(-1)?.trouble, 'upstream-dropped');
  }
});

test('a connection that breaks, or over which nothing more comes, leaves another alone', async (t) => {
  const { gateway, upstream, client, exchange, exchanges } = await rig(t);
  const opened = async (number: number) => {
    const pos = await client();
    pos.write('GET /epos HTTP/1.1\r\nHost: till\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    const dojo = await upstream.connection(number);
    await dojo.until((got) => got.endsWith('\r\n\r\n'));
    dojo.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    await pos.until((got) => got.endsWith('\r\n\r\n'));
    return { pos, dojo };
  };
  const [broken, halfOpen, sound] = [await opened(0), await opened(1), await opened(2)];
  broken.pos.write(frame({ opcode: 5, payload: 'broken' }).toString('latin1'));
  // The rest of this message never comes.
  halfOpen.pos.write(
    ofClient({ payload: answerTo('never') })
      .toString('latin1')
      .slice(0, 4),
  );
  halfOpen.dojo.write(frame({ payload: call('never') }).toString('latin1'));
  await halfOpen.pos.until((got) => got.includes('"id":"never"'));
  sound.dojo.write(frame({ payload: call('a') }).toString('latin1'));
  await sound.pos.until((got) => got.includes('"id":"a"'));
  // One byte after another, as from a slow POS.
  for (const byte of ofClient({ payload: answerTo('a') }).toString('latin1')) sound.pos.write(byte);
  const answered = () => exchanges.find(({ response, channel }) => channel === 'socket' && response);
  for (let at = 3; !answered(); at += 1) await exchange(at);
  const { from, request, response } = answered()!;
  assert.deepEqual(
    [from, request.method, response?.status, jsonOf(request) && 'json'],
    ['dojo', 'SearchOrdersV1', 200, 'json'],
  );
  const given = gateway.expectCall('never')();
  assert.deepEqual([given?.response, given?.trouble], [null, 'client-dropped']);
});

test('bytes go on untouched, in whatever pieces: masks, fragments, broken, binary and huge frames', async (t) => {
  const { gateway, upstream, client, exchange, exchanges } = await rig(t);
  const pos = await client();
  pos.write('GET /epos HTTP/1.1\r\nHost: till\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  const dojo = await upstream.connection(0);
  await dojo.until((got) => got.endsWith('\r\n\r\n'));
  const first = frame({ payload: call('early') }).toString('latin1');
  dojo.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n${first}`);
  await pos.until((got) => got.endsWith(first));
  assert.deepEqual([(await exchange(0)).response?.status, (await exchange(0)).response?.body], [101, null]);

  const before = dojo.received.length;
  const huge = Buffer.alloc(3 * 1024 * 1024, 120);
  const sent = Buffer.concat([
    ofClient({ payload: answerTo('early').slice(0, 9), final: false }),
    ofClient({ opcode: 9, payload: 'p' }),
    ofClient({ opcode: 0, payload: answerTo('early').slice(9) }),
    ofClient({ opcode: 2, payload: 'bytes' }),
    ofClient({ payload: huge }),
    ofClient({ opcode: 10, payload: 'after the huge one' }),
    frame({ opcode: 5, payload: 'broken' }),
    ofClient({ opcode: 8, payload: closing(1000) }),
  ]).toString('latin1');
  for (let at = 0; at < 300; at += 1) pos.write(sent[at]!);
  pos.write(sent.slice(300));
  await dojo.until((got) => got.length === before + sent.length);
  assert.ok(dojo.received.slice(before) === sent, 'the bytes are the same');
  assert.deepEqual(
    exchanges.slice(1).map(({ from, request }) => [from, request.method]),
    [
      ['dojo', 'SearchOrdersV1'],
      ['subject', 'message'],
      ['subject', 'message'],
      ['subject', 'pong'],
      ['subject', 'unreadable'],
    ],
  );
  assert.equal(gateway.inFlight(), 0);
});
