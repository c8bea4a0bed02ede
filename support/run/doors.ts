import type { Identity } from '../traffic/authority.ts';
import { type Found, goDirectly } from '../traffic/finding.ts';
import {
  type Elsewhere,
  type ForwardProxy,
  type Gateway,
  type GatewaySettings,
  startGateway,
  startProxy,
  tlsDoor,
} from '../traffic/gateway/index.ts';

/** How the POS of a run gets to the gateway: data, which is handed to the workers. */
export interface Approach {
  /** It has the gateway's address, or it has that of the API and comes by a proxy, or by the API's name. */
  readonly way: 'address' | 'proxy' | 'name';
  /** Where the gateway, or the proxy, listens; the port 0 takes any free one. */
  readonly host: string;
  readonly port: number;
  /** The names of the API that the POS has built in. */
  readonly names: readonly string[];
  readonly others: 'refuse' | 'tunnel';
  /** Only clients at these addresses get anything; `null`: all of this machine. */
  readonly clients: readonly string[] | null;
  /** What is shown over TLS; `null` where plain http is spoken. */
  readonly identity: Identity | null;
  /** Where the upstream is, past the hosts file; `null` where the system is asked. */
  readonly found: Found | null;
}

/** The gateway of a worker, and the way to it. */
export interface Opened {
  readonly gateway: Gateway;
  /** What the POS has, or is to have, for the address of the API. */
  readonly baseUrl: string;
  /** What it is to have for its proxy; '' where it needs none. */
  readonly proxyUrl: string;
  close(): Promise<void>;
}

/** Opens the gateway, and the proxy before it where the POS comes by one. Rejects when a port is taken. */
export async function openGateway(
  approach: Approach,
  settings: Omit<GatewaySettings, 'port' | 'host' | 'shown' | 'clients'>,
  onElsewhere: (host: string, what: Elsewhere) => void,
): Promise<Opened> {
  const { way, host, port, names, others, identity, found } = approach;
  const clients = approach.clients ? { clients: approach.clients } : {};
  if (way !== 'address') goDirectly(found);
  if (way !== 'proxy') {
    const shown = identity ? { shown: identity } : {};
    const gateway = await startGateway({ ...settings, host, port, ...shown, ...clients });
    const baseUrl = way === 'name' ? `https://${names[0]}` : gateway.url;
    return { gateway, baseUrl, proxyUrl: '', close: () => gateway.close() };
  }
  const gateway = await startGateway(settings);
  let proxy: ForwardProxy;
  try {
    const door = tlsDoor(identity!, (client) => gateway.carry(client));
    proxy = await startProxy({ host, port, names, others, ...clients, door, onElsewhere });
  } catch (error) {
    await gateway.close();
    throw error;
  }
  return {
    gateway,
    baseUrl: `https://${names[0]}`,
    proxyUrl: proxy.url,
    async close() {
      await proxy.close();
      await gateway.close();
    },
  };
}
