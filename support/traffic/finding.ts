import dns from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { Agent as SecureAgent } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Agent } from 'undici';
import { Blocked } from '../record/blocked.ts';

/** Where a host is, past what this machine's own files say of it. */
export interface Found {
  readonly host: string;
  readonly addresses: readonly string[];
}

/** How long a name server may take to answer, in ms, and how often it is asked. */
const patience = { timeout: 3000, tries: 2 };

/**
 * Asks the name servers where the host of a URL is: its name may lead to the kit by the hosts file, or by a name server of
 * the POS's own. `nameServer` is asked in place of the system's. Gives `null` where the URL has an address in place of a
 * name. Throws a `Blocked` when nobody knows it.
 */
export async function findPast(url: string, nameServer: string | undefined): Promise<Found | null> {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) || host === 'localhost') return null;
  const resolver = new Resolver(patience);
  if (nameServer) resolver.setServers([nameServer]);
  const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  if (addresses.length) return { host, addresses };
  throw new Blocked(
    'KIT-REACH-002',
    `No name server knows where ${host} is: ${nameServer ?? resolver.getServers().join(', ')} was asked`,
    'The kit asks past the hosts file, so that the upstream is not the kit itself. Name another name server in `reach.nameServer`.',
  );
}

/** How this thread gets to the upstream, where it does not ask the system. */
let way: { readonly found: Found | null; readonly agent: Agent; readonly secure: SecureAgent } | null = null;

/** From now on this thread goes to the upstream itself, past any proxy of the environment, and to where it was found. */
export function goDirectly(found: Found | null): void {
  way = {
    found,
    agent: new Agent({ connect: { lookup: lookUp } }),
    secure: new SecureAgent({ lookup: lookUp }),
  };
}

/** What undici and Node's own client are to be given for that; nothing where they go their usual way. */
export const directly = (): { agent?: Agent; secure?: SecureAgent } =>
  way ? { agent: way.agent, secure: way.secure } : {};

/** Looks a name up: the upstream's where it was found, any other as the system does. */
export const lookUp: LookupFunction = (host, options, callback) => {
  const { found } = way ?? {};
  if (found?.host !== host) return dns.lookup(host, options, callback);
  const all = found.addresses.map((address) => ({ address, family: isIP(address) }));
  if (options.all) return callback(null, all);
  return callback(null, all[0]!.address, all[0]!.family);
};
