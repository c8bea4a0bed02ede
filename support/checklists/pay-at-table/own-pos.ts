import type { OwnPos, OwnPosOptions } from '../../checklist/index.ts';

/** How the reference EPOS is set up, by what its profile declares of the adapter. */
const adapters: Readonly<Record<string, 'rest' | 'websocket' | 'mixed'>> = {
  REST: 'rest',
  WebSocket: 'websocket',
  mixed: 'mixed',
};

/** Over what each is called, where it is called both ways. */
const mixed = {
  SearchOrders: 'rest',
  GetOrderById: 'websocket',
  GetOrderBillById: 'rest',
  CreateOrderLock: 'websocket',
  ExtendOrderLock: 'rest',
  DeleteOrderLock: 'websocket',
  RecordOrderPaymentById: 'websocket',
  ListAreas: 'rest',
  SearchTables: 'rest',
  'HandleEvent:payment_intent.status_updated': 'websocket',
} as const;

/** A till pings at least every 30 s. What waits for a ping need not wait so long; a slow machine has time for the pong. */
const pingInterval = 8000;

/** Starts the reference EPOS, which Dojo calls as its profile declares it. */
export async function ownPos({ declared, behaviour, ...options }: OwnPosOptions): Promise<OwnPos> {
  const { startReferenceEpos } = await import('../../../fixtures/pay-at-table/reference/index.ts');
  const adapter = adapters[declared.eposAdapter ?? ''] ?? 'rest';
  return startReferenceEpos({
    ...options,
    behaviour: { pingInterval, ...behaviour },
    settings: { adapter, ...(adapter === 'mixed' ? { capabilities: mixed } : {}) },
  });
}
