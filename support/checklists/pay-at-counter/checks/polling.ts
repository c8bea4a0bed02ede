import { failed, judged, noSession, notTestable, passed, seconds } from '../../../checklist/check.ts';
import { counted } from '../../../record/counted.ts';
import { ids } from '../../../record/evidence.ts';
import type { Check, Scene } from '../../payments/check.ts';
import { answeredEnd, type Session } from '../../payments/evidence.ts';
import { timeOf, waitingForSignature } from './session-state.ts';

/** Distances between polls of a session, in ms, up to the poll that stated the end. */
function intervals(session: Session, scene: Scene): number[] {
  const end = answeredEnd(session)?.exchange;
  const polls = session.polls.filter((poll) => !end || poll.at <= end.at);
  return polls.slice(1).map((poll, index) => timeOf(poll, scene) - timeOf(polls[index]!, scene));
}

/** Fewer intervals than this tell nothing of a pace. */
const fewest = 5;

/** How long a session went on until the till learned of its end, in ms; `null` when it never did. */
function lifetime(session: Session, scene: Scene): number | null {
  const end = answeredEnd(session)?.exchange;
  return end ? timeOf(end, scene) - timeOf(session.created, scene) : null;
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** How a pace is put that is no failing yet. */
const aLittleTooSlowly = 'the till polls a little too slowly';

export const pollingChecks: Check[] = [
  {
    id: 'polls-throughout',
    plane: 'wire',
    fault: 'pos',
    timed: true,
    expected: (_, run) =>
      `the till polls as long as the signature is open, with no gap above ${seconds(run.criteria['polling.gap']!)}`,
    advice: 'Keep polling while a dialogue is open.',
    judge: (scene) => {
      const session = scene.evidence.session;
      if (!session) return notTestable(noSession);
      const signature = waitingForSignature(session);
      if (!signature) return notTestable('the session never asked for a signature while the till looked');
      const { first, after } = signature;
      const waiting = session.polls.filter(
        ({ at: time }) => time >= first.exchange.at && (!after || time <= after.exchange.at),
      );
      const gaps = waiting
        .slice(1)
        .map((poll, index) => timeOf(poll, scene) - timeOf(waiting[index]!, scene));
      const longest = gaps.length ? Math.max(...gaps) : Number.POSITIVE_INFINITY;
      const sawEnd = after !== undefined;
      return judged(
        sawEnd && longest <= scene.run.criteria['polling.gap']!,
        `${counted(waiting.length, 'poll')} while the signature was open, longest gap ${Number.isFinite(longest) ? seconds(longest) : 'without end'}${sawEnd ? '' : '; the till stopped before it was closed'}`,
        ids([first.exchange, ...waiting.slice(-1)]),
        sawEnd ? { beyond: longest - scene.run.criteria['polling.gap']! } : {},
      );
    },
  },
  {
    id: 'polling-samples',
    plane: 'wire',
    fault: 'pos',
    timed: true,
    expected: (_, run) =>
      `at least ${run.criteria['polling.samples']} intervals between polls of one session`,
    advice: 'Poll GET /terminal-sessions/{id} once per second until the session has ended.',
    judge: (scene) => {
      const session = scene.evidence.session;
      if (!session) return notTestable(noSession);
      const values = intervals(session, scene);
      const { criteria } = scene.run;
      const few = values.length < criteria['polling.samples']!;
      const pace = values.length ? median(values) : Number.POSITIVE_INFINITY;
      const observed = `${counted(values.length, 'interval')}`;
      // A session may be over before a pace that is allowed comes to so many of them. A card machine of the API is
      // quicker than another, and nobody can tell it to wait.
      const enough = pace * criteria['polling.samples']!;
      const lasted = lifetime(session, scene);
      if (few && lasted !== null && pace <= criteria['polling.median.warn']! && lasted < enough) {
        const soon = `${observed} of ${seconds(pace)}, for the session was over after ${seconds(lasted)}`;
        if (values.length < fewest)
          return {
            outcome: 'review',
            observed: soon,
            evidence: ids(session.polls),
            advice: 'Run the row again with a card that takes longer; this session is too short to tell.',
          };
        if (pace <= criteria['polling.median.pass']!) return passed(soon, ids(session.polls));
        return { outcome: 'warning', observed: `${aLittleTooSlowly}: ${soon}`, evidence: ids(session.polls) };
      }
      const slow = few && values.length > 0 && pace > criteria['polling.median.warn']!;
      return judged(
        !few,
        slow
          ? `the till polls too slowly: ${observed} of ${seconds(pace)}`
          : few
            ? `the till polls too few times: ${observed}`
            : observed,
        ids(session.polls),
      );
    },
  },
  {
    id: 'polling-median',
    plane: 'wire',
    fault: 'pos',
    timed: true,
    expected: (_, run) =>
      `about one poll per second: median ${seconds(run.criteria['polling.median.least']!)} to ${seconds(run.criteria['polling.median.pass']!)}`,
    advice: 'Poll once per second.',
    judge: (scene) => {
      const session = scene.evidence.session;
      if (!session) return notTestable(noSession);
      const values = intervals(session, scene);
      if (!values.length) return notTestable('the till did not poll');
      const value = median(values);
      const { criteria } = scene.run;
      const observed = `median ${seconds(value)} of ${counted(values.length, 'interval')}`;
      const within = (most: number) => value >= criteria['polling.median.least']! && value <= most;
      if (within(criteria['polling.median.pass']!)) return passed(observed);
      return within(criteria['polling.median.warn']!)
        ? { outcome: 'warning', observed: `${aLittleTooSlowly}: ${observed}`, evidence: ids(session.polls) }
        : // No machine makes a till poll more often than it does.
          failed(
            `the till polls too ${value < criteria['polling.median.least']! ? 'often' : 'slowly'}: ${observed}`,
            ids(session.polls),
            { timed: value >= criteria['polling.median.least']! },
          );
    },
  },
  {
    id: 'polling-longest-gap',
    plane: 'wire',
    fault: 'pos',
    timed: true,
    expected: (_, run) => `no gap above ${seconds(run.criteria['polling.gap']!)}`,
    advice: 'Keep polling whatever the till is doing besides.',
    judge: (scene) => {
      const session = scene.evidence.session;
      if (!session) return notTestable(noSession);
      const values = intervals(session, scene);
      if (!values.length) return notTestable('the till did not poll');
      const longest = Math.max(...values);
      const beyond = longest - scene.run.criteria['polling.gap']!;
      const steady = beyond <= 0;
      return judged(
        steady,
        `${steady ? '' : 'the till leaves off polling for too long: '}longest gap ${seconds(longest)}`,
        ids(session.polls),
        { beyond },
      );
    },
  },
  {
    id: 'polling-stops',
    plane: 'wire',
    fault: 'pos',
    timed: true,
    expected: () => 'polling ends when the session has ended',
    advice: 'Leave the polling loop at each final status, not at the successful one alone.',
    judge: ({ evidence }) => {
      const session = evidence.session;
      if (!session) return notTestable(noSession);
      const end = answeredEnd(session);
      if (!end) return notTestable('the till never saw the end of the session', ids(session.polls.slice(-2)));
      const later = session.polls.filter(({ at: time }) => time > end.exchange.until);
      return judged(
        later.length <= 1,
        `${later.length > 1 ? 'the till polls on after the end: ' : ''}${counted(later.length, 'poll')} after the API reported ${end.status}`,
        ids(later),
      );
    },
  },
];
