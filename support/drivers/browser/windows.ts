import type { BrowserContext, Page } from 'playwright';
import type { BrowserDisplay, DisplayWindow } from '../../profile/index.ts';
import type { RawDisplay } from './page.ts';
import { own, within } from './tab.ts';
import { lookingScript } from './watching.ts';

/** Nothing was seen yet. */
export const dark: RawDisplay = {
  text: '',
  outcome: null,
  prompt: null,
  notice: null,
  dialogues: [],
  cardMachines: [],
  ledger: [],
  unseen: [],
  beside: [],
  depicted: null,
};

/** Selects nothing. */
const nothing = ':not(*)';

/** What to read in a window; what its profile does not select stands elsewhere. */
export const selectorsOf = (
  { outcome = nothing, prompt = nothing, notice = nothing, dialogue = nothing, regions }: DisplayWindow,
  { reading }: BrowserDisplay,
): BrowserDisplay => ({
  outcome,
  prompt,
  notice,
  dialogue,
  ...(regions ? { regions } : {}),
  ...(reading ? { reading } : {}),
});

/** By what the address of a window's page is known. */
export const placeOf = ({ url, popup }: DisplayWindow): string => popup ?? url ?? '';

/** What several windows show, as one display. A journal and card machines are in the first. */
export function together(displays: readonly RawDisplay[]): RawDisplay {
  const joined = (part: 'outcome' | 'prompt' | 'notice'): string | null =>
    [...new Set(displays.flatMap((display) => display[part] ?? []))].join(' · ') || null;
  return {
    text: displays
      .map(({ text }) => text)
      .filter(Boolean)
      .join('\n'),
    outcome: joined('outcome'),
    prompt: joined('prompt'),
    notice: joined('notice'),
    dialogues: displays.flatMap(({ dialogues }) => dialogues),
    cardMachines: displays[0]?.cardMachines ?? [],
    ledger: displays[0]?.ledger ?? [],
    unseen: displays.flatMap(({ unseen }) => unseen),
    beside: displays.flatMap(({ beside }) => beside),
    depicted: displays.flatMap(({ depicted }) => depicted ?? []).join(' · ') || null,
  };
}

interface Open {
  readonly page: Page;
  readonly looking: string;
  last: RawDisplay;
}

/** The windows that show a part of the display besides the till's own page, such as a customer display. */
export class Windows {
  readonly #settings: readonly DisplayWindow[];
  readonly #display: BrowserDisplay;
  readonly #open = new Map<DisplayWindow, Open>();

  constructor(display: BrowserDisplay) {
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

  /** A page that the till has opened by itself: one of the windows, or none. */
  async opened(page: Page): Promise<void> {
    await page.waitForLoadState('domcontentloaded').catch(() => {});
    const settings = this.#settings.find(({ popup }) => popup !== undefined && page.url().includes(popup));
    if (settings) this.#take(settings, page);
  }

  /** What a window tells of itself; false where it is none of these. */
  tell(page: Page, raw: RawDisplay): boolean {
    const open = [...this.#open.values()].find((one) => one.page === page);
    if (open) open.last = raw;
    return open !== undefined;
  }

  /** Looks at each window; one that gives no answer shows what it was last seen to show. */
  async look(): Promise<void> {
    await Promise.all(
      [...this.#open.values()].map(async (open) => {
        const raw = open.page.evaluate<RawDisplay>(open.looking);
        open.last = await within(raw, own).catch(() => (open.page.isClosed() ? dark : open.last));
      }),
    );
  }

  /** What they show, in the order of the profile. */
  get shown(): RawDisplay[] {
    return this.#settings.flatMap((settings) => {
      const open = this.#open.get(settings);
      return open && !open.page.isClosed() ? [open.last] : [];
    });
  }

  /** The page of the first window that shows a result. */
  get stating(): Page | null {
    return [...this.#open.values()].find(({ last, page }) => last.outcome && !page.isClosed())?.page ?? null;
  }

  async close(): Promise<void> {
    const pages = [...this.#open.values()].map(({ page }) => page);
    this.#open.clear();
    await Promise.all(pages.map((page) => within(page.close(), own).catch(() => {})));
  }

  #take(settings: DisplayWindow, page: Page): void {
    // A message box of a customer display is nobody's to answer.
    page.on('dialog', (dialog) => dialog.dismiss().catch(() => {}));
    this.#open.set(settings, {
      page,
      looking: lookingScript(selectorsOf(settings, this.#display)),
      last: dark,
    });
  }
}
