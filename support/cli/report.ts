import { createReadStream, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import type { Envelope } from '@cucumber/messages';
import { Command, CommanderError } from 'commander';
import { type Catalogue, loadCatalogue } from '../checklist/index.ts';
import { UsageError } from '../profile/index.ts';
import { certify, mergeRecordings, type Recording, StreamError, StreamFold } from '../verdict/index.ts';
import { contractFrom } from './contract.ts';
import { exitCodeOf, summary } from './progress.ts';
import { writeReport } from './write-report.ts';

/**
 * `npm run report -- DIR…`: computes findings, verdicts and certificate again from the observations stored in
 * one or several message streams. Exit codes are those of `certify`.
 */
export async function main(args: readonly string[]): Promise<number> {
  const command = new Command('report')
    .description('Makes the certificate again from the message streams of one run, or of its shards')
    .argument('<dir...>', 'folders of runs, each with its messages.ndjson')
    .option('--contract <file>', 'another OpenAPI 3.0 description to judge by')
    .option('--out <dir>', 'where to write; the first folder by default')
    .option('--no-allure', 'leave out the Allure report')
    .showHelpAfterError('(--help lists the options)')
    .exitOverride();
  try {
    command.parse([...args], { from: 'user' });
    const folders = command.args.map((folder) => resolve(folder));
    const {
      out,
      contract: file,
      allure,
    } = command.opts<{ out?: string; contract?: string; allure: boolean }>();
    const recordings: Recording[] = [];
    for (const folder of folders) recordings.push(await readStream(folder));
    const recording = mergeRecordings(recordings);
    const catalogue = checklistOf(recording);
    const contract = contractFrom(file);
    const notes = [
      ...(catalogue.sha256 === recording.run.checklist.sha256
        ? []
        : ['The checklist of this kit is not the one that the run was made with.']),
      ...(contract.sha256 === recording.run.contract.sha256
        ? []
        : ['The contract is not the one that the run was made with.']),
    ];
    const certificate = certify({ recording, catalogue, violations: contract.violations });
    const folder = resolve(out ?? folders[0]!);
    await writeReport(folder, certificate, recording, { allure, say: console.log });
    for (const note of notes) console.log(note);
    console.log(summary(certificate));
    console.log(`Report: ${pathToFileURL(join(folder, 'certification.html')).href}`);
    return exitCodeOf(certificate);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UsageError || error instanceof StreamError) {
      console.error(error.message);
      return 2;
    }
    throw error;
  }
}

/** Reads the stream of a run. A last line that was cut off, as by a full disk, is left out and said. */
async function readStream(folder: string): Promise<Recording> {
  const path = join(folder, 'messages.ndjson');
  const shown = relative(process.cwd(), path) || path;
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
    throw new UsageError(
      `Expected the message stream of a run at ${shown}, but there is none. Give the folder that certify wrote (--out).`,
    );
  }
  const damaged = (line: number, why: string) =>
    new StreamError(
      `${shown}:${line}: expected a message of a run, but ${why}. The stream was changed or its disk failed: run again.`,
    );
  const fold = new StreamFold();
  let torn = 0;
  let number = 0;
  for await (const line of createInterface({
    input: createReadStream(path),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    number++;
    if (!line.trim()) continue;
    if (torn) throw damaged(torn, 'this line is no JSON');
    let envelope: Envelope;
    try {
      envelope = JSON.parse(line) as Envelope;
    } catch {
      torn = number;
      continue;
    }
    try {
      fold.take(envelope);
    } catch (error) {
      throw damaged(number, error instanceof StreamError ? error.message : 'this line holds something else');
    }
  }
  if (torn) console.log(`${shown}:${torn}: the last line was cut off; the run is shown as broken off.`);
  try {
    return fold.record;
  } catch (error) {
    throw error instanceof StreamError
      ? new StreamError(`Expected a run in ${shown}, but ${error.message}.`)
      : error;
  }
}

/** The checklist that a run was judged by. Throws a `UsageError` when this kit does not have it. */
function checklistOf({ run: { checklist, kit } }: Recording): Catalogue {
  try {
    return loadCatalogue(checklist.name);
  } catch {
    throw new UsageError(
      `Expected the run to be of a checklist that this kit has, but it is of "${checklist.name}". Use the version that made the run: ${kit.version}.`,
    );
  }
}
