import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { finding } from '../../../judging/testing/bench.ts';
import { type Case, judges, pounds, shows } from '../../../judging/testing/judges.ts';
import type { Fault } from '../../../record/vocabulary.ts';
import { checks } from '../../every-check.ts';
import { aPaidSale, aSale, Story } from '../stories/story.ts';

const all = { amount: 1000 };
const gaveUp = (of = 'pi_1', status = 200): Story =>
  aSale()
    .poll('Declined')
    .call('DELETE', `/payment-intents/${of}`, { status, answer: { id: of, status: 'Canceled' } })
    .sessionIs('Declined')
    .intentIs('Canceled', {}, 'pi_1');
judges('session-ends-declined', [
  ['passed', 'the till gave the payment up', gaveUp()],
  ['failed', 'its giving up was refused', gaveUp('pi_1', 409)],
  ['failed', 'it gave up another', gaveUp('pi_9')],
  [
    'failed',
    'its giving up went unanswered',
    aSale()
      .poll('Declined')
      .call('DELETE', '/payment-intents/pi_1', { trouble: 'client-dropped' })
      .sessionIs('Declined')
      .intentIs('Canceled'),
  ],
  [
    'failed',
    'it gave up a payment that is Captured',
    aSale()
      .poll('Declined')
      .call('DELETE', '/payment-intents/pi_1')
      .sessionIs('Declined')
      .intentIs('Captured'),
  ],
  [
    'failed',
    'a declined refund left another status',
    aPaidSale().session({ type: 'MatchedRefund' }).sessionIs('Declined').intentIs('Created'),
  ],
]);
judges('session-ends-captured', [
  [
    'failed',
    'the till gave up a payment that was captured',
    aSale()
      .poll('Captured')
      .call('DELETE', '/payment-intents/pi_1')
      .sessionIs('Captured')
      .intentIs('Canceled'),
  ],
  [
    'failed',
    'a refund left another status',
    aPaidSale()
      .session({ type: 'MatchedRefund' })
      .sessionIs('Captured')
      .intentIs('Created', { refundedAmount: 400 }),
  ],
]);
judges('total-adds-up', [
  [
    'passed',
    'with a service charge',
    aSale().intentIs('Captured', {
      tipsAmount: pounds(100),
      serviceChargeAmount: pounds(50),
      cashbackAmount: pounds(500),
      totalAmount: pounds(1650),
    }),
    { total: 1650 },
  ],
  [
    'failed',
    'the total is another',
    aSale().intentIs('Captured', { tipsAmount: pounds(150), totalAmount: pounds(1000) }),
    { total: 1150 },
  ],
]);
judges('amount-change-sent', [
  [
    'failed',
    'in another currency',
    aSale()
      .act({ name: 'changeAmount', amount: 1500 })
      .call('POST', '/payment-intents/pi_1/amount', {
        body: { amount: { value: 1500, currencyCode: 'EUR' } },
      }),
    { amount: 1500 },
  ],
  [
    'failed',
    'before it was asked for',
    aSale()
      .call('POST', '/payment-intents/pi_1/amount', { body: { amount: pounds(1500) } })
      .act({ name: 'changeAmount', amount: 1500 }),
    { amount: 1500 },
  ],
]);
judges('amount-changed', [
  [
    'passed',
    'the payment is Created',
    aSale().intentIs('Created', { amount: pounds(1500) }),
    { amount: 1500 },
  ],
  [
    'failed',
    'the payment is Captured',
    aSale().intentIs('Captured', { amount: pounds(1500) }),
    { amount: 1500 },
  ],
]);
judges('capture-sent', [
  [
    'failed',
    'it was refused with an id',
    aSale().call('POST', '/payment-intents/pi_1/captures', {
      body: { amount: 1000 },
      status: 202,
      answer: { captureId: 'ca_1' },
    }),
    all,
  ],
]);
judges('search-sent', [
  [
    'passed',
    'a second try succeeded',
    new Story()
      .call('POST', '/payment-intents/search', { status: 500 })
      .call('POST', '/payment-intents/search'),
  ],
]);
judges('item-lines-sent', [['failed', 'there are none', new Story().sale().intent(), { lines: [] }]]);
judges('item-lines-add-up', [
  ['failed', 'there are none, and nothing to pay', new Story().sale().intent({ amount: pounds(0) })],
]);
for (const [id, genuine, good, bad] of [
  ['event-accepted', true, [200, 299], [199, 300, 0]],
  ['forged-event-refused', false, [400, 500], [399, 200, 0]],
] as const)
  judges(id, [
    ...good.map(
      (status): Case => [
        'passed',
        `it is answered ${status}`,
        new Story().delivered(genuine, status).delivered(!genuine, 1),
      ],
    ),
    ...bad.map(
      (status): Case => [
        'failed',
        `it is answered ${status || 'by nobody'}`,
        new Story().delivered(genuine, status),
      ],
    ),
  ]);

const notMade = (status: number): Story => new Story().sale().intent().session({ refused: status });
suite('a payment without a session is the fault of', () => {
  const cases: [fault: Fault, when: string, story: Story][] = [
    ['pos', 'the till, whose request was bad', notMade(400)],
    ['pos', 'the till, whose key was not taken', notMade(401)],
    ['api', 'the API, which refused what was asked for', notMade(402)],
    [
      'pos',
      'the till, which heard nothing and left it there',
      new Story().sale().intent().call('POST', '/terminal-sessions', { trouble: 'client-dropped' }),
    ],
    [
      'pos',
      'the till, which began again with a bad request',
      notMade(404).call('POST', '/payment-intents', { status: 400 }),
    ],
  ];
  for (const [fault, when, story] of cases)
    test(when, () => {
      const { outcome, fault: own = checks.get('session-ends-captured')?.fault } = finding(
        'session-ends-captured',
        story,
      );
      assert.deepEqual([outcome, own], ['failed', fault]);
    });
});
shows('session-ends-captured', [[['ex_2'], 'the refusal of the session', notMade(404)]]);
shows('no-card-asked-for', [[['ex_3'], 'the answer that tells no prompt', aSale().poll('Captured')]]);
test('one card, and whatever else the machine does, are not two cards', () => {
  const story = aPaidSale()
    .fact('card-machine-prepared', { tid: 'VCMSIP0', cardholder: { scheme: 'Visa' } })
    .screen({ prompt: 'PresentCard' });
  assert.equal(finding('card-types-differ', story).fault, undefined);
});
