import type { Exchange, Json } from '../record/vocabulary.ts';

/** What of an exchange tells what it has made. */
export type Deed = Pick<Exchange, 'id' | 'request' | 'response' | 'trouble' | 'startedAt'>;

/** Something that a run made on an account that it does not own, and that is not over as far as it knows. */
export interface Leftover {
  /** What it is, in words for people: `payment intent`. */
  readonly kind: string;
  /** Its id; `null` when the answer that would have named it was lost. */
  readonly id: string | null;
  /** How it was last seen to stand; '' where nothing was reported. */
  readonly status: string;
  /** Of a thing whose id was not reported: what it is found by. */
  readonly reference?: string | null;
  /** When it was asked for, ISO 8601. */
  readonly since: string;
  /** Why it could not be brought to an end; '' as long as nobody has tried. */
  readonly why: string;
}

/** What a run has made on an account and not brought to its end yet. */
export interface Ledger {
  readonly open: Leftover[];
  /** Takes notice of an exchange of the subject's or of the kit's own. */
  note(exchange: Deed): void;
  /** In place of what was open: what is still open now that somebody has tried to end it. */
  replace(open: readonly Leftover[]): void;
}

/** A request to the account that the things were made on. */
export type AskAccount = (
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: Json,
) => Promise<{ readonly status: number; readonly text: string }>;

/** How a checklist leaves an account that outlives its runs as it was found. */
export interface Leftovers {
  ledger(): Ledger;
  /** Brings to an end what is open. Returns what could not be ended, with the reason. It never throws. */
  endAll(ask: AskAccount, open: readonly Leftover[]): Promise<Leftover[]>;
}
