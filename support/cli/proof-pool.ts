import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Mutant } from '../../fixtures/mutants/index.ts';
import { launchBrowser } from './browser.ts';
import { awaitInterruption } from './interruption.ts';
import { type Bench, Interrupted, kindOf, type Proof } from './proof.ts';

/** What a process of the pool is asked to do. */
export interface Task extends Pick<Bench, 'allRows' | 'out' | 'browserEndpoint'> {
  readonly id: string;
}

/** What comes of it; `memory` is what the process then holds, in bytes. */
export type Answer =
  | { readonly proof: Omit<Proof, 'mutant'>; readonly memory: number }
  | { readonly error: string };

/** A process that holds more, in bytes, is replaced: what its runs leave behind is never given back. */
const mostMemory = 600 * 1024 * 1024;

const program = fileURLToPath(new URL('./proof-process.ts', import.meta.url));

/**
 * Runs each mutant in one of so many processes side by side, for most of a run is waiting. All tills share one
 * browser. Returns the proofs in the order of the gallery; `onProof` is told of each as it comes.
 * Throws an `Interrupted` when a signal ends it, a `UsageError` when there is no browser, and an `Error` when
 * a run breaks. No process outlives it.
 */
export async function proveAll(
  gallery: readonly Mutant[],
  {
    processes,
    onProof = () => {},
    ...bench
  }: Pick<Bench, 'allRows' | 'out'> & { processes: number; onProof?: (proof: Proof) => void },
): Promise<Proof[]> {
  const interruption = awaitInterruption();
  const browser = gallery.some((one) => kindOf(one) === 'till') ? await launchBrowser(() => {}) : null;
  const queue = longestFirst(gallery);
  const proofs = new Map<Mutant, Proof>();
  const running = new Set<ChildProcess>();
  const work = async (): Promise<void> => {
    let child: ChildProcess | null = null;
    for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
      child ??= started(running);
      const task: Task = { ...bench, id: mutant.id, browserEndpoint: browser?.wsEndpoint() ?? null };
      const answer = await asked(child, task);
      if ('error' in answer) throw new Error(`${mutant.id} could not be run: ${answer.error}`);
      const proof = { ...answer.proof, mutant };
      proofs.set(mutant, proof);
      onProof(proof);
      if (answer.memory > mostMemory) {
        child.disconnect();
        child = null;
      }
    }
    child?.disconnect();
  };
  try {
    const all = Promise.all(Array.from({ length: Math.min(processes, gallery.length) }, work));
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

/** The ones that wait for real first, then by the number of rows; upstreams, which take no time, last. */
function longestFirst(gallery: readonly Mutant[]): Mutant[] {
  const weight = ({ till, realTime, getsStuck, kills }: Mutant): number =>
    (realTime ? 100 : 0) + (getsStuck ? 20 : 0) + (till ? 10 + new Set(kills.map(({ row }) => row)).size : 0);
  return gallery.toSorted((one, other) => weight(other) - weight(one));
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
      reject(new Error(`The process that ran ${task.id} ended with ${signal ?? code}`));
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
