import type { Display, Exchange, Fact, Facts, Json, Observation, Party } from './vocabulary.ts';
import { written } from './written.ts';

/** The path of a request, without its query. */
export const pathOf = ({ request }: Pick<Exchange, 'request'>): string => request.target.split('?')[0]!;

/** Whether it is such a request: `POST /payment-intents/{id}/captures`, with anything in the place of the braces. */
export function isRequest(exchange: Pick<Exchange, 'request'>, form: string): boolean {
  const [method, template = ''] = form.split(' ');
  const pattern = new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}/?$`);
  return exchange.request.method === method && pattern.test(pathOf(exchange));
}

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

/** The observations of one kind. */
export type Seen<K extends Observation['kind']> = Extract<Observation, { kind: K }>;

const endOf = (observation: Observation): number =>
  observation.kind === 'exchange'
    ? observation.exchange.until
    : 'until' in observation
      ? observation.until
      : observation.at;

/** The observations of one row, put in order: what a check asks its questions of. A checklist's view adds its own. */
export class Evidence {
  readonly observations: readonly Observation[];
  /** What the subject asked of the API, by the time of its start; what it said over a WebSocket is no request. */
  readonly exchanges: readonly Exchange[];

  constructor(observations: readonly Observation[]) {
    this.observations = observations;
    this.exchanges = this.between('subject', 'dojo').filter(({ channel }) => channel === 'http');
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

  get display(): Display | null {
    return this.all('display').at(-1)?.display ?? null;
  }

  /** What was noted by that name, in turn. */
  facts<Name extends keyof Facts>(name: Name): Extract<Fact, { name: Name }>[] {
    return this.all('fact').filter((fact): fact is Extract<Fact, { name: Name }> => fact.name === name);
  }

  /** The exchange in which the kit last read that resource, by its id; none where it never did. */
  lastReading(id: string | null): string[] {
    const read = this.all('state').findLast((state) => state.id === id);
    return read ? [read.exchange.id] : [];
  }

  /** The last action of that name, or of any. */
  lastAction(name?: Seen<'action'>['action']['name']): Seen<'action'> | null {
    const actions = this.all('action').filter(({ action }) => !name || action.name === name);
    return actions.at(-1) ?? null;
  }
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
