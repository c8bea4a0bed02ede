/**
 * The words of the kit, each with one meaning. Everything else imports them from here.
 *
 * Times are milliseconds on the machine's monotonic clock unless a name says otherwise
 * (`startedAt` is wall time, ISO 8601; `accountTime` is the upstream account's own time).
 * Amounts of money are minor units (pence, cents).
 */

import type { Amounts } from './amounts.ts';
import type { Display } from './display.ts';
import type { ErrorCode } from './error-codes.ts';
import type { DeletedPhoto } from './picture-line.ts';

export type { Aside, Dialogue, Display, LedgerEntry, Unseen } from './display.ts';
export type { DisplayKnown, Environment, Kit, Run, ServerCertificate } from './run-header.ts';

/**
 * What is certified: the API behind the gateway, a point of sale, a shop on the web, or a point of sale that is a
 * phone. They are different certificates.
 */
export type Subject = 'api' | 'pos' | 'shop' | 'mpos';

/** Where a check looks. `declared` is an answer that the checklist itself asks a person for. */
export type Plane = 'wire' | 'state' | 'display' | 'contract' | 'declared';

/** Whose doing a failed check would be. */
export type Fault = 'pos' | 'api' | 'environment';

/** `must` fails a row, `should` warns: after the checklist's own words ("must", "should" / "ideally"). */
export type Severity = 'must' | 'should';

/** What one check came to. */
export type Outcome = 'passed' | 'warning' | 'failed' | 'review';

/** What a row comes to. */
export type Verdict =
  | 'passed'
  | 'failed'
  | 'warning'
  | 'review'
  | 'not-applicable'
  | 'blocked'
  | 'incomplete';

export type Level = 'mandatory' | 'optional' | 'extra';

/** JSON as it was parsed. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** A body as it is kept: parsed where it is JSON that prints back alike, else text, else bytes. */
export type Body = { json: Json } | { text: string } | { base64: string };

/** Header names and values in the order and case in which they came; secrets are redacted at capture. */
export type Headers = [name: string, value: string][];

/**
 * Who can ask, and who can answer. `subject`: what is certified, or the kit's own client that plays it where the API
 * itself is certified.
 */
export type Party = 'subject' | 'kit' | 'dojo';

/** One recorded request with its response. */
export interface Exchange {
  readonly id: string;
  /** Who asked, and who was asked. */
  readonly from: Party;
  readonly to: Party;
  /**
   * Over a WebSocket: a message with the answer to it, a ping with its pong, or a close; `target` is that of the handshake,
   * and the status of an answer in JSON-RPC is the one that says the same over HTTP.
   */
  readonly channel: 'http' | 'socket';
  /** The id of the exchange that opened the WebSocket. */
  readonly connection?: string;
  readonly request: {
    readonly method: string;
    /** Path and query as they were sent. */
    readonly target: string;
    readonly headers: Headers;
    readonly body: Body | null;
  };
  /** `null` when no complete response came back; `trouble` then says why. */
  readonly response: {
    readonly status: number;
    readonly headers: Headers;
    readonly body: Body | null;
  } | null;
  readonly trouble?: 'upstream-unreachable' | 'upstream-dropped' | 'client-dropped';
  /** The fault that a scenario had armed and that this exchange met. */
  readonly armed?: string;
  /** When the first byte of the request came in, and when the last byte of the response went out. */
  readonly at: number;
  readonly until: number;
  /**
   * Just before the last bytes of the response went out. `until` may be later on a busy machine, so that a client has
   * shown by then what the response says.
   */
  readonly readableAt?: number;
  readonly startedAt: string;
  /** The account's own time at the response, ms since 1970, where the upstream tells it. */
  readonly accountTime?: number;
}

/** What a subject can be asked to do: by the name of a checklist its actions by theirs. Each declares this once more. */
// biome-ignore lint/suspicious/noEmptyInterface: the kit itself asks for nothing.
export interface Actions {}

/** One thing that a subject is asked to do. */
export type Action = { [Checklist in keyof Actions]: ActionIn<Actions[Checklist]> }[keyof Actions];

type ActionIn<Known> = { [Name in keyof Known]: { readonly name: Name } & Known[Name] }[keyof Known];

/**
 * The reference of a payment that the kit itself asks for: it names the run, and has no more than the 60 characters
 * that the API takes.
 */
export const kitReference = (run: string, what: string): string =>
  `kit-${run.slice(0, 55 - what.length)}-${what}`;

/** What stands in the record for a card number: its last four digits, and no mask that an API has looks so. */
export const maskedCard = (card: string): string => `card…${card.slice(-4)}`;

export const isMaskedCard = (text: string): boolean => /^card…\d{4}$/.test(text);

/** What a till is set up with. The API key is a secret and never recorded as it is. */
export interface PosSettings {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly softwareHouseId: string;
  readonly resellerId: string;
}

/**
 * How a till answered an action. `notOffered`: it protects its user by not offering it.
 * `failed`: it could not be driven to it; `crashed`: it was lost after the action was taken.
 */
export type Answer =
  | {
      readonly answer: 'done';
      /** Nothing was done: the profile makes each step of it depend on something, and nothing of that was so. */
      readonly idle?: true;
    }
  | { readonly answer: 'notOffered' | 'failed' | 'crashed'; readonly reason: string };

/** How long something took each time that it was measured, in ms. */
export interface Durations {
  readonly median: number;
  readonly max: number;
}

/** How quick a machine was while a row ran on it. */
export interface MachinePace {
  /** How long the till's page took to answer the kit; `null` for a till without a page that the kit sees. */
  readonly roundTrip: Durations | null;
  /** How late the kit's own process came to what was due in it, in ms. */
  readonly loopDelay: { readonly max: number };
}

/**
 * What the kit notes besides traffic, state and display, by its name, and what is to be said of it. A checklist adds
 * its own by declaring this interface once more.
 */
export interface Facts {
  /** The token by which the till knows the row. */
  readonly 'row-token': { readonly mark: string };
  /** What the amounts of the row's scenario came to, by their letters; in minor units. */
  readonly 'amounts-drawn': { readonly amounts: Amounts };
  /** What the POS sends in this row goes past the kit; it looks at the API this often, in ms. */
  readonly 'traffic-unobserved': { readonly every: number };
  /** The POS wanted to another host than the API, by the kit's proxy, which did not let it, or did. */
  readonly 'host-refused': { readonly host: string };
  readonly 'host-tunnelled': { readonly host: string };
  /** The POS was set up already as the row needs it, and was left as it was. */
  readonly 'settings-kept': object;
  /** A POS that keeps its settings from row to row was set up; `times` counts it in the run. */
  readonly 'settings-entered': { readonly times: number };
  /** The kit went to a journal that the till shows apart, and left it again. */
  readonly 'journal-visited': object;
  /** The kit begins to tidy up at the till: what it shows from then on is not its own doing. */
  readonly 'tidying-up': object;
  /** What the row had left open on the account, and what could not be ended yet. */
  readonly 'leftovers-ended': { readonly ids: readonly string[] };
  readonly 'leftovers-open': { readonly ids: readonly string[] };
  /** No picture is kept of a display that shows a secret. */
  readonly 'picture-withheld': object;
  /** The photo that was given as `name` had been given in that row already. */
  readonly 'photo-again': { readonly name: string; readonly row: string };
  /** The photo was deleted by its owner after the run; `digest` is its SHA-256. */
  readonly 'photo-deleted': DeletedPhoto;
  /** A person did something at the card machine or in the developer portal, and said so then (ISO 8601). */
  readonly 'done-by-person': { readonly by: string; readonly at: string; readonly what: string };
  /** A person left the row before its end. */
  readonly 'left-by-person': { readonly by: string; readonly reason: string };
}

/** Something that was noted, by its name. */
export type Fact = {
  [Name in keyof Facts]: {
    readonly kind: 'fact';
    readonly at: number;
    readonly name: Name;
    readonly detail: Facts[Name];
  };
}[keyof Facts];

/** A person's word: whose it is, and when it was given (ISO 8601). */
export interface Attestation {
  readonly by: string;
  readonly at: string;
}

/** What was observed. It says by whom: seen by the kit itself, or reported by the POS or a person. */
export type Observation =
  | { readonly kind: 'exchange'; readonly exchange: Exchange }
  | {
      /** The kit read this resource itself, after the till's last request. */
      readonly kind: 'state';
      readonly at: number;
      /** What it is, by the name that its checklist has for it. */
      readonly resource: string;
      readonly id: string;
      readonly exchange: Exchange;
    }
  | {
      readonly kind: 'display';
      readonly at: number;
      readonly reported: boolean;
      readonly display: Display;
      /** Name of the screenshot taken with it. */
      readonly screenshot?: string;
      /** The person who said what it shows; left out where nobody did. */
      readonly attested?: Attestation;
    }
  | {
      readonly kind: 'action';
      readonly at: number;
      readonly until: number;
      readonly action:
        | Action
        | { readonly name: 'configure'; readonly settings: Record<string, string> }
        | { readonly name: 'restart' }
        /** The kit went to the journal, and could not. */
        | { readonly name: 'journal' };
      readonly answer: Answer;
      /** True where a till that does not offer the action conforms too. */
      readonly mayBeRefused?: boolean;
    }
  | Fact
  | {
      /** An answer that a person gave, in the profile or at the console. */
      readonly kind: 'declared';
      readonly at: number;
      readonly question: string;
      readonly answer: string | null;
    }
  | {
      /** The kit waited for something to be seen. */
      readonly kind: 'wait';
      readonly at: number;
      readonly until: number;
      readonly for: string;
      readonly met: boolean;
    }
  | {
      /** A step named a check, with its parameters, when all that it needs had been waited for. */
      readonly kind: 'expectation';
      readonly at: number;
      readonly check: string;
      readonly params: { readonly [name: string]: Json };
    }
  | {
      /** A picture that was taken when a result was first seen, which had left the display when it was asked for. */
      readonly kind: 'picture';
      readonly at: number;
      /** The words of the result that it shows. */
      readonly shows: string;
      /** Its name. */
      readonly screenshot: string;
    }
  | ({
      /** How quick the machine was on which the row ran: nobody can judge a till's times on one that stands still. */
      readonly kind: 'pace';
      readonly at: number;
    } & MachinePace)
  | {
      /** Something went wrong that no check asked about. */
      readonly kind: 'trouble';
      readonly at: number;
      readonly fault: Fault;
      readonly message: string;
      readonly advice: string;
      /** True when it would strike any row (no upstream, no browser), not this one alone. */
      readonly infrastructure: boolean;
      /** Older records, and what is the subject's own doing, have none. */
      readonly code?: ErrorCode;
    };

/** One way in which an exchange breaks the contract, in words that a partner engineer understands. */
export interface Violation {
  readonly part:
    | 'operation'
    | 'request-header'
    | 'request-query'
    | 'request-path'
    | 'request-body'
    | 'response-status'
    | 'response-header'
    | 'response-body';
  /** JSON pointer (RFC 6901) into the body, or `/` and the name of the header or parameter; empty for the whole. */
  readonly pointer: string;
  /** The keyword of JSON Schema that was not met, or the id of one of the kit's own rules. */
  readonly rule: string;
  readonly expected: string;
  readonly observed: string;
  /** The caller's for a request, the answerer's for a response. */
  readonly fault: Fault;
  readonly severity: Severity;
  /** The erratum that demands it, where the description alone does not. */
  readonly erratum?: string;
  /** What to do about it, where that is not plain. */
  readonly advice?: string;
}

/** The results that a till can state, each with the words it may use for them. */
export type ResultName =
  | 'Captured'
  | 'Authorized'
  | 'Declined'
  | 'Canceled'
  | 'Unconfirmed'
  | 'Refunded'
  | 'RecordedByHand';

/**
 * The names of lists of words and of kinds of journal entries: by the name of a checklist those that it brings. Each
 * declares this once more.
 */
// biome-ignore lint/suspicious/noEmptyInterface: the kit itself has words of results alone.
export interface WordNames {}

type NamesOf<Part extends string> = {
  [Checklist in keyof WordNames]: WordNames[Checklist] extends Readonly<Record<Part, infer Names>>
    ? Names
    : never;
}[keyof WordNames];

/** A kind of entry in a till's journal, such as a sale. */
export type KindName = Extract<NamesOf<'kinds'>, string>;

/** Which of the till's words mean what; phrases, matched without regard to case. */
export type DisplayVocabulary = {
  readonly results: Readonly<Record<ResultName, readonly string[]>>;
  /** By the API's notification type. */
  readonly prompts: Readonly<Record<string, readonly string[]>>;
  /**
   * Of entries in the journal: of several that an entry's words name the last counts, and the first is meant where a
   * journal has no words for it.
   */
  readonly kinds: Readonly<Record<KindName, readonly string[]>>;
} & Readonly<Record<Extract<NamesOf<'lists'>, string>, readonly string[]>>;

/** A check applied to observations. */
export interface Finding {
  /** `PAC-SALE-05/decision-sent`: the same id whether it passes or fails. */
  readonly check: string;
  readonly outcome: Outcome;
  readonly severity: Severity;
  readonly plane: Plane;
  readonly fault: Fault;
  readonly expected: string;
  readonly observed: string;
  readonly reported: boolean;
  /** What to do next; empty when it passed. */
  readonly advice: string;
  /** Ids of the exchanges and names of the screenshots that show it. */
  readonly evidence: string[];
}
