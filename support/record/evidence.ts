import type {
  Action,
  Display,
  Exchange,
  Fact,
  Facts,
  Json,
  LedgerEntry,
  Observation,
  Party,
  SessionStatus,
} from './vocabulary.ts';
import { written } from './written.ts';

/** Paths of the API that the checks look for; a trailing slash and a query do not matter. */
const routes = {
  createIntent: ['POST', /^\/payment-intents$/],
  getIntent: ['GET', /^\/payment-intents\/([^/]+)$/],
  deleteIntent: ['DELETE', /^\/payment-intents\/([^/]+)$/],
  searchIntents: ['POST', /^\/payment-intents\/search$/],
  changeAmount: ['POST', /^\/payment-intents\/([^/]+)\/amount$/],
  setTips: ['POST', /^\/payment-intents\/([^/]+)\/tips-amount$/],
  capture: ['POST', /^\/payment-intents\/([^/]+)\/captures$/],
  refund: ['POST', /^\/payment-intents\/([^/]+)\/refunds$/],
  reverse: ['POST', /^\/payment-intents\/([^/]+)\/reversal$/],
  subscribe: ['POST', /^\/webhooks$/],
  listTerminals: ['GET', /^\/terminals$/],
  createSession: ['POST', /^\/terminal-sessions$/],
  getSession: ['GET', /^\/terminal-sessions\/([^/]+)$/],
  cancelSession: ['PUT', /^\/terminal-sessions\/([^/]+)\/cancel$/],
  decideSignature: ['PUT', /^\/terminal-sessions\/([^/]+)\/signature$/],
} as const satisfies Record<string, readonly [string, RegExp]>;

export type RouteName = keyof typeof routes;

const finals: ReadonlySet<string> = new Set([
  'Authorized',
  'Captured',
  'Canceled',
  'Declined',
  'Expired',
  'SignatureVerificationRejected',
]);

const onTheWay: ReadonlySet<string> = new Set([
  'InitiateRequested',
  'Initiated',
  'CancelRequested',
  'SignatureVerificationRequired',
  'SignatureVerificationAccepted',
]);

/** True for a status that the API's description names. */
export const isKnown = (status: string): boolean => finals.has(status) || onTheWay.has(status);

/** Actions with which a payment or a refund begins, or begins again. */
export const startsPayment: ReadonlySet<string> = new Set([
  'sale',
  'retry',
  'refundIntent',
  'matchedRefund',
  'unlinkedRefund',
]);

/** True when a session with this status may have ended: {@link toldEnd} tells whether it went on. */
export const isFinal = (status: string): boolean => finals.has(status);

/** Statuses that a session may pass through, although each may also be its last. */
const passing: ReadonlySet<string> = new Set(['Authorized', 'SignatureVerificationRejected']);

/**
 * The answer that first told the till how the session ended; `null` while none did. A signature sale may be
 * Authorized before its signature is checked, and a rejected signature may be captured later: what the till was told
 * to go on is not the end.
 */
export const toldEnd = ({ told }: Pick<Session, 'told'>): Told | null =>
  told.find(
    ({ status }, index) =>
      isFinal(status) &&
      !(passing.has(status) && told.slice(index + 1).some((later) => later.status !== status)),
  ) ?? null;

/** The path of a request, without its query. */
export const pathOf = ({ request }: Pick<Exchange, 'request'>): string => request.target.split('?')[0]!;

/**
 * The values of a header of a request by its name in lower case, in their order. There should be one at most; which of
 * several a server takes, nobody can tell, so checks look at all of them.
 */
export const headersOf = ({ request }: Exchange, name: string): string[] =>
  request.headers.flatMap(([one, value]) => (one.toLowerCase() === name ? [value] : []));

/** The earliest moment at which a client can have read all of the response. */
export const readableAt = (exchange: Exchange): number => exchange.readableAt ?? exchange.until;

/** The ids of exchanges, as evidence names them. */
export const ids = (exchanges: readonly Exchange[]): string[] => exchanges.map(({ id }) => id);

/** The id in the path of a request to that route, `''` where the route has none, `null` for other requests. */
export function routeId(exchange: Pick<Exchange, 'request'>, name: RouteName): string | null {
  const [method, pattern] = routes[name];
  if (exchange.request.method !== method) return null;
  const path = pathOf(exchange).replace(/(.)\/$/, '$1');
  const match = pattern.exec(path);
  return match ? decoded(match[1] ?? '') : null;
}

/** What a till sends need be no good escape; then it stands for itself. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The body of a request or response as JSON, `null` where there is none or it can't be read as such. */
export function jsonOf(side: Exchange['request'] | Exchange['response']): Json {
  const read = side?.body && written(side.body);
  return read && 'json' in read ? read.json : null;
}

/**
 * A member of a JSON object by its path, its names in any case, as the API reads them; `undefined` where any step of
 * it is missing. The contract warns of names in another case.
 */
export function at(json: Json | undefined, ...path: string[]): Json | undefined {
  let value = json;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    value = memberOf(value, name);
  }
  return value;
}

function memberOf(object: { readonly [name: string]: Json }, name: string): Json | undefined {
  if (Object.hasOwn(object, name)) return object[name];
  const wanted = name.toLowerCase();
  const sent = Object.keys(object).findLast((one) => one.toLowerCase() === wanted);
  return sent === undefined ? undefined : object[sent];
}

/** A member that is a string, else `null`. */
export function textAt(json: Json | undefined, ...path: string[]): string | null {
  const value = at(json, ...path);
  return typeof value === 'string' ? value : null;
}

/** A member that is a number, else `null`. */
export function numberAt(json: Json | undefined, ...path: string[]): number | null {
  const value = at(json, ...path);
  return typeof value === 'number' ? value : null;
}

/** The entries of a member that is a list; none where it is not. */
export function listAt(json: Json | undefined, ...path: string[]): Json[] {
  const value = at(json, ...path);
  return Array.isArray(value) ? value : [];
}

/** A prompt of the card machine, with the wall time (ms since 1970) at which it was issued. */
export interface Prompt {
  readonly type: string;
  readonly createdAt: number;
}

/** What an answer told the till about a session. */
export interface Told {
  readonly exchange: Exchange;
  readonly status: SessionStatus;
  readonly prompts: Prompt[];
}

/** One terminal session, as the wire and the kit's own reading show it. */
export interface Session {
  readonly id: string;
  readonly type: string;
  readonly intentId: string | null;
  readonly terminalId: string | null;
  readonly created: Exchange;
  readonly polls: Exchange[];
  readonly cancels: Exchange[];
  readonly decisions: Exchange[];
  /** Each answer that told the till where the session stood, in the order of arrival. */
  readonly told: Told[];
  /** The session as the kit last read it. */
  state: Json | null;
}

export interface Intent {
  readonly id: string;
  /** The request that made it, where the till made it in this row. */
  readonly created: Exchange | null;
  state: Json | null;
}

/** A payment intent that the till made in this row. */
export type MadeIntent = Intent & { readonly created: Exchange };

type Seen<K extends Observation['kind']> = Extract<Observation, { kind: K }>;

const endOf = (observation: Observation): number =>
  observation.kind === 'exchange'
    ? observation.exchange.until
    : 'until' in observation
      ? observation.until
      : observation.at;

function promptsIn(session: Json): Prompt[] {
  return listAt(session, 'notificationEvents').flatMap((event) => {
    const type = textAt(event, 'notificationType');
    const createdAt = Date.parse(textAt(event, 'createdAt') ?? '');
    return type ? [{ type, createdAt }] : [];
  });
}

/** The observations of one row, put in order: what a check asks its questions of. */
export class Evidence {
  readonly observations: readonly Observation[];
  /** What the subject asked of the API, by the time of its start. */
  readonly exchanges: readonly Exchange[];
  readonly sessions: readonly Session[];
  readonly intents: ReadonlyMap<string, Intent>;

  constructor(observations: readonly Observation[]) {
    this.observations = observations;
    this.exchanges = this.between('subject', 'dojo');
    const sessions = new Map<string, Session>();
    const intents = new Map<string, Intent>();
    for (const exchange of this.exchanges) note(exchange, sessions, intents);
    for (const session of sessions.values())
      session.told.sort((a, b) => readableAt(a.exchange) - readableAt(b.exchange));
    for (const { resource, id, exchange } of this.all('state')) {
      if (exchange.response?.status !== 200) continue;
      const state = jsonOf(exchange.response);
      if (resource === 'terminal-session') {
        const session = sessions.get(id);
        if (session) session.state = state;
      }
      if (resource === 'payment-intent') {
        const intent = intents.get(id);
        if (intent) intent.state = state;
        else intents.set(id, { id, created: null, state });
      }
    }
    this.sessions = [...sessions.values()];
    this.intents = intents;
  }

  /** When the last of it was seen. */
  get end(): number {
    return this.observations.reduce((latest, observation) => Math.max(latest, endOf(observation)), 0);
  }

  /** Only what had been seen by then. */
  upTo(time: number): Evidence {
    return new Evidence(this.observations.filter((observation) => endOf(observation) <= time));
  }

  all<K extends Observation['kind']>(kind: K): Seen<K>[] {
    return this.observations.filter((observation): observation is Seen<K> => observation.kind === kind);
  }

  /** What one party asked of another, by the time of its start. */
  between(from: Party, to: Party): Exchange[] {
    return this.all('exchange')
      .flatMap(({ exchange }) => (exchange.from === from && exchange.to === to ? exchange : []))
      .sort((one, other) => one.at - other.at);
  }

  /** The till's requests to that route. */
  requests(name: RouteName): Exchange[] {
    return this.exchanges.filter((exchange) => routeId(exchange, name) !== null);
  }

  /** The session that was created last. */
  get session(): Session | null {
    return this.sessions.at(-1) ?? null;
  }

  get display(): Display | null {
    return this.all('display').at(-1)?.display ?? null;
  }

  /** What was noted by that name, in turn. */
  facts<Name extends keyof Facts>(name: Name): Extract<Fact, { name: Name }>[] {
    return this.all('fact').filter((fact): fact is Extract<Fact, { name: Name }> => fact.name === name);
  }

  /** The payment intents that the till made in this row, in turn. */
  get made(): MadeIntent[] {
    return [...this.intents.values()].filter((intent): intent is MadeIntent => intent.created !== null);
  }

  /** The exchange in which the kit last read that resource, by its id; none where it never did. */
  lastReading(id: string | null): string[] {
    const read = this.all('state').findLast((state) => state.id === id);
    return read ? [read.exchange.id] : [];
  }

  /** The last action of that name, or of any. */
  lastAction(name?: Action['name'] | 'configure' | 'restart'): Seen<'action'> | null {
    const actions = this.all('action').filter(({ action }) => !name || action.name === name);
    return actions.at(-1) ?? null;
  }

  /** The actions with which a payment, a refund or a further attempt begins. */
  get starts(): Seen<'action'>[] {
    return this.all('action').filter(({ action }) => startsPayment.has(action.name));
  }

  /** When the payment now in hand was started: the last sale, retry or refund. */
  get paymentStart(): number {
    return this.starts.at(-1)?.at ?? 0;
  }

  /** When the next payment, refund or attempt was begun after that time. */
  nextStart(time: number): number {
    return this.starts.find(({ at: later }) => later > time)?.at ?? Number.POSITIVE_INFINITY;
  }

  /** The till's journal entries that were not there when the row began. */
  get newLedgerEntries(): LedgerEntry[] {
    const displays = this.all('display');
    const first =
      this.all('action').find(
        ({ action }) =>
          action.name !== 'configure' && action.name !== 'listTerminals' && action.name !== 'chooseTerminal',
      )?.at ?? Number.POSITIVE_INFINITY;
    // A page that has just been opened, or shows its settings, has no journal: the longest is the whole one, and
    // the last of those that are as long is filled in.
    const before = displays
      .filter(({ at: time }) => time < first)
      .map(({ display }) => display.ledger)
      .reduce<LedgerEntry[]>((longest, ledger) => (ledger.length >= longest.length ? ledger : longest), []);
    const known = new Map<string, number>();
    for (const entry of before) known.set(JSON.stringify(entry), (known.get(JSON.stringify(entry)) ?? 0) + 1);
    return (displays.at(-1)?.display.ledger ?? []).filter((entry) => {
      const left = known.get(JSON.stringify(entry)) ?? 0;
      known.set(JSON.stringify(entry), left - 1);
      return left <= 0;
    });
  }
}

function note(exchange: Exchange, sessions: Map<string, Session>, intents: Map<string, Intent>): void {
  const answer =
    exchange.response?.status === 200 || exchange.response?.status === 201 ? jsonOf(exchange.response) : null;
  const asked = jsonOf(exchange.request);
  if (routeId(exchange, 'createIntent') !== null) {
    const id = textAt(answer, 'id');
    if (id) intents.set(id, { id, created: exchange, state: null });
  }
  if (routeId(exchange, 'createSession') !== null) {
    const id = textAt(answer, 'id');
    const type = textAt(asked, 'details', 'sessionType') ?? '';
    const details = { Sale: 'sale', MatchedRefund: 'matchedRefund' }[type];
    if (id) {
      sessions.set(id, {
        id,
        type,
        intentId: details ? textAt(asked, 'details', details, 'paymentIntentId') : null,
        terminalId: textAt(asked, 'terminalId'),
        created: exchange,
        polls: [],
        cancels: [],
        decisions: [],
        told: [],
        state: null,
      });
    }
  }
  for (const [name, list] of [
    ['getSession', 'polls'],
    ['cancelSession', 'cancels'],
    ['decideSignature', 'decisions'],
  ] as const) {
    const id = routeId(exchange, name);
    if (id) sessions.get(id)?.[list].push(exchange);
  }
  // An answer that was lost on its way told the till nothing.
  if (exchange.trouble) return;
  const status = textAt(answer, 'status');
  const told = sessions.get(
    routeId(exchange, 'getSession') ??
      routeId(exchange, 'cancelSession') ??
      routeId(exchange, 'decideSignature') ??
      textAt(answer, 'id') ??
      '',
  );
  if (told && status)
    told.told.push({ exchange, status: status as SessionStatus, prompts: promptsIn(answer) });
}

/** What an answer that refuses says. */
export function refusalText(exchange: Exchange | undefined): string {
  const body = jsonOf(exchange?.response ?? null);
  const errors = at(body, 'errors');
  const listedErrors =
    errors && typeof errors === 'object' && !Array.isArray(errors)
      ? Object.values(errors)
          .flat()
          .filter((one) => typeof one === 'string')
      : [];
  return [textAt(body, 'detail'), ...listedErrors].filter(Boolean).join(' ');
}
