/** A text file of a run as it was written, and what a tool on its way has made of it; `null` where nothing. */
export interface Carried {
  readonly bytes: Buffer;
  readonly changed: string | null;
}

const [lineFeed, carriageReturn] = [10, 13];

/**
 * Takes back what tools do to text that passes through them: git's core.autocrlf, a transfer in text mode, an editor, a
 * shell that pipes. No file of a run begins with a byte order mark or ends a line by anything but one line feed.
 */
export function asWritten(found: Buffer): Carried {
  const [text, coding] = inUtf8(found);
  const bytes = text.includes(carriageReturn) ? withLineFeeds(text) : text;
  const changes = [...(coding ? [coding] : []), ...(bytes === text ? [] : ['CRLF line ends'])];
  return { bytes, changed: changes.length ? changes.join(' and ') : null };
}

/** The same of a file that is surely whole: its last line feed is given back too, which some editors take. */
export function asWrittenWhole(carried: Carried): Carried {
  const { bytes, changed } = carried;
  if (!bytes.length || bytes.at(-1) === lineFeed) return carried;
  const lacks = 'no line feed at its end';
  return {
    bytes: Buffer.concat([bytes, Buffer.from('\n')]),
    changed: changed === null ? lacks : `${changed} and ${lacks}`,
  };
}

/** Whether a piece of a text is as it was written; the first piece shows the coding. */
export const isPlain = (piece: Buffer, first: boolean): boolean =>
  !piece.includes(carriageReturn) && !(first && inUtf8(piece)[1]);

function inUtf8(found: Buffer): [bytes: Buffer, coding: string | null] {
  const begins = (...mark: number[]) => mark.every((byte, index) => found[index] === byte);
  if (begins(0xef, 0xbb, 0xbf)) return [found.subarray(3), 'a byte order mark (BOM)'];
  if (begins(0xff, 0xfe)) return [Buffer.from(found.toString('utf16le', 2)), 'UTF-16 coding'];
  if (begins(0xfe, 0xff) && found.length % 2 === 0)
    return [Buffer.from(Buffer.from(found).swap16().toString('utf16le', 2)), 'UTF-16 coding'];
  return [found, null];
}

function withLineFeeds(text: Buffer): Buffer {
  const bytes = Buffer.alloc(text.length);
  let length = 0;
  text.forEach((byte, index) => {
    if (byte === lineFeed && text[index - 1] === carriageReturn) return;
    bytes[length++] = byte === carriageReturn ? lineFeed : byte;
  });
  return bytes.subarray(0, length);
}

/** A file that was changed on its way, as the user learns of it. */
export interface CarriedFile {
  readonly shown: string;
  readonly changed: string;
}

/** A file, if it was changed on its way. */
export const carriedFile = (shown: string, { changed }: Pick<Carried, 'changed'>): CarriedFile[] =>
  changed === null ? [] : [{ shown, changed }];

/** One line about all files that were changed on their way. */
export const carriedLine = (files: readonly CarriedFile[]): string =>
  `A tool on the way changed line ends or coding: ${files
    .map(({ shown, changed }) => `${shown} has ${changed}`)
    .join(', ')}. Carry the folder as it is, in a zip for instance, or with git's core.autocrlf off.`;
