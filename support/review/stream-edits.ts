import type { Envelope } from '@cucumber/messages';
import { type Edit, editsBetween } from '../record/chain.ts';
import type { Line, StoredStream } from '../record/disk/stored-stream.ts';
import { files } from '../record/disk/stream-file.ts';
import { isPicture } from '../record/picture.ts';
import { type DeletedPhoto, deletedIn, deletedWords } from '../record/picture-line.ts';
import { media, StreamFold } from '../record/stream.ts';
import type { Observation } from '../record/vocabulary.ts';

/** What a look at a stream and its chain came to; each entry is a paragraph for the user. */
export interface StreamFindings {
  readonly edits: readonly string[];
  /** What is odd about it and no edit: how a run that was killed leaves its stream. */
  readonly notes: readonly string[];
}

/** Compares a stream with the chain beside it, and names every line that is not as it was recorded. */
export function streamFindings(stream: StoredStream): StreamFindings {
  const { shown, chain, lines, left } = stream;
  const chainShown = shown.replace(files.messages, files.chain);
  if (!chain) {
    const missing = `${chainShown} is missing: without it nothing shows whether the stream is what was recorded. It was taken away, or an earlier version of the kit made the run.`;
    return { edits: [missing], notes: [] };
  }
  const { contents, finished, rewritten } = read(lines);
  const recorded = chain.links.map(({ digest }) => digest);
  const killed = !finished && recorded.length === lines.length ? left : null;
  const present = left && !killed ? [...lines, left.line] : lines;
  const edits = editsBetween(
    recorded,
    present.map(({ digest }) => digest),
  ).map((edit) => {
    if (edit.kind === 'removed') return `${shown}: ${gone(edit)}`;
    const cut = left?.why === 'cut' && present[edit.line - 1] === left.line;
    const content = contents[edit.line - 1] ?? { what: 'the rest of a line', screenshot: null };
    const beyond = edit.line > recorded.length ? ', or the chain was cut short' : '';
    return `${shown}:${edit.line}: ${content.what} ${cut ? 'was cut off' : became(edit)}${beyond}.`;
  });
  const deleted = deletions(shown, contents);
  return {
    edits: [
      ...chain.wrong
        .slice(0, 1)
        .map(
          (line) =>
            `${chainShown}:${line}: this link does not follow from the one before it. The chain itself was edited.`,
        ),
      ...rewritten.map(
        (line) =>
          `${shown}:${line}: ${contents[line - 1]!.what} is not laid out as the kit writes it, or says a thing twice: another program wrote it.`,
      ),
      ...(chain.cut && finished ? [`${chainShown}: its last line was cut off.`] : []),
      ...edits,
      ...deleted.edits,
      ...(edits.length ? missingScreenshots(contents).map((one) => `${shown}: ${one}`) : []),
    ],
    notes: [
      ...deleted.notes,
      ...(killed
        ? [
            `${shown}:${lines.length + 1}: the last line ${killed.why === 'cut' ? 'was cut off' : 'is not in the chain'}, as when a run is killed while it writes. It is left out of everything.`,
          ]
        : []),
    ],
  };
}

function became(edit: Exclude<Edit, { kind: 'removed' }>): string {
  if (edit.kind === 'changed') return 'is not what was recorded here: it was changed';
  if (edit.kind === 'moved') return `was recorded as line ${edit.was}: the order was changed`;
  return edit.copy ? 'is there twice: a copy was added' : 'is not in the chain: it was added';
}

function gone({ was, through, atEnd }: Extract<Edit, { kind: 'removed' }>): string {
  const lines =
    was === through ? `line ${was} of the recording is` : `lines ${was} to ${through} of the recording are`;
  return `${lines} missing: ${atEnd ? 'the stream was cut short' : 'removed'}.`;
}

/** What stands in a line, in words, and what can be reported of screenshots by it. */
interface Content {
  readonly what: string;
  readonly screenshot: {
    readonly name: string;
    readonly row: string | null;
    readonly there: boolean;
    readonly attested?: boolean;
  } | null;
  readonly deleted?: DeletedPhoto;
}

function read(lines: readonly Line[]): { contents: Content[]; finished: boolean; rewritten: number[] } {
  const fold = new StreamFold(() => []);
  let finished = false;
  const rewritten: number[] = [];
  const contents = lines.map((line, index): Content => {
    const { envelope } = line;
    if (envelope && !isLaidOut(line.passing, envelope)) rewritten.push(index + 1);
    if (!envelope) return { what: 'a line that is not JSON any more', screenshot: null };
    finished ||= envelope.attachment?.mediaType === media.finished;
    try {
      fold.take(envelope);
      return contentOf(envelope, fold.rowOf(envelope));
    } catch {
      return { what: 'a line that is not a message any more', screenshot: null };
    }
  });
  return { contents, finished, rewritten };
}

/** The kit writes each message, and each of its own records in one, as `JSON.stringify` prints it: that says nothing twice. */
function isLaidOut(text: Buffer, envelope: Envelope): boolean {
  const { attachment } = envelope;
  return (
    text.equals(Buffer.from(`${JSON.stringify(envelope)}\n`)) &&
    (!attachment?.mediaType.startsWith('application/vnd.dojo-conformance.') || printsBack(attachment.body))
  );
}

function printsBack(body: string): boolean {
  try {
    return JSON.stringify(JSON.parse(body)) === body;
  } catch {
    return true;
  }
}

function contentOf(envelope: Envelope, row: string | null): Content {
  const ofRow = row ? ` of the row ${row}` : '';
  const { attachment } = envelope;
  if (attachment?.mediaType === media.run) return { what: 'the record of the run', screenshot: null };
  if (attachment?.mediaType === media.finished)
    return { what: "the record of the run's end", screenshot: null };
  if (attachment?.mediaType === media.again)
    return { what: 'the record of the rows that are run again', screenshot: null };
  if (isPicture(attachment?.mediaType)) {
    const name = attachment.fileName ?? '';
    const deleted = deletedIn(attachment);
    return {
      what: `the screenshot ${name}${ofRow}`,
      screenshot: { name, row, there: true },
      ...(deleted ? { deleted } : {}),
    };
  }
  if (attachment?.mediaType === media.observation) {
    const seen = JSON.parse(attachment.body) as Observation;
    const name = 'screenshot' in seen ? seen.screenshot : undefined;
    const attested = seen.kind === 'display' && seen.attested !== undefined;
    const screenshot = name === undefined ? null : { name, row, there: false, attested };
    return { what: `an observation (${seen.kind})${ofRow}`, screenshot };
  }
  return { what: `a message (${Object.keys(envelope)[0] ?? 'empty'})${ofRow}`, screenshot: null };
}

/** What was seen on a display names the screenshot that was taken with it. */
function missingScreenshots(contents: readonly Content[]): string[] {
  const all = contents.flatMap(({ screenshot }) => screenshot ?? []);
  const there = new Set(all.flatMap(({ name, there }) => (there ? name : [])));
  return all.flatMap(({ name, row, there: attached }) =>
    attached || there.has(name) ? [] : [`the screenshot ${name} of the row ${row} is missing.`],
  );
}

/** Photos that are gone because their owner deleted them: the chain proves that each was there, and which it was. */
function deletions(shown: string, contents: readonly Content[]): Record<'edits' | 'notes', string[]> {
  const all = contents.flatMap(({ screenshot }) => screenshot ?? []);
  const given = new Set(all.flatMap(({ name, attested }) => (attested ? name : [])));
  const found = contents.flatMap(({ deleted, screenshot }, index) =>
    deleted ? [{ deleted, row: screenshot?.row, at: `${shown}:${index + 1}` }] : [],
  );
  return {
    edits: found.flatMap(({ deleted, at }) =>
      given.has(deleted.name)
        ? []
        : [
            `${at}: the picture ${deleted.name} was taken out. The kit took it itself: only a photo that a person gave can be deleted.`,
          ],
    ),
    notes: found.flatMap(({ deleted, row, at }) =>
      given.has(deleted.name)
        ? [
            `${at}: deleted by its owner: the photo ${deletedWords(deleted)}. What a person attested with it in the row ${row} rests on it no more.`,
          ]
        : [],
    ),
  };
}
