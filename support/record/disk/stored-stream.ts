import { hash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Envelope } from '@cucumber/messages';
import { Chain, readChain, type StoredChain, type StreamHead } from '../chain.ts';
import { lackingInObservation } from '../shape.ts';
import { media, type Recording, StreamError, StreamFold } from '../stream.ts';
import { upgradedObservation } from '../upgrade.ts';
import { UsageError } from '../usage-error.ts';
import {
  asWritten,
  asWrittenWhole,
  type Carried,
  type CarriedFile,
  carriedFile,
  isPlain,
} from './carried.ts';
import { partsOf, piecesOf } from './pieces.ts';
import { files } from './stream-file.ts';

/** A line of a stored stream, its line feed included. It is read from the disk when it is asked for. */
export class Line {
  readonly digest: string;
  readonly #read: Read;
  readonly #from: number;
  readonly #to: number;

  constructor(read: Read, [from, to]: Place, chain: Chain, recorded: ReadonlySet<string>) {
    this.#read = read;
    this.#from = from;
    this.#to = to;
    this.digest = chain.take(this.passing, recorded).digest;
  }

  /** Its bytes, for whoever keeps them. */
  get bytes(): Uint8Array {
    return Buffer.from(this.passing);
  }

  /** Its bytes until the next line is read, which takes their place: a long record is read more than once. */
  get passing(): Buffer {
    return this.#read(this.#from, this.#to);
  }

  /** Its message; `undefined` when it is not JSON. */
  get envelope(): Envelope | undefined {
    return envelopeIn(this.passing);
  }
}

/** Gives the bytes of a text from one place to another, until it is asked again. */
type Read = (from: number, to: number) => Buffer;

/** Where a line begins, and where the next one does. */
type Place = readonly [from: number, to: number];

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
  const { read, places, changed } = textIn(path, chain);
  const why = whyLeft(read, places, chain);
  const computed = new Chain();
  const recorded = new Set(chain?.links.map(({ digest }) => digest));
  const lines = (why ? places.slice(0, -1) : places).map(
    (place) => new Line(read, place, computed, recorded),
  );
  const left = why && { line: new Line(read, places.at(-1)!, new Chain(), recorded), why };
  const carried = [
    ...carriedFile(shown, { changed }),
    ...(stored ? carriedFile(shown.replace(files.messages, files.chain), stored) : []),
  ];
  return { folder, shown, lines, head: computed.head, left, chain, carried };
}

/** What a stream holds. Throws a `StreamError` that names the line when one can't be read. */
export function recordingOf({ shown, lines, head }: StoredStream): Recording {
  const messages: Line[] = [];
  const fold = new StreamFold(function* (first, last) {
    for (const line of messages.slice(first, last + 1)) yield line.envelope!;
  });
  lines.forEach((line, index) => {
    const damaged = (why: string) =>
      new StreamError(
        `${shown}:${index + 1}: expected a message of a run, but ${why}. The stream was changed or its disk failed: run again.`,
      );
    if (isBlank(line.passing)) return;
    messages.push(line);
    const { envelope } = line;
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

function envelopeIn(bytes: Buffer): Envelope | undefined {
  try {
    return JSON.parse(bytes.toString()) as Envelope;
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

const isBlank = (bytes: Uint8Array): boolean => !bytes.some((byte) => byte > space);

/** Whether each line is the one that was chained, and none is missing. */
export const keepsItsChain = ({ chain, head }: StoredStream): boolean =>
  chain !== null &&
  !chain.wrong.length &&
  chain.links.length === head.envelopes &&
  chain.links.at(-1)?.head === head.head;

function whyLeft(
  read: Read,
  places: readonly Place[],
  chain: StoredChain | null,
): NonNullable<StoredStream['left']>['why'] | null {
  const place = places.at(-1);
  const last = place && read(...place);
  if (last && last.at(-1) !== lineFeed) return 'cut';
  const early = last && envelopeIn(last)?.attachment?.mediaType !== media.finished;
  return chain && early && places.length === chain.links.length + 1 ? 'not chained' : null;
}

/**
 * The text of a stream, and where its lines are. It stays on the disk, for a long run leaves much: only what a tool has
 * changed on the way, or cut off, is read as a whole and taken back to what was written.
 */
function textIn(
  path: string,
  chain: StoredChain | null,
): { read: Read; places: Place[]; changed: string | null } {
  const places: Place[] = [];
  let [size, begins, plain] = [0, 0, true];
  for (const piece of piecesOf(path, true)) {
    plain &&= isPlain(piece, size === 0);
    for (const end of endsIn(piece)) {
      places.push([begins, size + end]);
      begins = size + end;
    }
    size += piece.length;
  }
  if (plain && begins === size) return { read: partsOf(path), places, changed: null };
  const { bytes, changed } = wholeBy(chain, asWritten(readFileSync(path)));
  return { read: (from, to) => bytes.subarray(from, to), places: placesIn(bytes), changed };
}

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

const [lineFeed, space] = [10, 32];

/** Behind each line feed. */
function* endsIn(bytes: Buffer): Generator<number, void> {
  for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) yield at + 1;
}

function placesIn(bytes: Buffer): Place[] {
  const ends = [...endsIn(bytes)];
  if (bytes.length && bytes.at(-1) !== lineFeed) ends.push(bytes.length);
  return ends.map((end, index) => [ends[index - 1] ?? 0, end]);
}
