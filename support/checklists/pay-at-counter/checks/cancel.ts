import {
  answered,
  failed,
  judged,
  noSession,
  notTestable,
  passed,
  type Result,
} from '../../../checklist/check.ts';
import { counted } from '../../../record/counted.ts';
import { ids, pathOf, readableAt, refusalText, textAt } from '../../../record/evidence.ts';
import type { Check } from '../../payments/check.ts';
import { type PaymentEvidence, routeId, type Session, type SessionAnswer } from '../../payments/evidence.ts';
import { isFinal } from '../../payments/statuses.ts';

/** What a refusal says of a session that can't be cancelled any more. */
const tooLate = (reason: string): boolean =>
  /\bcancel|\bstatus\b.*\ballow/i.test(reason) && !/\bbelong/i.test(reason);

const asksForCard = new Set(['PresentCard', 'InsertCard']);

/** The card was presented once a prompt came after the one that asked for it. */
const cardPresented = (session: Session, until: number): boolean =>
  session.answers.some(({ exchange, prompts }) => {
    if (readableAt(exchange) > until) return false;
    const inTime = prompts.toSorted((one, other) => one.createdAt - other.createdAt);
    const asked = inTime.findLastIndex(({ type }) => asksForCard.has(type));
    return inTime.slice(asked + 1).some(({ type }) => asked >= 0 || type !== 'PleaseWait');
  });

/** The till did not let its user cancel any more, and sent nothing: it protects its user. */
function protectedFromCancel(evidence: PaymentEvidence, session: Session): Result | null {
  const action = evidence.lastAction('cancel');
  if (action?.answer.answer !== 'notOffered' || !action.mayBeRefused || session.cancels.length) return null;
  return passed(`the till does not offer to cancel once the card was presented: ${action.answer.reason}`);
}

function cancelSent(id: string, after: boolean): Check {
  return {
    id,
    plane: 'wire',
    fault: 'pos',
    expected: () =>
      `PUT /terminal-sessions/{id}/cancel for the running session, ${after ? 'after' : 'before'} a card was presented`,
    advice: 'Send the cancellation to the session in hand, by PUT, as soon as the user asks for it.',
    judge: ({ evidence }) => {
      const session = evidence.session;
      if (!session) return notTestable(noSession);
      const spared = after ? protectedFromCancel(evidence, session) : null;
      if (spared) return spared;
      const sent = session.cancels[0];
      const action = evidence.lastAction('cancel');
      const elsewhere = evidence.exchanges.filter(
        (exchange) =>
          action &&
          exchange.at >= action.at &&
          exchange.request.method !== 'GET' &&
          /cancel/i.test(pathOf(exchange)) &&
          routeId(exchange, 'cancelSession') !== session.id,
      );
      if (!sent) {
        return failed(
          elsewhere.length
            ? `${elsewhere[0]!.request.method} ${elsewhere[0]!.request.target} instead`
            : 'no cancellation was sent for this session',
          ids(elsewhere),
        );
      }
      // Where the API itself refused it because of the card, the card was there, whatever the prompts tell.
      const presented = cardPresented(session, sent.at) || (after && sent.response?.status === 422);
      const known =
        session.answers.filter(({ exchange }) => readableAt(exchange) <= sent.at).at(-1)?.status ??
        'nothing yet';
      return judged(
        presented === after && !elsewhere.length,
        `sent when the session was ${known} and ${presented ? 'a' : 'no'} card was presented, answered ${answered(sent)}`,
        ids([sent, ...elsewhere]),
      );
    },
  };
}

/**
 * A till that asks no more once its poll says that the signature was rejected, of a session that went on from there.
 * Dojo's own sample takes that for the end, so it is no failing; but such a payment was seen to be captured later.
 */
function wentOnFrom({ state }: Session, last: SessionAnswer | undefined): Result | null {
  const stands = textAt(state, 'status');
  const rejected = 'SignatureVerificationRejected';
  if (last?.status !== rejected || stands === null || stands === rejected) return null;
  return {
    outcome: 'warning',
    observed: `the till asked no more when it was ${rejected}; the session went on to ${stands}`,
    evidence: [last.exchange.id],
    advice: 'Go on asking for a while: a payment whose signature was rejected was seen to be captured later.',
  };
}

export const cancelChecks: Check[] = [
  {
    id: 'no-cancel-sent',
    plane: 'wire',
    fault: 'pos',
    expected: () => 'the till sends no cancellation: the cancelling was done on the card machine',
    advice: 'Leave the session to the card machine while the user has not asked to cancel.',
    judge: ({ evidence }) => {
      const sent = evidence.requests('cancelSession');
      return judged(
        !sent.length,
        sent.length ? `${counted(sent.length, 'cancellation')} sent` : 'none sent',
        ids(sent),
      );
    },
  },
  cancelSent('cancel-sent-before-card', false),
  cancelSent('cancel-sent-after-card', true),
  {
    id: 'cancel-refused',
    plane: 'wire',
    fault: 'api',
    expected: () => 'the cancellation is answered 422, because the session can no longer be cancelled',
    advice: 'A session whose card was presented can no longer be cancelled.',
    judge: ({ evidence }) => {
      const session = evidence.session;
      if (!session) return notTestable(noSession);
      const sent = session.cancels.at(-1);
      const spared = protectedFromCancel(evidence, session);
      if (spared) return spared;
      if (!sent) return notTestable('the till sent no cancellation for this session');
      const reason = refusalText(sent);
      return judged(
        sent.response?.status === 422 && tooLate(reason),
        `answered ${answered(sent)}: ${reason || 'no reason'}`,
        [sent.id],
      );
    },
  },
  {
    id: 'end-confirmed-by-polling',
    plane: 'wire',
    fault: 'pos',
    expected: () =>
      'after the answer to the cancellation, or to the decision about the signature, the till polls until the session has ended',
    advice:
      'The answer to a cancellation or a decision is not a result: go on polling until the status is final.',
    judge: ({ evidence }) => {
      const session = evidence.session;
      if (!session) return notTestable(noSession);
      const cancel =
        session.cancels.at(-1) ??
        session.decisions.at(-1) ??
        (protectedFromCancel(evidence, session) ? session.created : undefined);
      if (!cancel) return notTestable('the till sent no cancellation and no decision for this session');
      const polled = session.answers.filter(({ exchange }) => session.polls.includes(exchange));
      // One that is authorized before its signature is checked has not ended so.
      const decided = session.decisions.includes(cancel);
      // A session that ends while the cancellation is on its way leaves nothing more to ask.
      const ended = polled.find(
        ({ status, exchange }) =>
          isFinal(status) && exchange.at < readableAt(cancel) && (!decided || exchange.until >= cancel.at),
      );
      const wentOn = wentOnFrom(session, polled.at(-1));
      if (wentOn) return wentOn;
      if (ended) return passed(`the API had reported ${ended.status} by then`, ids([ended.exchange, cancel]));
      const later = session.polls.filter(({ at: time }) => time >= readableAt(cancel));
      const end = polled.filter(({ exchange }) => later.includes(exchange)).at(-1);
      return judged(
        end !== undefined && isFinal(end.status),
        `${counted(later.length, 'poll')} after it, the last said ${end?.status ?? 'nothing'}`,
        ids([cancel, ...later.slice(-2)]),
      );
    },
  },
];
