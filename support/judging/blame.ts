import type { Check, Result } from '../checklist/check.ts';
import type { CheckEntry } from '../checklist/index.ts';
import type { Evidence } from '../record/evidence.ts';
import type { Fault, Observation } from '../record/vocabulary.ts';
import type { Bench } from './scene.ts';

/** A check as it was applied once. */
export interface Applied {
  readonly check: Check;
  readonly entry: CheckEntry;
  readonly result: Result;
  readonly expectation: Extract<Observation, { kind: 'expectation' }>;
  /** It failed in what the machine was too slow to judge. */
  readonly excused?: true;
}

/** Whether a finding counts as a failing of what its severity asks for. */
export const fails = ({ result, entry }: Applied): boolean =>
  result.outcome === 'failed' && entry.severity !== 'should';

/**
 * Whose fault each failing is. In the wire's own time, for one fault brings others about: what the till got
 * wrong before the API did stays the till's, and the state that came of it is its doing. What the till could not
 * do, or showed, after the API had gone another way than the row sets up is no verdict on the till.
 *
 * For the subject `api` the kit's own client plays the till: whatever comes of it is the API's doing, unless
 * that client broke the contract itself.
 */
export function attributed(applied: readonly Applied[], whole: Evidence, bench: Bench): Applied[] {
  const { run } = bench;
  const failing = applied.filter(fails);
  const pos = failing.filter((one) => faultOf(one) === 'pos');
  if (run.subject === 'api') {
    if (pos.some(({ check }) => check.decisive)) return [...applied];
    return applied.map((one) => (pos.includes(one) ? withResult(one, { fault: 'api' }) : one));
  }
  const times = timesOf(whole);
  const deeds = pos.filter((one) => !one.result.untested && (isOnWire(one) || one.check.deed));
  const doneBy = (time: number) => (one: Applied) => Math.max(...times(one)) <= time;
  const brought = broughtAbout(whole, bench, (one) =>
    deeds.some((deed) => !isTimed(deed) && doneBy(Math.min(...times(one)))(deed)),
  );
  const api = failing.filter((one) => faultOf(one) === 'api' && !one.result.untested && !brought(one));
  // A state follows from what was sent: it shows the API astray only where the till had done nothing wrong.
  const astray = api
    .map((one) => ({ one, time: Math.min(...times(one)) }))
    .filter(({ one, time }) => isOnWire(one) || !deeds.some(doneBy(time)));
  const wentAstray = Math.min(...astray.map(({ time }) => time));
  const own = pos.filter((one) => one.check.decisive || (deeds.includes(one) && doneBy(wentAstray)(one)));
  const apiAtFault = astray.length > 0;
  return applied.map((one) => {
    if (!fails(one) || own.includes(one)) return one;
    if (brought(one)) return own.length ? withResult(one, { fault: 'pos', advice: correctFirst }) : one;
    const { check, result } = one;
    if (!apiAtFault) {
      // What the kit itself could not bring about stays nobody's failing.
      const came = check.plane === 'state' && faultOf(one) === 'api';
      return came ? withResult(one, { fault: 'pos' }) : one;
    }
    const follows = check.followsApi || result.untested || isOnWire(one);
    if (faultOf(one) !== 'pos' || !follows) return one;
    return withResult(one, {
      outcome: 'review',
      observed: `Not testable: the API went another way. ${result.observed}`,
    });
  });
}

const correctFirst =
  'The till brought this about by what it got wrong before: correct that first, and run the row again.';

const isTimed = ({ check, result }: Applied): boolean => Boolean(result.timed ?? check.timed);

/**
 * Tells what is put down to the API and is the till's own doing: that it refused a request which was wrong, or one that
 * came after the till had gone wrong, and what could not be tested for that.
 */
function broughtAbout(
  whole: Evidence,
  { violations }: Bench,
  cameAfter: (one: Applied) => boolean,
): (one: Applied) => boolean {
  const refused = new Map(
    whole.exchanges.flatMap((exchange) => {
      const { status } = exchange.response ?? { status: 0 };
      return status >= 400 && status < 500 ? [[exchange.id, exchange] as const] : [];
    }),
  );
  const isWrong = (id: string): boolean =>
    violations(refused.get(id)!).some(({ fault, severity }) => fault === 'pos' && severity === 'must');
  return (one) => {
    if (!fails(one) || faultOf(one) !== 'api' || !isOnWire(one)) return false;
    const { untested, evidence } = one.result;
    if (untested) return cameAfter(one);
    if (!evidence.length || !evidence.every((id) => refused.has(id))) return false;
    return evidence.every(isWrong) || (one.check.plane === 'wire' && cameAfter(one));
  };
}

export const faultOf = ({ check, result }: Applied): Fault => result.fault ?? check.fault;

const isOnWire = ({ check }: Applied): boolean => check.plane === 'wire' || check.plane === 'contract';

export const withResult = (one: Applied, result: Partial<Result>): Applied => ({
  ...one,
  result: { ...one.result, ...result },
});

/**
 * When the exchanges took place that a finding shows; without any, when the row asked for the check. A state is
 * read late, and again: it counts from when the row asked.
 */
function timesOf(whole: Evidence): (one: Applied) => number[] {
  const exchanges = new Map(whole.all('exchange').map(({ exchange: { id, at } }) => [id, at]));
  return ({ check, result, expectation }) => {
    if (result.at !== undefined) return [result.at];
    const seen = check.plane === 'state' ? [] : result.evidence.flatMap((id) => exchanges.get(id) ?? []);
    return seen.length ? seen : [expectation.at];
  };
}
