import type { DisplayVocabulary, Json, Subject } from './vocabulary.ts';

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
