import { Evidence, jsonOf, listAt, pathOf, readableAt, type Seen, textAt } from '../../record/evidence.ts';
import type { Exchange, Json, LedgerEntry } from '../../record/vocabulary.ts';
import type { SessionStatus } from './statuses.ts';
import { isFinal } from './statuses.ts';

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

/** Actions with which a payment or a refund begins, or begins again. */
export const startsPayment: ReadonlySet<string> = new Set([
  'sale',
  'retry',
  'refundIntent',
  'matchedRefund',
  'unlinkedRefund',
  'refundPayment',
]);

/** Statuses that a session may pass through, although each may also be its last. */
const passing: ReadonlySet<string> = new Set(['Authorized', 'SignatureVerificationRejected']);

/**
 * The answer that first stated how the session ended; `null` while none did. A signature sale may be
 * Authorized before its signature is checked, and a rejected signature may be captured later: what the till learned
 * to go on is not the end.
 */
export const answeredEnd = ({ answers }: Pick<Session, 'answers'>): SessionAnswer | null =>
  answers.find(
    ({ status }, index) =>
      isFinal(status) &&
      !(passing.has(status) && answers.slice(index + 1).some((later) => later.status !== status)),
  ) ?? null;

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

/** A prompt of the card machine, with the wall time (ms since 1970) at which it was issued. */
export interface Prompt {
  readonly type: string;
  readonly createdAt: number;
}

/** What an answer stated about a session. */
export interface SessionAnswer {
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
  /** Each answer that stated where the session stood, in the order of arrival. */
  readonly answers: SessionAnswer[];
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

function promptsIn(session: Json): Prompt[] {
  return listAt(session, 'notificationEvents').flatMap((event) => {
    const type = textAt(event, 'notificationType');
    const createdAt = Date.parse(textAt(event, 'createdAt') ?? '');
    return type ? [{ type, createdAt }] : [];
  });
}

/** The observations of one row as payments: the terminal sessions and payment intents that they tell of. */
export class PaymentEvidence extends Evidence {
  readonly sessions: readonly Session[];
  readonly intents: ReadonlyMap<string, Intent>;

  constructor(observations: Evidence['observations']) {
    super(observations);
    const sessions = new Map<string, Session>();
    const intents = new Map<string, Intent>();
    for (const exchange of this.exchanges) note(exchange, sessions, intents);
    for (const session of sessions.values())
      session.answers.sort((a, b) => readableAt(a.exchange) - readableAt(b.exchange));
    const [unobserved] = this.facts('traffic-unobserved');
    if (unobserved) noteStates(this, unobserved.detail.every, sessions, intents);
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

  override upTo(time: number): PaymentEvidence {
    return new PaymentEvidence(super.upTo(time).observations);
  }

  /** The till's requests to that route. */
  requests(name: RouteName): Exchange[] {
    return this.exchanges.filter((exchange) => routeId(exchange, name) !== null);
  }

  /** The session that was created last. */
  get session(): Session | null {
    return this.sessions.at(-1) ?? null;
  }

  /** The payment intents that the till made in this row, in turn. */
  get made(): MadeIntent[] {
    return [...this.intents.values()].filter((intent): intent is MadeIntent => intent.created !== null);
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

/**
 * Of a till whose requests nobody sees: what it must have asked for, as the API has it, and what it can have
 * read. A status may be as old as the kit's look before, so that is when the till can have read it at the earliest.
 */
function noteStates(
  evidence: Evidence,
  every: number,
  sessions: Map<string, Session>,
  intents: Map<string, Intent>,
): void {
  const own = new Set(evidence.facts('intents-made').flatMap(({ detail }) => detail.ids));
  for (const { resource, id, exchange } of evidence.all('state')) {
    const state = exchange.response?.status === 200 ? jsonOf(exchange.response) : null;
    if (state === null || own.has(id)) continue;
    const asked = (target: string): Exchange => ({
      ...exchange,
      request: { method: 'POST', target, headers: [], body: { json: state } },
    });
    if (resource === 'payment-intent' && !intents.has(id))
      intents.set(id, { id, created: asked('/payment-intents'), state });
    if (resource !== 'terminal-session') continue;
    const session = sessions.get(id) ?? sessionOf(id, asked('/terminal-sessions'));
    sessions.set(id, session);
    const status = textAt(state, 'status');
    const readable = readableAt(exchange) - every;
    if (status)
      session.answers.push({
        exchange: { ...exchange, readableAt: readable },
        status: status as SessionStatus,
        prompts: promptsIn(state),
      });
  }
}

/** A session as it was asked for. */
function sessionOf(id: string, created: Exchange): Session {
  const asked = jsonOf(created.request);
  const type = textAt(asked, 'details', 'sessionType') ?? '';
  const details = { Sale: 'sale', MatchedRefund: 'matchedRefund' }[type];
  return {
    id,
    type,
    intentId: details ? textAt(asked, 'details', details, 'paymentIntentId') : null,
    terminalId: textAt(asked, 'terminalId'),
    created,
    polls: [],
    cancels: [],
    decisions: [],
    answers: [],
    state: null,
  };
}

function note(exchange: Exchange, sessions: Map<string, Session>, intents: Map<string, Intent>): void {
  const answer =
    exchange.response?.status === 200 || exchange.response?.status === 201 ? jsonOf(exchange.response) : null;
  if (routeId(exchange, 'createIntent') !== null) {
    const id = textAt(answer, 'id');
    if (id) intents.set(id, { id, created: exchange, state: null });
  }
  if (routeId(exchange, 'createSession') !== null) {
    const id = textAt(answer, 'id');
    if (id) sessions.set(id, sessionOf(id, exchange));
  }
  for (const [name, list] of [
    ['getSession', 'polls'],
    ['cancelSession', 'cancels'],
    ['decideSignature', 'decisions'],
  ] as const) {
    const id = routeId(exchange, name);
    if (id) sessions.get(id)?.[list].push(exchange);
  }
  // An answer that was lost on its way said nothing to the till.
  if (exchange.trouble) return;
  const status = textAt(answer, 'status');
  const answered = sessions.get(
    routeId(exchange, 'getSession') ??
      routeId(exchange, 'cancelSession') ??
      routeId(exchange, 'decideSignature') ??
      textAt(answer, 'id') ??
      '',
  );
  if (answered && status)
    answered.answers.push({ exchange, status: status as SessionStatus, prompts: promptsIn(answer) });
}
