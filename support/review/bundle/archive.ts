import { type UnzipFileInfo, type Unzipped, unzipSync, type Zippable, zipSync } from 'fflate';

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

/**
 * Unpacks a zip file, and gives one member after the other: no more than one of them is in memory. Throws an
 * `ArchiveError` when it is none, when a name occurs twice or leads out of the archive, or when it unpacks to more than
 * `most` bytes.
 */
export function unpack(
  zip: Uint8Array,
  member: (name: string, bytes: Uint8Array) => void,
  most: number = largest,
): void {
  for (const name of namesIn(zip, most)) {
    if (name.endsWith('/')) continue;
    const found = unzipped(zip, (one) => one.name === name);
    member(name, found[name]!);
  }
}

function namesIn(zip: Uint8Array, most: number): Iterable<string> {
  const names = new Set<string>();
  let size = 0;
  unzipped(zip, ({ name, originalSize }) => {
    if (names.has(name)) throw new ArchiveError(`it holds ${name} twice`);
    if (leadsOut(name)) throw new ArchiveError(`the name ${JSON.stringify(name)} leads out of it`);
    size += originalSize;
    if (size > most) throw new ArchiveError(`it unpacks to more than ${most / 2 ** 20} MB`);
    names.add(name);
    return false;
  });
  return names;
}

function unzipped(zip: Uint8Array, filter: (file: UnzipFileInfo) => boolean): Unzipped {
  try {
    return unzipSync(zip, { filter });
  } catch (error) {
    if (error instanceof ArchiveError) throw error;
    throw new ArchiveError('it is not a zip file, or it was cut off');
  }
}

const leadsOut = (name: string): boolean =>
  !name ||
  /^[/\\]|\\|^[a-z]:|\0/i.test(name) ||
  name.split('/').some((part) => part === '..' || part === '.');
