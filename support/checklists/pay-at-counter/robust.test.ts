import { test } from 'node:test';
import { checks } from '../every-check.ts';
import { aRun, sceneOf } from './stories/story.ts';
import { tellings } from './stories/tellings.ts';

test('whatever is missing from a record, no check throws over it', () => {
  const stories = [...tellings.values()].flatMap((all) => all.map(({ story }) => story));
  for (const [id, all] of tellings) {
    const { params, run = aRun() } = all[0]!;
    for (const story of stories) checks.get(id)?.judge(sceneOf(story, run), params);
  }
});
