/**
 * The words of the kit, each with one meaning. Everything else imports them from here.
 *
 * Times are milliseconds on the machine's monotonic clock unless a name says otherwise
 * (`startedAt` is wall time, ISO 8601; `accountTime` is the upstream account's own time).
 * Amounts of money are minor units (pence, cents).
 */

import type { Amounts } from './amounts.ts';
import type { ErrorCode } from './error-codes.ts';
import type { DeletedPhoto } from './picture-line.ts';

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

/** A message box of the till that waits for an answer. */
export interface Dialogue {
  readonly text: string;
  readonly options: string[];
}

/** One line of the till's own journal. `null`: the till does not tell. */
export interface LedgerEntry {
  /** `null`: its word for it is not in the vocabulary. */
  readonly kind: KindName | null;
  /** The journal has no word for the kind of this entry: it is taken for the usual one. */
  readonly kindSupposed?: true;
  readonly reference: string | null;
  readonly paymentIntentId: string | null;
  /** The till's own word for how it ended. */
  readonly words: string;
  readonly amount: number | null;
  readonly tip: number | null;
  readonly cashback: number | null;
  readonly total: number | null;
  readonly currency: string | null;
  /** True when a person recorded it by hand. */
  readonly manual: boolean;
  /** What stands there and cannot be read surely, by the member of which it is; a reviewer has to read it. */
  readonly unread?: Readonly<Record<string, string>>;
}

/** Something that stands on the till's page and nobody can make out, and why. */
export interface Unseen {
  readonly part: 'outcome' | 'prompt' | 'notice' | 'dialogue' | 'journal';
  readonly text: string;
  readonly reason: string;
  /** Pictures of the page have shown so: it was not to be seen before either. */
  readonly proven?: true;
}

/** A text with words of a result that stands beside what a profile selects of the till's page. */
export interface Aside {
  readonly text: string;
  /** What stands around it, and the headings and labels of that. */
  readonly near: string;
  /** True of a heading. */
  readonly heading?: boolean;
}

/** What the till shows to its user at one moment. */
export interface Display {
  /** All that can be read. */
  readonly text: string;
  /** The words in which the till states the result of the payment, where it states one. */
  readonly outcome: string | null;
  /** What the till says that the card machine is doing. */
  readonly prompt: string | null;
  /** Errors and advice that the till shows besides. */
  readonly notice: string | null;
  readonly dialogues: Dialogue[];
  readonly ledger: LedgerEntry[];
  /** The total of the basket or the payment, in minor units; `null` while none is shown, left out where nothing says where it stands. */
  readonly total?: number | null;
  /** The totals that other windows of the POS show, such as a customer display. */
  readonly windowTotals?: readonly number[];
  /** The currencies (ISO 4217) that those totals name, on its page and in other windows; left out where they name none. */
  readonly totalCurrencies?: readonly string[];
  /** What stands there as the total and cannot be read surely. */
  readonly unreadTotal?: string;
  /** Card machines that the till offers to choose from, in its own words. */
  readonly cardMachines: string[];
  /** What is left out of the above because nobody can make it out; left out itself where there is nothing such. */
  readonly unseen?: Unseen[];
  /** Another window of the POS shows the result, and its own page shows none. */
  readonly elsewhere?: boolean;
  /** What the rest of the page says with words of a result; left out where it says nothing such. */
  readonly beside?: Aside[];
  /** The labels of pictures that stand where the result does, where no words do; left out where there are none. */
  readonly depicted?: string;
  /** The contrast of the words of the result (to 1), where it is so little that they are hard to read. */
  readonly faint?: number;
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

/** The certificate that a server showed over TLS. Times are ISO 8601. */
export interface ServerCertificate {
  readonly subject: string;
  readonly issuer: string;
  readonly validFrom: string;
  readonly validTo: string;
  /** SHA-256 of it, in upper-case hex pairs with colons between. */
  readonly fingerprint256: string;
  /** Its subject's other names as X.509 has them: `DNS:api.dojo.tech, DNS:*.dojo.tech`; left out where it has none. */
  readonly names?: string;
}

/** A version of the kit. */
export interface Kit {
  readonly name: string;
  readonly version: string;
  /** Ends in `-changed` where files of its repository were; `unknown` without a repository of its own. */
  readonly commit: string;
  /** SHA-256 in hex, of its sources, features, catalogues and contract; left out in records of older kits. */
  readonly digest?: string;
  /** SHA-256 in hex of the file that locks the versions of its packages; left out where there is none. */
  readonly lock?: string;
}

/** What of a machine can bear on a run, as far as the kit can see it. */
export interface Environment {
  /** The words of the command line, without secrets and without places on the machine. */
  readonly commandLine: readonly string[];
  /** NODE_OPTIONS was set, and the kit started its own Node without it. */
  readonly nodeOptionsCleared: boolean;
  /** Servers were believed that authorities besides Node's own vouch for. */
  readonly extraAuthorities: boolean;
  /** The certificates of servers were not verified. */
  readonly unverifiedServers: boolean;
  /** The page on which the kit observes a display that another driver than `browser` serves; left out elsewhere. */
  readonly display?: { readonly servedBy: string; readonly page: string };
  /** How the POS was reached, where its address and key could not be entered in each row; left out where they could. */
  readonly reach?: {
    /** Address and key were entered once a run, or given to it as it started. */
    readonly configured?: 'once' | 'start';
    /** The POS has the address of the API built in, and came by the kit's proxy, or by the name of the API. */
    readonly way?: 'proxy' | 'name';
    /** It was on another machine, or at another address of this one, and came over TLS or in the clear. */
    readonly elsewhere?: 'tls' | 'plain';
    /** What it sent went past the kit, which read payment intents and terminal sessions itself. */
    readonly traffic?: 'none';
  };
}

/**
 * How the kit knows what a POS shows: it sees it, the POS reports it, a person attests it, or there is nothing
 * to know.
 */
export type DisplayKnown = 'observed' | 'reported' | 'attested' | 'none';

/** The first record of a run's stream: what was to be judged, and by what. */
export interface Run {
  readonly schema: 2;
  readonly id: string;
  readonly startedAt: string;
  /** Monotonic time of the start, to which the times of all observations relate. */
  readonly monotonic: number;
  readonly kit: Kit;
  readonly node: string;
  /** The operating system of the machine; left out in records of older kits. */
  readonly os?: string;
  /** How it was started; left out in records of older kits. */
  readonly environment?: Environment;
  /** What the profile says, without secrets, and the digest of that; left out in records of older kits. */
  readonly profile?: { readonly sha256: string; readonly content: Json };
  /** Who answers for the run; left out where nobody said. */
  readonly ranBy?: { readonly name?: string; readonly contact?: string };
  /** The program that shows the till's page, and its version; left out where the run has none. */
  readonly browser?: string;
  /** What the amounts were drawn from; left out in records of older kits. */
  readonly amounts?: {
    /** One, which gives the same amounts again; more where shards drew theirs from different ones. */
    readonly seeds: readonly string[];
    /** What a reviewer gave for a seed; left out where nobody did. */
    readonly challenge?: string;
  };
  readonly subject: Subject;
  readonly checklist: { readonly name: string; readonly sha256: string };
  /** Ids of the rows selected, in the checklist's order. */
  readonly selection: readonly string[];
  /** Which part of a larger run this is; left out where it is none. */
  readonly shard?: { readonly index: number; readonly of: number };
  readonly criteria: Readonly<Record<string, number>>;
  readonly contract: {
    readonly version: string;
    readonly sha256: string;
    readonly source: string;
    /** What a reader of verdicts by it has to know; left out where there is nothing. */
    readonly notes?: readonly string[];
    /** That of the API which the subject serves itself; left out where it serves none, and in records of older kits. */
    readonly served?: { readonly name: string; readonly version: string; readonly sha256: string };
  };
  readonly upstream: string;
  /** What the upstream showed as the run began; left out over plain http. */
  readonly serverCertificate?: ServerCertificate;
  readonly realTime: boolean;
  /** Why the run is practice and does not qualify; empty when it qualifies. */
  readonly why: readonly string[];
  readonly pos: {
    readonly name: string;
    readonly version: string;
    /** Digest of what is tested, as its maker names it; left out where the profile names none. */
    readonly build?: string;
    readonly apiVersion: string;
    readonly driver: string;
    readonly display: DisplayKnown;
    readonly clock: 'real' | 'account';
    /** Whether the kit can read the journal of the till. */
    readonly journal: boolean;
    readonly capabilities: readonly string[];
    /** Whether the till sells in euros as well as in pounds; left out where it does not. */
    readonly euros?: boolean;
    readonly undeclared: readonly string[];
    readonly vocabulary: DisplayVocabulary;
    /** What the profile declares where the checklist asks a person. */
    readonly declared: Readonly<Record<string, string>>;
    /** What the profile settles about the display, in sentences; left out where it settles nothing. */
    readonly decisions?: readonly string[];
  };
}

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
