import { randomUUID } from 'node:crypto';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import type { Action, PosSettings } from '../../../record/vocabulary.ts';
import type { Opened } from '../actions.ts';
import { sumOf } from '../world/table.ts';

import { type Order, StubBooks, type Variant, type Wrong } from './stub-books.ts';

export type { Variant, Wrong } from './stub-books.ts';

interface Shown {
  readonly outcome?: string | null;
  readonly notice?: string | null;
}

/** A small EPOS in memory, over REST, for tests: it is right, or wrong in one way. It has no display to speak of. */
export class StubEpos {
  readonly #server = fastify({ forceCloseConnections: true });
  readonly #books: StubBooks;
  readonly #how: ReadonlySet<Wrong | Variant>;
  readonly #password = randomUUID();
  #settings: PosSettings | null = null;
  #listed: readonly string[] = [];
  #terminalId = '';
  #timer: NodeJS.Timeout | null = null;
  url = '';
  /** What stands on its display, and who is called when that changes. */
  shown: Shown = { outcome: null, notice: null };
  changed: () => void = () => {};

  constructor(...how: (Wrong | Variant)[]) {
    this.#how = new Set(how);
    this.#books = new StubBooks(this.#how);
    this.#serve();
  }

  async open(): Promise<this> {
    this.url = await this.#server.listen({ host: '127.0.0.1', port: 0 });
    return this;
  }

  close(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    return this.#server.close();
  }

  #is(how: Wrong | Variant): boolean {
    return this.#how.has(how);
  }

  // ---- what its user does

  configure(settings: PosSettings): void {
    this.#settings = settings;
  }

  async act(action: Action): Promise<boolean> {
    switch (action.name) {
      case 'openOrder':
        if (this.#is('no-extras') && hasExtras(action)) return false;
        this.#books.orders.push({
          id: `ord ${randomUUID()}`,
          table: `Table ${this.#books.orders.length + 1}`,
          currency: action.currency,
          total: sumOf(action),
          state: 'open',
          lock: null,
          payments: [],
          items: [...action.items],
          discount: action.discount ?? 0,
          serviceCharge: action.serviceCharge ?? 0,
        });
        return true;
      case 'addItem': {
        const order = this.#books.order(action.orderId)!;
        if (isLocked(order) && !this.#is('buttons-pass-the-lock')) return false;
        order.items.push(action.item);
        order.total += action.item.price * action.item.quantity;
        return true;
      }
      case 'holdOrder':
      case 'voidOrder': {
        const order = this.#books.order(action.orderId)!;
        const isHeld = action.name === 'holdOrder';
        if (isLocked(order) && !this.#is(isHeld ? 'holds-under-lock' : 'voids-under-lock')) return false;
        order.state = isHeld ? 'held' : 'void';
        return true;
      }
      case 'registerCapabilities':
        await this.#register();
        return true;
      case 'chooseTerminal':
        this.#terminalId = action.terminalId;
        return true;
      case 'refundPayment':
        await this.#refund(action.orderId, action.paymentIntentId);
        return true;
      case 'listCapabilities':
        if (!this.#is('keeps-own-list')) await this.#ask('GET', '/epos/integrations');
        return true;
      default:
        return false;
    }
  }

  /** Gives a payment back on the card machine, and shows how that went. */
  async #refund(orderId: string, paymentIntentId: string): Promise<void> {
    this.#show({ outcome: null });
    const intent = this.#is('refunds-another') ? 'pi_none' : paymentIntentId;
    const { payments, currency } = this.#books.order(orderId)!;
    const paid = payments.find((one) => one.paymentIntentId === paymentIntentId)?.amount ?? 0;
    const less = this.#is('refunds-a-penny-less')
      ? { amount: { value: paid - 1, currencyCode: currency } }
      : {};
    const details = { sessionType: 'MatchedRefund', matchedRefund: { paymentIntentId: intent, ...less } };
    const begin = () => this.#ask('POST', '/terminal-sessions', { terminalId: this.#terminalId, details });
    const begun = await begin();
    if (this.#is('refunds-twice')) await begin();
    const { id } = (await begun.json()) as { id: string };
    const look = async (): Promise<void> => {
      const session = await this.#ask('GET', `/terminal-sessions/${id}`);
      const { status } = (await session.json()) as { status: string };
      const outcome = { Captured: 'Refunded', Declined: 'Declined', Canceled: 'Cancelled' }[status];
      if (!outcome) {
        if (session.ok) this.#timer = setTimeout(() => void look(), 50);
        return;
      }
      if (!this.#is('refund-unconfirmed')) await this.#ask('GET', `/payment-intents/${paymentIntentId}`);
      this.#show({ outcome: this.#is('always-refunded') ? 'Refunded' : outcome });
      if (this.#is('books-failed-refund')) this.#books.unpay(paymentIntentId);
    };
    void look();
  }

  #show(shown: Shown): void {
    this.shown = { ...this.shown, ...shown };
    this.changed();
  }

  #ask(method: string, path: string, body?: object): Promise<Response> {
    const { baseUrl, apiKey, softwareHouseId, resellerId } = this.#settings!;
    return fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        authorization: `Basic ${apiKey}`,
        version: '2026-02-27',
        'software-house-id': softwareHouseId,
        'reseller-id': resellerId,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  }

  async #register(): Promise<void> {
    const older = this.#is('older-names');
    this.#listed = [
      'SearchOrders',
      'GetOrderById',
      ...(this.#is('no-bill') ? [] : [older ? 'GetOrderBill' : 'GetOrderBillById']),
      older ? 'RecordOrderPayment' : 'RecordOrderPaymentById',
      ...(this.#is('no-locks') ? [] : ['CreateOrderLock', 'ExtendOrderLock', 'DeleteOrderLock']),
    ];
    const put = (names: readonly string[]) =>
      this.#ask('PUT', '/epos/integrations/rest', {
        capabilities: names.map((name) => ({ name, version: 'v1' })),
        auth: { authType: 'basic', basic: { username: 'dojo', password: this.#password } },
        url: this.#is('registers-operation') ? `${this.url}/v1/orders/{orderID}` : this.url,
      });
    if (!this.#is('registers-one-by-one')) {
      const { status } = await put(this.#listed);
      if (status === 401 && !this.#is('silent-on-401')) this.#show({ notice: 'API key is incorrect' });
    }
    if (this.#is('registers-one-by-one')) for (const name of this.#listed) await put([name]);
  }

  // ---- what Dojo asks

  #serve(): void {
    const error = (reply: FastifyReply, status: number, errorType: string) =>
      reply.code(status).send({ errorType });
    const idIn = (request: FastifyRequest) => (request.params as { id: string }).id;
    const withOrder =
      (answer: (order: Order, request: FastifyRequest, reply: FastifyReply) => unknown) =>
      (request: FastifyRequest, reply: FastifyReply) => {
        const order =
          this.#books.order(idIn(request)) ??
          (this.#is('first-order-for-any-id') ? this.#books.orders[0] : undefined);
        if (order)
          return answer(this.#is('first-order-for-any-id') ? this.#books.orders[0]! : order, request, reply);
        if (this.#is('unknown-is-null')) return reply.type('application/json').send('null');
        if (this.#is('unknown-is-500')) return error(reply, 500, 'UnexpectedError');
        return error(reply, 404, 'NotFound');
      };
    this.#server.addHook('onRequest', async (request, reply) => {
      const due = `Basic ${Buffer.from(`dojo:${this.#password}`).toString('base64')}`;
      if (request.headers.authorization !== due) await reply.code(401).send();
    });
    this.#server.post('/v1/orders/search', ({ body, headers }, reply) => {
      const { dineIn } = body as { dineIn?: { waiterId?: string } };
      const waiterId = headers['waiter-id'] ?? dineIn?.waiterId;
      if (waiterId !== undefined && this.#is('unknown-waiter-500'))
        return error(reply, 500, 'UnexpectedError');
      if (this.#books.shows(waiterId as string | undefined)) return this.#books.search(body as never);
      return error(reply, 404, 'NotFound');
    });
    this.#server.get(
      '/v1/orders/:id',
      withOrder((order) =>
        this.#is('other-total-by-id')
          ? {
              ...(this.#books.stated(order) as object),
              totalAmount: { value: order.total + 1, currencyCode: order.currency },
            }
          : this.#books.stated(order),
      ),
    );
    this.#server.get(
      '/v1/orders/:id/bill',
      withOrder((order, _request, reply) =>
        this.#is('registers-unserved') ? error(reply, 404, 'NotFound') : this.#books.bill(order),
      ),
    );
    this.#server.post(
      '/v1/orders/:id/lock',
      withOrder((order, { body }, reply) => {
        const { lockId, expiry } = body as { lockId: string; expiry: string };
        if (isLocked(order) && order.lock?.id !== lockId && !this.#is('second-lock-pays'))
          return error(reply, 409, 'Conflict');
        order.lock = { id: lockId, expiry: Date.parse(expiry) };
        return this.#books.stated(order);
      }),
    );
    this.#server.put(
      '/v1/orders/:id/locks/:lockId',
      withOrder((order, { body }) => {
        if (order.lock && !this.#is('extends-nothing'))
          order.lock.expiry = Date.parse((body as { expiry: string }).expiry);
        return {};
      }),
    );
    this.#server.delete(
      '/v1/orders/:id/locks/:lockId',
      withOrder((order, _request, reply) => {
        if (!order.lock && this.#is('unlock-once')) return error(reply, 404, 'NotFound');
        if (!this.#is('lock-stays')) order.lock = null;
        return this.#books.stated(order);
      }),
    );
    this.#server.post(
      '/v1/orders/:id/record-payment',
      withOrder(async (order, { body }, reply) => {
        const { paymentIntentId, paidAmount, tipsAmount } = body as {
          paymentIntentId: string;
          paidAmount: { value: number; currencyCode: string };
          tipsAmount?: { value: number };
        };
        if (this.#is('silent-on-record')) return reply.hijack();
        if (this.#is('looks-up')) {
          const found = await this.#ask('GET', `/payment-intents/${paymentIntentId}`).catch(() => null);
          if (!found?.ok) return error(reply, 500, 'UnexpectedError');
          const intent = (await found.json()) as { status: string };
          if (intent.status !== 'Captured') return error(reply, 409, 'Conflict');
        }
        const known = order.payments.find((one) => one.paymentIntentId === paymentIntentId);
        if (known)
          return known.amount === paidAmount.value
            ? this.#books.stated(order)
            : error(reply, 409, 'Conflict');
        const { lockId } = body as { lockId?: string };
        const isOthers = isLocked(order) && order.lock?.id !== lockId;
        if (isOthers && !this.#is('second-lock-pays')) return error(reply, 409, 'Conflict');
        if (paidAmount.currencyCode !== order.currency || order.state === 'void')
          return error(reply, 409, 'Conflict');
        const left = order.total - this.#books.paid(order);
        if (this.#is('refuses-last') && paidAmount.value === left) return error(reply, 409, 'Conflict');
        if (!this.#is('stays-payable') && !this.#is('second-lock-pays') && paidAmount.value > left)
          return error(reply, 409, 'Conflict');
        const payment = { paymentIntentId, amount: paidAmount.value, tips: tipsAmount?.value ?? 0 };
        if (this.#is('overwrites-payment')) order.payments.length = 0;
        order.payments.push(payment, ...(this.#is('records-twice') ? [payment] : []));
        if (this.#is('declines-after-writing')) return error(reply, 409, 'Conflict');
        return this.#books.stated(order);
      }),
    );
  }
}

const hasExtras = ({ items, discount, serviceCharge }: Opened): boolean =>
  Boolean(discount || serviceCharge || items.some(({ modifiers }) => modifiers));

const isLocked = ({ lock }: Order): boolean => lock !== null && lock.expiry > Date.now();
