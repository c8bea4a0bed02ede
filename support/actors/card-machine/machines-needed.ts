import { readdirSync, readFileSync } from 'node:fs';
import type { Catalogue, Row } from '../../checklist/index.ts';
import { capabilitiesOf } from '../../judging/index.ts';
import type { Profile } from '../../profile/index.ts';
import { rowIdForm } from '../../record/row-id.ts';
import type { CardMachine } from './index.ts';

const usualMachine = 'SIP0';

/** How the TID of the card machine ends that a step speaks of; the first that fits counts. */
const sentences: readonly (readonly [says: RegExp, suffix: string])[] = [
  [/card machine "(\w+)"/, '$1'],
  [/next card is contactless/, 'SCN0'],
  [/next card is a phone/, 'SCP0'],
  [/next card needs a signature/, 'SIS0'],
  [/next card is declined/, 'DIP0'],
  [/a card machine that is lost during/, 'TIP0'],
  [/^\s*(?:Given|And) (?:a card machine|a captured sale) /, 'SIP0'],
];

/** The end of the TID that a step needs; `null` where it needs no card machine. */
export function suffixOf(step: string): string | null {
  for (const [says, suffix] of sentences) {
    const match = says.exec(step);
    if (match) return suffix === '$1' ? match[1]! : suffix;
  }
  return null;
}

/** What a cardholder does that virtual machines have one of their own for; a simulator's do it at any. */
const ownMachines: readonly (readonly [says: RegExp, suffix: string])[] = [
  [/next payment is cancelled/, 'CIP0'],
  [/inserted with a gratuity/, 'SIP1'],
];

const ownMachineOf = (step: string): string | null =>
  ownMachines.find(([says]) => says.test(step))?.[1] ?? null;

/** Which rows need a card machine whose TID ends so, as their scenarios say; rows that are not driven need none. */
export function machinesNeeded(
  catalogue: Catalogue,
  rows: readonly Row[],
  { capabilities }: Profile,
): Map<string, string[]> {
  const driven = new Set(
    rows
      .filter((row) => capabilitiesOf(row).every((name) => capabilities.includes(name)))
      .map(({ id }) => id),
  );
  const tagLine = new RegExp(`^\\s*@(${rowIdForm})\\b`);
  const needed = new Map<string, string[]>();
  let row = '';
  for (const line of scenarios(catalogue.name)) {
    row = tagLine.exec(line)?.[1] ?? row;
    const suffixes = driven.has(row) ? [suffixOf(line), ownMachineOf(line)] : [];
    for (const suffix of suffixes)
      if (suffix) needed.set(suffix, [...new Set([...(needed.get(suffix) ?? []), row])]);
  }
  return needed;
}

/**
 * The ends of the TIDs at which each row is served, as its scenario says. A row that names none may still be served
 * at the usual one: a till that does not list card machines is asked for a sale there instead.
 */
export function machinesByRow(
  catalogue: Catalogue,
  rows: readonly Row[],
  profile: Profile,
): Map<string, readonly string[]> {
  const needed = machinesNeeded(catalogue, rows, profile);
  return new Map(
    rows.map(({ id }) => {
      const suffixes = [...needed].filter(([, ids]) => ids.includes(id)).map(([suffix]) => suffix);
      return [id, suffixes.length ? suffixes : [usualMachine]];
    }),
  );
}

/** Of the card machines that rows need, those that the account lacks, with the rows that will be blocked. */
export function machinesMissing(
  needed: ReadonlyMap<string, readonly string[]>,
  machines: readonly CardMachine[],
): [suffix: string, rows: readonly string[]][] {
  const there = (suffix: string) => machines.some(({ tid }) => tid.endsWith(suffix));
  return [...needed].filter(([suffix]) => !there(suffix) && !(suffix === 'CIP0' && there('UIP0')));
}

function scenarios(checklist: string): string[] {
  const folder = new URL(`../../../features/${checklist}/`, import.meta.url);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.feature'))
    .flatMap((file) => readFileSync(new URL(file, folder), 'utf8').split('\n'));
}
