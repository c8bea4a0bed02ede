import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Other machines, such as containers, may share the folder for temporary files; they have processes of their own. */
const here = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
const NAME = new RegExp(`^dojo-conformance-${here}-(\\d+)-(\\d+)-`);
/** A process is seen to start so much later than it does at the most, in ms. */
const LATE = 5_000;

/**
 * Makes a folder for what must not outlive this process, such as a till's settings with its API key. Whoever makes it
 * removes it; what a process that was killed could not remove goes with `sweepTemporary`.
 */
export function temporaryFolder(what: string): string {
  const started = Math.round(performance.timeOrigin);
  return mkdtempSync(join(tmpdir(), `dojo-conformance-${here}-${process.pid}-${started}-${what}-`));
}

const atExit: string[] = [];

/** The same for what is read again as long as this process runs: it is removed when the process ends. */
export function folderUntilExit(what: string): string {
  if (!atExit.length)
    process.once('exit', () => {
      for (const one of atExit) rmSync(one, { recursive: true, force: true });
    });
  const folder = temporaryFolder(what);
  atExit.push(folder);
  return folder;
}

/** Removes the temporary folders of processes that are gone. What can't be removed is somebody else's, and stays. */
export function sweepTemporary(): void {
  for (const name of readdirSync(tmpdir())) {
    const [, pid, started] = NAME.exec(name) ?? [];
    if (!pid || isRunning(Number(pid), Number(started))) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {}
  }
}

/** Whether the process of this number is still the one that started then (ms since 1970), where that can be known. */
function isRunning(pid: number, started: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  try {
    return statSync(`/proc/${pid}`).ctimeMs < started + LATE;
  } catch {
    return true;
  }
}
