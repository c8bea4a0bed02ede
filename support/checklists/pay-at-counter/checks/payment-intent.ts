import { at, jsonOf, listAt, numberAt, textAt } from '../../../record/evidence.ts';
import type { Exchange, Json } from '../../../record/vocabulary.ts';
import { routeId } from '../evidence.ts';

/** The payment intent that a capture, a refund or a request for a session is about. */
export function intentMeant(exchange: Exchange): string | null {
  const details = at(jsonOf(exchange.request), 'details');
  return (
    routeId(exchange, 'capture') ??
    routeId(exchange, 'refund') ??
    textAt(details, 'sale', 'paymentIntentId') ??
    textAt(details, 'matchedRefund', 'paymentIntentId')
  );
}

/** What the captures of a payment intent come to, tips and all, in minor units; `null` where it tells none. */
export function capturedOf(intent: Json | undefined): number | null {
  const captures = listAt(intent, 'captures');
  if (!captures.length) return null;
  return captures.reduce<number>(
    (sum, one) => sum + (numberAt(one, 'amount') ?? 0) + (numberAt(one, 'tipsAmount') ?? 0),
    0,
  );
}
