import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import {
  type Connection,
  type Described,
  expectedIn,
  Lost,
  named,
  sentences,
  Unreadable,
} from '../connection.ts';
import { readLines, type Stop } from '../lines.ts';
import { mostDisplays, Pace } from '../pace.ts';
import { type Call, type Event, type Reply, read, written } from '../protocol.ts';
import { LastWords, Rubbish } from '../remains.ts';

/** What is started, and where. */
export interface Program {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

interface Asked {
  readonly id: number;
  readonly call: Call;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Lost | Unreadable) => void;
  readonly timer: NodeJS.Timeout;
}

/** How long the output of a till that has ended is still read, in ms: a child of its own may hold it open. */
const afterwards = 500;

/** A till's driver that runs: one call at a time goes out, and replies and events come in. */
export class TillProcess implements Connection {
  readonly #child: ChildProcessWithoutNullStreams | null;
  readonly #events: Pace<Event>;
  readonly #reported: Described;
  readonly #stderr = new LastWords();
  readonly #rubbish = new Rubbish('On its stdout besides');
  readonly #killAtExit = () => this.#kill();
  #asked: Asked | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #ids = 0;
  #stopReading: Stop = () => {};
  #lost: string | null = null;
  #ended: () => void = () => {};
  readonly ended: Promise<void> = new Promise((resolve) => {
    this.#ended = resolve;
  });

  /** Starts the program. What goes wrong with that, the first call tells. */
  constructor(program: Program, answered: Described) {
    this.#reported = answered;
    this.#events = new Pace(
      mostDisplays,
      (event) => answered.event(event),
      () => this.#rubbish.add(`more displays than can be taken (${mostDisplays} a second)`, ''),
    );
    this.#child = this.#spawn(program);
  }

  /** Why the till is not there any more; `null` while it is. */
  get lost(): string | null {
    return this.#lost;
  }

  /** What came of the till besides its messages: on stdout what is none, and the end of its stderr. */
  get remains(): string {
    const said = this.#stderr.words;
    return sentences(this.#rubbish.words, said ? `The end of its stderr: ${said}` : '');
  }

  /**
   * Sends one call, when those before it have been answered, and returns its reply.
   * Throws a `Lost` when the till ends or gives no reply within so many ms, and is then ended; an `Unreadable`
   * when what it replied is no answer to this call.
   */
  ask(call: Call, within: number): Promise<Reply> {
    const asked = this.#queue.then(() => this.#ask(call, within));
    this.#queue = asked.catch(() => {});
    return asked;
  }

  /** Ends the till, and all that it has started. */
  end(why: string): void {
    this.#lose(why);
  }

  #ask(call: Call, within: number): Promise<Reply> {
    const child = this.#child;
    if (this.#lost !== null || !child) return Promise.reject(new Lost(this.#lost ?? 'it was not started'));
    const id = ++this.#ids;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => this.#lose(`it gave no reply to ${named(call)} within ${within / 1000} s`),
        within,
      );
      this.#asked = { id, call, resolve, reject, timer };
      child.stdin.write(written(id, call));
    });
  }

  #spawn({ command, cwd, env }: Program): ChildProcessWithoutNullStreams | null {
    const [program, ...parameters] = command;
    // A relative path is meant from the folder in which the program runs, on every system.
    const path = /[\\/]/.test(program!) && !isAbsolute(program!) ? resolve(cwd, program!) : program!;
    let child: ChildProcessWithoutNullStreams;
    try {
      // A group of its own, so that what the till has started ends with it.
      child = spawn(path, parameters, {
        cwd,
        env,
        windowsHide: true,
        detached: process.platform !== 'win32',
      });
    } catch (error) {
      this.#lose(`it could not be started: ${(error as Error).message}`);
      return null;
    }
    process.once('exit', this.#killAtExit);
    child.once('error', (error: NodeJS.ErrnoException) => this.#lose(notStarted(error, path, cwd)));
    child.stdin.on('error', () => {});
    child.stderr.on('error', () => {});
    child.stderr.setEncoding('utf8').on('data', (text: string) => this.#stderr.add(text));
    const read = Promise.withResolvers<void>();
    this.#stopReading = readLines(child.stdout, {
      line: (text) => this.#take(text),
      odd: (problem, shown) => this.#rubbish.add(problem, shown),
      flooded: () => this.#rubbish.add('more lines than can be read (500 lines or 4 MB a second)', ''),
      ended: read.resolve,
    });
    child.once('exit', (code, signal) => {
      const late = setTimeout(read.resolve, afterwards);
      void read.promise.then(() => {
        clearTimeout(late);
        this.#lose(signal ? `it was ended by ${signal}` : `it ended by itself with exit code ${code}`);
        this.#ended();
      });
    });
    return child;
  }

  #take(line: string): void {
    const reading = read(line);
    const asked = this.#asked;
    if ('problem' in reading) {
      this.#rubbish.add(reading.problem, line);
      if (reading.display && this.#lost === null) this.#reported.unread(reading.problem);
      if (asked && reading.id === asked.id) this.#settle(asked).reject(new Unreadable(reading.problem));
      return;
    }
    const { message } = reading;
    if ('event' in message) {
      if (this.#lost === null) this.#events.take(message);
    } else if (!asked || message.id !== asked.id) {
      this.#rubbish.add('a reply to a call that is not open', line);
    } else {
      const { reject, resolve, call } = this.#settle(asked);
      if (expectedIn(call) in message) resolve(message);
      else reject(new Unreadable(`it has no \`${expectedIn(call)}\``));
    }
  }

  #settle(asked: Asked): Asked {
    clearTimeout(asked.timer);
    this.#asked = null;
    return asked;
  }

  #lose(why: string): void {
    if (this.#lost !== null) return;
    this.#lost = why;
    this.#stopReading();
    this.#events.stop();
    this.#kill();
    process.off('exit', this.#killAtExit);
    if (this.#child?.pid === undefined) this.#ended();
    if (this.#asked) this.#settle(this.#asked).reject(new Lost(why));
    this.#reported.lost();
  }

  #kill(): void {
    const pid = this.#child?.pid;
    if (pid === undefined) return;
    try {
      if (process.platform !== 'win32') process.kill(-pid, 'SIGKILL');
      else spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true });
    } catch {
      // It has ended already.
    }
  }
}

function notStarted({ code, message }: NodeJS.ErrnoException, path: string, cwd: string): string {
  if (!existsSync(cwd)) return `it could not be started: there is no folder ${cwd}`;
  if (code === 'ENOENT') return `it could not be started: there is no program ${path}`;
  if (code === 'EACCES') return `it could not be started: ${path} is not executable`;
  return `it could not be started: ${message}`;
}
