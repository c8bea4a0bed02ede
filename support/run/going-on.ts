import { relative } from 'node:path';
import { type Checklist, type Leftover, loadChecklist, type Row } from '../checklist/index.ts';
import type { Contract } from '../contract/index.ts';
import { inScope } from '../judging/index.ts';
import { keepsItsChain, readStream, recordingOf, type StoredStream } from '../record/disk/stored-stream.ts';
import { monotonic } from '../record/monotonic.ts';
import {
  attemptsOf,
  type Continuation,
  differenceOf,
  type Recording,
  type StreamFold,
} from '../record/stream.ts';
import { UsageError } from '../record/usage-error.ts';
import type { Run } from '../record/vocabulary.ts';
import { judgeAgain } from '../review/judge-again.ts';
import { type Access, ask } from '../traffic/caller.ts';

/** A run that goes on in the folder of its record, after it was broken off or had ended. */
export interface GoesOn {
  readonly why: Continuation['why'];
  readonly stored: StoredStream;
  readonly recording: Recording;
  /** What is run now, of the rows that the run was begun with. */
  readonly rows: ReadonlySet<string>;
}

/**
 * The run whose record a folder holds, and what is left to run of it: `resumed` runs each row that has not come to its
 * end, `rerun` each that did not pass. Throws a `UsageError` where nothing is left, or the record is not as it was written.
 */
export function goingOn(folder: string, why: GoesOn['why'], contract: Contract): GoesOn {
  const stored = readStream(folder);
  const shown = relative(process.cwd(), folder) || '.';
  if (!keepsItsChain(stored) || stored.carried.length)
    throw new UsageError(
      'KIT-RESUME-001',
      `Expected ${shown} to hold the record as the run wrote it, but it was changed since. Begin a new run; npm run certify -- verify ${shown} names what was changed.`,
    );
  const recording = recordingOf(stored);
  const open = new Set(why === 'resumed' ? notEnded(recording) : notPassed(stored, contract));
  const scope = inScope(loadChecklist(recording.run.checklist.name).rows, recording.run);
  const rows = new Set(scope.map(({ id }) => id).filter((id) => open.has(id)));
  if (!rows.size && (why === 'rerun' || recording.finishedAt !== null))
    throw new UsageError(
      'KIT-RESUME-002',
      why === 'rerun'
        ? `Expected ${shown} to hold a row that did not pass, but there is none. Nothing needs to be run again.`
        : `Expected ${shown} to hold a run that was broken off, but that run has ended. --rerun-failed ${shown} runs what did not pass.`,
    );
  return { why, stored, recording, rows };
}

const notEnded = ({ run, rows }: Recording): string[] =>
  run.selection.filter((id) => (rows.get(id)?.finishedAt ?? null) === null);

const passed: ReadonlySet<string> = new Set(['passed', 'warning', 'not-applicable']);

const notPassed = (stored: StoredStream, contract: Contract): string[] =>
  judgeAgain([stored], contract).certificate.rows.flatMap(({ id, verdict }) =>
    passed.has(verdict) ? [] : [id],
  );

/** Throws a `UsageError` where a run that goes on would be another than the one that began: of another POS, kit or upstream. */
export function refuseAnother({ recording: { run } }: GoesOn, now: Run): void {
  const differing = differenceOf(run, now);
  if (differing === undefined) return;
  throw new UsageError(
    'KIT-RESUME-003',
    `Expected the run ${run.id} to go on as it began, but its \`${differing}\` is another now. Begin a new run, or go on with what it began with.`,
  );
}

/** Gives a fold what was recorded before. */
export function takeBefore({ stored }: GoesOn, fold: StreamFold): void {
  for (const { envelope } of stored.lines) fold.take(envelope!);
}

/** What the record says of a run that goes on now. */
export const continuationOf = ({ why, rows, recording }: GoesOn): Continuation => ({
  why,
  at: new Date().toISOString(),
  monotonic: monotonic(),
  rows: [...rows].filter((id) => recording.rows.get(id)),
});

/** Ends what a run had left open on an account when it was broken off. Returns what could not be ended. It never throws. */
export async function endBefore(
  { recording }: GoesOn,
  { leftovers }: Checklist,
  access: Access,
): Promise<readonly Leftover[]> {
  const ledger = leftovers?.ledger();
  if (!leftovers || !ledger) return [];
  for (const [, row] of recording.rows)
    for (const { finishedAt, observations } of attemptsOf(row))
      if (finishedAt === null)
        for (const one of observations) if (one.kind === 'exchange') ledger.note(one.exchange);
  return leftovers.endAll((method, path, body) => ask(access, method, path, body), ledger.open);
}

/** The rows of a run that goes on, in their order: all that it was begun with. */
export const rowsOf = ({ recording }: GoesOn, { rows }: Checklist): Row[] =>
  rows.filter(({ id }) => recording.run.selection.includes(id));
