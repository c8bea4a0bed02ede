import type { Fact } from '../../record/vocabulary.ts';
import { PaymentEvidence } from '../pay-at-counter/evidence.ts';
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
}

/** An order as one answer stated it. */
export interface Reading extends Stated {
  readonly call: Call;
}

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

  callsOf(name: CapabilityName): Call[] {
    return this.calls.filter((call) => call.name === name);
  }

  /** The orders that were opened in the row, in turn. */
  get opened(): Found[] {
    return this.facts('order-found').map(({ detail }) => detail);
  }

  /** What guests paid, in turn; of one order, where it is named. */
  payments(orderId?: string): TablePayment[] {
    return this.facts('guest-paid')
      .filter(({ detail }) => orderId === undefined || detail.orderId === orderId)
      .map(({ detail }) => {
        const calls = this.callsOf('RecordOrderPaymentById').filter(
          ({ exchange }) => idIn(exchange.request.body) === detail.paymentIntentId,
        );
        return { ...detail, calls, came: cameOf(calls) };
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

const idIn = (body: Call['exchange']['request']['body']): string | null => {
  const json = body && 'json' in body ? body.json : null;
  const id = json && typeof json === 'object' && !Array.isArray(json) ? json.paymentIntentId : null;
  return typeof id === 'string' ? id : null;
};

function cameOf(calls: readonly Call[]): TablePayment['came'] {
  if (calls.some(isDone)) return 'recorded';
  const last = calls.at(-1);
  if (!last) return 'not asked';
  return last.status === null ? 'lost' : 'refused';
}
