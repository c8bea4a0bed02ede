import { hash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Envelope } from '@cucumber/messages';
import { Chain, readChain, type StoredChain, type StreamHead } from '../chain.ts';
import { lackingInObservation } from '../shape.ts';
import { media, type Recording, StreamError, StreamFold } from '../stream.ts';
import { upgradedObservation } from '../upgrade.ts';
import { UsageError } from '../usage-error.ts';
import { asWritten, asWrittenWhole, type Carried, type CarriedFile, carriedFile } from './carried.ts';
import { files } from './stream-file.ts';

/** A line of a stored stream, its line feed included. */
export interface Line {
  readonly bytes: Uint8Array;
  readonly digest: string;
}

/** A stream as it lies on the disk. */
export interface StoredStream {
  readonly folder: string;
  /** How the file is named to the user. */
  readonly shown: string;
  /** What can be read of it. */
  readonly lines: readonly Line[];
  readonly head: StreamHead;
  /**
   * A last line that is not part of the record: it was cut off, or a run that was killed had not taken it into
   * the chain yet. `null` when there is none.
   */
  readonly left: { readonly line: Line; readonly why: 'cut' | 'not chained' } | null;
  /** `null` when no chain lies beside it. */
  readonly chain: StoredChain | null;
  /** Of stream and chain, what came with other line ends or in another coding; both are read as they were written. */
  readonly carried: readonly CarriedFile[];
}

/** Reads the stream of a run. Throws a `UsageError` when there is none. */
export function readStream(folder: string): StoredStream {
  const path = join(folder, files.messages);
  const shown = relative(process.cwd(), path) || path;
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
    throw new UsageError(
      'KIT-RECORD-001',
      `Expected the message stream of a run at ${shown}, but there is none. Give the folder that certify wrote (--out).`,
    );
  }
  const stored = chainFile(folder);
  const chain = stored && readChain(stored.bytes.toString());
  const stream = wholeBy(chain, asWritten(readFileSync(path)));
  const pieces = linesOf(stream.bytes);
  const why = whyLeft(pieces, chain);
  const computed = new Chain();
  const recorded = new Set(chain?.links.map(({ digest }) => digest));
  const lines = (why ? pieces.slice(0, -1) : pieces).map((bytes) => lineOf(bytes, recorded, computed));
  const left = why && { line: lineOf(pieces.at(-1)!, recorded), why };
  const carried = [
    ...carriedFile(shown, stream),
    ...(stored ? carriedFile(shown.replace(files.messages, files.chain), stored) : []),
  ];
  return { folder, shown, lines, head: computed.head, left, chain, carried };
}

/** What a stream holds. Throws a `StreamError` that names the line when one can't be read. */
export function recordingOf({ shown, lines, head }: StoredStream): Recording {
  const messages = lines.filter(({ bytes }) => !isBlank(bytes));
  const fold = new StreamFold((first, last) =>
    messages.slice(first, last + 1).map(({ bytes }) => envelopeIn(bytes)!),
  );
  lines.forEach(({ bytes }, index) => {
    const damaged = (why: string) =>
      new StreamError(
        `${shown}:${index + 1}: expected a message of a run, but ${why}. The stream was changed or its disk failed: run again.`,
      );
    if (isBlank(bytes)) return;
    const envelope = envelopeIn(bytes);
    if (envelope === undefined) throw damaged('this line is not JSON');
    const lacking = lackingIn(envelope);
    if (lacking) throw damaged(lacking);
    try {
      fold.take(envelope);
    } catch (error) {
      throw damaged(error instanceof StreamError ? error.message : 'this line holds something else');
    }
  });
  try {
    return fold.record(head);
  } catch (error) {
    throw error instanceof StreamError
      ? new StreamError(`Expected a run in ${shown}, but ${error.message}.`)
      : error;
  }
}

/** The message of a line; `undefined` when it is not JSON. */
export function envelopeIn(bytes: Uint8Array): Envelope | undefined {
  try {
    return JSON.parse(Buffer.from(bytes).toString()) as Envelope;
  } catch {
    return undefined;
  }
}

/** What an attachment of the kit's lacks, in words; `null` where it is whole, or none of the kit's. */
function lackingIn(envelope: Envelope | null): string | null {
  const attachment = envelope?.attachment;
  if (!attachment) return null;
  const { mediaType, body } = attachment;
  const named = `an attachment (${mediaType})`;
  if (typeof body !== 'string') return `${named} lacks its body`;
  const what = {
    [media.observation]: 'an observation',
    [media.finished]: 'the record of the end',
    [media.again]: 'the record of further attempts',
  }[mediaType];
  if (!what) return null;
  try {
    const found: unknown = JSON.parse(body);
    if (mediaType === media.finished)
      return typeof (found as { finishedAt?: unknown } | null)?.finishedAt === 'string'
        ? null
        : `${what} lacks finishedAt`;
    if (mediaType === media.again)
      return isListOfTexts((found as { rows?: unknown } | null)?.rows) ? null : `${what} lacks rows`;
    const lacking = lackingInObservation(upgradedObservation(found));
    return lacking.length ? `${what} lacks ${lacking.join(', ')}` : null;
  } catch {
    return `the body of ${what} is not JSON`;
  }
}

const isListOfTexts = (found: unknown): boolean =>
  Array.isArray(found) && found.every((one) => typeof one === 'string');

const isBlank = (bytes: Uint8Array): boolean => !Buffer.from(bytes).toString().trim();

/** Whether each line is the one that was chained, and none is missing. */
export const keepsItsChain = ({ chain, head }: StoredStream): boolean =>
  chain !== null &&
  !chain.wrong.length &&
  chain.links.length === head.envelopes &&
  chain.links.at(-1)?.head === head.head;

function whyLeft(
  pieces: readonly Uint8Array[],
  chain: StoredChain | null,
): NonNullable<StoredStream['left']>['why'] | null {
  const last = pieces.at(-1);
  if (last && last.at(-1) !== lineFeed) return 'cut';
  const early = last && envelopeIn(last)?.attachment?.mediaType !== media.finished;
  return chain && early && pieces.length === chain.links.length + 1 ? 'not chained' : null;
}

const lineOf = (bytes: Uint8Array, recorded: ReadonlySet<string>, chain = new Chain()): Line => ({
  bytes,
  digest: chain.take(bytes, recorded).digest,
});

function chainFile(folder: string): Carried | null {
  const path = join(folder, files.chain);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return null;
  const carried = asWritten(readFileSync(path));
  return isWholeLink(carried.bytes) ? asWrittenWhole(carried) : carried;
}

/** Whether the last line of a chain is all there, but for its line feed perhaps. */
const isWholeLink = (bytes: Buffer): boolean =>
  /(?:^|\n)[0-9a-f]{64} [0-9a-f]{64}\n?$/.test(bytes.subarray(-200).toString('latin1'));

/** A stream whose last line lacks nothing but its line feed, as its chain proves, lost that on its way. */
function wholeBy(chain: StoredChain | null, carried: Carried): Carried {
  const last = chain?.links.at(-1);
  const { bytes } = carried;
  if (!last || bytes.at(-1) === lineFeed) return carried;
  const line = bytes.subarray(bytes.lastIndexOf(lineFeed) + 1);
  const whole = hash('sha256', Buffer.concat([line, Buffer.from('\n')])) === last.digest;
  return whole ? asWrittenWhole(carried) : carried;
}

const lineFeed = 10;

function linesOf(bytes: Buffer): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(lineFeed, from);
    const next = end < 0 ? bytes.length : end + 1;
    lines.push(bytes.subarray(from, next));
    from = next;
  }
  return lines;
}
