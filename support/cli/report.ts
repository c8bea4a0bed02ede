import { resolve } from 'node:path';
import '../checklists/index.ts';
import { contractFrom } from '../run/contract.ts';
import { reportAgain } from '../run/report-again.ts';
import { runCommand } from '../run/run-command.ts';
import { kitCommand } from './command.ts';
import { refuseWhatNpmKept } from './kept-by-npm.ts';

/**
 * `npm run report -- DIR…`: computes findings, verdicts and certificate again from the observations stored in
 * one or several message streams. Exit codes are those of `certify`.
 */
export async function main(args: readonly string[]): Promise<number> {
  const command = kitCommand('report')
    .description('Makes the certificate again from the message streams of one run, or of its shards')
    .argument('<dir...>', 'folders of runs, each with its messages.ndjson')
    .option('--contract <file>', 'another OpenAPI 3.0 or 3.1 description to judge by')
    .option('--out <dir>', 'where to write; the first folder by default')
    .option('--no-allure', 'leave out the Allure report')
    .option('--evidence-beside', 'put style and pictures of the page into files beside it');
  return runCommand(async () => {
    refuseWhatNpmKept(command, args);
    command.parse([...args], { from: 'user' });
    const folders = command.args.map((folder) => resolve(folder));
    const {
      out,
      contract: file,
      allure,
      evidenceBeside: beside = false,
    } = command.opts<{ out?: string; contract?: string; allure: boolean; evidenceBeside?: boolean }>();
    return reportAgain(folders, { contract: contractFrom(file), out, allure, beside });
  });
}
