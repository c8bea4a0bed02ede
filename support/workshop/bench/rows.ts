import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { loadCatalogue } from '../../checklist/index.ts';

/** How long the whole checklist takes, ms. */
export interface RowsFigures {
  readonly count: number;
  readonly headlessMs: number;
  readonly browserMs: number;
  readonly browserFastMs: number;
}

const start = fileURLToPath(new URL('../../cli/start.mjs', import.meta.url));

/** Runs the checklist as a user does, on each till. Throws an `Error` when a run does not come out whole. */
export async function measureRows(folder: string, say: (line: string) => void): Promise<RowsFigures> {
  return {
    count: loadCatalogue().rows.length,
    headlessMs: await certified(folder, 'headless', ['--pos', 'headless'], say),
    browserFastMs: await certified(folder, 'browser-fast', ['--fast'], say),
    browserMs: await certified(folder, 'browser', [], say),
  };
}

async function certified(
  folder: string,
  name: string,
  flags: readonly string[],
  say: (line: string) => void,
): Promise<number> {
  say(`Running the checklist: ${name} …`);
  const started = performance.now();
  const args = [...process.execArgv, start, 'certify', ...flags, '--no-allure', '--out', join(folder, name)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`certify ${flags.join(' ')} ended with ${code}: its time says nothing`);
  return Math.round(performance.now() - started);
}
