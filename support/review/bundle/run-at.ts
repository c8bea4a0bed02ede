import { readFileSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { readStream } from '../../record/disk/stored-stream.ts';
import { UsageError } from '../../record/usage-error.ts';
import { type Again, judgeAgain } from '../judge-again.ts';
import { type OpenOptions, openBundle } from './open.ts';

/**
 * The run in a folder or a bundle, judged by this kit. Throws a `UsageError` where there is none, or where a bundle was
 * edited.
 */
export function runAt(place: string, how: Omit<OpenOptions, 'shown'>): Again {
  const path = resolve(place);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile())
    return judgeAgain([readStream(path)], how.contract);
  const shown = relative(process.cwd(), path) || path;
  const { again, complaints } = openBundle(readFileSync(path), { ...how, shown });
  const edit = complaints.find(({ means }) => means === 'edited');
  if (again && !edit) return again;
  throw new UsageError(
    'KIT-COMPARE-001',
    `Expected ${shown} to be a bundle as it was sealed, but ${edit ? `it was edited: ${edit.text}` : 'no certificate can be made of it.'} Take it again from where it came from.`,
  );
}
