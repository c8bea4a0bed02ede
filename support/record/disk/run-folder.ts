import { existsSync, mkdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { UsageError } from '../usage-error.ts';
import { written } from './disk.ts';
import { files } from './stream-file.ts';

export const certificateFile = 'certification.json';

/** Whether a folder holds the record of a run. */
export const holdsRecord = (folder: string): boolean => existsSync(join(folder, files.messages));

/** Whether a folder holds the record of a run, or a certificate that was made of one. */
export const holdsRun = (folder: string): boolean =>
  holdsRecord(folder) || existsSync(join(folder, certificateFile));

/** What the user learns of a folder that `holdsRun`. */
export function heldAlready(folder: string): UsageError {
  const shown = relative(process.cwd(), folder) || '.';
  return new UsageError(
    'KIT-RECORD-002',
    `Expected ${shown} to hold no run yet, but it does. Give another folder as --out; what was recorded is kept.`,
  );
}

/** The folder of runs that name no other place. */
export const reports = (): string => resolve('reports');

/** The id of a run that begins now: its second. */
export const runId = (): string =>
  new Date().toISOString().replace(/[-:]/g, '').replace(/\..*/, '').replace('T', '-');

/**
 * Makes a folder among the reports that no other run has, named by the run's id. Of runs that begin in the same
 * second, in whatever processes, each gets its own: `<id>`, `<id>-2`, … Throws a `Blocked` when the disk refuses.
 */
export function takeFolder(id: string): { readonly id: string; readonly out: string } {
  written(reports(), () => mkdirSync(reports(), { recursive: true }));
  for (let number = 1; ; number++) {
    const name = number === 1 ? id : `${id}-${number}`;
    const out = join(reports(), name);
    if (written(out, () => made(out))) return { id: name, out };
  }
}

/** Makes a folder; `false` where something stands there already. */
function made(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
