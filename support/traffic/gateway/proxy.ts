import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { inUrl, isThisMachine } from '../../record/loopback.ts';
import { type Door, isAmong } from './door.ts';

/** What became of a connection to a host that the kit does not serve. */
export type Elsewhere = 'refused' | 'tunnelled';

export interface ProxySettings {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The names under which the upstream is known to the POS. */
  readonly names: readonly string[];
  /** Whether the rest is carried to where it wants to go, unseen. */
  readonly others: 'refuse' | 'tunnel';
  /** Only clients at these addresses get anything; left out: all that can reach it. */
  readonly clients?: readonly string[];
  /** Where what is meant for the upstream goes. */
  readonly door: Door;
  readonly onElsewhere: (host: string, what: Elsewhere) => void;
}

export interface ForwardProxy {
  /** What is entered as the proxy of the POS. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts a forward proxy for a POS that has the address of the API built in. It opens nothing but the way to the
 * upstream; other hosts are refused, or tunnelled where that was asked for, but never to this machine itself.
 * Rejects when the port is taken.
 */
export async function startProxy({
  host,
  port,
  names,
  others,
  clients,
  door,
  onElsewhere,
}: ProxySettings): Promise<ForwardProxy> {
  const open = new Set<Socket>();
  const server = createServer((request, response) => {
    onElsewhere(hostOf(request.url ?? '', request.headers.host), 'refused');
    response.writeHead(403, { connection: 'close' }).end('The kit carries https alone.\n');
  });
  server.on('connection', (client: Socket) => {
    if (clients && !isAmong(client.remoteAddress, clients)) return client.destroy();
    open.add(client);
    client.on('error', () => {});
    client.on('close', () => open.delete(client));
    return client;
  });
  server.on('connect', (request, client: Socket, ahead: Buffer) => {
    const { name, port: wanted } = authority(request.url ?? '');
    if (names.includes(name) && wanted === 443) {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      if (ahead.length) client.unshift(ahead);
      door.enter(client);
    } else void elsewhere(client, ahead, name, wanted);
  });

  async function elsewhere(client: Socket, ahead: Buffer, name: string, wanted: number): Promise<void> {
    const address = others === 'tunnel' ? await foundElsewhere(name) : null;
    const what = address === null ? 'refused' : 'tunnelled';
    onElsewhere(`${name}:${wanted}`, what);
    if (address === null) {
      client.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      return;
    }
    const far = connect(wanted, address, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      far.write(ahead);
      far.pipe(client).pipe(far);
    });
    open.add(far);
    far.on('error', () => client.destroy());
    far.on('close', () => {
      open.delete(far);
      client.destroy();
    });
    client.on('close', () => far.destroy());
  }

  server.listen(port, host);
  await once(server, 'listening');
  const { address, port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${inUrl(address)}:${taken}`,
    async close() {
      server.close();
      for (const socket of open) socket.destroy();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** The address of a host that is not this machine; `null` for one that is, or that nobody knows. */
async function foundElsewhere(name: string): Promise<string | null> {
  const found = await lookup(name, { all: true }).catch(() => []);
  return found.length && !found.some(({ address }) => isThisMachine(address)) ? found[0]!.address : null;
}

/** Host and port of the target of a CONNECT request. */
function authority(target: string): { name: string; port: number } {
  const [, name = '', port = ''] = /^\[?([^\]]*?)\]?(?::(\d+))?$/.exec(target) ?? [];
  return { name: name.toLowerCase(), port: Number(port || 443) };
}

const hostOf = (url: string, host: string | undefined): string =>
  URL.canParse(url) ? new URL(url).host : (host ?? 'no host');
