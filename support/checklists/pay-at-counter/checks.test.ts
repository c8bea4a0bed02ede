import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { loadCatalogue } from '../../checklist/index.ts';
import { createRedaction } from '../../traffic/redaction/index.ts';
import { checks } from '../every-check.ts';
import { everyStory } from '../every-story.ts';
import { respelt } from '../payments/stories/respelt.ts';
import { aRun, sceneOf } from '../payments/stories/scene.ts';

suite('every check can pass and can fail', () => {
  for (const { id, plane, leftToReview } of checks.values()) {
    test(`${id} has a story that passes it and one that does not`, () => {
      const outcomes = (everyStory.get(id) ?? []).map(({ outcome }) => outcome);
      // What is declared is never a failing: a reviewer asks for it.
      const bad = plane === 'declared' || leftToReview ? 'review' : 'failed';
      assert.ok(outcomes.includes('passed'), `write a story that passes ${id}, in checks/*.stories.ts`);
      assert.ok(outcomes.includes(bad), `write a story of which ${id} makes ${bad}, in checks/*.stories.ts`);
    });
  }
  test('no story is about a check that is no longer there', () => {
    assert.deepEqual(
      [...everyStory.keys()].filter((id) => !checks.has(id)),
      [],
    );
  });
});

for (const [id, all] of everyStory) {
  suite(`the check ${id}`, () => {
    for (const { outcome, when, story, observed, params, run = aRun(), ...more } of all) {
      test(`is ${outcome} when ${when}`, () => {
        const check = checks.get(id);
        assert.ok(check);
        const result = check.judge(sceneOf(story, run), params);
        assert.equal(result.outcome, outcome, result.observed);
        assert.match(result.observed, observed);
        if (more.evidence) assert.deepEqual(result.evidence, more.evidence);
        if (more.fault) assert.equal(result.fault ?? check.fault, more.fault);
        if (more.at !== undefined) assert.equal(result.at ?? 0, more.at);
        assert.doesNotMatch(
          `${result.observed} ${check.expected(params, run)} ${result.advice ?? check.advice}`,
          /undefined|NaN|\[object|null/,
        );
      });
    }
  });
}

test('whoever writes the names of members in another case is judged alike by all checks', () => {
  for (const [id, all] of everyStory) {
    for (const { outcome, when, story, observed, params, run = aRun() } of all) {
      const result = checks.get(id)!.judge(sceneOf(respelt(story), run), params);
      assert.equal(result.outcome, outcome, `${id} when ${when}: ${result.observed}`);
      assert.match(result.observed, observed);
    }
  }
});

test('what was judged by words says where a profile gives the words of its till', () => {
  for (const [id, all] of everyStory) {
    // A driver reads the kinds of entries by their words; a check sees what came of it.
    const known = new Set<string>(['kinds']);
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
  for (const [id, all] of everyStory) {
    for (const { story, params, run = aRun() } of all) {
      const { evidence = [] } = checks.get(id)?.judge(sceneOf(story, run), params) ?? {};
      const known = story.observations.flatMap((one) =>
        'exchange' in one ? one.exchange.id : 'screenshot' in one ? (one.screenshot ?? []) : [],
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

test('what the kit itself writes in a certificate looks like no secret, by which sealing would stop', () => {
  const redaction = createRedaction({ known: [] });
  const taken = new Set<string>();
  const note = (text: string): void => {
    if (redaction.text(text) !== text) taken.add(text);
  };
  for (const [id, all] of everyStory) {
    const check = checks.get(id)!;
    note(check.advice);
    for (const { params, run = aRun() } of all) note(check.expected(params, run));
  }
  for (const { rows } of ['pay-at-counter', 'ambiguity', 'pay-at-table'].map((name) => loadCatalogue(name)))
    for (const { title, clauses } of rows)
      for (const text of [title, ...clauses.map((one) => one.clause)]) note(text);
  assert.deepEqual([...taken], []);
});
