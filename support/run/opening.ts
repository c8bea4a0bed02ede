import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startSimulator } from '../../fixtures/simulator/index.ts';
import {
  listMachines,
  type MadeAccount,
  makeSimulatedAccount,
  simulatedAccountOf,
} from '../actors/card-machine/index.ts';
import { machinesMissing, machinesNeeded } from '../actors/card-machine/machines-needed.ts';
import { driverOf } from '../drivers/index.ts';
import { temporaryFolder } from '../record/disk/temporary.ts';
import { loopbackAddress } from '../record/loopback.ts';
import { UsageError } from '../record/usage-error.ts';
import { launchBrowser } from './browser.ts';
import type { Upstream } from './lane.ts';
import type { RunOptions } from './run.ts';

/** Both, or the error of one, once both have come to an end: what was opened is then known and can be closed. */
export async function settled<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other]);
  return [await one, await other];
}

export async function openUpstream(
  { upstream, wrong, profile, rows, say }: RunOptions,
  open: (() => Promise<unknown>)[],
): Promise<Upstream> {
  if (upstream.kind === 'embedded') {
    const simulator = await startSimulator({ host: loopbackAddress(), behaviour: wrong?.upstream ?? {} });
    open.push(() => simulator.close());
    return { kind: 'simulator', url: simulator.url, adminUrl: simulator.adminUrl };
  }
  if (upstream.kind === 'api') {
    const machines = await listMachines(upstream, profile.apiVersion);
    const missing = machinesMissing(machinesNeeded(rows, profile), machines);
    for (const [suffix, ids] of missing)
      say(
        `The account has no card machine whose TID ends in ${suffix}: ${ids.join(', ')} will be blocked. doctor says what to do.`,
      );
  }
  return upstream;
}

/** The one account of the run, where the POS is not set up with another in each row; an API has but one anyway. */
export async function openAccount(
  { profile: { reach = {} } }: RunOptions,
  upstream: Upstream,
  open: (() => Promise<unknown>)[],
): Promise<MadeAccount | null> {
  const { configure = 'per-row', start } = reach;
  if (upstream.kind !== 'simulator' || configure === 'per-row' || start?.restart === 'per-row') return null;
  const made = await makeSimulatedAccount(upstream.adminUrl, 'running');
  open.push(() => simulatedAccountOf(upstream.adminUrl, made).close());
  return made;
}

export async function openBrowser(
  { profile, say, browserEndpoint }: RunOptions,
  open: (() => Promise<unknown>)[],
): Promise<string | null> {
  if (driverOf(profile.driver).display(profile.driver) !== 'observed') return null;
  if (browserEndpoint) return browserEndpoint;
  const browser = await launchBrowser(say, driverOf(profile.driver).pin?.(profile.driver));
  open.push(() => browser.close());
  return browser.wsEndpoint();
}

/**
 * The tills of so many workers: the URL of each that is a web page, the folder of each that is a program. The kit's
 * own are started; what ends them again is put to `open`.
 */
export async function openTills(
  {
    profile,
    checklist,
    ownTill,
    workers,
    wrong,
  }: Pick<RunOptions, 'profile' | 'checklist' | 'ownTill' | 'workers' | 'wrong'>,
  open: (() => Promise<unknown>)[],
): Promise<string[]> {
  const places = driverOf(profile.driver).places(profile.driver);
  if (places === 'folders') return openFolders(workers, open);
  if (!ownTill || places.length === 0) return [...places];
  if (!checklist.ownPos) throw new Error(`The kit has no POS of its own for ${checklist.name}`);
  // A till keeps its API key in its settings: nothing of it may stay in the folder of the report.
  const folder = temporaryFolder('till');
  const secret = secretFor({ profile, ownTill });
  const path = new URL(places[0]!).pathname.replace(/\/$/, '');
  open.push(() => rm(folder, { recursive: true, force: true }));
  const tills = Array.from({ length: Math.max(1, workers) }, async (_, index) => {
    const till = await checklist.ownPos!({
      dataDir: join(folder, String(index)),
      host: loopbackAddress(),
      behaviour: wrong?.till ?? {},
      declared: profile.declared,
      ...(secret ? { testEndpoint: { path, secret } } : {}),
    });
    open.push(() => till.close());
    return `${till.url}${path}`;
  });
  return Promise.all(tills);
}

/** Whoever comes to a till of the kit's own without this is turned away. */
const ownSecret = randomBytes(16).toString('hex');

/**
 * What a till is shown that asks for a secret; '' where it asks for none. Throws a `UsageError` where the environment
 * lacks it.
 */
export function secretFor({ profile, ownTill }: Pick<RunOptions, 'profile' | 'ownTill'>): string {
  const { secret: name } = driverOf(profile.driver);
  if (!name) return '';
  const secret = ownTill ? ownSecret : process.env[name]?.trim();
  if (secret) return secret;
  throw new UsageError(
    'KIT-SECRET-001',
    `Expected ${name} to hold the secret that the POS's test endpoint asks for, but it is not set. Set it in the environment or in .env.`,
  );
}

/** A folder for each till that the workers start: it may keep its API key there, so nothing of it stays. */
function openFolders(workers: number, open: (() => Promise<unknown>)[]): string[] {
  const folders = Array.from({ length: Math.max(1, workers) }, () => temporaryFolder('till'));
  for (const folder of folders) open.push(() => rm(folder, { recursive: true, force: true }));
  return folders;
}
