import { unzipSync, type Zippable, zipSync } from 'fflate';

/** More than this no bundle unpacks to, in bytes: a small file could else fill a disk. */
const most = 2 ** 30;

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
 * Unpacks a zip file into memory. Throws an `ArchiveError` when it is none, when a name occurs twice or leads out of
 * the archive, or when it is far larger than any bundle.
 */
export function filesIn(zip: Uint8Array): Files {
  const names = new Set<string>();
  let size = 0;
  let wrong: string | null = null;
  let found: Record<string, Uint8Array> = {};
  try {
    found = unzipSync(zip, {
      filter: ({ name, originalSize }) => {
        size += originalSize;
        if (names.has(name)) wrong ??= `it holds ${name} twice`;
        if (leadsOut(name)) wrong ??= `the name ${JSON.stringify(name)} leads out of it`;
        if (size > most) wrong ??= `it unpacks to more than ${most / 2 ** 20} MB`;
        names.add(name);
        return wrong === null && !name.endsWith('/');
      },
    });
  } catch {
    wrong ??= 'it is not a zip file, or it was cut off';
  }
  if (wrong !== null) throw new ArchiveError(wrong);
  return new Map(Object.entries(found));
}

const leadsOut = (name: string): boolean =>
  !name ||
  /^[/\\]|\\|^[a-z]:|\0/i.test(name) ||
  name.split('/').some((part) => part === '..' || part === '.');
