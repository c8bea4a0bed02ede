import { Blocked } from '../../record/blocked.ts';
import type { CardMachine } from './account.ts';

/** The machine whose TID ends so, or in the next best. Throws a `Blocked` when there is none of them. */
export function machineEnding(machines: readonly CardMachine[], ...suffixes: string[]): CardMachine {
  for (const suffix of suffixes) {
    const machine = machines.find(({ tid }) => tid.endsWith(suffix));
    if (machine) return machine;
  }
  throw new Blocked(
    'KIT-CARDS-002',
    `The account has no card machine whose TID ends in ${suffixes[0]}`,
    'Ask for one, or leave out the rows that need it.',
    false,
  );
}
