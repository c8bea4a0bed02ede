import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { createInterface, type Interface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { Option } from 'commander';
import '../checklists/index.ts';
import { type PageParts, partsOf, usualParts } from '../drivers/browser/parts.ts';
import { driverOf } from '../drivers/index.ts';
import { type Language, languages, type Skeleton, skeletonOf } from '../drivers/skeletons.ts';
import { beginningOf } from '../profile/beginning.ts';
import { builtIn, loadProfile } from '../profile/index.ts';
import { type Answers, type Question, questions } from '../profile/questions.ts';
import { Source } from '../profile/source.ts';
import { Blocked } from '../record/blocked.ts';
import { written } from '../record/disk/disk.ts';
import { UsageError } from '../record/usage-error.ts';
import { launchBrowser } from '../run/browser.ts';
import { runCommand } from '../run/run-command.ts';
import { say } from '../run/terminal.ts';
import { kitCommand } from './command.ts';
import { refuseWhatNpmKept } from './kept-by-npm.ts';

interface Flags {
  out: string;
  answers?: string;
  driver?: Language;
}

/** What a person is asked at. */
export type Terminal = Pick<Interface, 'question' | 'close'>;

const ofProcess = (): Terminal | null =>
  process.stdin.isTTY ? createInterface({ input: process.stdin, output: process.stdout }) : null;

/** Where answers come from: a person, or a file. */
type Asking = (question: Question) => Promise<string | readonly string[]>;

/**
 * `npm run certify -- init`: asks a few questions, looks at what answers at the address, and writes a profile to begin
 * with; with `--driver` a program that drives the POS besides. Returns the exit code: 0, or 2 when it was called wrongly.
 */
export async function main(args: readonly string[], open = ofProcess): Promise<number> {
  const command = kitCommand('certify init')
    .description('Writes a profile to begin with, from the answers to a few questions')
    .option('--out <file>', 'the profile to write', 'my-till.yaml')
    .option('--answers <file>', 'the answers, as YAML, where nobody is at a terminal')
    .addOption(
      new Option('--driver <language>', 'writes a driver to begin with beside the profile').choices(
        languages,
      ),
    )
    .addHelpText('after', () => `\nThe answers, by their names: ${names().join(', ')}.`);
  return runCommand(async () => {
    refuseWhatNpmKept(command, args);
    const flags = command.parse([...args], { from: 'user' }).opts<Flags>();
    await init(flags, open);
    return 0;
  });
}

const names = (): string[] => asked().map(({ name }) => name);

const asked = (): readonly Question[] => questions(loadProfile(builtIn.headless).apiVersion);

async function init({ out, answers: from, driver }: Flags, open: () => Terminal | null): Promise<void> {
  const file = resolve(out);
  // What --driver decides is not asked.
  const all = asked().filter(({ name }) => !driver || (name !== 'reach' && name !== 'command'));
  const begun = driver && ((hello: Answers) => skeletonOf(driver, helloOf(hello)));
  const program = driver && join(dirname(file), skeletonOf(driver, nobody).file);
  refuseOverwriting([file, ...(program ? [program] : [])]);
  const given = await (from === undefined ? atTerminal(all, open) : inFile(from, all, driver !== undefined));
  const skeleton = begun?.(given);
  const answers: Answers = {
    ...given,
    ...(skeleton ? { reach: 'command', command: skeleton.command } : {}),
  };
  const parts = answers.reach === 'browser' ? await lookedAt(answers.url) : usualParts;
  write(file, beginningOf(answers, schemaFrom(file), parts));
  if (skeleton) write(program!, skeleton.text);
  say(await standing(file, skeleton));
  say(`Next: correct what is guessed in it, then npm run certify -- doctor --profile ${out}`);
}

const nobody = { name: 'x', version: '1', apiVersion: '2026-02-27' };

const helloOf = ({ name, version, apiVersion }: Answers) => ({ name, version, apiVersion });

const schemaFrom = (file: string): string =>
  relative(
    dirname(file),
    fileURLToPath(new URL('../profile/profile.schema.json', import.meta.url)),
  ).replaceAll('\\', '/');

function write(file: string, text: string): void {
  written(file, () => writeFileSync(file, text, { flag: 'wx' }));
  say(`Wrote ${relative(process.cwd(), file)}`);
}

function refuseOverwriting(files: readonly string[]): void {
  const there = files.find((file) => existsSync(file));
  if (there)
    throw new UsageError(
      'KIT-INIT-001',
      `Expected nothing at ${relative(process.cwd(), there)}, but something is there. Give another name with --out, or move it away.`,
    );
}

/** Whether the POS answers as `doctor` wants it, in a sentence. */
async function standing(file: string, skeleton: Skeleton | undefined): Promise<string> {
  const { driver, ...hello } = loadProfile(file);
  const kind = driverOf(driver);
  if (kind.secret && !process.env[kind.secret])
    return `Set ${kind.secret} in the environment, or in .env, to what the POS expects.`;
  if (kind.byHand)
    return 'A person drives it: a run prints the address of a console, to be opened beside the POS (docs/attended.md).';
  const places = kind.places(driver);
  try {
    const look = await kind
      .probe?.({
        settings: driver,
        hello,
        ownTill: false,
        places: () => Promise.resolve(places === 'folders' ? [] : places),
        secret: () => process.env[kind.secret ?? ''] ?? '',
      })
      .look();
    return look ? `The POS: ${look.found}.` : '';
  } catch (error) {
    if (!(error instanceof Blocked || error instanceof UsageError)) throw error;
    const said = error instanceof Blocked ? error.text : error.message;
    return skeleton ? `The driver does not start yet: ${said}` : `The POS does not answer yet: ${said}`;
  }
}

/** What the page has, where it answers and there is a browser to see it with. */
async function lookedAt(url: string): Promise<PageParts> {
  const { chromium } = await import('playwright');
  const server = await launchBrowser(say);
  try {
    const browser = await chromium.connect(server.wsEndpoint());
    const page = await browser.newPage();
    await page.goto(url.split(',')[0]!.trim(), { waitUntil: 'domcontentloaded' });
    return await partsOf(page);
  } catch {
    // What keeps the page from being opened is said below, as doctor says it.
    return usualParts;
  } finally {
    await server.close();
  }
}

/** Asks every question that is one for this POS; the answers by their names. */
async function answered(all: readonly Question[], ask: Asking): Promise<Answers> {
  const answers: Partial<Record<keyof Answers, string | readonly string[]>> = {};
  for (const question of all) {
    const reach = (answers.reach ?? 'command') as Answers['reach'];
    if (question.of && !question.of.includes(reach)) continue;
    answers[question.name] = await ask(question);
  }
  return answers as unknown as Answers;
}

const several = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);

/** What is wrong with an answer, or `null`. */
function wrongWith({ usual, list, wrong }: Question, text: string): string | null {
  if (!text && usual === undefined) return 'expected an answer, but it is empty';
  const each = list ? several(text) : text ? [text] : [];
  return each.map(wrong).find((one) => one !== null) ?? null;
}

async function atTerminal(all: readonly Question[], open: () => Terminal | null): Promise<Answers> {
  const terminal = open();
  if (!terminal)
    throw new UsageError(
      'KIT-INIT-003',
      `Expected --answers, because nobody is at a terminal here. Write a file of YAML with ${all.map(({ name }) => name).join(', ')}.`,
    );
  try {
    return await answered(all, (question) => untilRight(terminal, question));
  } finally {
    terminal.close();
  }
}

async function untilRight(terminal: Terminal, question: Question): Promise<string | readonly string[]> {
  const { asks, usual, list } = question;
  for (;;) {
    const typed = (await terminal.question(`${asks}${usual ? ` [${usual}]` : ''}: `)).trim() || (usual ?? '');
    const wrong = wrongWith(question, typed);
    if (wrong === null) return list ? several(typed) : typed;
    say(`${wrong}.`);
  }
}

/** The answers of a file. Throws a `UsageError` with file and line where one is missing, unknown or no answer. */
async function inFile(path: string, all: readonly Question[], driver: boolean): Promise<Answers> {
  if (!existsSync(path))
    throw new UsageError(
      'KIT-INIT-004',
      `Expected answers at ${path}, but there is no such file. Correct the path.`,
    );
  const source = new Source(resolve(path), path);
  const value = source.value;
  const given = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const mistake = (name: string | undefined, says: string): never => {
    throw source.mistake('KIT-INIT-002', source.placeOf([], name), says);
  };
  const unknown = Object.keys(given).find((name) => !all.some((one) => one.name === name));
  if (unknown !== undefined)
    mistake(
      unknown,
      `expected only known answers, but found \`${unknown}\`${driver ? ' (--driver says how the POS is reached)' : ''}. Remove it, or correct its spelling. Known are ${all.map(({ name }) => name).join(', ')}.`,
    );
  return answered(all, async (question) => {
    const { name, usual, list } = question;
    const own = given[name];
    const texts = (Array.isArray(own) ? own : own === undefined || own === null ? [] : [own]).map(String);
    const text = texts.length ? texts.join(', ') : (usual ?? '');
    const wrong =
      !list && texts.length > 1 ? 'expected one answer, but found several' : wrongWith(question, text);
    if (wrong !== null)
      mistake(own === undefined ? undefined : name, `${wrong} for \`${name}\`. ${question.asks}.`);
    return list ? (texts.length ? texts : several(text)) : text;
  });
}
