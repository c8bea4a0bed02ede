import { randomUUID } from 'node:crypto';
import { textAt } from '../../../record/evidence.ts';
import type { Facts, Json } from '../../../record/vocabulary.ts';
import type { Item, Opened } from '../actions.ts';
import { criteria } from '../criteria.ts';
import { type Call, isDone, ordersIn, owedOn, paidOf } from '../epos-data.ts';
import type { PayAtTableWorld } from './world.ts';

/** How long a lock is asked for, in ms: no document has a number. */
const lockedFor = { extendable: 30_000, once: 300_000, moment: 3000 };

/** An order as the kit opened it. */
export interface Order {
  readonly orderId: string;
  readonly entered: number;
  readonly currency: string;
}

/** What a guest has paid at the card machine. */
export type Taken = Facts['guest-paid'];

/** One card machine at a table, in the hands of a waiter and a guest. */
export class Table {
  readonly #world: PayAtTableWorld;
  #lock: string | null = null;

  constructor(world: PayAtTableWorld) {
    this.#world = world;
  }

  /**
   * Opens an order at the POS and finds it, as a card machine does, by a search: it is the one that no search had
   * before. `null` where none comes, and where the POS offers no such order and `mayBeRefused`.
   */
  async open(
    opened: Omit<Opened, 'currency'> & { currency?: Opened['currency'] },
    mayBeRefused = false,
  ): Promise<Order | null> {
    const { dojo } = this.#world;
    const { currency = 'GBP' } = opened;
    const listed = async () =>
      (await dojo.search()).flatMap(ordersIn).flatMap((order) => textAt(order, 'id') ?? []);
    const before = new Set(await listed());
    const { answer } = await this.#world.act({ name: 'openOrder', ...opened, currency }, mayBeRefused);
    if (mayBeRefused && answer === 'notOffered') return null;
    const entered = sumOf(opened);
    let found: string | undefined;
    const comes = async () => {
      found = (await listed()).find((id) => !before.has(id));
      return found !== undefined;
    };
    // Where one was lost already, the row has failed, and nobody need wait for the next.
    const lost = this.#world.evidence.facts('order-lost').length > 0;
    await this.#world.until('the order to be found', comes, lost ? 0 : criteria['display.within'].value);
    if (found === undefined) {
      this.#world.note('order-lost', { entered });
      return null;
    }
    const waiterId = opened.waiterId ?? null;
    this.#world.note('order-found', { orderId: found, entered, currency, waiterId });
    return { orderId: found, entered, currency };
  }

  /** Chooses an order on the card machine: it is read, and locked where the POS does that and `locking` is asked for. */
  async choose({ orderId }: Order, locking = false): Promise<void> {
    const { dojo } = this.#world;
    const long = dojo.can('ExtendOrderLock') ? lockedFor.extendable : lockedFor.once;
    if (locking) await this.#lockFor(orderId, long);
    await dojo.call('GetOrderById', { orderId });
  }

  async #lockFor(orderId: string, ms: number): Promise<void> {
    const lockId = randomUUID();
    const expiry = new Date(Date.now() + ms).toISOString();
    const call = await this.#world.dojo.call('CreateOrderLock', { orderId, body: { lockId, expiry } });
    this.#lock = call && isDone(call) ? lockId : null;
  }

  /** Whether the order is locked for this card machine. */
  get holds(): boolean {
    return this.#lock !== null;
  }

  /** Locks an order for a moment and is lost, so that nobody releases it; returns once the lock has run out. */
  async loseLock({ orderId }: Order): Promise<void> {
    await this.#lockFor(orderId, lockedFor.moment);
    this.#lock = null;
    await this.#world.live(lockedFor.moment);
  }

  /** Locks an order for a moment, and then for longer, where the POS does that; another asks for it before and after that moment. */
  async prolongLock(order: Order, other: Table): Promise<void> {
    if (!this.#world.dojo.can('ExtendOrderLock')) return;
    await this.#lockFor(order.orderId, lockedFor.moment);
    await other.choose(order, true);
    await this.keepLock(order);
    await this.#world.live(lockedFor.moment);
    await other.choose(order, true);
    if (other.holds) await other.leave(order);
  }

  /** What the card machine asks for, as the POS last said it; what was entered where it said nothing. */
  owed({ orderId, entered }: Order): number {
    const { evidence } = this.#world;
    const last = evidence.readings(orderId).at(-1);
    const recorded = evidence.payments(orderId).filter(({ came }) => came === 'recorded');
    // An order need not say what was paid: a guest knows it.
    const unsaid = last && paidOf(last) === null ? recorded.reduce((all, { amount }) => all + amount, 0) : 0;
    const total = last ? owedOn(last) : null;
    const owed = total === null ? null : total - unsaid;
    // No card machine asks for a part of a penny.
    return Number.isSafeInteger(owed) ? owed! : entered;
  }

  /** Whether the POS, as it said last, lets a guest pay; so it does where it says nothing. */
  isPayable({ orderId }: Order): boolean {
    return this.#world.evidence.readings(orderId).at(-1)?.payable !== false;
  }

  /**
   * A guest pays that much of an order, with a tip besides, and the POS is asked to record it. What it refuses is given
   * back to the guest; of what it does not answer nobody knows anything, and the guest has paid. `losing`: over a
   * WebSocket the first answer is lost with the connection, and Dojo asks again over the next.
   */
  async pay(order: Order, amount: number, tips = 0, losing = false): Promise<void> {
    if (amount <= 0) return;
    const payment = await this.#take(order, amount, tips);
    // What Dojo gets no answer to, it asks again.
    if (losing && (await this.#loseAnswer(order.orderId, this.#bodyOf(payment))) === 'no way back') return;
    await this.#settle(payment, [await this.#record(payment)]);
  }

  /**
   * A guest pays, and the POS is asked twice to record it, as after an answer that was lost; `atOnce`: before it has
   * answered. Any error makes Dojo give the money back. Returns the payment.
   */
  async payTwice(order: Order, amount: number, atOnce: boolean): Promise<Taken> {
    const payment = await this.#take(order, amount, 0);
    const first = this.#record(payment);
    if (!atOnce) await first;
    await this.#settle(payment, await Promise.all([first, this.#record(payment)]));
    return payment;
  }

  /** The POS is asked to record a payment once more, over another amount: Dojo never does so. */
  async recordOtherwise(payment: Taken, amount: number): Promise<void> {
    await this.#record({ ...payment, amount });
  }

  async #take({ orderId, currency }: Order, amount: number, tips: number): Promise<Taken> {
    const paymentIntentId = await this.#world.tables.pay({ orderId, amount, tips, currency });
    const taken = { orderId, paymentIntentId, amount, tips, currency };
    this.#world.note('guest-paid', taken);
    return taken;
  }

  #record(payment: Taken): Promise<Call | null> {
    const { orderId } = payment;
    return this.#world.dojo.call('RecordOrderPaymentById', { orderId, body: this.#bodyOf(payment) });
  }

  #bodyOf({ paymentIntentId, amount, tips, currency }: Taken): { readonly [name: string]: Json } {
    return {
      paymentIntentId,
      paidAmount: { value: amount, currencyCode: currency },
      ...(tips ? { tipsAmount: { value: tips, currencyCode: currency } } : {}),
      ...(this.#lock === null ? {} : { lockId: this.#lock }),
    };
  }

  async #settle({ paymentIntentId }: Taken, calls: readonly (Call | null)[]): Promise<void> {
    if (!calls.some((call) => call && call.status !== null && !isDone(call))) return;
    await this.#world.tables.reverse(paymentIntentId);
    this.#world.note('guest-repaid', { paymentIntentId });
  }

  async #loseAnswer(orderId: string, body: { [name: string]: Json }): Promise<'back' | 'no way back'> {
    const world = this.#world;
    if (!world.dojo.speaks('RecordOrderPaymentById')) return 'back';
    world.note('socket-lost', { how: 'lost answer' });
    await world.dojo.call('RecordOrderPaymentById', { orderId, body, loseAnswer: true });
    return (await world.line.back(criteria['socket.back'].value)) ? 'back' : 'no way back';
  }

  /** Pays so many equal parts, one after another; the last pays the pennies that are left. */
  async payEqually(order: Order, parts: number, tips = 0): Promise<void> {
    const whole = this.owed(order);
    const part = Math.floor(whole / parts);
    for (let number = 1; number <= parts; number++)
      await this.pay(order, number < parts ? part : whole - part * (parts - 1), number === 1 ? tips : 0);
  }

  /** Prints the bill of an order, where the POS serves that. */
  async printBill({ orderId }: Order): Promise<void> {
    await this.#world.dojo.call('GetOrderBillById', { orderId });
  }

  /** Keeps the order locked for longer, where it is locked. */
  async keepLock({ orderId }: Order): Promise<void> {
    if (this.#lock === null) return;
    const expiry = new Date(Date.now() + lockedFor.extendable).toISOString();
    await this.#world.dojo.call('ExtendOrderLock', { orderId, lockId: this.#lock, body: { expiry } });
  }

  /** Has a lock released: the one that is held, or one that may be gone already. */
  async release(orderId: string, lockId: string): Promise<void> {
    await this.#world.dojo.call('DeleteOrderLock', { orderId, lockId });
  }

  /** Leaves the order, paid or not: the lock is released, and it is read and searched for once more. */
  async leave({ orderId }: Order): Promise<void> {
    const { dojo } = this.#world;
    if (this.#lock !== null) {
      await this.release(orderId, this.#lock);
      this.#lock = null;
    }
    await dojo.call('GetOrderById', { orderId });
    await dojo.search();
  }
}

/** What an order comes to, in minor units. */
export function sumOf({ items, discount = 0, serviceCharge = 0 }: Omit<Opened, 'currency'>): number {
  return items.reduce((all, item) => all + sumOfItem(item), 0) - discount + serviceCharge;
}

const sumOfItem = ({ price, quantity, modifiers = [] }: Item): number =>
  quantity * modifiers.reduce((all, one) => all + one.price * one.quantity, price);
