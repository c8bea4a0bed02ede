import type { Row } from '../../checklist/index.ts';
import { capabilitiesOf } from '../../judging/index.ts';
import type { Profile } from '../../profile/index.ts';
import type { CardMachine } from './index.ts';

/** The card machine of a row that names none: a till that does not list card machines is asked for a sale there. */
export const usualMachine = 'SIP0';

/** Which rows need a card machine whose TID ends so; rows that are not driven need none. */
export function machinesNeeded(rows: readonly Row[], { capabilities }: Profile): Map<string, string[]> {
  const needed = new Map<string, string[]>();
  for (const row of rows) {
    if (!capabilitiesOf(row).every((name) => capabilities.includes(name))) continue;
    for (const suffix of row.cardMachines ?? []) needed.set(suffix, [...(needed.get(suffix) ?? []), row.id]);
  }
  return needed;
}

/** The ends of the TIDs at which each row is served. */
export const machinesByRow = (rows: readonly Row[]): Map<string, readonly string[]> =>
  new Map(rows.map(({ id, cardMachines = [usualMachine] }) => [id, cardMachines]));

/** Of the card machines that rows need, those that the account lacks, with the rows that will be blocked. */
export function machinesMissing(
  needed: ReadonlyMap<string, readonly string[]>,
  machines: readonly CardMachine[],
): [suffix: string, rows: readonly string[]][] {
  const there = (suffix: string) => machines.some(({ tid }) => tid.endsWith(suffix));
  return [...needed].filter(([suffix]) => !there(suffix) && !(suffix === 'CIP0' && there('UIP0')));
}
