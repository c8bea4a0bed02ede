import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { finding } from '../../../../judging/testing/bench.ts';
import { judges } from '../../../../judging/testing/judges.ts';
import { checks } from '../../../every-check.ts';
import { sceneOf } from '../../stories/scene.ts';
import { aPaidSale, aSale, refund, unconfirmedDialogue } from '../../stories/situations.ts';
import { Story } from '../../stories/story.ts';

const refunding = (): Story => aPaidSale().act({ name: 'refundIntent' });

suite('what a told display shows is borne out by what the till was told', () => {
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
    const untold = new Story().sale().call('POST', '/terminal-sessions', { answer: { id: 'ts_1' } });
    assert.ok(!borne('shows-captured', untold));
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

const changing = (): Story => aSale().shows({}).act({ name: 'changeAmount', amount: 1 });
const denied = (story: Story, detail: string): Story =>
  story.call('POST', '/payment-intents/pi_1/amount', { status: 400, answer: { detail } });
judges('shows-refusal', [
  [
    'passed',
    'it is shown',
    denied(changing(), 'It is paid. Nothing can change.').shows({ text: 'Nothing can change.' }),
  ],
  [
    'passed',
    'a line break is put otherwise',
    denied(changing(), 'It is  paid now.').shows({ text: ' It is\n`paid` now.' }),
  ],
  [
    'failed',
    'only a word of it is shown',
    denied(changing(), 'It is paid. Nothing can change.').shows({ text: 'Nothing' }),
  ],
  ['failed', 'only a mark of it is shown', denied(changing(), 'No. It cannot be.').shows({ text: 'No.' })],
  [
    'failed',
    'the refusal before is shown',
    denied(denied(changing(), 'The first.').act({ name: 'changeAmount', amount: 2 }), 'The second.').shows({
      text: 'The first.',
    }),
  ],
  [
    'passed',
    'it is shown for a while',
    denied(changing(), 'It is paid.').shows({ text: 'It is paid.' }).shows({ text: 'Hello' }),
  ],
  [
    'review',
    'it was refused before the change in hand',
    denied(changing(), 'It is paid.').act({ name: 'changeAmount', amount: 2 }).shows({ text: 'It is paid.' }),
  ],
]);
judges('shows-new-amount', [
  [
    'passed',
    'it is shown for a while',
    changing().shows({ text: '15.00' }).shows({ text: 'Hello' }),
    { amount: 1500 },
  ],
  [
    'passed',
    'nothing was seen before',
    new Story().sale().act({ name: 'changeAmount', amount: 1500 }).shows({ text: '15.00' }),
    { amount: 1500 },
  ],
  [
    'failed',
    'it was shown before the change only',
    new Story()
      .sale()
      .shows({ text: '15.00' })
      .act({ name: 'changeAmount', amount: 1500 })
      .shows({ text: '10.00' }),
    { amount: 1500 },
  ],
]);
judges('terminals-offered', [
  ['failed', 'two other actions were taken', new Story().sale().sale().shows({}), { tids: ['VCM1'] }],
  ['passed', 'two could be chosen', new Story().choose('a').choose('b').shows({}), { tids: ['VCM1'] }],
  ['failed', 'nothing was seen', new Story(), { tids: ['VCM1'] }],
]);

test('a result that cannot be confirmed shows the dialogue that says so, else the last picture', () => {
  const asking = { dialogues: [unconfirmedDialogue] };
  const cases: [shown: string, story: Story][] = [
    ['b.png', aSale().shows({}, 'a.png').shows(asking, 'b.png').shows({ dialogues: [] }, 'c.png')],
    ['c.png', aSale().shows({}, 'a.png').shows(asking).shows({ dialogues: [] }, 'c.png')],
    ['b.png', aSale().shows({}, 'a.png').shows({}, 'b.png')],
  ];
  for (const [shown, story] of cases) assert.deepEqual(finding('shows-unconfirmed', story).evidence, [shown]);
});

judges('shows-captured', [
  [
    'failed',
    'pictures of the page have shown that it was hidden all the while, however late',
    aPaidSale()
      .wait(3000)
      .shows({
        outcome: null,
        unseen: [{ part: 'outcome', text: 'Paid', reason: 'the picture is the same', proven: true }],
      }),
  ],
  [
    'passed',
    'it was hidden for a while, and is shown now',
    aPaidSale()
      .shows({ outcome: null, unseen: [{ part: 'outcome', text: 'Paid', reason: 'so', proven: true }] })
      .shows({ outcome: 'Paid', unseen: [] }),
  ],
  [
    'review',
    'a picture stands where the result does',
    aSale().poll('Captured').shows({ outcome: null, depicted: 'Approved' }),
  ],
]);

suite('a result is shown to people by a picture in which it can be read', () => {
  const picture = (story: Story): Story =>
    story.record({ kind: 'picture', at: story.now, shows: 'Paid', screenshot: 'first-seen.png' });
  const evidenceOf = (story: Story) => finding('shows-captured', story).evidence;
  test('by one that was taken when it was first seen, where it has left', () => {
    assert.deepEqual(evidenceOf(picture(aPaidSale()).wait(900).shows({ outcome: null }, 'later.png')), [
      'first-seen.png',
    ]);
  });
  test('by one of the display that still states it', () => {
    assert.deepEqual(evidenceOf(picture(aPaidSale()).shows({ outcome: 'Paid' }, 'now.png')), ['now.png']);
  });
  test('by the last of the display, where there is no other', () => {
    assert.deepEqual(evidenceOf(aPaidSale().wait(900).shows({ outcome: null }, 'later.png')), ['later.png']);
  });
});

test('that a result is hard to read is said of it, and fails nobody', () => {
  const { outcome, observed } = finding('shows-captured', aPaidSale().shows({ outcome: 'Paid', faint: 1.8 }));
  assert.equal(outcome, 'passed');
  assert.match(observed, /stands for Captured; its contrast is 1\.8 : 1, which is hard to read/);
});
