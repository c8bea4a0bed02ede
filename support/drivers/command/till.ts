import { Blocked } from '../../record/blocked.ts';
import type { Picture } from '../../record/picture.ts';
import { type Connection, type Described, sentences, type Transport } from '../connection.ts';
import type { Hello } from '../driver.ts';
import type { Call } from '../protocol.ts';
import { ProtocolTill } from '../protocol-till.ts';
import type { Screen } from '../screen.ts';
import type { CommandDriver } from '../settings.ts';
import { programEnvironment } from './path.ts';
import { freePort } from './port.ts';
import { type Program, TillProcess } from './process.ts';
import { screenshotBy } from './screenshot.ts';

/** How long a till may take where the profile does not say, in ms. */
const usual = { startWithin: 20_000, answerWithin: 15_000 };

/** How long a till may take to end, in ms. */
const goodbye = 2000;

/** A till that is driven through a program, over its stdin and stdout. */
export class CommandTill extends ProtocolTill {
  /** `expected` is what the profile says that the till is; `folder` is for its own files. */
  constructor(settings: CommandDriver, expected: Hello, folder: string, screen: Screen | null = null) {
    super(new StandardStreams(settings, folder), expected, screen);
  }
}

class StandardStreams implements Transport {
  readonly pageAdvice =
    'Let the driver serve its page before it answers hello, and check `driver.see.page` in the profile.';
  readonly #settings: CommandDriver;
  readonly #folder: string;
  /** The port that the till which runs now was given for its page. */
  #port: number | null = null;

  constructor(settings: CommandDriver, folder: string) {
    this.#settings = settings;
    this.#folder = folder;
  }

  get patience(): Transport['patience'] {
    const { startWithin, answerWithin } = { ...usual, ...this.#settings };
    return { greet: startWithin, answer: answerWithin };
  }

  get page(): string | null {
    return this.#settings.see?.page?.replaceAll('{port}', String(this.#port)) ?? null;
  }

  get secondDevice(): boolean {
    return this.#settings.secondDevice ?? false;
  }

  async connect(answered: Described): Promise<Connection> {
    this.#port = this.#settings.see?.page?.includes('{port}') ? await freePort() : null;
    return new TillProcess(this.#program(this.#settings.command), answered);
  }

  unanswered(call: Call, why: string, remains: string): Blocked {
    const { command, cwd } = this.#program(this.#settings.command);
    return new Blocked(
      'KIT-DRIVER-001',
      sentences(`The till's driver did not answer ${call.call}: ${why}`, remains),
      `Run \`${command.join(' ')}\` in ${cwd}, and see that it answers ${shown(call)} on its stdin with one line on its stdout. It has to read its stdin line by line, not to its end, and to flush its stdout after each line (in Python \`print(…, flush=True)\`): a terminal does that by itself, a pipe does not. docs/driver.md has the messages.`,
    );
  }

  screenshot(): Promise<Picture | null> | null {
    const command = this.#settings.see?.screenshot;
    return command ? screenshotBy(this.#program(command)) : null;
  }

  async switchOff(till: Connection): Promise<null> {
    till.end('the kit switched it off');
    await till.ended;
    return null;
  }

  async close(till: Connection): Promise<void> {
    await till.ask({ call: 'close' }, goodbye).catch(() => {});
    const late = setTimeout(() => till.end('it did not end when the kit asked it to'), goodbye);
    await till.ended;
    clearTimeout(late);
  }

  #program(command: readonly string[]): Program {
    const { cwd = process.cwd(), env = {} } = this.#settings;
    return {
      command,
      cwd,
      env: {
        ...programEnvironment(),
        ...env,
        DOJO_TILL_FOLDER: this.#folder,
        ...(this.#port === null ? {} : { DOJO_TILL_PORT: String(this.#port) }),
      },
    };
  }
}

const shown = (call: Call): string =>
  call.call === 'configure' ? 'a configure' : `\`${JSON.stringify({ id: 1, ...call })}\``;
