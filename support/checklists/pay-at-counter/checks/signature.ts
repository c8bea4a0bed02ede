import {
  answered,
  failed,
  judged,
  judgedBothSides,
  listed,
  noSession,
  notTestable,
  passed,
  seconds,
} from '../../../checklist/check.ts';
import { counted } from '../../../record/counted.ts';
import { at, ids, jsonOf, listAt, textAt } from '../../../record/evidence.ts';
import type { Check } from '../../payments/check.ts';
import { routeId } from '../../payments/evidence.ts';
import { readSession, timeOf, waitingForSignature } from './session-state.ts';

export const signatureChecks: Check[] = [
  {
    id: 'decision-sent',
    plane: 'wire',
    fault: 'pos',
    expected: (params) =>
      `PUT /terminal-sessions/{id}/signature with \`accepted: ${params.accepted}\`, once and after the operator's decision`,
    advice: "Send the operator's decision, and nothing else, to the session that asks for it.",
    judge: ({ evidence, whole }, params) => {
      const session = whole.sessions.find(({ id }) => id === evidence.session?.id);
      if (!session) return notTestable(noSession);
      const action = evidence.lastAction('signature');
      const elsewhere = evidence
        .requests('decideSignature')
        .filter((sent) => !session.decisions.includes(sent));
      const first = session.decisions[0];
      if (!first) {
        return failed(
          elsewhere.length
            ? `sent to ${listed(elsewhere.map((sent) => routeId(sent, 'decideSignature') ?? ''))}, the session is ${session.id}`
            : 'no decision was sent',
          ids(elsewhere),
        );
      }
      const accepted = at(jsonOf(first.request), 'accepted');
      const early = !action || first.at < action.at;
      const sent =
        accepted === params.accepted && session.decisions.length === 1 && !elsewhere.length && !early;
      return judgedBothSides(
        sent,
        first.response?.status === 200,
        `accepted: ${JSON.stringify(accepted)}, sent ${counted(session.decisions.length, 'time')}, ${
          early
            ? 'before the operator decided'
            : `${seconds(first.at - action.at)} after the operator decided`
        }, answered ${answered(first)}`,
        ids([...session.decisions, ...elsewhere]),
      );
    },
  },
  {
    id: 'no-decision-sent',
    plane: 'wire',
    fault: 'pos',
    expected: () => 'no decision is sent while nobody has decided',
    advice: 'Wait for the operator, however long it takes; the API finalises an unanswered signature itself.',
    judge: (scene) => {
      const { evidence } = scene;
      const session = evidence.session;
      if (!session) return notTestable(noSession);
      const waiting = waitingForSignature(session);
      if (!waiting)
        return notTestable(
          'the session never asked for a signature while the till looked',
          ids(session.polls.slice(-3)),
        );
      const decided = evidence.lastAction('signature')?.at ?? Number.POSITIVE_INFINITY;
      const early = evidence.requests('decideSignature').filter(({ at: time }) => time < decided);
      const sent = early[0];
      return judged(
        !sent,
        sent
          ? `\`accepted: ${JSON.stringify(at(jsonOf(sent.request), 'accepted'))}\` was sent ${seconds(timeOf(sent, scene) - timeOf(waiting.first.exchange, scene))} after the signature was asked for`
          : 'no decision was sent',
        ids(early),
      );
    },
  },
  {
    id: 'late-decision-refused',
    plane: 'wire',
    fault: 'api',
    expected: () => 'the till offers no decision after the time-out; or the API answers it 422',
    advice: 'A decision after capture must not change the payment.',
    judge: ({ evidence, run }) => {
      const session = evidence.session;
      if (!session) return notTestable(noSession);
      const action = evidence.lastAction('signature');
      if (!action) return notTestable('the late rejection was not tried');
      const late = session.decisions.filter(({ at: time }) => time >= action.at);
      const sent = late[0];
      if (!sent && run.subject === 'api') return notTestable('no late decision was sent to the API');
      if (!sent) {
        return passed(
          action.answer.answer === 'notOffered'
            ? `the till no longer offers the decision: ${action.answer.reason}`
            : 'the till sent nothing',
        );
      }
      return judged(
        sent.response?.status === 422,
        `the late decision was answered ${answered(sent)}`,
        ids(late),
      );
    },
  },
  {
    id: 'signature-times-out',
    plane: 'state',
    fault: 'api',
    expected: (_, run) =>
      `unanswered, the signature is finalised as accepted after about ${seconds(run.criteria['signature.window']!)}`,
    advice: 'The signature verification page: 80 seconds to decide, then the payment continues as accepted.',
    judge: ({ evidence, run }) => {
      const read = readSession(evidence);
      if ('missing' in read) return read.missing;
      const list = listAt(read.state, 'statusEvents').map((event) => ({
        status: textAt(event, 'status'),
        time: Date.parse(textAt(event, 'createdAt') ?? ''),
      }));
      const asked = list.find(({ status }) => status === 'SignatureVerificationRequired');
      const next = asked && list[list.indexOf(asked) + 1];
      const waited = asked && next ? next.time - asked.time : Number.NaN;
      if (!next || Number.isNaN(waited))
        return failed(
          'the session shows no signature that was asked for and closed, with the time of either',
          evidence.lastReading(read.session.id),
        );
      const off = Math.abs(waited - run.criteria['signature.window']!);
      const accepted = next.status === 'SignatureVerificationAccepted' || next.status === 'Captured';
      return judged(
        accepted && off <= run.criteria['signature.window.tolerance']!,
        `${next.status} ${seconds(waited)} after the signature was asked for`,
        evidence.lastReading(read.session.id),
      );
    },
  },
];
