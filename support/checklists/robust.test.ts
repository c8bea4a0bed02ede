import { test } from 'node:test';
import { withCases } from './every-story.ts';
import { sceneOf } from './payments/stories/scene.ts';

test('whatever is missing from a record, no check throws over it', () => {
  const stories = withCases.flatMap(({ name, cases }) => cases.map(({ story }) => ({ name, story })));
  for (const { name, check, cases } of withCases) {
    const { params, run } = cases[0]!;
    for (const one of stories) if (one.name === name) check.judge(sceneOf(one.story, run), params);
  }
});
