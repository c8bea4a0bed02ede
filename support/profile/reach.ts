import { isIP } from 'node:net';
import { resolve } from 'node:path';
import type { Mistake } from '../drivers/index.ts';
import type { DriverSettings } from '../drivers/settings.ts';

/** How often address and key can be entered in a POS. */
export type Configured = 'per-row' | 'once' | 'start';

/** How the kit starts a POS that takes its settings from its environment. Times in ms. */
export interface StartSettings {
  /** The program and its parameters; no shell comes between. */
  readonly command: readonly string[];
  readonly cwd?: string;
  /** `{baseUrl}` and the rest in it stand for the settings. */
  readonly env?: Readonly<Record<string, string>>;
  readonly answersAt?: string;
  readonly within?: number;
  readonly restart?: 'per-row' | 'never';
}

/** How a POS gets to the kit, where address and key can't be entered in each row. */
export interface Reach {
  readonly configure?: Configured;
  readonly gatewayPort?: number;
  readonly start?: StartSettings;
  /** It has the kit's address, or that of the API: then it comes by the kit's proxy, or by the API's name. */
  readonly way?: 'address' | 'proxy' | 'name';
  /** The names of the API that it has built in. */
  readonly names?: readonly string[];
  /** What the kit's proxy does with other hosts. */
  readonly others?: 'refuse' | 'tunnel';
  /** A name server that knows where the API is, where the system's leads its name to the kit. */
  readonly nameServer?: string;
  /** An address of this machine at which a POS on another one finds the kit, and the addresses of that one. */
  readonly listen?: string;
  readonly clients?: readonly string[];
  /** `none`: what the POS sends goes past the kit, which reads what came of it. */
  readonly traffic?: 'observed' | 'none';
  /** A POS on another machine comes over plain http; the command line alone says so. */
  readonly plainHttp?: boolean;
  /** Addresses of phones that may open the console; the command line alone says so. */
  readonly phones?: readonly string[];
}

/** Whether a POS keeps its settings from row to row, so that there is one of it, with one account and key. */
export const keepsSettings = ({ reach }: { readonly reach?: Reach }): boolean =>
  (reach?.configure ?? 'per-row') !== 'per-row';

/** What may stand in braces in the environment of a POS. */
const stands = ['baseUrl', 'apiKey', 'softwareHouseId', 'resellerId', 'folder', 'proxy', 'ca'];

/** What is wrong with how a POS gets to the kit, where the schema does not say it. */
export function mistakeInReach(reach: Reach, driver: DriverSettings): Mistake | null {
  const { configure, start, way = 'address', listen, clients } = reach;
  if (driver.kind === 'headless')
    return {
      path: ['reach'],
      says: "expected no `reach` with the driver headless, whose client is the kit's own. Remove it.",
    };
  if (configure === 'start' && !start)
    return {
      path: ['reach', 'configure'],
      says: 'expected `reach.start` besides `reach.configure: start`, but it is missing. Say with `reach.start.command` how the POS is started.',
    };
  if (start && configure !== 'start')
    return {
      path: ['reach', 'start'],
      says: `expected \`reach.configure\` to be start besides \`reach.start\`, but it is ${configure ?? 'missing'}. Correct it, or remove \`reach.start\`.`,
    };
  const past =
    reach.traffic === 'none'
      ? (['way', 'gatewayPort', 'listen', 'clients'] as const).find((member) => reach[member] !== undefined)
      : undefined;
  if (past)
    return {
      path: ['reach', past],
      says: `expected no \`reach.${past}\` besides \`reach.traffic: none\`, with which the POS does not find the kit at all. Remove one of them.`,
    };
  const idle = (['names', 'others', 'nameServer'] as const).find(
    (member) => reach[member] !== undefined && !(way === 'proxy' || (way === 'name' && member !== 'others')),
  );
  if (idle)
    return {
      path: ['reach', idle],
      says: `expected \`reach.way\` to be ${idle === 'others' ? 'proxy' : 'proxy or name'} besides \`reach.${idle}\`, but it is ${way}. Correct it, or remove \`reach.${idle}\`.`,
    };
  if (listen !== undefined && !isIP(listen))
    return {
      path: ['reach', 'listen'],
      says: `expected \`reach.listen\` to be an IP address of this machine, but it is "${listen}". Correct it.`,
    };
  const unfit = clients?.findIndex((one) => !isIP(one)) ?? -1;
  if (unfit >= 0)
    return {
      path: ['reach', 'clients', unfit],
      says: `expected \`reach.clients\` to be IP addresses, but one is "${clients![unfit]}". Correct it.`,
    };
  for (const [name, value] of Object.entries(start?.env ?? {})) {
    const unknown = [...value.matchAll(/\{(\w+)\}/g)].find(([, what]) => !stands.includes(what!));
    if (unknown)
      return {
        path: ['reach', 'start', 'env', name],
        says: `expected only ${stands.map((one) => `{${one}}`).join(', ')} in braces, but found \`${unknown[0]}\`. Correct it.`,
      };
  }
  return null;
}

/** The same with what is relative to the folder of its profile. */
export const placedReach = (reach: Reach, folder: string): Reach =>
  reach.start ? { ...reach, start: { ...reach.start, cwd: resolve(folder, reach.start.cwd ?? '') } } : reach;

/** What the command line says of it, in place of the profile. */
export type ReachFlags = Pick<Reach, 'gatewayPort' | 'listen' | 'clients' | 'plainHttp' | 'phones'>;

/** A profile with what the command line says besides; clients are added to its own. */
export function withReach<P extends { readonly reach?: Reach }>(
  profile: P,
  { clients, ...flags }: ReachFlags,
): P {
  const given = Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
  const all = [...(profile.reach?.clients ?? []), ...(clients ?? [])];
  if (!Object.keys(given).length && !clients) return profile;
  return { ...profile, reach: { ...profile.reach, ...given, ...(all.length ? { clients: all } : {}) } };
}
