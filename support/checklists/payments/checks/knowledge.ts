import { at, jsonOf, listAt, readableAt, textAt } from '../../../record/evidence.ts';
import type { Exchange } from '../../../record/vocabulary.ts';
import { type PaymentEvidence, routeId, type Session } from '../evidence.ts';
import { isFinal } from '../statuses.ts';
import { intentMeant } from './payment-intent.ts';

/** An answer that came back to the till whole and well. */
export const heard = ({ response, trouble }: Exchange): boolean => response?.status === 200 && !trouble;

/** What the till had been answered well by that time, from another time on. */
const heardWithin = (evidence: PaymentEvidence, from: number, to: number): Exchange[] =>
  evidence.exchanges.filter(
    (exchange) => exchange.at >= from && readableAt(exchange) <= to && heard(exchange),
  );

/** Whether the till asked between two requests what had become of the first, and was answered. */
export function askedBetween(evidence: PaymentEvidence, first: Exchange, again: Exchange): boolean {
  const intent = intentMeant(first);
  const sessions = evidence.sessions.filter(({ intentId }) => intentId === intent);
  return heardWithin(evidence, readableAt(first), again.at).some(
    (exchange) =>
      (intent !== null && routeId(exchange, 'getIntent') === intent) ||
      routeId(exchange, 'searchIntents') !== null ||
      sessions.some(({ id }) => id === routeId(exchange, 'getSession')),
  );
}

/**
 * Whether a session had ended by that time, as far as anybody knew: the till by the session or by its
 * payment intent, or the kit, which read it.
 */
export function hadEnded(whole: PaymentEvidence, session: Session, time: number): boolean {
  const answered = session.answers.findLast(({ exchange }) => readableAt(exchange) <= time);
  if (answered && isFinal(answered.status)) return true;
  const bySession = whole
    .all('state')
    .some(
      ({ id, exchange }) =>
        id === session.id &&
        exchange.until <= time &&
        isFinal(textAt(jsonOf(exchange.response), 'status') ?? ''),
    );
  return bySession || heardWithin(whole, session.created.at, time).some((one) => tellsEnd(one, session));
}

/** Whether a reading of the payment intent tells that this session on it has ended. */
function tellsEnd(exchange: Exchange, { id, type, intentId }: Session): boolean {
  if (intentId === null || routeId(exchange, 'getIntent') !== intentId) return false;
  const intent = jsonOf(exchange.response);
  const own = listAt(intent, 'terminalSessionHistory')
    .map((entry) => at(entry, 'terminalSession'))
    .find((session) => textAt(session, 'id') === id);
  if (isFinal(textAt(own, 'status') ?? '')) return true;
  // A sale leaves its payment intent as it was until it is paid; of a refund the status tells nothing.
  return type === 'Sale' && textAt(intent, 'status') !== 'Created';
}
