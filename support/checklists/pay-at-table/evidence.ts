import { headersOf, textAt } from '../../record/evidence.ts';
import type { Exchange, Fact } from '../../record/vocabulary.ts';
import { PaymentEvidence } from '../payments/evidence.ts';
import type { Opened } from './actions.ts';
import {
  type Call,
  type CapabilityName,
  callOf,
  isDone,
  ordersIn,
  type Stated,
  toldBy,
} from './epos-data.ts';

/** A payment of a guest, and what came of recording it. */
export interface TablePayment {
  readonly orderId: string;
  readonly paymentIntentId: string;
  readonly amount: number;
  readonly tips: number;
  readonly currency: string;
  /** The calls by which the POS was asked to record it. */
  readonly calls: readonly Call[];
  /** `lost`: no answer came, so that nobody can know. */
  readonly came: 'recorded' | 'refused' | 'lost' | 'not asked';
  /** The guest got the money back. */
  readonly repaid: boolean;
}

/** An order as one answer stated it. */
export interface Reading extends Stated {
  readonly call: Call;
}

/** A lock that the POS gave a card machine, by times of the kit's own clock. */
export interface Lock {
  readonly lockId: string;
  readonly call: Call;
  readonly from: number;
  /** When it runs out, as it was asked for last. */
  readonly expires: number;
  /** When its release was asked for; `null` where that never was. */
  readonly released: number | null;
}

/** Whether the lock may stand at that time. */
export const standsAt = ({ from, expires, released }: Lock, time: number): boolean =>
  time >= from && time < Math.min(expires, released ?? expires);

type Found = Extract<Fact, { name: 'order-found' }>['detail'];

/** The evidence of a row as Dojo at a table sees it: its calls of the POS, orders, and what guests paid. */
export class TableEvidence extends PaymentEvidence {
  /** What Dojo asked of the POS, by the time of its start. */
  readonly calls: readonly Call[];

  constructor(observations: PaymentEvidence['observations']) {
    super(observations);
    this.calls = this.between('dojo', 'subject').flatMap((exchange) => callOf(exchange) ?? []);
  }

  override upTo(time: number): TableEvidence {
    return new TableEvidence(super.upTo(time).observations);
  }

  /** The attempts of the POS to open a WebSocket, in turn. */
  get handshakes(): Exchange[] {
    return this.exchanges.filter(
      (exchange) =>
        exchange.request.method === 'GET' &&
        headersOf(exchange, 'upgrade').some((one) => /^websocket$/i.test(one)),
    );
  }

  /** What either side said over a WebSocket, by the time of its start. */
  get spoken(): Exchange[] {
    return this.all('exchange')
      .flatMap(({ exchange }) => (exchange.channel === 'socket' ? exchange : []))
      .sort((one, other) => one.at - other.at);
  }

  callsOf(name: CapabilityName): Call[] {
    return this.calls.filter((call) => call.name === name);
  }

  /** The orders that were opened in the row, in turn. */
  get opened(): Found[] {
    return this.facts('order-found').map(({ detail }) => detail);
  }

  /** What was entered of an order when it was opened; `null` where nobody knows. */
  orderedIn(orderId: string): Opened | null {
    const found = this.facts('order-found').find(({ detail }) => detail.orderId === orderId);
    const opened = this.all('action').findLast(
      ({ action, at }) => action.name === 'openOrder' && at <= (found?.at ?? 0),
    )?.action;
    return opened?.name === 'openOrder' ? opened : null;
  }

  /** What guests paid, in turn; of one order, where it is named. */
  payments(orderId?: string): TablePayment[] {
    return this.facts('guest-paid')
      .filter(({ detail }) => orderId === undefined || detail.orderId === orderId)
      .map(({ detail }) => {
        const calls = this.callsOf('RecordOrderPaymentById').filter(
          ({ asked }) => textAt(asked, 'paymentIntentId') === detail.paymentIntentId,
        );
        const repaid = this.facts('guest-repaid').some(
          (one) => one.detail.paymentIntentId === detail.paymentIntentId,
        );
        return { ...detail, calls, came: cameOf(calls), repaid };
      });
  }

  /** Whose order it is, as the POS says in any answer; `null` where it does not say it. */
  waiterOf(orderId: string): string | null {
    const said = this.calls
      .flatMap(ordersIn)
      .filter((order) => textAt(order, 'id') === orderId)
      .flatMap((order) => textAt(order, 'details', 'dineIn', 'waiterId') ?? []);
    return said[0] ?? null;
  }

  /** The locks that the POS has given of that order, in turn. */
  locks(orderId: string): Lock[] {
    const of = (name: CapabilityName, lockId: string) =>
      this.callsOf(name).filter((call) => call.orderId === orderId && call.lockId === lockId);
    return this.callsOf('CreateOrderLock')
      .filter((call) => call.orderId === orderId && isDone(call))
      .map((call) => {
        const last = of('ExtendOrderLock', call.lockId).filter(isDone).at(-1) ?? call;
        const released = of('DeleteOrderLock', call.lockId)[0]?.exchange.at ?? null;
        const from = call.exchange.until;
        return { lockId: call.lockId, call, from, expires: expiryOf(last), released };
      });
  }

  /** Each answer that tells the order, in turn. */
  readings(orderId: string): Reading[] {
    return this.calls.flatMap((call) =>
      ordersIn(call)
        .map((order) => ({ ...toldBy(order), call }))
        .filter(({ id }) => id === orderId),
    );
  }
}

/** Whether an attempt to open a WebSocket succeeded. */
export const isUp = ({ response }: Exchange): boolean => response?.status === 101;

/** When a lock runs out that is asked for so, by the kit's own clock. */
export const expiryOf = ({ asked, exchange }: Call): number =>
  exchange.at + Date.parse(textAt(asked, 'expiry') ?? '') - Date.parse(exchange.startedAt);

function cameOf(calls: readonly Call[]): TablePayment['came'] {
  if (calls.some(isDone)) return 'recorded';
  const last = calls.at(-1);
  if (!last) return 'not asked';
  return last.status === null ? 'lost' : 'refused';
}
