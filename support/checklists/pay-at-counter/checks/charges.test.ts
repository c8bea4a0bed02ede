import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aRow, judged } from '../../../judging/testing/bench.ts';
import { aSale } from '../../payments/stories/situations.ts';

test('a second payment is left to a reviewer when the till began it after the API had gone astray', () => {
  const story = aSale()
    .poll('Captured')
    .poll('Initiated')
    .expect('statuses-go-forward')
    .intent()
    .session()
    .intentIs('Captured', {}, 'pi_1')
    .intentIs('Captured', {}, 'pi_2')
    .expect('charged-once');
  const { verdict, findings } = judged(aRow(['statuses-go-forward', 'charged-once']), story);
  assert.deepEqual([verdict, findings[1]?.outcome], ['blocked', 'review']);
});
