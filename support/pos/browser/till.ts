import type { Browser, BrowserContext, Locator, Page } from 'playwright';
import { Blocked } from '../../blocked.ts';
import { monotonic } from '../../monotonic.ts';
import type { BrowserActions, BrowserDisplay, BrowserStep } from '../../profile/index.ts';
import type { Action, Answer, Display, PosSettings, Sale } from '../../vocabulary.ts';
import type { Hello, PosDriver } from '../driver.ts';
import { type RawDisplay, readDisplay, watchDisplay } from './page.ts';
import { displayOf } from './reading.ts';

/** How long a control may take to become usable before the till counts as not offering it, in ms. */
const patience = 3000;

/** What a step may refer to; a list is gone through by `each`. */
interface Parameters {
  readonly [name: string]: string | readonly Parameters[];
}

/** A till that is a web page, driven by Playwright as its profile says. */
export class BrowserTill implements PosDriver {
  readonly display = 'observed';
  readonly clock = 'real';
  readonly #browser: Browser;
  readonly #url: string;
  readonly #actions: BrowserActions;
  readonly #selectors: BrowserDisplay;
  readonly #hello: Hello;
  #context: BrowserContext | null = null;
  #page: Page | null = null;
  /** Something was done on the page since it was opened or reset. */
  #touched = false;
  #listener: (display: Display) => void = () => {};
  #changes = new Set<() => void>();

  constructor(
    browser: Browser,
    url: string,
    actions: BrowserActions,
    selectors: BrowserDisplay,
    hello: Hello,
  ) {
    this.#browser = browser;
    this.#url = url;
    this.#actions = actions;
    this.#selectors = selectors;
    this.#hello = hello;
  }

  async hello(): Promise<Hello> {
    if (this.#page) return this.#hello;
    this.#context = await this.#browser.newContext({
      viewport: { width: 1280, height: 860 },
      locale: 'en-GB',
    });
    this.#context.setDefaultTimeout(patience);
    this.#page = await this.#context.newPage();
    await this.#page.exposeFunction('__displayChanged', (raw: RawDisplay) => this.#seen(raw));
    await this.#page.addInitScript(watchDisplay, {
      read: readDisplay.toString(),
      selectors: this.#selectors,
    });
    try {
      await this.#page.goto(this.#url, { timeout: 10 * patience });
    } catch (error) {
      throw new Blocked(
        `The till's page ${this.#url} could not be opened: ${firstLine(error)}`,
        'Start the till, and check `driver.url` in the profile.',
      );
    }
    return this.#hello;
  }

  configure(settings: PosSettings): Promise<Answer> {
    return this.#perform('configure', { ...settings });
  }

  act(action: Action): Promise<Answer> {
    switch (action.name) {
      case 'sale':
        return this.#perform('sale', saleParameters(action.sale));
      case 'signature':
        return this.#perform(action.accepted ? 'acceptSignature' : 'rejectSignature', {});
      default: {
        const { name, ...given } = action;
        const parameters = Object.entries(given).filter(([, value]) => value !== undefined);
        return this.#perform(
          name,
          Object.fromEntries(
            parameters.map(([key, value]) => [key, typeof value === 'number' ? pounds(value) : value]),
          ),
        );
      }
    }
  }

  async look(): Promise<Display> {
    return displayOf(await this.#open().evaluate(readDisplay, this.#selectors));
  }

  onChange(listener: (display: Display) => void): void {
    this.#listener = listener;
  }

  async screenshot(): Promise<Uint8Array | null> {
    return this.#open().screenshot({ animations: 'disabled', caret: 'hide' });
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

  async reset(): Promise<void> {
    if (this.#touched && this.#actions.reset) await this.#perform('reset', {});
    this.#touched = false;
  }

  async close(): Promise<void> {
    await this.#context?.close();
    this.#context = null;
    this.#page = null;
  }

  #open(): Page {
    if (!this.#page) throw new Error('the till was not opened');
    return this.#page;
  }

  #seen(raw: RawDisplay): void {
    this.#listener(displayOf(raw));
    for (const finish of [...this.#changes]) finish();
  }

  async #perform(name: keyof BrowserActions, parameters: Parameters): Promise<Answer> {
    this.#touched = true;
    const steps = this.#actions[name];
    if (!steps) return { answer: 'notOffered', reason: `the profile has no \`driver.actions.${name}\`` };
    for (const parameter of optional) {
      if (parameters[parameter] !== undefined && !steps.some((step) => step.when === parameter)) {
        return { answer: 'notOffered', reason: `the profile's \`${name}\` has no step for ${parameter}` };
      }
    }
    return (await this.#steps(steps, parameters)) ?? { answer: 'done' };
  }

  /** Does steps in turn, up to the first that is refused. */
  async #steps(steps: readonly BrowserStep[], parameters: Parameters): Promise<Answer | null> {
    for (const step of steps) {
      if (step.when && parameters[step.when] === undefined) continue;
      if (step.unless && parameters[step.unless] !== undefined) continue;
      const refused = step.each ? await this.#each(step, parameters) : await this.#step(step, parameters);
      if (refused) return refused;
    }
    return null;
  }

  /** Does the steps of `do` for each member of a list, whose own members are then parameters too. */
  async #each({ each, do: steps }: BrowserStep, parameters: Parameters): Promise<Answer | null> {
    const list = parameters[each!];
    for (const member of Array.isArray(list) ? list : []) {
      const refused = await this.#steps(steps ?? [], { ...parameters, ...member });
      if (refused) return refused;
    }
    return null;
  }

  async #step(step: BrowserStep, parameters: Parameters): Promise<Answer | null> {
    const page = this.#open();
    const value = filled(step.with ?? '', parameters);
    try {
      const seen = (selector: string) => page.locator(filled(selector, parameters)).first().isVisible();
      if (step.ifSeen && !(await seen(step.ifSeen))) return null;
      if (step.ifMissing && (await seen(step.ifMissing))) return null;
      if (step.goto) await page.goto(new URL(step.goto, this.#url).href);
      if (step.click) await this.#control(step.click, parameters).click();
      if (step.fill) await this.#control(step.fill, parameters).fill(value);
      if (step.select) await this.#control(step.select, parameters).selectOption(value);
      if (step.check) await this.#control(step.check, parameters).check();
      if (step.see)
        await this.#control(step.see, parameters).waitFor({ state: 'visible', timeout: 5 * patience });
      if (step.gone)
        await this.#control(step.gone, parameters).waitFor({ state: 'hidden', timeout: 5 * patience });
      return null;
    } catch (error) {
      if (page.isClosed() || /crashed|closed/i.test(firstLine(error))) {
        return { answer: 'crashed', reason: `the page was lost: ${firstLine(error)}` };
      }
      const control = step.click ?? step.fill ?? step.select ?? step.check;
      if (control) {
        return { answer: 'notOffered', reason: `the till has no usable ${filled(control, parameters)}` };
      }
      return { answer: 'failed', reason: `${JSON.stringify(step)}: ${firstLine(error)}` };
    }
  }

  #control(selector: string, parameters: Parameters): Locator {
    return this.#open().locator(filled(selector, parameters)).first();
  }
}

/** Parts of an action that a till may lack: its profile has a step `when` one is given, or does not offer it. */
const optional = ['tip', 'cashback', 'manualCapture', 'cardHolderNotPresent', 'lines'];

function saleParameters({
  amount,
  tip,
  cashback,
  currency,
  manualCapture,
  cardHolderNotPresent,
  lines,
}: Sale): Parameters {
  return {
    amount: pounds(amount),
    currency,
    ...(tip === undefined ? {} : { tip: pounds(tip) }),
    ...(cashback === undefined ? {} : { cashback: pounds(cashback) }),
    ...(manualCapture ? { manualCapture: 'yes' } : {}),
    ...(cardHolderNotPresent ? { cardHolderNotPresent: 'yes' } : {}),
    ...(lines
      ? {
          lines: lines.map(({ name, quantity, amountTotal, modifiers }) => ({
            name,
            quantity: String(quantity),
            price: pounds(amountTotal / quantity),
            modifiers: modifiers.map((modifier) => ({
              modifierName: modifier.name,
              modifierQuantity: String(modifier.quantity),
              modifierPrice: pounds(modifier.amountPerModifier),
            })),
          })),
        }
      : {}),
  };
}

const pounds = (minor: number): string => (minor / 100).toFixed(2);

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]!;

/** `{name}` in a profile's step stands for a parameter. */
const filled = (text: string, parameters: Parameters): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = parameters[name];
    return typeof value === 'string' ? value : whole;
  });
