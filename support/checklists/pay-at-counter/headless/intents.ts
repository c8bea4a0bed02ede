import { randomBytes, randomUUID } from 'node:crypto';
import type { Client, Reply } from '../../../drivers/headless/client.ts';
import { at, numberAt, textAt } from '../../../record/evidence.ts';
import { type Json, kitReference } from '../../../record/vocabulary.ts';
import type { Sale, SaleLine } from '../../payments/actions.ts';

/** A refund of a payment intent; `amount` in minor units. */
interface Refund {
  readonly intentId: string;
  readonly amount: number | null;
  readonly key: string;
}

/** Minor units as the API writes them. */
export const money = (value: number, currencyCode = 'GBP') => ({ value, currencyCode });

/** The payment intents of the headless till: it makes one for each sale, and captures, changes and refunds the last. */
export class Intents {
  readonly #client: Client;
  readonly #run: string;
  /** A refund that was sent and not answered. */
  #unanswered: Refund | null = null;
  /** The payment intent that refunds and changes are about. */
  current: string | null = null;

  /** `run`: what it makes is named after it. */
  constructor(client: Client, run: string) {
    this.#client = client;
    this.#run = run;
  }

  async create(sale: Sale): Promise<Reply> {
    const reply = await this.#client.send('POST', '/payment-intents', {
      captureMode: sale.manualCapture ? 'Manual' : 'Auto',
      // A manual capture wants to learn when it gives up.
      ...(sale.manualCapture ? { autoExpireIn: '1.00:00:00', autoExpireAction: 'Release' } : {}),
      ...(sale.cardHolderNotPresent ? { cardHolderNotPresent: true } : {}),
      amount: money(sale.amount, sale.currency),
      ...(sale.tip === undefined ? {} : { tipsAmount: money(sale.tip, sale.currency) }),
      ...(sale.cashback === undefined ? {} : { cashbackAmount: money(sale.cashback, sale.currency) }),
      reference: kitReference(this.#run, randomBytes(8).toString('hex')),
      itemLines: itemLines(sale),
    });
    this.current = textAt(reply.json, 'id') ?? this.current;
    return reply;
  }

  /** All of what is authorized, unless an amount is given. */
  async capture(id: string, amount?: number): Promise<Reply> {
    const { json } = await this.read(id);
    const all = numberAt(json, 'totalAmount', 'value');
    return this.#client.send('POST', `/payment-intents/${id}/captures`, { amount: amount ?? all });
  }

  changeAmount(id: string, amount: number): Promise<Reply> {
    return this.#client.send('POST', `/payment-intents/${id}/amount`, { amount: money(amount) });
  }

  cancel(id: string): Promise<Reply> {
    return this.#client.send('DELETE', `/payment-intents/${id}`);
  }

  read(id: string): Promise<Reply> {
    return this.#client.send('GET', `/payment-intents/${id}`);
  }

  /** Asks for all of them, page by page. */
  async list(): Promise<void> {
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
  }

  /** In full, or in part; `null` when it was not answered. */
  async refund(id: string, amount?: number): Promise<Reply | null> {
    const { json } = await this.read(id);
    return this.#refund({
      intentId: id,
      amount: amount ?? numberAt(json, 'totalAmount', 'value'),
      key: randomUUID(),
    });
  }

  /** Sends the refund once more that was not answered; left out where there is none. */
  get refundAgain(): (() => Promise<Reply | null>) | null {
    const refund = this.#unanswered;
    return refund && (() => this.#refund(refund));
  }

  /** Forgets the refund that was not answered. */
  reset(): void {
    this.#unanswered = null;
  }

  /** Also once more, with the same key, when it was not answered: the API is to make it once all the same. */
  async #refund(refund: Refund): Promise<Reply | null> {
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
      return null;
    }
    this.#unanswered = null;
    if (reply.status === 200) await this.read(intentId);
    return reply;
  }
}

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
