import { at, headersOf, jsonOf, listAt, numberAt, pathOf, textAt } from '../../record/evidence.ts';
import type { Exchange, Json } from '../../record/vocabulary.ts';

interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** The name that older documents have for it; both are in force. */
  readonly older?: string;
}

/** What Dojo can ask a POS for at a table, by the names under which that registers it. */
export const capabilities = {
  SearchOrders: { method: 'POST', path: '/v1/orders/search' },
  GetOrderById: { method: 'GET', path: '/v1/orders/{orderId}' },
  GetOrderBillById: { method: 'GET', path: '/v1/orders/{orderId}/bill', older: 'GetOrderBill' },
  RecordOrderPaymentById: {
    method: 'POST',
    path: '/v1/orders/{orderId}/record-payment',
    older: 'RecordOrderPayment',
  },
  CreateOrderLock: { method: 'POST', path: '/v1/orders/{orderId}/lock' },
  ExtendOrderLock: { method: 'PUT', path: '/v1/orders/{orderId}/locks/{lockId}' },
  DeleteOrderLock: { method: 'DELETE', path: '/v1/orders/{orderId}/locks/{lockId}' },
} as const satisfies Readonly<Record<string, Route>>;

export type CapabilityName = keyof typeof capabilities;

const routes = (Object.entries(capabilities) as [CapabilityName, Route][]).map(
  ([name, { method, path }]) =>
    [name, method, new RegExp(`^${path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`)] as const,
);

/** Whether a capability is among those registered, under either of its names. */
export function isRegistered(name: CapabilityName, registered: readonly string[]): boolean {
  const { older }: Route = capabilities[name];
  return registered.some((one) => one === name || one === older);
}

/** The path of a call. */
export const targetOf = (name: CapabilityName, ids: { orderId?: string; lockId?: string }): string =>
  capabilities[name].path
    .replace('{orderId}', encodeURIComponent(ids.orderId ?? ''))
    .replace('{lockId}', encodeURIComponent(ids.lockId ?? ''));

/** One call of Dojo, and what the POS made of it. */
export interface Call {
  readonly name: CapabilityName;
  readonly exchange: Exchange;
  readonly orderId: string;
  readonly lockId: string;
  readonly asked: Json;
  /** `null` where no answer came. */
  readonly status: number | null;
  /** `null` too where the answer is no JSON. */
  readonly answer: Json;
}

/** The method by which a capability is called over a WebSocket. */
export const methodOf = (name: CapabilityName): string => `${name}V1`;

/** A request to a POS as the call that it is; `null` for any other. */
export function callOf(exchange: Exchange): Call | null {
  return exchange.channel === 'socket' ? spokenCall(exchange) : requestedCall(exchange);
}

function spokenCall(exchange: Exchange): Call | null {
  const name = exchange.request.method.replace(/V1$/, '') as CapabilityName;
  if (!Object.hasOwn(capabilities, name) || exchange.request.method !== methodOf(name)) return null;
  const asked = at(jsonOf(exchange.request), 'params') ?? null;
  const answered = exchange.response ? jsonOf(exchange.response) : null;
  const error = at(answered, 'error') ?? null;
  return {
    name,
    exchange,
    orderId: textAt(asked, 'orderId') ?? '',
    lockId: textAt(asked, 'lockId') ?? '',
    asked,
    status: exchange.response?.status ?? null,
    answer: error ?? at(answered, 'result') ?? null,
  };
}

function requestedCall(exchange: Exchange): Call | null {
  const path = pathOf(exchange);
  for (const [name, method, pattern] of routes) {
    const ids = method === exchange.request.method ? pattern.exec(path) : null;
    if (!ids) continue;
    const asked = jsonOf(exchange.request);
    return {
      name,
      exchange,
      orderId: decodeURIComponent(ids.groups?.orderId ?? ''),
      lockId: decodeURIComponent(ids.groups?.lockId ?? '') || (textAt(asked, 'lockId') ?? ''),
      asked,
      status: exchange.response?.status ?? null,
      answer: exchange.response ? jsonOf(exchange.response) : null,
    };
  }
  return null;
}

/** True where the POS answered that it is done. */
export const isDone = ({ status }: Call): boolean => status !== null && status >= 200 && status < 300;

/** What an order says of itself; `null` where it does not say it. Minor units. */
export interface Stated {
  readonly id: string | null;
  readonly status: string | null;
  readonly payable: boolean | null;
  readonly total: number | null;
  readonly paid: number | null;
  readonly tips: number | null;
  readonly currency: string | null;
  readonly payments:
    | readonly {
        readonly paymentIntentId: string | null;
        readonly amount: number | null;
        readonly tips: number;
      }[]
    | null;
}

/** An order as an answer has it. */
export function toldBy(order: Json): Stated {
  const payable = at(order, 'payable');
  return {
    id: textAt(order, 'id'),
    status: textAt(order, 'status'),
    payable: typeof payable === 'boolean' ? payable : null,
    total: numberAt(order, 'totalAmount', 'value'),
    paid: numberAt(order, 'paidAmount', 'value'),
    tips: numberAt(order, 'tipsAmount', 'value'),
    currency: textAt(order, 'totalAmount', 'currencyCode'),
    payments: Array.isArray(at(order, 'payments'))
      ? listAt(order, 'payments').map((payment) => ({
          paymentIntentId: textAt(payment, 'paymentIntentId'),
          amount: numberAt(payment, 'paidAmount', 'value'),
          tips: numberAt(payment, 'tipsAmount', 'value') ?? 0,
        }))
      : null,
  };
}

/** The orders in an answer, with the exchange that has them: one, or a page of them. */
export function ordersIn({ name, answer, status }: Call): Json[] {
  if (status !== 200 || answer === null) return [];
  if (name === 'SearchOrders') return listAt(answer, 'data');
  if (name === 'GetOrderBillById') return [at(answer, 'order') ?? null];
  return name === 'ExtendOrderLock' ? [] : [answer];
}

/** Whether an answer holds that order. */
export const lists = (call: Call, orderId: string): boolean =>
  ordersIn(call).some((order) => textAt(order, 'id') === orderId);

/** What was paid of an order: as it says itself, or else what its payments add up to; `null` where it says neither. */
export const paidOf = ({ paid, payments }: Stated): number | null =>
  paid ??
  payments?.reduce<number | null>(
    (all, { amount }) => (all === null || amount === null ? null : all + amount),
    0,
  ) ??
  null;

/** What a guest still owes of an order, as the card machine works it out; `null` where the order says no total. */
export const owedOn = (order: Stated): number | null =>
  order.total === null ? null : order.total - (paidOf(order) ?? 0);

/** The waiters that a search names, in its header or its body. */
export const waitersIn = ({ asked, exchange }: Call): string[] => [
  ...headersOf(exchange, 'waiter-id'),
  ...[textAt(asked, 'headers', 'waiterId'), textAt(asked, 'dineIn', 'waiterId')].flatMap((id) => id ?? []),
];

/** A search for what can be paid, and nothing else. */
export const isPayableSearch = ({ name, asked }: Call): boolean =>
  name === 'SearchOrders' && at(asked, 'payableOnly') === true;
