import type { Browser } from 'playwright';
import { actionForm, type Parameters } from '../../checklist/index.ts';
import { Blocked } from '../../record/blocked.ts';
import { monotonic } from '../../record/monotonic.ts';
import { says } from '../../record/phrases.ts';
import type { Picture } from '../../record/picture.ts';
import type {
  Action,
  Answer,
  Display,
  DisplayVocabulary,
  Durations,
  PosSettings,
} from '../../record/vocabulary.ts';
import type { Departed, Hello, PosDriver } from '../driver.ts';
import type { BrowserActions, BrowserDisplay, BrowserDriver, BrowserStep } from '../settings.ts';
import { own, Unanswered } from './answering.ts';
import { credentialsFor } from './basic-auth.ts';
import { patience } from './control.ts';
import { firstLine, notOffered, picked, Steps } from './doing.ts';
import { forms } from './forms.ts';
import { JournalApart } from './journal.ts';
import { unopened } from './opening.ts';
import { expanded, parametersOf, places, unusedBy, windowed } from './parameters.ts';
import { PageScreen } from './screen.ts';
import { Held, Lost, type MessageBox, quoted, type Tab } from './tab.ts';

/** The till's words, of which some name the options of message boxes. */
type Words = Partial<DisplayVocabulary>;

/**
 * A till that is a web page, driven by Playwright as its profile says.
 *
 * How it answers: `notOffered`, when there is no usable control for a step: none, or one that is hidden, disabled or
 * covered, a list without that option, or a message box of the page's own in the way; likewise, when the profile
 * has no steps for it, or a card machine that is picked does not become chosen. `failed`, when a control cannot be
 * what the profile takes it for, or what the profile waits to see does not come. `crashed`, when the page does not
 * answer while its browser does, has crashed, was closed or went elsewhere; it stays so until it is reset.
 *
 * `done` and idle, where each step of it has a condition and none held: the page may have had it so already.
 *
 * A message box that the page has the browser show (`alert`, `confirm`, `prompt`) is a dialogue like any other,
 * with the options OK and Cancel. A step picks one by `answer: OK`; where an action is an answer to a
 * question and begins while the box is open, the option that the till's words call so is picked without a step.
 */
export class BrowserTill implements PosDriver {
  readonly display = 'observed';
  readonly clock = 'real';
  readonly #screen: PageScreen;
  readonly #url: string;
  readonly #actions: BrowserActions;
  readonly #display: BrowserDisplay;
  readonly #steps: Steps;
  readonly #hello: Hello;
  readonly #amounts: BrowserDriver['amounts'];
  readonly #words: Words | null;
  readonly #journal = new JournalApart();
  /** A second window of the till, while something is done in it. */
  #elsewhere: Tab | null = null;
  /** Stands for the row under way. */
  #token = '';
  /** Something was done with the till since it was reset. */
  #touched = false;
  /** When the action began that is under way. */
  #since = 0;
  /** The lost page that an answer has reported already. */
  #mourned: Tab | null = null;
  #listener: (display: Display) => void = () => {};
  #changes = new Set<() => void>();

  constructor(
    browser: Browser,
    url: string,
    {
      actions: written,
      steps,
      display,
      seeWithin = 5 * patience,
      amounts,
      ...view
    }: Omit<BrowserDriver, 'kind' | 'url'>,
    hello: Hello,
    words: Words | null = null,
  ) {
    const actions = expanded(written, steps);
    const { certificate: _pinned, ...window } = view;
    const credentials = credentialsFor(view);
    const opened = credentials
      ? { ...window, credentials: { ...credentials, origin: new URL(url).origin } }
      : window;
    this.#screen = new PageScreen(browser, display, opened, Object.values(actions).some(windowed));
    this.#steps = new Steps({
      url,
      seeWithin,
      tab: () => this.#tab!,
      window: (part) => this.#screen.window(part),
      look: () => this.look(),
      live: (ms) => this.live(ms),
      since: () => this.#since,
    });
    this.#screen.onChange((display) => {
      if (!this.#journal.meanwhile) this.#listener(this.#journal.with(display));
      for (const finish of [...this.#changes]) finish();
    });
    this.#url = url;
    this.#actions = actions;
    this.#display = display;
    this.#hello = hello;
    this.#amounts = amounts;
    this.#words = words;
  }

  async hello(): Promise<Hello> {
    if (this.#tab) return this.#hello;
    await this.#reopen();
    return this.#hello;
  }

  configure(settings: PosSettings): Promise<Answer> {
    return this.#answer('configure', { ...settings });
  }

  act(action: Action): Promise<Answer> {
    const { name, parameters } = parametersOf(action, this.#amounts);
    return actionForm(action.name).elsewhere
      ? this.#actElsewhere(name, parameters)
      : this.#answer(name, parameters);
  }

  /** Does its steps in a second window of the till, which is closed again. */
  async #actElsewhere(name: string, parameters: Parameters): Promise<Answer> {
    if (!this.#actions[name] || !this.#tab || this.#tab.lost) return this.#answer(name, parameters);
    const second = await this.#screen.another(this.#url);
    this.#elsewhere = second;
    try {
      return await this.#answer(name, parameters);
    } finally {
      this.#elsewhere = null;
      await second.close();
    }
  }

  mark(token: string): void {
    this.#token = token;
  }

  async look(): Promise<Display> {
    return this.#journal.meanwhile ?? this.#journal.with(await this.#screen.look());
  }

  /**
   * Goes to the journal, where the profile says how, reads it and comes back: by `leaveJournal`, else to the address
   * at which the till was before.
   */
  async seeJournal(): Promise<Answer | null> {
    const tab = this.#tab;
    if (!this.#actions.journal || !tab || tab.box) return null;
    const from = tab.page.url();
    return this.#journal.visit({
      look: () => this.#screen.look(),
      there: () => this.#answer('journal', {}),
      read: () => this.#readJournal(tab),
      awaits: (upTo) => tab.awaits(this.#since, upTo),
      live: (ms) => this.live(ms),
      back: () => this.#leaveJournal(tab, from),
    });
  }

  /** What the journal shows; `null` where that could not be read, or its document has not all come. */
  async #readJournal(tab: Tab): Promise<Display | Answer | null> {
    const display = await this.#screen.look();
    if (tab.lost) return { answer: 'crashed', reason: tab.lost };
    if (tab.box) return { answer: 'failed', reason: `the page waits for its message box ${quoted(tab.box)}` };
    if (!this.#screen.fresh) return null;
    try {
      const loading = await tab.settled((page) => page.evaluate(() => document.readyState === 'loading'));
      return loading ? null : display;
    } catch (error) {
      if (error instanceof Lost || error instanceof Held) return null;
      throw error;
    }
  }

  async #leaveJournal(tab: Tab, from: string): Promise<Answer> {
    if (this.#actions.leaveJournal) return this.#answer('leaveJournal', {});
    if (tab.page.url() === from) {
      const reason = 'the journal is at the same address as the sale: give `driver.actions.leaveJournal`';
      return { answer: 'failed', reason };
    }
    try {
      await tab.goto(from, own);
      return { answer: 'done' };
    } catch (error) {
      if (error instanceof Blocked) throw error;
      return { answer: 'crashed', reason: firstLine(error) };
    }
  }

  onChange(listener: (display: Display) => void): void {
    this.#listener = listener;
  }

  screenshot(): Promise<Picture | null> {
    return this.#screen.screenshot();
  }

  departed(): readonly Departed[] {
    return this.#screen.departed();
  }

  typed(): Promise<string> {
    return this.#screen.typed();
  }

  /** Until the display changes, and at the longest that long. */
  live(ms: number): Promise<number> {
    const started = monotonic();
    return new Promise((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        this.#changes.delete(finish);
        resolve(monotonic() - started);
      };
      const timer = setTimeout(finish, ms);
      this.#changes.add(finish);
    });
  }

  /** In the till's own way first, and where that leads nowhere by opening its page anew. */
  async reset(): Promise<Answer> {
    this.#screen.forget();
    const tab = this.#tab;
    let trouble = await this.#clear();
    const lost = tab === this.#mourned ? null : (tab?.lost ?? null);
    if (trouble) {
      try {
        await this.#reopen();
        trouble = await this.#clear();
      } catch (error) {
        if (error instanceof Unanswered) throw error;
        trouble = firstLine(error);
      }
    }
    if (trouble) return { answer: 'failed', reason: trouble };
    return lost ? { answer: 'crashed', reason: lost } : { answer: 'done' };
  }

  /** Its page is closed and opened anew: of a till that is a page, that is all that the kit can switch off. */
  async restart(): Promise<Answer> {
    try {
      await this.#reopen();
      return { answer: 'done' };
    } catch (error) {
      if (error instanceof Unanswered) throw error;
      return { answer: 'crashed', reason: firstLine(error) };
    }
  }

  get answeredIn(): number {
    return this.#tab?.answeredIn ?? 0;
  }

  pace(): Durations | null {
    return this.#tab?.pace() ?? null;
  }

  close(): Promise<void> {
    return this.#screen.close();
  }

  // ---- its page

  get #tab(): Tab | null {
    return this.#elsewhere ?? this.#screen.tab;
  }

  /** Opens the till in a page of its own, in place of the one that there was. Throws what keeps it from opening. */
  async #reopen(): Promise<void> {
    const again = this.#tab !== null;
    try {
      await this.#screen.open(this.#url, places(Object.values(this.#actions).flat()));
    } catch (error) {
      throw unopened(this.#url, error);
    }
    this.#touched = again;
  }

  /** Goes the profile's way back to an empty basket. Says why the till is not there, or `null`. */
  async #clear(): Promise<string | null> {
    const tab = this.#tab;
    if (!tab) return 'its page is not open';
    if (tab.box) await tab.box.answer('Cancel');
    if (this.#touched && this.#actions.reset) {
      const answer = await this.#perform('reset', {});
      if (answer.answer !== 'done') return answer.reason;
    }
    const asked = monotonic();
    for (;;) {
      const [open] = (await this.look()).dialogues;
      if (tab.lost) return tab.lost;
      const left = open ? `its dialogue ${quoted(open)} stays open` : await this.#leftInBasket(tab);
      if (left === null) break;
      if (monotonic() - asked > patience) return left;
      await this.live(100);
    }
    this.#touched = false;
    return null;
  }

  /** What a sale has left behind would be charged with the next one. `null`, where the basket is seen to be empty. */
  async #leftInBasket(tab: Tab): Promise<string | null> {
    const { basket } = this.#display;
    if (!basket) return null;
    try {
      const found = tab.page.locator(basket).filter({ visible: true });
      // To read texts, Playwright loads itself once more into each page; to count, it does not.
      const lines = (await tab.ask(() => found.count())) ? await tab.ask(() => found.allTextContents()) : [];
      return lines.length ? `its basket still holds “${lines.join(', ').trim()}”` : null;
    } catch (error) {
      if (error instanceof Lost) return error.message;
      if (error instanceof Held) return `the page waits for its message box ${error.message}`;
      throw error;
    }
  }

  // ---- its actions

  async #answer(name: string, parameters: Parameters): Promise<Answer> {
    const answer = await this.#perform(name, parameters);
    if (answer.answer === 'crashed') this.#mourned = this.#tab;
    return answer;
  }

  async #perform(name: string, parameters: Parameters): Promise<Answer> {
    this.#touched = true;
    this.#since = monotonic();
    const steps = this.#actions[name] ?? [];
    const { taken } = this.#steps;
    const tab = this.#tab;
    if (!tab) return { answer: 'crashed', reason: 'its page is not open' };
    try {
      await tab.check();
      const meant = this.#meant(name, steps, tab.box);
      const refused = meant
        ? await this.#steps.pick(tab, meant)
        : (this.#missing(name, parameters) ??
          (await this.#steps.all(steps, { ...parameters, token: this.#token })));
      await tab.check();
      const idle = !meant && steps.length > 0 && this.#steps.taken === taken;
      return refused ?? { answer: 'done', ...(idle ? { idle } : {}) };
    } catch (error) {
      if (!(error instanceof Lost)) throw error;
      return { answer: 'crashed', reason: error.message };
    }
  }

  /** What the profile lacks for an action. */
  #missing(name: string, parameters: Parameters): Answer | null {
    const steps = this.#actions[name];
    if (!steps) return notOffered(`the profile has no \`driver.actions.${name}\``);
    const lacking = unusedBy(steps, parameters);
    return lacking ? notOffered(`the profile's \`${name}\` has no step for ${lacking}`) : null;
  }

  /** The option of an open message box that the action stands for, where the profile does not say it. */
  #meant(name: string, steps: readonly BrowserStep[], box: MessageBox | null): string | null {
    const meaning = forms().steps.get(name)?.words;
    if (!box || !meaning || !this.#words || steps.some(picked)) return null;
    const phrases = this.#words[meaning as keyof Words];
    if (!Array.isArray(phrases)) return null;
    return box.options.find((option) => says(option, phrases)) ?? null;
  }
}
