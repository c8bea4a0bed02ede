import assert from 'node:assert/strict';
import { test } from 'node:test';
import { finding } from '../../../../judging/testing/bench.ts';
import { judges } from '../../../../judging/testing/judges.ts';
import { aSale, signatureDialogue, unconfirmedDialogue } from '../../stories/situations.ts';
import { Story } from '../../stories/story.ts';

const signature = { dialogues: [signatureDialogue] };
const signing = (): Story =>
  aSale().poll('Initiated').wait(100).poll('SignatureVerificationRequired').wait(50);
judges('asks-for-signature', [
  ['passed', 'in time', signing().shows(signature)],
  ['failed', 'before it was due', aSale().shows(signature).wait(50).poll('SignatureVerificationRequired')],
  ['failed', 'after it was over', signing().poll('Captured').wait(50).shows(signature)],
  [
    'passed',
    'the session began with it',
    aSale().shows({}).poll('SignatureVerificationRequired').shows(signature),
  ],
]);
judges('dialogue-survives', [
  [
    'passed',
    'it closes when it is over',
    signing().shows(signature).wait(100).poll('Captured').shows({ dialogues: [] }),
  ],
  [
    'failed',
    'it closes before',
    signing().shows(signature).wait(100).shows({ dialogues: [] }).wait(100).poll('Captured'),
  ],
  [
    'failed',
    'it opened only before it was due',
    aSale().shows(signature).shows({ dialogues: [] }).poll('SignatureVerificationRequired').shows({}),
  ],
]);
test('a dialogue that stays open is timed by what was seen of it', () => {
  const story = signing().shows(signature).wait(1999).shows(signature).wait(5000);
  assert.match(finding('dialogue-survives', story).observed, /open for at least 2\.00 s/);
});
test('a missed signature shows the last poll, a dialogue its first picture', () => {
  const unsigned = aSale().poll('Initiated').poll('Initiated').poll('Captured');
  assert.deepEqual(finding('asks-for-signature', unsigned).evidence, ['ex_5']);
  assert.deepEqual(
    finding('asks-for-signature', signing().shows(signature, 'a.png').shows(signature, 'b.png')).evidence,
    ['a.png'],
  );
  assert.deepEqual(
    finding('offers-accept-and-reject', signing().shows(signature, 'a.png').shows(signature, 'b.png'))
      .evidence,
    ['a.png'],
  );
  assert.deepEqual(
    finding('dialogue-survives', signing().shows(signature, 'a.png').shows(signature, 'b.png')).evidence,
    ['a.png'],
  );
  assert.deepEqual(
    finding(
      'shows-captured',
      new Story().sale().shows({ outcome: 'Paid' }, 'a.png').shows({}, 'b.png').shows({}),
    ).evidence,
    ['b.png'],
  );
});
judges('offers-record-and-retry', [
  [
    'failed',
    'another dialogue offers them',
    new Story().sale().shows({ dialogues: [{ ...unconfirmedDialogue, text: 'Hello' }] }),
  ],
  [
    'failed',
    'they were offered before the sale',
    new Story()
      .shows({ dialogues: [unconfirmedDialogue] })
      .wait(10)
      .sale()
      .shows({ dialogues: [] }),
  ],
  ['passed', 'they are offered', new Story().sale().shows({ dialogues: [unconfirmedDialogue] })],
]);
