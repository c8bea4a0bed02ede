import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aRow, judged } from '../../../judging/testing/bench.ts';
import { Story } from '../../payments/stories/story.ts';

test('a decision is missed where the row asks for it before there is a session', () => {
  const story = new Story().expect('decision-sent', { accepted: true }).sale().intent().session();
  const [finding] = judged(aRow(['decision-sent']), story).findings;
  assert.equal(finding?.observed, 'Not testable: the till created no terminal session');
});
