import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Option } from 'commander';
import '../checklists/index.ts';
import { type Checklist, checklists, loadChecklist, type Row } from '../checklist/index.ts';
import { builtIn, loadProfile, ownProfiles } from '../profile/index.ts';
import { runId, takeFolder } from '../record/disk/run-folder.ts';
import { UsageError } from '../record/usage-error.ts';
import { contractFrom } from '../run/contract.ts';
import { exitCodeOf, findingsOf } from '../run/progress.ts';
import { runRows } from '../run/run.ts';
import { runCommand } from '../run/run-command.ts';
import { complain, say } from '../run/terminal.ts';
import { kitCommand } from './command.ts';
import { refuseWhatNpmKept } from './kept-by-npm.ts';

/**
 * `npm run row PAC-SALE-05`: runs one row on a POS of the kit's own, fast, against the simulator, and prints each of its
 * findings. Exit codes are those of `certify`.
 */
export async function main(args: readonly string[]): Promise<number> {
  const command = kitCommand('row')
    .description('Runs one row on the reference POS, against the simulator, and prints its findings')
    .argument('[id]', 'the row, such as PAC-SALE-05')
    .addOption(
      new Option(
        '--pos <pos>',
        'headless and reference-http take half the time; of those, the first has no display and the other reports it',
      )
        .choices(Object.keys(builtIn))
        .default('reference'),
    );
  return runCommand(async () => {
    refuseWhatNpmKept(command, args);
    command.parse([...args], { from: 'user' });
    const { checklist, row } = rowNamed(command.args[0]);
    const { id, out } = takeFolder(runId());
    const { certificate, said } = await runRows({
      profile: loadProfile(ownProfiles(checklist.name)[command.opts<{ pos: keyof typeof builtIn }>().pos]),
      ownTill: true,
      upstream: { kind: 'embedded' },
      rows: [row],
      checklist,
      contract: contractFrom(undefined),
      workers: 0,
      fast: true,
      allure: false,
      out,
      id,
      say: () => {},
    });
    if (said.trim()) complain(said.trim());
    for (const one of certificate.rows) say(findingsOf(one));
    say(`Report: ${pathToFileURL(join(out, 'certification.html')).href}`);
    return exitCodeOf(certificate);
  });
}

/** A row of any checklist. Throws a `UsageError` where the id is missing or no checklist has it. */
function rowNamed(id: string | undefined): { checklist: Checklist; row: Row } {
  for (const name of id === undefined ? [] : checklists) {
    const checklist = loadChecklist(name);
    const row = checklist.rows.find((one) => one.id === id);
    if (row) return { checklist, row };
  }
  throw new UsageError(
    'KIT-ROW-004',
    `Expected the id of a row, but ${id === undefined ? 'there is none' : `no checklist of the kit has a row "${id}"`}. ` +
      'docs/rows.md lists the rows; type, for example: npm run row PAC-SALE-05',
  );
}
