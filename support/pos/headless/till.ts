import { randomUUID } from 'node:crypto';
import { Agent, request } from 'undici';
import type { AccountClock } from '../../card-machine/index.ts';
import { at, isFinal, numberAt, textAt } from '../../verdict/index.ts';
import type { Action, Answer, Display, Json, LedgerEntry, PosSettings, Sale } from '../../vocabulary.ts';
import type { Hello, PosDriver } from '../driver.ts';

/** The version that the kit's own client sends. */
const apiVersion = '2026-02-27';
/** "Once per second" (go-live checklist, polling rate). */
const pollEvery = 1000;

interface Payment {
  readonly sale: Sale;
  readonly reference: string;
  intentId: string | null;
  sessionId: string | null;
  status: string | null;
  prompt: string | null;
}

interface Reply {
  status: number;
  json: Json;
}

const done: Answer = { answer: 'done' };
const words: Record<string, string> = {
  Expired: 'Result not confirmed',
  SignatureVerificationRejected: 'Declined',
};

/**
 * The kit's own client in the role of the till: this is how the API itself is certified. It lives in its
 * account's time where the upstream lets it: each poll advances the account's held clock by a second.
 */
export class HeadlessTill implements PosDriver {
  readonly display = 'none';
  readonly clock: 'account' | 'real';
  readonly #clock: AccountClock | null;
  readonly #agent = new Agent({ connections: 1, pipelining: 1 });
  readonly #ledger: LedgerEntry[] = [];
  #settings: PosSettings | null = null;
  #terminalId: string | null = null;
  #terminals: string[] = [];
  #payment: Payment | null = null;
  #notice: string | null = null;
  #nextPollIn = pollEvery;
  #listener: (display: Display) => void = () => {};

  constructor(clock: AccountClock | null) {
    this.#clock = clock;
    this.clock = clock ? 'account' : 'real';
  }

  async hello(): Promise<Hello> {
    return { name: 'Headless till', version: '0.1.0', apiVersion };
  }

  async configure(settings: PosSettings): Promise<Answer> {
    this.#settings = settings;
    this.#notice = null;
    await this.#listTerminals();
    return done;
  }

  async act(action: Action): Promise<Answer> {
    const answer = await this.#take(action);
    this.#changed();
    return answer;
  }

  async look(): Promise<Display> {
    return this.#look();
  }

  onChange(listener: (display: Display) => void): void {
    this.#listener = listener;
  }

  async screenshot(): Promise<null> {
    return null;
  }

  async live(ms: number): Promise<number> {
    const step = Math.min(ms, this.#nextPollIn);
    if (this.#clock) await this.#clock.advance(step);
    else await new Promise((resolve) => setTimeout(resolve, step));
    this.#nextPollIn -= step;
    if (this.#nextPollIn > 0) return step;
    this.#nextPollIn = pollEvery;
    await this.#poll();
    this.#changed();
    return step;
  }

  async reset(): Promise<void> {
    this.#payment = null;
    this.#notice = null;
    this.#changed();
  }

  async close(): Promise<void> {
    await this.#agent.close();
  }

  async #take(action: Action): Promise<Answer> {
    switch (action.name) {
      case 'listTerminals':
        await this.#listTerminals();
        return done;
      case 'chooseTerminal':
        this.#terminalId = action.terminalId;
        return done;
      case 'sale':
        return this.#sell(action.sale);
      case 'retry':
        if (!this.#payment?.intentId || !isFinal(this.#payment.status ?? ''))
          return notOffered('there is nothing to try again');
        return this.#startSession();
      case 'cancel':
        return this.#put('cancel');
      case 'signature':
        if (this.#payment?.status !== 'SignatureVerificationRequired')
          return notOffered('no signature is asked for');
        return this.#put('signature', { accepted: action.accepted });
      case 'recordManually':
        return this.#recordManually();
      default:
        return notOffered(`this till does not know "${action.name}"`);
    }
  }

  async #listTerminals(): Promise<void> {
    const { status, json } = await this.#send('GET', '/terminals');
    this.#terminals = Array.isArray(json) ? json.map((one) => textAt(one, 'properties', 'tid') ?? '') : [];
    if (status === 401) this.#notice = 'API key is incorrect. Check the API key.';
  }

  async #sell(sale: Sale): Promise<Answer> {
    this.#payment = {
      sale,
      reference: `kit-${randomUUID()}`,
      intentId: null,
      sessionId: null,
      status: null,
      prompt: null,
    };
    this.#notice = null;
    const money = (value: number) => ({ value, currencyCode: sale.currency });
    const { json } = await this.#send('POST', '/payment-intents', {
      captureMode: 'Auto',
      amount: money(sale.amount),
      ...(sale.tip === undefined ? {} : { tipsAmount: money(sale.tip) }),
      ...(sale.cashback === undefined ? {} : { cashbackAmount: money(sale.cashback) }),
      reference: this.#payment.reference,
      itemLines: [{ id: 'item-1', name: 'Item', quantity: 1, amountTotal: money(sale.amount) }],
    });
    this.#payment.intentId = textAt(json, 'id');
    return this.#payment.intentId ? this.#startSession() : this.#refused(json);
  }

  async #startSession(): Promise<Answer> {
    const payment = this.#payment!;
    payment.sessionId = null;
    payment.status = null;
    payment.prompt = null;
    this.#nextPollIn = pollEvery;
    const { json } = await this.#send('POST', '/terminal-sessions', {
      terminalId: this.#terminalId,
      details: { sessionType: 'Sale', sale: { paymentIntentId: payment.intentId } },
    });
    payment.sessionId = textAt(json, 'id');
    if (!payment.sessionId) return this.#refused(json);
    this.#follow(json);
    return done;
  }

  async #poll(): Promise<void> {
    const payment = this.#payment;
    if (!payment?.sessionId || isFinal(payment.status ?? '')) return;
    const { status, json } = await this.#send('GET', `/terminal-sessions/${payment.sessionId}`);
    if (status !== 200) return;
    this.#follow(json);
    if (isFinal(payment.status ?? '')) await this.#conclude(payment);
  }

  #follow(session: Json): void {
    const payment = this.#payment!;
    payment.status = textAt(session, 'status') ?? payment.status;
    const events = at(session, 'notificationEvents');
    payment.prompt = Array.isArray(events) ? textAt(events.at(-1), 'notificationType') : null;
  }

  /** The ledger is written from the payment intent, read after the session has ended. */
  async #conclude(payment: Payment): Promise<void> {
    const { json } = await this.#send('GET', `/payment-intents/${payment.intentId}`);
    this.#write(payment, payment.status ?? '', json, false);
  }

  async #put(path: 'cancel' | 'signature', body?: Json): Promise<Answer> {
    const payment = this.#payment;
    if (!payment?.sessionId || isFinal(payment.status ?? '')) return notOffered('no payment is in hand');
    const { status, json } = await this.#send('PUT', `/terminal-sessions/${payment.sessionId}/${path}`, body);
    if (status >= 400) this.#notice = textAt(json, 'detail') ?? `answered ${status}`;
    return done;
  }

  #recordManually(): Answer {
    if (this.#payment?.status !== 'Expired') return notOffered('the result is known');
    this.#write(this.#payment, 'Recorded by hand', null, true);
    this.#payment = null;
    return done;
  }

  #refused(json: Json): Answer {
    this.#notice = `The card machine is not available. ${textAt(json, 'detail') ?? ''}`.trim();
    return done;
  }

  #write(payment: Payment, status: string, intent: Json, manual: boolean): void {
    const { amount, tip = 0, cashback = 0, currency } = payment.sale;
    this.#ledger.push({
      kind: 'sale',
      reference: payment.reference,
      paymentIntentId: payment.intentId,
      words: words[status] ?? status,
      amount,
      tip: numberAt(intent, 'tipsAmount', 'value') ?? tip,
      cashback: numberAt(intent, 'cashbackAmount', 'value') ?? cashback,
      total: numberAt(intent, 'totalAmount', 'value') ?? amount + tip + cashback,
      currency,
      manual,
    });
  }

  #look(): Display {
    const status = this.#payment?.status ?? null;
    const outcome = status && isFinal(status) ? (words[status] ?? status) : null;
    const dialogues =
      status === 'SignatureVerificationRequired'
        ? [{ text: 'Signature verification required', options: ['Accept', 'Reject'] }]
        : status === 'Expired'
          ? [{ text: 'The result cannot be confirmed', options: ['Record by hand', 'Try again'] }]
          : [];
    const prompt = this.#payment?.prompt ?? null;
    return {
      text: [outcome, prompt, this.#notice].filter(Boolean).join('\n'),
      outcome,
      prompt,
      notice: this.#notice,
      dialogues,
      ledger: [...this.#ledger],
      cardMachines: this.#terminals,
    };
  }

  #changed(): void {
    this.#listener(this.#look());
  }

  async #send(method: 'GET' | 'POST' | 'PUT', path: string, body?: Json): Promise<Reply> {
    const settings = this.#settings!;
    const terminal = path.startsWith('/terminal');
    const { statusCode, body: answer } = await request(settings.baseUrl + path, {
      method,
      dispatcher: this.#agent,
      headers: {
        authorization: `Basic ${settings.apiKey}`,
        version: apiVersion,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(terminal
          ? { 'software-house-id': settings.softwareHouseId, 'reseller-id': settings.resellerId }
          : {}),
      },
      ...(body === undefined ? (method === 'PUT' ? { body: '' } : {}) : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: statusCode, json: parsed(text) };
  }
}

const notOffered = (reason: string): Answer => ({ answer: 'notOffered', reason });

function parsed(text: string): Json {
  try {
    return text ? (JSON.parse(text) as Json) : null;
  } catch {
    return null;
  }
}
