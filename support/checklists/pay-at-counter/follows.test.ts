import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { aRow, judged } from '../../judging/testing/bench.ts';
import { everyStory } from '../every-story.ts';
import { displayChecks } from '../payments/checks/display/index.ts';
import { Story } from '../payments/stories/story.ts';

/** What a till owes its user, whatever the API does. */
const owed: ReadonlySet<string> = new Set(['key-changeable', 'item-lines-shown', 'shows-nothing-false']);

suite('where the API took a key that is wrong, the till is not judged by what follows', () => {
  for (const { id, leftToReview } of displayChecks) {
    // It never fails, so that nothing of it could be left.
    if (leftToReview) continue;
    test(`${id} ${owed.has(id) ? 'fails all the same' : 'is left to a reviewer'}`, () => {
      const telling = everyStory
        .get(id)
        ?.find(({ outcome, observed }) => outcome === 'failed' && !observed.test('Not testable'));
      assert.ok(telling);
      const story = new Story()
        .wait(-500)
        .call('GET', '/terminals', { headers: [['Authorization', 'Basic wrong']], answer: [] });
      story.observations.push(...telling.story.observations);
      story.wait(1_000_000).expect('wrong-key-refused', { key: 'wrong' }).expect(id, telling.params);
      const { findings } = judged(aRow(['wrong-key-refused', id]), story);
      assert.deepEqual(
        findings.map(({ fault, outcome }) => [fault, outcome]),
        [
          ['api', 'failed'],
          ['pos', owed.has(id) ? 'failed' : 'review'],
        ],
      );
    });
  }
});
