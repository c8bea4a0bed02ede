import { jsonOf, textAt } from '../record/evidence.ts';
import { monotonic } from '../record/monotonic.ts';
import type { Exchange, Json, Observation } from '../record/vocabulary.ts';
import { bodyOf } from '../record/written.ts';
import type { Access } from '../traffic/caller.ts';
import type { Lane } from './lane.ts';

type State = Extract<Observation, { kind: 'state' }>;

/** The kit's own requests in a row: past the gateway, and never the till's. */
export class Reader {
  readonly #row: string;
  readonly #lane: Lane;
  readonly #access: () => Access;
  readonly #record: (state: State) => void;
  #reads = 0;
  /** The bodies that were read last, by the ids of what they describe. */
  readonly #known = new Map<string, string>();

  constructor(row: string, lane: Lane, access: () => Access, record: (state: State) => void) {
    this.#row = row;
    this.#lane = lane;
    this.#access = access;
    this.#record = record;
  }

  /** Reads a resource and records it. Returns the status that it tells; '' where it tells none. */
  async read(resource: State['resource'], path: string, id: string): Promise<string> {
    const exchange = await this.call('GET', path);
    this.#record({ kind: 'state', at: exchange.at, resource, id, exchange });
    return textAt(jsonOf(exchange.response), 'status') ?? '';
  }

  /** Reads a resource, and records it where it is not as it was read before. Returns whether it was recorded. */
  async readChanged(resource: State['resource'], path: string, id: string): Promise<boolean> {
    const exchange = await this.call('GET', path);
    const body = JSON.stringify(exchange.response?.body ?? null);
    if (this.#known.get(id) === body) return false;
    this.#known.set(id, body);
    this.#record({ kind: 'state', at: exchange.at, resource, id, exchange });
    return true;
  }

  /** One request. `secret`: what is answered is used and never recorded, so it is not redacted. */
  async call(method: 'GET' | 'POST', path: string, body?: Json, secret = false): Promise<Exchange> {
    const { redaction } = this.#lane;
    const at = monotonic();
    const startedAt = new Date().toISOString();
    const { sent, status, headers, text } = await this.#lane.own.ask(this.#access(), method, path, body);
    const answered = secret ? text : redaction.jsonText(text);
    return {
      id: `${this.#row}-read-${++this.#reads}`,
      from: 'kit',
      to: 'dojo',
      channel: 'http',
      request: { method, target: path, headers: redaction.headers(sent), body: null },
      response: { status, headers: redaction.headers(headers), body: answered ? bodyOf(answered) : null },
      at,
      until: monotonic(),
      startedAt,
    };
  }
}
