import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { temporaryFolder } from '../../record/disk/temporary.ts';

/** One run of so many rows, on the headless till, and how long it took, ms. */
export interface ScaleFigures {
  readonly rows: number;
  readonly ms: number;
  /** The memory that the process took at most: much of it is garbage that was not yet collected. */
  readonly rssMb: number;
  /** What of it was still in use at the end, the certificate included. */
  readonly liveMb: number;
  /** The run's message stream, on the disk. */
  readonly streamMb: number;
}

const run = promisify(execFile);
/** As a run is started by its users. */
const start = fileURLToPath(new URL('../../cli/start.mjs', import.meta.url));

/** Runs the checklist once and many times over in one run. Throws an `Error` when a row does not pass. */
export async function measureScale(times: readonly number[]): Promise<ScaleFigures[]> {
  const figures: ScaleFigures[] = [];
  for (const many of times) {
    const folder = temporaryFolder('bench');
    try {
      const { stdout } = await run(process.execPath, [
        ...process.execArgv,
        '--expose-gc',
        start,
        'bench/scale-process',
        String(many),
        folder,
      ]);
      figures.push(JSON.parse(stdout) as ScaleFigures);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return figures;
}
