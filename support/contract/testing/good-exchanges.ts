import type { Exchange, Headers, Json } from '../../record/vocabulary.ts';

/** An exchange in short form, for the tests of this folder. */
export interface Short {
  /** `METHOD /path?query` */
  readonly call: string;
  /** Request headers that differ from a good client's; `null` leaves one out. */
  readonly headers?: { readonly [name: string]: string | null };
  readonly request?: Json;
  /** `null`: no complete response came back. */
  readonly status: number | null;
  readonly response?: Json;
  /** Media type of the response. Its body is text where that is not JSON. */
  readonly type?: string;
}

const usual = {
  authorization: 'Basic sk_sandbox_…#0123456789ab',
  version: '2026-02-27',
  'software-house-id': 'softwareHouse1',
  'reseller-id': 'reseller1',
};

/** The exchange that a short form stands for, as the gateway would have recorded it. */
export function exchangeOf({ call, headers = {}, request, status, response, type }: Short): Exchange {
  const [method = '', target = ''] = call.split(' ');
  const idempotencyKey = target.endsWith('/refunds') && { idempotencyKey: 'b7d0' };
  const contentType = request !== undefined && { 'content-type': 'application/json' };
  const saysLength = method === 'PUT' || method === 'DELETE';
  const length = saysLength && { 'content-length': String(JSON.stringify(request)?.length ?? 0) };
  const sent = Object.entries({ ...usual, ...idempotencyKey, ...contentType, ...length, ...headers });
  const mediaType = type ?? 'application/json';
  return {
    id: 'x1',
    from: 'subject',
    to: 'dojo',
    channel: 'http',
    request: {
      method,
      target,
      headers: sent.filter((header): header is Headers[number] => header[1] !== null),
      body: request === undefined ? null : { json: request },
    },
    response:
      status === null
        ? null
        : {
            status,
            headers: response === undefined ? [] : [['Content-Type', mediaType]],
            body:
              response === undefined
                ? null
                : mediaType.includes('json')
                  ? { json: response }
                  : { text: String(response) },
          },
    ...(status === null && { trouble: 'upstream-dropped' as const }),
    at: 0,
    until: 1,
    startedAt: '2026-03-01T12:00:00.000Z',
  };
}

const then = '2026-03-01T12:00:00Z';
const money = { value: 1000, currencyCode: 'GBP' };
export const intent = { id: 'pi_1', status: 'Created', amount: money, createdAt: then };
export const session = {
  id: 'ts_1',
  terminalId: 'tm_1',
  status: 'Initiated',
  createdAt: then,
  updatedAt: then,
  expireAt: then,
  notificationEvents: [{ notificationType: 'PresentCard', createdAt: then }],
  statusEvents: [{ status: 'Initiated', createdAt: then, debugMessage: '' }],
  details: { sessionType: 'Sale', sale: { paymentIntentId: 'pi_1' } },
};
const terminal = { id: 'tm_1', properties: { tid: 'VCMABSIP0' }, status: 'Available', updatedAt: then };
const subscription = {
  id: 'ws_1',
  events: ['payment_intent.created'],
  url: 'https://pos.example/events',
  secrets: [{ id: 'sc_1', value: 'v', createdAt: then, isActive: true }],
};

const capability = { name: 'GetOrderById', version: 'v1' };
const overSocket = { capabilities: [{ ...capability, updatedAt: then }], createdAt: then };
const overRest = {
  ...overSocket,
  url: 'https://epos.example',
  auth: { authType: 'basic', basic: { username: 'dojo' } },
};

/** One good exchange for every operation of the description, by its id, or by method and path where it has none. */
export const goodExchanges: { readonly [operationId: string]: Short } = {
  PaymentIntents_CreatePaymentIntent: {
    call: 'POST /payment-intents',
    request: {
      amount: money,
      reference: 'order 1',
      captureMode: 'Manual',
      autoExpireIn: '6.23:59:00',
      autoExpireAction: 'Release',
      tipsAmount: null,
      itemLines: [{ id: 'i1', name: 'Tea', quantity: 2, amountTotal: money }],
    },
    status: 200,
    response: intent,
  },
  PaymentIntents_Get: {
    call: 'GET /payment-intents/pi_1?returnCanceled=true',
    status: 200,
    response: { ...intent, status: 'Canceled', terminalSessionHistory: [] },
  },
  PaymentIntents_Delete: {
    call: 'DELETE /payment-intents/pi_1',
    status: 200,
    response: { ...intent, status: 'Canceled' },
  },
  Captures_Create: {
    call: 'POST /payment-intents/pi_1/captures',
    request: { amount: 1000, tipsAmount: 100 },
    status: 200,
    response: { captureId: 'cp_1', message: 'done' },
  },
  PaymentIntents_Search: {
    call: 'POST /payment-intents/search',
    request: { statuses: ['Created'], cursor: { limit: 100 } },
    status: 200,
    response: { data: [intent], before: null, after: 'cursor' },
  },
  PaymentIntents_SetTipsAmount: {
    call: 'POST /payment-intents/pi_1/tips-amount',
    request: { tipsAmount: money },
    status: 200,
    response: intent,
  },
  PaymentIntents_SetCustomAmount: {
    call: 'POST /payment-intents/pi_1/amount',
    request: { amount: money },
    status: 200,
    response: intent,
  },
  Receipt_Create: {
    call: 'POST /payment-intents/pi_1/receipt',
    request: { emails: ['guest@pos.example'] },
    status: 204,
  },
  Refunds_Create: {
    call: 'POST /payment-intents/pi_1/refunds',
    request: { amount: 1000, refundReason: 'cold tea' },
    status: 200,
    response: { paymentIntentId: 'pi_1', refundId: 'rfnd_1' },
  },
  PaymentIntents_GetRefundById: {
    call: 'GET /payment-intents/refunds/rfnd_1',
    status: 200,
    response: { paymentIntentId: 'pi_1', refundId: 'rfnd_1' },
  },
  Reversal_Create: {
    call: 'POST /payment-intents/pi_1/reversal',
    status: 200,
    response: { reversalId: 'rvs_1', message: null },
  },
  Webhooks_GetAllWebhooks: {
    call: 'GET /webhooks/events',
    status: 200,
    response: [{ model: 'PaymentIntent', events: ['payment_intent.created'] }],
  },
  Webhooks_GetAlSubscriptions: { call: 'GET /webhooks', status: 200, response: [subscription] },
  Webhooks_Subscribe: {
    call: 'POST /webhooks',
    request: { events: ['payment_intent.created'], url: 'https://pos.example/events' },
    status: 200,
    response: subscription,
  },
  Webhooks_GetSecrets: {
    call: 'GET /webhooks/ws_1/secrets',
    status: 200,
    response: { id: 'ws_1', secrets: subscription.secrets },
  },
  Webhooks_GenerateSecret: {
    call: 'POST /webhooks/ws_1/secrets',
    status: 200,
    response: { secrets: subscription.secrets },
  },
  Webhooks_ActivateSecret: { call: 'PUT /webhooks/ws_1/secrets/sc_1/activate', status: 204 },
  Webhooks_DeleteSecret: { call: 'DELETE /webhooks/ws_1/secrets/sc_1', status: 204 },
  Webhooks_SubscribeUpdate: {
    call: 'PATCH /webhooks/ws_1',
    request: { description: 'Till 1' },
    status: 200,
    response: subscription,
  },
  Webhooks_DeleteSubscriptions: { call: 'DELETE /webhooks/ws_1', status: 204 },
  Terminals_ListTerminals: {
    call: 'GET /terminals?statuses=Available&statuses=InUse',
    status: 200,
    response: [terminal],
  },
  Terminals_GetTerminal: { call: 'GET /terminals/tm_1', status: 200, response: terminal },
  TerminalSession_Create: {
    call: 'POST /terminal-sessions',
    request: { terminalId: 'tm_1', details: session.details },
    status: 200,
    response: { ...session, status: 'InitiateRequested' },
  },
  TerminalSession_Get: {
    call: 'GET /terminal-sessions/ts_1',
    status: 200,
    response: { ...session, status: 'SignatureVerificationRequired' },
  },
  TerminalSession_Cancel: {
    call: 'PUT /terminal-sessions/ts_1/cancel',
    status: 200,
    response: { ...session, status: 'CancelRequested' },
  },
  TerminalSession_Signature: {
    call: 'PUT /terminal-sessions/ts_1/signature',
    request: { accepted: true },
    status: 200,
    response: { ...session, status: 'SignatureVerificationAccepted' },
  },
  'POST /epos/events': {
    call: 'POST /epos/events',
    request: { eventType: 'OrderUpdated', event: { orderId: 'o1' } },
    status: 200,
    response: { eventType: 'OrderUpdated', event: { orderId: 'o1' } },
  },
  'GET /epos/integrations': {
    call: 'GET /epos/integrations',
    status: 200,
    response: { restIntegrations: [overRest], wsIntegrations: [overSocket], dojoManagedIntegrations: [] },
  },
  'GET /epos/integrations/rest': { call: 'GET /epos/integrations/rest', status: 200, response: [overRest] },
  'PUT /epos/integrations/rest': {
    call: 'PUT /epos/integrations/rest',
    request: {
      capabilities: [capability],
      auth: { authType: 'basic', basic: { username: 'dojo', password: 'secret' } },
      url: 'https://epos.example',
    },
    status: 200,
    response: [overRest],
  },
  'GET /epos/integrations/ws': { call: 'GET /epos/integrations/ws', status: 200, response: [overSocket] },
  'PUT /epos/integrations/ws': {
    call: 'PUT /epos/integrations/ws',
    request: { capabilities: [capability] },
    status: 200,
    response: [overSocket],
  },
  'GET /epos/integrations/dojo': { call: 'GET /epos/integrations/dojo', status: 200, response: [overSocket] },
};
