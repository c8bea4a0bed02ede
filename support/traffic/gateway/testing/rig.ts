import type { TestContext } from 'node:test';
import type { Exchange } from '../../../record/vocabulary.ts';
import { createRedaction, type Gateway, type GatewaySettings, startGateway } from '../index.ts';
import { type RawPeer, type RawUpstream, rawClient, rawUpstream } from './raw-peers.ts';

/** A gateway with raw peers on both sides, all gone when the test is over. */
export interface Rig {
  readonly gateway: Gateway;
  readonly upstream: RawUpstream;
  readonly exchanges: Exchange[];
  readonly causes: (Error | undefined)[];
  /** A new connection to the gateway. */
  client(options?: { readonly allowHalfOpen?: boolean }): Promise<RawPeer>;
  /** The exchange with this number, from 0, as soon as it is over. */
  exchange(index: number): Promise<Exchange>;
}

export async function rig(t: TestContext, settings: Partial<GatewaySettings> = {}): Promise<Rig> {
  const upstream = await rawUpstream();
  const exchanges: Exchange[] = [];
  const causes: (Error | undefined)[] = [];
  const clients: RawPeer[] = [];
  let changed: (() => void)[] = [];
  const gateway = await startGateway({
    upstream: upstream.url,
    redaction: createRedaction(),
    onExchange(exchange, cause) {
      exchanges.push(exchange);
      causes.push(cause);
      for (const resolve of changed) resolve();
      changed = [];
    },
    ...settings,
  });
  t.after(async () => {
    for (const { socket } of clients) socket.destroy();
    await gateway.close();
    await upstream.close();
  });
  return {
    gateway,
    upstream,
    exchanges,
    causes,
    async client(options) {
      const client = await rawClient(gateway.url, options);
      clients.push(client);
      return client;
    },
    async exchange(index) {
      while (exchanges.length <= index) await new Promise<void>((resolve) => changed.push(resolve));
      return exchanges[index]!;
    },
  };
}

/** A request as bytes, complete with its length if it has a body. */
export function requestOf(method: string, path: string, body = ''): string {
  const length = body === '' ? '' : `Content-Length: ${Buffer.byteLength(body)}\r\n`;
  return `${method} ${path} HTTP/1.1\r\nHost: till\r\n${length}\r\n${body}`;
}

/** A response as bytes, complete with its length. */
export function responseOf(status: number, body = ''): string {
  return `HTTP/1.1 ${status} Status\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
