import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** The kit's own files. */
export const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** A step of a workflow or of an action, as far as the tests look at it. */
export interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Issue {
  readonly number: number;
  readonly state: 'open' | 'closed';
  readonly label: string;
  readonly title: string;
  readonly body: string;
  readonly comments: readonly string[];
}

export const readYaml = <T>(path: string): T => parse(readFileSync(join(root, path), 'utf8')) as T;

/** As much of GitHub as `gh` is asked for: it keeps artifacts and issues in a folder. */
export class GitHub {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(join(folder, 'artifacts'), { recursive: true });
    mkdirSync(join(folder, 'bin'));
    const gh = join(folder, 'bin', 'gh');
    const program = fileURLToPath(new URL('./gh.mjs', import.meta.url));
    writeFileSync(gh, `#!/usr/bin/env bash\nexec "${process.execPath}" "${program}" "$@"\n`);
    chmodSync(gh, 0o755);
  }

  get issues(): Issue[] {
    const path = join(this.#folder, 'issues.json');
    return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Issue[]) : [];
  }

  /** Somebody closes an issue by hand. */
  closeByHand(number: number): void {
    const issues = this.issues.map((issue) =>
      issue.number === number ? { ...issue, state: 'closed' } : issue,
    );
    writeFileSync(join(this.#folder, 'issues.json'), JSON.stringify(issues));
  }

  /** A file of an artifact that a run left. */
  artifact(run: number, ...path: string[]): string {
    return join(this.#folder, 'artifacts', String(run), ...path);
  }

  /** What GitHub sets for each step of a run. */
  env(run: number): Record<string, string> {
    return {
      PATH: `${join(this.#folder, 'bin')}${delimiter}${process.env.PATH}`,
      STAND_IN_GITHUB: this.#folder,
      GITHUB_SERVER_URL: 'https://github.invalid',
      GITHUB_REPOSITORY: 'maker/till',
      GITHUB_REF_NAME: 'main',
      GITHUB_RUN_ID: String(run),
      GITHUB_STEP_SUMMARY: join(this.#folder, `summary-${run}.md`),
      GH_TOKEN: 'token-of-the-job',
    };
  }

  /** The page of a run: what its steps wrote. */
  summary(run: number): string {
    return readFileSync(join(this.#folder, `summary-${run}.md`), 'utf8');
  }
}

/**
 * Runs the script of a step as GitHub does, in a shell of its own. Throws where `env` leaves out or adds a variable: the
 * step would get something else than the test gives it.
 */
export function script(
  step: Step,
  { cwd, env, given }: { cwd: string; env: Readonly<Record<string, string>>; given: Record<string, string> },
): Promise<{ code: number | null; output: string }> {
  const [declared, own] = [Object.keys(step.env ?? {}), Object.keys(given)].map((names) =>
    names.sort().join(', '),
  );
  if (declared !== own) throw new Error(`"${step.name}" declares the variables ${declared}, not ${own}`);
  const clean = Object.entries(process.env).filter(
    ([name]) => !/^(DOJO_|GITHUB_|GH_|NODE_TEST|FORCE_COLOR|npm_)/.test(name),
  );
  const flags = step.shell === 'bash' ? ['--noprofile', '--norc', '-eo', 'pipefail'] : ['-e'];
  const child = spawn('bash', [...flags, '-c', step.run!], {
    cwd,
    env: { ...Object.fromEntries(clean), CI: 'true', ...env, ...given },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 120_000,
    killSignal: 'SIGKILL',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  return new Promise((ended) => child.on('close', (code) => ended({ code, output })));
}

/** Lays out the kit's files in a folder, beside which scripts may write. */
export function checkedOut(folder: string): string {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(root)) {
    if (['.git', '.env', 'reports'].includes(name)) continue;
    const target = join(root, name);
    symlinkSync(target, join(folder, name), statSync(target).isDirectory() ? 'junction' : 'file');
  }
  return folder;
}
