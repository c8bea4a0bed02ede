import type { BrowserContext, Dialog, Page, Request } from 'playwright';
import { monotonic } from '../../record/monotonic.ts';
import type { Dialogue, Durations } from '../../record/vocabulary.ts';
import type { Speed } from '../screen.ts';
import { hanging, hangs, own, within } from './answering.ts';
import { openDeclared } from './closed-roots.ts';
import { hear } from './devtools.ts';
import { tellPresses } from './presses.ts';

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

/** The message box that a till's windows wait for, the page that shows it, and what is to be called when it comes or goes. */
interface Hold {
  box: MessageBox | null;
  of: Page | null;
  readonly interrupts: Set<() => void>;
}

/** The tab of each page that has one. */
const tabs = new WeakMap<Page, Tab>();

/**
 * One tab of the browser, with the till in it. A page may block, crash, close or leave at any time, and a message
 * box stops it altogether; so every call to the page goes through `ask`, which never waits for ever.
 */
export class Tab implements Speed {
  readonly page: Page;
  /** Where the till may be without being lost; `null`: anywhere. */
  readonly #origins: ReadonlySet<string> | null;
  readonly #changed: (tab: Tab) => void;
  /** Where it was when it had been opened: a till may lead on from its address, to sign in for instance. */
  #landed = '';
  #lost: string | null = null;
  readonly #held: Hold;
  #closing = false;
  /** Requests that the page has made and that have not been answered, each with the time of its beginning. */
  readonly #underWay = new Map<Request, number>();
  #answered: () => void = () => {};
  readonly #presses = { begun: 0, done: 0 };
  #roundTrip = 0;
  #roundTrips: number[] = [];
  #looks: number[] = [];
  #answeredIn = 0;
  #slowest = 0;

  private constructor(
    page: Page,
    origins: ReadonlySet<string> | null,
    changed: (tab: Tab) => void,
    held: Hold = { box: null, of: null, interrupts: new Set() },
  ) {
    tabs.set(page, this);
    this.#held = held;
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

  /** Has the pages of a context, those too that the till opens by itself, tell their tabs of each press. */
  static async prepare(context: BrowserContext): Promise<void> {
    await context.exposeBinding('__pressed', ({ page }, how: 'begun' | 'done') => {
      const tab = tabs.get(page);
      if (tab) tab.#presses[how] += 1;
    });
    await context.addInitScript(tellPresses);
  }

  /** The tab of a page, where it has one. */
  static of(page: Page): Tab | null {
    return tabs.get(page) ?? null;
  }

  /**
   * The tab of a further window, which may be at any address. A message box of either of the two keeps both from
   * going on, as the browser has it for a page and what it opens.
   */
  further(page: Page, changed: (tab: Tab) => void): Tab {
    return Tab.of(page) ?? new Tab(page, null, changed, this.#held);
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

  /** Loads the page again that it is at, and is done when `goto` would be. */
  async reload(timeout: number): Promise<void> {
    await this.touch((page) => page.reload({ timeout, waitUntil: 'commit' }), timeout);
    await this.touch((page) => this.#scripted(page), longestScript + own);
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

  get answeredIn(): number {
    return this.lost || this.box ? 0 : this.#answeredIn;
  }

  /** Its round trips, and the longest that it took to be looked at, since this was read last; `null` when there was none. */
  pace(): Durations | null {
    // A page on which nobody does anything is only looked at.
    const measured = this.#roundTrips.length ? this.#roundTrips : this.#looks;
    const sorted = measured.sort((one, other) => one - other);
    const max = this.#slowest;
    this.#roundTrips = [];
    this.#looks = [];
    this.#slowest = 0;
    return sorted.length ? { median: sorted[sorted.length >> 1]!, max } : null;
  }

  /** Whether something that the page asked a server for since that time, up to another, is still to be answered. */
  awaits(since: number, upTo = Number.POSITIVE_INFINITY): boolean {
    return [...this.#underWay].some(
      ([request, at]) =>
        at >= since && at <= upTo && !['eventsource', 'image', 'media'].includes(request.resourceType()),
    );
  }

  /** Why the page is of no more use, or `null`. */
  get lost(): string | null {
    return this.#lost ?? (this.#atHome ? null : `its page went away, to ${this.page.url()}`);
  }

  /** The message box that the page waits for. */
  get box(): MessageBox | null {
    return this.#held.box;
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
      else if (this.#held.box) reject(new Held(quoted(this.#held.box)));
    };
    interrupted.catch(() => {});
    interrupt();
    this.#held.interrupts.add(interrupt);
    const over = new AbortController();
    const late = setTimeout(() => {
      hangs(this.page.context().browser(), over.signal).then(
        (hung) =>
          hung && this.#lose(`its page hangs: it did not answer within ${(limit + hanging) / 1000} s`),
        reject,
      );
    }, limit);
    try {
      const answer = this.#lost || this.#held.box ? interrupted : call(this.page);
      answer.catch(() => {});
      return await Promise.race([interrupted, answer]);
    } catch (error) {
      if (this.page.isClosed()) this.#lose('its page was closed');
      if (this.#lost) throw new Lost(this.#lost);
      throw error;
    } finally {
      clearTimeout(late);
      over.abort();
      this.#held.interrupts.delete(interrupt);
    }
  }

  /**
   * Does something to the page, which may take `timeout` ms by its own limit. It is done as well when a message box
   * comes of it. Throws as `ask` does.
   */
  async touch<T>(call: (page: Page) => Promise<T>, timeout: number): Promise<void> {
    if (this.#held.box) throw new Held(quoted(this.#held.box));
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
    this.#looks.push(this.#answeredIn);
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
    if (this.#held.box) return this.#held.box;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#held.interrupts.add(resolve);
    const timer = setTimeout(resolve, ms);
    await promise;
    clearTimeout(timer);
    this.#held.interrupts.delete(resolve);
    return this.#held.box;
  }

  /** Closes it, and waits for that no longer than a page may take. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#held.box?.answer('Cancel');
    await within(this.page.close(), own).catch(() => {});
  }

  get #atHome(): boolean {
    const origin = originOf(this.page.url());
    return this.#origins === null || this.#origins.has(origin) || origin === this.#landed;
  }

  #lose(why: string): void {
    if (this.#lost) return;
    this.#lost = why;
    if (this.#held.of === this.page) this.#held.box = null;
    this.#interrupt();
  }

  #interrupt(): void {
    for (const interrupt of [...this.#held.interrupts]) interrupt();
    this.#changed(this);
  }

  #hold(dialog: Dialog): void {
    // "Leave this page?" is asked when the kit goes on, which is what it wants.
    if (this.#closing || dialog.type() === 'beforeunload') {
      dialog.accept().catch(() => {});
      return;
    }
    this.#held.of = this.page;
    this.#held.box = {
      text: dialog.message(),
      options: dialog.type() === 'alert' ? ['OK'] : ['OK', 'Cancel'],
      answer: async (option, value = dialog.defaultValue()) => {
        this.#held.box = null;
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

/** A dialogue in one line. */
export const quoted = ({ text, options }: Dialogue): string =>
  `“${text}” (${options.join(', ') || 'no option'})`;

const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : '');
