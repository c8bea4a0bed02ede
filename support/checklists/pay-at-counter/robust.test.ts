import { test } from 'node:test';
import { checks } from '../every-check.ts';
import { everyStory } from '../every-story.ts';
import { aRun, sceneOf } from '../payments/stories/scene.ts';

test('whatever is missing from a record, no check throws over it', () => {
  const stories = [...everyStory.values()].flatMap((all) => all.map(({ story }) => story));
  for (const [id, all] of everyStory) {
    const { params, run = aRun() } = all[0]!;
    for (const story of stories) checks.get(id)?.judge(sceneOf(story, run), params);
  }
});
