/**
 * Which rows run beside which, while a run goes on. The command line tool says what is known before it starts; the
 * runner's coordinator, which lives in the same thread, asks before it gives a row to a worker.
 */
export interface Plan {
  /** Rows that really wait: they begin first, and leave the machine to the others meanwhile. */
  readonly waiting: readonly string[];
  /** Rows that begin when all others have: the POS is set up anew for them. */
  readonly last: readonly string[];
  /** All rows of the run. */
  readonly rows: readonly string[];
  /**
   * The ends of the TIDs at which each row is served, where all rows share the card machines of one account. Two
   * rows with one in common never run at the same time.
   */
  readonly machines: ReadonlyMap<string, readonly string[]>;
  /** As many rows may run side by side at most, and as many at the beginning. */
  readonly most: number;
  readonly first: number;
}

let plan: Plan = { waiting: [], last: [], rows: [], machines: new Map(), most: 0, first: 0 };
const toBegin = new Set<string>();
const beforeLast = new Set<string>();
let limit = 0;

/** Begins a run. */
export function schedule(next: Plan): void {
  plan = next;
  toBegin.clear();
  for (const row of next.waiting) toBegin.add(row);
  beforeLast.clear();
  if (next.last.length) for (const row of next.rows) if (!next.last.includes(row)) beforeLast.add(row);
  limit = Math.min(next.first, next.most);
}

/** Whether a row may begin beside those that are running; asked of one that may, it is taken to have begun. */
export function mayBegin(row: string, running: readonly string[]): boolean {
  const inUse = new Set(running.flatMap((other) => plan.machines.get(other) ?? []));
  if (plan.machines.get(row)?.some((machine) => inUse.has(machine))) return false;
  if (plan.last.includes(row) && beforeLast.size > 0) return false;
  const may =
    toBegin.delete(row) ||
    (toBegin.size === 0 &&
      running.filter((other) => !plan.waiting.includes(other)).length < Math.max(1, limit));
  if (may) beforeLast.delete(row);
  return may;
}

/** A page that answers within this leaves the machine room for one more row, in ms. */
const easy = 150;

/** A page that takes this long shows that the machine carries too many rows, in ms. */
const hard = 600;

/** A row has ended, whose page took so long to answer, in ms: the machine carries more rows side by side, or fewer. */
export function paced(ms: number): void {
  if (ms < easy) limit = Math.min(plan.most, limit + 1);
  if (ms > hard) limit = Math.max(1, limit - 1);
}

/** Tells every worker of a run to start no further row. */
export const stopChannel = 'dojo-conformance-stop';

/** By this the workers tell how long their pages took to answer, in ms. */
export const paceChannel = 'dojo-conformance-pace';
