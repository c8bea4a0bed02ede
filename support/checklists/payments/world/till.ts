import { numberAt } from '../../../record/evidence.ts';
import { monotonic } from '../../../record/monotonic.ts';
import type { Action, Answer, Json } from '../../../record/vocabulary.ts';
import type { Sale } from '../actions.ts';
import { criteria } from '../criteria.ts';
import type { PaymentWorld } from './world.ts';

/** A till that is going to act on what it read has begun to by then, in ms. */
export const promptly = 1500;

/** What the operator does at the till, besides single actions. */
export class Till {
  readonly #world: PaymentWorld;

  constructor(world: PaymentWorld) {
    this.#world = world;
  }

  /** Takes a sale at the card machine that the scenario speaks of. Amounts in minor units. */
  async sell(sale: Omit<Sale, 'currency'> & Partial<Sale>, mayBeRefused = false): Promise<Answer> {
    const chosen = await this.#world.machine.choose();
    // A till that does not offer a card machine that is not ready would sell at another.
    if (!this.#world.machine.ready && chosen.answer === 'notOffered') return chosen;
    return this.#world.act(
      { name: 'sale', sale: { currency: 'GBP', ...sale } },
      mayBeRefused || !this.#world.machine.ready,
    );
  }

  /** Has the till ask for its card machines again, where it offers that, and waits until it has been answered. */
  async lookUpAgain(): Promise<void> {
    await this.#world.act({ name: 'listTerminals' }, true);
    await this.#world.rest();
  }

  /**
   * Has the till ask the API for its card machines. A till that takes a TID by hand offers no such thing: it
   * takes a sale instead, so that it sends something all the same.
   */
  async lookUp(): Promise<void> {
    const answer = await this.#world.act({ name: 'listTerminals' }, true);
    if (answer.answer !== 'notOffered') return;
    await this.#world.machine.place('SIP0', { presents: 300 });
    await this.sell({ amount: this.#world.amount('L') });
    await this.#world.session.reach('Captured');
  }

  /** A sale in euros up to its end, at a till whose profile says that it sells in euros too; in minor units. */
  async sellInEuros(amount: number): Promise<void> {
    if (!this.#world.parameters.run.pos.euros) return;
    await this.#world.machine.place('SIP0', { presents: 300 });
    await this.sell({ amount, currency: 'EUR' });
    await this.#world.session.reach('Captured');
  }

  /** Captures a part of what was authorized, where the till offers that, and sees it done; in minor units. */
  async capturePart(amount: number): Promise<void> {
    const answer = await this.#world.act({ name: 'capture', amount }, true);
    if (answer.answer === 'done') await this.#world.upstream.awaitIntent('Captured');
  }

  /** A sale with a gratuity entered on the till; without one where the till offers none. */
  async sellWithOptionalTip(amount: number, tip: number): Promise<void> {
    const answer = await this.sell({ amount, tip }, true);
    if (answer.answer === 'notOffered') await this.sell({ amount });
  }

  /** Rejects the signature once it is too late. A till that has closed its dialogue offers nothing to press. */
  async rejectLate(): Promise<void> {
    const action: Action = { name: 'signature', accepted: false };
    await this.#world.look();
    const shown = this.#world.evidence.all('display').map(({ display }) => display.dialogues.length > 0);
    if (this.#world.driver.display === 'observed' && shown.includes(true) && !shown.at(-1)) {
      const at = monotonic();
      const answer: Answer = { answer: 'notOffered', reason: 'the till has closed its dialogue' };
      this.#world.record({ kind: 'action', at, until: at, action, answer, mayBeRefused: true });
    } else await this.#world.act(action, true);
  }

  /** Pays the sale under way from a second window or device too, and lets the till send what comes of it. */
  async payElsewhere(): Promise<void> {
    await this.#world.session.reachPrompt(
      'the card machine to ask for the card',
      (type) => type === 'PresentCard' || type === 'InsertCard',
    );
    const answer = await this.#world.act({ name: 'payElsewhere' }, true);
    if (answer.answer === 'done') await this.#world.live(promptly);
  }

  async retry(): Promise<void> {
    await this.#world.machine.choose();
    await this.#world.act({ name: 'retry' });
  }

  /**
   * Tries the payment or refund in hand again, where the till has not found out by itself how it stands; and
   * sees to its end what the till makes of that.
   */
  async retryIfOffered(): Promise<void> {
    await this.#world.act({ name: 'retry' }, true);
    await this.#world.live(promptly);
    if (this.#world.session.inHand) await this.#world.session.reach();
  }

  /** Captures again what was not captured, in whichever way the till offers it. */
  async captureIfOffered(): Promise<void> {
    const answer = await this.#world.act({ name: 'capture' }, true);
    if (answer.answer === 'notOffered') await this.retryIfOffered();
  }

  /** Refunds a further part of the payment, where the till offers it, and sees it sent; in minor units. */
  async refundMore(amount: number): Promise<void> {
    const sent = () => this.#world.evidence.requests('refund').length;
    const before = sent();
    const answer = await this.#world.act({ name: 'refundIntent', amount }, true);
    if (answer.answer !== 'done') return;
    await this.#world.until(
      'a further refund to be sent',
      () => sent() > before,
      criteria['display.within'].value,
    );
    await this.#world.until(
      'the till to read the payment intent',
      () =>
        (this.#world.evidence.requests('getIntent').at(-1)?.at ?? 0) >
        (this.#world.evidence.requests('refund').at(-1)?.at ?? 0),
      criteria['display.within'].value,
    );
  }

  /** Has the kit's own client ask for a penny more than is left to refund; a till that is certified is not asked to. */
  async refundTooMuch(): Promise<void> {
    if (this.#world.parameters.run.subject !== 'api') return;
    await this.#world.readState();
    const state = this.#world.evidence.made.at(-1)?.state;
    const left = (numberAt(state, 'totalAmount', 'value') ?? 0) - (numberAt(state, 'refundedAmount') ?? 0);
    await this.#world.act({ name: 'refundIntent', amount: left + 1 });
  }

  /** Changes the amount of the payment that the till made last; in minor units. */
  async changeAmount(amount: number, mayBeRefused = false): Promise<void> {
    const paymentIntentId = [...this.#world.evidence.intents.keys()].at(-1);
    await this.#world.act(
      { name: 'changeAmount', amount, ...(paymentIntentId ? { paymentIntentId } : {}) },
      mayBeRefused,
    );
  }

  /** The sale that the till took last. */
  get sale(): Sale {
    const taken = this.#world.evidence.all('action').filter(({ answer }) => answer.answer === 'done');
    const last = taken.flatMap(({ action }) => (action.name === 'sale' ? [action.sale] : [])).at(-1);
    return last ?? { amount: 0, currency: 'GBP' };
  }

  /** All that was asked for with the last sale, in minor units. */
  get asked(): number {
    const { amount, tip = 0, cashback = 0 } = this.sale;
    return amount + tip + cashback;
  }

  /** The basket of the last sale, and the discount in it (minor units, negative). */
  get basket(): { lines: Json; discount: number } {
    const lines = this.sale.lines ?? [];
    const amounts = lines.flatMap(({ modifiers }) =>
      modifiers.map(({ amountPerModifier }) => amountPerModifier),
    );
    return {
      lines: lines.map(({ name, quantity, amountTotal, modifiers }) => ({
        name,
        quantity,
        amountTotal,
        modifiers: modifiers.map((one) => ({ ...one })),
      })),
      discount: amounts.find((amount) => amount < 0) ?? 0,
    };
  }

  /** The keys that were entered in the till, in their redacted form, in turn. */
  get enteredKeys(): string[] {
    return this.#world.evidence
      .all('action')
      .flatMap(({ action }) => (action.name === 'configure' ? [action.settings.apiKey ?? ''] : []));
  }

  /** Sets the till up, where that was not done yet. */
  async setUp(): Promise<void> {
    if (!this.enteredKeys.length) await this.#world.configure();
  }
}
