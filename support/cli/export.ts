import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Option } from 'commander';
import '../checklists/index.ts';
import { written } from '../record/disk/disk.ts';
import { readStream } from '../record/disk/stored-stream.ts';
import { UsageError } from '../record/usage-error.ts';
import { visibleOnPage } from '../record/visible.ts';
import { renderCsv, renderCurl, renderHar, renderJunit, renderRowMarkdown } from '../report/export/index.ts';
import { judgeAgain } from '../review/judge-again.ts';
import { contractFrom } from '../run/contract.ts';
import { runCommand } from '../run/run-command.ts';
import { kitCommand } from './command.ts';
import { refuseWhatNpmKept } from './kept-by-npm.ts';

const ofRun = ['csv', 'junit'] as const;
const ofRow = ['har', 'curl', 'markdown'] as const;

type Form = (typeof ofRun)[number] | (typeof ofRow)[number];

/**
 * `npm run certify -- export DIR…`: writes a run, or a row of it, in a form that other tools read. Returns the exit code: 0,
 * or 2 when it was called wrongly.
 */
export async function main(args: readonly string[]): Promise<number> {
  const command = kitCommand('certify export')
    .description('Writes a run, or one row of it, in a form that other tools read')
    .argument('<dir...>', 'the folder of the run, or those of its shards')
    .addOption(
      new Option('--as <form>', 'csv and junit hold the run; har, curl and markdown one row')
        .choices([...ofRun, ...ofRow])
        .makeOptionMandatory(),
    )
    .option('--row <id>', 'the row, for har, curl and markdown')
    .option('--contract <file>', 'the description that the run was judged by, if not the kit’s own')
    .option('--out <file>', 'the file to write; the terminal by default');
  return runCommand(async () => {
    refuseWhatNpmKept(command, args);
    command.parse([...args], { from: 'user' });
    const { as, row, contract, out } = command.opts<{
      as: Form;
      row?: string;
      contract?: string;
      out?: string;
    }>();
    const folders = command.args.map((folder) => resolve(folder));
    const { certificate, recording } = judgeAgain(folders.map(readStream), contractFrom(contract));
    const wanted = certificate.rows.find(({ id }) => id === row);
    if ((ofRow as readonly string[]).includes(as) && !wanted)
      throw new UsageError(
        'KIT-EXPORT-001',
        `Expected --row to name a row of the run, but it is ${row === undefined ? 'missing' : `"${row}"`}. The run holds ${certificate.rows.map(({ id }) => id).join(', ')}.`,
      );
    const record = wanted && recording.rows.get(wanted.id);
    const text = {
      csv: () => renderCsv(certificate),
      junit: () => renderJunit(certificate),
      har: () => renderHar(record, recording.run),
      curl: () => renderCurl(wanted!, record),
      markdown: () => renderRowMarkdown(certificate, wanted!.id),
    }[as]();
    // A reader such as `head` may have seen enough; console.log takes no notice of that.
    if (out === undefined) console.log(visibleOnPage(text).replace(/\n$/, ''));
    else written(resolve(out), () => writeFileSync(resolve(out), text));
    return 0;
  });
}
