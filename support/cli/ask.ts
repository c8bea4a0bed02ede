import { relative, resolve } from 'node:path';
import '../checklists/index.ts';
import { readStream } from '../record/disk/stored-stream.ts';
import { judgeAgain } from '../review/judge-again.ts';
import { ask, requestLine, requestsFile } from '../review/requests.ts';
import { contractFrom } from '../run/contract.ts';
import { runCommand } from '../run/run-command.ts';
import { say } from '../run/terminal.ts';
import { kitCommand } from './command.ts';
import { refuseWhatNpmKept } from './kept-by-npm.ts';

interface Flags {
  readonly row: string;
  readonly by: string;
  readonly reason?: string;
  readonly waiver?: string;
  readonly contract?: string;
}

/**
 * `npm run certify -- ask DIR`: the partner asks the reviewer to waive a row that failed, or comments on a row, before the
 * run is sealed. Returns the exit code: 0, or 2 when it was called wrongly.
 */
export async function main(args: readonly string[]): Promise<number> {
  const command = kitCommand('certify ask')
    .description('Asks the reviewer for a waiver, or comments on a row; certify seal packs that with the run')
    .argument('<dir...>', 'the folder of the run, or those of its shards')
    .requiredOption('--row <id>', 'which row')
    .requiredOption('--by <name>', 'who asks')
    .requiredOption('--reason <text>', 'why a waiver is asked for; without --waiver, a comment on the row')
    .option(
      '--waiver <last day>',
      'asks to waive the failed row; the last day on which that counts: 2027-03-31',
    )
    .option('--contract <file>', 'the description that the run was judged by, if not the kit’s own');
  return runCommand(async () => {
    refuseWhatNpmKept(command, args);
    command.parse([...args], { from: 'user' });
    const { row, by, reason = '', waiver, contract } = command.opts<Flags>();
    const folders = command.args.map((folder) => resolve(folder));
    const { certificate } = judgeAgain(folders.map(readStream), contractFrom(contract));
    const request = {
      row,
      text: reason.trim(),
      by: by.trim(),
      at: new Date().toISOString(),
      ...(waiver === undefined ? {} : { lastDay: waiver }),
    };
    ask(folders[0]!, request, certificate);
    say(`Noted in ${relative(process.cwd(), resolve(folders[0]!, requestsFile))}: ${requestLine(request)}`);
    say('Seal the run now, or again: npm run certify -- seal DIR');
    return 0;
  });
}
