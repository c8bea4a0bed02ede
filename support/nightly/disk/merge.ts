import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadContract } from '../../contract/index.ts';
import { certificateFile } from '../../record/disk/run-folder.ts';
import { reportAgain } from '../../run/report-again.ts';
import { runCommand } from '../../run/run-command.ts';
import { complain, say } from '../../run/terminal.ts';
import { clearNight, leftOut, partsOf, shardsIn, writeParts } from './part.ts';

/**
 * Verdicts are left to `tell`: this fails only where a stream can't be put together with the others, or nothing can be
 * written. What can be read is merged all the same, and `tell` names the rest.
 */
export async function merge(folder: string, out: string): Promise<number> {
  clearNight(out);
  const shards = shardsIn(folder, out);
  const left = leftOut(shards);
  for (const [shard, why] of left) complain(`${shard} is left out: ${why}`);
  writeParts(
    out,
    shards.flatMap((shard) => partsOf(shard, left)),
  );
  const merged = shards.filter((shard) => shard.recorded && !left.has(shard.folder));
  if (!merged.length) {
    say('No shard left a record that can be read: nothing is merged, and nothing was judged.');
    return left.size ? 2 : 0;
  }
  const folders = merged.map((shard) => shard.folder);
  const code = await runCommand(() => reportAgain(folders, { contract: loadContract(), out, allure: false }));
  if (left.size || code === 2) return 2;
  return existsSync(join(out, certificateFile)) ? 0 : code || 3;
}
