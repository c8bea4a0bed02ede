import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { type TestContext, test } from 'node:test';
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls';
import { type Elsewhere, type ProxySettings, startProxy, tlsDoor } from './index.ts';
import { requestOf, responseOf, rig } from './testing/rig.ts';
import { selfSigned } from './testing/self-signed.ts';

const shown = selfSigned();

/** A gateway behind a proxy, which serves `api.dojo.tech`. */
async function proxied(t: TestContext, settings: Partial<ProxySettings> = {}) {
  const behind = await rig(t);
  const elsewhere: [host: string, what: Elsewhere][] = [];
  const proxy = await startProxy({
    host: '127.0.0.1',
    port: 0,
    names: ['api.dojo.tech'],
    others: 'refuse',
    door: tlsDoor(shown, (client) => behind.gateway.carry(client)),
    onElsewhere: (host, what) => elsewhere.push([host, what]),
    ...settings,
  });
  t.after(() => proxy.close());
  /** What the proxy answers to a CONNECT, and the connection. */
  async function tunnel(target: string) {
    const socket = connect(Number(new URL(proxy.url).port), '127.0.0.1');
    t.after(() => socket.destroy());
    socket.on('error', () => {});
    socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`);
    const [answer] = (await Promise.race([once(socket, 'data'), once(socket, 'close')])) as [
      Buffer | boolean,
    ];
    return { socket, answer: Buffer.isBuffer(answer) ? answer.toString().split('\r\n')[0] : 'nothing' };
  }
  /** A request over TLS within the tunnel, and its answer. */
  async function secured(target: string, options: ConnectionOptions = {}): Promise<TLSSocket> {
    const { socket } = await tunnel(target);
    const client = connectTls({ socket, rejectUnauthorized: false, ...options });
    await once(client, 'secureConnect');
    return client;
  }
  return { ...behind, proxy, elsewhere, tunnel, secured };
}

for (const [what, options, agreed] of [
  ['that asks for no protocol', {}, false],
  ['that would speak HTTP/2 too', { ALPNProtocols: ['h2', 'http/1.1'] }, 'http/1.1'],
] as const)
  test(`a client ${what} gets through to the upstream, and what it sends is recorded`, async (t) => {
    const { secured, upstream, exchange } = await proxied(t);
    const client = await secured('api.dojo.tech:443', {
      ...options,
      servername: 'api.dojo.tech',
    } as ConnectionOptions);
    assert.equal(client.alpnProtocol, agreed);
    client.write(requestOf('GET', '/terminals'));
    const carried = await upstream.connection(0);
    await carried.until((got) => got.endsWith('\r\n\r\n'));
    carried.write(responseOf(200, '[]'));
    const [answer] = (await once(client, 'data')) as [Buffer];
    assert.match(answer.toString(), /^HTTP\/1\.1 200/);
    const { request, response } = await exchange(0);
    assert.deepEqual([request.method, request.target, response?.status], ['GET', '/terminals', 200]);
  });

test('every other host, and another port of the API, is refused and counted', async (t) => {
  const { tunnel, elsewhere, upstream } = await proxied(t);
  for (const target of ['telemetry.example:443', 'api.dojo.tech:80', '127.0.0.1:443', '[::1]:443'])
    assert.equal((await tunnel(target)).answer, 'HTTP/1.1 403 Forbidden', target);
  assert.deepEqual(elsewhere, [
    ['telemetry.example:443', 'refused'],
    ['api.dojo.tech:80', 'refused'],
    ['127.0.0.1:443', 'refused'],
    ['::1:443', 'refused'],
  ]);
  assert.equal(upstream.connections.length, 0);
});

test('plain http is refused, also to the API', async (t) => {
  const { proxy, elsewhere } = await proxied(t);
  const socket = connect(Number(new URL(proxy.url).port), '127.0.0.1');
  t.after(() => socket.destroy());
  socket.write('GET http://api.dojo.tech/terminals HTTP/1.1\r\nHost: api.dojo.tech\r\n\r\n');
  const [answer] = (await once(socket, 'data')) as [Buffer];
  assert.match(answer.toString(), /^HTTP\/1\.1 403/);
  assert.deepEqual(elsewhere, [['api.dojo.tech', 'refused']]);
});

test('where others are tunnelled, what leads to this machine is refused all the same', async (t) => {
  const server = createServer((_request, response) => response.end('a secret of this machine')).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const { tunnel, elsewhere } = await proxied(t, { others: 'tunnel' });
  for (const host of ['127.0.0.1', 'localhost', '0.0.0.0', '127.1.2.3'])
    assert.equal((await tunnel(`${host}:${port}`)).answer, 'HTTP/1.1 403 Forbidden', host);
  assert.ok(elsewhere.every(([, what]) => what === 'refused'));
});

test('a client that is not on the list gets nothing', async (t) => {
  const { tunnel, elsewhere } = await proxied(t, { clients: ['127.0.0.9'] });
  assert.equal((await tunnel('api.dojo.tech:443')).answer, 'nothing');
  assert.deepEqual(elsewhere, []);
});

test('a gateway that speaks TLS answers its clients, and nobody else: not one who is not on the list, nor one in the clear', async (t) => {
  const open = await rig(t, { shown, clients: ['127.0.0.1', '127.0.0.9'] });
  assert.match(open.gateway.url, /^https:/);
  const port = Number(new URL(open.gateway.url).port);
  const client = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false });
  t.after(() => client.destroy());
  await once(client, 'secureConnect');
  client.write(requestOf('GET', '/terminals'));
  const carried = await open.upstream.connection(0);
  await carried.until((got) => got.endsWith('\r\n\r\n'));
  carried.write(responseOf(200, '[]'));
  await once(client, 'data');

  const clear = await open.client();
  clear.write(requestOf('GET', '/terminals'));
  await clear.end();
  assert.doesNotMatch(clear.received, /HTTP/);

  const closed = await rig(t, { shown, clients: ['127.0.0.9'] });
  const stranger = connectTls({ port: Number(new URL(closed.gateway.url).port), rejectUnauthorized: false });
  t.after(() => stranger.destroy());
  const [error] = await once(stranger, 'error');
  assert.match((error as Error).message, /socket disconnected before secure|ECONNRESET/);
  assert.equal(closed.upstream.connections.length, 0);
});
