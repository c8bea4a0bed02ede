import type { Blocked } from '../record/blocked.ts';
import type { Picture } from '../record/picture.ts';
import type { Call, Event, Reply } from './protocol.ts';

/** The till was lost: it could not be started or reached, ended by itself, or was ended. */
export class Lost extends Error {
  override readonly name = 'Lost';
}

/** The till replied with something that is no answer to what it was asked. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** A till that speaks the kit's protocol, for as long as it is there. */
export interface Connection {
  /** Why the till is not there any more; `null` while it is. */
  readonly lost: string | null;
  /** What came of the till besides its messages, in sentences; empty when nothing did. */
  readonly remains: string;
  /** Resolves when nothing more can come of it. */
  readonly ended: Promise<void>;
  /**
   * Sends one call, when those before it have been answered, and returns its reply. Throws a `Lost` when the till is not
   * there any more, an `Unreadable` when what it replied is no answer to this call, and a `Blocked` when what keeps
   * the answer away is not held against the till.
   */
  ask(call: Call, within: number): Promise<Reply>;
  /** Lets go of the till, for that reason. */
  end(why: string): void;
}

/** What a connection tells unasked. */
export interface Described {
  event(event: Event): void;
  lost(): void;
  /** What is wrong with a display that cannot be read. */
  unread(problem: string): void;
}

/** How the protocol's messages get to a till and back: over a program's standard streams, or HTTP. */
export interface Transport {
  /** How long the till may take to answer hello, and anything else, in ms. */
  readonly patience: { readonly greet: number; readonly answer: number };
  /** Address of the page that shows the display of the till that is there now; `null` where the profile has none. */
  readonly page: string | null;
  /** The till can pay a sale from a second place. */
  readonly secondDevice: boolean;
  /** Starts the till, or reaches it. What goes wrong with that, the first call says. */
  connect(answered: Described): Promise<Connection>;
  /** What to say where the till gave no answer before anything depends on it. */
  unanswered(call: Call, why: string, remains: string): Blocked;
  /** What to do where the page does not open. */
  readonly pageAdvice: string;
  /** A picture of the display (PNG), where the transport itself can take one. */
  screenshot(): Promise<Picture | null> | null;
  /** Takes the till away without a word, to be connected to anew; says why not, where the kit can't. */
  switchOff(connection: Connection): Promise<string | null>;
  /** Says goodbye and lets go. */
  close(connection: Connection): Promise<void>;
}

/** The member that a reply to this call has. */
export function expectedIn({ call }: Call): 'hello' | 'display' | 'answer' {
  return call === 'hello' || call === 'display' ? call : 'answer';
}

/** A call as a message to people names it. */
export const named = (call: Call): string =>
  call.call === 'act' ? `the action ${call.action.name}` : call.call;

export const sentences = (...parts: string[]): string => parts.filter(Boolean).join('. ');
