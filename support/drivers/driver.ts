import type { Blocked } from '../record/blocked.ts';
import type { Picture } from '../record/picture.ts';
import type {
  Action,
  Answer,
  Attestation,
  Display,
  DisplayKnown,
  Durations,
  Exchange,
  PosSettings,
} from '../record/vocabulary.ts';

/** A result that has left the display, with a picture that was taken while it stood there. */
export interface Departed {
  readonly shows: string;
  readonly picture: Picture;
  /** All that the display said with it. */
  readonly text: string;
}

/** The account's own clock, where the upstream lets it be moved. */
export interface AccountClock {
  hold(): Promise<void>;
  /** Lets that many milliseconds pass at once; the clock has to be held. */
  advance(ms: number): Promise<void>;
  release(): Promise<void>;
}

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
  readonly display: DisplayKnown;
  /** The clock on which this till's polling is judged. */
  readonly clock: 'real' | 'account';

  /**
   * Why nobody can know what the till shows since its last reset: its driver tells what cannot be read. `null`
   * while it can be; a till that the kit sees leaves it out.
   */
  readonly unreadable?: Blocked | null;

  /**
   * The row that begins now goes by this token: it is handed to the till with what it is asked for, so that its own
   * log can be matched with the record. It tells nothing of the row. A till that takes none leaves it out.
   */
  mark?(token: string): void;
  /** The row that begins now, or that is over (`null`), for a person who is at the till. */
  atRow?(row: string | null): void;
  /** An exchange of the till went by: one that a person drives is seen so to have done what it was asked. */
  exchanged?(exchange: Exchange): void;
  /** The kit waits now, in real time, for that many ms at most, or no longer (`null`): a person who is at the till may see it. */
  waits?(most: number | null): void;
  /**
   * Has a person say what the till shows, and what its journal has where `journal` is true, unless nothing has happened
   * since that was said last; `look` returns it from then on. A till that no person reads leaves it out.
   */
  attest?(journal: boolean): Promise<void>;
  /** The person who said what `look` returns; `null` where nobody has said it. */
  readonly attestation?: Attestation | null;
  /** Starts or reaches the till. Throws a `Blocked` when it cannot be reached. */
  hello(): Promise<Hello>;
  /** Enters the settings in the till's own way and saves them. */
  configure(settings: PosSettings): Promise<Answer>;
  /** Asks the till for one action and returns when the till has taken it, not when the payment has ended. */
  act(action: Action): Promise<Answer>;
  /** What the till shows now; what it was last seen to show, where it is lost. */
  look(): Promise<Display>;
  /**
   * Goes to the journal that the till shows apart from its sales, reads it and comes back; `look` tells it from then
   * on. `null`: there is no such thing to do. A till that always shows its journal leaves it out.
   */
  seeJournal?(): Promise<Answer | null>;
  /** Calls back for each change of the display, as soon as it is seen. */
  onChange(listener: (display: Display) => void): void;
  /** A picture of the display, where one can be taken. */
  screenshot(): Promise<Picture | null>;
  /** Pictures of results that have left the display since, each once. A till that the kit does not see has none. */
  departed?(): readonly Departed[];
  /** What stands in the fields of its page, which a picture shows and `look` leaves out. A till without a page leaves it out. */
  typed?(): Promise<string>;
  /**
   * Lets the till live until something may have changed, and at the longest `ms` of its own time; returns how
   * long that was. A till in real time goes on by itself; one in account time only moves here.
   */
  live(ms: number): Promise<number>;
  /**
   * Back to an empty basket with no payment and no dialogue open. `failed`: it is not there, and the next row
   * must not begin. `crashed`: it was lost since it was last asked for something.
   */
  reset(): Promise<Answer>;
  /**
   * Switches the till off and on again, whatever it is doing. `notOffered`: the kit can't; `crashed`: it did not
   * come back.
   */
  restart(): Promise<Answer>;
  /**
   * How long the till's page took to answer when the kit asked it for nothing else, as it was measured since this
   * was read last; `null` when it was not. A till without a page leaves it out.
   */
  pace?(): Durations | null;
  /** How long its page took to answer when the kit asked it last, or looked at it, in ms. */
  readonly answeredIn?: number;
  /** Lets go of the till, whatever became of it; `hello` may reach it again. */
  close(): Promise<void>;
}
