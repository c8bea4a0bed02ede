import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { Agent, request } from 'undici';
import { monotonic } from '../../record/monotonic.ts';
import type { Exchange } from '../../record/vocabulary.ts';
import { createRedaction, startGateway } from './index.ts';
import { requestOf, responseOf, rig } from './testing/rig.ts';

test('an absolute target and a foreign Host leave only to the configured upstream', async (t) => {
  const { client, exchange, upstream } = await rig(t);
  const till = await client();
  till.write(
    'GET http://elsewhere.test:99/a?b=1 HTTP/1.1\r\nHost: elsewhere.test\r\nHOST :other\r\nX-Host: kept\r\n\r\n',
  );
  const carried = await upstream.connection(0);
  const authority = `127.0.0.1:${upstream.port}`;
  await carried.until((got) => got.endsWith('\r\n\r\n'));
  assert.equal(
    carried.received,
    `GET /a?b=1 HTTP/1.1\r\nHost: ${authority}\r\nHOST :${authority}\r\nX-Host: kept\r\n\r\n`,
  );
  carried.write(responseOf(200));
  await till.until((got) => got.endsWith('\r\n\r\n'));
  assert.equal((await exchange(0)).request.target, '/a?b=1');
});

test('an upstream with a path gets its requests under it, and they are recorded as they were sent', async (t) => {
  const bare = await rig(t);
  const { client, exchange } = await rig(t, { upstream: `${bare.upstream.url}/sandbox/` });
  const till = await client();
  till.write(requestOf('GET', '/terminals'));
  const carried = await bare.upstream.connection(0);
  await carried.until(
    (got) => got.startsWith('GET /sandbox/terminals HTTP/1.1\r\n') && got.endsWith('\r\n\r\n'),
  );
  carried.write(responseOf(200));
  assert.equal((await exchange(0)).request.target, '/terminals');
});

test('a body is only asked for, and sent, when the upstream asks for it', async (t) => {
  const { client, exchange, upstream } = await rig(t);
  const till = await client();
  till.write('POST /a HTTP/1.1\r\nHost: till\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n');
  const carried = await upstream.connection(0);
  await carried.until((got) => got.includes('Expect: 100-continue') && got.endsWith('\r\n\r\n'));
  assert.equal(till.received, '');
  carried.write('HTTP/1.1 100 Continue\r\n\r\n');
  await till.until((got) => got === 'HTTP/1.1 100 Continue\r\n\r\n');
  till.write('{}');
  await carried.until((got) => got.endsWith('{}'));
  carried.write(responseOf(201));
  await till.until((got) => got.endsWith(responseOf(201)));
  assert.equal((await exchange(0)).response?.status, 201);
});

test('each piece of a slow body is passed on as it comes, both ways', async (t) => {
  const { client, exchange, upstream } = await rig(t);
  const till = await client();
  till.write('POST /a HTTP/1.1\r\nHost: till\r\nContent-Length: 3\r\n\r\n');
  const carried = await upstream.connection(0);
  for (const piece of ['1', '2', '3']) {
    till.write(piece);
    await carried.until((got) => got.endsWith(piece));
  }
  carried.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
  for (const piece of ['1\r\na\r\n', '1\r\nb\r\n', '0\r\n\r\n']) {
    carried.write(piece);
    await till.until((got) => got.endsWith(piece));
  }
  assert.deepEqual((await exchange(0)).response?.body, { text: 'ab' });
});

test('requests sent ahead are answered in their order, and each record has its own answer', async (t) => {
  const { client, exchange, upstream } = await rig(t);
  const till = await client();
  till.write(
    `${requestOf('POST', '/1', 'one')}\r\n${requestOf('GET', '/2')}${requestOf('POST', '/3', 'three')}`,
  );
  const carried = await upstream.connection(0);
  for (const path of ['/1', '/2', '/3']) {
    await carried.until((got) => got.includes(`${path} HTTP/1.1\r\n`));
    carried.write(responseOf(200, path));
    await till.until((got) => got.endsWith(path));
  }
  for (const [index, path] of ['/1', '/2', '/3'].entries()) {
    const { request, response } = await exchange(index);
    assert.deepEqual([request.target, response?.body], [path, { text: path }]);
  }
  assert.equal(upstream.connections.length, 1);
});

test('a connection that leaves HTTP is carried on as bytes', async (t) => {
  const { client, exchange, upstream } = await rig(t);
  const till = await client();
  till.write('GET /ws HTTP/1.1\r\nHost: till\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  const carried = await upstream.connection(0);
  await carried.until((got) => got.endsWith('\r\n\r\n'));
  carried.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\x81\x01a');
  await till.until((got) => got.endsWith('\x81\x01a'));
  till.write('\x81\x02bc');
  await carried.until((got) => got.endsWith('\x81\x02bc'));
  assert.equal((await exchange(0)).response?.status, 101);
  carried.socket.end();
  assert.equal(await till.end(), 'end');
});

test('times are those of the first byte in and the last byte out, and account time is the upstream’s', async (t) => {
  const { client, exchange, upstream, gateway } = await rig(t);
  const till = await client();
  const before = monotonic();
  till.write('GET /a HTTP/1.1\r\n');
  till.write('Host: till\r\n\r\n');
  const carried = await upstream.connection(0);
  await carried.until((got) => got.endsWith('\r\n\r\n'));
  const asked = monotonic();
  carried.write('HTTP/1.1 200 OK\r\nX-Account-Time: 1772186400123\r\nContent-Length: 0\r\n\r\n');
  await till.until((got) => got.endsWith('\r\n\r\n'));
  await gateway.idle();
  const { at, until, startedAt, accountTime, from, to } = await exchange(0);
  assert.ok(before <= at && at <= asked && asked <= until && until <= monotonic());
  assert.ok(Math.abs(Date.parse(startedAt) - Date.now()) < 60_000);
  assert.deepEqual([accountTime, from, to], [1772186400123, 'subject', 'dojo']);
});

test('idle waits for the exchange that is in flight, and not when there is none', async (t) => {
  const { client, exchanges, upstream, gateway } = await rig(t);
  await gateway.idle();
  const till = await client();
  till.write(requestOf('GET', '/a'));
  const carried = await upstream.connection(0);
  await carried.until((got) => got.endsWith('\r\n\r\n'));
  const idle = gateway.idle().then(() => exchanges.length);
  carried.write(responseOf(200));
  assert.equal(await idle, 1);
});

test('a body beyond what is kept goes through whole, and its record says how long it was', async (t) => {
  const { client, exchange, upstream } = await rig(t);
  const till = await client();
  const size = 10 * 1024 * 1024;
  const body = '4111111111111111 '.repeat(Math.ceil(size / 17)).slice(0, size);
  till.write(`POST /a HTTP/1.1\r\nHost: till\r\nContent-Length: ${size}\r\n\r\n`);
  till.write(body);
  const carried = await upstream.connection(0);
  await carried.until((got) => got.length > size && got.endsWith(body));
  carried.write(`HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n`);
  carried.write(body);
  await till.until((got) => got.length > size && got.endsWith(body));
  const { request, response } = await exchange(0);
  for (const kept of [request.body, response?.body]) {
    assert.ok(kept && 'text' in kept);
    assert.match(kept.text.slice(0, 40), /^card…1111 card…1111 /);
    assert.match(kept.text.slice(-80), /card…1111 … \[truncated: 10485760 bytes in all\]$/);
  }
});

test('a hundred exchanges at once and in a row keep to themselves, over connections that are used again', async (t) => {
  let connections = 0;
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    outgoing.setHeader('content-type', 'application/json');
    outgoing.end(JSON.stringify({ path: incoming.url, sent: JSON.parse(Buffer.concat(chunks).toString()) }));
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const exchanges: Exchange[] = [];
  const gateway = await startGateway({
    upstream: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    redaction: createRedaction(),
    onExchange: (exchange) => exchanges.push(exchange),
  });
  const dispatcher = new Agent({ connections: 100 });
  t.after(async () => {
    await dispatcher.close();
    await gateway.close();
    server.close();
  });

  for (let round = 0; round < 5; round += 1) {
    const answers = await Promise.all(
      Array.from({ length: 100 }, async (_, n) => {
        const body = JSON.stringify({ n, round });
        const answer = await request(`${gateway.url}/x/${n}`, { method: 'POST', body, dispatcher });
        return answer.body.json();
      }),
    );
    for (const [n, answer] of answers.entries())
      assert.deepEqual(answer, { path: `/x/${n}`, sent: { n, round } });
  }
  await gateway.idle();
  assert.equal(exchanges.length, 500);
  assert.equal(new Set(exchanges.map(({ id }) => id)).size, 500);
  for (const { request: sent, response } of exchanges) {
    assert.ok(sent.body && 'json' in sent.body && response?.body && 'json' in response.body);
    assert.deepEqual(response.body.json, { path: sent.target, sent: sent.body.json });
  }
  // A busy machine opens one for a request that finds all others in use; a connection an exchange would make 500.
  assert.ok(connections < 250, `${connections} connections`);
});

test('an address that is no http or https URL is refused with what was expected', async () => {
  const settings = { redaction: createRedaction(), onExchange: () => {} };
  await assert.rejects(startGateway({ ...settings, upstream: 'ftp://127.0.0.1' }), /http:\/\/ or https:\/\//);
  await assert.rejects(startGateway({ ...settings, upstream: 'nowhere' }), TypeError);
});

test('a port that is taken rejects instead of listening elsewhere', async (t) => {
  const { gateway, upstream } = await rig(t);
  const port = Number(new URL(gateway.url).port);
  const another = { upstream: upstream.url, port, redaction: createRedaction(), onExchange: () => {} };
  await assert.rejects(startGateway(another), /EADDRINUSE/);
});

test('closing ends connections and does not blame a side that has not ended them', async (t) => {
  const { client, exchanges, upstream, gateway } = await rig(t);
  const till = await client();
  till.write(requestOf('GET', '/a'));
  const carried = await upstream.connection(0);
  await carried.until((got) => got.endsWith('\r\n\r\n'));
  await gateway.close();
  await till.end();
  await carried.end();
  assert.equal(exchanges.length, 0);
});
