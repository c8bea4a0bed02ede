import { basename, isAbsolute, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Profile, Reach } from '../profile/index.ts';
import { digestOfProfile, withoutHashes } from '../record/profile-record.ts';
import type { Environment, Run } from '../record/vocabulary.ts';
import { createRedaction } from '../traffic/redaction/index.ts';
import { trustsOthers, verifiesNone } from './sandbox.ts';

/** By this variable `support/cli/start.mjs` says that it started Node anew, without the NODE_OPTIONS that were set. */
const cleared = 'DOJO_NODE_OPTIONS_CLEARED';

/** How a run was started, as its record says it: without secrets, and without places on the machine. */
export function environmentOf(
  commandLine: readonly string[],
  { driver, reach }: Profile,
  env: NodeJS.ProcessEnv = process.env,
): Environment {
  const redaction = createRedaction({ known: secretsOf(env) });
  const page = 'see' in driver && driver.see?.page;
  return {
    commandLine: commandLine.map((word) => redaction.text(withoutPlace(word))),
    nodeOptionsCleared: env[cleared] === '1',
    extraAuthorities: trustsOthers(),
    unverifiedServers: verifiesNone(env),
    ...(page ? { display: { servedBy: driver.kind, page: redaction.text(page) } } : {}),
    ...(reach ? reachRecord(reach) : {}),
  };
}

/** How a POS was reached; nothing where its address and key were entered in each row. */
function reachRecord({
  configure,
  way = 'address',
  listen,
  plainHttp,
  traffic,
}: Reach): Pick<Environment, 'reach'> {
  const reach = {
    ...(configure === 'once' || configure === 'start' ? { configured: configure } : {}),
    ...(way === 'address' ? {} : { way }),
    ...(traffic === 'none' ? { traffic } : {}),
    ...(listen ? { elsewhere: plainHttp ? ('plain' as const) : ('tls' as const) } : {}),
  };
  return Object.keys(reach).length ? { reach } : {};
}

/** What a profile's file says, without secrets, and its digest: the same whenever the same is said. */
export function profileRecord(
  { written }: Profile,
  env: NodeJS.ProcessEnv = process.env,
): NonNullable<Run['profile']> {
  const content = withoutHashes(createRedaction({ known: secretsOf(env) }).json(written));
  return { sha256: digestOfProfile(content), content };
}

/** Keys and canaries of this machine's environment, which neither a record nor a bundle may hold. */
export const secretsOf = (env: NodeJS.ProcessEnv): string[] =>
  Object.entries(env).flatMap(([name, value]) =>
    /(?:^|_)(?:API_?KEY|KEY|SECRET|TOKEN|PASSWORD|CANARY)(?:_|$)/i.test(name) &&
    name !== 'DOJO_KEYS' &&
    value &&
    value.length >= 8
      ? [value]
      : [],
  );

/** A file as a record names it: from the folder of the kit, or by its name alone. Where a machine has it is nobody's business. */
export function placeOf(file: string): string {
  const place = relative(process.cwd(), file);
  return place.startsWith('..') || isAbsolute(place) ? basename(file) : place.replaceAll('\\', '/');
}

/** A word of a command line; `--out=/a/b` is one too. */
const withoutPlace = (word: string): string =>
  word.replace(/^(--[\w-]+=)?(.*)$/s, (_, option = '', value: string) => {
    const file = value.startsWith('file:') && URL.canParse(value) ? fileURLToPath(value) : value;
    return `${option}${isAbsolute(file) ? placeOf(file) : value}`;
  });
