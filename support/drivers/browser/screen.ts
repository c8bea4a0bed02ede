import type { Browser, BrowserContext, BrowserContextOptions, Frame, Page } from 'playwright';
import type { Picture } from '../../record/picture.ts';
import type { Display } from '../../record/vocabulary.ts';
import type { Departed } from '../driver.ts';
import type { Screen } from '../screen.ts';
import type { BrowserDisplay, BrowserView } from '../settings.ts';
import { own, within } from './answering.ts';
import type { Credentials } from './basic-auth.ts';
import { patience } from './control.ts';
import { dark, Pane } from './pane.ts';
import type { RawDisplay } from './raw.ts';
import { displayOf } from './reading.ts';
import { pictureOf } from './shots.ts';
import { Held, Lost, Tab } from './tab.ts';
import { typedIn } from './typed.ts';
import { looking, watchingScript } from './watching.ts';
import { placeOf, selectorsOf, together, Windows } from './windows.ts';

/** A till's page in a browser, read by the selectors of its profile. */
export class PageScreen implements Screen {
  readonly #browser: Browser;
  readonly #selectors: BrowserDisplay;
  readonly #looking: ReturnType<typeof looking>;
  readonly #view: WindowView;
  readonly #windows: Windows;
  /** Steps are done in windows that the till opens. */
  readonly #steps: boolean;
  /** These windows. */
  readonly #further = new Set<Tab>();
  /** What the till's page shows, and what the frames within it do. */
  #pane: Pane | null = null;
  readonly #frames = new Map<Frame, Pane>();
  #context: BrowserContext | null = null;
  #tab: Tab | null = null;
  /** Its page was read when it was looked at last: it does not show what it was seen to show before. */
  fresh = false;
  #listener: (display: Display) => void = () => {};

  /**
   * `anyCertificate`: the page may show a certificate that nobody vouches for. `steps`: steps are done in windows that
   * the till opens.
   */
  constructor(browser: Browser, selectors: BrowserDisplay, view: WindowView = {}, steps = false) {
    this.#steps = steps;
    this.#browser = browser;
    this.#selectors = selectors;
    this.#looking = looking(selectors);
    this.#view = view;
    this.#windows = new Windows(selectors, () => this.#listener(this.#shown()));
  }

  /** The tab that it is in, while there is one. */
  get tab(): Tab | null {
    return this.#tab;
  }
  get lost(): string | null {
    return this.#tab ? this.#tab.lost : 'its page is not open';
  }

  /** A further window of the till, beside the one that is looked at: they share what the till keeps in its browser. */
  async another(url: string): Promise<Tab> {
    const context = this.#context ?? (await this.#freshContext());
    const tab = await Tab.open(context, new Set([new URL(url).origin]), () => {});
    await tab.goto(url, own);
    return tab;
  }

  /** The window with this in its address that was opened last, beside the till's own; `null` where there is none now. */
  async window(part: string): Promise<Tab | null> {
    const till = this.#tab;
    const pages = till?.page.context().pages() ?? [];
    const page = pages.findLast((one) => one !== till!.page && one.url().includes(part));
    if (!page) return null;
    const tab = this.#furtherOf(till!, page);
    await tab.settled((one) => one.waitForLoadState('domcontentloaded')).catch(() => {});
    return tab;
  }

  /** `leadsTo` are places to which the page may go without being lost. */
  async open(url: string, leadsTo: readonly string[] = []): Promise<void> {
    const old = this.#tab;
    this.#tab = null;
    await this.#windows.close();
    for (const further of this.#further) await further.close();
    await old?.close();
    const tab = await this.#newTab(new Set([url, ...leadsTo].map((place) => new URL(place, url).origin)));
    this.#tab = tab;
    this.#pane = this.#paneOf(tab);
    this.#frames.clear();
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
    this.fresh = Boolean(await this.#pane?.look());
    await Promise.all(this.#inner().map((pane) => pane.look()));
    await this.#windows.look();
    return this.#shown();
  }

  /** Another row begins: what was proven of the page in the one before is proven anew. */
  forget(): void {
    for (const pane of [this.#pane, ...this.#frames.values()]) pane?.forget();
    this.#windows.forget();
  }

  #furtherOf(till: Tab, page: Page): Tab {
    const tab = till.further(page, (changed) => {
      if (changed.lost) this.#further.delete(changed);
      if (this.#tab) this.#changed(this.#tab);
    });
    this.#further.add(tab);
    return tab;
  }

  #paneOf(tab: Tab): Pane {
    const ready = () => tab === this.#tab && !tab.lost && !tab.box;
    const read = async (): Promise<RawDisplay | null> => {
      try {
        const raw = await tab.timed((page) => this.#looking(page.mainFrame()));
        return tab === this.#tab && !tab.lost ? raw : null;
      } catch (error) {
        if (error instanceof Lost || error instanceof Held) return null;
        throw error;
      }
    };
    const changed = () => this.#changed(tab);
    const last = this.#pane?.last;
    return new Pane(tab.page.mainFrame(), this.#selectors, { read, ready, changed }, last);
  }

  /** The frames within the page, whichever there are now. */
  #inner(): Pane[] {
    const tab = this.#tab;
    if (!tab || tab.lost) return [];
    const page = tab.page;
    return page.frames().flatMap((frame) => (frame === page.mainFrame() ? [] : this.#frameOf(tab, frame)));
  }

  #frameOf(tab: Tab, frame: Frame): Pane {
    const known = this.#frames.get(frame);
    if (known) return known;
    const pane = new Pane(frame, this.#selectors, {
      // One that is on its way to another address is read when it is there.
      read: () => (tab.box ? Promise.resolve(null) : within(this.#looking(frame), own).catch(() => null)),
      ready: () => tab === this.#tab && !tab.lost && !tab.box && !frame.isDetached(),
      changed: () => this.#changed(tab),
    });
    this.#frames.set(frame, pane);
    return pane;
  }

  onChange(listener: (display: Display) => void): void {
    this.#listener = listener;
  }

  async typed(): Promise<string> {
    const pages = [this.#tab?.ask(typedIn, own), ...[this.#windows.stating ?? []].flat().map(typedIn)];
    return (await Promise.all(pages.map((typed) => typed?.catch(() => '')))).join(' ');
  }

  async screenshot(): Promise<Picture | null> {
    const { outcome, prompt, notice, dialogue } = this.#selectors;
    const picture = (page: Page) => pictureOf(page, [outcome, prompt, notice, dialogue]);
    // A result that only another window shows is pictured there.
    const inPage = [this.#pane, ...this.#inner()].some((pane) => pane?.shown.outcome);
    const other = inPage ? null : this.#windows.stating;
    const taken = other ? within(picture(other), own) : this.#tab?.ask(picture, own);
    return (await taken?.catch(() => null)) ?? null;
  }

  departed(): readonly Departed[] {
    const panes = [...(this.#pane ? [this.#pane] : []), ...this.#inner(), ...this.#windows.panes];
    return panes.flatMap((pane) => pane.departed());
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
    const open = async (context: BrowserContext): Promise<Tab> => {
      const shows = (teller: Tab, display: string) => {
        if (teller !== this.#tab || teller.lost) return;
        this.#pane?.tell(JSON.parse(display));
        this.#changed(teller);
      };
      const tab = await Tab.open(context, origins, (changed) => this.#changed(changed), shows);
      // What a frame has shown goes with it, and with its document.
      tab.page.on('framedetached', (frame) => {
        if (this.#frames.delete(frame)) this.#changed(tab);
      });
      tab.page.on('framenavigated', (frame) => this.#frames.get(frame)?.clear());
      return tab;
    };
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
    const context = await this.#browser.newContext(contextOf(this.#view));
    context.setDefaultTimeout(patience);
    await Tab.prepare(context);
    await context.exposeBinding('__displayChanged', ({ page, frame }, raw: RawDisplay | null) => {
      const tab = this.#tab;
      if (!tab || tab.lost) return;
      if (page !== tab.page) {
        if (frame !== page.mainFrame() || !this.#windows.tell(page, raw)) return;
      } else if (frame === page.mainFrame()) this.#pane?.tell(raw);
      else this.#frameOf(tab, frame).tell(raw);
      this.#changed(tab);
    });
    context.on('page', async (page) => {
      if (!(await page.opener().catch(() => null))) return;
      // From the beginning: a message box of a window that nobody minds is closed by itself.
      if (this.#steps && this.#tab) this.#furtherOf(this.#tab, page);
      await this.#windows.opened(page).catch(() => {});
    });
    await context.addInitScript({ content: watchingScript(this.#selectors, windowsIn(this.#selectors)) });
    return context;
  }

  #shown(): Display {
    const box = this.#tab?.box;
    const shown = this.#pane?.shown ?? dark;
    const inner = this.#inner().map((pane) => pane.shown);
    const boxes = box ? [{ text: box.text, options: box.options }] : [];
    return displayOf(
      together([{ ...shown, dialogues: [...shown.dialogues, ...boxes] }, ...inner], this.#windows.shown),
      this.#selectors.reading,
    );
  }

  #changed(tab: Tab): void {
    if (tab === this.#tab) this.#listener(this.#shown());
  }
}

const windowsIn = (selectors: BrowserDisplay): [string, BrowserDisplay][] =>
  (selectors.windows ?? []).map((window) => [placeOf(window), selectorsOf(window, selectors)]);

/** How a window is opened: `credentials` go to that origin alone, once it asks for them. */
interface WindowView extends BrowserView {
  readonly anyCertificate?: boolean;
  readonly credentials?: Credentials & { readonly origin: string };
}

/** A browser's window as the profile describes it. */
function contextOf({
  anyCertificate = false,
  credentials,
  colorScheme,
  forcedColors,
  touch = false,
  viewport = { width: 1280, height: 860 },
  zoom = 1,
}: WindowView): BrowserContextOptions {
  return {
    // As a browser zooms: the page has less room, and each of its pixels is drawn larger.
    viewport: { width: Math.round(viewport.width / zoom), height: Math.round(viewport.height / zoom) },
    deviceScaleFactor: zoom,
    hasTouch: touch,
    ...(colorScheme ? { colorScheme } : {}),
    ...(forcedColors ? { forcedColors: 'active' } : {}),
    locale: 'en-GB',
    ignoreHTTPSErrors: anyCertificate,
    ...(credentials ? { httpCredentials: credentials } : {}),
  };
}
