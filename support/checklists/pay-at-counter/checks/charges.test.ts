import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { aRow, finding, judged } from '../../../judging/testing/bench.ts';
import { pounds } from '../../../judging/testing/judges.ts';
import type { IntentStatus, Json, Outcome, SessionStatus } from '../../../record/vocabulary.ts';
import { aSale, Story } from '../stories/story.ts';

const taken = (total: number, more: { readonly [name: string]: Json } = {}) => ({
  totalAmount: pounds(total),
  ...more,
});

/** A sale of £10.00 with such parts, asked for so. */
const asking = (sale: { tip?: number; cashback?: number } = {}, body: { [name: string]: Json } = {}): Story =>
  new Story().sale(1000, sale).intent(body);
const parts = { tipsAmount: pounds(150), cashbackAmount: pounds(500) };
const setTip = (story: Story, value: number, call = {}): Story =>
  story.call('POST', '/payment-intents/pi_1/tips-amount', { body: { tipsAmount: pounds(value) }, ...call });
const changed = (story: Story, on = 'pi_1'): Story =>
  story
    .act({ name: 'changeAmount', amount: 1500 })
    .call('POST', `/payment-intents/${on}/amount`, { body: { amount: pounds(1500) } });
const givenOnMachine = (story: Story): Story => story.tips(200);

suite('what is charged', () => {
  const cases: [comesTo: Outcome, when: string, story: Story][] = [
    [
      'passed',
      'tip and cashback come on top',
      asking({ tip: 150, cashback: 500 }, parts).intentIs('Captured', taken(1650)),
    ],
    [
      'failed',
      'a penny more is taken',
      asking({ tip: 150, cashback: 500 }, parts).intentIs('Captured', taken(1651)),
    ],
    [
      'failed',
      'the tip is not taken',
      asking({ tip: 150 }, { tipsAmount: pounds(150) }).intentIs('Captured', taken(1000)),
    ],
    [
      'failed',
      'the cashback is not taken',
      asking({ cashback: 500 }, { cashbackAmount: pounds(500) }).intentIs('Captured', taken(1000)),
    ],
    ['passed', 'a tip is set later', setTip(asking({ tip: 200 }), 200).intentIs('Captured', taken(1200))],
    [
      'failed',
      'a tip is set later and not taken',
      setTip(asking({ tip: 200 }), 200).intentIs('Captured', taken(1000)),
    ],
    [
      'passed',
      'a tip is set later and refused',
      setTip(asking({ tip: 200 }), 200, { status: 400 }).intentIs('Captured', taken(1000)),
    ],
    [
      'passed',
      'a tip is set later and nobody answers',
      setTip(asking({ tip: 200 }), 200, { trouble: 'upstream-dropped' }).intentIs('Captured', taken(1000)),
    ],
    ['passed', 'the amount was changed to more', changed(asking()).intentIs('Captured', taken(1500))],
    ['passed', 'the change had no effect', changed(asking()).intentIs('Captured', taken(1000))],
    [
      'failed',
      'more is taken than the amount was changed to',
      changed(asking()).intentIs('Captured', taken(1501)),
    ],
    ['failed', 'less is taken than was sent', asking().intentIs('Captured', taken(500))],
    [
      'failed',
      'less is taken, and the amount of another payment was changed',
      changed(asking(), 'pi_9').intentIs('Captured', taken(500)),
    ],
    [
      'passed',
      'only a part was captured',
      asking()
        .call('POST', '/payment-intents/pi_1/captures', { body: { amount: 500 } })
        .intentIs('Captured', taken(500)),
    ],
    [
      'passed',
      'a tip was given on the card machine, for which the cardholder was prepared',
      givenOnMachine(new Story()).sale().intent().intentIs('Captured', taken(1200)),
    ],
    [
      'failed',
      'a tip that was given on the card machine is not taken',
      givenOnMachine(new Story()).sale().intent().intentIs('Captured', taken(1000)),
    ],
    [
      'passed',
      'it was given for the next attempt',
      givenOnMachine(asking()).act({ name: 'retry' }).intentIs('Captured', taken(1200)),
    ],
    [
      'failed',
      'it was given for the next sale',
      givenOnMachine(asking().intentIs('Captured', taken(1200)))
        .sale()
        .intent()
        .intentIs('Captured', taken(1200)),
    ],
    [
      'passed',
      'it was given for the first of two sales',
      givenOnMachine(new Story())
        .sale()
        .intent()
        .intentIs('Captured', taken(1200))
        .sale()
        .intent()
        .intentIs('Captured', taken(1000)),
    ],
    [
      'passed',
      'it was given for the second of two sales',
      givenOnMachine(asking().intentIs('Captured', taken(1000)))
        .sale()
        .intent()
        .intentIs('Captured', taken(1200)),
    ],
    [
      'passed',
      'it was given before the card machine was chosen',
      givenOnMachine(new Story()).choose('tm_1').sale().intent().intentIs('Captured', taken(1200)),
    ],
    [
      'passed',
      'it was given for a sale that never came',
      givenOnMachine(asking().intentIs('Captured', taken(1000))),
    ],
    [
      'failed',
      'the card machine only showed it',
      new Story().screen({ amount: 200 }).sale().intent().intentIs('Captured', taken(1200)),
    ],
    [
      'failed',
      'one of two payment intents could not be read',
      asking().intent().intentIs('Captured', {}, 'pi_1'),
    ],
    [
      'failed',
      'one basket is paid twice',
      asking().intent().intentIs('Captured', {}, 'pi_1').intentIs('Authorized', {}, 'pi_2'),
    ],
    [
      'failed',
      'one basket is paid in two halves',
      new Story()
        .sale()
        .intent({ amount: pounds(500) })
        .intent({ amount: pounds(500) })
        .intentIs('Captured', taken(500), 'pi_1')
        .intentIs('Captured', taken(500), 'pi_2'),
    ],
    [
      'failed',
      'one basket is paid twice, and once given back',
      asking().intent().intentIs('Refunded', {}, 'pi_1').intentIs('Captured', {}, 'pi_2'),
    ],
    [
      'passed',
      'two baskets are paid',
      asking().intentIs('Captured').sale().intent().intentIs('Captured', {}, 'pi_2'),
    ],
    [
      'passed',
      'it is asked for in the very moment of its sale',
      asking()
        .intentIs('Captured')
        .sale(500)
        .wait(-10)
        .intent({ amount: pounds(500) })
        .intentIs('Captured', taken(500)),
    ],
    ['failed', 'money was taken before any sale', new Story().intent().intentIs('Captured').wait(10).sale()],
    [
      'failed',
      'two captures come to more than the total',
      asking().intentIs('Captured', taken(1000, { captures: [{ amount: 600 }, { amount: 401 }] })),
    ],
    [
      'passed',
      'the captures come to the total, tip and all',
      asking({ tip: 150 }, { tipsAmount: pounds(150) }).intentIs(
        'Captured',
        taken(1150, { captures: [{ amount: 1000, tipsAmount: 150 }] }),
      ),
    ],
    [
      'failed',
      'with its tip a capture comes to more than the total',
      asking({ tip: 150 }, { tipsAmount: pounds(150) }).intentIs(
        'Captured',
        taken(1150, { captures: [{ amount: 1000, tipsAmount: 151 }] }),
      ),
    ],
  ];
  for (const [comesTo, when, story] of cases)
    test(`is ${comesTo} when ${when}`, () => assert.equal(finding('charged-once', story).outcome, comesTo));

  test('it counts what is captured on all payments of a basket', () => {
    const story = asking()
      .intent()
      .intentIs('Captured', taken(1000, { captures: [{ amount: 1500 }] }), 'pi_1')
      .intentIs('Authorized', taken(0), 'pi_2');
    assert.match(finding('charged-once', story).observed, /taken £10\.00 on 2 .*, captured £15\.00$/);
  });

  const faults: [fault: string, when: string, story: Story, after: number | undefined][] = [
    ['api', 'too much is taken of what was asked for rightly', asking().intentIs('Captured', taken(1100)), 0],
    [
      'pos',
      'the till had asked for more',
      asking({}, { amount: pounds(1100) }).intentIs('Captured', taken(1100)),
      1010,
    ],
    [
      'api',
      'another currency is taken',
      asking().intentIs('Captured', { totalAmount: { value: 1000, currencyCode: 'EUR' } }),
      0,
    ],
    [
      'pos',
      'the second payment of a basket is asked for',
      asking().intent().intentIs('Captured', {}, 'pi_1').intentIs('Captured', {}, 'pi_2'),
      1031,
    ],
    ['environment', 'what was asked for rightly cannot be read', asking(), 0],
    [
      'pos',
      'it had asked for more, and a payment before cannot be read',
      asking()
        .sale()
        .intent({ amount: pounds(1100) })
        .intentIs('Captured', taken(1100)),
      1041,
    ],
  ];
  for (const [fault, when, story, at] of faults)
    test(`is the doing of ${fault} when ${when}`, () => {
      const result = finding('charged-once', story);
      assert.deepEqual([result.outcome, result.fault, result.at ?? 0], ['failed', fault, at]);
    });
  test('is left to a reviewer when the till began again after the API had gone astray', () => {
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
  test('a payment without a sale went wrong when it was asked for', () => {
    assert.equal(finding('charged-once', new Story().wait(5).intent().intentIs('Captured')).at, 1005);
  });
});

suite('a payment intent follows its session', () => {
  const ended = (session: SessionStatus): Story => aSale().poll(session).sessionIs(session);
  const every: readonly IntentStatus[] = [
    'Created',
    'Authorized',
    'Captured',
    'Reversed',
    'Refunded',
    'Canceled',
  ];
  for (const [session, ...can] of [
    ['Captured', 'Captured', 'Refunded', 'Reversed'],
    ['Authorized', 'Authorized', 'Captured', 'Refunded', 'Reversed'],
    ['Declined', 'Created', 'Canceled'],
    ['Canceled', 'Created', 'Canceled'],
    ['Expired', 'Created', 'Canceled'],
  ] as const satisfies [SessionStatus, ...IntentStatus[]][])
    for (const intent of every) {
      const comesTo = (can as readonly IntentStatus[]).includes(intent) ? 'passed' : 'failed';
      test(`is ${comesTo} when the session is ${session} and the payment ${intent}`, () => {
        assert.equal(finding('intent-follows-session', ended(session).intentIs(intent)).outcome, comesTo);
      });
    }
  const cases: [comesTo: Outcome, when: string, story: Story][] = [
    ['passed', 'both say so', ended('Captured').intentIs('Captured')],
    ['failed', 'the session was declined', ended('Declined').intentIs('Captured')],
    ['passed', 'the session goes on', ended('Initiated').intentIs('Created')],
    ['passed', 'no session was read', aSale().intentIs('Captured')],
    ['passed', 'the session was read only later', aSale().intentIs('Created').sessionIs('Captured')],
    [
      'failed',
      'it stood right, and then did not',
      ended('Declined').intentIs('Created').intentIs('Captured'),
    ],
    [
      'failed',
      'it did not stand right, and another session was begun later',
      ended('Captured').intentIs('Created').session(),
    ],
    ['passed', 'another session was begun on it since', ended('Declined').session().intentIs('Captured')],
    [
      'passed',
      'the session of another payment was declined',
      ended('Declined').intentIs('Created').sale().intent().intentIs('Captured'),
    ],
    [
      'passed',
      'a refund was declined',
      ended('Captured').session({ type: 'MatchedRefund' }).sessionIs('Declined').intentIs('Captured'),
    ],
    [
      'passed',
      'the reading of the session failed',
      aSale().sessionIs('Declined', {}, 500).intentIs('Captured'),
    ],
    [
      'passed',
      'nobody answered the reading of the session',
      aSale().sessionIs('Declined', {}, 0).intentIs('Captured'),
    ],
  ];
  for (const [comesTo, when, story] of cases)
    test(`is ${comesTo} when ${when}`, () => {
      assert.equal(finding('intent-follows-session', story).outcome, comesTo);
    });
  test('it went wrong when it was read so', () => {
    const story = ended('Declined').wait(70).intentIs('Captured');
    const { at, evidence } = finding('intent-follows-session', story);
    const read = story.observations.at(-1);
    assert.ok(read?.kind === 'state');
    assert.deepEqual([at, evidence], [read.exchange.at, [read.exchange.id]]);
  });
});
