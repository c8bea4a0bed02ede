import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Contract } from '../contract/index.ts';
import type { Certificate } from '../judging/index.ts';
import { counted } from '../record/counted.ts';
import { asWritten, asWrittenWhole, type CarriedFile, carriedFile } from '../record/disk/carried.ts';
import { readStream, type StoredStream } from '../record/disk/stored-stream.ts';
import { StreamError } from '../record/stream.ts';
import { UsageError } from '../record/usage-error.ts';
import type { Run } from '../record/vocabulary.ts';
import {
  evidenceFolder,
  renderAllureResults,
  renderHtml,
  renderHtmlBeside,
  renderJson,
  styleFile,
} from '../report/index.ts';
import { certificateEdits, filesEdits, htmlEdits } from './certificate-edits.ts';
import { type Coherence, coherenceOf } from './coherence/index.ts';
import { type Again, judgeAgain, knownOf } from './judge-again.ts';
import { nameOfKit, sameKit } from './kits/known-kits.ts';
import { streamFindings } from './stream-edits.ts';

/** Of edits of one kind no more are named than this. */
const most = 12;

/** What a look at a run came to; paragraphs for the user. */
export interface Examined {
  readonly edits: readonly string[];
  /** What is not as this kit would write it, where another kit, or another contract, made the run: no edit that is proven. */
  readonly unchecked: readonly string[];
  /** What the record results in; `null` when no certificate can be made of it. */
  readonly again: Again | null;
  /** What in the record contradicts itself; `null` when no certificate can be made of it. */
  readonly coherence: Coherence | null;
  /** Whether something could not be compared, so that nobody may say that it was not edited. */
  readonly whole: boolean;
  /** What came with other line ends or in another coding, and is compared as it was written. */
  readonly carried: readonly CarriedFile[];
  readonly notes: readonly string[];
  /** What it comes to when nothing was edited. */
  readonly verdict: string;
}

/** Whether a folder holds the certificate of its own stream alone, and not one of several shards. */
export function certifiesItself(folder: string): boolean {
  try {
    const { run } = JSON.parse(readFileSync(join(folder, 'certification.json'), 'utf8')) as Certificate;
    return 'head' in run.stream && run.stream.head === readStream(folder).head.head;
  } catch {
    return false;
  }
}

/** What a run is compared with. */
export interface Against {
  /** The heads that were printed. */
  readonly heads: readonly string[];
  readonly contract: Contract;
  /** The folder of the certificate. */
  readonly out: string;
  /** The kit that compares. */
  readonly kit: Run['kit'];
  /** False for a bundle, which holds no page: the page is made of the record again. */
  readonly page?: boolean;
}

/**
 * Looks whether anything of a run was edited: its streams in these folders, their chains, and the certificate in
 * `out`. Throws a `UsageError` when there is no stream.
 */
export function examine(folders: readonly string[], against: Against): Examined {
  const { heads, contract } = against;
  const streams = folders.map(readStream);
  const found = streams.map(streamFindings);
  const inStreams = [...found.flatMap(({ edits }) => limited(edits)), ...headEdits(streams, heads)];
  let views: Findings = { edits: [], unchecked: [], carried: [], notes: [], whole: false };
  let again: Again | null = null;
  try {
    again = judgeAgain(streams, contract);
    views = viewFindings(again, inStreams.length > 0, against);
  } catch (error) {
    if (!(error instanceof StreamError)) throw error;
    inStreams.push(`No certificate can be made of it: ${error.message}`);
  }
  return {
    edits: [...inStreams, ...views.edits],
    unchecked: views.unchecked,
    again,
    coherence: again && coherenceOf(again.recording, knownOf(again, against.kit)),
    whole: views.whole,
    carried: [...streams.flatMap((stream) => stream.carried), ...views.carried],
    notes: [...found.flatMap(({ notes }) => notes), ...views.notes],
    verdict: verdict(streams, heads, views.whole),
  };
}

function verdict(streams: readonly StoredStream[], heads: readonly string[], whole: boolean): string {
  const chained = streams
    .map(({ lines, head: { head } }) => `${counted(lines.length, 'envelope')}, head ${head}`)
    .join('; ');
  const unproven = streams.filter(({ head: { head } }) => !heads.includes(head));
  if (!unproven.length)
    return `${whole ? 'Nothing was edited' : 'The record was not edited'}: ${chained}. The head is the one given, so this is the stream that the run recorded.`;
  return (
    `Record, chain${whole ? ' and certificate' : ''} agree with each other: ${chained}. ` +
    'That proves no more than that: whoever can rewrite the stream can also rewrite its chain and its certificate, and the head above came with these files. ' +
    'What proves that nobody did is the head that was printed at the end of the run, kept apart from these files: give it as --head.'
  );
}

/** Each head that is given must be one of a stream's. */
function headEdits(streams: readonly StoredStream[], heads: readonly string[]): string[] {
  if (heads.length > streams.length)
    throw new UsageError(
      'KIT-VERIFY-001',
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
  readonly unchecked: readonly string[];
  readonly whole: boolean;
  readonly carried: readonly CarriedFile[];
  readonly notes: readonly string[];
}

/** Compares what lies in the folder of a certificate with what the record comes to. */
function viewFindings(
  again: Again,
  streamEdited: boolean,
  { out: folder, kit, page = true }: Pick<Against, 'out' | 'kit' | 'page'>,
): Findings {
  const { certificate, recording } = again;
  const json = renderJson(certificate);
  const beside =
    page && existsSync(join(folder, styleFile)) ? renderHtmlBeside(certificate, recording) : null;
  const views = page ? [json, beside?.page ?? renderHtml(certificate, recording)] : [json];
  const missing = views.filter(({ name }) => !existsSync(join(folder, name)));
  if (missing.length === views.length && recording.finishedAt === null)
    return {
      edits: [],
      unchecked: [],
      whole: false,
      carried: [],
      notes: ['No certificate was written, because the run was broken off; npm run report writes it.'],
    };
  const there = views.filter((file) => !missing.includes(file));
  const stored = new Map(there.map((file) => [file, readFileSync(join(folder, file.name))]));
  const other = there.filter((file) => stored.get(file)!.toString() !== file.content.toString());
  const read = (file: (typeof there)[number]) =>
    asWrittenWhole(asWritten(stored.get(file)!)).bytes.toString();
  const made = (file: (typeof there)[number]) =>
    asWrittenWhole(asWritten(Buffer.from(file.content.toString()))).bytes.toString();
  const changed = other.filter((file) => read(file) !== made(file));
  const doubt = streamEdited ? 'the stream was edited' : changed.length ? otherKit(again, kit) : null;
  const whole = doubt === null;
  const gone = missing.map(({ name }) => `${shownIn(folder, name)} is missing.`);
  const differing = changed.flatMap((file) =>
    limited(
      (file === json
        ? certificateEdits(read(file), { certificate, whole })
        : htmlEdits(read(file), made(file), whole)
      )
        // That the certificate names another stream than the one that was edited is no edit of its own.
        .filter((edit) => !(streamEdited && edit.startsWith('run.stream')))
        .map((edit) => `${shownIn(folder, file.name)}: ${edit}.`),
    ),
  );
  // Another kit, or another contract, may judge an honest record otherwise.
  const unproven = !streamEdited && doubt !== null;
  // Of which stream a certificate was made, every kit can tell.
  const ofAnother = differing.filter((edit) => edit.includes(': run.stream'));
  const results = join(folder, 'allure-results');
  const inAllure =
    whole && existsSync(results)
      ? filesEdits(filesIn(results), renderAllureResults(certificate, recording), recording)
      : [];
  const inFiles = beside && whole ? filesEdits(besideIn(folder), beside.files(), recording) : [];
  return {
    carried: other.flatMap((file) =>
      carriedFile(shownIn(folder, file.name), asWrittenWhole(asWritten(stored.get(file)!))),
    ),
    unchecked: unproven ? differing.filter((edit) => !ofAnother.includes(edit)) : [],
    whole: doubt === null,
    edits: [
      ...gone,
      ...(unproven ? ofAnother : differing),
      ...limited(inFiles.map((edit) => `${shownIn(folder, edit)}.`)),
      ...limited(inAllure.map((edit) => `${shownIn(folder, 'allure-results')}: ${edit}.`)),
    ],
    notes: [
      ...(changed.length && doubt
        ? [`The verdicts were compared; the certificate's bytes could not be, because ${doubt}.`]
        : []),
      ...(existsSync(join(folder, 'allure.html'))
        ? [`${shownIn(folder, 'allure.html')} is made by Allure itself, and was not compared.`]
        : []),
    ],
  };
}

/** Why this kit may write a certificate otherwise than the one that made the run; `null` when it may not. */
function otherKit({ recording: { run }, otherwise }: Again, own: Run['kit']): string | null {
  if (!sameKit(own, run.kit))
    return `the run was made with version ${nameOfKit(run.kit)} of the kit, and this is ${nameOfKit(own)}`;
  return otherwise.length ? otherwise.join(' ') : null;
}

const filesIn = (folder: string): Map<string, Uint8Array> =>
  new Map(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [name, readFileSync(join(folder, name))]),
  );

/** What lies beside a page: its style sheet, and its pictures. */
const besideIn = (folder: string): Map<string, Uint8Array> =>
  new Map([
    [styleFile, readFileSync(join(folder, styleFile))],
    ...(existsSync(join(folder, evidenceFolder))
      ? [...filesIn(join(folder, evidenceFolder))].map(([name, bytes]): [string, Uint8Array] => [
          `${evidenceFolder}/${name}`,
          bytes,
        ])
      : []),
  ]);

const shownIn = (folder: string, name: string): string => relative(process.cwd(), join(folder, name));

const limited = (edits: readonly string[]): string[] =>
  edits.length > most ? [...edits.slice(0, most), `And ${edits.length - most} more like these.`] : [...edits];
