import { blank } from '../../../record/display.ts';
import type {
  Action,
  Answer,
  Display,
  Exchange,
  Fact,
  Facts,
  Json,
  Observation,
  Violation,
} from '../../../record/vocabulary.ts';
import type { Opened } from '../actions.ts';
import { type CapabilityName, capabilities, methodOf, targetOf } from '../epos-data.ts';
import { sumOf } from '../world/table.ts';
import { noEntry } from './no-entry.ts';

export const money = (value: number, currencyCode = 'GBP'): Json => ({ value, currencyCode });

/** An order as an EPOS tells it: over £10.00, of which nothing is paid, unless it is said otherwise. */
export const anOrder = (more: { [name: string]: Json } = {}): { [name: string]: Json } => ({
  id: 'o1',
  status: 'New',
  details: { orderType: 'DineIn', dineIn: {} },
  totalAmount: money(1000),
  paidAmount: money(0),
  tipsAmount: money(0),
  payments: [],
  payable: true,
  ...more,
});

/** A payment as an order lists it. */
export const aPayment = (id: string, amount: number, tips = 0): Json => ({
  paymentIntentId: id,
  paidAmount: money(amount),
  ...(tips ? { tipsAmount: money(tips) } : {}),
});

interface Called {
  readonly orderId?: string;
  readonly lockId?: string;
  readonly body?: Json;
  /** `null`: no answer came. */
  readonly status?: number | null;
  readonly answer?: Json;
  /** How long it took, in ms. */
  readonly took?: number;
  /** Who holds the card machine, as the header says. */
  readonly waiter?: string;
  readonly trouble?: NonNullable<Exchange['trouble']>;
  /** It begins as the call before it did. */
  readonly beside?: true;
}

/** What was seen of one row, one thing after another. Ids count up: `pi_1` for payments, `ex_1` for exchanges. */
export class TableStory {
  readonly observations: Observation[] = [];
  readonly violations = new Map<string, Violation[]>();
  #now = 1000;
  #exchanges = 0;
  #intents = 0;
  #before = 0;
  #currency = 'GBP';

  record(observation: Observation): this {
    this.observations.push(observation);
    return this;
  }

  note<Name extends keyof Facts>(name: Name, detail: Facts[Name]): this {
    return this.record({ kind: 'fact', at: this.#now++, name, detail } as Fact);
  }

  act(action: Action, answer: Answer = { answer: 'done' }): this {
    const at = this.#now;
    this.#now += 10;
    return this.record({ kind: 'action', at, until: at + 5, action, answer });
  }

  /** An order of that sum is opened, and found. */
  open(entered = 1000, orderId = 'o1'): this {
    const items = [{ name: 'Menu', plu: 'menu', quantity: 1, price: entered }];
    this.act({ name: 'openOrder', currency: 'GBP', items });
    return this.note('order-found', { orderId, entered, currency: 'GBP', waiterId: null });
  }

  /** An order of those items is opened, and found. */
  order(opened: Omit<Opened, 'currency'>, orderId = 'o1'): this {
    this.act({ name: 'openOrder', currency: 'GBP', ...opened });
    const detail = { orderId, entered: sumOf(opened), currency: 'GBP', waiterId: null };
    return this.note('order-found', detail);
  }

  /** A card machine prints a bill that holds this order; `undefined`: none. */
  bill(order?: Json, called: Called = {}): this {
    const section = { lines: [] };
    const answer = { header: section, ...(order === undefined ? {} : { order }), footer: section };
    return this.call('GetOrderBillById', { answer, ...called });
  }

  /** A payment of a guest, whose answer is lost with the WebSocket. */
  payLosingAnswer(paymentIntentId = 'pi_1', amount = 1000): this {
    return this.note('guest-paid', { orderId: 'o1', paymentIntentId, amount, tips: 0, currency: 'GBP' })
      .loses('lost answer')
      .speak('RecordOrderPaymentById', { orderId: 'o1', paymentIntentId }, anOrder());
  }

  /** What an EPOS has registered over REST. */
  registered(...rest: string[]): this {
    return this.note('capabilities-registered', { rest, socket: [], url: 'https://epos.example' });
  }

  /** A request of the EPOS itself to the API. */
  ask(
    method: string,
    target: string,
    status = 200,
    body: Json = null,
    version: string | null = '2026-02-27',
    answer: Json = null,
    key = '',
  ): this {
    const at = this.#now;
    this.#now += 20;
    return this.record({
      kind: 'exchange',
      exchange: {
        id: `ex_${++this.#exchanges}`,
        from: 'subject',
        to: 'dojo',
        channel: 'http',
        request: {
          method,
          target,
          headers: [
            ...(version === null ? [] : [['version', version] as [string, string]]),
            ...(key ? [['authorization', `Basic ${key}`] as [string, string]] : []),
          ],
          body: body === null ? null : { json: body },
        },
        response: { status, headers: [], body: answer === null ? null : { json: answer } },
        at,
        until: at + 10,
        startedAt: new Date(at).toISOString(),
      },
    });
  }

  /** A call of Dojo. */
  call(name: CapabilityName, called: Called = {}): this {
    const { orderId = 'o1', lockId = 'l1', body = null, status = 200, answer = null, took = 10 } = called;
    const at = called.beside ? this.#before : this.#now;
    this.#before = at;
    this.#now = Math.max(this.#now, at + took + 10);
    return this.record({
      kind: 'exchange',
      exchange: {
        id: `ex_${++this.#exchanges}`,
        from: 'dojo',
        to: 'subject',
        channel: 'http',
        request: {
          method: capabilities[name].method,
          target: targetOf(name, { orderId, lockId }),
          headers: called.waiter === undefined ? [] : [['waiter-id', called.waiter]],
          body: body === null ? null : { json: body },
        },
        response:
          status === null ? null : { status, headers: [], body: answer === null ? null : { json: answer } },
        ...(status === null ? { trouble: called.trouble ?? 'client-dropped' } : {}),
        at,
        until: at + took,
        startedAt: new Date(at).toISOString(),
      },
    });
  }

  /** The POS tries to open a WebSocket. */
  opens(status = 101): this {
    const at = this.#now;
    this.ask('GET', '/epos', status, null, null);
    const last = this.observations.at(-1);
    if (last?.kind === 'exchange') last.exchange.request.headers.push(['Upgrade', 'websocket']);
    this.#now = at + 12;
    return this;
  }

  /** The WebSocket is lost. */
  loses(how: Facts['socket-lost']['how'] = 'reset'): this {
    return this.note('socket-lost', { how });
  }

  /** One side says something over the WebSocket that is no call; `null`: it is not answered. */
  utters(from: 'subject' | 'dojo', method: string, answer: Json = null, body: Json = null): this {
    return this.#spoken(from, method, body, answer === null ? null : { status: 200, answer }, 10);
  }

  /** A call of Dojo over the WebSocket; `null` as its status: no answer came. */
  speak(
    name: CapabilityName,
    params: { [name: string]: Json } = {},
    answer: Json = null,
    status: number | null = 200,
  ): this {
    const id = `call-${this.#exchanges + 1}`;
    const jsonrpc = '2.0';
    const body = { jsonrpc, id, method: methodOf(name), params: { headers: {}, ...params } };
    const said = status !== null && status < 300 ? { result: answer } : { error: answer };
    return this.#spoken(
      'dojo',
      body.method,
      body,
      status === null ? null : { status, answer: { jsonrpc, id, ...said } },
      10,
    );
  }

  #spoken(
    from: 'subject' | 'dojo',
    method: string,
    body: Json,
    answered: { readonly status: number; readonly answer: Json } | null,
    took: number,
  ): this {
    const at = this.#now;
    this.#now += took + 10;
    return this.record({
      kind: 'exchange',
      exchange: {
        id: `ex_${++this.#exchanges}`,
        from,
        to: from === 'dojo' ? 'subject' : 'dojo',
        channel: 'socket',
        connection: 'ex_1',
        request: { method, target: '/epos', headers: [], body: body === null ? null : { json: body } },
        response: answered && {
          status: answered.status,
          headers: [],
          body: answered.answer === null ? null : { json: answered.answer },
        },
        at,
        until: at + took,
        startedAt: new Date(at).toISOString(),
      },
    });
  }

  /** A search for payable orders that lists these. */
  search(orders: readonly Json[], cursor: { limit?: number; after?: string } = {}, after?: string): this {
    return this.call('SearchOrders', {
      body: { payableOnly: true, cursor },
      answer: { data: [...orders], ...(after === undefined ? {} : { after }) },
    });
  }

  read(order: Json, called: Called = {}): this {
    return this.call('GetOrderById', { answer: order, ...called });
  }

  /** A card machine asks for a lock of so many ms. */
  lock(lockId: string, called: Called & { readonly lasts?: number } = {}): this {
    const expiry = new Date(this.#now + (called.lasts ?? 30_000)).toISOString();
    return this.call('CreateOrderLock', { body: { lockId, expiry }, answer: anOrder(), ...called });
  }

  /** The lock is extended by so many ms. */
  extend(lockId: string, lasts: number): this {
    const expiry = new Date(this.#now + lasts).toISOString();
    return this.call('ExtendOrderLock', { lockId, body: { expiry }, answer: {} });
  }

  /** The lock is released, or was gone. */
  unlock(lockId: string, called: Called = {}): this {
    return this.call('DeleteOrderLock', { lockId, answer: anOrder(), ...called });
  }

  /** Somebody puts an item on the order at the POS. */
  press(answer: Answer = { answer: 'done' }): this {
    const item = { name: 'Dessert', plu: 'dessert', quantity: 1, price: 500 };
    return this.act({ name: 'addItem', orderId: 'o1', item }, answer);
  }

  /** Somebody voids the order at the POS, or takes it on hold there. */
  changes(name: 'voidOrder' | 'holdOrder', answer: Answer = { answer: 'done' }): this {
    return this.act({ name, orderId: 'o1' }, answer);
  }

  /** That much of the time passes. */
  wait(ms: number): this {
    this.#now += ms;
    return this;
  }

  /** A guest pays, and the EPOS is asked to record it. */
  pay(amount: number, tips: number, called: Called = {}): this {
    const { orderId = 'o1' } = called;
    const paymentIntentId = `pi_${++this.#intents}`;
    this.note('guest-paid', { orderId, paymentIntentId, amount, tips, currency: this.#currency });
    return this.call('RecordOrderPaymentById', {
      body: {
        paymentIntentId,
        paidAmount: money(amount),
        ...(tips ? { tipsAmount: money(tips) } : {}),
        ...(called.lockId === undefined ? {} : { lockId: called.lockId }),
      },
      ...called,
    });
  }

  /** Guests pay in that currency from now on. */
  inCurrency(currency: string): this {
    this.#currency = currency;
    return this;
  }

  /** The exchange that was seen last, by its id. */
  get lastExchange(): string {
    return `ex_${this.#exchanges}`;
  }

  /** The EPOS is asked to give a payment back. */
  refund(paymentIntentId: string): this {
    return this.act({ name: 'refundPayment', orderId: 'o1', paymentIntentId });
  }

  /** It begins that on a card machine; `null`: without an amount. */
  session(paymentIntentId: string, amount: number | null, sessionType = 'MatchedRefund', status = 201): this {
    const matchedRefund = { paymentIntentId, ...(amount === null ? {} : { amount: money(amount) }) };
    const details = { sessionType, matchedRefund };
    return this.ask('POST', '/terminal-sessions', status, { details }, '2026-02-27', {
      id: 'ts_1',
      status: 'Initiated',
    });
  }

  /** It reads how far the card machine is. */
  poll(status: string): this {
    return this.ask('GET', '/terminal-sessions/ts_1', 200, null, '2026-02-27', { id: 'ts_1', status });
  }

  #display(shown: Partial<Display>): this {
    const display = { ...blank, ...shown };
    return this.record({ kind: 'display', at: this.#now++, reported: false, display });
  }

  /** The EPOS shows a result. */
  says(outcome: string): this {
    return this.#display({ outcome });
  }

  /** The EPOS shows a notice. */
  remarks(notice: string): this {
    return this.#display({ notice });
  }

  /** All that the EPOS shows. */
  displays(text: string): this {
    return this.#display({ text });
  }

  /** The EPOS shows a payment in its journal. */
  shows(paymentIntentId: string, amount: number, tip: number): this {
    return this.#display({ ledger: [{ ...noEntry, paymentIntentId, amount, tip }] });
  }

  declare(question: string, answer: string | null): this {
    return this.record({ kind: 'declared', at: this.#now++, question, answer });
  }

  /** The last exchange breaks the contract so. */
  breaks(violation: Partial<Violation>): this {
    this.violations.set(`ex_${this.#exchanges}`, [
      {
        part: 'response-body',
        pointer: '/totalAmount/value',
        rule: 'type',
        expected: 'a whole number',
        observed: '12.5',
        fault: 'pos',
        severity: 'must',
        ...violation,
      },
    ]);
    return this;
  }
}
