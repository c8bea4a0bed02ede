import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import {
  accepting,
  judgeNight,
  type NightRecord,
  type Places,
  planIssue,
  readRecord,
  recordOf,
  renderNight,
  renderRecord,
  renderRun,
  type Watch,
} from '../nightly/index.ts';
import { keptFile, lastKept, move, openIssue } from './gh.ts';
import { certifyPart, readCertificate, readParts, shardsIn, writeParts } from './part.ts';
import { exitCodeOf } from './progress.ts';
import { main as report } from './report.ts';
import { runCommand } from './run-command.ts';

interface TellFlags {
  readonly watch?: string;
  readonly certificate?: string;
  readonly kit?: string;
}

/**
 * `npm run nightly`: the steps of a CI job around `certify`. Each verb returns an exit code: `certify` 0 when the rows
 * came to their end, `merge` 0 when there is nothing wrong with the streams, `tell` that of the run or the night.
 */
export async function main(args: readonly string[]): Promise<number> {
  let code = 0;
  const program = new Command('nightly')
    .description('The steps of a CI job around certify; docs/nightly.md shows them at work')
    .showHelpAfterError('(--help lists the options)')
    .exitOverride();
  program
    .command('certify')
    .description('runs certify, and ends with 0 when every row came to its end, whatever its verdict')
    .argument('[options...]', 'after --, the options of certify')
    .requiredOption('--out <dir>', 'where to write')
    .option('--shard <i/n>', 'only this part of the rows')
    .action(async (options: string[], { out, shard }: { out: string; shard?: string }) => {
      code = await certifyPart(options, { out: resolve(out), shard: shard ?? null });
    });
  program
    .command('merge')
    .description('makes one certificate of the shards that lie in a folder; what is missing is told by tell')
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
    .option('--certificate <url>', 'where the certificate can be had')
    .option('--kit <owner/repo@ref>', 'the repository of the kit, whose pages are linked')
    .action(async (folder: string, flags: TellFlags) => {
      code = await tell(resolve(folder), flags);
    });
  return runCommand(async () => {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  });
}

/** Verdicts are left to `tell`: this fails only where the streams can't be put together. */
async function merge(folder: string, out: string): Promise<number> {
  const { all, recorded } = shardsIn(folder);
  writeParts(out, all.flatMap(readParts));
  if (!recorded.length) {
    console.log('No shard left a record: there is nothing to merge.');
    return 0;
  }
  return (await report([...recorded, '--out', out, '--no-allure'])) === 2 ? 2 : 0;
}

async function tell(folder: string, { watch: name, ...flags }: TellFlags): Promise<number> {
  const places = placesOf(flags);
  const certificate = readCertificate(folder);
  const parts = readParts(folder);
  if (!name) {
    const { trouble } = judgeNight(certificate, parts, null);
    say(renderRun(certificate, trouble, places));
    return certificate ? exitCodeOf(certificate) || (trouble.length ? 3 : 0) : (parts[0]?.code ?? 3);
  }
  const watch = { name, branch: process.env.GITHUB_REF_NAME ?? '' };
  const open = await openIssue(watch);
  const night = judgeNight(certificate, parts, await lastNight(watch, open));
  say(renderNight(night, places));
  let issue = open;
  try {
    issue = await move(planIssue(night, watch, open, places), name, open);
  } finally {
    const record = recordOf(night, { issue, url: places.run });
    if (record) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, keptFile), renderRecord(record));
    }
  }
  return night.code;
}

/** The last night's record. Where its issue is open no more, somebody accepted how the rows stand. */
async function lastNight(watch: Watch, open: number | null): Promise<NightRecord | null> {
  const kept = await lastKept(watch);
  const last = kept === null ? null : readRecord(kept);
  if (kept !== null && !last)
    console.log(
      'What the last night kept is of another version of the kit: there is nothing to compare with.',
    );
  return last && last.issue !== null && last.issue !== open ? accepting(last) : last;
}

/** On the page of the job; where there is none, on the terminal. */
function say(markdown: string): void {
  const { GITHUB_STEP_SUMMARY } = process.env;
  if (GITHUB_STEP_SUMMARY) appendFileSync(GITHUB_STEP_SUMMARY, markdown);
  else console.log(markdown);
}

function placesOf({ certificate, kit }: TellFlags): Places {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID } = process.env;
  const [repository, ref] = kit?.split('@') ?? [];
  return {
    run: GITHUB_RUN_ID ? `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}` : null,
    certificate: certificate || null,
    docs: repository && ref ? `${GITHUB_SERVER_URL}/${repository}/blob/${ref}/docs` : null,
  };
}
