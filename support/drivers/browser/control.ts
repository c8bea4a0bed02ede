import { setTimeout as wait } from 'node:timers/promises';
import type { Locator } from 'playwright';
import { Blocked } from '../../record/blocked.ts';
import { monotonic } from '../../record/monotonic.ts';
import { own } from './answering.ts';
import { Held, Lost, type Tab } from './tab.ts';

/** How long a control may take to become usable before the till counts as not offering it, in ms. */
export const patience = 5000;

/** A page that takes longer to answer, in ms, is too busy to be judged by what it has not shown yet. */
const prompt = 1000;

/** An answer that the page waits for may bring the control that is missing; so long is that waited for, in ms. */
const longestAnswer = 20_000;

/** A control that the till does not offer, with what its page shows of it. */
export class Unusable extends Error {}

/**
 * What is done to a control. `reach` only sees that a person could press it; `scroll` brings it into view, and what
 * scrolls in it to its end.
 */
export type Deed =
  | { readonly how: 'click' | 'check' | 'reach' | 'scroll' }
  | { readonly how: 'fill' | 'select'; readonly value: string };

/** What is to be done to a control. */
export interface Use {
  readonly deed: Deed;
  /** The control's selector, the frame that it is in, all that it finds, and the one of them that is used. */
  readonly control: string;
  readonly inFrame: string | null;
  readonly all: Locator;
  readonly found: Locator;
  /** When the action began that this is a step of. */
  readonly since: number;
  /** How long it may take to become usable, in ms. */
  readonly limit: number;
}

/**
 * Uses a control once. It is tried again only where the page has not felt it: a press that the page has felt is done,
 * though the browser may not have said so in time.
 *
 * Throws an `Unusable` when the control stayed unusable for `limit`, while the page answered in time and waited
 * for no answer itself; a `Blocked` when the page was too slow to tell, or felt half a press.
 */
export async function use(
  tab: Tab,
  { deed, control, inFrame, all, found, since, limit }: Use,
): Promise<void> {
  const started = monotonic();
  for (let tries = 0, restless = false; ; tries += 1) {
    const timeout = tries ? prompt : limit;
    const before = tab.presses;
    try {
      await tab.touch(() => done(found, deed, { timeout, force: restless }), timeout);
      return;
    } catch (error) {
      if (error instanceof Lost || error instanceof Held || error instanceof Blocked) throw error;
      if (!refusal.test(String(error))) throw error;
      // What the page has felt is known once it answers again.
      await tab.check();
      const after = tab.presses;
      if (after.done > before.done) {
        if (deed.how === 'check' && !(await checked(tab, found))) throw error;
        return;
      }
      if (after.begun > before.begun) throw tooSlow(`let go of ${control}, which it had pressed`);
      const wanted = deed.how === 'select' ? deed.value : null;
      const why = await whyUnusable(tab, { control, all, inFrame }, wanted, error);
      const spent = monotonic() - started;
      const awaits = tab.awaits(since) && spent < longestAnswer;
      if (why !== null && tab.roundTrip < prompt && !awaits) throw new Unusable(why);
      if (spent > Math.max(own, limit)) {
        if (tab.roundTrip < prompt) throw error;
        throw tooSlow(`use ${control}`);
      }
      // A control that never comes to rest can be pressed all the same, by a person too.
      restless = why === null && /not stable/.test(String(error));
      if (why !== null) await wait(prompt / 2);
    }
  }
}

/** Does it once, as soon as the control lets itself be used. */
async function done(
  found: Locator,
  deed: Deed,
  options: { readonly timeout: number; readonly force: boolean },
): Promise<void> {
  const { timeout } = options;
  switch (deed.how) {
    case 'click':
      return found.click(options);
    case 'check':
      return found.check(options);
    case 'reach':
      return found.click({ ...options, trial: true });
    case 'fill':
      return found.fill(deed.value, { timeout });
    case 'select':
      await found.selectOption(deed.value, { timeout });
      return;
    case 'scroll':
      await found.scrollIntoViewIfNeeded({ timeout });
      await found.evaluate(scrolledToItsEnd, undefined, { timeout });
  }
}

/**
 * Scrolls an element to its end. What the page does about that it does when it next draws: the step is done when the
 * page has heard of it, or has drawn nothing for a second. It runs in the page.
 */
async function scrolledToItsEnd(element: Element): Promise<void> {
  const before = element.scrollTop;
  const heard = new Promise<void>((done) => {
    const target = element === document.scrollingElement ? document : element;
    target.addEventListener('scroll', () => done(), { once: true });
    setTimeout(done, 1000);
  });
  element.scrollTo(0, element.scrollHeight);
  if (element.scrollTop !== before) await heard;
}

/** Whether a box is ticked, once the page has had its time to show that. */
async function checked(tab: Tab, found: Locator): Promise<boolean> {
  const until = monotonic() + patience;
  for (;;) {
    if (await tab.ask(() => found.isChecked())) return true;
    if (monotonic() > until) return false;
    await wait(prompt / 10);
  }
}

/**
 * Waits until something is visible, or no longer is. Throws what the browser says when it has not come to that within
 * `timeout` ms, and a `Blocked` when the page was too slow to tell.
 */
export async function see(
  tab: Tab,
  found: Locator,
  state: 'visible' | 'hidden',
  timeout: number,
): Promise<void> {
  const started = monotonic();
  for (;;) {
    try {
      return await tab.ask(() => found.waitFor({ state, timeout }), timeout + patience);
    } catch (error) {
      if (!refusal.test(String(error))) throw error;
      await tab.check();
      if (tab.roundTrip < prompt) throw error;
      if (monotonic() - started > timeout + own) throw tooSlow('see what a step waits for');
    }
  }
}

/** The kit's own trouble with a page: nothing of it is the POS's doing. */
export const tooSlow = (what: string): Blocked =>
  new Blocked(
    'KIT-MACHINE-001',
    `The machine was too slow for the kit to ${what}`,
    'Leave the machine more of its time (close other programs, lower `--parallel`), then run the row again.',
    false,
  );

/** What Playwright says when a control is there and does not let itself be used, or is not there. */
const refusal = /Timeout \d+ms exceeded|did not change its state/;
/**
 * Why a control could not be used, as its page shows it; a list is quoted with its options. `null`, where the page
 * shows nothing against it.
 *
 * `wanted` is the option that was to be selected, if one was.
 */
async function whyUnusable(
  tab: Tab,
  { control: selector, all, inFrame }: Pick<Use, 'control' | 'all' | 'inFrame'>,
  wanted: string | null,
  error: unknown,
): Promise<string | null> {
  if (inFrame && !(await tab.ask((page) => page.locator(inFrame).count())))
    return `the till has no ${inFrame}`;
  const found = await tab.ask(() =>
    all.evaluateAll((elements) =>
      elements.map((element) => ({
        shown: element.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
        disabled: element.matches(':disabled') || element.closest('[aria-disabled=true]') !== null,
        options:
          element instanceof HTMLSelectElement
            ? [...element.options].map(({ label, value, disabled }) => ({ label, value, disabled }))
            : null,
      })),
    ),
  );
  if (!found.length) return `the till has no ${selector}`;
  const [control] = found.filter(({ shown }) => shown);
  if (!control) return `the till does not show ${selector}`;
  if (control.disabled) return `the till shows ${selector} disabled`;
  const covered = /(<.*>)(?: subtree)? intercepts pointer events/.exec(String(error))?.[1];
  if (covered) return `the till's ${selector} is covered by ${covered}`;
  if (!control.options || wanted === null) return null;
  const { options } = control;
  if (options.some(({ label, value, disabled }) => !disabled && (label === wanted || value === wanted)))
    return null;
  const offered = options.map(({ label, disabled }) => (disabled ? `${label} (disabled)` : label));
  return `the till's ${selector} offers ${offered.join(', ') || 'nothing'}`;
}
