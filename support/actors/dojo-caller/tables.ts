import type { Json } from '../../record/vocabulary.ts';

/** What an EPOS has registered over REST, with the password that no answer of the API gives away. */
export interface RestRegistration {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly capabilities: readonly { readonly name: string; readonly version: string }[];
}

/** What an EPOS has registered, by adapter; `null` where it has not. */
export interface Registrations {
  readonly rest: RestRegistration | null;
  readonly socket: Pick<RestRegistration, 'capabilities'> | null;
}

/** What a guest pays of an order, in minor units; the tip comes besides the amount. */
export interface GuestPayment {
  readonly orderId: string;
  readonly amount: number;
  readonly tips?: number;
  readonly currency?: string;
  readonly waiterId?: string;
}

/** A call over the WebSocket that the EPOS holds open. */
export interface SocketCall {
  readonly id: string;
  readonly method: string;
  readonly params: { readonly [name: string]: Json };
  /** How long the answer may take, in ms. */
  readonly within: number;
  /** The connection is reset just as the answer comes. */
  readonly loseAnswer?: boolean;
}

/** What becomes of a WebSocket at Dojo's end. */
export type SocketDeed = 'ping' | 'close' | 'reset' | 'fall silent';

/** Dojo's part at a table, where the kit plays it: what was registered with it, and what guests pay. */
export interface Tables {
  registered(): Promise<Registrations>;
  /** How many WebSockets the EPOS holds open. */
  connections(): Promise<number>;
  /** Calls the EPOS over its WebSocket; `answer` is the message that came. */
  call(call: SocketCall): Promise<{
    readonly came: 'answered' | 'unanswered' | 'lost' | 'not connected';
    readonly answer?: string;
  }>;
  /** Does something to the WebSocket that is called. */
  disturb(deed: SocketDeed): Promise<void>;
  /** A guest pays; the id of the payment intent, which is captured. */
  pay(payment: GuestPayment): Promise<string>;
  /** The guest is given the money back, as it becomes of a payment that the EPOS refuses to record. */
  reverse(paymentIntentId: string): Promise<void>;
}
