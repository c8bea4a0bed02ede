import type { Action, Answer, Display, PosSettings } from '../vocabulary.ts';

/** What a till says of itself. */
export interface Hello {
  readonly name: string;
  readonly version: string;
  readonly apiVersion: string;
}

/**
 * The PosDriver port: the one way in which the kit drives a point of sale, whatever it is made of.
 * Adapters implement it and know nothing of each other.
 */
export interface PosDriver {
  /** `observed`: the kit sees the display itself. `told`: the till reports its own. `none`: it has none. */
  readonly display: 'observed' | 'told' | 'none';
  /** The clock on which this till's polling is judged. */
  readonly clock: 'real' | 'account';

  /** Starts or reaches the till. Throws a `Blocked` when it cannot be reached. */
  hello(): Promise<Hello>;
  /** Enters the settings in the till's own way and saves them. */
  configure(settings: PosSettings): Promise<Answer>;
  /** Asks the till for one action and returns when the till has taken it, not when the payment has ended. */
  act(action: Action): Promise<Answer>;
  /** What the till shows now. */
  look(): Promise<Display>;
  /** Calls back for each change of the display, as soon as it is seen. */
  onChange(listener: (display: Display) => void): void;
  /** A picture of the display (PNG), where there is one. */
  screenshot(): Promise<Uint8Array | null>;
  /**
   * Lets the till live until something may have changed, and at the longest `ms` of its own time; returns how
   * long that was. A till in real time goes on by itself; one in account time only moves here.
   */
  live(ms: number): Promise<number>;
  /** Back to an empty basket with no payment open. */
  reset(): Promise<void>;
  close(): Promise<void>;
}
