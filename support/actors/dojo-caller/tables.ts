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

/** Dojo's part at a table, where the kit plays it: what was registered with it, and what guests pay. */
export interface Tables {
  registered(): Promise<Registrations>;
  /** A guest pays; the id of the payment intent, which is captured. */
  pay(payment: GuestPayment): Promise<string>;
  /** The guest is given the money back, as it becomes of a payment that the EPOS refuses to record. */
  reverse(paymentIntentId: string): Promise<void>;
}
