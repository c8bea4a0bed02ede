import { at, jsonOf } from '../../record/evidence.ts';
import type { Exchange, Run } from '../../record/vocabulary.ts';
import type { PaymentEvidence, Session } from '../payments/evidence.ts';

/** Places what was observed on the time axis of one session: milliseconds since its creation. */
export interface SessionClock {
  /** A moment on the kit's monotonic clock. */
  readonly moment: (monotonic: number) => number;
  readonly request: (exchange: Exchange) => number;
  readonly answer: (exchange: Exchange) => number;
  /** A time that the API wrote down, ISO 8601; `null` where it can't be read. */
  readonly api: (iso: string | null) => number | null;
}

const parsed = (iso: unknown): number | null => {
  const time = typeof iso === 'string' ? Date.parse(iso) : Number.NaN;
  return Number.isNaN(time) ? null : time;
};

/**
 * The clock by which the till lives: real time, or its account's time. Held, an account's clock stands still
 * between two answers, so a moment is the account's time at the last answer before it.
 */
export function sessionClock(
  session: Session,
  evidence: PaymentEvidence,
  kind: Run['pos']['clock'],
): SessionClock {
  const { created } = session;
  const bornAt = parsed(at(jsonOf(created.response), 'createdAt'));
  const api = (iso: string | null): number | null => {
    const time = parsed(iso);
    return time === null || bornAt === null ? null : time - bornAt;
  };
  if (kind === 'real' || created.accountTime === undefined) {
    const since = (time: number): number => time - created.at;
    return { moment: since, request: ({ at }) => since(at), answer: ({ until }) => since(until), api };
  }

  const zero = bornAt ?? created.accountTime;
  const known = evidence.all('exchange').flatMap(({ exchange: { until, accountTime } }) => {
    return accountTime === undefined ? [] : [{ until, time: accountTime - zero }];
  });
  known.sort((one, other) => one.until - other.until);
  const moment = (monotonic: number): number => known.findLast(({ until }) => until <= monotonic)?.time ?? 0;
  const own = (exchange: Exchange): number =>
    exchange.accountTime === undefined ? moment(exchange.at) : exchange.accountTime - zero;
  return { moment, request: own, answer: own, api };
}
