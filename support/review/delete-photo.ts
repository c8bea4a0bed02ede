import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contract } from '../contract/index.ts';
import { written } from '../record/disk/disk.ts';
import { readStream, type StoredStream } from '../record/disk/stored-stream.ts';
import { files } from '../record/disk/stream-file.ts';
import { isPicture } from '../record/picture.ts';
import { type Deletion, deletedIn, withoutPicture } from '../record/picture-line.ts';
import { attemptsOf, type Recording } from '../record/stream.ts';
import { UsageError } from '../record/usage-error.ts';
import type { Run } from '../record/vocabulary.ts';
import { type Again, judgeAgain } from './judge-again.ts';
import { examine } from './verify.ts';

/** Where a run lies, and what it is judged by. */
export interface Place {
  /** The folders of the run, or of its shards. */
  readonly folders: readonly string[];
  /** Where the certificate is. */
  readonly out: string;
  readonly contract: Contract;
  readonly kit: Run['kit'];
  /** False where no page lies beside the certificate. */
  readonly page?: boolean;
}

/**
 * Takes a photo that a person gave out of the record of a run, wherever the same photo stands in it, and leaves its digest
 * there: the chain and its head stay as they are. Returns what the record comes to now; what was written of it is to be
 * written anew. Throws a `UsageError` where there is no such photo, or the record was edited.
 */
export function deletePhoto(name: string, deletion: Deletion, place: Place): Again {
  const { folders, out, contract, kit, page = true } = place;
  const { edits, again } = examine(folders, { heads: [], contract, out, kit, page });
  const wrong = edits[0] ?? (again?.recording.finishedAt === null ? 'The run is not over.' : null);
  if (!again || wrong)
    throw new UsageError(
      'KIT-PHOTO-002',
      `Expected a run as it was recorded and ended, to delete a photo of it, but found otherwise: ${wrong} Give the files that the run left behind.`,
    );
  const given = photosIn(again.recording);
  if (!given.has(name))
    throw new UsageError(
      'KIT-PHOTO-001',
      `Expected --photo to name a photo that a person gave in this run, but ${name} is none. ${given.size ? `There are ${[...given.keys()].join(', ')}.` : 'There is none in it.'}`,
    );
  const same = new Set([...given].flatMap(([one, bytes]) => (bytes === given.get(name) ? [one] : [])));
  for (const stream of folders.map(readStream)) rewrite(stream, same, deletion);
  return judgeAgain(folders.map(readStream), contract);
}

/** The photos that people gave, by their names. */
function photosIn({ rows }: Recording): Map<string, string> {
  const attempts = [...rows].flatMap(([, record]) => attemptsOf(record));
  return new Map(
    attempts.flatMap(({ observations, screenshots }) => {
      const given = new Set(
        observations.flatMap((one) => (one.kind === 'display' && one.attested ? (one.screenshot ?? []) : [])),
      );
      return screenshots.flatMap(({ name, base64 }) => (given.has(name) ? [[name, base64] as const] : []));
    }),
  );
}

function rewrite({ folder, lines }: StoredStream, names: ReadonlySet<string>, deletion: Deletion): void {
  let found = false;
  const kept = lines.map((line) => {
    const { envelope } = line;
    const { fileName = '', mediaType } = envelope?.attachment ?? {};
    if (!envelope || !isPicture(mediaType) || !names.has(fileName) || deletedIn(envelope.attachment!))
      return line.bytes;
    found = true;
    return withoutPicture(envelope, deletion);
  });
  if (!found) return;
  const path = join(folder, files.messages);
  const part = `${path}.part`;
  written(path, () => {
    try {
      writeFileSync(part, Buffer.concat(kept));
      renameSync(part, path);
    } finally {
      rmSync(part, { force: true });
    }
  });
}
