import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { requestOf, rig } from './testing/rig.ts';
import { selfSigned } from './testing/self-signed.ts';

async function httpsUpstream(t: TestContext) {
  const identity = selfSigned();
  const protocols: (string | false)[] = [];
  const server = createServer(identity, (incoming, outgoing) => {
    outgoing.end(`${incoming.url} on ${incoming.headers.host}`);
  });
  server.on('secureConnection', (socket) => protocols.push(socket.alpnProtocol ?? false));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `https://127.0.0.1:${port}`, port, cert: identity.cert, protocols };
}

test('an https upstream is reached over verified TLS, and its certificate is reported', async (t) => {
  const secure = await httpsUpstream(t);
  const { gateway, client, exchange } = await rig(t, { upstream: secure.url, ca: secure.cert });
  const till = await client();
  till.write(requestOf('GET', '/terminals'));
  const { response, trouble } = await exchange(0);
  assert.deepEqual(
    [trouble, response?.status, response?.body],
    [undefined, 200, { text: `/terminals on 127.0.0.1:${secure.port}` }],
  );
  assert.equal(gateway.certificate?.subject, 'CN=upstream');
  assert.match(gateway.certificate.fingerprint256, /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  assert.deepEqual(secure.protocols, ['http/1.1']);
});

test('an upstream whose certificate cannot be verified gets no request', async (t) => {
  const secure = await httpsUpstream(t);
  const { gateway, client, exchange, causes } = await rig(t, { upstream: secure.url });
  const till = await client();
  till.write(requestOf('GET', '/terminals'));
  await till.end();
  assert.equal(till.received, '');
  const { response, trouble } = await exchange(0);
  assert.deepEqual([trouble, response], ['upstream-unreachable', null]);
  assert.match(String(causes[0]), /self-signed certificate/);
  assert.equal(gateway.certificate, null);
  assert.deepEqual(secure.protocols, [], 'the handshake was not completed');
});
