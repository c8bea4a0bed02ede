import { randomUUID } from 'node:crypto';
import {
  type Credentials,
  callOverRest,
  callOverSocket,
  type Registrations,
  type Call as RestCall,
  type RestRegistration,
} from '../../../actors/dojo-caller/index.ts';
import { captured } from '../../../actors/event-sender.ts';
import { textAt } from '../../../record/evidence.ts';
import type { Exchange, Headers, Json } from '../../../record/vocabulary.ts';
import { promptly } from '../../payments/world/till.ts';
import { criteria } from '../criteria.ts';
import {
  type Call,
  type CapabilityName,
  callOf,
  capabilities,
  isRegistered,
  methodOf,
  targetOf,
} from '../epos-data.ts';
import type { PayAtTableWorld } from './world.ts';

/** What a call is about; `waiterId` is who holds the card machine. */
export interface Asked {
  readonly orderId?: string;
  readonly lockId?: string;
  readonly body?: { readonly [name: string]: Json };
  readonly waiterId?: string;
  /** Over a WebSocket: the connection is lost just as the answer comes. */
  readonly loseAnswer?: boolean;
}

const registeredBy = (one: Registrations['socket']): readonly string[] =>
  one?.capabilities.map(({ name }) => name) ?? [];

/** By what a POS takes these events over a WebSocket. */
const captureEvents = 'HandleEvent:payment_intent.status_updated';

/** So many pages of a search are asked for at most: a cursor that leads nowhere is not followed for ever. */
const mostPages = 20;

/** Dojo, as it calls the POS: where the profile says, with what the POS registered. */
export class Dojo {
  readonly #world: PayAtTableWorld;
  #calls = 0;
  #registered: Registrations = { rest: null, socket: null };

  constructor(world: PayAtTableWorld) {
    this.#world = world;
  }

  /** Reads what the POS has registered, and notes it. */
  async readRegistrations(): Promise<void> {
    this.#registered = await this.#world.tables.registered();
    const { rest, socket } = this.#registered;
    const versions = [rest, socket].flatMap((one) => one?.capabilities.map(({ version }) => version) ?? []);
    this.#world.note('capabilities-registered', {
      rest: registeredBy(rest),
      socket: registeredBy(socket),
      url: rest?.url ?? null,
      versions: [...new Set(versions)],
      ...(rest ? { called: this.#world.addressOf(rest.url) } : {}),
    });
  }

  /** Whether the POS can be asked for that, over REST or over a WebSocket. */
  can(name: CapabilityName): boolean {
    return this.speaks(name) || this.#requests(name);
  }

  /** Whether the POS can be asked for that over a WebSocket; for anything at all, where no name is given. */
  speaks(name?: CapabilityName): boolean {
    const names = registeredBy(this.#registered.socket);
    return name ? isRegistered(name, names) : names.length > 0;
  }

  #requests(name: CapabilityName): boolean {
    return isRegistered(name, registeredBy(this.#registered.rest));
  }

  /**
   * One call, recorded; `null` where the POS has not registered it: Dojo does not call it then. What is registered both
   * ways is called by turns, for no document says which of them Dojo takes.
   */
  async call(name: CapabilityName, asked: Asked = {}): Promise<Call | null> {
    if (!this.can(name)) return null;
    // Calls may overlap: each keeps the number that it began with.
    const number = ++this.#calls;
    const both = this.speaks(name) && this.#requests(name);
    const speaks = both ? number % 2 === 0 : this.speaks(name);
    return speaks
      ? this.#say(number, name, asked)
      : this.#request(number, name, this.#registered.rest!, asked);
  }

  #id(number: number): string {
    return `${this.#world.row}-dojo-${number}`;
  }

  async #say(
    number: number,
    name: CapabilityName,
    { waiterId, body, loseAnswer = false, ...ids }: Asked,
  ): Promise<Call | null> {
    const headers = {
      deviceType: 'Dojo Terminal',
      dojoRequestingProduct: 'PayAtTable',
      ...(waiterId === undefined ? {} : { waiterId }),
    };
    return callOf(await this.#speak(number, methodOf(name), { ...ids, ...body, headers }, loseAnswer));
  }

  async #speak(
    number: number,
    method: string,
    params: { readonly [name: string]: Json },
    loseAnswer = false,
  ): Promise<Exchange> {
    const { lane, tables } = this.#world;
    // An id is any text: one that reads as a number shows who takes it for one.
    // A POS that has just lost its WebSocket may open it again: what could not be sent is no call yet.
    await this.#world.connected();
    const { exchange, seen } = await callOverSocket(
      { tables, gateway: lane.gateway, redaction: lane.redaction },
      this.#id(number),
      {
        id: number % 2 ? String(4_100_000 + number) : randomUUID(),
        method,
        params,
        within: criteria['answer.within'].value,
        loseAnswer,
      },
    );
    if (!seen) this.#world.record({ kind: 'exchange', exchange });
    return exchange;
  }

  /**
   * Tells the POS that a payment was captured, once for each delivery that is named: over the WebSocket and to the
   * addresses that it has subscribed, as far as it takes events so.
   */
  async deliver(paymentIntentId: string, deliveries: readonly string[]): Promise<void> {
    const world = this.#world;
    const event = { id: `evt_kit_${paymentIntentId}`, paymentIntentId, createdAt: new Date().toISOString() };
    const spoken = registeredBy(this.#registered.socket).includes(captureEvents);
    for (const what of spoken ? deliveries : []) {
      const { response } = await this.#speak(++this.#calls, 'HandleEventV1', {
        ...captured(event),
        headers: {},
      });
      world.note('event-sent', { what, genuine: true, status: response?.status ?? 0 });
    }
    await world.upstream.deliver(event, deliveries);
    await world.live(promptly);
  }

  async #request(
    number: number,
    name: CapabilityName,
    registration: RestRegistration,
    { waiterId, body, loseAnswer: _, ...ids }: Asked,
  ): Promise<Call | null> {
    const headers: Headers = [
      ['device-type', 'Dojo Terminal'],
      ...(waiterId === undefined ? [] : [['waiter-id', waiterId] as [string, string]]),
    ];
    const exchange = await this.#send(number, registration.url, registration, {
      method: capabilities[name].method,
      target: targetOf(name, ids),
      headers,
      ...(body === undefined ? {} : { body }),
    });
    this.#world.record({ kind: 'exchange', exchange });
    return callOf(exchange);
  }

  #send(
    number: number,
    registered: string,
    credentials: Credentials | null,
    call: Omit<RestCall, 'id'>,
  ): Promise<Exchange> {
    const { lane } = this.#world;
    const address = this.#world.addressOf(registered);
    return callOverRest(
      { address, credentials, within: criteria['answer.within'].value, redaction: lane.redaction },
      { id: this.#id(number), ...call },
    );
  }

  /** Calls the POS as Dojo never does: with a wrong password, without any, and for what no document has. */
  async callAsStranger(orderId: string): Promise<void> {
    const { rest } = this.#registered;
    if (!rest) return;
    const search = { method: 'POST', target: '/v1/orders/search', body: { payableOnly: true } } as const;
    const target = `/v1/orders/${encodeURIComponent(orderId)}/record-nothing`;
    for (const [by, credentials, one] of [
      ['with a wrong password', { ...rest, password: `${rest.password}x` }, search],
      ['without credentials', null, search],
      ['for an operation that nobody has', rest, { method: 'POST', target, body: {} }],
    ] as const) {
      const exchange = await this.#send(++this.#calls, rest.url, credentials, one);
      this.#world.record({ kind: 'exchange', exchange });
      this.#world.note('stranger-called', { exchange: exchange.id, by });
    }
  }

  /** Searches for orders, over all pages; `limit` is how many a page has at most, and `meanwhile` happens after the first. */
  async search(
    body: { readonly [name: string]: Json } = { payableOnly: true },
    limit = 100,
    waiterId?: string,
    meanwhile: () => Promise<void> = async () => {},
  ): Promise<Call[]> {
    const pages: Call[] = [];
    let after: string | null = null;
    do {
      const cursor = { limit, ...(after === null ? {} : { after }) };
      const page: Call | null = await this.call('SearchOrders', {
        body: { ...body, cursor },
        ...(waiterId === undefined ? {} : { waiterId }),
      });
      if (!page) break;
      pages.push(page);
      if (pages.length === 1) await meanwhile();
      after = page.status === 200 ? textAt(page.answer, 'after') : null;
    } while (after !== null && pages.length < mostPages);
    return pages;
  }

  /** Searches for payable orders as that waiter: the id comes in the header, in the body, and in both. */
  async searchAs(waiterId: string): Promise<void> {
    const body = { payableOnly: true, dineIn: { waiterId } };
    await this.search({ payableOnly: true }, 100, waiterId);
    await this.search(body);
    await this.search(body, 100, waiterId);
  }
}
