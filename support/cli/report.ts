import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command } from 'commander';
import '../checklists/index.ts';
import { carriedLine } from '../record/disk/carried.ts';
import { heldAlready, holdsRecord } from '../record/disk/run-folder.ts';
import { keepsItsChain, readStream, type StoredStream } from '../record/disk/stored-stream.ts';
import { files } from '../record/disk/stream-file.ts';
import { headLines } from '../report/disk/heads.ts';
import { writeReport } from '../report/disk/write-report.ts';
import { judgeAgain } from '../review/judge-again.ts';
import { contractFrom } from '../run/contract.ts';
import { exitCodeOf, summary } from '../run/progress.ts';
import { runCommand } from '../run/run-command.ts';
import { say } from '../run/terminal.ts';
import { refuseWhatNpmKept } from './kept-by-npm.ts';

/**
 * `npm run report -- DIR…`: computes findings, verdicts and certificate again from the observations stored in
 * one or several message streams. Exit codes are those of `certify`.
 */
export async function main(args: readonly string[]): Promise<number> {
  const command = new Command('report')
    .description('Makes the certificate again from the message streams of one run, or of its shards')
    .argument('<dir...>', 'folders of runs, each with its messages.ndjson')
    .option('--contract <file>', 'another OpenAPI 3.0 or 3.1 description to judge by')
    .option('--out <dir>', 'where to write; the first folder by default')
    .option('--no-allure', 'leave out the Allure report')
    .showHelpAfterError('(--help lists the options)')
    .exitOverride();
  return runCommand(async () => {
    refuseWhatNpmKept(command, args);
    command.parse([...args], { from: 'user' });
    const folders = command.args.map((folder) => resolve(folder));
    const {
      out,
      contract: file,
      allure,
    } = command.opts<{ out?: string; contract?: string; allure: boolean }>();
    const streams = folders.map(readStream);
    for (const remark of streams.flatMap(remarks)) say(remark);
    const { recording, certificate, otherwise } = judgeAgain(streams, contractFrom(file));
    const folder = resolve(out ?? folders[0]!);
    if (holdsRecord(folder) && !folders.includes(folder)) throw heldAlready(folder);
    await writeReport(folder, certificate, recording, { allure, say });
    for (const note of otherwise) say(note);
    say(summary(certificate));
    for (const line of headLines(certificate)) say(line);
    say(`Report: ${pathToFileURL(join(folder, 'certification.html')).href}`);
    return exitCodeOf(certificate);
  });
}

/** Where a stream is not what was chained, in a line each. */
function remarks(stream: StoredStream): string[] {
  const { shown, lines, left, folder, chain, carried } = stream;
  return [
    ...(carried.length ? [carriedLine(carried)] : []),
    ...(left
      ? [
          `${shown}:${lines.length + 1}: the last line ${left.why === 'cut' ? 'was cut off' : 'is not in the chain'} and is left out.`,
        ]
      : []),
    ...(chain
      ? []
      : [
          `${shown.replace(files.messages, files.chain)} is missing: nothing shows whether the stream is what was recorded.`,
        ]),
    ...(chain && !keepsItsChain(stream)
      ? [
          `${shown} is not what was chained when it was recorded: npm run certify -- verify ${relative(process.cwd(), folder) || '.'} names what was edited.`,
        ]
      : []),
  ];
}
