import { Blocked } from '../blocked.ts';
import { UsageError } from '../usage-error.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'there is no space left on its disk',
  EDQUOT: 'its quota is used up',
  EROFS: 'its disk is read-only',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EEXIST: 'a file stands where a folder should be',
  ENOTDIR: 'a file stands where a folder should be',
};

/** Does what writes to `path`. Throws a `Blocked` when the system refuses: that is nobody's fault but the disk's. */
export function written<Result>(path: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // What the user called wrongly has a code of the kit's own.
    if (!code || error instanceof UsageError) throw error;
    throw new Blocked(
      'KIT-DISK-001',
      `Expected to write ${path}, but ${reasons[code] ?? message} (${code})`,
      'Give another folder as --out, or make room where it is, and run again. What was recorded until then is kept.',
    );
  }
}
