import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { checks } from '../../../every-check.ts';
import { sceneOf } from '../../stories/scene.ts';
import { aPaidSale, aSale, refund } from '../../stories/situations.ts';
import { Story } from '../../stories/story.ts';

const refunding = (): Story => aPaidSale().act({ name: 'refundIntent' });

suite('what a reported display shows is borne out by what the till learned', () => {
  const borne = (id: string, story: Story): boolean =>
    checks.get(id)?.corroborated?.(sceneOf(story), {}) ?? true;
  test('by the last status of the session', () => {
    assert.ok(borne('shows-captured', aSale().poll('Initiated').poll('Captured')));
    assert.ok(!borne('shows-captured', aSale().poll('Declined')));
    assert.ok(!borne('shows-captured', new Story().sale()));
    assert.ok(!borne('shows-captured', aSale().poll('SignatureVerificationRejected')));
    assert.ok(borne('shows-declined', aSale().poll('Declined')));
    assert.ok(borne('shows-declined', aSale().poll('SignatureVerificationRejected')));
    assert.ok(!borne('shows-declined', aSale().poll('Canceled')));
    const unanswered = new Story().sale().call('POST', '/terminal-sessions', { answer: { id: 'ts_1' } });
    assert.ok(!borne('shows-captured', unanswered));
  });
  test('by what was refunded', () => {
    assert.ok(borne('shows-refunded', refund(refunding())));
    assert.ok(!borne('shows-refunded', refunding()));
    assert.ok(!borne('shows-refunded', aSale().poll('Captured')));
  });
  test('by what it was seen to send', () => {
    for (const id of ['driven', 'shows-nothing-false', 'ledger-agrees']) {
      assert.ok(borne(id, aSale()));
      assert.ok(borne(id, new Story()));
      assert.ok(!borne(id, new Story().sale()));
      assert.ok(borne(id, new Story().call('GET', '/terminals')));
    }
  });
});
