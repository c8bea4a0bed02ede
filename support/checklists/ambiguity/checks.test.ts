import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { aRow, finding, judged } from '../../judging/testing/bench.ts';
import { type Case, judges } from '../../judging/testing/judges.ts';
import type { IntentStatus, Json } from '../../record/vocabulary.ts';
import { checks } from '../every-check.ts';
import { sceneOf } from '../pay-at-counter/stories/scene.ts';
import { aPaidSale, aSale, refund } from '../pay-at-counter/stories/situations.ts';
import { Story } from '../pay-at-counter/stories/story.ts';

const all = { amount: 1000 };

const dropped = { trouble: 'upstream-dropped', armed: 'the answer is lost' } as const;
const starts = { body: { details: { sessionType: 'Sale', sale: { paymentIntentId: 'pi_1' } } } as Json };
const unlinked = { body: { details: { sessionType: 'UnlinkedRefund' } } as Json };
const lost = (): Story =>
  new Story()
    .sale()
    .intent()
    .call('POST', '/terminal-sessions', { ...starts, ...dropped });
const again = (story: Story): Story =>
  story.call('POST', '/terminal-sessions', { ...starts, answer: { id: 'ts_5' } });
judges('not-sent-blindly-again', [
  ['failed', 'nothing was asked', again(lost())],
  ['failed', 'another payment was read', again(lost().readIntent('pi_9', {}))],
  ['failed', 'the reading was refused', again(lost().call('GET', '/payment-intents/pi_1', { status: 404 }))],
  [
    'failed',
    'the reading was lost as well',
    again(lost().call('GET', '/payment-intents/pi_1', { trouble: 'upstream-dropped' })),
  ],
  ['failed', 'it was read only after', again(lost()).readIntent('pi_1')],
  [
    'passed',
    'the session on it was read',
    again(
      aSale()
        .call('POST', '/terminal-sessions', { ...starts, ...dropped })
        .poll('Initiated'),
    ),
  ],
  [
    'failed',
    'the session of another payment was read',
    again(
      new Story()
        .sale()
        .intent()
        .intent()
        .session({ on: 'pi_2' })
        .call('POST', '/terminal-sessions', { ...starts, ...dropped })
        .poll('Initiated'),
    ),
  ],
  ['passed', 'something else is sent', refund(lost())],
  [
    'failed',
    'no answer was lost on purpose',
    new Story()
      .sale()
      .intent()
      .call('POST', '/terminal-sessions', { ...starts, trouble: 'upstream-dropped' }),
  ],
  [
    'failed',
    'the answer came',
    new Story()
      .sale()
      .intent()
      .call('POST', '/terminal-sessions', { ...starts, armed: 'late' }),
  ],
  [
    'failed',
    'only the answer to a question was lost',
    aSale().call('GET', '/terminal-sessions/ts_1', dropped),
  ],
  [
    'failed',
    'a refund without a payment is sent again, and something else was asked',
    new Story()
      .session({ type: 'UnlinkedRefund', amount: 500 })
      .call('POST', '/terminal-sessions', { ...unlinked, ...dropped })
      .call('GET', '/terminals')
      .call('POST', '/terminal-sessions', unlinked),
  ],
  [
    'passed',
    'the answer to a capture was lost, and a refund is sent',
    refund(aSale().call('POST', '/payment-intents/pi_1/captures', { body: all, ...dropped })),
  ],
  [
    'failed',
    'a capture is sent again',
    aSale()
      .call('POST', '/payment-intents/pi_1/captures', { body: all, ...dropped })
      .call('POST', '/payment-intents/pi_1/captures', { body: all }),
  ],
]);
test('what was sent again is shown by both', () => {
  assert.deepEqual(finding('not-sent-blindly-again', again(lost())).evidence, ['ex_2', 'ex_3']);
});

test('that a till went on after a restart is shown by its last two questions', () => {
  const story = aSale().restart().poll('Initiated').poll('Initiated').poll('Captured');
  assert.deepEqual(finding('goes-on-after-restart', story).evidence, ['ex_4', 'ex_5']);
});

const standing = (status: IntentStatus, outcome: string, more = {}): Story =>
  new Story().shows({}).sale().intent().intentIs(status, more).shows({ outcome });
judges('shows-what-holds', [
  ['passed', 'Refunded', standing('Refunded', 'Refunded')],
  ['failed', 'Refunded, and paid is said', standing('Refunded', 'Paid')],
  ['failed', 'Refunded, and nothing is said', standing('Refunded', 'Thank you')],
  ['passed', 'refunded in part', standing('Captured', 'Refunded', { refundedAmount: 1 })],
  ['passed', 'Authorized', standing('Authorized', 'Authorised')],
  ['failed', 'Authorized, and paid is said', standing('Authorized', 'Paid')],
  ['failed', 'Authorized, and nothing is said', standing('Authorized', 'Thank you')],
  ...['Declined', 'Cancelled', 'Unconfirmed', 'Thank you'].map(
    (words): Case => ['passed', `open, and ${words} is said`, standing('Created', words)],
  ),
  ['failed', 'open, and paid is said', standing('Created', 'Paid')],
  ...['Cancelled', 'Refunded', 'Thank you'].map(
    (words): Case => [
      'passed',
      `Reversed, and ${words} is said`,
      standing('Reversed' as IntentStatus, words),
    ],
  ),
  ['failed', 'Reversed, and declined is said', standing('Reversed' as IntentStatus, 'Declined')],
  [
    'passed',
    'what was said before the refund was asked for does not count',
    aPaidSale().act({ name: 'refundIntent' }).intentIs('Refunded').shows({ outcome: 'Refunded' }),
  ],
  [
    'failed',
    'only what was said before it goes on being said',
    aPaidSale()
      .act({ name: 'refundIntent' })
      .shows({ notice: 'x' })
      .intentIs('Captured')
      .shows({ notice: 'y' }),
  ],
  [
    'failed',
    'what it says was there before its sale',
    new Story().shows({ outcome: 'Paid' }).sale().intent().shows({ notice: 'x' }).intentIs('Captured'),
  ],
  ['passed', 'it says so, and then nothing more', standing('Captured', 'Paid').shows({ outcome: null })],
  [
    'passed',
    'it says so, and then something else is asked of it',
    standing('Captured', 'Paid').act({ name: 'listIntents' }),
  ],
  [
    'passed',
    'it took the payment by itself',
    new Story().intent().shows({ outcome: 'Paid' }).intentIs('Captured'),
  ],
  [
    'passed',
    'a dialogue says it',
    new Story()
      .shows({})
      .sale()
      .intent()
      .intentIs('Captured')
      .shows({
        dialogues: [
          { text: 'Hello', options: [] },
          { text: 'Paid', options: [] },
        ],
      }),
  ],
]);
test('a result is told in the words that state it, and shown by the last picture and the last reading', () => {
  const story = new Story()
    .sale()
    .intent()
    .shows({ dialogues: [] }, 'first.png')
    .shows({}, 'second.png')
    .shows(
      {
        outcome: 'Thank you',
        dialogues: ['Hello', 'Payment approved'].map((text) => ({ text, options: [] })),
      },
      'after.png',
    )
    .shows({})
    .intentIs('Captured');
  const { outcome, observed, evidence } = finding('shows-what-holds', story);
  assert.equal(outcome, 'passed', observed);
  assert.match(observed, /^the till says "Payment approved", which stands for Captured/);
  assert.deepEqual(evidence, ['after.png', 'read_2']);
});
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

const askedBack = (...acts: Parameters<Story['act']>[]): Story =>
  acts.reduce((story, act) => story.act(...act), aPaidSale()).intentIs('Captured', { refundedAmount: 400 });
judges('refunded-once', [
  ['passed', 'a part was asked for on the card machine', askedBack([{ name: 'matchedRefund', amount: 400 }])],
  ['passed', 'all was asked for', askedBack([{ name: 'refundIntent' }])],
  [
    'passed',
    'it was asked for in two parts',
    askedBack([{ name: 'refundIntent', amount: 200 }], [{ name: 'matchedRefund', amount: 200 }]),
  ],
  ['failed', 'less was asked for', askedBack([{ name: 'refundIntent', amount: 300 }])],
  ['failed', 'nothing was asked for', askedBack()],
  [
    'failed',
    'the till did not offer it',
    askedBack([
      { name: 'refundIntent', amount: 400 },
      { answer: 'notOffered', reason: 'no' },
    ]),
  ],
]);
test('what is given back is shown by the reading of each payment', () => {
  const story = aSale().intent().intentIs('Captured', {}, 'pi_1').intentIs('Created', {}, 'pi_2');
  assert.deepEqual(finding('refunded-once', story).evidence, ['read_4', 'read_5']);
});
const keyless = (story: Story): Story => refund(story, { amount: 400 }, { headers: [] });
judges('refunded-once-a-key', [
  [
    'failed',
    'a refund was sent twice without any',
    keyless(keyless(aPaidSale())).intentIs('Captured', {
      refundedAmount: 400,
    }),
  ],
]);
suite('what a told display states is borne out by the payment that the till read', () => {
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
