import assert from 'node:assert/strict';
import { test } from 'node:test';
import { finding } from '../../../judging/testing/bench.ts';
import { type Case, judges, pounds } from '../../../judging/testing/judges.ts';
import type { Json, SessionStatus } from '../../../record/vocabulary.ts';
import { aPaidSale, aSale, Story } from '../stories/story.ts';

const chosen = (story: Story): Story => story.sale().intent().session({ terminalId: 'tm_1' });
judges('sent-as-entered', [
  [
    'failed',
    'cashback is asked for that was not entered',
    new Story().sale().intent({ cashbackAmount: pounds(500) }),
  ],
  ['passed', 'no cashback is asked for yet', new Story().sale(1000, { cashback: 500 }).intent()],
  ['failed', 'another card machine was chosen', chosen(new Story().choose('tm_2'))],
  ['passed', 'another was chosen before', chosen(new Story().choose('tm_2').choose('tm_1'))],
  ['passed', 'another is chosen only later', chosen(new Story()).choose('tm_2')],
  [
    'failed',
    'another was chosen, and the right one only later',
    chosen(new Story().choose('tm_2')).choose('tm_1'),
  ],
  [
    'passed',
    'another is just being chosen',
    new Story().sale().intent().choose('tm_2').wait(-8).session({ terminalId: 'tm_1' }),
  ],
  [
    'passed',
    'another could not be chosen',
    chosen(new Story().choose('tm_2', { answer: 'notOffered', reason: 'no list' })),
  ],
  [
    'failed',
    'the session is for the payment of the sale before',
    new Story().sale().intent().sale().intent().session({ on: 'pi_1' }),
  ],
  [
    'failed',
    'a further attempt asks for another amount',
    aSale()
      .act({ name: 'retry' })
      .intent({ amount: pounds(1) }),
  ],
  ['passed', 'a further attempt is on the payment of the sale', aSale().act({ name: 'retry' }).session()],
  [
    'failed',
    'the session is for a payment that nobody made',
    new Story().sale().intent().session({ on: 'pi_9' }),
  ],
  [
    'passed',
    'a refund without a payment names none',
    new Story()
      .act({ name: 'unlinkedRefund', amount: 500, currency: 'GBP' })
      .session({ type: 'UnlinkedRefund', amount: 500 }),
  ],
  [
    'passed',
    'a refund without a payment is begun in a sale',
    aPaidSale().session({ type: 'UnlinkedRefund', amount: 500 }),
  ],
  [
    'passed',
    'the payment is asked for in the moment of its sale',
    new Story().sale(500).sale().wait(-10).intent(),
  ],
  [
    'passed',
    'nothing had been entered yet',
    new Story()
      .intent({ amount: pounds(1) })
      .wait(10)
      .sale()
      .intent(),
  ],
]);

const carrying = (story: Story, header?: string): Story =>
  story.call('GET', '/terminals', { headers: header === undefined ? [] : [['reseller-id', header]] });
const settled = (partner = {}): Story => new Story().configure('key-1', { answer: 'done' }, partner);
const ours = { resellerId: 'ours' };
judges('sent-as-entered', [
  ['failed', 'another reseller id is sent once a sale has begun', carrying(settled(ours).sale(), 'theirs')],
  ['passed', 'the reseller id is left out', carrying(settled(ours))],
  ['passed', 'a reseller id is sent and none was entered', carrying(settled(), 'theirs')],
  [
    'passed',
    'the reseller id is sent that was entered last',
    carrying(settled({ resellerId: 'theirs' }).configure('key-1', { answer: 'done' }, ours), 'ours'),
  ],
]);

const told = (asked: { [name: string]: Json }, answer: { [name: string]: Json }): Story =>
  new Story().sale().intent(asked, {
    answer: { id: 'pi_1', status: 'Created', amount: pounds(1000), reference: 'order-1', ...answer },
  });
const lines = (...all: Json[]) => ({ itemLines: all });
const bagel = { name: 'Bagel', amountTotal: pounds(250) };
const cheaper = (value: number) => ({ ...bagel, modifiers: [{ amountPerModifier: pounds(value) }] });
const read = (asked: { [name: string]: Json }, state: { [name: string]: Json }): Story =>
  told(asked, {}).intentIs('Created', state);
const answeredWith = (method: string, path: string, answer: Json, status = 200): Story =>
  aSale().call(method, path, { answer, status });
const matched = (matchedRefund: Json): Story =>
  new Story()
    .intent()
    .session({ type: 'MatchedRefund' })
    .sessionIs('Captured', {
      terminalId: 'tm_1',
      details: { sessionType: 'MatchedRefund', matchedRefund },
    });
const unlinked = (unlinkedRefund: Json): Story =>
  new Story().session({ type: 'UnlinkedRefund', amount: 500 }).sessionIs('Captured', {
    terminalId: 'tm_1',
    details: { sessionType: 'UnlinkedRefund', unlinkedRefund },
  });
const changeLost = (): Story =>
  new Story().intent().call('POST', '/payment-intents/pi_1/amount', {
    body: { amount: pounds(1500) },
    trouble: 'upstream-dropped',
  });
judges('kept-as-asked', [
  ['passed', 'the reference is kept', told({}, {})],
  ['failed', 'it is another', told({}, { reference: 'order-2' })],
  ['passed', 'no capture mode was asked for', told({}, { captureMode: 'Manual' })],
  ['failed', 'another capture mode is answered', told({ captureMode: 'Manual' }, { captureMode: 'Auto' })],
  [
    'failed',
    'the cardholder is said to be there',
    told({ cardHolderNotPresent: true }, { cardHolderNotPresent: false }),
  ],
  ['passed', 'it is not said where the cardholder is', told({ cardHolderNotPresent: true }, {})],
  ['passed', 'the cardholder is there', told({}, { cardHolderNotPresent: false })],
  ['passed', 'the item lines are kept', read(lines(bagel, cheaper(-50)), lines(bagel, cheaper(-50)))],
  ['failed', 'a modifier is lost', read(lines(cheaper(-50)), lines(bagel))],
  ['failed', 'a modifier is another', read(lines(cheaper(-50)), lines(cheaper(-60)))],
  ['failed', 'an item line is lost', read(lines(bagel, bagel), lines(bagel))],
  ['failed', 'a caption is another', read(lines({ caption: 'Bagel' }), lines({ caption: 'Bun' }))],
  ['passed', 'each answer is about what it was asked for', aSale().poll('Initiated').readIntent()],
  ['failed', 'another session is answered', answeredWith('GET', '/terminal-sessions/ts_1', { id: 'ts_2' })],
  [
    'passed',
    'another is answered with a refusal',
    answeredWith('GET', '/terminal-sessions/ts_1', { id: 'ts_2' }, 404),
  ],
  ['passed', 'an answer tells no id', answeredWith('GET', '/payment-intents/pi_1', {})],
  [
    'failed',
    'a payment that was cancelled is not',
    answeredWith('DELETE', '/payment-intents/pi_1', { id: 'pi_1', status: 'Created' }),
  ],
  [
    'passed',
    'a payment that was cancelled is',
    answeredWith('DELETE', '/payment-intents/pi_1', { id: 'pi_1', status: 'Canceled' }),
  ],
  [
    'passed',
    'its cancellation was refused',
    answeredWith('DELETE', '/payment-intents/pi_1', { id: 'pi_1', status: 'Captured' }, 409),
  ],
  [
    'passed',
    'its cancellation tells no status',
    answeredWith('DELETE', '/payment-intents/pi_1', { id: 'pi_1' }),
  ],
  ...(['CancelRequested', 'Canceled'] as const).map(
    (status): Case => [
      'passed',
      `a session that was cancelled is ${status}`,
      answeredWith('PUT', '/terminal-sessions/ts_1/cancel', { id: 'ts_1', status }),
    ],
  ),
  [
    'failed',
    'a session that was cancelled goes on',
    answeredWith('PUT', '/terminal-sessions/ts_1/cancel', { id: 'ts_1', status: 'Initiated' }),
  ],
  [
    'failed',
    'a decision has no effect',
    answeredWith('PUT', '/terminal-sessions/ts_1/signature', {
      id: 'ts_1',
      status: 'SignatureVerificationRequired',
    }),
  ],
  [
    'passed',
    'a decision is taken',
    answeredWith('PUT', '/terminal-sessions/ts_1/signature', {
      id: 'ts_1',
      status: 'SignatureVerificationAccepted',
    }),
  ],
  [
    'failed',
    'a session is of another type',
    aSale().sessionIs('Captured', {
      terminalId: 'tm_1',
      details: { sessionType: 'MatchedRefund', sale: { paymentIntentId: 'pi_1' } },
    }),
  ],
  ['failed', 'a refund is on another payment', matched({ paymentIntentId: 'pi_9' })],
  ['passed', 'a refund of all tells its amount', matched({ paymentIntentId: 'pi_1', amount: pounds(1000) })],
  ['passed', 'a refund is of its amount', unlinked({ amount: pounds(500) })],
  ['failed', 'a refund is of another amount', unlinked({ amount: pounds(600) })],
  [
    'passed',
    'a refund without a payment gets one of its own',
    unlinked({ amount: pounds(500), paymentIntentId: 'pi_7' }),
  ],
  ['passed', 'a change of the amount went unanswered', changeLost().intentIs('Authorized')],
  [
    'passed',
    'the amount of another payment was changed',
    new Story()
      .sale()
      .intent()
      .intent()
      .call('POST', '/payment-intents/pi_2/amount', { body: { amount: pounds(1500) } })
      .intentIs('Created', {}, 'pi_1'),
  ],
]);
test('a payment that is kept otherwise is shown by its creation, and by the reading', () => {
  const story = told({}, { reference: 'order-2' })
    .intentIs('Created')
    .intentIs('Created', { reference: 'order-3' });
  const reading = story.observations.at(-1);
  assert.ok(reading?.kind === 'state');
  story.intentIs('Created', { reference: 'order-3' }, 'pi_8');
  assert.deepEqual(finding('kept-as-asked', story).evidence, ['ex_1', reading.exchange.id]);
});
for (const [what, status] of [
  ['failed', 404],
  ['went unanswered', 0],
] as const)
  test(`a session that is kept otherwise is shown by the reading before the one that ${what}`, () => {
    const story = aSale().sessionIs('Initiated', { terminalId: 'tm_2' });
    const reading = story.observations.at(-1);
    assert.ok(reading?.kind === 'state');
    story.sessionIs('Initiated', {}, status);
    assert.deepEqual(finding('kept-as-asked', story).evidence, [reading.exchange.id]);
  });

const stepping = (...statuses: SessionStatus[]): Story =>
  statuses.reduce((story, status) => story.poll(status), aSale());
judges('statuses-go-forward', [
  ['passed', 'it is told again and again', stepping('Initiated', 'Initiated', 'Captured', 'Captured')],
  ['failed', 'it goes back', stepping('Captured', 'Initiated')],
  ['failed', 'it goes from one end to another', stepping('Captured', 'Declined')],
  [
    'passed',
    'it is authorized before its signature is checked',
    stepping('Authorized', 'SignatureVerificationRequired', 'SignatureVerificationAccepted', 'Captured'),
  ],
  [
    'failed',
    'its signature is asked for again once it was checked',
    stepping('SignatureVerificationRequired', 'Authorized', 'SignatureVerificationRequired'),
  ],
  ['failed', 'it is authorized, and only then begun', stepping('Authorized', 'Initiated')],
  ['passed', 'two steps are of one rank', stepping('Initiated', 'CancelRequested')],
  [
    'passed',
    'it goes back, and two answers were under way at once',
    (() => {
      const story = stepping('Captured', 'Initiated');
      const last = story.observations.at(-1);
      if (last?.kind !== 'exchange') throw new Error('The story is told otherwise');
      story.observations[story.observations.length - 1] = {
        ...last,
        exchange: { ...last.exchange, at: last.exchange.at - 10 },
      };
      return story;
    })(),
  ],
]);
test('a step back is shown by both answers', () => {
  assert.deepEqual(finding('statuses-go-forward', stepping('Captured', 'Initiated')).evidence, [
    'ex_3',
    'ex_4',
  ]);
});

const arranged = (story: Story): Story =>
  story.fact('card-machine-prepared', { tid: 'VCMSIP0', cardholder: {} });
const tidied = (story: Story): Story => story.fact('tidying-up', {});
const tip = (story: Story, value: number): Story =>
  story.call('POST', '/payment-intents/pi_1/tips-amount', { body: { tipsAmount: pounds(value) } });
judges('nothing-unasked', [
  ['failed', 'it cancels by itself', aSale().cancel()],
  ['failed', 'it cancels before it is asked', aSale().cancel().wait(10).act({ name: 'cancel' })],
  ['failed', 'it cancels by itself after something was arranged', arranged(aSale()).cancel()],
  ['passed', 'it cancels while the kit tidies up', tidied(aSale()).cancel()],
  ['passed', 'it is asked to try again', aSale().act({ name: 'retry' }).cancel()],
  [
    'passed',
    'it ends a session whose answer was lost, when it is asked to try again',
    new Story()
      .sale()
      .intent()
      .call('POST', '/terminal-sessions', { trouble: 'upstream-dropped' })
      .act({ name: 'retry' })
      .call('PUT', '/terminal-sessions/ts_7/cancel'),
  ],
  [
    'passed',
    'it is asked to change the amount',
    aSale()
      .act({ name: 'changeAmount', amount: 1500 })
      .call('POST', '/payment-intents/pi_1/amount', { body: { amount: pounds(1500) } }),
  ],
  [
    'passed',
    'it is asked to capture',
    aSale().act({ name: 'capture' }).call('POST', '/payment-intents/pi_1/captures'),
  ],
  [
    'failed',
    'a tip is set that tells no amount',
    aSale().call('POST', '/payment-intents/pi_1/tips-amount', { body: {} }),
  ],
  ['passed', 'it ends one payment for the sake of the next', aSale().sale().cancel()],
  [
    'failed',
    'it was asked to cancel the payment before',
    aSale().act({ name: 'cancel' }).cancel().intent().session().cancel(),
  ],
  ['passed', 'the tip was entered', tip(new Story().sale(1000, { tip: 150 }).intent(), 150)],
  [
    'passed',
    'the tip was entered in one of two sales',
    tip(new Story().sale(1000, { tip: 150 }).intent().sale(), 150),
  ],
  ['passed', 'the tip is taken back', tip(aSale(), 0)],
  ['failed', 'another tip is set', tip(new Story().sale(1000, { tip: 150 }).intent(), 100)],
  [
    'failed',
    'a refund without a payment is begun',
    aPaidSale().session({ type: 'UnlinkedRefund', amount: 1 }),
  ],
  [
    'passed',
    'a refund without a payment was asked for',
    aPaidSale()
      .act({ name: 'unlinkedRefund', amount: 1, currency: 'GBP' })
      .session({ type: 'UnlinkedRefund', amount: 1 }),
  ],
  ['failed', 'a sale is begun', new Story().intent().session()],
  ['failed', 'a refund of a payment is begun', aPaidSale().session({ type: 'MatchedRefund' })],
  [
    'passed',
    'something that nobody knows is begun',
    aPaidSale().call('POST', '/terminal-sessions', { body: { details: { sessionType: 'Other' } } }),
  ],
]);
