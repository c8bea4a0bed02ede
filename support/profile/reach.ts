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
}

/** Whether a POS keeps its settings from row to row, so that there is one of it, with one account and key. */
export const keepsSettings = ({ reach }: { readonly reach?: Reach }): boolean =>
  (reach?.configure ?? 'per-row') !== 'per-row';

/** What may stand in braces in the environment of a POS. */
const stands = ['baseUrl', 'apiKey', 'softwareHouseId', 'resellerId', 'folder'];

/** What is wrong with how a POS gets to the kit, where the schema does not say it. */
export function mistakeInReach({ configure, start }: Reach, driver: DriverSettings): Mistake | null {
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
