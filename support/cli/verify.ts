import { basename, relative, resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import '../checklists/index.ts';
import { carriedLine } from '../record/disk/carried.ts';
import { certifiesItself, type Examined, examine } from '../review/verify.ts';
import { contractFrom } from '../run/contract.ts';
import { kit } from '../run/kit.ts';
import { runCommand } from '../run/run-command.ts';
import { complain, say } from '../run/terminal.ts';
import { kitCommand } from './command.ts';
import { refuseWhatNpmKept } from './kept-by-npm.ts';

interface Flags {
  head: string[];
  contract?: string;
  out?: string;
}

/**
 * `npm run certify -- verify DIR…`: looks whether anything of a run was edited since it was recorded, and names
 * it. Returns the exit code: 0 when all holds, 1 when something was edited, 2 when it was called wrongly.
 */
export async function main(args: readonly string[]): Promise<number> {
  const command = kitCommand('certify verify')
    .description('Looks whether the record of a run or its certificate was edited, and names what was')
    .argument('<dir...>', 'the folder of the run, or those of its shards')
    .option('--head <hash>', 'the head that was printed at the end of the run; once for each shard', head, [])
    .option(
      '--contract <file>',
      'the OpenAPI 3.0 description that the run was judged by, if not the kit’s own',
    )
    .option('--out <dir>', 'where the certificate is; the first folder by default');
  return runCommand(async () => {
    refuseWhatNpmKept(command, args);
    command.parse([...args], { from: 'user' });
    const { head: heads, contract, out } = command.opts<Flags>();
    const folders = runFolders(command.args);
    const judgedBy = contractFrom(contract);
    const together =
      out !== undefined || heads.length > 0 || folders.length === 1 || !folders.every(certifiesItself);
    const runs = together ? [folders] : folders.map((folder) => [folder]);
    const codes = runs.map((run) => {
      if (runs.length > 1) say(`${relative(process.cwd(), run[0]!) || '.'}:`);
      return told(examine(run, { heads, contract: judgedBy, out: resolve(out ?? run[0]!), kit: kit() }));
    });
    return Math.max(...codes);
  });
}

/** The folders among some paths: the list of all runs, which lies beside them, is passed over. */
function runFolders(paths: readonly string[]): string[] {
  const folders = paths.filter((path) => paths.length === 1 || basename(path) !== 'index.html');
  return folders.map((folder) => resolve(folder));
}

/** Says what a look at a run came to. Returns the exit code. */
function told({ edits, carried, notes, verdict }: Examined): number {
  for (const note of notes) say(note);
  for (const edit of edits) complain(edit);
  if (carried.length) complain(`${carriedLine(carried)}${edits.length ? '' : ' Nothing else was changed.'}`);
  else if (!edits.length) say(verdict);
  if (edits.length)
    complain(
      'This is not what the run left behind: take the files again from where they were first kept, or run again.',
    );
  return edits.length || carried.length ? 1 : 0;
}

function head(text: string, before: readonly string[]): string[] {
  if (!/^[0-9a-f]{64}$/i.test(text))
    throw new InvalidArgumentError('Expected the 64 hexadecimal digits that were printed after "head".');
  return [...before, text.toLowerCase()];
}
