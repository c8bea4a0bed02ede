import { writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import '../checklists/index.ts';
import { config } from 'dotenv';
import { written } from '../record/disk/disk.ts';
import { UsageError } from '../record/usage-error.ts';
import { alarmLine, KeyStore, type Settled, seal, shortId } from '../review/bundle/index.ts';
import { contractFrom } from '../run/contract.ts';
import { secretsOf } from '../run/environment.ts';
import { kit } from '../run/kit.ts';
import { runCommand } from '../run/run-command.ts';
import { complain, say } from '../run/terminal.ts';
import { kitCommand } from './command.ts';
import { refuseWhatNpmKept } from './kept-by-npm.ts';

interface Flags {
  contract?: string;
  out?: string;
  settle: string[];
  reason?: string;
  by?: string;
}

/**
 * `npm run certify -- seal DIR…`: packs a run into one signed file for its reviewer. Returns the exit code: 0 when it is
 * made, 1 when a secret seems to be in it, 2 when it was called wrongly or the run was edited.
 */
export async function main(args: readonly string[]): Promise<number> {
  const command = kitCommand('certify seal')
    .description('Packs a run into one signed file (a bundle) for its reviewer')
    .argument('<dir...>', 'the folder of the run, or those of its shards')
    .option('--contract <file>', 'the description that the run was judged by, if not the kit’s own')
    .option('--out <file>', 'the bundle; <run id>.dojo.zip in the first folder by default')
    .option(
      '--settle <code>',
      'this alarm of the search for secrets is false; wants --reason and --by',
      code,
      [],
    )
    .option('--reason <text>', 'why the alarms that --settle names are false; recorded in the bundle')
    .option('--by <name>', 'who says so');
  return runCommand(async () => {
    refuseWhatNpmKept(command, args);
    command.parse([...args], { from: 'user' });
    config({ quiet: true });
    const flags = command.opts<Flags>();
    const folders = command.args.map((folder) => resolve(folder));
    const signer = new KeyStore().signer('partner');
    const sealed = seal({
      folders,
      out: folders[0]!,
      contract: contractFrom(flags.contract),
      kit: kit(),
      signer,
      known: secretsOf(process.env),
      settled: settledBy(flags),
    });
    if ('alarms' in sealed) {
      for (const alarm of sealed.alarms.slice(0, 20)) complain(alarmLine(alarm));
      if (sealed.alarms.length > 20) complain(`And ${sealed.alarms.length - 20} more like these.`);
      complain(
        'No bundle was made, because it would leave this machine with what seems to be a secret in it. Run again after ' +
          'the POS no longer shows or sends it; if an alarm is false, settle it: --settle CODE --reason "…" --by "Your name".',
      );
      return 1;
    }
    const file = flags.out === undefined ? join(folders[0]!, sealed.name) : resolve(flags.out);
    written(file, () => writeFileSync(file, sealed.bundle));
    say(
      `Sealed with the key ${shortId(signer.identity.id)} of ${signer.identity.name}: ${relative(process.cwd(), file)} (${(sealed.bundle.length / 2 ** 20).toFixed(1)} MB).`,
    );
    say('Send it to your reviewer, who looks at it with: npm run certify -- verify FILE');
    return 0;
  });
}

function code(text: string, before: readonly string[]): string[] {
  if (!/^[0-9a-f]{12}$/.test(text)) throw new InvalidArgumentError('Expected the 12 digits before an alarm.');
  return [...before, text];
}

function settledBy({ settle, reason, by }: Flags): Settled[] {
  if (settle.length && (!reason?.trim() || !by?.trim()))
    throw new UsageError(
      'KIT-SEAL-003',
      'Expected --reason and --by beside --settle: the bundle records who says why an alarm is false.',
    );
  const at = new Date().toISOString();
  return settle.map((alarm) => ({ alarm, reason: reason!.trim(), by: by!.trim(), at }));
}
