import {
  failed,
  judged,
  listed,
  money,
  noSession,
  notTestable,
  type Result,
  seconds,
  unread,
  unseenScreen,
} from '../../../checklist/check.ts';
import { listAt, numberAt, refusalText, textAt } from '../../../record/evidence.ts';
import type { Json, SessionStatus } from '../../../record/vocabulary.ts';
import type { Check } from '../check.ts';
import { type PaymentEvidence, routeId, type Session } from '../evidence.ts';

/** The session and its state as the kit read it, or what a check comes to without it. */
function readSession(evidence: PaymentEvidence): { session: Session; state: Json } | { missing: Result } {
  const session = evidence.session;
  if (!session) return { missing: notTestable(noSession) };
  return session.state
    ? { session, state: session.state }
    : { missing: unread(evidence, 'the session', [session.id]) };
}

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

function entryMode(id: string, words: string, mode: string): Check {
  return {
    id,
    plane: 'state',
    fault: 'api',
    expected: () => `${words}: entry mode ${mode}`,
    advice: 'The session has to say how the card was read.',
    judge: ({ evidence }) => {
      const read = readSession(evidence);
      if ('missing' in read) return read.missing;
      const seen = textAt(read.state, 'paymentDetails', 'card', 'entryMode');
      return judged(
        seen === mode,
        `entry mode ${seen ?? 'not reported'}`,
        evidence.lastReading(read.session.id),
      );
    },
  };
}

export const stateChecks: Check[] = [
  sessionEnds('captured', ['Captured']),
  sessionEnds('authorized', ['Authorized']),
  sessionEnds('declined', ['Declined', 'SignatureVerificationRejected']),
  sessionEnds('canceled', ['Canceled']),
  sessionEnds('expired', ['Expired']),
  entryMode('card-was-inserted', 'the card was inserted', 'ContactChip'),
  entryMode('card-was-tapped', 'the card was tapped', 'Contactless'),
  entryMode('card-was-keyed', 'the card was keyed in', 'ManualEntry'),
  {
    id: 'device-was-verified',
    plane: 'state',
    fault: 'api',
    expected: () => 'the cardholder was verified on their device',
    advice: 'Pay with a wallet on a phone.',
    judge: ({ evidence }) => {
      const read = readSession(evidence);
      if ('missing' in read) return read.missing;
      const seen = textAt(read.state, 'paymentDetails', 'card', 'verificationMethod');
      return judged(
        seen === 'Device',
        `verification method ${seen ?? 'not reported'}`,
        evidence.lastReading(read.session.id),
      );
    },
  },
  {
    id: 'card-types-differ',
    plane: 'state',
    fault: 'environment',
    expected: () => 'two payments with cards of different types',
    advice: 'Use a card of another scheme for the second payment.',
    judge: ({ evidence }) => {
      const types = evidence.sessions.map(
        ({ state }) => textAt(state, 'paymentDetails', 'card', 'cardType') ?? 'not reported',
      );
      const result = judged(
        new Set(types).size > 1 && !types.includes('not reported'),
        listed(types),
        evidence.sessions.flatMap(({ id }) => evidence.lastReading(id)),
      );
      // Where the kit itself chose the cards, two were presented.
      const schemes = evidence
        .facts('card-machine-prepared')
        .flatMap(({ detail }) => textAt(detail, 'cardholder', 'scheme') ?? []);
      return new Set(schemes).size > 1 ? { ...result, fault: 'api' } : result;
    },
  },
  {
    id: 'total-adds-up',
    plane: 'state',
    fault: 'api',
    expected: (params) => `the payment intent's total is ${money(Number(params.total))}`,
    advice: '`totalAmount` is `amount` with tips, service charge and cashback.',
    judge: ({ evidence }, params) => {
      const id = evidence.session?.intentId;
      const intent = evidence.intents.get(id ?? '')?.state ?? null;
      if (!id) return notTestable('there is no payment intent to read');
      if (!intent) return unread(evidence, 'the payment intent', [id]);
      const part = (name: string) => numberAt(intent, name, 'value');
      const sum =
        (part('amount') ?? 0) +
        (part('tipsAmount') ?? 0) +
        (part('cashbackAmount') ?? 0) +
        (part('serviceChargeAmount') ?? 0);
      return judged(
        part('totalAmount') === params.total && sum === params.total,
        `amount ${money(part('amount'))}, tip ${money(part('tipsAmount'))}, cashback ${money(part('cashbackAmount'))}, total ${money(part('totalAmount'))}`,
        evidence.lastReading(id),
      );
    },
  },
  {
    id: 'machine-shows-total',
    plane: 'state',
    fault: 'api',
    expected: (params) => `the card machine asks for ${money(Number(params.total))}`,
    advice: 'Cashback belongs to the amount that the card machine shows.',
    judge: ({ evidence }, params) => {
      const screen = evidence.facts('card-machine-screen').at(-1);
      if (!screen) return unseenScreen('Compare a photo of the card machine with the total.');
      const { amount } = screen.detail;
      return judged(amount === params.total, `the card machine shows ${money(amount)}`);
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
