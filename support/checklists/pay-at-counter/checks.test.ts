import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { checks } from '../every-check.ts';
import { aRun, sceneOf } from './stories/story.ts';
import { tellings } from './stories/tellings.ts';

suite('every check can pass and can fail', () => {
  for (const { id, plane, leftToReview } of checks.values()) {
    test(`${id} has a story that passes it and one that does not`, () => {
      const outcomes = (tellings.get(id) ?? []).map(({ comesTo }) => comesTo);
      // What is declared is never a failing: a reviewer asks for it.
      const bad = plane === 'declared' || leftToReview ? 'review' : 'failed';
      assert.ok(outcomes.includes('passed'), `write a story that passes ${id}, in testing/`);
      assert.ok(outcomes.includes(bad), `write a story that comes to ${bad} by ${id}, in testing/`);
    });
  }
  test('no story is about a check that is no longer there', () => {
    assert.deepEqual(
      [...tellings.keys()].filter((id) => !checks.has(id)),
      [],
    );
  });
});

for (const [id, all] of tellings) {
  suite(`the check ${id}`, () => {
    for (const { comesTo, when, story, observed, params, run = aRun() } of all) {
      test(`comes to ${comesTo} when ${when}`, () => {
        const check = checks.get(id);
        assert.ok(check);
        const result = check.judge(sceneOf(story, run), params);
        assert.equal(result.outcome, comesTo, result.observed);
        assert.match(result.observed, observed);
        assert.doesNotMatch(
          `${result.observed} ${check.expected(params, run)} ${result.advice ?? check.advice}`,
          /undefined|NaN|\[object|null/,
        );
      });
    }
  });
}

test('whoever writes the names of members in another case is judged alike by all checks', () => {
  for (const [id, all] of tellings) {
    for (const { comesTo, when, story, observed, params, run = aRun() } of all) {
      const result = checks.get(id)!.judge(sceneOf(story.respelt(), run), params);
      assert.equal(result.outcome, comesTo, `${id} when ${when}: ${result.observed}`);
      assert.match(result.observed, observed);
    }
  }
});

test('what was judged by words says where a profile gives the words of its till', () => {
  for (const [id, all] of tellings) {
    const known = new Set<string>();
    for (const { story, params, when, run = aRun() } of all) {
      const read = new Set<string>();
      const vocabulary = new Proxy(run.pos.vocabulary, {
        get(words, key, receiver) {
          read.add(String(key));
          known.add(String(key));
          return Reflect.get(words, key, receiver);
        },
      });
      const check = checks.get(id);
      const result = check?.judge(sceneOf(story, { ...run, pos: { ...run.pos, vocabulary } }), params);
      if (!check || !result || result.outcome === 'passed' || result.untested || !read.size) continue;
      const advice = result.advice ?? check.advice;
      assert.ok(
        [...known].some((key) => advice.includes(`\`vocabulary.${key}`)),
        `${id}, when ${when}, was judged by vocabulary.${[...read].join(', ')}, and advises: ${advice}`,
      );
    }
  }
});

test('what a check shows as evidence stands in the record', () => {
  for (const [id, all] of tellings) {
    for (const { story, params, run = aRun() } of all) {
      const { evidence = [] } = checks.get(id)?.judge(sceneOf(story, run), params) ?? {};
      const known = story.observations.flatMap((one) =>
        'exchange' in one ? one.exchange.id : one.kind === 'display' ? (one.screenshot ?? []) : [],
      );
      for (const name of evidence) assert.ok(known.includes(name), `${id} shows ${name}`);
    }
  }
});

test('every check names its plane and whose fault its failing usually is', () => {
  for (const { id, plane, fault } of checks.values()) {
    assert.ok(['wire', 'state', 'display', 'contract', 'declared'].includes(plane), id);
    assert.ok(['pos', 'api', 'environment'].includes(fault), id);
  }
});
