import { resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import '../checklists/index.ts';
import { merge } from '../nightly/disk/merge.ts';
import { certifyPart } from '../nightly/disk/part.ts';
import { type TellFlags, tell } from '../nightly/disk/tell.ts';
import { keepWithheld, secretsWithheld } from '../nightly/disk/withheld.ts';
import { runCommand } from '../run/run-command.ts';
import { certifyOptions } from './certify.ts';
import { kitCommand } from './command.ts';
import { refuseWhatNpmKept } from './kept-by-npm.ts';
import { optionWords } from './option-words.ts';

interface CertifyFlags {
  readonly out: string;
  readonly shard?: string;
  readonly options: string;
}

function nights(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 14)
    throw new InvalidArgumentError('Expected a whole number from 1 to 14.');
  return number;
}

/**
 * `npm run nightly`: the steps of a CI job around `certify`. Each verb returns an exit code: `certify` 0 when the rows
 * came to their end, `merge` 0 when there is nothing wrong with the streams, `tell` that of the run or the night.
 */
export async function main(args: readonly string[]): Promise<number> {
  let code = 0;
  const program = kitCommand('nightly').description(
    'The steps of a CI job around certify; docs/nightly.md shows them at work',
  );
  program
    .command('certify')
    .description('runs certify, and ends with 0 when every row ended, whatever its verdict')
    .argument('[options...]', 'after --, the options of certify')
    .requiredOption('--out <dir>', 'where to write')
    .option('--shard <i/n>', 'only this part of the rows')
    .option(
      '--options <line>',
      'further options of certify in one text, with quotes where they hold blanks',
      '',
    )
    .action(async (own: string[], { out, shard, options: line }: CertifyFlags) => {
      const options = [...own, ...optionWords(line)];
      if (secretsWithheld(options)) return keepWithheld(resolve(out));
      code = await certifyPart(options, { out: resolve(out), shard: shard ?? null });
    });
  program
    .command('merge')
    .description('makes one certificate of the shards that lie in a folder; tell names what is missing')
    .argument('<dir>', 'the folder of the shards')
    .requiredOption('--out <dir>', 'where to write')
    .action(async (folder: string, { out }: { out: string }) => {
      code = await merge(resolve(folder), resolve(out));
    });
  program
    .command('tell')
    .description('writes the summary of the job, and ends with the exit code that the run asks for')
    .argument('<dir>', 'the folder of the run')
    .option('--watch <name>', 'compare with the last night of this name, and keep an issue with this label')
    .option('--known <file>', 'a file of known failures: a row that fails in them alone is as expected')
    .option(
      '--alarm <nights>',
      'the issue is opened when a row was red in this number of the last 14 nights',
      nights,
      1,
    )
    .option('--certificate <url>', 'where to download the certificate')
    .option('--kit <owner/repo@ref>', 'the repository of the kit, whose pages are linked')
    .action(async (folder: string, flags: TellFlags) => {
      code = await tell(resolve(folder), flags);
    });
  return runCommand(async () => {
    refuseWhatNpmKept(program, args, args[0] === 'certify' ? certifyOptions() : []);
    await program.parseAsync([...args], { from: 'user' });
    return code;
  });
}
