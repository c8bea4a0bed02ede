import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Catalogue, WrongSubject } from '../../checklist/index.ts';
import { launchBrowser } from '../../run/browser.ts';
import { awaitInterruption } from '../../run/interruption.ts';
import {
  type Bench,
  Interrupted,
  isSeen,
  type Outcome,
  type Part,
  type Proof,
  partsOf,
  proofOf,
} from './proof.ts';

/** A part that a process of the pool is asked to run, by the names of what it is made of. */
export interface Task extends Pick<Bench, 'out' | 'browserEndpoint'> {
  readonly mutant: string;
  readonly checklist: string;
  readonly rows: readonly string[];
  readonly name: string;
}

/** What comes of it; `memory` is what the process then holds, in bytes. */
export type Answer = { readonly outcome: Outcome; readonly memory: number } | { readonly error: string };

/** A process that holds more, in bytes, is replaced: what its runs leave behind is never given back. */
const mostMemory = 600 * 1024 * 1024;

/** A browser works where the other tills wait: with more of them side by side the machine is too slow to judge by. */
const mostInBrowser = 3;

const program = fileURLToPath(new URL('./proof-process.ts', import.meta.url));

/**
 * Runs a gallery in so many processes side by side, for most of a run is waiting. All tills that need one share a browser.
 * Returns the proofs in the order of the gallery; `onProof` is called with each as it comes.
 * Throws an `Interrupted` when a signal ends it, a `UsageError` when there is no browser, and an `Error` when
 * a run breaks. No process outlives it.
 */
export async function proveAll(
  gallery: readonly WrongSubject[],
  {
    catalogues,
    allRows,
    out,
    processes,
    onProof = () => {},
  }: {
    readonly catalogues: readonly Catalogue[];
    /** Whole checklists, in place of the rows that the entries name. */
    readonly allRows: boolean;
    readonly out: string;
    readonly processes: number;
    readonly onProof?: (proof: Proof) => void;
  },
): Promise<Proof[]> {
  const interruption = awaitInterruption();
  const browser = gallery.some(isSeen) ? await launchBrowser(() => {}) : null;
  const browserEndpoint = browser?.wsEndpoint() ?? null;
  const parts = gallery.map((mutant) => partsOf(mutant, catalogues, allRows));
  const queue = longestFirst(parts.flat());
  const outcomes = new Map<Part, Outcome>();
  const proofs = new Map<WrongSubject, Proof>();
  const running = new Set<ChildProcess>();
  const done = (part: Part, outcome: Outcome): void => {
    outcomes.set(part, outcome);
    const { mutant } = part;
    const all = parts[gallery.indexOf(mutant)]!.map((one) => outcomes.get(one));
    if (!all.every((one) => one !== undefined)) return;
    const proof = proofOf(mutant, all);
    proofs.set(mutant, proof);
    onProof(proof);
  };
  let inBrowser = 0;
  /**
   * The next part that may begin; none, where those that are left wait for the browser. A process that has just started
   * compiles as it goes along, and stands still over that: it begins with an upstream, on which no clock is judged.
   */
  const next = (isFresh: boolean): Part | undefined => {
    const easy = isFresh ? queue.findLastIndex(({ mutant }) => !mutant.till) : -1;
    const first = queue.findIndex(({ mutant }) => inBrowser < mostInBrowser || !isSeen(mutant));
    const place = easy < 0 ? first : easy;
    const [part] = place < 0 ? [] : queue.splice(place, 1);
    if (part && isSeen(part.mutant)) inBrowser++;
    return part;
  };
  const work = async (): Promise<void> => {
    let child: ChildProcess | null = null;
    for (let part = next(true); part; part = next(child === null)) {
      child ??= started(running);
      const { mutant, catalogue, rows, name } = part;
      const answer = await asked(child, {
        mutant: mutant.id,
        checklist: catalogue.name,
        rows: rows.map(({ id }) => id),
        name,
        out,
        browserEndpoint,
      });
      if (isSeen(mutant)) inBrowser--;
      if ('error' in answer) throw new Error(`${mutant.id} could not be run: ${answer.error}`);
      done(part, answer.outcome);
      if (answer.memory > mostMemory) {
        child.disconnect();
        child = null;
      }
    }
    child?.disconnect();
  };
  try {
    const all = Promise.all(Array.from({ length: Math.min(processes, queue.length) }, work));
    const signal = await Promise.race([all.then(() => null), interruption.signal]);
    if (signal) throw new Interrupted(signal);
    return gallery.map((mutant) => proofs.get(mutant)!);
  } finally {
    queue.length = 0;
    interruption.ignore();
    await Promise.all([...running].map(ended));
    await browser?.close();
  }
}

/** The ones that wait for real first, then those in a browser, then by the number of rows; upstreams, which take no time, last. */
function longestFirst(parts: readonly Part[]): Part[] {
  const weight = ({ mutant, rows }: Part): number => {
    const { till, realTime, getsStuck } = mutant;
    return till
      ? 1 + rows.length + (realTime ? 200 : 0) + (isSeen(mutant) ? 100 : 0) + (getsStuck ? 10 : 0)
      : 0;
  };
  return parts.toSorted((one, other) => weight(other) - weight(one));
}

function started(running: Set<ChildProcess>): ChildProcess {
  const child = fork(program, { serialization: 'advanced' });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Hands over a task and waits for its answer. Throws when the process ends before. */
function asked(child: ChildProcess, task: Task): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const lost = (code: number | null, signal: string | null) =>
      reject(new Error(`The process that ran ${task.mutant} ended with ${signal ?? code}`));
    child.once('exit', lost);
    child.once('message', (answer: Answer) => {
      child.off('exit', lost);
      resolve(answer);
    });
    child.send(task);
  });
}

/** Asked to end, a process first closes what its run has opened; it is waited for, and not for ever. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  if (!child.connected) return exit;
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 5000);
  await exit;
  clearTimeout(late);
}
