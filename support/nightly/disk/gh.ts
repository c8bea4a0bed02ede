import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../record/disk/temporary.ts';
import { UsageError } from '../../record/usage-error.ts';
import { type IssueMove, markOf, type Watch } from '../index.ts';

/** The file that a watch keeps from night to night, in the artifact `<name>-verdicts`. */
export const keptFile = 'verdicts.json';

/**
 * Calls GitHub's own command line tool, which stands ready on its runners, for the repository of the run.
 * Throws a `UsageError` that says what it said when it fails.
 */
function gh(args: readonly string[], input = ''): Promise<string> {
  const { GITHUB_REPOSITORY, ...env } = process.env;
  return new Promise((resolve, reject) => {
    const child = execFile(
      'gh',
      args,
      { env: { ...env, ...(GITHUB_REPOSITORY ? { GITHUB_REPOSITORY, GH_REPO: GITHUB_REPOSITORY } : {}) } },
      (error, stdout, stderr) => {
        if (!error) return resolve(stdout);
        const why =
          (error as NodeJS.ErrnoException).code === 'ENOENT'
            ? 'it is not installed'
            : stderr.trim() || error.message;
        reject(
          new UsageError(
            'KIT-NIGHT-001',
            `Expected \`gh ${args.slice(0, 2).join(' ')}\` to work, but: ${why}. Give the step GH_TOKEN, and the job the permissions actions: read and issues: write.`,
          ),
        );
      },
    );
    // One that ends without reading is known by its exit code.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

interface Artifact {
  readonly expired: boolean;
  readonly created_at: string;
  readonly workflow_run: { readonly id: number; readonly head_branch: string } | null;
}

/** What a night kept. */
export interface Kept {
  /** The run that left it. */
  readonly run: number;
  /** As it was written; `null` where the artifact holds no such file. */
  readonly text: string | null;
}

/** No more nights than this are looked through for a record that can be compared with. */
const mostNights = 10;

/** What the earlier nights of a watch kept, the last one first. Each is fetched only when it is asked for. */
export async function* keptBefore({ name, branch }: Watch): AsyncGenerator<Kept> {
  const { GITHUB_RUN_ID } = process.env;
  const artifact = `${name}-verdicts`;
  const answer = await gh([
    'api',
    `repos/{owner}/{repo}/actions/artifacts?per_page=100&name=${encodeURIComponent(artifact)}`,
  ]);
  const { artifacts } = read<{ artifacts: Artifact[] }>('gh api', answer);
  const runs = artifacts
    .filter(
      ({ expired, workflow_run: run }) =>
        // A run that is tried again is compared with the night before, not with itself.
        !expired && run && String(run.id) !== GITHUB_RUN_ID && run.head_branch === branch,
    )
    .toSorted((one, other) => other.created_at.localeCompare(one.created_at))
    .map(({ workflow_run: run }) => run!.id);
  for (const run of runs.slice(0, mostNights)) yield { run, text: await download(run, artifact) };
}

async function download(run: number, artifact: string): Promise<string | null> {
  const folder = temporaryFolder('night');
  try {
    await gh(['run', 'download', String(run), '--name', artifact, '--dir', folder]);
    const path = join(folder, keptFile);
    return existsSync(path) ? readFileSync(path, 'utf8') : null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The number of the open issue of a watch; `null` when there is none. */
export async function openIssue(watch: Watch): Promise<number | null> {
  const answer = await gh([
    'issue',
    'list',
    '--state',
    'open',
    '--label',
    watch.name,
    '--limit',
    '100',
    '--json',
    'number,body',
  ]);
  const issues = read<{ number: number; body: string }[]>('gh issue list', answer);
  return issues.find(({ body }) => body.includes(markOf(watch)))?.number ?? null;
}

function read<T>(command: string, answer: string): T {
  try {
    return JSON.parse(answer) as T;
  } catch {
    throw new UsageError(
      'KIT-NIGHT-002',
      `Expected \`${command}\` to answer with JSON, but it said: ${answer.trim().slice(0, 200) || 'nothing'}. Look at the version of gh on this machine, and run the step again.`,
    );
  }
}

/** Does what is to be done about the issue; returns the number of the one that is open then. */
export async function move(issue: IssueMove, label: string, open: number | null): Promise<number | null> {
  if (issue.do === 'nothing') return open;
  if (issue.do === 'open') {
    await gh(['label', 'create', label, '--force', '--description', 'Kept by the conformance kit']);
    const url = await gh(
      ['issue', 'create', '--title', issue.title, '--label', label, '--body-file', '-'],
      issue.body,
    );
    return Number(url.trim().split('/').at(-1));
  }
  const number = String(issue.number);
  if (issue.do === 'update')
    await gh(['issue', 'edit', number, '--title', issue.title, '--body-file', '-'], issue.body);
  if (issue.comment) await gh(['issue', 'comment', number, '--body-file', '-'], issue.comment);
  if (issue.do !== 'close') return issue.number;
  await gh(['issue', 'close', number]);
  return null;
}
