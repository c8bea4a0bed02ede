import { monotonic } from '../../record/monotonic.ts';
import type { Exchange } from '../../record/vocabulary.ts';
import { bodyOf } from '../../record/written.ts';
import { type Gateway, type Redaction, statusOf } from '../../traffic/gateway/index.ts';
import type { SocketCall, Tables } from './tables.ts';

/** How an EPOS is called over the WebSocket that it holds open. */
export interface SocketCaller {
  readonly tables: Tables;
  /** Through which the EPOS has opened it. */
  readonly gateway: Pick<Gateway, 'expectCall'>;
  readonly redaction: Redaction;
}

/**
 * Calls an EPOS as Dojo does over a WebSocket, once. `exchange` is what came of it, and `seen` whether the gateway has
 * recorded that already: it has, unless the call never came by. Calls may overlap.
 */
export async function callOverSocket(
  { tables, gateway, redaction }: SocketCaller,
  exchangeId: string,
  asked: SocketCall,
): Promise<{ readonly exchange: Exchange; readonly seen: boolean }> {
  const { id } = asked;
  const over = gateway.expectCall(id);
  const startedAt = new Date().toISOString();
  const at = monotonic();
  const { came, answer } = await tables.call(asked);
  const recorded = over();
  if (recorded) return { exchange: recorded, seen: true };
  const { method, params } = asked;
  const body = answer === undefined ? null : bodyOf(redaction.jsonText(answer));
  const exchange: Exchange = {
    id: exchangeId,
    from: 'dojo',
    to: 'subject',
    channel: 'socket',
    request: {
      method,
      target: '/epos',
      headers: [],
      body: { json: redaction.json({ jsonrpc: '2.0', id, method, params }) },
    },
    response: body && { status: statusOf(body), headers: [], body },
    ...(body ? {} : { trouble: came === 'unanswered' ? 'client-dropped' : 'upstream-unreachable' }),
    at,
    until: monotonic(),
    startedAt,
  };
  return { exchange, seen: false };
}
