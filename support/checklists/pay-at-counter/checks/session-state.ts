import { noSession, notTestable, type Result, unread } from '../../../checklist/check.ts';
import type { Exchange, Json } from '../../../record/vocabulary.ts';
import type { Scene } from '../../payments/check.ts';
import type { PaymentEvidence, Session, SessionAnswer } from '../../payments/evidence.ts';

/** The time of an exchange on the clock by which this till's polling is judged. */
export const timeOf = (exchange: Exchange, scene: Scene): number =>
  scene.run.pos.clock === 'account' ? (exchange.accountTime ?? exchange.at) : exchange.at;

/** The time in which a session waited for the signature: the first answer that said so, and the one after the last. */
export const waitingForSignature = ({ answers }: Session) => {
  const asks = ({ status }: SessionAnswer) => status === 'SignatureVerificationRequired';
  const first = answers.find(asks);
  return first ? { first, after: answers[answers.findLastIndex(asks) + 1] } : null;
};

/** The session and its state as the kit read it, or what a check comes to without it. */
export function readSession(
  evidence: PaymentEvidence,
): { session: Session; state: Json } | { missing: Result } {
  const session = evidence.session;
  if (!session) return { missing: notTestable(noSession) };
  return session.state
    ? { session, state: session.state }
    : { missing: unread(evidence, 'the session', [session.id]) };
}
