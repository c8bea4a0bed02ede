import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, BrowserContext, Dialog, Page, Request } from 'playwright';
import { Blocked } from '../../record/blocked.ts';
import { monotonic } from '../../record/monotonic.ts';
import type { Dialogue, Durations } from '../../record/vocabulary.ts';
import { openDeclared } from './closed-roots.ts';
import { hear } from './devtools.ts';

/** What the kit needs for itself may take so long on a busy machine, in ms; no verdict comes of it. */
export const own = 60_000;

/**
 * A page that has answered nothing for so long hangs, in ms: counted from when it should have answered, and only
 * while the browser itself answers at once. On a busy machine a page is slow through no fault of its own.
 */
const hanging = 5000;

/** How often the browser is asked whether it still answers at once, and what counts as that, in ms. */
const asking = 500;

/** How long a page may take to answer before anybody wonders, in ms. */
export const longest = 5000;

/** A document whose scripts have not all come by then is used all the same, in ms. */
const longestScript = 10_000;

/** The page is of no more use: it hangs, crashed, closed itself or went elsewhere. The message says which. */
export class Lost extends Error {}

/** The page waits for its own message box to be answered, and does nothing else until then. */
export class Held extends Error {}

/** A message box that the page has the browser show: `alert`, `confirm` or `prompt`. */
export interface MessageBox extends Dialogue {
  /** Picks one of its options; `value` is what is entered, where it asks for something. */
  answer(option: string, value?: string): Promise<void>;
}

/**
 * One tab of the browser, with the till in it. A page may block, crash, close or leave at any time, and a message
 * box stops it altogether; so every call to the page goes through `ask`, which never waits for ever.
 */
export class Tab {
  readonly page: Page;
  /** Where the till may be without being lost. */
  readonly #origins: ReadonlySet<string>;
  readonly #changed: (tab: Tab) => void;
  /** Where it was when it had been opened: a till may lead on from its address, to sign in for instance. */
  #landed = '';
  #lost: string | null = null;
  #box: MessageBox | null = null;
  #closing = false;
  /** Requests that the page has made and that have not been answered, each with the time of its beginning. */
  readonly #underWay = new Map<Request, number>();
  #answered: () => void = () => {};
  readonly #presses = { begun: 0, done: 0 };
  #roundTrip = 0;
  #roundTrips: number[] = [];
  #answeredIn = 0;
  #slowest = 0;
  readonly #interrupts = new Set<() => void>();

  private constructor(page: Page, origins: ReadonlySet<string>, changed: (tab: Tab) => void) {
    this.page = page;
    this.#origins = origins;
    this.#changed = changed;
    page.on('crash', () => this.#lose('its page crashed'));
    page.on('close', () => this.#lose('its page was closed'));
    page.on('dialog', (dialog) => this.#hold(dialog));
    page.on('request', (request) => this.#underWay.set(request, monotonic()));
    const over = (request: Request) => {
      this.#underWay.delete(request);
      this.#answered();
    };
    page.on('requestfinished', over);
    page.on('requestfailed', over);
  }

  /**
   * Opens a page. `changed` is called when a message box comes or goes, or the page is lost; `shows` when the page itself,
   * without its frames, tells what it shows. Throws what keeps the browser from opening it.
   */
  static async open(
    context: BrowserContext,
    origins: ReadonlySet<string>,
    changed: (tab: Tab) => void,
    shows: (tab: Tab, display: string) => void = () => {},
  ): Promise<Tab> {
    const page = await within(context.newPage(), own);
    const tab = new Tab(page, origins, changed);
    const pressed = (how: string) => {
      tab.#presses[how as 'begun' | 'done'] += 1;
    };
    const worlds = new Set<number>();
    const heard = {
      __kitPressed: pressed,
      __kitShows: (display: string) => shows(tab, display),
      __kitParsed: () => void openDeclared(page, worlds).catch(() => {}),
    };
    await within(hear(page, heard, worlds), own);
    await within(
      page.exposeBinding('__pressed', (_, how: 'begun' | 'done') => pressed(how)),
      own,
    );
    await within(page.addInitScript(tellPresses), own);
    return tab;
  }

  /**
   * Goes to an address, which may lead on to another. The page is open once its document and its scripts are there:
   * a picture, or a frame, may never come. Throws what keeps the browser from it.
   */
  async goto(url: string, timeout: number): Promise<void> {
    await this.touch((page) => page.goto(url, { timeout, waitUntil: 'commit' }), timeout);
    await this.touch((page) => this.#scripted(page), longestScript + own);
    this.#landed = originOf(this.page.url());
  }

  async #scripted(page: Page): Promise<void> {
    const until = monotonic() + longestScript;
    await page.waitForLoadState('domcontentloaded', { timeout: longestScript }).catch(() => {});
    const scripts = () => [...this.#underWay.keys()].some((request) => request.resourceType() === 'script');
    while (scripts() && monotonic() < until && !this.lost) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, until - monotonic());
      this.#answered = resolve;
      await promise;
      clearTimeout(timer);
    }
    this.#answered = () => {};
  }

  /** How often a control was pressed, as the page saw it: pressed down, and pressed and let go. */
  get presses(): { readonly begun: number; readonly done: number } {
    return { ...this.#presses };
  }

  /** How long the page took to answer when it was asked last for nothing else, in ms. */
  get roundTrip(): number {
    return this.#roundTrip;
  }

  /** How long it took to answer last, be it to a look at it, in ms. */
  get answeredIn(): number {
    return this.#answeredIn;
  }

  /** Its round trips, and the longest that it took to be looked at, since this was read last; `null` when there was none. */
  pace(): Durations | null {
    const sorted = this.#roundTrips.sort((one, other) => one - other);
    const max = this.#slowest;
    this.#roundTrips = [];
    this.#slowest = 0;
    return sorted.length ? { median: sorted[sorted.length >> 1]!, max } : null;
  }

  /** Whether something that the page asked a server for since that time is still to be answered. */
  awaits(since: number): boolean {
    return [...this.#underWay].some(
      ([request, at]) => at >= since && !['eventsource', 'image', 'media'].includes(request.resourceType()),
    );
  }

  /** Why the page is of no more use, or `null`. */
  get lost(): string | null {
    return this.#lost ?? (this.#atHome ? null : `its page went away, to ${this.page.url()}`);
  }

  /** The message box that the page waits for. */
  get box(): MessageBox | null {
    return this.#box;
  }

  /**
   * Makes a call to the page. `limit`, in ms, is more than the call may rightly take: a page that has not answered
   * by then is watched, and hangs when the browser still answers and the page does not. Throws a `Lost` when the
   * page is lost or gets lost, a `Held` when it waits for a message box, an `Unanswered` when the browser does not answer
   * either, and otherwise what the call throws.
   */
  async ask<T>(call: (page: Page) => Promise<T>, limit = longest): Promise<T> {
    const { promise: interrupted, reject } = Promise.withResolvers<never>();
    const interrupt = () => {
      if (this.#lost) reject(new Lost(this.#lost));
      else if (this.#box) reject(new Held(quoted(this.#box)));
    };
    interrupted.catch(() => {});
    interrupt();
    this.#interrupts.add(interrupt);
    const over = new AbortController();
    const late = setTimeout(() => {
      hangs(this.page.context().browser(), over.signal).then(
        (hung) =>
          hung && this.#lose(`its page hangs: it did not answer within ${(limit + hanging) / 1000} s`),
        reject,
      );
    }, limit);
    try {
      const answer = this.#lost || this.#box ? interrupted : call(this.page);
      answer.catch(() => {});
      return await Promise.race([interrupted, answer]);
    } catch (error) {
      if (this.page.isClosed()) this.#lose('its page was closed');
      if (this.#lost) throw new Lost(this.#lost);
      throw error;
    } finally {
      clearTimeout(late);
      over.abort();
      this.#interrupts.delete(interrupt);
    }
  }

  /**
   * Does something to the page, which may take `timeout` ms by its own limit. It is done as well when a message box
   * comes of it. Throws as `ask` does.
   */
  async touch<T>(call: (page: Page) => Promise<T>, timeout: number): Promise<void> {
    if (this.#box) throw new Held(quoted(this.#box));
    try {
      await this.ask(call, timeout + longest);
    } catch (error) {
      if (!(error instanceof Held)) throw error;
    }
  }

  /** Throws a `Lost` unless the page still answers, or waits for its message box, and is the till's. */
  async check(): Promise<void> {
    try {
      // A timer comes to its turn after what the page had already put off.
      await this.timed((page) => page.evaluate(() => new Promise<void>((done) => setTimeout(done, 0))));
      this.#roundTrip = this.#answeredIn;
      this.#roundTrips.push(this.#roundTrip);
    } catch (error) {
      if (!(error instanceof Held)) throw error;
    }
    // On its way through another site, to sign in for instance, it is not lost.
    if (!this.#lost && !this.#atHome)
      await this.page
        .waitForURL(() => this.#atHome, { waitUntil: 'commit', timeout: longest })
        .catch(() => {});
    if (this.lost) this.#lose(this.lost);
    if (this.#lost) throw new Lost(this.#lost);
  }

  /** As `settled`, and notes how long the page took to answer. */
  async timed<T>(call: (page: Page) => Promise<T>): Promise<T> {
    const asked = monotonic();
    const answer = await this.settled(call);
    this.#answeredIn = monotonic() - asked;
    this.#slowest = Math.max(this.#slowest, this.#answeredIn);
    return answer;
  }

  /** Asks again where the page had just gone on to another; one that never comes to rest hangs. */
  settled<T>(call: (page: Page) => Promise<T>): Promise<T> {
    return this.ask(async (page) => {
      for (;;) {
        try {
          return await call(page);
        } catch (error) {
          if (this.#lost || !/context was destroyed|navigation/i.test(String(error))) throw error;
          await page.waitForLoadState('domcontentloaded');
        }
      }
    });
  }

  /** The message box, once there is one; `null` when none has come within so many ms. */
  async boxed(ms: number): Promise<MessageBox | null> {
    if (this.#box) return this.#box;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#interrupts.add(resolve);
    const timer = setTimeout(resolve, ms);
    await promise;
    clearTimeout(timer);
    this.#interrupts.delete(resolve);
    return this.#box;
  }

  /** Closes it, and waits for that no longer than a page may take. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#box?.answer('Cancel');
    await within(this.page.close(), own).catch(() => {});
  }

  get #atHome(): boolean {
    const origin = originOf(this.page.url());
    return this.#origins.has(origin) || origin === this.#landed;
  }

  #lose(why: string): void {
    if (this.#lost) return;
    this.#lost = why;
    this.#box = null;
    this.#interrupt();
  }

  #interrupt(): void {
    for (const interrupt of [...this.#interrupts]) interrupt();
    this.#changed(this);
  }

  #hold(dialog: Dialog): void {
    // "Leave this page?" is asked when the kit goes on, which is what it wants.
    if (this.#closing || dialog.type() === 'beforeunload') {
      dialog.accept().catch(() => {});
      return;
    }
    this.#box = {
      text: dialog.message(),
      options: dialog.type() === 'alert' ? ['OK'] : ['OK', 'Cancel'],
      answer: async (option, value = dialog.defaultValue()) => {
        this.#box = null;
        await within(
          option === 'Cancel'
            ? dialog.dismiss()
            : dialog.accept(dialog.type() === 'prompt' ? value : undefined),
          own,
        ).catch(() => {});
        this.#changed(this);
      },
    };
    this.#interrupt();
  }
}

/** The kit's own browser gave no answer, on the kit's machine: nothing of it is the POS's doing. */
export class Unanswered extends Blocked {
  constructor(ms: number) {
    super(
      'KIT-BROWSER-004',
      `The kit's own browser did not answer within ${ms / 1000} s`,
      'Leave the machine more of its time (close other programs, lower `--parallel`), then run again.',
    );
  }
}

/** What comes of a promise of the browser's. Throws an `Unanswered` when nothing has within so many ms. */
export function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Unanswered(ms)), ms);
  promise.catch(() => {});
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/**
 * Whether the page hangs that has not answered: true, once the browser has answered at once for long enough all the
 * while. False when that was ended. Throws an `Unanswered` when the browser is too busy to tell.
 */
async function hangs(browser: Browser | null, over: AbortSignal): Promise<boolean> {
  const until = monotonic() + own;
  const devtools = await within(browser!.newBrowserCDPSession(), own);
  try {
    for (let counted = 0; counted < hanging; ) {
      if (monotonic() > until) throw new Unanswered(own);
      const asked = monotonic();
      await Promise.race([within(devtools.send('Browser.getVersion'), own), rest(own, over)]);
      const took = monotonic() - asked;
      await rest(asking - took, over);
      if (over.aborted) return false;
      if (took < asking / 2) counted += asking;
    }
    return true;
  } finally {
    devtools.detach().catch(() => {});
  }
}

/** That long, or until the signal. */
const rest = (ms: number, signal: AbortSignal): Promise<void> =>
  wait(Math.max(0, ms), undefined, { signal }).catch(() => {});

/** Tells the kit of each press that the page was given. It runs in the page, before the page's own scripts. */
function tellPresses(): void {
  type Pressed = (how: 'begun' | 'done') => void;
  const { __kitPressed, __pressed } = window as unknown as { __kitPressed?: Pressed; __pressed: Pressed };
  const pressed = __kitPressed ?? __pressed;
  const tell =
    (how: 'begun' | 'done') =>
    ({ isTrusted }: Event): void => {
      if (isTrusted) pressed(how);
    };
  window.addEventListener('pointerdown', tell('begun'), true);
  window.addEventListener('click', tell('done'), true);
}

/** A dialogue in one line. */
export const quoted = ({ text, options }: Dialogue): string =>
  `“${text}” (${options.join(', ') || 'no option'})`;

const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : '');
