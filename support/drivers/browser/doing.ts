import type { FrameLocator, Locator, Page } from 'playwright';
import type { Parameters } from '../../checklist/index.ts';
import { Blocked } from '../../record/blocked.ts';
import type { Answer, Display } from '../../record/vocabulary.ts';
import type { BrowserStep } from '../settings.ts';
import { own } from './answering.ts';
import { type Deed, patience, see, Unusable, use } from './control.ts';
import { entering, touches } from './members.ts';
import { filled, membersOf } from './parameters.ts';
import { Held, Lost, quoted, type Tab } from './tab.ts';

/** Where steps are done. */
export interface Place {
  /** The address of the till, to which paths are relative. */
  readonly url: string;
  /** How long a step waits for what it is to see, in ms, where it says nothing itself. */
  readonly seeWithin: number;
  /** The window of the till in which the action is done. */
  tab(): Tab;
  /** A further window that the till has open now, by a part of its address. */
  window(part: string): Promise<Tab | null>;
  look(): Promise<Display>;
  /** Until the display changes, and at the longest that long. */
  live(ms: number): Promise<number>;
  /** When the action began that is under way. */
  since(): number;
}

/** What a step is done with, once `{name}` stands for nothing any more. */
interface Doing {
  readonly step: BrowserStep;
  readonly parameters: Parameters;
  readonly tab: Tab;
  /** The page, or the frame in it. */
  readonly where: Page | FrameLocator;
  readonly inFrame: string | null;
}

/**
 * Does the steps of a profile. A step that may have had its effect is never done again: keys and letters are sent once,
 * and a press is repeated only where the page has not felt it.
 */
export class Steps {
  readonly #place: Place;
  #taken = 0;

  constructor(place: Place) {
    this.#place = place;
  }

  /** How many steps have been begun: a step whose condition did not hold is none of them. */
  get taken(): number {
    return this.#taken;
  }

  /** Does steps in turn, up to the first that is refused. */
  async all(steps: readonly BrowserStep[], parameters: Parameters): Promise<Answer | null> {
    for (const step of steps) {
      if (step.when && parameters[step.when] === undefined) continue;
      if (step.unless && parameters[step.unless] !== undefined) continue;
      const refused = await this.#step(step, parameters);
      if (refused) return refused;
    }
    return null;
  }

  /** Picks an option of a message box of the page's own, which may be yet to come. */
  async pick(tab: Tab, option: string, value?: string, ms = patience): Promise<Answer | null> {
    const box = await tab.boxed(ms);
    if (!box) return notOffered('the page shows no message box of its own');
    if (!box.options.includes(option))
      return notOffered(`the message box ${quoted(box)} has no option ${option}`);
    await box.answer(option, value);
    return null;
  }

  /** Does the steps of `do`: once, or for each member of a list, whose own members are then parameters too. */
  async #group(
    { each, do: steps = [], inFrame, inWindow, within }: BrowserStep,
    parameters: Parameters,
  ): Promise<Answer | null> {
    const handedOn = Object.entries({ inFrame, inWindow, within }).filter(([, value]) => value !== undefined);
    const inIt = steps.map((step) => ({ ...Object.fromEntries(handedOn), ...step }));
    for (const member of each === undefined ? [{}] : membersOf(parameters[each])) {
      const refused = await this.all(inIt, { ...parameters, ...member });
      if (refused) return refused;
    }
    return null;
  }

  async #step(step: BrowserStep, parameters: Parameters): Promise<Answer | null> {
    try {
      if (!(await this.#holds(step, parameters))) return null;
      if (step.do) return await this.#group(step, parameters);
      this.#taken += 1;
      const tab = await this.#tabOf(step, parameters);
      if (!tab) return notOffered(`the till opens no window with ${step.inWindow} in its address`);
      return await this.#does(doingOf(step, parameters, tab));
    } catch (error) {
      // A further window that is lost is not the till.
      if (error instanceof Lost && !this.#place.tab().lost)
        return { answer: 'failed', reason: `${written(step)}: ${error.message}` };
      if (error instanceof Lost || error instanceof Blocked) throw error;
      await this.#place.tab().check();
      const waits = error instanceof Held ? `the page waits for its message box ${error.message}` : null;
      if (waits && touches.some((member) => step[member] !== undefined)) return notOffered(waits);
      const choosing = 'tid' in parameters;
      if (error instanceof Unusable)
        return notOffered(choosing ? `${error.message}; ${await this.#choice()}` : error.message);
      if (choosing && step.see) return notOffered(`the till does not choose it; ${await this.#choice()}`);
      return { answer: 'failed', reason: waits ?? `${written(step)}: ${firstLine(error)}` };
    }
  }

  /** Whether `ifSeen` and `ifMissing` let the step be done. A window that is not there shows nothing. */
  async #holds(step: BrowserStep, parameters: Parameters): Promise<boolean> {
    const { ifSeen, ifMissing, inWindow } = step;
    if (!ifSeen && !ifMissing) return true;
    const tab = inWindow ? await this.#place.window(filled(inWindow, parameters)) : this.#place.tab();
    const doing = tab && doingOf(step, parameters, tab);
    const shows = async (selector: string): Promise<boolean> => {
      if (!doing) return false;
      const option = optionOf(selector);
      if (option) return Boolean(doing.tab.box?.options.includes(option));
      try {
        return await doing.tab.ask(() => foundIn(doing, selector).isVisible());
      } catch (error) {
        if (error instanceof Lost && !this.#place.tab().lost) return false;
        throw error;
      }
    };
    if (ifSeen && !(await shows(filled(ifSeen, parameters)))) return false;
    return !(ifMissing && (await shows(filled(ifMissing, parameters))));
  }

  /** The window that a step is done in, which the till may be yet to open. */
  async #tabOf({ inWindow, within }: BrowserStep, parameters: Parameters): Promise<Tab | null> {
    if (!inWindow) return this.#place.tab();
    const part = filled(inWindow, parameters);
    const left = { ms: within ?? this.#place.seeWithin };
    for (;;) {
      const tab = await this.#place.window(part);
      if (tab || left.ms <= 0) return tab;
      left.ms -= await this.#place.live(Math.min(100, left.ms));
    }
  }

  /** What one step does, in this order: goes somewhere, does something to one control, waits. */
  async #does(doing: Doing): Promise<Answer | null> {
    const { step, parameters, tab } = doing;
    const text = (value: string): string => filled(value, parameters);
    const value = text(step.with ?? '');
    if (step.goto) await tab.goto(new URL(text(step.goto), this.#place.url).href, own);
    if (step.reload) await tab.reload(own);
    const option = optionOf(step.click ?? step.fill ?? '');
    if (option) return this.pick(tab, option, step.fill ? value : undefined, step.within);
    const deed = deedOf(step, value);
    if (deed) await this.#use(doing, text(deed.on), deed.what);
    if (step.clickText) await this.#use(doing, saying(text(step.clickText)), { how: 'click' });
    if (step.digits) {
      const pad = step.digits.includes('{key}') ? step.digits : `${step.digits} >> text="{key}"`;
      for (const key of value) await this.#use(doing, filled(pad, { ...parameters, key }), { how: 'click' });
    }
    if (step.type || step.press) await this.#keys(doing, value);
    const asked = step.answer && (await this.pick(tab, step.answer, enteredIn(step, value), step.within));
    if (asked) return asked;
    const ms = step.within ?? this.#place.seeWithin;
    if (step.waitFor) await this.#reaches(tab, text(step.waitFor), ms);
    if (step.see) await see(tab, foundIn(doing, text(step.see)), 'visible', ms);
    if (step.gone) await see(tab, foundIn(doing, text(step.gone)), 'hidden', ms);
    return null;
  }

  async #use(doing: Doing, control: string, deed: Deed): Promise<void> {
    const { step, tab, where, inFrame } = doing;
    const before = tab.presses.begun;
    const used = use(tab, {
      deed,
      control,
      inFrame,
      all: where.locator(control),
      found: foundIn(doing, control),
      since: this.#place.since(),
      limit: step.within ?? patience,
    });
    await this.#orCloses(tab, used, () => tab.presses.begun > before);
  }

  /** A press or a key by which a further window closes itself is done, once the window has felt it. */
  async #orCloses(tab: Tab, done: Promise<unknown>, felt: () => boolean): Promise<void> {
    try {
      await done;
    } catch (error) {
      if (!(error instanceof Lost && tab !== this.#place.tab() && tab.page.isClosed() && felt())) throw error;
    }
  }

  /** Sends keys, or letters one by one: once, whatever comes of it. */
  async #keys(doing: Doing, value: string): Promise<void> {
    const { step, parameters, tab } = doing;
    const to = step.type ?? step.on;
    if (to) {
      const control = filled(to, parameters);
      await this.#use(doing, control, { how: 'reach' });
      const found = foundIn(doing, control);
      await tab.ask(() => found.evaluate(focus, undefined, { timeout: patience }), patience + own);
    }
    const keys = step.press ? filled(step.press, parameters).split(/\s+/).filter(Boolean) : [];
    const send = async (sent: (page: Page) => Promise<void>): Promise<void> => {
      const open = !tab.lost;
      await this.#orCloses(tab, tab.touch(sent, patience), () => open);
    };
    if (step.type) await send((page) => page.keyboard.type(value));
    for (const key of keys) await send((page) => page.keyboard.press(key));
  }

  /** Waits until the page is at an address, by its path or written out; `*` stands for anything. */
  async #reaches(tab: Tab, address: string, timeout: number): Promise<void> {
    const wanted = new URL(address, this.#place.url).href;
    const pattern = wanted
      .split('*')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*');
    const there = new RegExp(`^${pattern}$`);
    try {
      await tab.ask(
        (page) => page.waitForURL(({ href }) => there.test(href), { timeout, waitUntil: 'domcontentloaded' }),
        timeout + own,
      );
    } catch (error) {
      if (error instanceof Lost || error instanceof Held || error instanceof Blocked) throw error;
      throw new Error(`the page is at ${tab.page.url()} and not at ${wanted}`);
    }
  }

  /** The card machines that the till has its user choose from, as it words them. */
  async #choice(): Promise<string> {
    const { cardMachines } = await this.#place.look();
    return `the card machines to choose from are: ${cardMachines.join(', ') || 'none that the kit can read'}`;
  }
}

/** Runs in the page: what is typed then comes after what stands there. */
function focus(element: Element): void {
  if (!(element instanceof HTMLElement)) return;
  element.focus();
  if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)) return;
  try {
    element.setSelectionRange(element.value.length, element.value.length);
  } catch {
    // A field for numbers has no place in it that could be set.
  }
}

/** What is done to one control that has a selector of its own. */
function deedOf(step: BrowserStep, value: string): { on: string; what: Deed } | null {
  if (step.click) return { on: step.click, what: { how: 'click' } };
  if (step.check) return { on: step.check, what: { how: 'check' } };
  if (step.fill) return { on: step.fill, what: { how: 'fill', value } };
  if (step.select) return { on: step.select, what: { how: 'select', value } };
  return step.scroll ? { on: step.scroll, what: { how: 'scroll' } } : null;
}

function doingOf(step: BrowserStep, parameters: Parameters, tab: Tab): Doing {
  const inFrame = step.inFrame ? filled(step.inFrame, parameters) : null;
  const where = inFrame ? tab.page.locator(inFrame).first().contentFrame() : tab.page;
  return { step, parameters, tab, where, inFrame };
}

/** What a step enters into a message box; `undefined` leaves what stands there. */
const enteredIn = (step: BrowserStep, value: string): string | undefined =>
  step.with === undefined || entering.some((member) => step[member] !== undefined) ? undefined : value;

/** Of several that fit, one that is hidden is none. */
const foundIn = ({ where }: Doing, selector: string): Locator =>
  where.locator(selector).filter({ visible: true }).first();

/** A selector of what shows just this text. */
const saying = (text: string): string => `text="${text.replace(/[\\"]/g, '\\$&')}"`;

export const notOffered = (reason: string): Answer => ({ answer: 'notOffered', reason });

/** `dialogue=OK` is an option of a message box of the page's own. */
const optionOf = (selector: string): string | null => /^dialogue=(.+)$/.exec(selector)?.[1] ?? null;

/** The option of a message box that a step picks. */
export const picked = ({ answer, click = '' }: BrowserStep): string | null => answer ?? optionOf(click);

const written = (step: BrowserStep): string => JSON.stringify(step);

export const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
