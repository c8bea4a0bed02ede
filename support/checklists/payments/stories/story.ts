import { blank } from '../../../record/display.ts';
import type {
  Action,
  Answer,
  Body,
  Display,
  Exchange,
  Fact,
  Facts,
  Headers,
  Json,
  Observation,
  PosSettings,
  Violation,
} from '../../../record/vocabulary.ts';
import type { Sale } from '../actions.ts';
import type { IntentStatus, SessionStatus } from '../statuses.ts';

/** Wall time at which every story begins, ms since 1970. */
export const beginning = Date.parse('2026-03-02T10:00:00.000Z');

/** How long the API takes to answer in a story, in ms. */
const answersIn = 20;

interface Call {
  readonly body?: Json;
  readonly headers?: Headers;
  readonly status?: number;
  readonly answer?: Json;
  readonly trouble?: NonNullable<Exchange['trouble']>;
  readonly armed?: string;
}

interface Terminal {
  readonly type?: 'Sale' | 'MatchedRefund' | 'UnlinkedRefund';
  readonly on?: string;
  readonly terminalId?: string;
  readonly amount?: number;
  /** The API refuses it with this status. */
  readonly refused?: number;
  readonly detail?: string;
  /** The status in the answer. */
  readonly status?: SessionStatus;
}

const money = (value: number): Json => ({ value, currencyCode: 'GBP' });

/**
 * What was seen of one row, in the order in which it happened. Every sentence takes its place on the
 * story's clock (ms from the beginning); `wait` lets time pass. Ids count up: `pi_1`, `ts_1`, `ex_1`.
 */
export class Story {
  readonly observations: Observation[] = [];
  readonly violations = new Map<string, Violation[]>();
  /** Ids of exchanges that the row provoked on purpose. */
  readonly provoked = new Set<string>();
  #now = 1000;
  #exchanges = 0;
  #intents = 0;
  #sessions = 0;
  #key = 'key-1';
  #display: Display = blank;
  #prompts: Json[] = [];
  #statuses: Json[] = [];

  get now(): number {
    return this.#now;
  }

  wait(ms: number): this {
    this.#now += ms;
    return this;
  }

  record(observation: Observation): this {
    this.observations.push(observation);
    return this;
  }

  // ---- what is done

  act(action: Action, answer: Answer = { answer: 'done' }, mayBeRefused = false): this {
    const at = this.#now;
    return this.record({
      kind: 'action',
      at,
      until: at + 5,
      action,
      answer,
      ...(mayBeRefused ? { mayBeRefused } : {}),
    }).wait(10);
  }

  configure(key = 'key-1', answer: Answer = { answer: 'done' }, partner: Partial<PosSettings> = {}): this {
    const at = this.#now;
    this.#key = key;
    return this.record({
      kind: 'action',
      at,
      until: at + 5,
      action: { name: 'configure', settings: { apiKey: key, ...partner } },
      answer,
    }).wait(10);
  }

  /** The kit switches the till off and on again. */
  restart(answer: Answer = { answer: 'done' }): this {
    const at = this.#now;
    return this.record({ kind: 'action', at, until: at + 5, action: { name: 'restart' }, answer }).wait(10);
  }

  sale(amount = 1000, more: Partial<Sale> = {}): this {
    return this.act({ name: 'sale', sale: { amount, currency: 'GBP', ...more } });
  }

  choose(terminalId: string, answer: Answer = { answer: 'done' }): this {
    return this.act({ name: 'chooseTerminal', tid: `VCM${terminalId}`, terminalId }, answer);
  }

  // ---- what the till sends

  call(method: string, target: string, call: Call = {}): this {
    const { body, headers, answer, trouble, armed } = call;
    const status = call.status ?? 200;
    const at = this.#now;
    this.#now += answersIn;
    const exchange: Exchange = {
      id: `ex_${++this.#exchanges}`,
      from: 'subject',
      to: 'dojo',
      channel: 'http',
      request: {
        method,
        target,
        headers: headers ?? [
          ['Authorization', `Basic ${this.#key}`],
          ['version', '2026-02-27'],
        ],
        body: bodyOf(body),
      },
      response: trouble ? null : { status, headers: [], body: bodyOf(answer) },
      ...(trouble ? { trouble } : {}),
      ...(armed ? { armed } : {}),
      at,
      until: this.#now,
      startedAt: this.#iso(),
      accountTime: beginning + this.#now,
    };
    return this.record({ kind: 'exchange', exchange }).wait(1);
  }

  intent(body: { readonly [name: string]: Json } = {}, call: Call = {}): this {
    const id = `pi_${++this.#intents}`;
    const asked = { amount: money(1000), reference: `order-${this.#intents}`, ...body };
    return this.call('POST', '/payment-intents', {
      body: asked,
      answer: { id, status: 'Created', ...asked },
      ...call,
    });
  }

  session(terminal: Terminal = {}): this {
    const { type = 'Sale', on = `pi_${this.#intents}`, terminalId = 'tm_1', amount, refused } = terminal;
    const id = `ts_${this.#sessions + 1}`;
    const given = amount === undefined ? {} : { amount: money(amount) };
    const details = {
      Sale: { sale: { paymentIntentId: on } },
      MatchedRefund: { matchedRefund: { paymentIntentId: on, ...given } },
      UnlinkedRefund: { unlinkedRefund: given },
    }[type];
    const body = { terminalId, details: { sessionType: type, ...details } };
    if (refused)
      return this.call('POST', '/terminal-sessions', {
        body,
        status: refused,
        answer: { detail: terminal.detail ?? 'the terminal is not available' },
      });
    this.#sessions++;
    this.#prompts = [];
    this.#statuses = [];
    return this.call('POST', '/terminal-sessions', {
      body,
      answer: { id, ...this.#standing(terminal.status ?? 'InitiateRequested', []) },
    });
  }

  /** A poll of the session in hand: its status, and what has been asked for on the machine since the last. */
  poll(status: SessionStatus, ...prompts: string[]): this {
    const id = `ts_${this.#sessions}`;
    return this.call('GET', `/terminal-sessions/${id}`, {
      answer: { id, ...this.#standing(status, prompts) },
    });
  }

  /** So many polls, one a second unless set otherwise. */
  polls(times: number, status: SessionStatus, every = 1000): this {
    for (let count = 0; count < times; count++) this.poll(status).wait(every - answersIn - 1);
    return this;
  }

  /** The till sends a decision about the signature. */
  decide(accepted: Json, call: Call & { readonly to?: string } = {}): this {
    return this.call('PUT', `/terminal-sessions/${call.to ?? `ts_${this.#sessions}`}/signature`, {
      body: { accepted },
      ...call,
    });
  }

  /** The till sends a cancellation of the session in hand. */
  cancel(status = 200, detail = 'it can no longer be canceled'): this {
    const id = `ts_${this.#sessions}`;
    return this.call('PUT', `/terminal-sessions/${id}/cancel`, {
      status,
      answer: status === 200 ? { id, status: 'CancelRequested' } : { detail },
    });
  }

  readIntent(id = `pi_${this.#intents}`, answer: Json = { id, status: 'Captured' }): this {
    return this.call('GET', `/payment-intents/${id}`, { answer });
  }

  /** The last exchange breaks the contract so. */
  breaking(violation: Partial<Violation> = {}): this {
    const id = `ex_${this.#exchanges}`;
    const one: Violation = {
      part: 'request-body',
      pointer: '/amount',
      rule: 'required',
      expected: 'an amount',
      observed: 'none',
      fault: 'pos',
      severity: 'must',
      ...violation,
    };
    this.violations.set(id, [...(this.violations.get(id) ?? []), one]);
    return this;
  }

  /** The last exchange is a refusal that the row provokes. */
  onPurpose(): this {
    this.provoked.add(`ex_${this.#exchanges}`);
    return this;
  }

  // ---- what the kit sees

  shows(display: Partial<Display>, screenshot?: string): this {
    this.#display = { ...this.#display, ...display };
    const { outcome, notice, prompt, dialogues } = this.#display;
    const text =
      display.text ??
      [outcome, notice, prompt, ...dialogues.map((one) => one.text)].filter(Boolean).join('\n');
    this.#display = { ...this.#display, text };
    return this.record({
      kind: 'display',
      at: this.#now,
      reported: false,
      display: this.#display,
      ...(screenshot ? { screenshot } : {}),
    }).wait(1);
  }

  /** The kit reads the session itself; nobody answers it where `answered` is 0. */
  sessionIs(status: SessionStatus, more: { readonly [name: string]: Json } = {}, answered = 200): this {
    const id = `ts_${this.#sessions}`;
    return this.#read('terminal-session', id, answered, {
      id,
      ...this.#standing(status, []),
      ...more,
    });
  }

  /** The kit reads a payment intent itself, the one made last unless it is named. */
  intentIs(
    status: IntentStatus,
    more: { readonly [name: string]: Json } = {},
    id = `pi_${this.#intents}`,
  ): this {
    const amount = { amount: money(1000), totalAmount: money(1000) };
    const reference = `order-${id.slice(3)}`;
    return this.#read('payment-intent', id, 200, { id, status, reference, ...amount, ...more });
  }

  webhooksAre(list: Json): this {
    return this.#read('webhooks', 'webhooks', 200, list);
  }

  fact<Name extends keyof Facts>(name: Name, detail: Facts[Name]): this {
    return this.record({ kind: 'fact', at: this.#now, name, detail } as Fact).wait(1);
  }

  /** What the card machine shows. */
  screen(screen: { readonly prompt?: string; readonly amount?: number }): this {
    return this.fact('card-machine-screen', { tid: 'VCMSIP0', prompt: null, amount: null, ...screen });
  }

  /** The cardholder gives a tip on the card machine. */
  tips(value: number): this {
    return this.fact('tip-given', { tid: 'VCMSIP0', value });
  }

  event(genuine: boolean): this {
    return this.fact('event-received', {
      name: 'payment_intent.status_updated',
      paymentIntentId: 'pi_1',
      genuine,
    });
  }

  delivered(genuine: boolean, status: number): this {
    const what = genuine ? 'a genuine event' : 'a forged event';
    return this.fact('event-sent', { what, genuine, status });
  }

  declared(question: string, answer: string | null): this {
    return this.record({ kind: 'declared', at: this.#now, question, answer }).wait(1);
  }

  expect(check: string, params: { readonly [name: string]: Json } = {}): this {
    return this.record({ kind: 'expectation', at: this.#now, check, params }).wait(1);
  }

  trouble(more: Partial<Extract<Observation, { kind: 'trouble' }>> = {}): this {
    return this.record({
      kind: 'trouble',
      at: this.#now,
      fault: 'environment',
      message: 'the power went out',
      advice: 'Switch it on again.',
      infrastructure: false,
      ...more,
    }).wait(1);
  }

  #read(
    resource: 'terminal-session' | 'payment-intent' | 'webhooks',
    id: string,
    status: number,
    json: Json,
  ): this {
    const at = this.#now;
    this.#now += answersIn;
    const exchange: Exchange = {
      id: `read_${++this.#exchanges}`,
      from: 'kit',
      to: 'dojo',
      channel: 'http',
      request: {
        method: 'GET',
        target: resource === 'webhooks' ? '/webhooks' : `/${resource}s/${id}`,
        headers: [],
        body: null,
      },
      response: status ? { status, headers: [], body: { json } } : null,
      at,
      until: this.#now,
      startedAt: this.#iso(),
    };
    return this.record({ kind: 'state', at, resource, id, exchange }).wait(1);
  }

  #standing(status: SessionStatus, prompts: readonly string[]): { [name: string]: Json } {
    const createdAt = this.#iso();
    const last = this.#statuses.at(-1) as { status: string } | undefined;
    if (last?.status !== status) this.#statuses.push({ status, createdAt });
    for (const notificationType of prompts) this.#prompts.push({ notificationType, createdAt });
    return { status, notificationEvents: [...this.#prompts], statusEvents: [...this.#statuses] };
  }

  #iso(): string {
    return new Date(beginning + this.#now).toISOString();
  }
}

const bodyOf = (json: Json | undefined): Body | null => (json === undefined ? null : { json });
