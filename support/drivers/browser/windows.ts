import type { BrowserContext, Page } from 'playwright';
import type { BrowserDisplay, DisplayWindow } from '../settings.ts';
import { own, within } from './answering.ts';
import { Pane } from './pane.ts';
import type { RawDisplay } from './raw.ts';
import { Tab } from './tab.ts';
import { looking } from './watching.ts';

/** Selects nothing. */
const nothing = ':not(*)';

/** What to read in a window; what its profile does not select stands elsewhere. */
export const selectorsOf = (
  {
    outcome = nothing,
    prompt = nothing,
    notice = nothing,
    dialogue = nothing,
    total,
    regions,
  }: DisplayWindow,
  { reading }: BrowserDisplay,
): BrowserDisplay => ({
  outcome,
  prompt,
  notice,
  dialogue,
  ...(total ? { total } : {}),
  ...(regions ? { regions } : {}),
  ...(reading ? { reading } : {}),
});

/** By what the address of a window's page is known. */
export const placeOf = ({ url, popup }: DisplayWindow): string => popup ?? url ?? '';

/** What several documents show, as one display: those of the till's own page, and other windows. */
export function together(own: readonly RawDisplay[], windows: readonly RawDisplay[] = []): RawDisplay {
  const displays = [...own, ...windows];
  const states = (some: readonly RawDisplay[]): boolean => some.some(({ outcome }) => outcome !== null);
  const elsewhere = !states(own) && states(windows);
  const joined = (part: 'outcome' | 'prompt' | 'notice'): string | null =>
    [...new Set(displays.flatMap((display) => display[part] ?? []))].join(' · ') || null;
  const selected = own.some(({ total }) => total !== undefined);
  const totals = own.flatMap(({ total }) => total ?? []);
  const windowTotals = windows.flatMap(({ total }) => total ?? []);
  return {
    text: displays
      .map(({ text }) => text)
      .filter(Boolean)
      .join('\n'),
    outcome: joined('outcome'),
    prompt: joined('prompt'),
    notice: joined('notice'),
    dialogues: displays.flatMap(({ dialogues }) => dialogues),
    ...(selected ? { total: [...new Set(totals)].join(' · ') || null } : {}),
    ...(windowTotals.length ? { windowTotals } : {}),
    cardMachines: displays.flatMap(({ cardMachines }) => cardMachines),
    ledger: displays.flatMap(({ ledger }) => ledger),
    unseen: displays.flatMap(({ unseen }) => unseen),
    ...(elsewhere ? { elsewhere } : {}),
    beside: displays.flatMap(({ beside }) => beside),
    faint: displays.flatMap(({ faint }) => faint ?? []).sort((one, other) => one - other)[0] ?? null,
    depicted: displays.flatMap(({ depicted }) => depicted ?? []).join(' · ') || null,
  };
}

interface Open {
  readonly page: Page;
  readonly pane: Pane;
}

/** The windows that show a part of the display besides the till's own page, such as a customer display. */
export class Windows {
  readonly #settings: readonly DisplayWindow[];
  readonly #display: BrowserDisplay;
  readonly #open = new Map<DisplayWindow, Open>();

  readonly #changed: () => void;
  /** Counts how often all windows were closed: what was opened before that belongs to none of them. */
  #era = 0;

  /** `changed` is called when a window has joined, and when pictures of one tell more of what it shows. */
  constructor(display: BrowserDisplay, changed: () => void) {
    this.#changed = changed;
    this.#settings = display.windows ?? [];
    this.#display = display;
  }

  /** Has the windows opened that the till does not open by itself. Throws what keeps one from opening. */
  async open(context: BrowserContext, base: string): Promise<void> {
    for (const settings of this.#settings) {
      if (settings.url === undefined) continue;
      const page = await within(context.newPage(), own);
      this.#take(settings, page);
      await page.goto(new URL(settings.url, base).href, { timeout: own, waitUntil: 'domcontentloaded' });
    }
  }

  /**
   * A page that the till has opened by itself: one of the windows, as soon as its address is that of one, or none. What it
   * shows by then it has reported already, when it was not yet one of them: it is looked at.
   */
  async opened(page: Page): Promise<void> {
    const era = this.#era;
    const join = async (): Promise<void> => {
      if (era !== this.#era || this.panes.some(({ frame }) => frame === page.mainFrame())) return;
      const settings = this.#settings.find(({ popup }) => popup !== undefined && page.url().includes(popup));
      if (!settings) return;
      await this.#take(settings, page).look();
      this.#changed();
    };
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) join().catch(() => {});
    });
    await page.waitForLoadState('domcontentloaded').catch(() => {});
    await join();
  }

  /** What a window tells of itself; false where it is none of these. */
  tell(page: Page, raw: RawDisplay | null): boolean {
    const open = [...this.#open.values()].find((one) => one.page === page);
    open?.pane.tell(raw);
    return open !== undefined;
  }

  /** Looks at each window; one that gives no answer shows what it was last seen to show. */
  async look(): Promise<void> {
    await Promise.all([...this.#open.values()].map(({ pane }) => pane.look()));
  }

  /** Another row begins. */
  forget(): void {
    for (const { pane } of this.#open.values()) pane.forget();
  }

  get panes(): Pane[] {
    return [...this.#open.values()].map(({ pane }) => pane);
  }

  /** What they show, in the order of the profile. */
  get shown(): RawDisplay[] {
    return this.#settings.flatMap((settings) => {
      const open = this.#open.get(settings);
      return open && !open.page.isClosed() ? [open.pane.shown] : [];
    });
  }

  /** The page of the first window that shows a result. */
  get stating(): Page | null {
    return (
      [...this.#open.values()].find(({ pane, page }) => pane.shown.outcome && !page.isClosed())?.page ?? null
    );
  }

  async close(): Promise<void> {
    this.#era += 1;
    const pages = [...this.#open.values()].map(({ page }) => page);
    this.#open.clear();
    await Promise.all(pages.map((page) => within(page.close(), own).catch(() => {})));
  }

  #take(settings: DisplayWindow, page: Page): Pane {
    // A message box of a customer display is nobody's to answer, unless steps are done there.
    page.on('dialog', (dialog) => {
      if (!Tab.of(page)) dialog.dismiss().catch(() => {});
    });
    const selectors = selectorsOf(settings, this.#display);
    const look = looking(selectors);
    const pane = new Pane(page.mainFrame(), selectors, {
      read: () => within(look(page.mainFrame()), own).catch(() => null),
      ready: () => !page.isClosed(),
      changed: this.#changed,
    });
    this.#open.set(settings, { page, pane });
    return pane;
  }
}
