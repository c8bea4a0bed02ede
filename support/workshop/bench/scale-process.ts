/** Runs the checklist so many times over in one run, in a process of its own, and tells what that took. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import '../../checklists/index.ts';
import { loadChecklist } from '../../checklist/index.ts';
import { loadContract } from '../../contract/index.ts';
import { builtIn, loadProfile } from '../../profile/index.ts';
import { files } from '../../record/disk/stream-file.ts';
import { runRows } from '../../run/run.ts';
import { multiplied } from './multiplied.ts';

const inMb = (bytes: number): number => Math.round(bytes / 1024 / 1024);

/** `args`: how many times over, and a folder to work in. Prints its figures as JSON; returns 1 when a row did not pass. */
export async function main([times, folder]: readonly [string, string]): Promise<number> {
  const { checklist, features } = await multiplied(Number(times), folder);
  const whole = loadChecklist(checklist);
  const started = performance.now();
  const { certificate } = await runRows({
    profile: loadProfile(builtIn.headless),
    ownTill: false,
    upstream: { kind: 'embedded' },
    rows: whole.rows,
    checklist: whole,
    contract: loadContract(),
    workers: 0,
    fast: false,
    allure: false,
    out: join(folder, 'run'),
    id: `bench-${times}`,
    say: () => {},
    features,
  });
  const ms = Math.round(performance.now() - started);
  const conforming = new Set(['passed', 'not-applicable']);
  const amiss = certificate.rows.filter(({ verdict }) => !conforming.has(verdict));
  if (amiss.length) {
    console.error(`${amiss.length} rows did not pass, first ${amiss[0]!.id}: ${amiss[0]!.verdict}`);
    return 1;
  }
  const rssMb = Math.round(process.resourceUsage().maxRSS / 1024);
  globalThis.gc!();
  const { heapUsed, external } = process.memoryUsage();
  const streamMb = inMb(statSync(join(folder, 'run', files.messages)).size);
  const liveMb = inMb(heapUsed + external);
  console.log(JSON.stringify({ rows: certificate.rows.length, ms, rssMb, liveMb, streamMb }));
  return 0;
}
