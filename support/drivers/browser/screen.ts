import type { Browser, BrowserContext } from 'playwright';
import type { BrowserDisplay } from '../../profile/index.ts';
import type { Display } from '../../record/vocabulary.ts';
import type { Screen } from '../screen.ts';
import { patience } from './control.ts';
import type { RawDisplay } from './page.ts';
import { displayOf } from './reading.ts';
import { Held, Lost, own, Tab, within } from './tab.ts';
import { lookingScript, watchingScript } from './watching.ts';

/** Nothing was seen yet. */
const dark: RawDisplay = {
  text: '',
  outcome: null,
  prompt: null,
  notice: null,
  dialogues: [],
  cardMachines: [],
  ledger: [],
  unseen: [],
  beside: [],
};

/** A till's page in a browser, read by the selectors of its profile. */
export class PageScreen implements Screen {
  readonly #browser: Browser;
  readonly #selectors: BrowserDisplay;
  readonly #looking: string;
  readonly #anyCertificate: boolean;
  #context: BrowserContext | null = null;
  #tab: Tab | null = null;
  #last = dark;
  #listener: (display: Display) => void = () => {};

  /** `anyCertificate`: the page may show a certificate that nobody vouches for. */
  constructor(browser: Browser, selectors: BrowserDisplay, anyCertificate = false) {
    this.#browser = browser;
    this.#selectors = selectors;
    this.#looking = lookingScript(selectors);
    this.#anyCertificate = anyCertificate;
  }

  /** The tab that it is in, while there is one. */
  get tab(): Tab | null {
    return this.#tab;
  }

  get lost(): string | null {
    return this.#tab ? this.#tab.lost : 'its page is not open';
  }

  /** `leadsTo` are places to which the page may go without being lost. */
  async open(url: string, leadsTo: readonly string[] = []): Promise<void> {
    const old = this.#tab;
    this.#tab = null;
    await old?.close();
    const tab = await this.#newTab(new Set([url, ...leadsTo].map((place) => new URL(place, url).origin)));
    this.#tab = tab;
    try {
      await tab.goto(url, own);
    } catch (error) {
      this.#tab = null;
      await tab.close();
      throw error;
    }
  }

  /** A page that is lost, or waits for its message box, shows what it was last seen to show. */
  async look(): Promise<Display> {
    try {
      const raw = await this.#tab?.timed((page) => page.evaluate<RawDisplay>(this.#looking));
      if (raw && !this.#tab?.lost) this.#last = raw;
    } catch (error) {
      if (!(error instanceof Lost || error instanceof Held)) throw error;
    }
    return this.#shown();
  }

  onChange(listener: (display: Display) => void): void {
    this.#listener = listener;
  }

  async screenshot(): Promise<Uint8Array | null> {
    const taken = this.#tab?.ask(
      (page) => page.screenshot({ animations: 'disabled', caret: 'hide', timeout: own }),
      own,
    );
    return (await taken?.catch(() => null)) ?? null;
  }

  async close(): Promise<void> {
    const [tab, context] = [this.#tab, this.#context];
    this.#tab = null;
    this.#context = null;
    await tab?.close();
    if (context) await within(context.close(), own).catch(() => {});
  }

  /** The till finds again what it keeps in its browser, unless the browser opens no further page with that. */
  async #newTab(origins: ReadonlySet<string>): Promise<Tab> {
    const open = (context: BrowserContext) => Tab.open(context, origins, (tab) => this.#changed(tab));
    const context = this.#context;
    const again = context && (await open(context).catch(() => null));
    if (again) return again;
    try {
      return await open(await this.#freshContext());
    } catch {
      return open(await this.#freshContext());
    }
  }

  async #freshContext(): Promise<BrowserContext> {
    this.#context?.close().catch(() => {});
    this.#context = null;
    this.#context = await within(this.#newContext(), own);
    return this.#context;
  }

  async #newContext(): Promise<BrowserContext> {
    const context = await this.#browser.newContext({
      viewport: { width: 1280, height: 860 },
      locale: 'en-GB',
      ignoreHTTPSErrors: this.#anyCertificate,
    });
    context.setDefaultTimeout(patience);
    await context.exposeBinding('__displayChanged', ({ page }, raw: RawDisplay) => {
      if (page !== this.#tab?.page || this.#tab.lost) return;
      this.#last = raw;
      this.#changed(this.#tab);
    });
    await context.addInitScript({ content: watchingScript(this.#selectors) });
    return context;
  }

  #shown(): Display {
    const box = this.#tab?.box;
    const boxes = box ? [{ text: box.text, options: box.options }] : [];
    return displayOf(
      { ...this.#last, dialogues: [...this.#last.dialogues, ...boxes] },
      this.#selectors.reading,
    );
  }

  #changed(tab: Tab): void {
    if (tab === this.#tab) this.#listener(this.#shown());
  }
}
