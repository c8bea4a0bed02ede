import { jsonOf, numberAt, readableAt, textAt } from '../../../../record/evidence.ts';
import type { Exchange, ResultName } from '../../../../record/vocabulary.ts';
import { answeredEnd, type PaymentEvidence, type Session } from '../../evidence.ts';
import { intentMeant } from '../payment-intent.ts';

/** The action with which a payment, a refund or a further attempt begins. */
type Begun = PaymentEvidence['starts'][number];

/** The till's own requests of that action: what it began on the card machine, or gave back. */
export const deedsSince = (evidence: PaymentEvidence, start: number): Exchange[] =>
  [...evidence.requests('createSession'), ...evidence.requests('refund')]
    .filter(({ at: time }) => time >= start)
    .sort((one, other) => one.at - other.at);

/** Payment intents that are what those requests are about. */
export const intentsOf = (deeds: readonly Exchange[]): ReadonlySet<string | null> =>
  new Set(deeds.flatMap((exchange) => intentMeant(exchange) ?? []));

/** The payment intent that an exchange is about: the one that its path names, or that it made. */
export const intentOf = (exchange: Exchange): string | null =>
  /^\/payment-intents\/([^/?]+)/.exec(exchange.request.target)?.[1] ??
  textAt(jsonOf(exchange.response), 'id');

/** The sale or refund of which the action at that time is an attempt. */
export const attempted = (starts: readonly Begun[], time: number): Begun | undefined =>
  starts.findLast(({ action, at: begunAt }) => action.name !== 'retry' && begunAt <= time);

/** Statuses of an attempt that is over which a later attempt may still find out: the money was there after all. */
const goodNews: ReadonlySet<string> = new Set(['Captured', 'Authorized']);

/**
 * What the till had learned by a time of the payment that was begun at `start`: each result that it may show
 * then. What is known to be about another payment does not count. Up to its own first request, what was begun has no
 * result of its own, and what was so before is so still.
 */
export function truths(evidence: PaymentEvidence, start: number, time: number): Set<ResultName> {
  const results = new Set<ResultName>();
  const starts = evidence.starts;
  const name = starts.find((action) => action.at === start)?.action.name;
  const next = starts.find((action) => action.at > start)?.at ?? Number.POSITIVE_INFINITY;
  const origin = attempted(starts, start)?.at ?? start;
  const deeds = deedsSince(evidence, origin).filter((deed) => deed.at < next);
  const own = name === 'sale' ? requestOf(evidence, start, next) : deeds.find((deed) => deed.at >= start);
  if (!own || time < (name === 'sale' ? own.at : readableAt(own))) {
    const first = starts[0]?.at ?? start;
    if (name === 'retry' || name === 'sale') {
      const earlier = starts.findLast((action) => action.at < start)?.at;
      if (earlier !== undefined) for (const result of truths(evidence, earlier, time)) results.add(result);
    } else {
      const about = own ? intentsOf([own]) : null;
      note(evidence, first, time, results, (intent) => !about?.size || about.has(intent));
    }
  }
  const about = intentsOf(deeds);
  // Payment intents that the till made for what was begun before.
  const others: ReadonlySet<string | null> = new Set(
    evidence.made.filter(({ created }) => created.at < origin).map(({ id }) => id),
  );
  note(
    evidence,
    start,
    time,
    results,
    (intent) => !others.has(intent) || about.has(intent),
    // What a further attempt finds out may be about the attempt before, and good news of it at that.
    ({ created }, status) => created.at >= start || (created.at >= origin && goodNews.has(status)),
  );
  return results;
}

/**
 * When the till could first know of that result of the payment begun at `start`; `null` while it cannot. Of a session it
 * is the answer that stated its end. A till that was switched off meanwhile could know once it was on again.
 */
export function answeredAt(evidence: PaymentEvidence, start: number, result: ResultName): number | null {
  const knows = (time: number) => truths(evidence, start, time).has(result);
  const { session } = evidence;
  const end = session && session.created.at >= start ? answeredEnd(session) : null;
  const times = (end ? [end.exchange] : [])
    .concat(evidence.exchanges.filter(({ at }) => at >= start))
    .map((exchange) => readableAt(exchange));
  const answered = times.find(knows);
  if (answered === undefined) return null;
  const on = evidence.lastAction('restart')?.until ?? 0;
  return Math.max(answered, on);
}

/** The request with which a sale that was begun between two times shows on the wire. */
export const requestOf = (evidence: PaymentEvidence, from: number, to: number): Exchange | undefined =>
  [...evidence.requests('createIntent'), ...evidence.requests('createSession')]
    .filter(({ at: time }) => time >= from && time < to)
    .sort((one, other) => one.at - other.at)[0];

/** Adds the results that answers between two times stated of those payment intents and sessions. */
function note(
  evidence: PaymentEvidence,
  from: number,
  to: number,
  results: Set<ResultName>,
  isAbout: (intent: string | null) => boolean,
  counts: (session: Session, status: string) => boolean = () => true,
): void {
  for (const session of evidence.sessions) {
    for (const { exchange, status } of session.answers) {
      if (exchange.at < from || readableAt(exchange) > to || !counts(session, status)) continue;
      if (!isAbout(session.intentId)) continue;
      if (status === 'SignatureVerificationRejected') results.add('Declined');
      if (status === 'Expired') results.add('Unconfirmed');
      if (status === 'Captured') results.add(session.type === 'Sale' ? 'Captured' : 'Refunded');
      if (status === 'Authorized' || status === 'Declined' || status === 'Canceled') results.add(status);
    }
  }
  // A till that was switched off has missed what happened meanwhile.
  if (evidence.all('action').some(({ action, at }) => action.name === 'restart' && at >= from && at <= to))
    results.add('Unconfirmed');
  for (const exchange of evidence.exchanges) {
    if (exchange.at < from || exchange.at > to) continue;
    const aboutIntent = /^\/payment-intents\b/.test(exchange.request.target);
    // Where an answer was lost, or stated no result, the till cannot know what came of its request.
    if (exchange.trouble || (readableAt(exchange) <= to && (exchange.response?.status ?? 0) >= 500)) {
      if (aboutIntent || /^\/terminal-sessions\b/.test(exchange.request.target)) results.add('Unconfirmed');
      continue;
    }
    if (readableAt(exchange) > to || !aboutIntent || !isAbout(intentOf(exchange))) continue;
    const body = jsonOf(exchange.response);
    const status = textAt(body, 'status');
    if (status === 'Captured' || status === 'Authorized' || status === 'Canceled' || status === 'Refunded')
      results.add(status);
    if ((numberAt(body, 'refundedAmount') ?? 0) > 0 || textAt(body, 'refundId')) results.add('Refunded');
    if (textAt(body, 'captureId')) results.add('Captured');
  }
}
