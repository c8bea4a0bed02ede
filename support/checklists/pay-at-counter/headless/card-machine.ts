import type { Client, Reply } from '../../../drivers/headless/client.ts';
import { at, textAt } from '../../../record/evidence.ts';
import type { Json } from '../../../record/vocabulary.ts';
import { isFinal } from '../../payments/statuses.ts';

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

/** What the headless till does at its card machine: one payment or refund at a time, polled once a second to its end. */
export class AtCardMachine {
  readonly #client: Client;
  #payment: Payment | null = null;
  #nextPollIn = pollEvery;
  /** The card machine that was chosen. */
  terminalId: string | null = null;

  constructor(client: Client) {
    this.#client = client;
  }

  get inHand(): boolean {
    return this.#payment !== null;
  }

  get status(): string | null {
    return this.#payment?.status ?? null;
  }

  get prompt(): string | null {
    return this.#payment?.prompt ?? null;
  }

  /** Starts a payment or a refund, which takes the place of what was in hand. */
  begin(intentId: string | null, details: Payment['details'], manual = false): Promise<Reply> {
    this.#payment = { intentId, details, manual, sessionId: null, status: null, prompt: null };
    return this.startSession();
  }

  /** Creates a terminal session for what is in hand: its first, or one more. */
  async startSession(): Promise<Reply> {
    const payment = this.#payment!;
    payment.sessionId = null;
    payment.status = null;
    payment.prompt = null;
    this.#nextPollIn = pollEvery;
    const reply = await this.#client.send('POST', '/terminal-sessions', {
      terminalId: this.terminalId,
      details: payment.details,
    });
    payment.sessionId = textAt(reply.json, 'id');
    if (payment.sessionId) follow(payment, reply.json);
    return reply;
  }

  /**
   * Asks something of the terminal session, also when it is too late for it: the API is to refuse that, and its
   * session goes on as it says. `null` where there is no session.
   */
  async onSession(path: 'cancel' | 'signature', body?: Json): Promise<Reply | null> {
    const sessionId = this.#payment?.sessionId;
    return sessionId ? this.#client.send('PUT', `/terminal-sessions/${sessionId}/${path}`, body) : null;
  }

  /** Gives up what is in hand. */
  leave(): void {
    this.#payment = null;
  }

  /** How long it is until the next poll, and at the longest `ms`. */
  next(ms: number): number {
    return Math.min(ms, this.#nextPollIn);
  }

  /** So much time has passed: polls when it is time for that, and returns whether it was. */
  async passed(ms: number): Promise<boolean> {
    this.#nextPollIn -= ms;
    if (this.#nextPollIn > 0) return false;
    this.#nextPollIn = pollEvery;
    await this.#poll();
    return true;
  }

  async #poll(): Promise<void> {
    const payment = this.#payment;
    if (!payment?.sessionId || isOver(payment)) return;
    const { status, json } = await this.#client.send('GET', `/terminal-sessions/${payment.sessionId}`);
    if (status !== 200) return;
    follow(payment, json);
    if (isOver(payment) && payment.intentId)
      await this.#client.send('GET', `/payment-intents/${payment.intentId}`);
  }
}

function follow(payment: Payment, session: Json): void {
  payment.status = textAt(session, 'status') ?? payment.status;
  const events = at(session, 'notificationEvents');
  payment.prompt = Array.isArray(events) ? textAt(events.at(-1), 'notificationType') : null;
}

/** A sale that is to be captured at once may be Authorized before its signature is checked. */
const isOver = ({ status, manual }: Payment): boolean =>
  isFinal(status ?? '') && (status !== 'Authorized' || manual);
