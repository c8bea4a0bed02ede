import { actionForm } from '../checklist/index.ts';
import { Blocked } from '../record/blocked.ts';
import { blank } from '../record/display.ts';
import { monotonic } from '../record/monotonic.ts';
import { seenThrough } from '../record/phrases.ts';
import type { Picture } from '../record/picture.ts';
import type { Action, Answer, Display, Durations, PosSettings } from '../record/vocabulary.ts';
import { type Connection, Lost, sentences, type Transport, Unreadable } from './connection.ts';
import type { Departed, Hello, PosDriver } from './driver.ts';
import type { Call, Reply } from './protocol.ts';
import { plain } from './remains.ts';
import type { Screen } from './screen.ts';

/** How long the page of a till that was reset may take to show it, in ms. */
const patience = 5000;

/**
 * A till in any language that speaks the kit's protocol (see docs/driver.md), over whatever transport. What it shows is
 * reported by itself, unless its profile names a page on which the kit sees it: then that page alone counts, and what the
 * till tells is passed over.
 */
export class ProtocolTill implements PosDriver {
  readonly display: 'reported' | 'observed';
  readonly clock = 'real';
  /** The token of the row under way. */
  #mark: { readonly token?: string } = {};
  readonly #transport: Transport;
  readonly #expected: Hello;
  readonly #screen: Screen | null;
  /** What the screen shows is the page of the till that runs now. */
  #watched = false;
  #connection: Connection | null = null;
  /** The till that runs now has done something, so that its loss is its own doing. */
  #proven = false;
  #listener: (display: Display) => void = () => {};
  /** What is wrong with a display that was reported since the last reset. */
  #unread: string | null = null;
  /** What it was last read to show. */
  #last = blank;
  readonly #waiting = new Set<() => void>();

  /** `expected` is what the profile says that the till is; on `screen` its page is shown to the kit. */
  constructor(transport: Transport, expected: Hello, screen: Screen | null = null) {
    this.#transport = transport;
    this.#expected = expected;
    this.#screen = screen;
    this.display = screen ? 'observed' : 'reported';
    screen?.onChange((display) => {
      if (this.#watched && this.#connection?.lost === null) this.#shown(display);
    });
  }

  get unreadable(): Blocked | null {
    if (this.#unread === null) return null;
    return new Blocked(
      'KIT-DRIVER-004',
      `What the till shows cannot be read: ${plain(this.#unread)}`,
      'Correct what the driver tells as its display; docs/driver.md has its members.',
      false,
    );
  }

  /** Where the till that runs now shows its display, where the profile says it. */
  get page(): string | null {
    return this.#transport.page;
  }

  /** Starts the till or reaches it, where it is not there. Throws a `Blocked` when that fails, or when it is another till. */
  async hello(): Promise<Hello> {
    if (this.#connection && this.#connection.lost === null) return this.#expected;
    this.#proven = false;
    this.#watched = false;
    this.#unread = null;
    this.#last = blank;
    const till = await this.#transport.connect({
      event: ({ display }) => {
        if (!this.#screen) this.#shown(display);
      },
      lost: () => this.#moved(),
      unread: (problem) => {
        if (!this.#screen) this.#unread ??= problem;
      },
    });
    this.#connection = till;
    const hello = await this.#first({ call: 'hello', protocol: 1 }, this.#transport.patience.greet);
    if ('hello' in hello) this.#compare(hello.hello);
    const trouble = await this.#openPage();
    if (trouble) {
      till.end(trouble);
      throw new Blocked(
        'KIT-TILL-003',
        sentences(`The till's ${trouble}`, till.remains),
        this.#transport.pageAdvice,
      );
    }
    return this.#expected;
  }

  async configure(settings: PosSettings): Promise<Answer> {
    const call: Call = { call: 'configure', settings };
    if (this.#proven) return this.#answer(call);
    const reply = await this.#first(call, this.#patience);
    this.#proven = true;
    return answerOf(reply);
  }

  mark(token: string): void {
    this.#mark = { token };
  }

  act(action: Action): Promise<Answer> {
    if (actionForm(action.name).elsewhere && !this.#transport.secondDevice)
      return Promise.resolve({ answer: 'notOffered', reason: 'the profile has no `driver.secondDevice`' });
    this.#proven = true;
    return this.#answer({ call: 'act', action, ...this.#mark });
  }

  async look(): Promise<Display> {
    if (this.#screen) return this.#connection?.lost === null ? this.#screen.look() : blank;
    try {
      const reply = await this.#given.ask({ call: 'display' }, this.#patience);
      if ('display' in reply) this.#last = reply.display;
      return this.#last;
    } catch (error) {
      if (error instanceof Lost) return blank;
      if (error instanceof Unreadable) {
        this.#unread ??= error.message;
        return this.#last;
      }
      throw error;
    }
  }

  onChange(listener: (display: Display) => void): void {
    this.#listener = listener;
  }

  pace(): Durations | null {
    return this.#screen?.tab?.pace() ?? null;
  }

  get answeredIn(): number {
    return this.#screen?.tab?.answeredIn ?? 0;
  }

  departed(): readonly Departed[] {
    return this.#screen?.departed() ?? [];
  }

  async screenshot(): Promise<Picture | null> {
    const own = this.#transport.screenshot();
    return own ? own : ((await this.#screen?.screenshot()) ?? null);
  }

  async typed(): Promise<string> {
    return (await this.#screen?.typed()) ?? '';
  }

  /** Until the till tells a change or is lost, and at the longest that long. */
  live(ms: number): Promise<number> {
    const started = monotonic();
    return new Promise((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        this.#waiting.delete(finish);
        resolve(monotonic() - started);
      };
      const timer = setTimeout(finish, ms);
      this.#waiting.add(finish);
    });
  }

  async reset(): Promise<Answer> {
    const lost = this.#connection?.lost === null ? (this.#screen?.lost ?? null) : null;
    const trouble = lost && (await this.#openPage());
    if (trouble) return { answer: 'failed', reason: trouble };
    const answer = await this.#answer({ call: 'reset', ...this.#mark });
    const unread = this.unreadable;
    this.#unread = null;
    if (answer.answer !== 'done') return answer;
    if (unread) return { answer: 'failed', reason: unread.message };
    if (lost) return { answer: 'crashed', reason: lost };
    return this.#screen ? this.#cleared() : answer;
  }

  /** Switches the till off without a word, where the kit can, and starts it anew. */
  async restart(): Promise<Answer> {
    const cannot = await this.#transport.switchOff(this.#given);
    if (cannot !== null) return { answer: 'notOffered', reason: cannot };
    try {
      await this.hello();
      return { answer: 'done' };
    } catch (error) {
      if (!(error instanceof Blocked)) throw error;
      return { answer: 'crashed', reason: error.message };
    }
  }

  async close(): Promise<void> {
    const till = this.#connection;
    this.#connection = null;
    await this.#screen?.close();
    if (till) await this.#transport.close(till);
  }

  get #given(): Connection {
    if (!this.#connection) throw new Error('the till was not reached');
    return this.#connection;
  }

  get #patience(): number {
    return this.#transport.patience.answer;
  }

  /** What a till is asked before anything depends on it: if it is lost over that, the kit could not begin. */
  async #first(call: Call, within: number): Promise<Reply> {
    const till = this.#given;
    try {
      return await till.ask(call, within);
    } catch (error) {
      till.end(error instanceof Error ? error.message : String(error));
      if (!(error instanceof Lost || error instanceof Unreadable)) throw error;
      const why = error instanceof Lost ? error.message : `its reply cannot be read: ${error.message}`;
      throw this.#transport.unanswered(call, why, till.remains);
    }
  }

  async #answer(call: Call): Promise<Answer> {
    const till = this.#given;
    try {
      const answer = answerOf(await till.ask(call, this.#patience));
      const unseen = this.#screen?.lost;
      return unseen ? { answer: 'crashed', reason: `the till was lost: ${unseen}` } : answer;
    } catch (error) {
      if (error instanceof Lost) {
        return { answer: 'crashed', reason: sentences(`the till was lost: ${error.message}`, till.remains) };
      }
      if (error instanceof Unreadable) {
        return {
          answer: 'failed',
          reason: sentences(`the driver's reply cannot be read: ${error.message}`, till.remains),
        };
      }
      throw error;
    }
  }

  #compare(answered: Hello): void {
    const differing = (['name', 'version', 'apiVersion'] as const).filter(
      (member) => answered[member] !== this.#expected[member],
    );
    const [first] = differing;
    if (!first) return;
    this.#given.end('it is another till');
    const [wanted, said] = [this.#expected[first], answered[first]];
    if (seenThrough(wanted) === seenThrough(said)) {
      throw new Blocked(
        'KIT-DRIVER-005',
        `The ${first} of the till looks the same in the profile and in the driver's hello, and is coded in other characters: ${coded(wanted)} in the profile, ${coded(said)} in the driver`,
        `Copy the ${first} from the one to the other.`,
      );
    }
    throw new Blocked(
      'KIT-DRIVER-006',
      `The profile is of another till: its ${first} is ${wanted}, and the driver says ${said}`,
      'Correct the profile, or start the till that it describes.',
    );
  }

  /** Opens the till's page anew, where there is one. Says what keeps it from opening, or `null`. */
  async #openPage(): Promise<string | null> {
    const { page } = this;
    if (!this.#screen || page === null) return null;
    try {
      await this.#screen.open(page);
      this.#watched = true;
      return null;
    } catch (error) {
      // What keeps the kit's own browser from it is not the till's doing.
      if (error instanceof Blocked) throw error;
      const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
      return `page ${page} could not be opened: ${why}`;
    }
  }

  /** The till has been reset: its page has to follow, which may take it a moment. */
  async #cleared(): Promise<Answer> {
    const asked = monotonic();
    for (;;) {
      const { outcome, dialogues } = await this.look();
      const late = monotonic() - asked > patience;
      const [open] = dialogues;
      if (open && late)
        return { answer: 'failed', reason: `its page still shows the dialogue “${open.text}”` };
      // A result that stays there is for the checks to see.
      if (!open && (outcome === null || late)) return { answer: 'done' };
      await this.live(100);
    }
  }

  #shown(display: Display): void {
    this.#last = display;
    this.#listener(display);
    this.#moved();
  }

  #moved(): void {
    for (const finish of [...this.#waiting]) finish();
  }
}

function answerOf(reply: Reply): Answer {
  if (!('answer' in reply)) throw new Error('the reply was not looked at');
  return reply.answer === 'done' ? { answer: 'done' } : { answer: reply.answer, reason: plain(reply.reason) };
}

/** A text with the code points of all that is no plain ASCII. */
const coded = (text: string): string =>
  `"${text.replace(/[^ -~]/gu, (one) => `[U+${one.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`)}"`;
