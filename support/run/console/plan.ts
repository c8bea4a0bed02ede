import type { Checklist, Row } from '../../checklist/index.ts';
import { counted } from '../../record/counted.ts';

/** What a person has to know before a run in which the person drives the POS. */
export interface Plan {
  readonly pos: string;
  /** The rows in the order in which they are run: card machine and settings change as rarely as possible. */
  readonly rows: readonly Row[];
  /** Those of a first try. */
  readonly trial: readonly Row[];
  /** About how many minutes of the person's time each of the two takes. */
  readonly minutes: { readonly all: number; readonly trial: number };
  /** What the person does all the time, in a sentence. */
  readonly does: string;
  /** What the person needs, in a sentence each. */
  readonly needs: readonly string[];
  /** What will not be certain whatever the person does, in a sentence each. */
  readonly uncertain: readonly string[];
  /** The person may leave rows out before the run. */
  readonly choice: boolean;
  /** The card machine holds each phase until the person has answered. */
  readonly waits: boolean;
}

/** Rows of a first try. */
const ofTrial = 5;

/** What a step takes a person who has done a few, and entering the settings, in seconds. */
const step = 15;
const settings = 180;

/** Says what a person is in for. `account`: of the sandbox; else the simulator plays card machine and customer. */
export function planOf(
  rows: readonly Row[],
  pos: string,
  { closing }: Pick<Checklist, 'closing'>,
  account: boolean,
): Plan {
  const asked = (row: Row) => looksOf(row, new Set([...closing.everyRow, ...closing.everyPayment]));
  const ordered = orderOf(rows);
  const trial = ordered.slice(0, ofTrial);
  const machines = new Set(rows.flatMap(({ cardMachines = [] }) => cardMachines));
  return {
    pos,
    rows: ordered,
    trial,
    minutes: { all: minutesOf(ordered, asked), trial: minutesOf(trial, asked) },
    does: 'You do at the POS what this page says, and answer what the POS shows. The kit sees the rest by itself.',
    needs: [
      `The POS: ${pos}, and the place where its address, API key and card machine are set.`,
      account
        ? `The account’s ${counted(machines.size, 'card machine')}: ${[...machines].join(', ')}. Virtual ones play the customer too.`
        : 'No card machine, no cards and no PIN: the simulator plays the card machine and the customer.',
      'A camera, or a way to take pictures of the screen: a reviewer decides by your photos.',
    ],
    choice: true,
    waits: !account,
    uncertain: [
      'Whatever the POS shows stays for a reviewer, who looks at your photos. Nobody is judged by how quick you are.',
      ...(account
        ? ['What the POS shows for two seconds only, such as “Enter PIN”, cannot be asked of you in time.']
        : []),
    ],
  };
}

/** What something at a card machine, and in the developer portal, takes a person, in seconds. */
const deeds = { machine: 60, portal: 180 } as const;

/** About how many minutes a person needs for what these rows want besides the POS. */
export const minutesByPerson = (rows: readonly Row[]): number =>
  Math.ceil(rows.flatMap(({ byPerson = [] }) => byPerson).reduce((sum, { at }) => sum + deeds[at], 0) / 60);

/** Says what a person is in for where the kit drives the POS, and the person is at the card machine. */
export function planBeside(rows: readonly Row[], pos: string, cardMachine: string | undefined): Plan {
  const minutes = minutesByPerson(rows);
  const at = new Set(rows.flatMap(({ byPerson = [] }) => byPerson.map((deed) => deed.at)));
  const ids = (wanted: 'machine' | 'portal') =>
    rows.filter(({ byPerson = [] }) => byPerson.some((deed) => deed.at === wanted)).map(({ id }) => id);
  return {
    pos,
    rows,
    trial: rows,
    minutes: { all: minutes, trial: minutes },
    does: 'The kit drives the POS. You do at the card machine and in the developer portal what this page says, once all other rows have been run.',
    needs: [
      ...(at.has('machine')
        ? [
            `The card machine ${cardMachine}, and a card of each kind that the rows name: ${ids('machine').join(', ')}.`,
          ]
        : []),
      ...(at.has('portal')
        ? [
            `Access to the developer portal, where you revoke the second API key of the account: ${ids('portal').join(', ')}.`,
          ]
        : []),
    ],
    uncertain: [],
    choice: false,
    waits: false,
  };
}

/**
 * Rows of the same card machine stand together, those of the most used one first, else as the checklist has them. Rows
 * for which the POS is set up with other keys come last.
 */
function orderOf(rows: readonly Row[]): Row[] {
  const machinesOf = ({ cardMachines = [] }: Row) => cardMachines.toSorted().join();
  const usual = rows.filter(({ reconfigures }) => !reconfigures);
  const others = rows.filter((row) => !usual.includes(row));
  const groups = new Map<string, Row[]>();
  for (const row of usual) groups.set(machinesOf(row), [...(groups.get(machinesOf(row)) ?? []), row]);
  return [...[...groups.values()].sort((one, other) => other.length - one.length).flat(), ...others];
}

/** How often a person is asked in a row: once for all that is looked at where nothing happens between. */
const looksOf = ({ clauses }: Row, closing: ReadonlySet<string>): number =>
  clauses.filter(({ checks }) => checks.some(({ id, plane }) => plane === 'display' && !closing.has(id)))
    .length;

/** Two things to do and each look, a card machine to choose where it changes, and the settings once and for other keys. */
function minutesOf(rows: readonly Row[], asked: (row: Row) => number): number {
  const machines = new Set(rows.map(({ cardMachines = [] }) => cardMachines.join())).size;
  const steps = rows.reduce((sum, row) => sum + 2 + asked(row), machines);
  const settled = 1 + rows.filter(({ reconfigures }) => reconfigures).length;
  return Math.ceil((settled * settings + steps * step) / 60);
}
