import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { isAbsolute, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { LastWords, programEnvironment } from '../drivers/command/index.ts';
import type { StartSettings } from '../profile/index.ts';
import { Blocked } from '../record/blocked.ts';
import { monotonic } from '../record/monotonic.ts';
import type { PosSettings } from '../record/vocabulary.ts';

/** How long a POS may take until it answers where its profile does not say, in ms. */
const usual = 60_000;

/** How long a POS may take to end when it is asked to, in ms. */
const goodbye = 3000;

/** So long after it was asked in vain it is asked again whether it answers, in ms. */
const again = 50;

/**
 * Stands between the kit and the POS, and ends the POS, and all that it has started, when the kit is gone: its end of the
 * pipe closes then, whatever the kit has died of. What it starts comes by that pipe, for there is a key in it.
 */
const guard = `
const { spawn } = require('node:child_process');
let child = null;
let text = '';
function end() {
  if (process.platform !== 'win32') process.kill(-process.pid, 'SIGKILL');
  if (child && child.pid) spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' }).on('close', () => process.exit(1));
  else process.exit(1);
}
// It is for the POS, which is in the same group.
process.on('SIGTERM', () => {});
process.stdin.setEncoding('utf8').on('error', end).on('end', end).on('data', (more) => {
  text += more;
  if (child || !text.includes('\\n')) return;
  const { path, parameters, cwd, env } = JSON.parse(text);
  const started = { cwd, env, stdio: ['ignore', 'ignore', 'inherit'], windowsHide: true };
  child = spawn(path, parameters, started);
  child.on('error', ({ message }) => {
    process.stderr.write('it could not be started: ' + message + '\\n', () => process.exit(127));
  });
  child.on('exit', (code, signal) => process.exit(signal ? 128 : code));
});
`;

/** A POS that the kit starts, because it takes its settings from its environment as it starts. */
export class StartedPos {
  readonly #start: StartSettings;
  /** What stands for itself in its environment, besides the settings. */
  readonly #given: { readonly folder: string; readonly proxy: string; readonly ca: string };
  /** An address that answers once it is there; `null` where its driver finds that out. */
  readonly #answersAt: string | null;
  #child: ChildProcess | null = null;
  #settings: PosSettings | null = null;
  #said = new LastWords();
  /** Why it is not there any more. */
  #ended: string | null = null;

  /** Of what is given, `folder` is for the files of the POS, and removed with it. */
  constructor(
    start: StartSettings,
    given: { readonly folder: string; readonly proxy: string; readonly ca: string },
    answersAt: string | null,
  ) {
    this.#start = start;
    this.#given = given;
    this.#answersAt = answersAt;
  }

  get runs(): boolean {
    return this.#child !== null && this.#ended === null;
  }

  /** Starts it with these settings, in place of the one that runs, and waits until it answers. Throws a `Blocked` when it does not. */
  async start(settings: PosSettings): Promise<void> {
    await this.#stop('SIGTERM');
    if (this.#answersAt !== null && (await answers(this.#answersAt)))
      throw new Blocked(
        'KIT-POS-001',
        `Something answers at ${this.#answersAt} before the kit has started the POS`,
        'Stop the POS that runs there: the kit starts it itself, with the address and the key of the run.',
      );
    this.#settings = settings;
    this.#spawn(settings);
    await this.#awaitAnswer();
  }

  /** Switches it off without a word, and on again. Throws as `start` does. */
  async again(): Promise<void> {
    if (!this.#settings) throw new Error('The POS was not started');
    await this.#stop('SIGKILL');
    this.#spawn(this.#settings);
    await this.#awaitAnswer();
  }

  /** Ends it, and removes its files. */
  async end(): Promise<void> {
    await this.#stop('SIGTERM');
    await rm(this.#given.folder, { recursive: true, force: true, maxRetries: 3 });
  }

  #spawn(settings: PosSettings): void {
    const { command, cwd = process.cwd(), env = {} } = this.#start;
    const [program, ...parameters] = command;
    const path = /[\\/]/.test(program!) && !isAbsolute(program!) ? resolve(cwd, program!) : program!;
    const values: Record<string, string> = { ...settings, ...this.#given };
    const own = Object.entries(env).map(([name, value]) => [
      name,
      value.replace(/\{(\w+)\}/g, (whole, what: string) => values[what] ?? whole),
    ]);
    this.#said = new LastWords();
    this.#ended = null;
    // A group of its own, so that what the POS has started ends with it.
    const child = spawn(process.execPath, ['-e', guard], {
      env: programEnvironment(),
      stdio: ['pipe', 'ignore', 'pipe'],
      windowsHide: true,
      detached: process.platform !== 'win32',
    });
    child.stdin.on('error', () => {});
    const asked = { path, parameters, cwd, env: { ...programEnvironment(), ...Object.fromEntries(own) } };
    child.stdin.write(`${JSON.stringify(asked)}\n`);
    this.#child = child;
    child.stderr.on('error', () => {});
    child.stderr.setEncoding('utf8').on('data', (text: string) => this.#said.add(text));
    child.once('error', ({ message }) => this.#over(`it could not be started: ${message}`));
    child.once('exit', (code, signal) =>
      this.#over(signal ? `it was ended by ${signal}` : `it ended by itself with exit code ${code}`),
    );
  }

  #over(why: string): void {
    this.#ended ??= why;
  }

  async #awaitAnswer(): Promise<void> {
    const { within = usual, command } = this.#start;
    const started = monotonic();
    for (;;) {
      const there = this.#answersAt === null || (await answers(this.#answersAt));
      const late = monotonic() - started > within;
      if (there && this.runs) return;
      if (!this.runs || late) {
        const why = this.#ended ?? `it did not answer at ${this.#answersAt} within ${within / 1000} s`;
        const said = this.#said.words;
        await this.#stop('SIGKILL');
        throw new Blocked(
          'KIT-POS-002',
          `The POS was not there after the kit had started it: ${why}${said ? `. The end of its stderr: ${said}` : ''}`,
          `Run \`${command.join(' ')}\` by hand with the environment of \`reach.start.env\`, and see that it answers; \`reach.start.answersAt\` in the profile says where.`,
        );
      }
      await wait(again);
    }
  }

  async #stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || this.#ended !== null) return;
    const ended = once(child, 'exit');
    this.#signal(signal, child);
    const late = setTimeout(() => this.#signal('SIGKILL', child), goodbye);
    await ended;
    clearTimeout(late);
    // What it has started itself goes with it.
    this.#signal('SIGKILL', child);
  }

  #signal(signal: 'SIGTERM' | 'SIGKILL', child = this.#child): void {
    const pid = child?.pid;
    if (pid === undefined) return;
    try {
      if (process.platform !== 'win32') process.kill(-pid, signal);
      else spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true });
    } catch {
      // It has ended already.
    }
  }
}

/** Whether something answers there, whatever it says. */
function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = url.startsWith('https:')
      ? tlsRequest(url, { rejectUnauthorized: false, timeout: usual })
      : plainRequest(url, { timeout: usual });
    asked.once('response', (answer) => {
      answer.resume();
      asked.destroy();
      resolve(true);
    });
    asked.once('timeout', () => asked.destroy());
    asked.once('error', () => resolve(false));
    asked.once('close', () => resolve(false));
    asked.end();
  });
}
