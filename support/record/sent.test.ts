import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capabilitiesUsed } from '../checklists/every-check.ts';
import { aSale } from '../checklists/payments/stories/situations.ts';
import { Story } from '../checklists/payments/stories/story.ts';
import { Evidence } from './evidence.ts';
import { sentIn } from './sent.ts';

const sent = (story: Story) => sentIn(new Evidence(story.observations), capabilitiesUsed);

test('all requests are counted by their version, and the first two of each are named', () => {
  const { requests, versions } = sent(
    new Story()
      .call('GET', '/terminals', { headers: [['version', '2026-02-27']] })
      .call('GET', '/terminals', { headers: [['version', '2026-02-27']] })
      .call('GET', '/terminals', { headers: [['version', '2026-02-27']] })
      .call('GET', '/terminals', { headers: [] }),
  );
  assert.equal(requests, 4);
  assert.deepEqual(
    [...versions],
    [
      ['2026-02-27', { requests: 3, exchanges: ['ex_1', 'ex_2'] }],
      ['none', { requests: 1, exchanges: ['ex_4'] }],
    ],
  );
});

test('a use is shown by the first request that has it', () => {
  const { uses } = sent(
    aSale().call('POST', '/payment-intents/pi_1/refunds').call('POST', '/payment-intents/pi_2/refunds'),
  );
  assert.deepEqual(uses.get('intentRefund')?.request, 'POST /payment-intents/pi_1/refunds');
});
