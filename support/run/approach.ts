import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Profile, Reach } from '../profile/index.ts';
import { inUrl, isThisMachine, loopbackAddress } from '../record/loopback.ts';
import { UsageError } from '../record/usage-error.ts';
import { usualKeys } from '../review/bundle/index.ts';
import type { Identity } from '../traffic/authority.ts';
import { type Found, findPast, goDirectly } from '../traffic/finding.ts';
import type { Approach } from './doors.ts';

/** The name of the API that a POS has built in where its profile names no other. */
const usualNames = ['api.dojo.tech'];

/** The port of a listener under the name of the API, which the POS has built in. */
const usualPort = { address: 0, proxy: 0, name: 443 } as const;

/**
 * How a POS gets to the gateway, as its profile and the command line say; `upstream` is null for the kit's own simulator.
 * From then on this thread finds the upstream past the hosts file where the POS has its name built in. Makes the authority that vouches for the kit,
 * where TLS is spoken. Throws a `UsageError` where the upstream would be the kit itself, and a `Blocked` where nobody
 * knows where it is.
 */
export async function approachFor(
  { name: whose, reach: given = {} }: Pick<Profile, 'name' | 'reach'>,
  upstream: string | null,
): Promise<Approach> {
  const { way = 'address', gatewayPort, names = usualNames, others = 'refuse', ...reach } = given;
  const host = reach.listen ?? loopbackAddress();
  const port = gatewayPort ?? usualPort[way];
  const found = way === 'name' && upstream ? await findPast(upstream, reach.nameServer) : null;
  if (upstream) refuseItself(upstream, found, port);
  if (way !== 'address') goDirectly(found);
  const named = namesIn(given);
  const identity =
    named.length && !(reach.plainHttp && way === 'address') ? await identified(whose, named) : null;
  const clients = reach.listen ? (reach.clients ?? []) : null;
  return { way, host, port, names, others, clients, identity, found };
}

/** The names for which the authority of a profile vouches. */
const namesIn = ({ way = 'address', names = usualNames, listen }: Reach): string[] => [
  ...(way === 'address' ? [] : names),
  ...(listen ? [listen] : []),
];

/** What the console shows to a phone. */
export const identityOf = ({ name, reach = {} }: Pick<Profile, 'name' | 'reach'>): Promise<Identity> =>
  identified(name, namesIn(reach));

/** What makes certificates takes its time to load, which most runs can do without. */
async function identified(whose: string, names: readonly string[]): Promise<Identity> {
  const { identityFor } = await import('../traffic/authority.ts');
  return identityFor(join(usualKeys(), 'reach'), whose, names);
}

/** How a person compares an authority with what their machine shows: SHA-256, in hex pairs. */
export const fingerprintOf = (cert: string): string => new X509Certificate(cert).fingerprint256;

/** Throws a `UsageError` where what profile and command line say together makes no sense, or the port can't be had. */
export async function refuseUnfit({ driver, reach = {} }: Pick<Profile, 'driver' | 'reach'>): Promise<void> {
  const { listen, clients = [], phones = [], plainHttp, way = 'address', gatewayPort } = reach;
  const wrong =
    driver.kind === 'headless' && Object.keys(reach).length
      ? "a POS for --gateway-port, --listen, --client, --phone and --plain-http, but the driver headless has the kit's own client in its place. Leave them out"
      : listen === undefined && (clients.length || phones.length || plainHttp)
        ? 'an address of this machine in --listen besides --client, --phone or --plain-http, but there is none. Give it, or leave them out'
        : listen !== undefined && (!isThisMachine(listen) || isUnspecified(listen))
          ? `--listen to be one address of this machine, but ${listen} is none. Give the one at which the POS reaches this machine`
          : listen !== undefined && !clients.length
            ? `the address of each machine that may use the kit at ${listen}, but none is named: the traffic of a POS can carry no password. Give --client ADDRESS, or \`reach.clients\` in the profile`
            : plainHttp && way !== 'address'
              ? `TLS for a POS that has https://${usualNames[0]} built in, but --plain-http was given. Leave it out`
              : null;
  if (wrong) throw new UsageError('KIT-REACH-004', `Expected ${wrong}.`);
  const port = gatewayPort ?? usualPort[way];
  if (port) await tryPort(listen ?? loopbackAddress(), port);
}

const isUnspecified = (address: string): boolean => /^(0\.0\.0\.0|::)$/.test(address);

async function tryPort(host: string, port: number): Promise<void> {
  const server = createServer();
  try {
    await once(server.listen(port, host), 'listening');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const why =
      { EADDRINUSE: 'something else listens there', EACCES: 'this user has not the right to' }[code] ?? code;
    const mend =
      code === 'EACCES'
        ? `Run the kit as an administrator, or lead port ${port} to another one and give that as --gateway-port: docs/reach.md says how.`
        : 'Stop it, or give another --gateway-port.';
    throw new UsageError(
      'KIT-REACH-003',
      `Expected to listen on port ${port} of ${host}, but ${why}. ${mend}`,
    );
  } finally {
    server.close();
  }
}

/** An upstream that leads back to the port at which the kit listens would be asked for ever. */
function refuseItself(upstream: string, found: Found | null, port: number): void {
  const { hostname, port: named, protocol } = new URL(upstream);
  const at = Number(named || (protocol === 'https:' ? 443 : 80));
  const host = hostname.replace(/^\[|\]$/g, '');
  const addresses = found?.addresses ?? (host === 'localhost' ? ['127.0.0.1'] : [host]);
  if (port === 0 || at !== port || !addresses.some((address) => isThisMachine(address))) return;
  throw new UsageError(
    'KIT-REACH-001',
    `Expected the upstream to be elsewhere than the kit, but ${upstream} leads to port ${port} of this machine, where the kit itself listens. ` +
      'Give another --gateway-port, or, where a name server leads its name here, one that does not as `reach.nameServer`.',
  );
}

/** What a person enters at the POS, and what its machine has to trust. */
export function typeAtPos({ way, host, port, names, identity }: Approach): string {
  const at = `${inUrl(host)}:${port || 'PORT'}`;
  const drawn = port ? '' : '; each run draws the port, and --gateway-port fixes it';
  const enter = {
    address: `enter ${identity ? 'https' : 'http'}://${at} as the address of the API`,
    proxy: `enter ${at} as the proxy for https`,
    name: `lead ${names.join(' and ')} to ${host}${port === 443 ? '' : `, port ${port}`}, such as by a line in its hosts file: ${host} ${names.join(' ')}`,
  }[way];
  const trust = identity
    ? `, and let it trust ${identity.authority.file} (SHA-256 ${fingerprintOf(identity.authority.cert)})`
    : '';
  return `At the POS, ${enter}${trust}${drawn}`;
}
