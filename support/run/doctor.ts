import { once } from 'node:events';
import { mkdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, relative } from 'node:path';
import { styleText } from 'node:util';
import { startSimulator } from '../../fixtures/simulator/index.ts';
import { type CardMachine, listMachines, Refused, simulatedAccount } from '../actors/card-machine/index.ts';
import { machinesMissing, machinesNeeded } from '../actors/card-machine/machines-needed.ts';
import type { Checklist, Row } from '../checklist/index.ts';
import { driverOf, type Probe, type Probing, type Standing } from '../drivers/index.ts';
import type { DriverSettings } from '../drivers/settings.ts';
import { loadProfile, type Profile, type ReachFlags, withReach } from '../profile/index.ts';
import { Blocked } from '../record/blocked.ts';
import { counted } from '../record/counted.ts';
import { written } from '../record/disk/disk.ts';
import { heldAlready, holdsRun, reports } from '../record/disk/run-folder.ts';
import { loopbackAddress } from '../record/loopback.ts';
import { UsageError } from '../record/usage-error.ts';
import { javaVersion } from '../report/disk/allure-html.ts';
import { certificateOf } from '../traffic/gateway/index.ts';
import { approachFor, refuseUnfit, typeAtPos } from './approach.ts';
import { findBrowser, launchBrowser, nameOfBrowser } from './browser.ts';
import { openTills, secretFor } from './opening.ts';
import { personProbe } from './person-probe.ts';
import { tryWay } from './try-way.ts';
import { given, type NamedUpstream, withAccount } from './upstream.ts';

/** What a run would be made of. */
export interface Setup {
  /** File of the profile. */
  readonly profile: string;
  /** The till is one of the kit's own, which the run starts itself. */
  readonly ownTill: boolean;
  readonly upstream: NamedUpstream;
  /** What the command line says of how the POS gets to the kit. */
  readonly reach: ReachFlags;
  readonly checklist: Checklist;
  readonly rows: readonly Row[];
  /** The folder that the run writes to; `null` lets it make one of its own among the reports. */
  readonly out: string | null;
  readonly allure: boolean;
}

type Open = (() => Promise<unknown>)[];

type Simulated = Extract<NamedUpstream, { kind: 'simulator' }>;

/**
 * Looks at all that a run stands on and says it, a line each.
 * Returns 0 when a run could start, 3 when only the upstream or the till does not answer, else 2.
 */
export async function diagnose(setup: Setup, say: (line: string) => void): Promise<0 | 2 | 3> {
  const open: Open = [];
  const codes = new Set<0 | 2 | 3>();
  try {
    for (const probe of probes(setup, open)) {
      const { code, line } = await examined(probe);
      codes.add(code);
      say(line);
    }
  } finally {
    for (const close of open.reverse()) await close();
  }
  const code = codes.has(2) ? 2 : codes.has(3) ? 3 : 0;
  say(endings[code]);
  return code;
}

const endings = {
  0: 'A run can start.',
  2: 'A run cannot start so. Mend what is marked ✘ and look again: what depends on it was not looked at.',
  3: 'A run would not start, or end with blocked rows, until that answers.',
} as const;

/** The part of it that costs next to nothing, for each run before it starts. Throws what stands in the way. */
export async function precheck(setup: Setup): Promise<void> {
  for (const probe of probes(setup, [])) if (probe.cheap) await probe.look();
}

/** What is looked at, in turn: what is found out by one decides which come after it. */
function* probes(setup: Setup, open: Open): Generator<Probe> {
  const known: { profile?: Profile; machines?: readonly CardMachine[] } = {};
  yield {
    name: 'Node',
    expected: 'Node 24 or later',
    cheap: true,
    look: () => ({ ok: 'yes', found: process.versions.node }),
  };
  yield {
    name: 'profile',
    expected: 'a profile that loads and validates',
    look: () => {
      const profile = withReach(loadProfile(setup.profile), setup.reach);
      known.profile = profile;
      const { name, version, driver, apiVersion } = profile;
      const file = relative(process.cwd(), setup.profile);
      return { ok: 'yes', found: `${name} ${version}, API ${apiVersion} (${driver.kind}), of ${file}` };
    },
  };
  yield loopback;
  yield diskProbe(setup.out);
  const { profile } = known;
  if (profile?.reach) yield wayProbe(profile, setup.upstream.kind === 'embedded' ? null : setup.upstream.url);
  const account = { key: false, ids: false };
  if (setup.upstream.kind === 'api') yield* accountProbes(setup.upstream, account);
  if (setup.upstream.kind === 'api' && setup.upstream.url.startsWith('https:'))
    yield tlsProbe(setup.upstream.url);
  if (profile && (setup.upstream.kind !== 'api' || (account.key && account.ids))) {
    yield upstreamProbe(setup, profile, open, (machines) => {
      known.machines = machines;
    });
    if (known.machines) yield machinesProbe(setup, profile, known.machines);
  }
  if (profile && driverOf(profile.driver).display(profile.driver) === 'observed') yield browserProbe;
  const ofDriver = profile && driverOf(profile.driver).probe?.(probing(setup, profile, open));
  if (ofDriver) yield ofDriver;
  if (profile) yield* footholds(setup, profile);
  const person = profile && personProbe(profile, setup.checklist, setup.rows, setup.upstream.kind === 'api');
  if (person) yield person;
  if (setup.allure) yield java;
}

/** What the checklist has to say of the profile. */
function* footholds({ checklist, upstream, ownTill }: Setup, profile: Profile): Generator<Probe> {
  const { capabilities, declared, driver, serves } = profile;
  const places = ownTill ? 'folders' : driverOf(driver).places(driver);
  const started = ownTill ? ['the address at which the kit starts it'] : [];
  const beginning = {
    capabilities,
    declared,
    called: serves ?? (places === 'folders' ? started : places.map((place) => new URL(place).origin)),
    simulated: upstream.kind !== 'api',
  };
  for (const { name, expected, ...look } of checklist.footholds?.(beginning) ?? [])
    yield { name, expected, look: () => look };
}

const probing = ({ ownTill, checklist }: Setup, profile: Profile, open: Open): Probing<DriverSettings> => ({
  settings: profile.driver,
  hello: { name: profile.name, version: profile.version, apiVersion: profile.apiVersion },
  ownTill,
  places: () => openTills({ profile, checklist, ownTill, workers: 1 }, open),
  secret: () => secretFor({ profile, ownTill }),
});

/** Looks at one thing. What the run would stop at is reported, and not thrown. */
async function examined(probe: Probe): Promise<{ code: 0 | 2 | 3; line: string }> {
  try {
    const look = await probe.look();
    const code = look.ok !== 'no' ? 0 : probe.elsewhere ? 3 : 2;
    const advice = look.ok === 'yes' ? '' : ` ${look.advice}`;
    return { code, line: line(look.ok, probe, `${look.found}; expected ${probe.expected}.${advice}`) };
  } catch (error) {
    if (error instanceof UsageError) return { code: 2, line: line('no', probe, error.message) };
    if (error instanceof Refused) return { code: 2, line: line('no', probe, error.text) };
    if (error instanceof Blocked) {
      const said = `expected ${probe.expected}. ${error.text}`;
      return { code: probe.elsewhere ? 3 : 2, line: line('no', probe, said) };
    }
    throw error;
  }
}

const marks = {
  yes: styleText('green', '✔'),
  note: styleText('yellow', '!'),
  no: styleText('red', '✘'),
} as const satisfies Record<Standing, string>;

const line = (ok: Standing, { name }: Probe, said: string): string =>
  `${marks[ok]} ${name.padEnd(13)} ${said}`;

/** How the POS gets to the kit, tried from here, and what a person enters there. */
const wayProbe = (profile: Profile, upstream: string | null): Probe => ({
  name: 'way',
  expected: 'the POS to find the kit',
  look: async () => {
    await refuseUnfit(profile);
    const approach = await approachFor(profile, upstream);
    await tryWay(approach);
    return { ok: 'yes', found: `tried from here. ${typeAtPos(approach)}` };
  },
});

/** Who vouches for the upstream, as this machine sees it: a proxy of the network may stand between. */
const tlsProbe = (url: string): Probe => ({
  name: 'TLS',
  expected: 'a certificate of an authority that Node knows',
  elsewhere: true,
  look: async () => ({
    ok: 'yes',
    found: `${(await certificateOf(url))?.issuer.replaceAll('\n', ', ')} vouches for ${url}`,
  }),
});

/** The key and the ids of an account that is given; what is there is noted in `account`. */
function* accountProbes(
  api: Extract<NamedUpstream, { kind: 'api' }>,
  account: { key: boolean; ids: boolean },
): Generator<Probe> {
  yield {
    name: 'key',
    expected: 'a sandbox key in DOJO_API_KEY, sk_sandbox_…',
    look: () => {
      const [key] = given(api, ['DOJO_API_KEY']);
      account.key = true;
      const sandbox = key!.startsWith('sk_sandbox_');
      return {
        ok: sandbox ? 'yes' : 'note',
        found: sandbox ? 'sk_sandbox_…' : 'a key that does not begin so',
        advice: 'Copy it again from the developer portal, whole and as it stands there.',
      };
    },
  };
  yield {
    name: 'partner ids',
    expected: 'DOJO_SOFTWARE_HOUSE_ID and DOJO_RESELLER_ID',
    look: () => {
      const ids = given(api, ['DOJO_SOFTWARE_HOUSE_ID', 'DOJO_RESELLER_ID']);
      account.ids = true;
      return { ok: 'yes', found: ids.join(' and ') };
    },
  };
}

/** What the upstream lists for an account: the one given, or one of its own at a simulator. */
function upstreamProbe(
  setup: Setup,
  { apiVersion }: Profile,
  open: Open,
  listed: (machines: readonly CardMachine[]) => void,
): Probe {
  return {
    name: 'upstream',
    expected: 'GET /terminals to be answered 200',
    elsewhere: true,
    look: async () => {
      const chosen = withAccount(setup.upstream);
      const at = chosen.kind === 'embedded' ? await embedded(open) : chosen;
      const machines =
        at.kind === 'api' ? await listMachines(at, apiVersion) : await machinesAt(at, apiVersion);
      listed(machines);
      const shown = chosen.kind === 'embedded' ? 'the embedded simulator' : at.url;
      return { ok: 'yes', found: `${shown} lists ${counted(machines.length, 'card machine')}` };
    },
  };
}

async function embedded(open: Open): Promise<Simulated> {
  const simulator = await startSimulator({ host: loopbackAddress() });
  open.push(() => simulator.close());
  return { kind: 'simulator', url: simulator.url, adminUrl: simulator.adminUrl };
}

async function machinesAt({ url, adminUrl }: Simulated, apiVersion: string): Promise<CardMachine[]> {
  const account = await simulatedAccount(adminUrl, 'running');
  try {
    return await listMachines({ ...account, url, otherApiKey: null, tids: null }, apiVersion);
  } finally {
    await account.close();
  }
}

function machinesProbe({ rows }: Setup, profile: Profile, machines: readonly CardMachine[]): Probe {
  const needed = machinesNeeded(rows, profile);
  const named = (suffixes: Iterable<string>): string => [...suffixes].sort().join(', ');
  return {
    name: 'card machines',
    expected: needed.size ? `TIDs that end in ${named(needed.keys())}` : 'none',
    elsewhere: true,
    look: () => {
      const missing = machinesMissing(needed, machines);
      if (!missing.length) return { ok: 'yes', found: needed.size ? 'all are there' : 'none is needed' };
      const without = missing.map(([suffix, ids]) => `none that ends in ${suffix}, for ${ids.join(', ')}`);
      return {
        ok: missing.length < needed.size ? 'note' : 'no',
        found: without.join('; '),
        advice: 'Ask Dojo for such a virtual card machine; the rows that need it will be blocked.',
      };
    },
  };
}

const browserProbe: Probe = {
  name: 'browser',
  expected: 'Chrome, Edge or Chromium that starts',
  look: async () => {
    const path = await findBrowser();
    if (path === null) {
      return {
        ok: 'no',
        found: 'none',
        advice:
          'Install one, or name it in DOJO_BROWSER; a run tries to install Chromium itself. `--pos headless` needs none.',
      };
    }
    const server = await launchBrowser(() => {});
    try {
      return { ok: 'yes', found: `${path}, ${await nameOfBrowser(server.wsEndpoint())}` };
    } finally {
      await server.close();
    }
  },
};

const loopback: Probe = {
  name: 'loopback',
  expected: 'a free port there',
  cheap: true,
  look: async () => {
    const server = createServer();
    const address = loopbackAddress();
    try {
      server.listen(0, address);
      await once(server, 'listening');
      return { ok: 'yes', found: `${address} can be listened on` };
    } catch (error) {
      throw new Blocked(
        'KIT-MACHINE-002',
        `Nothing can listen on ${address}: ${why(error)}`,
        'Allow this user to open ports of the loopback interface.',
      );
    } finally {
      server.close();
    }
  },
};

/** Writes a little where the run would, and takes it away again with the folders that were made for it. */
function diskProbe(named: string | null): Probe {
  const out = named ?? reports();
  const shown = relative(process.cwd(), out) || '.';
  return {
    name: 'disk',
    expected: `${shown} to be writable${named === null ? '' : ' and to hold no run yet'}`,
    cheap: true,
    look: () => {
      if (named !== null && holdsRun(named)) throw heldAlready(named);
      const made = written(out, () => mkdirSync(out, { recursive: true }));
      const file = join(out, `.dojo-conformance-${process.pid}`);
      try {
        written(out, () => writeFileSync(file, Buffer.alloc(4096)));
      } finally {
        rmSync(file, { force: true });
        if (made) withdraw(out, made);
      }
      return { ok: 'yes', found: 'it is' };
    },
  };
}

/** Removes the folders from `inner` up to `outer`, as far as they are empty. */
function withdraw(inner: string, outer: string): void {
  try {
    rmdirSync(inner);
    if (inner !== outer) withdraw(dirname(inner), outer);
  } catch {
    // Something else has come to stand there.
  }
}

const java: Probe = {
  name: 'Java',
  expected: 'Java 8 or later, for the Allure report alone',
  look: async () => {
    const version = await javaVersion();
    return {
      ok: version === null ? 'note' : 'yes',
      found: version ?? 'none',
      advice: 'Install a Java runtime, or give --no-allure; everything else is there without it.',
    };
  },
};

const why = (error: unknown): string =>
  error instanceof Error ? error.message || String((error as NodeJS.ErrnoException).code) : String(error);
