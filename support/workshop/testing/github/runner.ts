import { spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { type Contexts, condition, type JobStatus, substituted } from './expression.ts';

/** The kit's own files. */
export const root = fileURLToPath(new URL('../../../../', import.meta.url));

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
}

interface Job {
  readonly needs?: string;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly unknown[]>> };
  readonly steps: readonly Step[];
}

type Declared = Readonly<Record<string, { readonly default?: unknown }>>;

export interface Workflow {
  readonly on: {
    readonly workflow_call?: {
      readonly inputs: Declared;
      readonly outputs?: Readonly<Record<string, { readonly value: string }>>;
    };
    readonly workflow_dispatch?: { readonly inputs: Declared };
  };
  readonly jobs: Readonly<Record<string, Job>>;
}

export interface Action {
  readonly name: string;
  readonly description: string;
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

export const readYaml = <T>(path: string): T => parse(readFileSync(path, 'utf8')) as T;

/** What the run of a workflow came to. */
export interface Ran {
  readonly ok: boolean;
  /** The page of the run: what its steps wrote to GITHUB_STEP_SUMMARY. */
  readonly summary: string;
  /** The steps that ran a command, in their order. */
  readonly commands: readonly {
    readonly name: string;
    readonly code: number | null;
    readonly output: string;
  }[];
  /** Of a workflow that is called. */
  readonly outputs: Readonly<Record<string, string>>;
}

export interface Run {
  /** Path of the workflow, from the kit's folder. */
  readonly workflow: string;
  readonly id: number;
  /** Given where a workflow is called or started by hand; else it runs as on its schedule. */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  /** The repository that calls; the kit's own when it is left out. */
  readonly repository?: string;
}

interface Issue {
  readonly number: number;
  readonly state: 'open' | 'closed';
  readonly label: string;
  readonly title: string;
  readonly body: string;
  readonly comments: readonly string[];
}

/**
 * As much of GitHub as the kit's workflows use, in a folder: it keeps artifacts and issues, and runs jobs one after
 * another with the env, inputs and outputs that GitHub would give. `npm ci` is the one command that is not run.
 */
export class GitHub {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(join(folder, 'artifacts'), { recursive: true });
    mkdirSync(join(folder, 'bin'));
    this.#standIn(
      'gh',
      `exec "${process.execPath}" "${fileURLToPath(new URL('./gh.mjs', import.meta.url))}" "$@"`,
    );
    this.#standIn('npm', `[ "$1" = ci ] || exec "${onPath('npm')}" "$@"`);
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

  async run({ workflow, id, inputs, secrets = {}, repository }: Run): Promise<Ran> {
    const { on, jobs } = readYaml<Workflow>(resolve(root, workflow));
    const declared = (on.workflow_call ?? on.workflow_dispatch)?.inputs ?? {};
    const summaryFile = join(this.#folder, `summary-${id}.md`);
    writeFileSync(summaryFile, '');
    const commands: Ran['commands'][number][] = [];
    const failed = new Set<string>();
    const ended: Record<string, { outputs: Readonly<Record<string, string>> }> = {};
    for (const [name, job] of Object.entries(jobs)) {
      const before = { failed: job.needs !== undefined && failed.has(job.needs) };
      const contexts = {
        inputs: inputs ? { ...defaultsOf(declared), ...inputs } : {},
        secrets,
        github: {
          token: 'token-of-the-job',
          server_url: 'https://github.invalid',
          repository: 'maker/till',
          action_repository: '',
          action_ref: '',
          job: name,
          run_attempt: '1',
        },
      };
      if (!condition(job.if, contexts, before)) continue;
      const [variable, values] = Object.entries(job.strategy?.matrix ?? { none: [null] })[0]!;
      for (const [index, value] of values.entries()) {
        const workspace = mkdtempSync(join(this.#folder, 'workspace-'));
        const running = new RunningJob({
          workspace,
          repository: repository ?? root,
          artifacts: this.artifact(id),
          env: {
            ...cleanEnvironment(),
            PATH: `${join(this.#folder, 'bin')}${delimiter}${process.env.PATH}`,
            STAND_IN_GITHUB: this.#folder,
            CI: 'true',
            GITHUB_ACTIONS: 'true',
            GITHUB_SERVER_URL: 'https://github.invalid',
            GITHUB_REPOSITORY: 'maker/till',
            GITHUB_REF_NAME: 'main',
            GITHUB_SHA: '0123abc',
            GITHUB_RUN_ID: String(id),
            GITHUB_WORKSPACE: workspace,
            GITHUB_STEP_SUMMARY: summaryFile,
            ...mapped(job.env, (text) => substituted(String(text), contexts, before)),
          },
          commands,
        });
        const { ok, outputs: steps } = await running.steps(job.steps, {
          ...contexts,
          matrix: { [variable]: value },
          strategy: { 'job-index': index, 'job-total': values.length },
        });
        ended[name] = {
          outputs: mapped(job.outputs, (text) => substituted(String(text), { steps }, { failed: !ok })),
        };
        if (!ok) failed.add(name);
      }
    }
    const values = Object.entries(on.workflow_call?.outputs ?? {}).map(
      ([name, { value }]) => [name, value] as const,
    );
    const outputs = mapped(Object.fromEntries(values), (text) =>
      substituted(String(text), { jobs: ended }, { failed: failed.size > 0 }),
    );
    return { ok: !failed.size, summary: readFileSync(summaryFile, 'utf8'), commands, outputs };
  }

  #standIn(name: string, line: string): void {
    const path = join(this.#folder, 'bin', name);
    writeFileSync(path, `#!/usr/bin/env bash\n${line}\n`);
    chmodSync(path, 0o755);
  }
}

interface Machine {
  readonly workspace: string;
  /** What `actions/checkout` fetches. */
  readonly repository: string;
  readonly artifacts: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly commands: Ran['commands'][number][];
}

interface Done {
  readonly ok: boolean;
  /** By the id of a step. */
  readonly outputs: Readonly<Record<string, { readonly outputs: Readonly<Record<string, string>> }>>;
}

/** One job on its machine. */
class RunningJob {
  readonly #at: Machine;

  constructor(at: Machine) {
    this.#at = at;
  }

  /** Runs steps, of a job or of a composite action; returns how they ended, and the outputs of each. */
  async steps(
    steps: readonly Step[],
    given: Contexts,
    env: Readonly<Record<string, string>> = {},
  ): Promise<Done> {
    const outputs: Record<string, { outputs: Record<string, string> }> = {};
    const contexts = { ...given, steps: outputs };
    const status: JobStatus & { failed: boolean } = { failed: false };
    for (const step of steps) {
      if (!condition(step.if, contexts, status)) continue;
      const fill = (text: unknown): string => substituted(String(text), contexts, status);
      const own = { ...env, ...mapped(step.env, fill) };
      if (step.run !== undefined) {
        const done = await this.#command({ ...step, run: fill(step.run) }, fill, own);
        if (step.id) outputs[step.id] = { outputs: done.outputs };
        if (!done.ok) status.failed = true;
        continue;
      }
      const done = await this.#action(step.uses!, mapped(step.with, fill), contexts, own);
      if (step.id) outputs[step.id] = { outputs: done.outputs };
      if (!done.ok) status.failed = true;
    }
    return { ok: !status.failed, outputs };
  }

  #command(
    step: Step & { run: string },
    fill: (text: unknown) => string,
    env: Readonly<Record<string, string>>,
  ) {
    const { workspace, commands } = this.#at;
    const outputFile = join(workspace, `outputs-${commands.length}`);
    writeFileSync(outputFile, '');
    const flags = step.shell === 'bash' ? ['--noprofile', '--norc', '-eo', 'pipefail'] : ['-e'];
    const child = spawn('bash', [...flags, '-c', step.run], {
      cwd: join(
        workspace,
        step['working-directory'] ? fill(step['working-directory']).replace(workspace, '') : '.',
      ),
      env: { ...this.#at.env, ...env, GITHUB_OUTPUT: outputFile },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 120_000,
      killSignal: 'SIGKILL',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    return new Promise<{ ok: boolean; outputs: Record<string, string> }>((ended) =>
      child.on('close', (code) => {
        commands.push({ name: fill(step.name ?? step.run), code, output });
        const lines = readFileSync(outputFile, 'utf8').matchAll(/^(.*?)=(.*)$/gm);
        ended({
          ok: code === 0,
          outputs: Object.fromEntries([...lines].map(([, name, value]) => [name, value])),
        });
      }),
    );
  }

  async #action(
    uses: string,
    options: Readonly<Record<string, string>>,
    contexts: Contexts,
    env: Readonly<Record<string, string>>,
  ): Promise<{ ok: boolean; outputs: Record<string, string> }> {
    const { workspace, repository, artifacts } = this.#at;
    const none = { ok: true, outputs: {} };
    const path = (name: string) => join(workspace, name);
    if (uses.startsWith('./')) return this.#composite(path(uses), options, contexts, env);
    switch (uses.split('@')[0]) {
      case 'actions/checkout':
        laidOut(options.path ? root : repository, options.path ? path(options.path) : workspace);
        return none;
      case 'actions/setup-node':
        return none;
      case 'actions/upload-artifact': {
        const from = path(options.path!);
        if (!existsSync(from)) return { ok: options['if-no-files-found'] !== 'error', outputs: {} };
        const to = join(artifacts, options.name!);
        if (existsSync(to) && options.overwrite !== 'true') return { ok: false, outputs: {} };
        const inside = statSync(from).isDirectory() ? to : join(to, basename(from));
        mkdirSync(dirname(inside), { recursive: true });
        cpSync(from, inside, { recursive: true });
        return { ok: true, outputs: { 'artifact-url': `https://github.invalid/artifacts/${options.name}` } };
      }
      case 'actions/download-artifact': {
        const prefix = options.pattern!.replace(/\*$/, '');
        const names = existsSync(artifacts)
          ? readdirSync(artifacts).filter((name) => name.startsWith(prefix))
          : [];
        for (const name of names)
          cpSync(join(artifacts, name), join(path(options.path!), name), { recursive: true });
        return none;
      }
      default:
        throw new Error(`${uses} is no action that is known here`);
    }
  }

  async #composite(
    folder: string,
    given: Readonly<Record<string, string>>,
    contexts: Contexts,
    env: Readonly<Record<string, string>>,
  ) {
    const action = readYaml<Action>(join(folder, 'action.yml'));
    const unknown = Object.keys(given).filter((name) => !(name in action.inputs));
    if (unknown.length) throw new Error(`${folder} has no input ${unknown}`);
    const github = { ...(contexts.github as object), action_path: folder };
    const inputs = { ...defaultsOf(action.inputs), ...given };
    const { strategy, matrix } = contexts;
    const own = { inputs, github, strategy, matrix };
    const { ok, outputs: steps } = await this.steps(action.runs.steps, own, env);
    const values = Object.entries(action.outputs).map(([name, { value }]) => [name, value] as const);
    const fill = (text: unknown) => substituted(String(text), { steps }, { failed: !ok });
    return { ok, outputs: mapped(Object.fromEntries(values), fill) };
  }
}

const defaultsOf = (declared: Declared): Record<string, unknown> =>
  Object.fromEntries(Object.entries(declared).map(([name, { default: value }]) => [name, value ?? '']));

const mapped = (
  values: Readonly<Record<string, unknown>> | undefined,
  fill: (text: unknown) => string,
): Record<string, string> =>
  Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [name, fill(value)]));

/** The files of a repository in a workspace, which commands write beside. */
function laidOut(repository: string, workspace: string): void {
  mkdirSync(workspace, { recursive: true });
  for (const name of readdirSync(repository)) {
    if (['.git', '.env', 'reports'].includes(name)) continue;
    const target = join(repository, name);
    symlinkSync(target, join(workspace, name), statSync(target).isDirectory() ? 'junction' : 'file');
  }
}

/** The environment of this process without settings of the kit, of CI and of the test runner. */
const cleanEnvironment = (): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(DOJO_|GITHUB_|GH_|NODE_TEST|FORCE_COLOR|npm_)/.test(name),
    ),
  );

function onPath(command: string): string {
  const folder = process.env.PATH!.split(delimiter).find((one) => existsSync(join(one, command)));
  if (!folder) throw new Error(`${command} is not on the PATH`);
  return join(folder, command);
}
