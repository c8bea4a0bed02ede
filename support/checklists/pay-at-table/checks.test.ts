import '../index.ts';
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { loadChecklist } from '../../checklist/index.ts';
import { sentIn } from '../../record/sent.ts';
import { checks as atCounter } from '../every-check.ts';
import { aRun } from '../payments/stories/scene.ts';
import type { Scene } from './check.ts';
import { callStories } from './checks/calls.stories.ts';
import { itemStories } from './checks/items.stories.ts';
import { lockStories } from './checks/locks.stories.ts';
import { moneyStories } from './checks/money.stories.ts';
import { orderStories } from './checks/orders.stories.ts';
import { refundStories } from './checks/refunds.stories.ts';
import { screenStories } from './checks/screen.stories.ts';
import { socketStories } from './checks/sockets.stories.ts';
import { twiceStories } from './checks/twice.stories.ts';
import { waiterStories } from './checks/waiters.stories.ts';
import { TableEvidence } from './evidence.ts';
import type { Case } from './stories/case.ts';
import type { TableStory } from './stories/story.ts';

const { checks, criteria, capabilitiesUsed } = loadChecklist('pay-at-table');
const stories = Object.entries({
  ...callStories,
  ...orderStories,
  ...itemStories,
  ...waiterStories,
  ...lockStories,
  ...moneyStories,
  ...refundStories,
  ...screenStories,
  ...socketStories,
  ...twiceStories,
});
const run = aRun({
  checklist: { name: 'pay-at-table', sha256: 'c0ffee' },
  criteria: Object.fromEntries(Object.entries(criteria).map(([name, { value }]) => [name, value])),
  why: ['the upstream is a simulator'],
});

function sceneOf({ observations, violations }: TableStory): Scene {
  const evidence = new TableEvidence(observations);
  return {
    evidence,
    whole: evidence,
    run,
    everyRow: new Map([['PAT-TEST-01', sentIn(evidence, capabilitiesUsed)]]),
    violations: ({ id }) => violations.get(id) ?? [],
    provoked: () => false,
  };
}

suite('every check of Pay at Table can pass and can fail', () => {
  // What Pay at Counter asks of any POS has its stories there.
  for (const [id] of [...checks].filter(([one]) => !atCounter.has(one)))
    test(`${id} has a story that passes it and one that fails it`, () => {
      const outcomes = (Object.fromEntries(stories)[id] ?? []).map(({ outcome }: Case) => outcome);
      assert.ok(outcomes.includes('passed'), `write a story that passes ${id}, in checks/*.stories.ts`);
      assert.ok(outcomes.includes('failed'), `write a story that fails ${id}, in checks/*.stories.ts`);
    });
  test('no story is about a check that is not there, and none in two places', () => {
    assert.deepEqual(
      stories.map(([id]) => id).filter((id) => !checks.has(id)),
      [],
    );
    assert.equal(new Set(stories.map(([id]) => id)).size, stories.length);
  });
});

for (const [id, cases] of stories)
  suite(`the check ${id}`, () => {
    for (const { outcome, when, story, observed, params } of cases)
      test(`is ${outcome} when ${when}`, () => {
        const check = checks.get(id)!;
        const result = check.judge(sceneOf(story), params);
        assert.equal(result.outcome, outcome, result.observed);
        assert.match(result.observed, observed);
        const words = `${result.observed} ${check.expected(params, run)} ${result.advice ?? check.advice}`;
        assert.doesNotMatch(words, /undefined|NaN|\[object/);
        const known = story.observations.flatMap((one) => ('exchange' in one ? one.exchange.id : []));
        for (const name of result.evidence) assert.ok(known.includes(name), `${id} shows ${name}`);
      });
  });
