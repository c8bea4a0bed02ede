import type { Check, Scene } from '../checklist/check.ts';
import type { Checklist, Provoked, Row } from '../checklist/index.ts';
import { type Evidence, isRequest } from '../record/evidence.ts';
import type { Exchange, Run, Violation } from '../record/vocabulary.ts';

/** What a judgement rests on besides the row's own record. */
export interface Bench {
  readonly run: Run;
  /** The checks of the checklist by their ids, and what they ask their questions of. */
  readonly checks: ReadonlyMap<string, Check>;
  readonly view: (evidence: Evidence) => Evidence;
  readonly violations: (exchange: Exchange) => readonly Violation[];
  /** What was sent in each row of the run. */
  readonly everyRow: Scene['everyRow'];
  /** True of a capability that the checklist calls optional. */
  readonly optional: (capability: string) => boolean;
  /** True when the row provokes this refusal on purpose; `cause` is what the answer says. */
  readonly provoked: (row: string, exchange: Exchange, cause: string) => boolean;
}

/** The capabilities that a row depends on. */
export const capabilitiesOf = (row: Row): string[] => row.capability?.split('+') ?? [];

/**
 * The rows that a run may drive a subject through. One whose capability its profile does not declare is judged without
 * being run: the kit must not make a POS use it.
 */
export const inScope = (rows: readonly Row[], { pos }: Pick<Run, 'pos'>): Row[] =>
  rows.filter((row) => !row.unbuilt && !capabilitiesOf(row).some((name) => pos.undeclared.includes(name)));

/** What of a judgement differs between a row that is still going on and the record of a run. */
type Known = Pick<Bench, 'run' | 'violations' | 'everyRow'>;

/** What the rows of a checklist are judged with, while they go on and afterwards. */
export const benchOf = ({ checks, view, rows, optional }: Checklist, known: Known): Bench => ({
  ...known,
  checks,
  view,
  // A row of its own that no certification needs makes its capability optional, too.
  optional: (capability) =>
    optional.has(capability) ||
    rows.some((row) => row.level !== 'mandatory' && capabilitiesOf(row).includes(capability)),
  provoked: (id, exchange, cause) =>
    rows.some((row) => row.id === id && row.provokes?.some((one) => provokes(one, exchange, cause))),
});

/** What a check may look at that was asked for at that time, in a row whose evidence is `whole`. */
export function sceneAt(bench: Bench, whole: Evidence, time = Number.POSITIVE_INFINITY): Scene {
  const { run, view, everyRow, violations, provoked } = bench;
  const evidence = time === Number.POSITIVE_INFINITY ? whole : view(whole.upTo(time));
  return { evidence, whole, run, everyRow, violations, provoked };
}

/** Whether an exchange is the refusal that a row provokes: its method, path, status and cause. */
function provokes({ request, status, because }: Provoked, exchange: Exchange, cause: string): boolean {
  return isRequest(exchange, request) && exchange.response?.status === status && cause.includes(because);
}
