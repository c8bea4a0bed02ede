import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import type { Level, Plane, Severity, Subject } from '../record/vocabulary.ts';
import { rowsIn } from './rows-file.ts';

/** One check that a clause of a row is judged by. */
export interface CheckEntry {
  readonly id: string;
  readonly plane: Plane;
  /** Left out: `must`. */
  readonly severity?: Severity;
  /** It is judged only where this is certified; left out: in either case. */
  readonly subject?: Subject;
  /** How often the row's scenario applies it; left out: once. */
  readonly times?: number;
}

export interface Clause {
  readonly clause: string;
  readonly checks: readonly CheckEntry[];
}

/** A refusal that a row provokes on purpose: `POST /payment-intents/{id}/amount`, its status, and its cause. */
export interface Provoked {
  readonly request: string;
  readonly status: number;
  readonly because: string;
}

/** Something that a person does for a row: at a real card machine, or in the developer portal. */
export interface Deed {
  readonly does: string;
  readonly at: 'machine' | 'portal';
}

/** One row of a go-live checklist, its expected outcome cut into clauses. */
export interface Row {
  readonly id: string;
  readonly section: string;
  readonly title: string;
  readonly level: Level;
  readonly capability?: string;
  /** How a row whose text contradicts itself or leaves something open is read. */
  readonly notes?: string;
  /** How the TIDs of the card machines end at which the row is played; left out: it needs none. */
  readonly cardMachines?: readonly string[];
  /** Money may move in it, so it is judged by the clauses of every payment too. */
  readonly payment?: boolean;
  /** Checks of every row or payment that can't hold in it: it sets up their very opposite. */
  readonly without?: readonly string[];
  /** It really waits with a till, so it is started first. */
  readonly waits?: boolean;
  /** It has other keys than the usual one entered, or makes that one invalid: the POS is set up anew for it. */
  readonly reconfigures?: boolean;
  /** What a person has to do for it where no request to the upstream brings it about; left out: nothing. */
  readonly byPerson?: readonly Deed[];
  /** It is judged from all exchanges of the run. */
  readonly wholeRun?: boolean;
  readonly provokes?: readonly Provoked[];
  /** `false`: it says nothing about the API. */
  readonly api?: boolean;
  /** The kit does not judge it yet: it has no clauses and no scenario, and comes to `incomplete`. */
  readonly unbuilt?: true;
  /** Every clause that it is judged by, the common ones last. */
  readonly clauses: readonly Clause[];
}

/** A rule over several rows: it holds when one of them is passed. */
export interface Rule {
  readonly id: string;
  readonly rule: string;
  readonly anyOf: readonly string[];
}

export interface Catalogue {
  readonly name: string;
  readonly title: string;
  readonly source: string;
  readonly sha256: string;
  readonly rows: readonly Row[];
  readonly rules: readonly Rule[];
  /** Checks that no scenario names: they are applied at the end of every row, and of every row with a payment. */
  readonly closing: { readonly everyRow: readonly string[]; readonly everyPayment: readonly string[] };
}

/** Clauses that rows have in common. */
interface Common {
  everyRow: Clause[];
  everyPayment: Clause[];
}

type CatalogueFile = {
  checklist: string;
  title: string;
  source: string;
  rows: Row[];
  rules?: Rule[];
} & (Common | { everyRowAsIn: string });

const fixtures = new URL('../../fixtures/', import.meta.url);

/** Where the rows of a checklist of the kit stand. */
const rowsOf = (name: string): URL => new URL(`${name}/rows.yaml`, fixtures);

/** The checklist that is meant where none is named. */
export const usualChecklist = 'pay-at-counter';

/** Names of all checklists of the kit, the usual one first. */
export const checklists: readonly string[] = [
  usualChecklist,
  ...readdirSync(fixtures)
    .filter((name) => name !== usualChecklist && existsSync(rowsOf(name)))
    .sort(),
];

const read = new Map<string, Catalogue>();

/**
 * A row catalogue of the kit, or of a file elsewhere; each is read once, and threads that are started later are given it:
 * to parse it takes each as long as half a row. Throws when there is none.
 */
export function loadCatalogue(name = usualChecklist): Catalogue {
  const known = read.get(name);
  if (known) return known;
  const given = getEnvironmentData(`catalogue ${name}`) as unknown as Catalogue | undefined;
  const catalogue = given ?? readCatalogue(name);
  read.set(name, catalogue);
  if (!given) setEnvironmentData(`catalogue ${name}`, catalogue as never);
  return catalogue;
}

function readCatalogue(name: string): Catalogue {
  const text = textOf(name);
  const file = rowsIn(text, name) as CatalogueFile;
  const other = 'everyRowAsIn' in file ? textOf(file.everyRowAsIn) : '';
  const { everyRow, everyPayment } =
    'everyRowAsIn' in file ? (rowsIn(other, file.everyRowAsIn) as Common) : file;
  const clausesOf = (row: Row) =>
    row.unbuilt
      ? []
      : [...row.clauses, ...commonTo(row, [...(row.payment ? everyPayment : []), ...everyRow])];
  return {
    name: file.checklist,
    title: file.title,
    source: file.source,
    sha256: createHash('sha256').update(text).update(other).digest('hex'),
    rules: file.rules ?? [],
    closing: { everyRow: checkIds(everyRow), everyPayment: checkIds(everyPayment) },
    rows: file.rows.map((row) => ({ ...row, clauses: clausesOf(row) })),
  };
}

function commonTo({ without = [] }: Row, common: readonly Clause[]): Clause[] {
  const left = common.map(({ clause, checks }) => ({
    clause,
    checks: checks.filter(({ id }) => !without.includes(id)),
  }));
  return left.filter(({ checks }) => checks.length > 0);
}

/** A checklist of the kit goes by its name, any other by the path of its file. */
const textOf = (name: string): string =>
  readFileSync(name.endsWith('.yaml') ? name : fileURLToPath(rowsOf(name)), 'utf8');

const checkIds = (clauses: readonly Clause[]): string[] =>
  clauses.flatMap(({ checks }) => checks.map(({ id }) => id));

/**
 * The checks that a row is expected to be judged by. For the subject `api` the kit's own client plays the
 * till: its display and its declared answers do not count.
 */
export function expectedChecks(row: Row, subject: Subject): CheckEntry[] {
  const all = row.clauses
    .flatMap((clause) => clause.checks)
    .filter((check) => (check.subject ?? subject) === subject);
  return subject === 'api' ? all.filter(({ plane }) => plane !== 'display' && plane !== 'declared') : all;
}
