import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { finding } from '../../../../judging/testing/bench.ts';
import type { Display, Exchange, Json, Outcome } from '../../../../record/vocabulary.ts';
import { aPaidSale, aSale } from '../../stories/situations.ts';
import { Story } from '../../stories/story.ts';

const outcomeOf = (story: Story, display: Partial<Display>): Outcome =>
  finding('shows-nothing-false', story.shows(display)).outcome;
const begun = (): Story => aSale().shows({});
const told = (answer: { readonly [name: string]: Json }, target = '/payment-intents/pi_1'): Story =>
  begun().call('GET', target, { answer: { id: 'pi_1', ...answer } });

suite('a result is shown once the API has told it', () => {
  const ways: [by: string, story: () => Story, words: string][] = [
    ['a payment intent that is Captured', () => told({ status: 'Captured' }), 'Paid'],
    ['a payment intent that is Authorized', () => told({ status: 'Authorized' }), 'Authorised'],
    ['a payment intent that is Canceled', () => told({ status: 'Canceled' }), 'Cancelled'],
    ['a payment intent that is Refunded', () => told({ status: 'Refunded' }), 'Refunded'],
    ['an amount that was refunded', () => told({ refundedAmount: 1 }), 'Refunded'],
    ['the id of a refund', () => told({ refundId: 're_1' }), 'Refunded'],
    ['the id of a capture', () => told({ captureId: 'ca_1' }), 'Paid'],
    ['a session that is Captured', () => begun().poll('Captured'), 'Paid'],
    ['a session that is Authorized', () => begun().poll('Authorized'), 'Authorised'],
    ['a session that is Declined', () => begun().poll('Declined'), 'Declined'],
    ['a rejected signature', () => begun().poll('SignatureVerificationRejected'), 'Declined'],
    ['a session that is Canceled', () => begun().poll('Canceled'), 'Cancelled'],
    ['a session that is Expired', () => begun().poll('Expired'), 'Unconfirmed'],
    [
      'an answer that was lost',
      () => begun().call('GET', '/terminal-sessions/ts_1', { trouble: 'upstream-dropped' }),
      'Unconfirmed',
    ],
    [
      'a payment intent that is answered 500',
      () => begun().call('GET', '/payment-intents/pi_1', { status: 500 }),
      'Unconfirmed',
    ],
  ];
  for (const [by, story, words] of ways) {
    test(`"${words}" by ${by}`, () => assert.equal(outcomeOf(story(), { outcome: words }), 'passed'));
    for (const other of ['Paid', 'Authorised', 'Declined', 'Cancelled', 'Refunded', 'Unconfirmed'])
      if (other !== words)
        test(`"${other}" not by ${by}`, () => {
          assert.equal(outcomeOf(story(), { outcome: other }), 'failed');
        });
  }
  test('what is told of nothing that was refunded is no refund', () => {
    assert.equal(outcomeOf(told({ refundedAmount: 0 }), { outcome: 'Refunded' }), 'failed');
  });
  test('trouble elsewhere says nothing of the payment', () => {
    for (const target of ['/webhooks', '/terminals', '/other/payment-intents', '/other/terminal-sessions'])
      assert.equal(
        outcomeOf(begun().call('GET', target, { status: 500 }), { outcome: 'Unconfirmed' }),
        'failed',
        target,
      );
  });
  test('what another resource tells is no result of the payment', () => {
    assert.equal(
      outcomeOf(told({ status: 'Captured' }, '/other/payment-intents/pi_1'), { outcome: 'Paid' }),
      'failed',
    );
  });
  test('what was told of the sale before is no result of the next', () => {
    const next = () => aPaidSale().shows({ outcome: null }).sale(1200).shows({});
    assert.equal(outcomeOf(next().intent(), { outcome: 'Paid' }), 'failed');
    assert.equal(outcomeOf(next().intent().session().poll('Captured'), { outcome: 'Paid' }), 'passed');
    assert.equal(outcomeOf(next().intent().readIntent('pi_1'), { outcome: 'Paid' }), 'failed');
  });
  test('the result of the sale before may still be drawn until the next one shows on the wire', () => {
    assert.equal(outcomeOf(aPaidSale().shows({ outcome: null }).sale(1200), { outcome: 'Paid' }), 'passed');
    assert.equal(
      outcomeOf(aPaidSale().shows({ outcome: null }).sale(1200), { outcome: 'Declined' }),
      'failed',
    );
  });
  test('the result of the sale before has gone when the next one has been on the wire for a while', () => {
    const next = (outcome: string | null = 'Paid') =>
      aPaidSale().shows({ outcome }).sale(1200).intent().session();
    const after = (ms: number, story = next()) => story.wait(ms).poll('Initiated').wait(1);
    assert.match(finding('shows-nothing-false', after(6000)).observed, /still showed "Paid"/);
    assert.equal(finding('shows-nothing-false', after(6000)).outcome, 'failed');
    assert.equal(finding('shows-nothing-false', after(4000)).outcome, 'passed');
    assert.equal(finding('shows-nothing-false', after(6000, next(null))).outcome, 'passed');
    assert.equal(outcomeOf(next().wait(4000), { outcome: null }), 'passed');
    assert.equal(finding('shows-nothing-false', after(6000, next().poll('Captured'))).outcome, 'passed');
    const again = (story: Story) => story.act({ name: 'retry' }).session();
    const declined = () => begun().poll('Declined').shows({ outcome: 'Declined' });
    assert.equal(finding('shows-nothing-false', after(6000, again(declined()))).outcome, 'failed');
    assert.equal(
      finding('shows-nothing-false', after(6000, again(declined()).shows({ outcome: null }))).outcome,
      'passed',
    );
  });
  test('an answer counts from when it could first be read, however late the kit has noted it', () => {
    const story = begun().poll('Captured');
    const last = story.observations.at(-1);
    assert.ok(last?.kind === 'exchange');
    const late = { ...last.exchange, until: last.exchange.until + 5000 };
    const noted = (exchange: Exchange): Outcome => {
      const told = begun().poll('Captured');
      told.observations[told.observations.length - 1] = { kind: 'exchange', exchange };
      return outcomeOf(told, { outcome: 'Paid' });
    };
    assert.equal(noted(late), 'failed');
    assert.equal(noted({ ...late, readableAt: last.exchange.until }), 'passed');
  });
  test('what was recorded by hand is no claim about the API', () => {
    assert.equal(outcomeOf(begun(), { outcome: 'Recorded by hand' }), 'passed');
  });
  test('a result that stands there already is not claimed anew', () => {
    const story = aPaidSale().sale(1200).shows({ notice: 'Please wait' });
    assert.equal(outcomeOf(story, { notice: null }), 'passed');
  });
  test('before the first sale nothing is claimed', () => {
    assert.equal(outcomeOf(new Story().shows({}), { outcome: 'Paid' }), 'passed');
  });
  test('only what the API refused may be quoted', () => {
    const answered = (status: number) =>
      begun().call('POST', '/payment-intents/pi_1/amount', {
        status,
        answer: { detail: 'It was refunded.' },
      });
    assert.equal(outcomeOf(answered(400), { notice: 'It was refunded.' }), 'passed');
    assert.equal(outcomeOf(answered(200), { notice: 'It was refunded.' }), 'failed');
    assert.equal(outcomeOf(begun(), { notice: 'It was refunded.' }), 'failed');
  });
  test('what a dialogue offers is no claim, what it says is', () => {
    const dialogue = (text: string) => ({ dialogues: [{ text, options: ['', 'Paid', 'Declined'] }] });
    assert.equal(outcomeOf(begun(), dialogue('Choose one Paid Declined')), 'passed');
    assert.equal(outcomeOf(begun(), dialogue('  Choose one\nPaid\nDeclined  ')), 'passed');
    assert.equal(outcomeOf(begun(), dialogue('The card was declined Paid')), 'failed');
    assert.equal(outcomeOf(begun(), dialogue('Declined')), 'failed');
    assert.equal(outcomeOf(begun(), dialogue('  Declined ')), 'failed');
  });
  test('a status that the API’s description does not name leaves it to a reviewer', () => {
    const story = begun().call('GET', '/terminal-sessions/ts_1', {
      answer: { id: 'ts_1', status: 'Settled' },
    });
    assert.equal(outcomeOf(story, { outcome: 'Paid' }), 'review');
  });
  test('the picture is the one of the claim', () => {
    const story = begun()
      .shows({ prompt: 'Wait' }, 'before.png')
      .shows({ outcome: 'Paid' }, 'claim.png')
      .shows({}, 'after.png');
    assert.deepEqual(finding('shows-nothing-false', story).evidence, ['claim.png']);
  });
});

suite('a refund or a further attempt has no result before its own request', () => {
  const paid = (): Story => aPaidSale().wait(100);
  const sent = (story: Story): Story =>
    story.call('POST', '/payment-intents/pi_1/refunds', {
      body: { amount: 1000 },
      answer: { refundId: 're_1' },
    });
  test('up to it, what was so is so still', () => {
    assert.equal(
      outcomeOf(paid().shows({ outcome: null }).act({ name: 'refundIntent' }), { outcome: 'Paid' }),
      'passed',
    );
    assert.equal(outcomeOf(paid().act({ name: 'refundIntent' }), { outcome: 'Refunded' }), 'failed');
  });
  test('after it, its own result counts', () => {
    const refunding = () => sent(paid().act({ name: 'refundIntent' }));
    assert.equal(outcomeOf(refunding(), { outcome: 'Refunded' }), 'passed');
    assert.equal(outcomeOf(refunding().shows({ outcome: null }), { outcome: 'Paid' }), 'failed');
  });
  test('a refund on the card machine is refunded, not paid, when its session is Captured', () => {
    const refunding = () =>
      paid()
        .shows({ outcome: null })
        .act({ name: 'matchedRefund' })
        .session({ type: 'MatchedRefund' })
        .poll('Captured');
    assert.equal(outcomeOf(refunding(), { outcome: 'Refunded' }), 'passed');
    assert.equal(outcomeOf(refunding(), { outcome: 'Paid' }), 'failed');
  });
  test('a further attempt may find out that the one before was paid, and not that it was declined', () => {
    const again = (status: 'Captured' | 'Declined') =>
      begun()
        .poll('Expired')
        .act({ name: 'retry' })
        .session()
        .call('GET', '/terminal-sessions/ts_1', { answer: { id: 'ts_1', status } });
    assert.equal(outcomeOf(again('Captured'), { outcome: 'Paid' }), 'passed');
    assert.equal(outcomeOf(again('Declined'), { outcome: 'Declined' }), 'failed');
  });
  test('until it is sent, the attempt before is what the till knows of', () => {
    assert.equal(
      outcomeOf(
        begun()
          .poll('Declined')
          .shows({ outcome: 'Declined' })
          .shows({ outcome: null })
          .act({ name: 'retry' }),
        { outcome: 'Declined' },
      ),
      'passed',
    );
  });
});

suite('what is about another payment is no result of the one in hand', () => {
  const second = (): Story =>
    aPaidSale().shows({ outcome: null }).wait(100).sale(1200).intent().session().shows({});
  test('neither by its payment intent nor by its session', () => {
    assert.equal(outcomeOf(second().readIntent('pi_1'), { outcome: 'Paid' }), 'failed');
    const polled = second().call('GET', '/terminal-sessions/ts_1', {
      answer: { id: 'ts_1', status: 'Captured' },
    });
    assert.equal(outcomeOf(polled, { outcome: 'Paid' }), 'failed');
  });
  test('its own is', () => {
    assert.equal(outcomeOf(second().readIntent('pi_2'), { outcome: 'Paid' }), 'passed');
  });
  test('one that the till did not make may be', () => {
    assert.equal(
      outcomeOf(second().readIntent('pi_9', { id: 'pi_9', status: 'Captured' }), { outcome: 'Paid' }),
      'passed',
    );
    assert.equal(
      outcomeOf(second().intentIs('Captured', {}, 'pi_9').readIntent('pi_9'), { outcome: 'Paid' }),
      'passed',
    );
  });
  test('a refund that was asked for is of the payment that it names', () => {
    const refunding = () =>
      second()
        .poll('Captured')
        .shows({ outcome: 'Paid' })
        .shows({ outcome: null })
        .act({ name: 'refundIntent' });
    const sent = (id: string) =>
      refunding().call('POST', `/payment-intents/${id}/refunds`, {
        body: { amount: 1000 },
        answer: { id, status: 'Refunded' },
      });
    assert.equal(outcomeOf(sent('pi_1'), { outcome: 'Refunded' }), 'passed');
    assert.equal(outcomeOf(refunding(), { outcome: 'Refunded' }), 'failed');
  });
});

suite('what is not answered yet tells nothing', () => {
  /** The last exchange of the story went otherwise. */
  const but = (story: Story, change: (exchange: Exchange) => Partial<Exchange>): Story => {
    const last = story.observations.at(-1);
    if (last?.kind !== 'exchange') throw new Error('The story does not end in an exchange');
    story.observations[story.observations.length - 1] = {
      ...last,
      exchange: { ...last.exchange, ...change(last.exchange) },
    };
    return story;
  };
  /** The last answer of the story comes only so much later. */
  const answeredIn = (ms: number, story: Story): Story => but(story, ({ at }) => ({ until: at + ms }));
  const ways: [what: string, story: () => Story, words: string][] = [
    ['a poll', () => begun().poll('Captured'), 'Paid'],
    ['a reading', () => told({ status: 'Captured' }), 'Paid'],
    ['an error', () => begun().call('GET', '/payment-intents/pi_1', { status: 500 }), 'Unconfirmed'],
  ];
  for (const [what, story, words] of ways)
    test(`${what} counts from its answer on`, () => {
      assert.equal(outcomeOf(answeredIn(21, story()), { outcome: words }), 'passed');
      assert.equal(outcomeOf(answeredIn(500, story()), { outcome: words }), 'failed');
    });
  test('what is never answered tells nothing', () => {
    const story = but(told({ status: 'Captured' }), () => ({ response: null }));
    for (const outcome of ['Paid', 'Unconfirmed']) assert.equal(outcomeOf(story, { outcome }), 'failed');
  });
  test('what is sent only later tells nothing', () => {
    const story = begun()
      .shows({ outcome: 'Unconfirmed' })
      .wait(50)
      .call('GET', '/payment-intents/pi_1', { trouble: 'upstream-dropped' });
    assert.equal(finding('shows-nothing-false', story).outcome, 'failed');
  });
});

test('a status that is told of a payment and is no result is none', () => {
  for (const status of ['Created', 'Reversed', 'Declined', 'Unconfirmed'])
    for (const outcome of ['Paid', 'Authorised', 'Declined', 'Cancelled', 'Refunded', 'Unconfirmed'])
      assert.equal(outcomeOf(told({ status }), { outcome }), 'failed', `${status}, ${outcome}`);
});

test('a further attempt that was declined is so by its own session', () => {
  const again = () =>
    begun()
      .poll('Declined')
      .shows({ outcome: 'Declined' })
      .shows({ outcome: null })
      .act({ name: 'retry' })
      .session();
  assert.equal(outcomeOf(again(), { outcome: 'Declined' }), 'failed');
  assert.equal(outcomeOf(again().poll('Declined'), { outcome: 'Declined' }), 'passed');
});

suite('a dialogue or notice that passes on what the card machine says claims nothing', () => {
  const modal = (text: string, options: string[] = []) => ({ dialogues: [{ text, options }] });
  const prompted = (...prompts: string[]): Story => begun().poll('Initiated', ...prompts);
  const prompts: [when: string, story: () => Story, display: Partial<Display>][] = [
    ['Approved', () => prompted('Approved'), modal('Approved')],
    ['Declined', () => prompted('Declined'), modal('DECLINED')],
    ['with a control', () => prompted('Approved'), modal('Approved Cancel', ['Cancel'])],
    ['with whose words they are', () => prompted('Approved'), modal('Card machine says: approved')],
    ['under a title of its own', () => prompted('Approved'), modal('Payment in progress\nApproved')],
    ['after another', () => prompted('PresentCard', 'Declined'), modal('Please wait. Card declined')],
    ['as a notice', () => prompted('Declined'), { notice: 'Declined' }],
    [
      'that is the prompt of the display as well',
      () => prompted('Approved'),
      { ...modal('Payment £10.00 Approved Please hold on'), prompt: 'Approved' },
    ],
  ];
  for (const [when, story, display] of prompts)
    test(`${when}: passed`, () => assert.equal(outcomeOf(story(), display), 'passed'));
  const claims: [when: string, story: () => Story, display: Partial<Display>][] = [
    ['a result before there is one', () => prompted('Approved'), modal('Payment approved')],
    ['what it says of the transaction', () => prompted('Approved'), modal('Transaction: approved')],
    ['a result besides', () => prompted('Declined'), modal('Declined. Paid')],
    ['another result in one breath', () => prompted('Declined'), modal('declined, then paid')],
    ['a prompt that nobody has told', () => prompted('PresentCard'), modal('Approved')],
    ['another prompt', () => prompted('Approved'), modal('Declined')],
    [
      'a prompt that nobody has told, though the display has it as one',
      () => prompted('PresentCard'),
      { ...modal('Approved'), prompt: 'Approved' },
    ],
    ['the result line', () => prompted('Approved'), { outcome: 'Approved' }],
    ['the other result line', () => prompted('Declined'), { outcome: 'Declined' }],
    [
      'the prompt anew when the session has ended otherwise',
      () => prompted('Approved').poll('Declined').wait(600),
      modal('Approved'),
    ],
    [
      'the prompt of the sale before',
      () => prompted('Approved').poll('Captured').wait(600).sale().intent().session(),
      modal('Approved'),
    ],
  ];
  for (const [when, story, display] of claims)
    test(`${when}: failed`, () => assert.equal(outcomeOf(story(), display), 'failed'));
  test('the prompt may still be drawn as the end is told', () => {
    const story = prompted('Approved').poll('Declined').wait(100);
    assert.equal(outcomeOf(story, modal('Approved')), 'passed');
  });
});

suite('a payment that came to nothing is not shown as done', () => {
  const ended = (status: 'Declined' | 'Canceled' | 'Expired' | 'Captured' = 'Declined') =>
    begun().poll(status);
  for (const words of ['Transaction complete', 'Completed', 'Successful', 'Thank you', 'Finished', 'Done'])
    test(`"${words}" fails of a declined sale, and passes of a captured one`, () => {
      assert.equal(outcomeOf(ended(), { outcome: words }), 'failed');
      assert.equal(outcomeOf(ended('Canceled'), { outcome: words }), 'failed');
      assert.equal(outcomeOf(ended('Captured'), { outcome: words }), 'passed');
    });
  test('a notice counts as well, and the page besides is for a reviewer', () => {
    assert.equal(outcomeOf(ended(), { notice: 'Transaction complete' }), 'failed');
    assert.equal(outcomeOf(ended().wait(500), { text: 'Transaction complete' }), 'review');
  });
  const fine: [when: string, story: Story, display: Partial<Display>][] = [
    ['the true result is beside it', ended(), { outcome: 'Transaction complete', notice: 'Card declined' }],
    ['a dialogue has it', ended(), { notice: 'Thank you', dialogues: [{ text: 'Declined', options: [] }] }],
    ['it is denied', ended(), { notice: 'The payment could not be completed' }],
    ['the cancelling is what is complete', ended('Canceled'), { outcome: 'Cancellation complete' }],
    [
      'it stood there before',
      new Story().shows({ notice: 'Thank you' }).sale().intent().session().poll('Declined'),
      { prompt: null },
    ],
    [
      'it was asked for something else',
      ended('Expired').act({ name: 'recordManually' }),
      { outcome: 'Sale done' },
    ],
    ['the payment was captured after all', ended('Expired').readIntent(), { outcome: 'Completed' }],
    ['the session is still going on', begun().poll('Initiated'), { notice: 'Success' }],
  ];
  for (const [when, story, display] of fine)
    test(`passed: ${when}`, () => assert.equal(outcomeOf(story, display), 'passed'));
});
