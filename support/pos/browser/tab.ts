import type { BrowserContext, Dialog, Page } from 'playwright';
import type { Dialogue } from '../../vocabulary.ts';

/** How long a page may take to answer anything at all before it counts as hung, in ms. */
export const longest = 5000;

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
  readonly #interrupts = new Set<() => void>();

  private constructor(page: Page, origins: ReadonlySet<string>, changed: (tab: Tab) => void) {
    this.page = page;
    this.#origins = origins;
    this.#changed = changed;
    page.on('crash', () => this.#lose('its page crashed'));
    page.on('close', () => this.#lose('its page was closed'));
    page.on('dialog', (dialog) => this.#hold(dialog));
  }

  /**
   * Opens a page. `changed` is called when a message box comes or goes, or the page is lost. Throws what keeps
   * the browser from opening it.
   */
  static async open(
    context: BrowserContext,
    origins: ReadonlySet<string>,
    changed: (tab: Tab) => void,
  ): Promise<Tab> {
    return new Tab(await within(context.newPage(), longest), origins, changed);
  }

  /** Goes to an address, which may lead on to another. */
  async goto(url: string, timeout: number): Promise<void> {
    await this.touch((page) => page.goto(url, { timeout }), timeout);
    this.#landed = originOf(this.page.url());
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
   * by then hangs. Throws a `Lost` when the page is lost or gets lost, a `Held` when it waits for a message box,
   * and otherwise what the call throws.
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
    const late = setTimeout(
      () => this.#lose(`its page hangs: it did not answer within ${limit / 1000} s`),
      limit,
    );
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
      await this.settled((page) => page.evaluate(() => new Promise<void>((done) => setTimeout(done, 0))));
    } catch (error) {
      if (!(error instanceof Held)) throw error;
    }
    // On its way through another site, to sign in for instance, it is not lost.
    if (!this.#lost && !this.#atHome)
      await this.page.waitForURL(() => this.#atHome, { waitUntil: 'commit' }).catch(() => {});
    if (this.lost) this.#lose(this.lost);
    if (this.#lost) throw new Lost(this.#lost);
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
    await within(this.page.close(), longest).catch(() => {});
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
          longest,
        ).catch(() => {});
        this.#changed(this);
      },
    };
    this.#interrupt();
  }
}

/** What comes of a promise, or an error when nothing has within so many ms. */
export function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`the browser did not answer within ${ms / 1000} s`)), ms);
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** A dialogue in one line. */
export const quoted = ({ text, options }: Dialogue): string =>
  `“${text}” (${options.join(', ') || 'no option'})`;

const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : '');
