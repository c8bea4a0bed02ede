import type { Socket } from 'node:net';
import { createServer } from 'node:tls';

/** Key and certificates (PEM) that a server shows. */
export interface Shown {
  readonly key: string;
  readonly cert: string;
}

/** Takes TLS off connections. */
export interface Door {
  enter(client: Socket): void;
}

/** How long a client may take to agree on TLS, in ms. */
const patience = 30_000;

/**
 * Takes TLS off each connection that enters, and hands on what is within. Only HTTP/1.1 is offered; a client that asks
 * for no protocol by name (ALPN) is taken for one that speaks it.
 */
export function tlsDoor(shown: Shown, within: (client: Socket) => void): Door {
  const server = createServer(
    { ...shown, ALPNProtocols: ['http/1.1'], handshakeTimeout: patience, allowHalfOpen: true, noDelay: true },
    within,
  );
  // One that does not trust the certificate, or speaks no TLS, is gone: nothing of it was a request.
  server.on('tlsClientError', (_error, client) => client.destroy());
  return {
    enter: (client) => {
      client.on('error', () => {});
      server.emit('connection', client);
    },
  };
}

/** Whether an address is one of those, whichever way it is written. */
export function isAmong(address: string | undefined, clients: readonly string[]): boolean {
  const plain = (text: string) => text.replace(/^::ffff:/i, '').toLowerCase();
  return address !== undefined && clients.some((one) => plain(one) === plain(address));
}
