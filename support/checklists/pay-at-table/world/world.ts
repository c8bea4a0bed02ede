import { randomUUID } from 'node:crypto';
import type { IWorldOptions } from '@cucumber/cucumber';
import { baseOf, type Tables } from '../../../actors/dojo-caller/index.ts';
import { driverOf } from '../../../drivers/index.ts';
import { Blocked } from '../../../record/blocked.ts';
import type { RunParameters } from '../../../run/row-world.ts';
import { PaymentWorld } from '../../payments/world/world.ts';
import type { Opened } from '../actions.ts';
import { criteria } from '../criteria.ts';
import type { TableEvidence } from '../evidence.ts';
import { Dojo } from './dojo.ts';
import { Line } from './line.ts';
import { type Order, Table } from './table.ts';

/** What is ordered where nothing else is said; its quantity and price besides. */
export const menu = { name: 'Set menu', plu: 'set-menu' };

/** What the steps of Pay at Table act on: a POS that Dojo calls, card machines at tables, and the account behind them. */
export class PayAtTableWorld extends PaymentWorld {
  readonly dojo = new Dojo(this);
  readonly table = new Table(this);
  readonly line = new Line(this);
  /** A second card machine. */
  readonly other = new Table(this);
  /** The orders that were opened and found, by their amount in minor units: no two of a row are alike. */
  readonly orders = new Map<number, Order>();
  /** The POS has not opened its WebSocket, for as long as anybody waits. */
  #isAway = false;
  /** What was done with orders at the POS itself. */
  readonly #done = new Map<string, 'voidOrder' | 'holdOrder'>();
  /** Ids that no order has: one of a form that any POS may have, and one with odd characters. */
  readonly strangers: readonly string[] = [randomUUID(), `no order/${randomUUID().slice(0, 8)}?x=1`];

  /** Ids that no order has, each like that of one which is there: longer, and in other letters where case can matter. */
  get nearMisses(): string[] {
    const real = [...this.orders.values()].map(({ orderId }) => orderId);
    const recased = (id: string) => (id === id.toUpperCase() ? id.toLowerCase() : id.toUpperCase());
    // The digits of a UUID are the same in either case (RFC 9562).
    const isUuid = (id: string) => /^[0-9a-f-]{32,36}$/i.test(id);
    return real
      .flatMap((id) => [`${id}-x`, ...(isUuid(id) ? [] : [recased(id)])])
      .filter((id) => !real.includes(id));
  }

  constructor(options: IWorldOptions<RunParameters>) {
    super(options);
  }

  override get evidence(): TableEvidence {
    return super.evidence as TableEvidence;
  }

  /** Where Dojo calls the POS that has registered that address: as the profile says, or else where its driver reaches it. */
  addressOf(registered: string): string {
    const { profile, tills } = this.parameters;
    const places = driverOf(profile.driver).places(profile.driver) === 'folders' ? [] : tills;
    const worker = Number(process.env.CUCUMBER_WORKER_ID ?? 0);
    const place = places[worker];
    // The path of a driver's address leads to the driver.
    const address = profile.serves?.[worker] ?? (place && new URL(place).origin);
    if (address) return baseOf(address, registered);
    throw new Blocked(
      'KIT-POS-003',
      'The profile does not say where the POS is called',
      'Name its address in `serves`, such as http://127.0.0.1:8080; one for each POS that runs side by side.',
    );
  }

  /** Dojo's part at a table, which the kit plays on a simulator. */
  get tables(): Tables {
    const { tables } = this.account;
    if (tables) return tables;
    throw new Blocked(
      'KIT-CARDS-006',
      'Only on a simulator can the kit be the card machine at a table',
      'Run against the embedded simulator; the virtual card machines of the sandbox have no tables.',
    );
  }

  /** Opens an order of one item over that amount, in minor units. */
  async openOrder(amount: number): Promise<void> {
    await this.openOrderOf(amount, { items: [{ ...menu, quantity: 1, price: amount }] });
  }

  /** Opens an order by which it goes on under that amount; nothing where the POS offers no such order and `mayBeRefused`. */
  async openOrderOf(amount: number, opened: Omit<Opened, 'currency'>, mayBeRefused = false): Promise<void> {
    const order = await this.table.open(opened, mayBeRefused);
    if (order) this.orders.set(amount, order);
  }

  /** What happens at the card machine with the order over that amount, until it is left; nothing where there is none. */
  async atTable(amount: number, act: (order: Order) => Promise<void>): Promise<void> {
    const order = this.orders.get(amount);
    if (!order) return;
    await act(order);
    await this.table.leave(order);
  }

  /** Voids an order at the POS, or keeps it on hold there, where the POS offers that. */
  async putAside(amount: number, name: 'voidOrder' | 'holdOrder'): Promise<void> {
    const order = this.orders.get(amount);
    if (!order) return;
    const { answer } = await this.act({ name, orderId: order.orderId }, true);
    if (answer === 'done') this.#done.set(order.orderId, name);
  }

  /** Puts one more item on an order, where the POS offers that; minor units. */
  async addItem(amount: number, price: number): Promise<void> {
    const order = this.orders.get(amount);
    if (!order) return;
    const item = { name: 'Dessert', plu: 'dessert', quantity: 1, price };
    await this.act({ name: 'addItem', orderId: order.orderId, item }, true);
  }

  /** How the orders of the row stand: which a guest can pay, which nobody can any more, and which are on hold. */
  get standing(): { open: string[]; closed: string[]; held: string[] } {
    const paid = (orderId: string) =>
      this.evidence
        .payments(orderId)
        .reduce((all, { came, amount }) => (came === 'recorded' ? all + amount : all), 0);
    const all = [...this.orders.values()];
    const of = (orders: readonly Order[]) => orders.map(({ orderId }) => orderId);
    const held = all.filter(({ orderId }) => this.#done.get(orderId) === 'holdOrder');
    const closed = all.filter(
      ({ orderId, entered }) => this.#done.get(orderId) === 'voidOrder' || paid(orderId) >= entered,
    );
    const open = all.filter((order) => !held.includes(order) && !closed.includes(order));
    return { open: of(open), closed: of(closed), held: of(held) };
  }

  /** Sets the POS up and lets it register what it can be asked for. */
  async register(): Promise<void> {
    await this.till.setUp();
    await this.act({ name: 'registerCapabilities' }, true);
    const comes = async () => {
      const { rest, socket } = await this.tables.registered();
      return rest !== null || socket !== null;
    };
    await this.until('the POS to register', comes, this.parameters.run.criteria['display.within']!);
    await this.dojo.readRegistrations();
    if (this.dojo.speaks()) await this.connected();
  }

  /** Waits for the POS to hold its WebSocket open; one that stayed away is not waited for again. */
  async connected(): Promise<boolean> {
    const opens = async () => (await this.tables.connections()) > 0;
    if (await opens()) return true;
    if (this.#isAway) return false;
    const isOpen = await this.until('the POS to open its WebSocket', opens, criteria['socket.back'].value);
    this.#isAway = !isOpen;
    return isOpen;
  }
}
