import { at, jsonOf, listAt, numberAt, textAt } from '../../record/evidence.ts';
import type { Exchange, Json } from '../../record/vocabulary.ts';
import { routeId } from './evidence.ts';

const sessionType = (exchange: Exchange): string | null =>
  routeId(exchange, 'createSession') === null
    ? null
    : textAt(jsonOf(exchange.request), 'details', 'sessionType');

const intentHas = (exchange: Exchange, fits: (body: Json) => boolean): boolean =>
  routeId(exchange, 'createIntent') !== null && fits(jsonOf(exchange.request));

/** What on the wire shows that a till uses a capability. */
export const capabilities: Readonly<Record<string, (exchange: Exchange) => boolean>> = {
  amountChange: (exchange) => routeId(exchange, 'changeAmount') !== null,
  cashback: (exchange) => intentHas(exchange, (body) => (numberAt(body, 'cashbackAmount', 'value') ?? 0) > 0),
  gratuity: (exchange) =>
    routeId(exchange, 'setTips') !== null ||
    intentHas(exchange, (body) => (numberAt(body, 'tipsAmount', 'value') ?? 0) > 0),
  intentCancel: (exchange) => routeId(exchange, 'deleteIntent') !== null,
  intentRefund: (exchange) => routeId(exchange, 'refund') !== null,
  intentSearch: (exchange) => routeId(exchange, 'searchIntents') !== null,
  itemLines: (exchange) => intentHas(exchange, (body) => listAt(body, 'itemLines').length > 0),
  manualCapture: (exchange) => intentHas(exchange, (body) => at(body, 'captureMode') === 'Manual'),
  matchedRefund: (exchange) => sessionType(exchange) === 'MatchedRefund',
  moto: (exchange) => intentHas(exchange, (body) => at(body, 'cardHolderNotPresent') === true),
  unlinkedRefund: (exchange) => sessionType(exchange) === 'UnlinkedRefund',
  webhooks: (exchange) => routeId(exchange, 'subscribe') !== null,
};
