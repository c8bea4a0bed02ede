import { randomBytes, randomUUID } from 'node:crypto';
import { at, numberAt, textAt } from '../../record/evidence.ts';
import { isFinal } from '../../record/session-status.ts';
import {
  type Action,
  type Answer,
  type Display,
  type Json,
  kitReference,
  type PosSettings,
  type Sale,
  type SaleLine,
} from '../../record/vocabulary.ts';
import type { AccountClock, Hello, PosDriver, ReceivedEvent } from '../driver.ts';
import { Client, type Reply } from './client.ts';
import { EventReceiver } from './receiver.ts';

/** "Once per second" (go-live checklist, polling rate). */
const pollEvery = 1000;

/** A payment or a refund on the card machine, from its start to its end. */
interface Payment {
  readonly intentId: string | null;
  /** The details with which its sessions are created. */
  readonly details: { readonly [name: string]: Json };
  /** Whether its sessions end as Authorized; else they go on from there. */
  readonly manual: boolean;
  sessionId: string | null;
  status: string | null;
  prompt: string | null;
}

/** A refund of a payment intent; `amount` in minor units. */
interface Refund {
  readonly intentId: string;
  readonly amount: number | null;
  readonly key: string;
}

const done: Answer = { answer: 'done' };
const notOffered = (reason: string): Answer => ({ answer: 'notOffered', reason });
const money = (value: number, currencyCode = 'GBP') => ({ value, currencyCode });

/**
 * The kit's own client in the role of the till: this is how the API itself is certified. It protects nobody:
 * what it is asked for is sent, also where it must be refused, and it goes on by what the API answers. What it
 * does not offer is only what has nothing to be sent about. It has no display that would count. It lives in its account's time where the upstream lets it: each poll advances the
 * account's held clock by a second.
 */
export class HeadlessTill implements PosDriver {
  readonly display = 'none';
  readonly clock: 'account' | 'real';
  readonly #clock: AccountClock | null;
  readonly #apiVersion: string;
  readonly #run: string;
  readonly #client: Client;
  #terminalId: string | null = null;
  #terminals: string[] = [];
  #payment: Payment | null = null;
  /** The payment intent that refunds and changes are about. */
  #intentId: string | null = null;
  /** A refund that was sent and not answered. */
  #unanswered: Refund | null = null;
  #notice: string | null = null;
  #nextPollIn = pollEvery;
  #receiver: EventReceiver | null = null;
  #listener: (display: Display) => void = () => {};

  /** `run`: what it makes is named after it. */
  constructor(clock: AccountClock | null, { apiVersion, run }: { apiVersion: string; run: string }) {
    this.#clock = clock;
    this.#apiVersion = apiVersion;
    this.#run = run;
    this.#client = new Client(apiVersion);
    this.clock = clock ? 'account' : 'real';
  }

  async hello(): Promise<Hello> {
    return { name: 'Headless till', version: '0.1.0', apiVersion: this.#apiVersion };
  }

  async configure(settings: PosSettings): Promise<Answer> {
    this.#client.use(settings);
    this.#notice = null;
    return this.#listTerminals();
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

  async reset(): Promise<Answer> {
    this.#payment = null;
    this.#unanswered = null;
    this.#notice = null;
    this.#changed();
    return done;
  }

  async restart(): Promise<Answer> {
    return notOffered('it keeps nothing that it could go on from');
  }

  async events(ms: number): Promise<readonly ReceivedEvent[]> {
    return this.#receiver ? this.#receiver.received(ms) : [];
  }

  async close(): Promise<void> {
    await this.#receiver?.close();
    await this.#client.close();
  }

  #take(action: Action): Promise<Answer> | Answer {
    switch (action.name) {
      case 'listTerminals':
        return this.#listTerminals();
      case 'chooseTerminal':
        this.#terminalId = action.terminalId;
        return done;
      case 'sale':
        return this.#sell(action.sale);
      case 'retry':
        return this.#unanswered
          ? this.#refund(this.#unanswered)
          : this.#payment
            ? this.#startSession()
            : notOffered('there is nothing to try again');
      case 'cancel':
        return this.#onSession('cancel');
      case 'signature':
        return this.#onSession('signature', { accepted: action.accepted });
      case 'recordManually':
        return this.#payment?.status === 'Expired' ? done : notOffered('the result is known');
      case 'capture':
        return this.#onIntent((id) => this.#capture(id, action.amount));
      case 'changeAmount':
        return this.#onIntent((id) => this.#changeAmount(id, action.amount), action.paymentIntentId);
      case 'cancelIntent':
        return this.#onIntent((id) => this.#cancelIntent(id));
      case 'listIntents':
        return this.#listIntents();
      case 'refundIntent':
        return this.#onIntent((id) => this.#refundIntent(id, action.amount));
      case 'matchedRefund':
        return this.#onIntent((paymentIntentId) =>
          this.#refundOnMachine(paymentIntentId, {
            sessionType: 'MatchedRefund',
            matchedRefund: {
              paymentIntentId,
              ...(action.amount === undefined ? {} : { amount: money(action.amount) }),
            },
          }),
        );
      case 'unlinkedRefund':
        return this.#refundOnMachine(null, {
          sessionType: 'UnlinkedRefund',
          unlinkedRefund: { amount: money(action.amount, action.currency) },
        });
      case 'subscribeWebhooks':
        return this.#subscribe();
      default:
        return notOffered(`it knows no action called ${action.name}`);
    }
  }

  async #listTerminals(): Promise<Answer> {
    const { status, json } = await this.#client.send('GET', '/terminals');
    this.#terminals = Array.isArray(json) ? json.map((one) => textAt(one, 'properties', 'tid') ?? '') : [];
    if (status === 401) this.#notice = 'API key is incorrect.';
    return done;
  }

  // ---- sales

  async #sell(sale: Sale): Promise<Answer> {
    this.#notice = null;
    this.#payment = null;
    const reply = await this.#client.send('POST', '/payment-intents', {
      captureMode: sale.manualCapture ? 'Manual' : 'Auto',
      // A manual capture wants to be told when it gives up.
      ...(sale.manualCapture ? { autoExpireIn: '1.00:00:00', autoExpireAction: 'Release' } : {}),
      ...(sale.cardHolderNotPresent ? { cardHolderNotPresent: true } : {}),
      amount: money(sale.amount, sale.currency),
      ...(sale.tip === undefined ? {} : { tipsAmount: money(sale.tip, sale.currency) }),
      ...(sale.cashback === undefined ? {} : { cashbackAmount: money(sale.cashback, sale.currency) }),
      reference: kitReference(this.#run, randomBytes(8).toString('hex')),
      itemLines: itemLines(sale),
    });
    const intentId = textAt(reply.json, 'id');
    if (!intentId) return this.#told(reply);
    this.#intentId = intentId;
    this.#payment = open(
      intentId,
      { sessionType: 'Sale', sale: { paymentIntentId: intentId } },
      sale.manualCapture,
    );
    return this.#startSession();
  }

  async #startSession(): Promise<Answer> {
    const payment = this.#payment!;
    payment.sessionId = null;
    payment.status = null;
    payment.prompt = null;
    this.#nextPollIn = pollEvery;
    const reply = await this.#client.send('POST', '/terminal-sessions', {
      terminalId: this.#terminalId,
      details: payment.details,
    });
    payment.sessionId = textAt(reply.json, 'id');
    if (payment.sessionId) this.#follow(payment, reply.json);
    return this.#told(reply);
  }

  async #poll(): Promise<void> {
    const payment = this.#payment;
    if (!payment?.sessionId || isOver(payment)) return;
    const { status, json } = await this.#client.send('GET', `/terminal-sessions/${payment.sessionId}`);
    if (status !== 200) return;
    this.#follow(payment, json);
    if (isOver(payment) && payment.intentId) await this.#readIntent(payment.intentId);
  }

  #follow(payment: Payment, session: Json): void {
    payment.status = textAt(session, 'status') ?? payment.status;
    const events = at(session, 'notificationEvents');
    payment.prompt = Array.isArray(events) ? textAt(events.at(-1), 'notificationType') : null;
  }

  /** Also when it is too late for it: the API is to refuse that, and its session goes on as it says. */
  async #onSession(path: 'cancel' | 'signature', body?: Json): Promise<Answer> {
    const sessionId = this.#payment?.sessionId;
    if (!sessionId) return notOffered('there is no terminal session');
    return this.#told(await this.#client.send('PUT', `/terminal-sessions/${sessionId}/${path}`, body));
  }

  // ---- what is done with a payment intent

  #onIntent(use: (id: string) => Promise<Answer>, id = this.#intentId): Promise<Answer> | Answer {
    return id ? use(id) : notOffered('there is no payment intent');
  }

  #readIntent(id: string): Promise<Reply> {
    return this.#client.send('GET', `/payment-intents/${id}`);
  }

  /** All of what is authorized, unless an amount is given. */
  async #capture(id: string, amount?: number): Promise<Answer> {
    const { json } = await this.#readIntent(id);
    const all = numberAt(json, 'totalAmount', 'value');
    return this.#told(
      await this.#client.send('POST', `/payment-intents/${id}/captures`, {
        amount: amount ?? all,
      }),
    );
  }

  async #changeAmount(id: string, amount: number): Promise<Answer> {
    return this.#told(
      await this.#client.send('POST', `/payment-intents/${id}/amount`, { amount: money(amount) }),
    );
  }

  async #cancelIntent(id: string): Promise<Answer> {
    return this.#told(await this.#client.send('DELETE', `/payment-intents/${id}`));
  }

  async #listIntents(): Promise<Answer> {
    let after: string | null = null;
    do {
      const { json } = await this.#client.send(
        'POST',
        '/payment-intents/search',
        after ? { cursor: { after } } : {},
      );
      const data = at(json, 'data');
      after = Array.isArray(data) && data.length ? textAt(json, 'after') : null;
    } while (after);
    return done;
  }

  async #refundIntent(id: string, amount?: number): Promise<Answer> {
    const { json } = await this.#readIntent(id);
    return this.#refund({
      intentId: id,
      amount: amount ?? numberAt(json, 'totalAmount', 'value'),
      key: randomUUID(),
    });
  }

  /** Also once more, with the same key, when it was not answered: the API is to make it once all the same. */
  async #refund(refund: Refund): Promise<Answer> {
    const { intentId, amount, key } = refund;
    let reply: Reply;
    try {
      reply = await this.#client.send(
        'POST',
        `/payment-intents/${intentId}/refunds`,
        { amount, refundReason: 'Returned goods' },
        { idempotencyKey: key },
      );
    } catch {
      // The gateway has recorded what became of it.
      this.#unanswered = refund;
      return done;
    }
    this.#unanswered = null;
    if (reply.status === 200) await this.#readIntent(intentId);
    return this.#told(reply);
  }

  #refundOnMachine(intentId: string | null, details: { [name: string]: Json }): Promise<Answer> {
    this.#payment = open(intentId, details);
    return this.#startSession();
  }

  // ---- events

  async #subscribe(): Promise<Answer> {
    this.#receiver ??= await EventReceiver.open();
    const reply = await this.#client.send('POST', '/webhooks', {
      events: ['payment_intent.status_updated'],
      url: this.#receiver.url,
    });
    const id = textAt(reply.json, 'id');
    if (!id) return this.#told(reply);
    const secrets = await this.#client.send('GET', `/webhooks/${id}/secrets`);
    const list = at(secrets.json, 'secrets');
    this.#receiver.secret = Array.isArray(list) ? textAt(list[0], 'value') : null;
    return this.#told(reply);
  }

  /** What a person would be told of a refusal, in either casing that the API uses. */
  #told({ status, json }: Reply): Answer {
    this.#notice =
      status >= 400 ? (textAt(json, 'detail') ?? textAt(json, 'Detail') ?? `answered ${status}`) : null;
    return done;
  }

  #look(): Display {
    const status = this.#payment?.status ?? null;
    const outcome = status && isFinal(status) ? status : null;
    const prompt = this.#payment?.prompt ?? null;
    return {
      text: [outcome, prompt, this.#notice].filter(Boolean).join('\n'),
      outcome,
      prompt,
      notice: this.#notice,
      dialogues: [],
      ledger: [],
      cardMachines: this.#terminals,
    };
  }

  #changed(): void {
    this.#listener(this.#look());
  }
}

/** A sale that is to be captured at once may be Authorized before its signature is checked. */
const isOver = ({ status, manual }: Payment): boolean =>
  isFinal(status ?? '') && (status !== 'Authorized' || manual);

const open = (intentId: string | null, details: { [name: string]: Json }, manual = false): Payment => ({
  intentId,
  details,
  manual,
  sessionId: null,
  status: null,
  prompt: null,
});

/** The basket as item lines; a sale without one is a single item. */
function itemLines({ amount, currency, lines }: Sale): Json[] {
  const basket: readonly SaleLine[] = lines ?? [
    { name: 'Item', quantity: 1, amountTotal: amount, modifiers: [] },
  ];
  return basket.map(({ name, quantity, amountTotal, modifiers }, index) => ({
    id: `line-${index + 1}`,
    name,
    quantity,
    amountTotal: money(amountTotal, currency),
    ...(modifiers.length
      ? {
          modifiers: modifiers.map((modifier, place) => ({
            id: `line-${index + 1}-${place + 1}`,
            name: modifier.name,
            quantity: modifier.quantity,
            amountPerModifier: money(modifier.amountPerModifier, currency),
          })),
        }
      : {}),
  }));
}
