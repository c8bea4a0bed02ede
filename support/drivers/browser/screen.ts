import type { Browser, BrowserContext, Page } from 'playwright';
import type { BrowserDisplay, BrowserView } from '../../profile/index.ts';
import type { Display } from '../../record/vocabulary.ts';
import type { Screen } from '../screen.ts';
import { patience } from './control.ts';
import type { RawDisplay } from './page.ts';
import { claimOf, Proofs } from './proof.ts';
import { displayOf } from './reading.ts';
import { Held, Lost, own, Tab, within } from './tab.ts';
import { lookingScript, watchingScript } from './watching.ts';
import { dark, placeOf, selectorsOf, together, Windows } from './windows.ts';

/** How long a look waits for the proof of what is claimed, in ms; what comes of it later is told as a change. */
const patient = 1500;

/** A till's page in a browser, read by the selectors of its profile. */
export class PageScreen implements Screen {
  readonly #browser: Browser;
  readonly #selectors: BrowserDisplay;
  readonly #looking: string;
  readonly #view: BrowserView & { readonly anyCertificate?: boolean };
  readonly #windows: Windows;
  readonly #proofs: Proofs;
  #context: BrowserContext | null = null;
  #tab: Tab | null = null;
  #last = dark;
  /** The page is to be read again. */
  #again = false;
  #listener: (display: Display) => void = () => {};

  /** `anyCertificate`: the page may show a certificate that nobody vouches for. */
  constructor(
    browser: Browser,
    selectors: BrowserDisplay,
    view: BrowserView & { readonly anyCertificate?: boolean } = {},
  ) {
    this.#browser = browser;
    this.#selectors = selectors;
    this.#looking = lookingScript(selectors);
    this.#view = view;
    this.#windows = new Windows(selectors);
    this.#proofs = new Proofs(selectors.outcome);
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
    await this.#windows.close();
    await old?.close();
    const tab = await this.#newTab(new Set([url, ...leadsTo].map((place) => new URL(place, url).origin)));
    this.#tab = tab;
    try {
      await tab.goto(url, own);
      await this.#windows.open(tab.page.context(), url);
    } catch (error) {
      this.#tab = null;
      await tab.close();
      throw error;
    }
  }

  /** A page that is lost, or waits for its message box, shows what it was last seen to show. */
  async look(): Promise<Display> {
    await this.#glance();
    if (!this.#tab?.box && (await this.#proofs.settled(patient))) await this.#glance();
    await this.#windows.look();
    return this.#shown();
  }

  /** Another row begins: what was proven of the page in the one before is proven anew. */
  forget(): void {
    this.#proofs.forget();
  }

  async #glance(): Promise<void> {
    try {
      if (this.#proofs.veiled && !this.#tab?.box) await this.#proofs.settled(patient);
      const raw = await this.#tab?.timed((page) => page.evaluate<RawDisplay>(this.#looking));
      if (raw && !this.#tab?.lost && !this.#proofs.veiled) this.#note(raw);
    } catch (error) {
      if (!(error instanceof Lost || error instanceof Held)) throw error;
    }
  }

  /** Reads the page once the text is no longer transparent, and tells what has changed meanwhile. */
  #readAgain(tab: Tab): void {
    if (this.#again) return;
    this.#again = true;
    this.#proofs
      .settled()
      .then(() => this.#glance())
      .catch(() => {})
      .finally(() => {
        this.#again = false;
        this.#changed(tab);
      });
  }

  #note(raw: RawDisplay): void {
    const tab = this.#tab;
    this.#last = raw;
    if (!tab || tab.box) return;
    const stands = (claim: string) => tab === this.#tab && !tab.lost && claimOf(this.#last).claim === claim;
    this.#proofs.prove(tab.page, raw, () => this.#changed(tab), stands);
  }

  onChange(listener: (display: Display) => void): void {
    this.#listener = listener;
  }

  async screenshot(): Promise<Uint8Array | null> {
    const picture = (page: Page) =>
      page.screenshot({ animations: 'disabled', caret: 'initial', timeout: own });
    // A result that only another window shows is pictured there.
    const other = this.#last.outcome ? null : this.#windows.stating;
    const taken = other ? within(picture(other), own) : this.#tab?.ask(picture, own);
    return (await taken?.catch(() => null)) ?? null;
  }

  async close(): Promise<void> {
    const [tab, context] = [this.#tab, this.#context];
    this.#tab = null;
    this.#context = null;
    await this.#windows.close();
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
    const { anyCertificate = false, colorScheme, forcedColors, touch = false } = this.#view;
    const { viewport = { width: 1280, height: 860 }, zoom = 1 } = this.#view;
    const context = await this.#browser.newContext({
      // As a browser zooms: the page has less room, and each of its pixels is drawn larger.
      viewport: { width: Math.round(viewport.width / zoom), height: Math.round(viewport.height / zoom) },
      deviceScaleFactor: zoom,
      hasTouch: touch,
      ...(colorScheme ? { colorScheme } : {}),
      ...(forcedColors ? { forcedColors: 'active' } : {}),
      locale: 'en-GB',
      ignoreHTTPSErrors: anyCertificate,
    });
    context.setDefaultTimeout(patience);
    await context.exposeBinding('__displayChanged', ({ page }, raw: RawDisplay) => {
      const tab = this.#tab;
      if (!tab || tab.lost) return;
      if (page === tab.page) {
        // What is read while a text is transparent is not so: what stands there is read again afterwards.
        if (this.#proofs.veiled) this.#readAgain(tab);
        else this.#note(raw);
      } else if (!this.#windows.tell(page, raw)) return;
      this.#changed(tab);
    });
    context.on('page', async (page) => {
      if (await page.opener().catch(() => null)) await this.#windows.opened(page);
    });
    const windows = (this.#selectors.windows ?? []).map((window): [string, BrowserDisplay] => [
      placeOf(window),
      selectorsOf(window, this.#selectors),
    ]);
    await context.addInitScript({ content: watchingScript(this.#selectors, windows) });
    return context;
  }

  #shown(): Display {
    const box = this.#tab?.box;
    const shown = this.#proofs.corrected(this.#last);
    const boxes = box ? [{ text: box.text, options: box.options }] : [];
    return displayOf(
      together([{ ...shown, dialogues: [...shown.dialogues, ...boxes] }, ...this.#windows.shown]),
      this.#selectors.reading,
    );
  }

  #changed(tab: Tab): void {
    if (tab === this.#tab) this.#listener(this.#shown());
  }
}
