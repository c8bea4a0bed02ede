import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { checklists, loadCatalogue } from '../checklist/index.ts';
import { createRedaction } from '../traffic/redaction/index.ts';
import { orphans, withCases } from './every-story.ts';
import { respelt } from './payments/stories/respelt.ts';
import { sceneOf } from './payments/stories/scene.ts';

for (const { name, check, cases } of withCases) {
  const { id, plane, leftToReview } = check;
  suite(`the check ${id} of ${name}`, () => {
    test('has a story that passes it and one that does not', () => {
      const outcomes = cases.map(({ outcome }) => outcome);
      // What is declared is never a failing: a reviewer asks for it.
      const bad = plane === 'declared' || leftToReview ? 'review' : 'failed';
      assert.ok(outcomes.includes('passed'), `write a story that passes ${id}, in checks/*.stories.ts`);
      assert.ok(outcomes.includes(bad), `write a story of which ${id} makes ${bad}, in checks/*.stories.ts`);
    });
    test('names its plane and whose fault its failing usually is', () => {
      assert.ok(['wire', 'state', 'display', 'contract', 'declared'].includes(plane));
      assert.ok(['pos', 'api', 'environment'].includes(check.fault));
    });
    for (const { outcome, when, story, observed, params, run, ...more } of cases) {
      test(`is ${outcome} when ${when}`, () => {
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
        const known = story.observations.flatMap((seen) =>
          'exchange' in seen ? seen.exchange.id : 'screenshot' in seen ? (seen.screenshot ?? []) : [],
        );
        for (const shown of result.evidence)
          assert.ok(known.includes(shown), `shows ${shown}, which is not in the record`);
      });
    }
    test('judges whoever writes the names of members in another case alike', () => {
      for (const { outcome, when, story, observed, params, run } of cases) {
        const result = check.judge(sceneOf(respelt(story), run), params);
        assert.equal(result.outcome, outcome, `when ${when}: ${result.observed}`);
        assert.match(result.observed, observed);
      }
    });
    test('says where a profile gives the words of its till, where it judged by words', () => {
      for (const { story, when, params, run } of cases) {
        // A driver reads the kinds of entries by their words; a check sees what came of it.
        const known = ['kinds', ...Object.keys(run.pos.vocabulary)];
        const read = new Set<string>();
        const vocabulary = new Proxy(run.pos.vocabulary, {
          get(words, key, receiver) {
            read.add(String(key));
            return Reflect.get(words, key, receiver);
          },
        });
        const scene = sceneOf(story, { ...run, pos: { ...run.pos, vocabulary } });
        const result = check.judge(scene, params);
        if (result.outcome === 'passed' || result.untested || !read.size) continue;
        const advice = result.advice ?? check.advice;
        assert.ok(
          known.some((key) => advice.includes(`\`vocabulary.${key}`)),
          `when ${when}, it was judged by vocabulary.${[...read].join(', ')}, and advises: ${advice}`,
        );
      }
    });
  });
}

test('no story is about a check that is no longer there', () => assert.deepEqual(orphans, []));

test('what the kit itself writes in a certificate looks like no secret, by which sealing would stop', () => {
  const redaction = createRedaction({ known: [] });
  const taken = new Set<string>();
  const note = (text: string): void => {
    if (redaction.text(text) !== text) taken.add(text);
  };
  for (const { check, cases } of withCases) {
    note(check.advice);
    for (const { params, run } of cases) note(check.expected(params, run));
  }
  for (const { rows } of checklists.map((name) => loadCatalogue(name)))
    for (const { title, clauses } of rows)
      for (const text of [title, ...clauses.map((one) => one.clause)]) note(text);
  assert.deepEqual([...taken], []);
});
