import { existsSync, statSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { config } from 'dotenv';
import { counted } from '../record/counted.ts';
import '../checklists/index.ts';
import { checklists, loadChecklist, shardOf, usualChecklist } from '../checklist/index.ts';
import { builtIn, loadProfile, ownProfiles, type ReachFlags, withReach } from '../profile/index.ts';
import { runId, takeFolder } from '../record/disk/run-folder.ts';
import { UsageError } from '../record/usage-error.ts';
import { headLines, seedLines } from '../report/disk/heads.ts';
import { refuseUnfit } from '../run/approach.ts';
import { attend, refuseIdlePhones } from '../run/console/attendance.ts';
import { contractFrom } from '../run/contract.ts';
import { diagnose, precheck, type Setup } from '../run/doctor.ts';
import { type GoesOn, goingOn, rowsOf } from '../run/going-on.ts';
import { exitCodeOf, summary } from '../run/progress.ts';
import { type RunOptions, runRows, selectRows } from '../run/run.ts';
import { runCommand } from '../run/run-command.ts';
import { isSeed } from '../run/seed.ts';
import { complain, say } from '../run/terminal.ts';
import { namedUpstream, type UpstreamFlags, withAccount } from '../run/upstream.ts';
import { lasting, workersFor } from '../run/workers.ts';
import { kitCommand } from './command.ts';
import { refuseWhatNpmKept } from './kept-by-npm.ts';

interface Flags extends UpstreamFlags {
  profile?: string;
  pos?: keyof typeof builtIn;
  contract?: string;
  checklist: string;
  section?: string;
  shard?: { index: number; of: number };
  parallel?: number;
  gatewayPort?: number;
  listen?: string;
  phone?: string[];
  client?: string[];
  plainHttp?: boolean;
  seed?: string;
  challenge?: string;
  fast: boolean;
  out?: string;
  resume?: string;
  rerunFailed?: string;
  allure: boolean;
  evidenceBeside: boolean;
}

function ids(text: string, before: readonly string[] = []): string[] {
  const named = text
    .split(',')
    .map((id) => id.trim())
    .filter(Boolean);
  if (!named.length) throw new InvalidArgumentError('Expected ids of rows, with commas between.');
  return [...before, ...named];
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 32)
    throw new InvalidArgumentError('Expected a whole number from 1 to 32.');
  return value;
}

function port(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 65_535)
    throw new InvalidArgumentError('Expected a port: a whole number from 1 to 65535.');
  return value;
}

function address(text: string): string {
  if (!isIP(text)) throw new InvalidArgumentError('Expected an IP address.');
  return text;
}

const addresses = (text: string, before: readonly string[] = []): string[] => [...before, address(text)];

function shard(text: string): { index: number; of: number } {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const [index, of] = [Number(match?.[1]), Number(match?.[2])];
  if (!match || index < 1 || index > of)
    throw new InvalidArgumentError('Expected I/N, such as 1/4: part 1 of 4.');
  return { index, of };
}

function seed(text: string): string {
  if (!isSeed(text))
    throw new InvalidArgumentError('Expected 1 to 64 letters, digits, dots, hyphens or underscores.');
  return text;
}

const command = (name: string) =>
  kitCommand(name)
    .description('Judges a point of sale, or the API itself, by a go-live checklist of Dojo')
    .addOption(new Option('--profile <file>', 'the till to certify, described in a profile').conflicts('pos'))
    .addOption(
      new Option('--pos <till>', "one of the kit's own tills; reference by default").choices(
        Object.keys(builtIn),
      ),
    )
    .option('--upstream <where>', 'simulator, sandbox, or the URL of an API', 'simulator')
    .option('--admin-url <url>', 'the upstream is a simulator, and this is its admin URL')
    .option('--contract <file>', 'another OpenAPI 3.0 or 3.1 description to judge by')
    .option('--checklist <name>', `which checklist: ${checklists.join(', ')}`, usualChecklist)
    .option('--allow-production', 'take a production key, with which real money moves; wants --rows')
    .option('--rows <ids>', 'only these rows, with commas between', ids)
    .option('--section <code>', 'only the rows of a section: CFG, SALE, …')
    .option(
      '--shard <i/n>',
      'only this part of the rows; npm run report puts the parts together. Give each the same --seed',
      shard,
    )
    .option('--parallel <n>', 'how many tills side by side', count)
    .option('--gateway-port <n>', 'the port at which the POS finds the kit; any free one by default', port)
    .option(
      '--listen <address>',
      'an address of this machine at which a POS on another one finds the kit, over TLS',
      address,
    )
    .option(
      '--client <address>',
      'with --listen: a machine that may use the kit; may be given again',
      addresses,
    )
    .option('--phone <address>', 'with --listen: a phone that may open the console', addresses)
    .option('--plain-http', 'with --listen: plain http in place of TLS; such a run is practice')
    .option('--seed <text>', 'draws the same amounts again as the run whose report names this seed', seed)
    .addOption(
      new Option(
        '--challenge <code>',
        'draws the amounts from what a reviewer gave, which goes into the record',
      )
        .argParser(seed)
        .conflicts('seed'),
    )
    .option('--fast', 'a quick look: moves the clock instead of waiting 80 seconds', false)
    .option('--out <dir>', 'where to write; reports/<run id> by default')
    .addOption(
      new Option(
        '--resume <dir>',
        'goes on with a run that was broken off, in the folder of its record',
      ).conflicts('rerunFailed'),
    )
    .option('--rerun-failed <dir>', 'runs again what did not pass in a run; its record shows all attempts')
    .option('--no-allure', 'leave out the Allure report')
    .option('--evidence-beside', 'put style and pictures of the page into files beside it', false)
    .addHelpText(
      'after',
      '\nverify <dir or bundle> looks whether anything of a run was edited since; verify --help lists its options.' +
        '\nask <dir> asks the reviewer for a waiver, or comments on a row, before the run is sealed.' +
        '\nseal <dir> packs a run into one signed file for its reviewer; keys makes the keys that sign; challenge and review are for the reviewer.' +
        '\ndelete-photo <dir or bundle> deletes one photo that a person gave; its digest stays in the record.' +
        '\nexport <dir> writes a run as CSV or JUnit XML, or one row as HAR, curl lines or Markdown; compare <dir> <dir> says what' +
        '\nchanged between two runs.' +
        '\ninit writes a profile to begin with, and with --driver a driver; init --help lists its options.' +
        '\ndoctor before the same options says whether a run can start with them, and what to mend; it exits with 0 when' +
        '\none can, 3 when only the upstream or the till does not answer, else 2.',
    );

/** What is done beside a run, or before the first. */
const afterRun = {
  verify: () => import('./verify.ts'),
  ask: () => import('./ask.ts'),
  seal: () => import('./seal.ts'),
  'delete-photo': () => import('./delete-photo.ts'),
  keys: () => import('./keys.ts'),
  challenge: () => import('./challenge.ts'),
  kits: () => import('./kits.ts'),
  review: () => import('./review.ts'),
  export: () => import('./export.ts'),
  compare: () => import('./compare.ts'),
  init: () => import('./init.ts'),
};

/**
 * `npm run certify`. Returns the exit code: 0 acceptable, 1 failed or review, 2 usage, 3 blocked or incomplete.
 * With `verify`, `ask`, `seal`, `delete-photo`, `keys`, `challenge`, `kits`, `review`, `export`, `compare` or `init` before its arguments it does that; with `doctor` it looks at what a run would stand on.
 */
export async function main(args: readonly string[]): Promise<number> {
  const after = afterRun[args[0] as keyof typeof afterRun];
  if (after) return (await after()).main(args.slice(1));
  const doctor = args[0] === 'doctor';
  return runCommand(async () => {
    const own = args.slice(doctor ? 1 : 0);
    const asked = command(doctor ? 'certify doctor' : 'certify');
    refuseWhatNpmKept(asked, own);
    const flags = asked.parse(own, { from: 'user' }).opts<Flags>();
    config({ quiet: true });
    if (doctor) return await examine(flags);
    const goesOn = runOf(asked, flags);
    return await certify(goesOn ? flagsOf(goesOn, asked, flags) : flags, own, goesOn);
  });
}

/** The options of `certify`, for a command that passes them on. */
export const certifyOptions = (): readonly Option[] => command('certify').options;

/** What a run is made of by these flags. Throws a `UsageError` when they contradict each other or select no row. */
function setupOf(flags: Flags): Setup {
  const checklist = checklistNamed(flags.checklist);
  const selected = selectRows(checklist, flags.rows ?? [], flags.section ?? null);
  const rows = flags.shard ? shardOf(selected, flags.shard) : selected;
  if (!rows.length)
    throw new UsageError(
      'KIT-ROW-001',
      'Expected at least one row, but --rows, --section and --shard together select none. Widen one of them.',
    );
  return {
    checklist,
    rows,
    profile: flags.profile ? resolve(flags.profile) : ownProfiles(checklist.name)[flags.pos ?? 'reference'],
    ownTill: !flags.profile,
    reach: reachOf(flags),
    upstream: namedUpstream(flags),
    out: flags.out === undefined ? null : resolve(flags.out),
    allure: flags.allure,
  };
}

/** What the command line says of how the POS gets to the kit. */
const reachOf = ({ gatewayPort, listen, client, phone, plainHttp }: Flags): ReachFlags => ({
  ...(gatewayPort === undefined ? {} : { gatewayPort }),
  ...(listen === undefined ? {} : { listen }),
  ...(client === undefined ? {} : { clients: client }),
  ...(phone ? { phones: phone } : {}),
  ...(plainHttp ? { plainHttp } : {}),
});

async function examine(flags: Flags): Promise<number> {
  const setup = setupOf(flags);
  contractFrom(flags.contract);
  return diagnose(setup, say);
}

/** What the amounts are drawn from, where somebody has named it. */
function amountsOf({ seed, challenge }: Flags): Pick<RunOptions, 'amounts'> {
  if (challenge !== undefined) return { amounts: { challenge } };
  return seed === undefined ? {} : { amounts: { seed } };
}

async function certify(flags: Flags, commandLine: readonly string[], goesOn: GoesOn | null): Promise<number> {
  const setup = setupOf(flags);
  const { checklist, ownTill } = setup;
  const whole = goesOn ? rowsOf(goesOn, checklist) : setup.rows;
  const toRun = goesOn ? whole.filter((row) => goesOn.rows.has(row.id)) : whole;
  const contract = contractFrom(flags.contract);
  const profile = withReach(loadProfile(setup.profile), setup.reach);
  const upstream = withAccount(setup.upstream);
  if (setup.out !== null) refuseFile(setup.out);
  await precheck(setup);
  await refuseUnfit(profile);
  refuseIdlePhones({ profile, rows: toRun, atApi: upstream.kind === 'api' });
  const { id, out } = goesOn
    ? { id: goesOn.recording.run.id, out: goesOn.stored.folder }
    : setup.out === null
      ? takeFolder(runId())
      : { id: runId(), out: setup.out };
  const workers = Math.min(workersFor(profile, ownTill, flags.parallel), toRun.length);
  const atApi = upstream.kind === 'api';
  const attendance = await attend({
    run: id,
    profile,
    rows: toRun,
    checklist,
    atApi,
    goesOn: goesOn !== null,
    say,
  });
  const { rows: chosen } = attendance;
  const rows = goesOn ? whole : whole.filter((row) => chosen.includes(row));
  say(
    `${profile.name} ${profile.version} (${profile.driver.kind}) against ${upstream.kind === 'embedded' ? 'the embedded simulator' : upstream.url}: ` +
      `${goesOn ? `the run ${id} goes on with ` : ''}${counted(chosen.length, 'row')}, ${attendance.how}, ${attendance.lasts ?? lasting({ rows: chosen, workers, driver: profile.driver.kind, fast: flags.fast, atApi })}`,
  );
  const run = runRows({
    profile,
    ownTill,
    upstream,
    rows,
    ...(chosen ? { order: chosen.map((row) => row.id) } : {}),
    ...attendance.options,
    checklist,
    contract,
    workers,
    fast: flags.fast,
    ...amountsOf(flags),
    allure: flags.allure,
    beside: flags.evidenceBeside,
    out,
    id,
    ...(flags.shard ? { shard: flags.shard } : {}),
    ...(goesOn ? { goesOn: { ...goesOn, rows: new Set(chosen.map((row) => row.id)) } } : {}),
    commandLine: [...process.execArgv, 'certify', ...commandLine],
    say,
  });
  // Whoever is at the console learns why nothing comes of it, and the page is closed.
  run.catch((error: Error) => attendance.close([error.message]));
  const { certificate, interrupted, said } = await run;
  if (said.trim()) complain(said.trim());
  say(summary(certificate));
  for (const line of [...headLines(certificate), ...seedLines(certificate)]) say(line);
  say(`Report: ${pathToFileURL(join(out, 'certification.html')).href} (${relative(process.cwd(), out)})`);
  await attendance.close([summary(certificate), ...headLines(certificate)]);
  if (interrupted) {
    const { rows: judged, incomplete } = certificate.summary;
    complain(
      `Interrupted by ${interrupted}: ${incomplete} of ${counted(judged, 'row')} did not end. What was recorded is kept; --resume ${relative(process.cwd(), out) || '.'} goes on with the run.`,
    );
    // The runner and its threads can't be stopped otherwise.
    process.exit(exitCodeOf(certificate));
  }
  return exitCodeOf(certificate);
}

/** The run that is to go on by these flags; `null` where one begins. */
function runOf(asked: Command, flags: Flags): GoesOn | null {
  const folder = flags.resume ?? flags.rerunFailed;
  if (folder === undefined) return null;
  const given = asked.options
    .map((option) => option.attributeName())
    .filter((name) => asked.getOptionValueSource(name) === 'cli' && !mayGoOnWith.has(name));
  if (given.length)
    throw new UsageError(
      'KIT-RESUME-004',
      `Expected a run that goes on to keep the options that it began with, but there is ${given.map(optionOf(asked)).join(', ')}. Leave it out, or begin a new run.`,
    );
  return goingOn(
    resolve(folder),
    flags.resume === undefined ? 'rerun' : 'resumed',
    contractFrom(flags.contract),
  );
}

/** Options that change nothing of what a run is about. */
const mayGoOnWith: ReadonlySet<string> = new Set([
  'resume',
  'rerunFailed',
  'profile',
  'contract',
  'parallel',
  'gatewayPort',
  'allure',
  'evidenceBeside',
]);

const optionOf = (asked: Command) => (name: string) =>
  asked.options.find((option) => option.attributeName() === name)?.long ?? name;

/** The flags that a run was begun with, and those that may be given anew. */
function flagsOf({ recording }: GoesOn, asked: Command, flags: Flags): Flags {
  const words = recording.run.environment?.commandLine ?? [];
  const begun = command('certify')
    .parse(words.slice(words.indexOf('certify') + 1), { from: 'user' })
    .opts<Flags>();
  const anew = Object.entries(flags).filter(([name]) => asked.getOptionValueSource(name) === 'cli');
  const { out: _, resume: __, rerunFailed: ___, ...others } = { ...begun, ...Object.fromEntries(anew) };
  if (others.profile !== undefined && !existsSync(others.profile))
    throw new UsageError(
      'KIT-RESUME-005',
      `Expected the profile of the run at ${others.profile}, but there is no file. Give it with --profile.`,
    );
  return { ...others, checklist: recording.run.checklist.name } as Flags;
}

function checklistNamed(name: string) {
  if (!checklists.includes(name))
    throw new UsageError(
      'KIT-CHECKLIST-001',
      `Expected --checklist to name a checklist of the kit, but there is none called "${name}". There are ${checklists.join(', ')}.`,
    );
  return loadChecklist(name);
}

/** Throws a `UsageError` where a file stands in the place of the folder, or of one above it, before anything is run. */
function refuseFile(folder: string): void {
  let place = folder;
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place);
  if (!statSync(place).isDirectory())
    throw new UsageError(
      'KIT-OUT-001',
      `Expected --out to be a folder, but ${relative(process.cwd(), place)} is a file. Give the path of a folder; the kit makes it.`,
    );
}
