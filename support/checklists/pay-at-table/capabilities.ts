import type { Capability } from '../../checklist/index.ts';
import { jsonOf, listAt, pathOf, textAt } from '../../record/evidence.ts';
import type { Exchange } from '../../record/vocabulary.ts';

/** The names that a request registers; none of another request. */
const registers = (exchange: Exchange): string[] =>
  exchange.request.method === 'PUT' && /^\/epos\/integrations\/(rest|ws)\/?$/.test(pathOf(exchange))
    ? listAt(jsonOf(exchange.request), 'capabilities').map((one) => textAt(one, 'name') ?? '')
    : [];

/** What not every POS can do at a table, and what it registers where it does. */
export const capabilities: Readonly<Record<string, Capability>> = {
  orderLocking: {
    description: 'lock an order while a guest pays it',
    optional: 'If supported, the POS should lock the order when requested',
    shows: (exchange) => registers(exchange).includes('CreateOrderLock'),
  },
  websocket: {
    description: 'be called over a WebSocket that it opens',
    optional: 'If the API is hosted by Websocket',
    shows: (exchange) => pathOf(exchange) === '/epos/integrations/ws' && registers(exchange).length > 0,
  },
};
