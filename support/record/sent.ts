import { type Evidence, headersOf, pathOf } from './evidence.ts';
import type { Exchange } from './vocabulary.ts';

/**
 * What the checks of the whole run ask of the requests of one row. It is little, and kept of all rows, while
 * their records stay in the stream.
 */
export interface Sent {
  readonly requests: number;
  /** By the `version` header, `none` where it was left out: how many requests had it, and the first exchanges. */
  readonly versions: ReadonlyMap<
    string,
    { readonly requests: number; readonly exchanges: readonly string[] }
  >;
  /** The requests by POST, with their path and each idempotencyKey of theirs. */
  readonly posts: readonly {
    readonly exchange: string;
    readonly path: string;
    readonly keys: readonly string[];
  }[];
  /** The exchanges that were answered 400. */
  readonly bad: readonly Exchange[];
  /** By the capability: the first request that shows its use. */
  readonly uses: ReadonlyMap<string, { readonly exchange: string; readonly request: string }>;
}

/** So many exchanges show which version was sent. */
const exchangesOfVersion = 2;

/** What the till sent in a row; `capabilitiesUsed` names the capabilities whose use an exchange shows. */
export function sentIn(
  { exchanges }: Evidence,
  capabilitiesUsed: (exchange: Exchange) => readonly string[],
): Sent {
  const byVersion = new Map<string, Exchange[]>();
  for (const exchange of exchanges) {
    const sent = headersOf(exchange, 'version');
    for (const version of new Set(sent.length > 0 ? sent : ['none']))
      byVersion.set(version, [...(byVersion.get(version) ?? []), exchange]);
  }
  const uses = new Map<string, { exchange: string; request: string }>();
  for (const exchange of exchanges) {
    const use = { exchange: exchange.id, request: `${exchange.request.method} ${pathOf(exchange)}` };
    for (const capability of capabilitiesUsed(exchange)) if (!uses.has(capability)) uses.set(capability, use);
  }
  return {
    requests: exchanges.length,
    versions: new Map(
      [...byVersion].map(([version, sent]) => [
        version,
        { requests: sent.length, exchanges: sent.slice(0, exchangesOfVersion).map(({ id }) => id) },
      ]),
    ),
    posts: exchanges
      .filter(({ request }) => request.method === 'POST')
      .map((exchange) => ({
        exchange: exchange.id,
        path: pathOf(exchange),
        keys: [...new Set(headersOf(exchange, 'idempotencykey'))],
      })),
    bad: exchanges.filter(({ response }) => response?.status === 400),
    uses,
  };
}
