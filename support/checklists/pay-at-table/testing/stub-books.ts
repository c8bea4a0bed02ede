import type { Json } from '../../../record/vocabulary.ts';
import type { Item } from '../actions.ts';

/** A way in which the stub is wrong. */
export type Wrong =
  | 'drops-intent-id'
  | 'records-twice'
  | 'overwrites-payment'
  | 'tip-in-paid'
  | 'tip-lost'
  | 'stays-payable'
  | 'closes-on-part'
  | 'forgets-part'
  | 'refuses-last'
  | 'first-order-for-any-id'
  | 'pounds'
  | 'lists-paid'
  | 'skips-second-page'
  | 'unknown-is-null'
  | 'unknown-is-500'
  | 'finds-by-beginning'
  | 'no-status'
  | 'silent-on-record'
  | 'registers-one-by-one'
  | 'registers-unserved'
  | 'registers-operation'
  | 'keeps-own-list'
  | 'declines-after-writing'
  | 'other-total-by-id'
  | 'buttons-pass-the-lock'
  | 'voids-under-lock'
  | 'holds-under-lock'
  | 'extends-nothing'
  | 'second-lock-pays'
  | 'lock-stays'
  | 'withholds-own'
  | 'unknown-waiter-500'
  | 'refunds-another'
  | 'refunds-a-penny-less'
  | 'refunds-twice'
  | 'refund-unconfirmed'
  | 'always-refunded'
  | 'books-failed-refund'
  | 'silent-on-401'
  | 'extras-twice'
  | 'extras-for-all'
  | 'loses-an-item'
  | 'discount-unlisted'
  | 'bill-without-order'
  | 'bill-of-full-price';

/** A way in which it conforms all the same. */
export type Variant =
  | 'older-names'
  | 'no-bill'
  | 'no-locks'
  | 'no-payments-listed'
  | 'hides-held'
  | 'looks-up'
  | 'waiters-checked'
  | 'unlock-once'
  | 'extras-as-items'
  | 'no-extras';

interface Payment {
  readonly paymentIntentId: string;
  amount: number;
  tips: number;
}

export interface Order {
  readonly id: string;
  readonly table: string;
  readonly currency: string;
  total: number;
  state: 'open' | 'held' | 'void';
  lock: { id: string; expiry: number } | null;
  readonly payments: Payment[];
  readonly items: Item[];
  readonly discount: number;
  readonly serviceCharge: number;
}

/** Whose orders all are. */
const stubWaiter = '7';

/** The orders of a small EPOS, and what it says of them: rightly, or wrong in one way. */
export class StubBooks {
  readonly orders: Order[] = [];
  readonly #how: ReadonlySet<Wrong | Variant>;

  constructor(how: ReadonlySet<Wrong | Variant>) {
    this.#how = how;
  }

  #is(how: Wrong | Variant): boolean {
    return this.#how.has(how);
  }

  order(id: string): Order | undefined {
    const isIt = (order: Order) =>
      this.#is('finds-by-beginning') ? id.startsWith(order.id) : order.id === id;
    return this.orders.find(isIt);
  }

  paid({ payments }: Order): number {
    return payments.reduce((all, { amount, tips }) => all + amount + (this.#is('tip-in-paid') ? tips : 0), 0);
  }

  get #checksWaiters(): boolean {
    return this.#is('waiters-checked') || this.#is('withholds-own');
  }

  /** Whether a waiter who asks may see the orders; all are of one waiter. */
  shows(waiterId: string | undefined): boolean {
    if (waiterId === undefined || !this.#checksWaiters) return true;
    return this.#is('withholds-own') ? waiterId !== stubWaiter : waiterId === stubWaiter;
  }

  /** Takes a payment out of the books. */
  unpay(paymentIntentId: string): void {
    for (const { payments } of this.orders)
      for (const payment of payments) if (payment.paymentIntentId === paymentIntentId) payment.amount = 0;
  }

  #isPayable(order: Order): boolean {
    if (
      order.state === 'void' ||
      (order.state === 'held' && (this.#is('hides-held') || this.#is('holds-under-lock')))
    )
      return false;
    if (this.#is('closes-on-part') && order.payments.length) return false;
    return this.#is('stays-payable') || this.paid(order) < order.total;
  }

  stated(order: Order): Json {
    const money = (value: number) => ({
      value: this.#is('pounds') ? value / 100 : value,
      currencyCode: order.currency,
    });
    const payments = this.#is('forgets-part') ? order.payments.slice(0, 1) : order.payments;
    const counted = { ...order, payments };
    const closed = this.paid(order) >= order.total && !this.#is('stays-payable');
    return {
      id: order.id,
      ...(this.#is('no-status')
        ? {}
        : { status: order.state === 'void' ? 'Canceled' : closed ? 'Finalized' : 'New' }),
      displayName: order.table,
      details: {
        orderType: 'DineIn',
        dineIn: { tableId: order.table, ...(this.#checksWaiters ? { waiterId: stubWaiter } : {}) },
      },
      items: this.#listed(order, money),
      ...(order.discount && !this.#is('discount-unlisted')
        ? { discounts: [{ name: 'Discount', amountTotal: money(order.discount) }] }
        : {}),
      ...(order.serviceCharge ? { serviceChargeAmount: money(order.serviceCharge) } : {}),
      totalAmount: money(order.total),
      paidAmount: money(this.paid(counted)),
      ...(this.#is('tip-lost')
        ? {}
        : { tipsAmount: money(payments.reduce((all, { tips }) => all + tips, 0)) }),
      ...(this.#is('no-payments-listed')
        ? {}
        : {
            payments: payments.map(({ paymentIntentId, amount, tips }) => ({
              paymentIntentId: this.#is('drops-intent-id') ? 'unknown' : paymentIntentId,
              paidAmount: money(amount),
              ...(this.#is('tip-lost') ? {} : { tipsAmount: money(tips) }),
            })),
          }),
      payable: this.#isPayable(order),
    } as Json;
  }

  /** The items of an order, and what comes with them. */
  #listed({ items }: Order, money: (value: number) => object): object[] {
    const apart = this.#is('extras-as-items');
    return items.slice(this.#is('loses-an-item') && items.length > 1 ? 1 : 0).flatMap((item) => {
      const { name, plu, quantity, price, modifiers = [] } = item;
      const inside = this.#is('extras-twice') ? modifiers.reduce((all, one) => all + one.price, 0) : 0;
      const own = { name, plu, quantity, amountPerItem: money(price + inside) };
      if (apart)
        return [
          own,
          ...modifiers.map((one) => ({
            name: one.name,
            plu: one.plu,
            quantity: one.quantity * quantity,
            amountPerItem: money(one.price),
          })),
        ];
      const extras = modifiers.map((one) => ({
        name: one.name,
        plu: one.plu,
        quantity: one.quantity * (this.#is('extras-for-all') ? quantity : 1),
        amountPerModifier: money(one.price),
      }));
      return extras.length ? { ...own, modifiers: extras } : own;
    });
  }

  /** The bill of an order. */
  bill(order: Order): Json {
    const section = { lines: [] };
    if (this.#is('bill-without-order')) return { header: section, footer: section };
    const full = { ...order, total: order.total + order.discount, discount: 0 };
    const printed = this.stated(this.#is('bill-of-full-price') ? full : order);
    return { header: section, order: printed, footer: section };
  }

  search({
    payableOnly = false,
    cursor = {},
  }: {
    payableOnly?: boolean;
    cursor?: { limit?: number; after?: string };
  }) {
    const all = this.orders.filter(
      (order) => !payableOnly || this.#isPayable(order) || (this.#is('lists-paid') && order.state === 'open'),
    );
    const from = cursor.after === undefined ? 0 : all.findIndex(({ id }) => id === cursor.after) + 1;
    const limit = cursor.limit ?? 50;
    const data = all.slice(from, from + limit);
    const last = data.at(-1);
    const goesOn = from + limit < all.length && !this.#is('skips-second-page');
    return { data: data.map((order) => this.stated(order)), ...(goesOn && last ? { after: last.id } : {}) };
  }
}
