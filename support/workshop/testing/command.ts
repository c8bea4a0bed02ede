import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder as markedFolder } from '../../record/disk/temporary.ts';

export { freePort } from '../../drivers/command/index.ts';

const start = fileURLToPath(new URL('../../cli/start.mjs', import.meta.url));

/** A command that has come to its end. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that was started as a user starts it. */
export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Comes when the output so far matches; fails when the command ends before. */
  printed(pattern: RegExp): Promise<string>;
}

/** A folder of its own for a test file, gone when its tests are over. */
export function temporaryFolder(): string {
  const folder = markedFolder('test');
  after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

/**
 * Starts a command of the kit in a folder, with no settings but those given. `preload` is a module that its Node loads
 * first, `kit` the folder of another kit, and `longest` how long it may take, in ms.
 */
export function command(
  args: readonly string[],
  {
    cwd,
    env = {},
    preload,
    kit,
    longest = 120_000,
  }: {
    readonly cwd: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly preload?: string | undefined;
    readonly kit?: string;
    readonly longest?: number;
  },
): Started {
  const entry = kit === undefined ? start : join(kit, 'support', 'cli', 'start.mjs');
  const child = spawn(process.execPath, [...(preload ? [`--import=${preload}`] : []), entry, ...args], {
    cwd,
    env: { ...inherited(), NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // One that hangs is a failing, not a test that never ends.
    timeout: longest,
    killSignal: 'SIGKILL',
  });
  let stdout = '';
  let stderr = '';
  const listeners = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    for (const listener of listeners) listener();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const { promise: ended, resolve } = Promise.withResolvers<Ended>();
  child.on('close', (code) => resolve({ code, stdout, stderr }));
  return {
    child,
    ended,
    printed: (pattern) =>
      new Promise((met, unmet) => {
        const look = () => {
          if (pattern.test(stdout)) met(stdout);
        };
        listeners.add(look);
        look();
        ended.then(() => unmet(new Error(`It ended without printing ${pattern}: ${stdout}${stderr}`)));
      }),
  };
}

/** The part of a command that `start.mjs` calls. */
export type Main = (args: readonly string[]) => Promise<number>;

/** A command as it is in a folder. */
export const within =
  (folder: string, main: Main): Main =>
  async (args) => {
    const before = process.cwd();
    process.chdir(folder);
    try {
      return await main(args);
    } finally {
      process.chdir(before);
    }
  };

/** The command that runs in this process. */
let running: Promise<unknown> = Promise.resolve();

/**
 * Runs a command in this process, which takes a tenth of the time: one after another, for each has the console and the
 * environment to itself. What it throws is thrown: started as a user starts it, it would say that the kit itself broke.
 */
export function called(
  main: Main,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const ended = running.then(() => calledNow(main, args, env));
  running = ended.catch(() => {});
  return ended;
}

async function calledNow(
  main: Main,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Ended> {
  const said = { stdout: '', stderr: '' };
  const before = { log: console.log, error: console.error, write: process.stderr.write };
  const environment = { ...process.env };
  console.log = (...words: unknown[]) => {
    said.stdout += `${words.join(' ')}\n`;
  };
  console.error = (...words: unknown[]) => {
    said.stderr += `${words.join(' ')}\n`;
  };
  process.stderr.write = (text: string | Uint8Array) => {
    said.stderr += String(text);
    return true;
  };
  const change = (to: NodeJS.ProcessEnv) => {
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, to);
  };
  change({ ...inherited(), ...env });
  try {
    return { code: await main(args), ...said };
  } finally {
    console.log = before.log;
    console.error = before.error;
    process.stderr.write = before.write;
    change(environment);
  }
}

/** The environment without any setting of the kit's. */
const inherited = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(DOJO_|NODE_TEST|FORCE_COLOR)/.test(name)),
  );
