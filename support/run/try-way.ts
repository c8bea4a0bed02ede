import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { Blocked } from '../record/blocked.ts';
import { inUrl, loopbackAddress } from '../record/loopback.ts';
import { createRedaction } from '../traffic/gateway/index.ts';
import { type Approach, openGateway } from './doors.ts';

/** How long the kit may take to answer itself, in ms. */
const patience = 10_000;

/**
 * Goes the way of the POS from this machine, to a server of the kit's own in place of the upstream. Throws a `Blocked`
 * when nothing comes through.
 */
export async function tryWay(approach: Approach): Promise<void> {
  const server = createServer((_request, response) => response.end('through'));
  server.listen(0, loopbackAddress());
  await once(server, 'listening');
  const { address, port } = server.address() as AddressInfo;
  // This machine may not be on the list of those that come.
  const clients = approach.clients ? [...approach.clients, approach.host, loopbackAddress()] : null;
  const opened = await openGateway(
    { ...approach, clients, found: null },
    {
      upstream: `http://${inUrl(address)}:${port}`,
      redaction: createRedaction(),
      onExchange: () => {},
    },
    () => {},
  );
  try {
    const door = opened.proxyUrl || opened.gateway.url;
    const client = await entered(approach, new URL(door));
    client.write(`GET / HTTP/1.1\r\nHost: ${approach.names[0]}\r\nConnection: close\r\n\r\n`);
    let answer = '';
    for await (const chunk of client) answer += chunk;
    if (!answer.endsWith('through')) throw new Error(`it answered ${answer.split('\r\n')[0] || 'nothing'}`);
  } catch (error) {
    throw new Blocked(
      'KIT-REACH-005',
      `The kit did not find itself by the way of the POS: ${error instanceof Error ? error.message : error}`,
      'See whether a firewall, or a program that looks into TLS, stands before the port.',
    );
  } finally {
    await opened.close();
    server.closeAllConnections();
    server.close();
  }
}

/** A connection to the gateway, as the POS makes it. */
async function entered({ way, identity, names, host }: Approach, door: URL): Promise<Socket> {
  const socket = connect({
    host: door.hostname.replace(/^\[|\]$/g, ''),
    port: Number(door.port),
    timeout: patience,
  });
  socket.on('timeout', () => socket.destroy(new Error(`it did not answer within ${patience / 1000} s`)));
  await once(socket, 'connect');
  if (way === 'proxy') {
    socket.write(`CONNECT ${names[0]}:443 HTTP/1.1\r\nHost: ${names[0]}:443\r\n\r\n`);
    await once(socket, 'data');
  }
  if (!identity) return socket;
  const name = way === 'address' ? host : names[0]!;
  const client = connectTls({
    socket,
    host: name,
    ca: identity.authority.cert,
    ...(way === 'address' ? {} : { servername: name }),
  });
  await once(client, 'secureConnect');
  return client;
}
