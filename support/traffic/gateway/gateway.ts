import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { inUrl, loopbackAddress } from '../../record/loopback.ts';
import type { Exchange, ServerCertificate } from '../../record/vocabulary.ts';
import type { Redaction } from '../redaction/index.ts';
import { Connection, type Site } from './connection.ts';
import { isAmong, type Shown, tlsDoor } from './door.ts';
import { type Armed, type Fault, Faults } from './faults.ts';
import { recorded } from './record.ts';
import { Conversation } from './socket/conversation.ts';
import { agreed } from './socket/inflate.ts';
import { recordedSpoken } from './socket/record.ts';
import { type Authorities, upstreamAt } from './upstream.ts';

export interface GatewaySettings {
  /** Base URL of the one place where all traffic goes, http or https, with a path or without. */
  readonly upstream: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly host?: string;
  /** What the gateway shows to its clients, over TLS; left out: plain http. */
  readonly shown?: Shown;
  /** Only clients at these addresses get anything; left out: all that can reach it. */
  readonly clients?: readonly string[];
  readonly redaction: Redaction;
  /**
   * Called once for each exchange when it is over, in the order of their ends. `cause` is the error of the
   * connection, where there was one.
   */
  readonly onExchange: (exchange: Exchange, cause?: Error) => void;
  /** Certificate authorities (PEM) that an https upstream is verified against, in place of the usual ones. */
  readonly ca?: Authorities;
}

/** The observing proxy between a till and its upstream. */
export interface Gateway {
  /** Base URL to give to the till. */
  readonly url: string;
  /** The certificate that an https upstream showed; null before its first connection and over http. */
  readonly certificate: ServerCertificate | null;
  /** Carries what comes on a connection that was accepted elsewhere. */
  carry(client: Socket): void;
  /** Lays a fault in wait; without one nothing is ever altered. */
  arm(fault: Fault): Armed;
  /**
   * A call of that id goes to the subject over its WebSocket. What is returned ends the wait for its answer, and gives
   * what was recorded of it; `null` where no such call came by.
   */
  expectCall(id: string): () => Exchange | null;
  /** Exchanges that have begun and are not over. */
  inFlight(): number;
  /** Resolves when no exchange is in flight. */
  idle(): Promise<void>;
  /** Lets no further request go on to the upstream; those in flight come to their end. */
  seal(): void;
  /** Waits no longer for the upstream: what is in flight is recorded as dropped by it. */
  giveUp(): void;
  /** Ends all connections. Exchanges still in flight are not recorded: no side has ended them. */
  close(): Promise<void>;
}

/**
 * Starts a gateway. Requests and responses go through as they are, byte for byte, but for the authority in
 * Host and in an absolute request target, which becomes the upstream's. Rejects when the port is taken, and
 * with a TypeError when `upstream` is no http or https URL.
 */
export async function startGateway(settings: GatewaySettings): Promise<Gateway> {
  const { redaction, onExchange, host = loopbackAddress(), port = 0, shown, clients } = settings;
  const upstream = upstreamAt(settings.upstream, settings.ca);
  const faults = new Faults();
  const connections = new Map<Socket, Connection>();
  const run = randomBytes(4).toString('hex');
  let inFlight = 0;
  let exchanges = 0;
  let closed = false;
  let sealed = false;
  let waiting: (() => void)[] = [];
  /** The calls over a WebSocket that somebody asks after, and what was recorded of them. */
  const calls = new Map<string, Exchange | null>();
  const nextId = () => `x-${run}-${++exchanges}`;

  const site: Site = {
    upstream,
    faults,
    get sealed() {
      return sealed;
    },
    begun() {
      inFlight += 1;
    },
    ended(transit, cause) {
      inFlight -= 1;
      const id = transit && !closed ? nextId() : null;
      if (id !== null) onExchange(recorded(id, transit!, redaction), cause);
      if (inFlight === 0) {
        for (const resolve of waiting) resolve();
        waiting = [];
      }
      return id;
    },
    talk(connection, { request, response }) {
      const handshake = { connection, target: request.target };
      return new Conversation(agreed(response!.headers), (spoken) => {
        if (closed) return;
        const exchange = recordedSpoken(nextId(), spoken, handshake, redaction);
        if (spoken.id !== null && calls.has(spoken.id)) calls.set(spoken.id, exchange);
        onExchange(exchange);
      });
    },
  };

  const carry = (client: Socket): void => {
    connections.set(client, new Connection(client, site));
    client.on('close', () => connections.delete(client));
  };
  const door = shown ? tlsDoor(shown, carry) : null;
  const accepted = new Set<Socket>();
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (client) => {
    if (clients && !isAmong(client.remoteAddress, clients)) {
      client.destroy();
      return;
    }
    if (!door) return carry(client);
    accepted.add(client);
    client.on('close', () => accepted.delete(client));
    door.enter(client);
  });
  server.listen(port, host);
  await once(server, 'listening');
  const { address, port: taken } = server.address() as AddressInfo;

  return {
    url: `${shown ? 'https' : 'http'}://${inUrl(address)}:${taken}`,
    get certificate() {
      return upstream.certificate;
    },
    carry,
    arm: (fault) => faults.arm(fault),
    expectCall(id) {
      calls.set(id, null);
      return () => {
        for (const connection of connections.values()) if (connection.giveUpCall(id)) break;
        const exchange = calls.get(id) ?? null;
        calls.delete(id);
        return exchange;
      };
    },
    inFlight: () => inFlight,
    idle: () => (inFlight === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    seal() {
      sealed = true;
    },
    giveUp() {
      for (const connection of connections.values()) connection.giveUp();
    },
    async close() {
      if (closed) return;
      closed = true;
      server.close();
      for (const client of [...connections.keys(), ...accepted]) client.destroy();
      await once(server, 'close');
    },
  };
}
