import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { fastify } from 'fastify';
import { inUrl } from '../../record/loopback.ts';
import type { Served } from '../../review/page/local-page.ts';
import type { Identity } from '../../traffic/authority.ts';
import { isAmong } from '../../traffic/gateway/index.ts';
import { OneTimeLink } from '../one-time-link.ts';
import { addConsole, largest } from './server.ts';
import type { ConsoleSession } from './session.ts';

/** Where phones find the console, and which. */
export interface PhoneDoor {
  /** An address of this machine. */
  readonly host: string;
  readonly identity: Identity;
  /** The addresses of the phones: nobody else gets an answer. */
  readonly phones: readonly string[];
}

/**
 * Serves the console to phones too: over TLS, to the addresses that are named, and there to whoever opens a link that the
 * console shows and that is used up with that. `announce` is called with the first link.
 */
export async function servePhones(
  session: ConsoleSession,
  { host, identity: { key, cert }, phones }: PhoneDoor,
  { abort, announce }: { readonly abort: () => void; readonly announce: (link: string) => void },
): Promise<Served> {
  let link: OneTimeLink | null = null;
  const server = fastify({ bodyLimit: largest, https: { key, cert } });
  server.server.on('connection', (client: Socket) => {
    if (!isAmong(client.remoteAddress, phones)) client.destroy();
  });
  server.server.on('tlsClientError', (_error, client) => client.destroy());
  server.addHook('onRequest', async (request, reply) => {
    const [asked, answer]: [IncomingMessage, ServerResponse] = [request.raw, reply.raw];
    if (!isAmong(asked.socket.remoteAddress, phones) || !link?.admits(asked, answer)) {
      reply.hijack();
      asked.socket.destroy();
      return;
    }
    // The link is used up: it need not stay in the history of the browser, nor be asked for again.
    if (request.url.startsWith('/?')) reply.redirect('/', 303);
  });
  addConsole(server, '', session, abort);
  await server.listen({ host, port: 0 });
  const { port } = server.server.address() as AddressInfo;
  const url = `https://${inUrl(host)}:${port}`;
  let first = true;
  link = new OneTimeLink((path) => {
    session.offerPhone(`${url}${path}`);
    if (first) announce(`${url}${path}`);
    first = false;
  });
  return {
    url,
    close: async () => {
      server.server.closeAllConnections();
      await server.close();
    },
  };
}
