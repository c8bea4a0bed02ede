import { Unzip, UnzipInflate, type Zippable, zipSync } from 'fflate';

/** More than this no bundle unpacks to, in bytes: a small file could else fill a disk. */
const largest = 2 ** 30;

/** Files by their names in an archive, which have slashes between folders. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** The archive can't be unpacked. The message is the end of a sentence: "…, but it is not a zip file". */
export class ArchiveError extends Error {}

/** A zip file. The same files give the same bytes, whenever and wherever it is made. */
export function zipOf(files: Files): Uint8Array {
  // Zip knows no time before 1980, and counts in local time.
  const mtime = new Date(1980, 0, 1);
  const entries = [...files].sort(([one], [other]) => (one < other ? -1 : 1));
  return zipSync(Object.fromEntries(entries) as Zippable, { mtime, level: 6 });
}

/** What becomes of one file of an archive: it is given piece by piece, and then ends. */
export interface Member {
  readonly take: (piece: Uint8Array) => void;
  readonly end: () => void;
}

/**
 * Unpacks a zip file, given piece by piece, one member after the other: none of them is in memory as a whole. Throws an
 * `ArchiveError` when it is none, when a name occurs twice or leads out of the archive, or when it unpacks to more than
 * `most` bytes.
 */
export function unpack(
  zip: Iterable<Uint8Array>,
  member: (name: string) => Member,
  most: number = largest,
): void {
  const names = new Set<string>();
  let [size, announced] = [0, 0];
  const tooLarge = () => new ArchiveError(`it unpacks to more than ${most / 2 ** 20} MB`);
  const unzip = new Unzip((file) => {
    const { name, originalSize = 0 } = file;
    if (names.has(name)) throw new ArchiveError(`it holds ${name} twice`);
    if (leadsOut(name)) throw new ArchiveError(`the name ${JSON.stringify(name)} leads out of it`);
    announced += originalSize;
    if (announced > most) throw tooLarge();
    names.add(name);
    const { take, end } = name.endsWith('/') ? folder : member(name);
    file.ondata = (error, piece, final) => {
      if (error) throw error;
      size += piece.length;
      if (size > most) throw tooLarge();
      take(piece);
      if (final) end();
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  let tail = Buffer.alloc(0);
  const cutOff = 'it is not a zip file, or it was cut off';
  try {
    for (const piece of zip) {
      tail = Buffer.concat([tail, piece]).subarray(-farthest);
      unzip.push(piece);
    }
    unzip.push(new Uint8Array(), true);
  } catch (error) {
    // What the library throws is an object of its own, and what `member` throws has a code.
    if (error instanceof ArchiveError || !isOfLibrary(error)) throw error;
    throw new ArchiveError(cutOff);
  }
  if (listed(tail) !== names.size) throw new ArchiveError(cutOff);
}

const folder: Member = { take: () => {}, end: () => {} };

/** The errors of fflate have numbers for codes. */
const isOfLibrary = (error: unknown): boolean => typeof (error as { code?: unknown }).code === 'number';

/** So many bytes before the end of a zip file its directory ends at the most: behind it stands a comment. */
const farthest = 22 + 65_535;

/** How many files the end of a zip file says that it holds; `null` where it was cut off. */
function listed(tail: Buffer): number | null {
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const whole = end >= 0 && tail.length >= end + 22 && tail.length === end + 22 + tail.readUInt16LE(end + 20);
  return whole ? tail.readUInt16LE(end + 10) : null;
}

const leadsOut = (name: string): boolean =>
  !name ||
  /^[/\\]|\\|^[a-z]:|\0/i.test(name) ||
  name.split('/').some((part) => part === '..' || part === '.');
