import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { aRow, judged } from '../../judging/testing/bench.ts';
import { checks } from '../every-check.ts';
import { sceneOf } from '../payments/stories/scene.ts';
import { aSale } from '../payments/stories/situations.ts';
import { Story } from '../payments/stories/story.ts';

test('a result that is false is left to a reviewer where the API had gone astray', () => {
  const story = aSale()
    .poll('Captured')
    .poll('Initiated')
    .expect('statuses-go-forward')
    .shows({ outcome: 'Paid' })
    .intentIs('Created')
    .expect('shows-what-holds');
  const { verdict, findings } = judged(aRow(['statuses-go-forward', 'shows-what-holds']), story);
  assert.deepEqual([verdict, findings[1]?.outcome], ['blocked', 'review']);
});

suite('what a reported display states is borne out by the payment that the till read', () => {
  const borne = (story: Story): boolean => {
    const check = checks.get('shows-what-holds');
    return check?.corroborated?.(sceneOf(story), {}) ?? true;
  };
  test('where it reads as the kit does', () => assert.ok(borne(aSale().readIntent().intentIs('Captured'))));
  test('where a further reading was lost', () =>
    assert.ok(
      borne(
        aSale()
          .readIntent()
          .call('GET', '/payment-intents/pi_1', { trouble: 'upstream-dropped' })
          .intentIs('Captured'),
      ),
    ));
  for (const [when, story] of [
    ['there is no payment', new Story().readIntent('pi_9', { id: 'pi_9', status: 'Captured' })],
    ['it was not read', aSale().intentIs('Captured')],
    ['it read otherwise', aSale().readIntent('pi_1', { id: 'pi_1', status: 'Created' }).intentIs('Captured')],
    ['another was read', aSale().readIntent('pi_9', { id: 'pi_9', status: 'Captured' }).intentIs('Captured')],
    [
      'the last reading was another',
      aSale().readIntent().readIntent('pi_1', { status: 'Created' }).intentIs('Captured'),
    ],
    [
      'the reading was lost',
      aSale().call('GET', '/payment-intents/pi_1', { trouble: 'upstream-dropped' }).intentIs('Captured'),
    ],
  ] as [string, Story][])
    test(`not where ${when}`, () => assert.ok(!borne(story)));
});
