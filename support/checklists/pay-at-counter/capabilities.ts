import type { Capability } from '../../checklist/index.ts';
import { at, jsonOf, listAt, numberAt, textAt } from '../../record/evidence.ts';
import type { Exchange, Json } from '../../record/vocabulary.ts';
import { routeId } from '../payments/evidence.ts';

const sessionType = (exchange: Exchange): string | null =>
  routeId(exchange, 'createSession') === null
    ? null
    : textAt(jsonOf(exchange.request), 'details', 'sessionType');

const intentHas = (exchange: Exchange, fits: (body: Json) => boolean): boolean =>
  routeId(exchange, 'createIntent') !== null && fits(jsonOf(exchange.request));

/** What not every till can do, and what on the wire shows that it does. */
export const capabilities: Readonly<Record<string, Capability>> = {
  amountChange: {
    description: 'change the amount of an open payment',
    shows: (exchange) => routeId(exchange, 'changeAmount') !== null,
  },
  cashback: {
    description: 'give cashback with a sale',
    shows: (exchange) => intentHas(exchange, (body) => (numberAt(body, 'cashbackAmount', 'value') ?? 0) > 0),
  },
  gratuity: {
    description: 'take a gratuity',
    shows: (exchange) =>
      routeId(exchange, 'setTips') !== null ||
      intentHas(exchange, (body) => (numberAt(body, 'tipsAmount', 'value') ?? 0) > 0),
  },
  intentCancel: {
    description: 'cancel an open payment intent',
    shows: (exchange) => routeId(exchange, 'deleteIntent') !== null,
  },
  intentRefund: {
    description: 'refund on the payment intent',
    shows: (exchange) => routeId(exchange, 'refund') !== null,
  },
  intentSearch: {
    description: 'list payment intents',
    shows: (exchange) => routeId(exchange, 'searchIntents') !== null,
  },
  itemLines: {
    description: 'send the basket as item lines',
    shows: (exchange) => intentHas(exchange, (body) => listAt(body, 'itemLines').length > 0),
  },
  manualCapture: {
    description: 'authorize first and capture later',
    shows: (exchange) => intentHas(exchange, (body) => at(body, 'captureMode') === 'Manual'),
  },
  matchedRefund: {
    description: 'refund a payment on the card machine',
    shows: (exchange) => sessionType(exchange) === 'MatchedRefund',
  },
  moto: {
    description: 'take payments without the cardholder',
    shows: (exchange) => intentHas(exchange, (body) => at(body, 'cardHolderNotPresent') === true),
  },
  unlinkedRefund: {
    description: 'refund without a payment',
    shows: (exchange) => sessionType(exchange) === 'UnlinkedRefund',
  },
  webhooks: {
    description: 'be notified of events',
    shows: (exchange) => routeId(exchange, 'subscribe') !== null,
  },
};
