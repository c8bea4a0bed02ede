import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import type { Contract } from '../contract/index.ts';
import type { Certificate } from '../judging/index.ts';
import { asWritten, type CarriedFile, carriedFile, carriedLine } from '../record/disk/carried.ts';
import { readStream, type StoredStream } from '../record/disk/stored-stream.ts';
import { StreamError } from '../record/stream.ts';
import { UsageError } from '../record/usage-error.ts';
import { renderAllureResults, renderHtml, renderJson } from '../report/index.ts';
import { certificateEdits, filesEdits, htmlEdits } from '../review/certificate-edits.ts';
import { streamFindings } from '../review/stream-edits.ts';
import { contractFrom } from '../run/contract.ts';
import { kit } from '../run/kit.ts';
import { runCommand } from '../run/run-command.ts';
import { complain, say } from '../run/terminal.ts';
import { refuseWhatNpmKept } from './kept-by-npm.ts';
import '../checklists/index.ts';
import { type Again, judgeAgain } from '../review/judge-again.ts';

interface Flags {
  head: string[];
  contract?: string;
  out?: string;
}

/** Of edits of one kind no more are named than this. */
const most = 12;

/**
 * `npm run certify -- verify DIR…`: looks whether anything of a run was edited since it was recorded, and names
 * it. Returns the exit code: 0 when all holds, 1 when something was edited, 2 when it was called wrongly.
 */
export async function main(args: readonly string[]): Promise<number> {
  const command = new Command('certify verify')
    .description('Looks whether the record of a run or its certificate was edited, and names what was')
    .argument('<dir...>', 'the folder of the run, or those of its shards')
    .option('--head <hash>', 'the head that was printed at the end of the run; once for each shard', head, [])
    .option(
      '--contract <file>',
      'the OpenAPI 3.0 description that the run was judged by, if not the kit’s own',
    )
    .option('--out <dir>', 'where the certificate is; the first folder by default')
    .showHelpAfterError('(--help lists the options)')
    .exitOverride();
  return runCommand(async () => {
    refuseWhatNpmKept(command, args);
    command.parse([...args], { from: 'user' });
    const { head: heads, contract, out } = command.opts<Flags>();
    const folders = runFolders(command.args);
    const judgedBy = contractFrom(contract);
    const together =
      out !== undefined || heads.length > 0 || folders.length === 1 || !folders.every(certifiesItself);
    const runs = together ? [folders] : folders.map((folder) => [folder]);
    const codes = runs.map((run) => {
      if (runs.length > 1) say(`${relative(process.cwd(), run[0]!) || '.'}:`);
      return told(examine(run, { heads, contract: judgedBy, out: resolve(out ?? run[0]!) }));
    });
    return Math.max(...codes);
  });
}

/** The folders among some paths: the list of all runs, which lies beside them, is passed over. */
function runFolders(paths: readonly string[]): string[] {
  const folders = paths.filter((path) => paths.length === 1 || basename(path) !== 'index.html');
  return folders.map((folder) => resolve(folder));
}

/** Whether a folder holds the certificate of its own stream alone, and not one of several shards. */
function certifiesItself(folder: string): boolean {
  try {
    const { run } = JSON.parse(readFileSync(join(folder, 'certification.json'), 'utf8')) as Certificate;
    return 'head' in run.stream && run.stream.head === readStream(folder).head.head;
  } catch {
    return false;
  }
}

/** Says what a look at a run came to. Returns the exit code. */
function told({ edits, carried, notes, verdict }: Examined): number {
  for (const note of notes) say(note);
  for (const edit of edits) complain(edit);
  if (carried.length) complain(`${carriedLine(carried)}${edits.length ? '' : ' Nothing else was changed.'}`);
  else if (!edits.length) say(verdict);
  if (edits.length)
    complain(
      'This is not what the run left behind: take the files again from where they were first kept, or run again.',
    );
  return edits.length || carried.length ? 1 : 0;
}

function head(text: string, before: readonly string[]): string[] {
  if (!/^[0-9a-f]{64}$/i.test(text))
    throw new InvalidArgumentError('Expected the 64 hexadecimal digits that were printed after "head".');
  return [...before, text.toLowerCase()];
}

/** What a look at a run came to; paragraphs for the user. */
export interface Examined {
  readonly edits: readonly string[];
  /** What came with other line ends or in another coding, and is compared as it was written. */
  readonly carried: readonly CarriedFile[];
  readonly notes: readonly string[];
  /** What it comes to when nothing was edited. */
  readonly verdict: string;
}

/**
 * Looks whether anything of a run was edited: its streams in these folders, their chains, and the certificate in
 * `out`. `heads` are those that were printed. Throws a `UsageError` when there is no stream.
 */
export function examine(
  folders: readonly string[],
  {
    heads,
    contract,
    out,
  }: { readonly heads: readonly string[]; readonly contract: Contract; readonly out: string },
): Examined {
  const streams = folders.map(readStream);
  const found = streams.map(streamFindings);
  const inStreams = [...found.flatMap(({ edits }) => limited(edits)), ...headEdits(streams, heads)];
  let views: Findings = { edits: [], carried: [], notes: [] };
  try {
    views = viewFindings(out, judgeAgain(streams, contract), inStreams.length > 0);
  } catch (error) {
    if (!(error instanceof StreamError)) throw error;
    inStreams.push(`No certificate can be made of it: ${error.message}`);
  }
  return {
    edits: [...inStreams, ...views.edits],
    carried: [...streams.flatMap((stream) => stream.carried), ...views.carried],
    notes: [...found.flatMap(({ notes }) => notes), ...views.notes],
    verdict: verdict(streams, heads),
  };
}

function verdict(streams: readonly StoredStream[], heads: readonly string[]): string {
  const chained = streams
    .map(({ lines, head: { head } }) => `${lines.length} envelopes, head ${head}`)
    .join('; ');
  const unproven = streams.filter(({ head: { head } }) => !heads.includes(head));
  if (!unproven.length)
    return `Nothing was edited: ${chained}. The head is the one given, so this is the stream that the run recorded.`;
  return (
    `Nothing was edited by itself: ${chained}. Each line is the one in the chain. ` +
    'But whoever can rewrite the stream can also rewrite its chain and its certificate. ' +
    'What proves that nobody did is the head that was printed at the end of the run, kept apart from these files: give it as --head.'
  );
}

/** Each head that is given must be one of a stream's. */
function headEdits(streams: readonly StoredStream[], heads: readonly string[]): string[] {
  if (heads.length > streams.length)
    throw new UsageError(
      `Expected at most a --head for each of the ${streams.length} streams, but ${heads.length} were given. Leave out those of other runs.`,
    );
  const computed = new Set(streams.map(({ head: { head } }) => head));
  const stored = new Set(streams.flatMap(({ chain }) => chain?.links.at(-1)?.head ?? []));
  return heads
    .filter((one) => !computed.has(one))
    .map((one) =>
      stored.has(one)
        ? `The chain ends in the head given, ${one}, and the stream does not.`
        : `Expected the head ${one}, but ${streams.map((stream) => `${stream.shown} ends in ${stream.head.head}`).join(', ')}. The stream and its chain were rewritten, or the head is another run's.`,
    );
}

interface Findings {
  readonly edits: readonly string[];
  readonly carried: readonly CarriedFile[];
  readonly notes: readonly string[];
}

/** Compares what lies in the folder of a certificate with what the record comes to. */
function viewFindings(folder: string, again: Again, streamEdited: boolean): Findings {
  const { certificate, recording } = again;
  const [json, html] = [renderJson(certificate), renderHtml(certificate, recording)];
  const missing = [json, html].filter(({ name }) => !existsSync(join(folder, name)));
  if (missing.length === 2 && recording.finishedAt === null)
    return {
      edits: [],
      carried: [],
      notes: ['No certificate was written, for the run was broken off; npm run report writes it.'],
    };
  const there = [json, html].filter((file) => !missing.includes(file));
  const stored = new Map(there.map((file) => [file, readFileSync(join(folder, file.name))]));
  const other = there.filter((file) => stored.get(file)!.toString() !== file.content.toString());
  const read = (file: (typeof there)[number]) => asWritten(stored.get(file)!).bytes.toString();
  const made = (file: (typeof there)[number]) =>
    asWritten(Buffer.from(file.content.toString())).bytes.toString();
  const changed = other.filter((file) => read(file) !== made(file));
  const doubt = streamEdited ? 'the stream was edited' : changed.length ? otherKit(again) : null;
  const whole = doubt === null;
  const edits = [
    ...missing.map(({ name }) => `${shownIn(folder, name)} is missing.`),
    ...changed.flatMap((file) =>
      limited(
        (file === json
          ? certificateEdits(read(file), { certificate, whole })
          : htmlEdits(read(file), made(file), whole)
        )
          // That the certificate names another stream than the one that was edited is no edit of its own.
          .filter((edit) => !(streamEdited && edit.startsWith('run.stream')))
          .map((edit) => `${shownIn(folder, file.name)}: ${edit}.`),
      ),
    ),
  ];
  const results = join(folder, 'allure-results');
  const inAllure =
    whole && existsSync(results)
      ? filesEdits(filesIn(results), renderAllureResults(certificate, recording), recording)
      : [];
  return {
    carried: other.flatMap((file) => carriedFile(shownIn(folder, file.name), asWritten(stored.get(file)!))),
    edits: [...edits, ...limited(inAllure.map((edit) => `${shownIn(folder, 'allure-results')}: ${edit}.`))],
    notes: [
      ...(changed.length && doubt
        ? [`The verdicts were compared; the certificate's bytes could not be, for ${doubt}.`]
        : []),
      ...(existsSync(join(folder, 'allure.html'))
        ? [`${shownIn(folder, 'allure.html')} is made by Allure itself, and was not compared.`]
        : []),
    ],
  };
}

/** Why this kit may write a certificate otherwise than the one that made the run; `null` when it may not. */
function otherKit({ recording: { run }, otherwise }: Again): string | null {
  const own = kit();
  const named = ({ version, commit }: typeof own) => `${version} (${commit})`;
  if (named(own) !== named(run.kit))
    return `the run was made with version ${named(run.kit)} of the kit, and this is ${named(own)}`;
  return otherwise.length ? otherwise.join(' ') : null;
}

const filesIn = (folder: string): Map<string, Uint8Array> =>
  new Map(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [name, readFileSync(join(folder, name))]),
  );

const shownIn = (folder: string, name: string): string => relative(process.cwd(), join(folder, name));

const limited = (edits: readonly string[]): string[] =>
  edits.length > most ? [...edits.slice(0, most), `And ${edits.length - most} more like these.`] : [...edits];
