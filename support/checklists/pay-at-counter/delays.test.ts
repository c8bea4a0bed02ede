import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { aRow, judged } from '../../judging/testing/bench.ts';
import type { MachinePace, Observation } from '../../record/vocabulary.ts';
import { checks } from '../every-check.ts';
import { everyStory } from '../every-story.ts';
import type { Case } from '../payments/stories/case.ts';
import { Story } from '../payments/stories/story.ts';

/** So long one thing takes on a busy machine, in ms. */
const delay = 5000;

const busyPage: MachinePace = { roundTrip: { median: 20, max: delay }, loopDelay: { max: 20 } };
const busyKit: MachinePace = { roundTrip: { median: 20, max: 20 }, loopDelay: { max: delay } };

/** What is recorded when one thing is slow; `null` where it is not what is slow. */
type Slow = (one: Observation) => Observation | null;

const slow: readonly [what: string, pace: MachinePace, slow: Slow][] = [
  [
    'an exchange is noted',
    busyKit,
    (one) => {
      if (one.kind !== 'exchange') return null;
      const { until, readableAt = until } = one.exchange;
      return { ...one, exchange: { ...one.exchange, until: until + delay, readableAt } };
    },
  ],
  ['a display is read', busyPage, (one) => (one.kind === 'display' ? { ...one, at: one.at + delay } : null)],
  [
    'a page is started',
    busyPage,
    (one) =>
      one.kind === 'action' && (one.action.name === 'restart' || one.action.name === 'configure')
        ? { ...one, until: one.until + delay }
        : null,
  ],
];

/** The displays that follow one that is read late are read no earlier; the kit looks before it asks for anything. */
function inOrder(observations: readonly Observation[], first: number): Observation[] {
  let latest = 0;
  return observations.map((one, index) => {
    if (one.kind !== 'display' || index < first) return one;
    const next = observations.slice(index).find(({ kind }) => kind === 'action') as
      | { at: number }
      | undefined;
    latest = Math.min(Math.max(latest, one.at), (next?.at ?? Number.POSITIVE_INFINITY) - 1);
    return { ...one, at: latest };
  });
}

const verdictOf = (id: string, { params, run }: Case, observations: readonly Observation[]) => {
  const story = new Story();
  for (const one of observations) story.record(one);
  const ends = observations.map((one) =>
    one.kind === 'exchange' ? one.exchange.until : 'until' in one ? one.until : one.at,
  );
  story.record({ kind: 'expectation', at: Math.max(0, ...ends) + 1, check: id, params });
  return judged(aRow([id]), story, run ? { run } : {});
};

for (const [what, pace, slower] of slow) {
  suite(`that ${what} five seconds later fails no till that conforms`, () => {
    for (const id of checks.keys()) {
      const conforming = (everyStory.get(id) ?? []).filter(
        ({ outcome, story }) => outcome === 'passed' && story.observations.some((one) => slower(one)),
      );
      if (conforming.length === 0) continue;
      test(`by ${id}`, () => {
        for (const telling of conforming) {
          const { observations } = telling.story;
          const before = verdictOf(id, telling, observations).verdict;
          for (const [index, one] of observations.entries()) {
            const late = slower(one);
            if (!late) continue;
            const all = inOrder(observations.with(index, late), index);
            const { verdict, findings } = verdictOf(id, telling, [...all, { kind: 'pace', at: 0, ...pace }]);
            if (before !== 'failed')
              assert.notEqual(verdict, 'failed', `${telling.when}: ${findings[0]?.observed}`);
          }
        }
      });
    }
  });
}
