import { failed, judged, type Result, unread } from '../../../checklist/check.ts';
import { numberAt, refusalText, textAt } from '../../../record/evidence.ts';
import type { Json } from '../../../record/vocabulary.ts';
import type { Check } from '../../payments/check.ts';
import { type PaymentEvidence, routeId, type Session } from '../../payments/evidence.ts';
import type { SessionStatus } from '../../payments/statuses.ts';
import { readSession } from './session-state.ts';

/** What the till sent last for a payment, where the API refused it for nothing that the till did. */
function refusedSession(evidence: PaymentEvidence): Result | null {
  const last = [...evidence.requests('createIntent'), ...evidence.requests('createSession')]
    .sort((one, other) => one.at - other.at)
    .at(-1);
  const status = last?.response?.status ?? 0;
  // A bad request, or a key that the API does not take, is the till's.
  if (!last || status < 402) return null;
  return failed(
    `${last.request.method} ${last.request.target} was answered ${status}: ${refusalText(last) || 'no reason'}`,
    [last.id],
  );
}

/** Whether the payment intent is as it has to be when a session of that type ends so. */
function intentFits(
  session: Session,
  ended: string,
  intent: Json | null,
  evidence: PaymentEvidence,
): boolean {
  const status = textAt(intent, 'status');
  const refunded = numberAt(intent, 'refundedAmount') ?? 0;
  if (session.type === 'UnlinkedRefund') return true;
  if (session.type === 'MatchedRefund') {
    return ended === 'captured'
      ? status === 'Refunded' || (status === 'Captured' && refunded > 0)
      : status === 'Captured' && refunded === 0;
  }
  const wanted = { captured: 'Captured', authorized: 'Authorized' }[ended] ?? 'Created';
  // A till that gives the payment up may cancel what is still open.
  const givenUp =
    wanted === 'Created' &&
    status === 'Canceled' &&
    evidence
      .requests('deleteIntent')
      .some((one) => routeId(one, 'deleteIntent') === session.intentId && one.response?.status === 200);
  return status === wanted || givenUp;
}

function sessionEnds(name: string, statuses: readonly SessionStatus[]): Check {
  return {
    id: `session-ends-${name}`,
    plane: 'state',
    fault: 'api',
    expected: () =>
      `the terminal session ends as ${statuses.join(' or ')}, and the payment intent accordingly`,
    advice: 'Compare the statuses of the session with the state diagram of the terminals page.',
    judge: ({ evidence }) => {
      const read = readSession(evidence);
      if ('missing' in read)
        return evidence.session
          ? read.missing
          : (refusedSession(evidence) ?? { ...read.missing, fault: 'pos' });
      const status = textAt(read.state, 'status');
      const ended = statuses.includes(status as SessionStatus);
      const { intentId, type } = read.session;
      const intent = evidence.intents.get(intentId ?? '')?.state ?? null;
      if (ended && intentId && !intent && type !== 'UnlinkedRefund')
        return unread(evidence, 'the payment intent', [intentId]);
      return judged(
        ended && intentFits(read.session, name, intent, evidence),
        read.session.intentId
          ? `the session is ${status}, its payment intent ${textAt(intent, 'status') ?? 'unknown'}`
          : `the session is ${status}`,
        [...evidence.lastReading(read.session.id), ...evidence.lastReading(read.session.intentId)],
      );
    },
  };
}

export const sessionEndChecks: Check[] = [
  sessionEnds('captured', ['Captured']),
  sessionEnds('authorized', ['Authorized']),
  sessionEnds('declined', ['Declined', 'SignatureVerificationRejected']),
  sessionEnds('canceled', ['Canceled']),
  sessionEnds('expired', ['Expired']),
];
