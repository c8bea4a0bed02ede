import { readFileSync, statSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import '../checklists/index.ts';
import type { Contract } from '../contract/index.ts';
import { carriedLine } from '../record/disk/carried.ts';
import { readStream } from '../record/disk/stored-stream.ts';
import { UsageError } from '../record/usage-error.ts';
import { KeyStore, openBundle } from '../review/bundle/index.ts';
import { challengeLine, challengeSaid, describing, exitOf } from '../review/bundle/words.ts';
import { amountsComplaints, challengeComplaints } from '../review/challenge.ts';
import { isDay } from '../review/day.ts';
import { settle } from '../review/decisions/decision.ts';
import { readSigned } from '../review/decisions/file.ts';
import { judgeAgain } from '../review/judge-again.ts';
import { type KnownKits, nameOfKit, sameKit } from '../review/kits/known-kits.ts';
import { requestLine, withAnswers } from '../review/requests.ts';
import { certifiesItself, type Examined, examine } from '../review/verify.ts';
import { contractFrom } from '../run/contract.ts';
import { kit } from '../run/kit.ts';
import { runCommand } from '../run/run-command.ts';
import { complain, say } from '../run/terminal.ts';
import { kitCommand } from './command.ts';
import { refuseWhatNpmKept } from './kept-by-npm.ts';
import { type KitFlags, knownKits, withKits } from './known-kits.ts';

interface Flags extends KitFlags {
  head: string[];
  contract?: string;
  out?: string;
  review?: string;
  at?: string;
  challenge?: string;
}

/**
 * `npm run certify -- verify BUNDLE` or `verify DIR…`: looks whether anything of a run was edited since it was recorded,
 * and names it. Returns the exit code: 0 when all holds, 1 when something was edited or contradicts itself, 2 when it
 * was called wrongly or can't be read, 3 when this machine cannot tell.
 */
export async function main(args: readonly string[]): Promise<number> {
  const command = kitCommand('certify verify')
    .description('Looks whether the record of a run or its certificate was edited, and names what was')
    .argument(
      '<bundle or dir...>',
      'what certify seal wrote; or the folder of the run, or those of its shards',
    )
    .option('--head <hash>', 'the head that was printed at the end of the run; once for each shard', head, [])
    .option(
      '--contract <file>',
      'the OpenAPI 3.0 description that the run was judged by, if not the kit’s own',
    )
    .option('--out <dir>', 'where the certificate is; the first folder by default')
    .option('--review <file>', 'what a reviewer has signed about this bundle')
    .option('--challenge <code>', 'asks whether the run was made for the challenge that you gave')
    .option('--at <date>', 'asks whether waivers hold on another day than today: 2027-03-31', day);
  withKits(command);
  return runCommand(async () => {
    refuseWhatNpmKept(command, args);
    command.parse([...args], { from: 'user' });
    const { head: heads, contract, out, challenge } = command.opts<Flags>();
    const bundle = bundleIn(command.args, command.opts<Flags>());
    if (bundle !== null) return saidOfBundle(bundle, command.opts<Flags>());
    const folders = runFolders(command.args);
    const judgedBy = contractFrom(contract);
    const together =
      out !== undefined || heads.length > 0 || folders.length === 1 || !folders.every(certifiesItself);
    const challenged =
      challenge === undefined ? 0 : saidOfChallenge(folders, { challenge, contract: judgedBy });
    const runs = together ? [folders] : folders.map((folder) => [folder]);
    const kits = knownKits(command.opts<Flags>());
    const codes = runs.map((run) => {
      if (runs.length > 1) say(`${relative(process.cwd(), run[0]!) || '.'}:`);
      const examined = examine(run, { heads, contract: judgedBy, out: resolve(out ?? run[0]!), kit: kit() });
      return answered(examined, kits);
    });
    return Math.max(challenged, ...codes);
  });
}

/**
 * The bundle that was given; `null` where folders were. Throws a `UsageError` where something would be passed over: the user
 * would take it for verified.
 */
function bundleIn(paths: readonly string[], { review, out }: Flags): string | null {
  const bundle =
    paths.find((path) => isFile(path) && (paths.length === 1 || basename(path) !== 'index.html')) ?? null;
  const wrong =
    bundle !== null && paths.length > 1
      ? `one bundle, or folders of runs, but ${bundle} is a file among others. Verify each bundle by itself.`
      : bundle !== null && out !== undefined
        ? '--out only beside folders of runs, as a bundle holds its certificate. Leave it out.'
        : bundle === null && review !== undefined
          ? '--review beside the bundle that was reviewed, but a folder was given. Give the bundle.'
          : null;
  if (wrong) throw new UsageError('KIT-VERIFY-004', `Expected ${wrong}`);
  return bundle;
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/** Says what a look at a bundle came to. Returns the exit code. */
function saidOfBundle(file: string, flags: Flags): number {
  const { contract, review: said, at, challenge, head: heads } = flags;
  const shown = relative(process.cwd(), file) || file;
  const keys = new KeyStore();
  const opened = openBundle(readFileSync(file), {
    shown,
    keys,
    heads,
    contract: contractFrom(contract),
    ...(challenge === undefined ? {} : { challenge }),
    kit: kit(),
    kits: knownKits(flags),
  });
  const contradictions = opened.coherence?.contradictions ?? [];
  for (const note of [...opened.notes, ...(opened.coherence?.notes ?? [])]) say(note);
  for (const { code, text } of [...opened.complaints, ...contradictions]) complain(`${code}: ${text}`);
  const signed = said === undefined ? null : readSigned(said, keys);
  const settlement =
    signed && opened.again
      ? settle(opened.again.certificate, signed.review, {
          at: at ?? new Date().toISOString(),
          rules: opened.again.checklist.rules,
        })
      : undefined;
  for (const line of describing(opened, settlement)) say(line);
  for (const line of challengeSaid(opened, challenge)) say(line);
  if (heads.length && !opened.complaints.some(({ code }) => code === 'BUNDLE-RECORD'))
    say('Its record has the head that you gave: it is the one that the run recorded.');
  for (const one of settlement ? withAnswers(opened.requests, settlement) : opened.requests)
    say(requestLine(one));
  if (signed && settlement) {
    for (const { row, verdict, settled, decision } of settlement.rows)
      if (decision)
        say(
          `${row}: ${verdict} by the kit; ${settled} by ${decision.by} on ${decision.at.slice(0, 10)}: ${decision.reason}`,
        );
    for (const one of settlement.ignored) say(`Does not count: ${one}`);
    say(`The review is signed by ${signed.by.name}, whose key you know.`);
  }
  const code = exitOf(opened);
  if (code === 1) {
    complain(
      'This is not what an honest run leaves behind. Ask for the bundle again; docs/trust.md explains each code.',
    );
  } else if (code === 3) complain('What could be checked holds; what is named above could not be.');
  else
    say('Whole and coherent: each file is as it was sealed, and each verdict is what the record results in.');
  return code;
}

/** Says whether the run in these folders was made for a challenge. Returns the exit code. */
function saidOfChallenge(
  folders: readonly string[],
  { challenge, contract }: { readonly challenge: string; readonly contract: Contract },
): number {
  const { recording, checklist } = judgeAgain(folders.map(readStream), contract);
  const against = [...challengeComplaints(recording, challenge), ...amountsComplaints(recording, checklist)];
  for (const { code, text } of against) complain(`${code}: ${text}`);
  say(challengeLine(challenge, against.length === 0));
  return against.length ? 1 : 0;
}

/** The folders among some paths: the list of all runs, which lies beside them, is passed over. */
function runFolders(paths: readonly string[]): string[] {
  const folders = paths.filter((path) => paths.length === 1 || basename(path) !== 'index.html');
  return folders.map((folder) => resolve(folder));
}

/** Says what a look at a run came to. Returns the exit code. */
function answered(examined: Examined, kits: KnownKits): number {
  const { edits, unchecked, carried, notes, verdict, again, coherence } = examined;
  const contradictions = coherence?.contradictions ?? [];
  const own = kit();
  const doubt = again && !sameKit(again.recording.run.kit, own) ? kits.doubt(again.recording.run.kit) : null;
  for (const line of describing({ again })) say(line);
  for (const note of [...notes, ...(coherence?.notes ?? [])]) say(note);
  for (const edit of edits) complain(edit);
  for (const { code, text } of contradictions) complain(`${code}: ${text}`);
  for (const one of unchecked) complain(`Not as this kit judges it: ${one}`);
  const wrong = edits.length > 0 || contradictions.length > 0;
  if (carried.length) complain(`${carriedLine(carried)}${wrong ? '' : ' Nothing else was changed.'}`);
  else if (!wrong && !unchecked.length) say(verdict);
  if (wrong)
    complain(
      'This is not what the run left behind: take the files again from where they were first kept, or run again.',
    );
  if (wrong || carried.length) return 1;
  if (again && (unchecked.length || doubt !== null)) {
    const { kit: made } = again.recording.run;
    complain(
      `The kit ${nameOfKit(made)} made the run, and this is ${nameOfKit(own)}${doubt === null ? '' : `; you do not know it: ${doubt}`}. ` +
        'Whether the certificate was edited, this kit cannot tell: verify it with the one that made it.',
    );
    return 3;
  }
  return 0;
}

function day(text: string): string {
  if (!isDay(text)) throw new InvalidArgumentError('Expected a day, such as 2027-03-31.');
  return text;
}

function head(text: string, before: readonly string[]): string[] {
  if (!/^[0-9a-f]{64}$/i.test(text))
    throw new InvalidArgumentError('Expected the 64 hexadecimal digits that were printed after "head".');
  return [...before, text.toLowerCase()];
}
