import { judged, money, noIntent, notTestable, type Result, unread } from '../../../checklist/check.ts';
import { at, jsonOf, listAt, numberAt, textAt } from '../../../record/evidence.ts';
import type { Exchange, Json } from '../../../record/vocabulary.ts';
import { type Intent, type PaymentEvidence, routeId } from '../evidence.ts';

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

/** Judges what the kit last read of the payment intent in hand: the one that the till made last. */
export function ofIntentInHand(
  evidence: PaymentEvidence,
  fits: (state: Json) => readonly [boolean, string],
): Result {
  const intent = evidence.made.at(-1);
  if (!intent) return notTestable(noIntent);
  if (!intent.state) return unread(evidence, 'the payment intent', [intent.id]);
  return judged(...fits(intent.state), evidence.lastReading(intent.id));
}

/** An amount of money as a request or an answer tells it: `£10.00`, or that it is missing. */
export function amountIn(json: Json | undefined, name: string): string {
  const value = numberAt(json, name, 'value');
  return value === null ? 'none' : money(value, textAt(json, name, 'currencyCode') ?? 'no currency');
}

/** Statuses of a payment intent whose money was taken. */
export const wasTaken: ReadonlySet<string | null> = new Set(['Captured', 'Refunded']);

/**
 * The payment that refunds are about: the first that the kit read as taken, else the first for which a card machine
 * was asked, else the first that was made. A till may give up a payment intent and pay on another.
 */
export function original(evidence: PaymentEvidence): Intent | null {
  const { made } = evidence;
  const taken = new Set(
    evidence
      .all('state')
      .filter(({ exchange }) => wasTaken.has(textAt(jsonOf(exchange.response), 'status')))
      .map(({ id }) => id),
  );
  const charged = new Set(
    evidence.sessions.filter(({ type }) => type === 'Sale').map(({ intentId }) => intentId),
  );
  return made.find(({ id }) => taken.has(id)) ?? made.find(({ id }) => charged.has(id)) ?? made[0] ?? null;
}

/** What was taken on a payment intent, in minor units: its captures, where it tells them, else its total. */
export const takenFrom = (state: Json): number | null =>
  capturedOf(state) ?? numberAt(state, 'totalAmount', 'value');
