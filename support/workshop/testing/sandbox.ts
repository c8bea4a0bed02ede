import '../../../fixtures/sandbox/resolve.ts';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../fixtures/sandbox/index.ts';
import { main as certify } from '../../cli/certify.ts';
import type { Certificate } from '../../judging/index.ts';
import { builtIn } from '../../profile/index.ts';
import type { Observation, Verdict } from '../../record/vocabulary.ts';
import { called, command, type Ended, type Main, type Started, temporaryFolder, within } from './command.ts';

/** A stand-in for the sandbox, and runs against it as a user starts them. */
export interface Rig {
  readonly sandbox: Sandbox;
  /** Environment with which a command finds the stand-in and takes its certificate. */
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
  /** Starts `certify` with the kit's own client as the till, writing to a folder of that name. */
  start(name: string, args: readonly string[], env?: Readonly<Record<string, string>>): Started;
  /** The same with the till of a profile. */
  startOf(
    profile: string,
    name: string,
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
  ): Started;
  /** Runs these rows so, or all where none are named, to their end, in this process. */
  run(
    name: string,
    rows: readonly string[],
    args?: readonly string[],
    env?: Readonly<Record<string, string>>,
  ): Promise<Ended>;
  /** The same with a till of another version of the API. */
  runVersion(version: string, rows: readonly string[]): Promise<Ended>;
  certificate(name: string): Certificate;
  verdicts(name: string): Record<string, Verdict>;
  observations(name: string): Observation[];
}

const root = temporaryFolder();
const sandboxes: Sandbox[] = [];
after(() => Promise.all(sandboxes.map((sandbox) => sandbox.close())));

/** What a command is started with so that it finds the host of the stand-in on this machine. */
export const resolve = new URL('../../../fixtures/sandbox/resolve.ts', import.meta.url).href;

/** `certify` as with an authority in NODE_EXTRA_CA_CERTS, which Node reads when it starts. */
const trusting =
  (authority: string): Main =>
  async (args) => {
    const before = getCACertificates('default');
    setDefaultCACertificates([...before, authority]);
    try {
      return await certify(args);
    } finally {
      setDefaultCACertificates(before);
    }
  };

/** Starts a stand-in whose card machines are quick; it is gone when the test file is over. */
export async function sandboxRig(options: SandboxOptions = {}): Promise<Rig> {
  const folder = mkdtempSync(join(root, 'rig-'));
  const sandbox = await startSandbox({ pace: 5, latencyMs: 20, ...options });
  sandboxes.push(sandbox);
  const authority = join(folder, 'authority.pem');
  writeFileSync(authority, sandbox.certificate);
  const env = {
    DOJO_SANDBOX_URL: sandbox.url,
    DOJO_API_KEY: sandbox.apiKey,
    DOJO_OTHER_API_KEY: sandbox.otherApiKey,
    DOJO_SOFTWARE_HOUSE_ID: 'softwareHouse1',
    DOJO_RESELLER_ID: 'reseller1',
    NODE_EXTRA_CA_CERTS: authority,
  };
  const words = (name: string, args: readonly string[]): string[] => [
    ...['--upstream', 'sandbox', '--no-allure', '--out', join(folder, name), ...args],
  ];
  const ownTill = ['--pos', 'headless'];
  const here = (name: string, args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
    called(within(folder, trusting(sandbox.certificate)), words(name, args), { ...env, ...more });
  const started = (name: string, args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
    command(['certify', ...words(name, args)], { cwd: folder, env: { ...env, ...more }, preload: resolve });
  const certificate = (name: string): Certificate =>
    JSON.parse(readFileSync(join(folder, name, 'certification.json'), 'utf8')) as Certificate;
  return {
    sandbox,
    env,
    folder,
    start: (name, args, more) => started(name, [...ownTill, ...args], more),
    startOf: (profile, name, args, more) => started(name, ['--profile', profile, ...args], more),
    run: (name, rows, args = [], more = {}) =>
      here(name, [...ownTill, ...(rows.length ? ['--rows', rows.join()] : []), ...args], more),
    runVersion: (version, rows) => {
      const profile = join(folder, `${version}.yaml`);
      const own = readFileSync(builtIn.headless, 'utf8');
      writeFileSync(profile, own.replace(/apiVersion: .*/, `apiVersion: "${version}"`));
      return here(version, ['--profile', profile, '--rows', rows.join()]);
    },
    certificate,
    verdicts: (name) => Object.fromEntries(certificate(name).rows.map(({ id, verdict }) => [id, verdict])),
    observations: (name) =>
      readFileSync(join(folder, name, 'messages.ndjson'), 'utf8')
        .split('\n')
        .filter(Boolean)
        .flatMap((line) => {
          const { attachment } = JSON.parse(line) as { attachment?: { mediaType: string; body: string } };
          return attachment?.mediaType.includes('observation')
            ? [JSON.parse(attachment.body) as Observation]
            : [];
        }),
  };
}
