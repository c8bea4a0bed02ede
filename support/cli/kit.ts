import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Run } from '../vocabulary.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Name, version and commit of the kit; the commit is `unknown` outside of a git checkout. */
export function kit(): Run['kit'] {
  const { name, version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
    name: string;
    version: string;
  };
  return { name, version, commit: commit() };
}

function commit(): string {
  try {
    const git = (...args: string[]) =>
      execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    return `${git('rev-parse', '--short=12', 'HEAD')}${git('status', '--porcelain') ? '-changed' : ''}`;
  } catch {
    return 'unknown';
  }
}
