import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Run } from '../record/vocabulary.ts';
import { digestOfKit, digestOfLock } from './kit-digest.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Name, version, commit and digest of the kit. The commit is `unknown` where the kit is no git checkout of its own: a repository
 * that merely holds it, as a copy or in `node_modules`, has commits that say nothing of it.
 */
export function kit(): Run['kit'] {
  known ??= kitNow();
  return known;
}

/** What runs is what was loaded: it stays the same for as long as this process lives. */
let known: Run['kit'] | null = null;

function kitNow(): Run['kit'] {
  const { name, version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
    name: string;
    version: string;
  };
  const lock = digestOfLock(root);
  return { name, version, commit: commitNow(), digest: digestOfKit(root), ...(lock ? { lock } : {}) };
}

function commitNow(): string {
  try {
    const git = (...args: string[]) =>
      execFileSync('git', ['--no-optional-locks', ...args], {
        cwd: root,
        env: withoutGit(process.env),
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim();
    if (git('rev-parse', '--show-prefix')) return 'unknown';
    return `${git('rev-parse', '--short=12', 'HEAD')}${git('status', '--porcelain') ? '-changed' : ''}`;
  } catch {
    return 'unknown';
  }
}

/** A git hook, or a script around git, points to a repository of its own by variables such as GIT_DIR. */
const withoutGit = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !/^GIT_/i.test(name)));
