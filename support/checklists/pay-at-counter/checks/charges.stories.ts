import type { Json } from '../../../record/vocabulary.ts';
import type { IntentStatus, SessionStatus } from '../../payments/statuses.ts';
import { type Case, fails, passes, type Stories } from '../../payments/stories/case.ts';
import { aPaidSale, aSale, ended, pounds } from '../../payments/stories/situations.ts';
import { Story } from '../../payments/stories/story.ts';

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

const endedAs = (session: SessionStatus): Story => aSale().poll(session).sessionIs(session);

const every: readonly IntentStatus[] = [
  'Created',
  'Authorized',
  'Captured',
  'Reversed',
  'Refunded',
  'Canceled',
];

/** Each status that a payment intent can have when its session ended so, and each that it can't. */
const beside = (session: SessionStatus, ...can: IntentStatus[]): readonly Case[] =>
  every.map((intent) =>
    (can.includes(intent) ? passes : fails)(
      `the session is ${session} and the payment ${intent}`,
      endedAs(session).intentIs(intent),
    ),
  );

export const chargeStories: Stories = {
  'charged-once': [
    passes(
      'one payment intent is captured',
      aPaidSale(),
      /asked for £10\.00, taken £10\.00 on 1 payment intent/,
    ),
    passes('the sale was declined', ended('Declined', 'Created'), /taken £0\.00 on 0/),
    passes('no sale was taken', new Story(), /no sale was taken/),
    passes(
      'two baskets are charged once each',
      aPaidSale().sale().intent().session().intentIs('Captured'),
      /on 1 payment intent; asked for £10\.00, taken £10\.00 on 1/,
    ),
    passes(
      'the tip was given on the card machine',
      new Story()
        .tips(200)
        .sale()
        .intent()
        .session()
        .intentIs('Captured', { totalAmount: pounds(1200) }),
      /asked for £12\.00, taken £12\.00/,
    ),
    fails(
      'a POST was sent again blindly, and both are captured',
      aPaidSale().intent().session().intentIs('Captured'),
      /taken £20\.00 on 2 payment intents/,
    ),
    fails(
      'more is captured than was asked for',
      aSale().intentIs('Captured', { totalAmount: pounds(1001) }),
      /asked for £10\.00, taken £10\.01/,
    ),
    fails(
      'less is taken than was asked for',
      aSale().intentIs('Captured', { totalAmount: pounds(0) }),
      /asked for £10\.00, taken £0\.00/,
    ),
    fails(
      'it is captured twice',
      aSale().intentIs('Captured', { captures: [{ amount: 1000 }, { amount: 1000 }] }),
      /taken £10\.00 on 1 payment intent, captured £20\.00/,
    ),
    fails(
      'a payment is charged that nobody entered',
      aPaidSale().act({ name: 'refundIntent' }).intent().session().intentIs('Captured'),
      /pi_2 was charged, and no sale was entered for it/,
    ),
    fails(
      'the customer has two pre-authorizations',
      aSale().intentIs('Authorized').intent().session().intentIs('Authorized'),
      /taken £20\.00 on 2 payment intents/,
    ),
    fails(
      'it is captured in another currency',
      aSale().intentIs('Captured', { totalAmount: { value: 1000, currencyCode: 'EUR' } }),
      /in another currency/,
    ),
    fails('a payment intent was never read', aSale(), /could not read the payment intent pi_1/),
    passes(
      'tip and cashback come on top',
      asking({ tip: 150, cashback: 500 }, parts).intentIs('Captured', taken(1650)),
    ),
    fails(
      'a penny more is taken',
      asking({ tip: 150, cashback: 500 }, parts).intentIs('Captured', taken(1651)),
    ),
    fails(
      'the tip is not taken',
      asking({ tip: 150 }, { tipsAmount: pounds(150) }).intentIs('Captured', taken(1000)),
    ),
    fails(
      'the cashback is not taken',
      asking({ cashback: 500 }, { cashbackAmount: pounds(500) }).intentIs('Captured', taken(1000)),
    ),
    passes('a tip is set later', setTip(asking({ tip: 200 }), 200).intentIs('Captured', taken(1200))),
    fails(
      'a tip is set later and not taken',
      setTip(asking({ tip: 200 }), 200).intentIs('Captured', taken(1000)),
    ),
    passes(
      'a tip is set later and refused',
      setTip(asking({ tip: 200 }), 200, { status: 400 }).intentIs('Captured', taken(1000)),
    ),
    passes(
      'a tip is set later and nobody answers',
      setTip(asking({ tip: 200 }), 200, { trouble: 'upstream-dropped' }).intentIs('Captured', taken(1000)),
    ),
    passes('the amount was changed to more', changed(asking()).intentIs('Captured', taken(1500))),
    passes('the change had no effect', changed(asking()).intentIs('Captured', taken(1000))),
    fails(
      'more is taken than the amount was changed to',
      changed(asking()).intentIs('Captured', taken(1501)),
    ),
    fails('less is taken than was sent', asking().intentIs('Captured', taken(500))),
    fails(
      'less is taken, and the amount of another payment was changed',
      changed(asking(), 'pi_9').intentIs('Captured', taken(500)),
    ),
    passes(
      'only a part was captured',
      asking()
        .call('POST', '/payment-intents/pi_1/captures', { body: { amount: 500 } })
        .intentIs('Captured', taken(500)),
    ),
    passes(
      'a tip was given on the card machine, for which the cardholder was prepared',
      givenOnMachine(new Story()).sale().intent().intentIs('Captured', taken(1200)),
    ),
    fails(
      'a tip that was given on the card machine is not taken',
      givenOnMachine(new Story()).sale().intent().intentIs('Captured', taken(1000)),
    ),
    passes(
      'it was given for the next attempt',
      givenOnMachine(asking()).act({ name: 'retry' }).intentIs('Captured', taken(1200)),
    ),
    fails(
      'it was given for the next sale',
      givenOnMachine(asking().intentIs('Captured', taken(1200)))
        .sale()
        .intent()
        .intentIs('Captured', taken(1200)),
    ),
    passes(
      'it was given for the first of two sales',
      givenOnMachine(new Story())
        .sale()
        .intent()
        .intentIs('Captured', taken(1200))
        .sale()
        .intent()
        .intentIs('Captured', taken(1000)),
    ),
    passes(
      'it was given for the second of two sales',
      givenOnMachine(asking().intentIs('Captured', taken(1000)))
        .sale()
        .intent()
        .intentIs('Captured', taken(1200)),
    ),
    passes(
      'it was given before the card machine was chosen',
      givenOnMachine(new Story()).choose('tm_1').sale().intent().intentIs('Captured', taken(1200)),
    ),
    passes(
      'it was given for a sale that never came',
      givenOnMachine(asking().intentIs('Captured', taken(1000))),
    ),
    fails(
      'the card machine only showed it',
      new Story().screen({ amount: 200 }).sale().intent().intentIs('Captured', taken(1200)),
    ),
    fails('one of two payment intents could not be read', asking().intent().intentIs('Captured', {}, 'pi_1')),
    fails(
      'one basket is paid twice',
      asking().intent().intentIs('Captured', {}, 'pi_1').intentIs('Authorized', {}, 'pi_2'),
    ),
    fails(
      'one basket is paid in two halves',
      new Story()
        .sale()
        .intent({ amount: pounds(500) })
        .intent({ amount: pounds(500) })
        .intentIs('Captured', taken(500), 'pi_1')
        .intentIs('Captured', taken(500), 'pi_2'),
    ),
    fails(
      'one basket is paid twice, and once given back',
      asking().intent().intentIs('Refunded', {}, 'pi_1').intentIs('Captured', {}, 'pi_2'),
    ),
    passes(
      'two baskets are paid',
      asking().intentIs('Captured').sale().intent().intentIs('Captured', {}, 'pi_2'),
    ),
    passes(
      'it is asked for in the very moment of its sale',
      asking()
        .intentIs('Captured')
        .sale(500)
        .wait(-10)
        .intent({ amount: pounds(500) })
        .intentIs('Captured', taken(500)),
    ),
    fails('money was taken before any sale', new Story().intent().intentIs('Captured').wait(10).sale()),
    fails(
      'two captures come to more than the total',
      asking().intentIs('Captured', taken(1000, { captures: [{ amount: 600 }, { amount: 401 }] })),
    ),
    passes(
      'the captures come to the total, tip and all',
      asking({ tip: 150 }, { tipsAmount: pounds(150) }).intentIs(
        'Captured',
        taken(1150, { captures: [{ amount: 1000, tipsAmount: 150 }] }),
      ),
    ),
    fails(
      'with its tip a capture comes to more than the total',
      asking({ tip: 150 }, { tipsAmount: pounds(150) }).intentIs(
        'Captured',
        taken(1150, { captures: [{ amount: 1000, tipsAmount: 151 }] }),
      ),
    ),
    fails(
      'what is captured on all payments of a basket is too much',
      asking()
        .intent()
        .intentIs('Captured', taken(1000, { captures: [{ amount: 1500 }] }), 'pi_1')
        .intentIs('Authorized', taken(0), 'pi_2'),
      /taken £10\.00 on 2 .*, captured £15\.00$/,
    ),
    fails('too much is taken of what was asked for rightly', asking().intentIs('Captured', taken(1100)), {
      fault: 'api',
      at: 0,
    }),
    fails(
      'more is taken, and the till had asked for more',
      asking({}, { amount: pounds(1100) }).intentIs('Captured', taken(1100)),
      { fault: 'pos', at: 1010 },
    ),
    fails(
      'another currency is taken',
      asking().intentIs('Captured', { totalAmount: { value: 1000, currencyCode: 'EUR' } }),
      { fault: 'api', at: 0 },
    ),
    fails(
      'the till asked for a second payment of a basket',
      asking().intent().intentIs('Captured', {}, 'pi_1').intentIs('Captured', {}, 'pi_2'),
      { fault: 'pos', at: 1031 },
    ),
    fails('what was asked for rightly cannot be read', asking(), { fault: 'environment', at: 0 }),
    fails(
      'it had asked for more, and a payment before cannot be read',
      asking()
        .sale()
        .intent({ amount: pounds(1100) })
        .intentIs('Captured', taken(1100)),
      { fault: 'pos', at: 1041 },
    ),
    fails('a payment without a sale is asked for', new Story().wait(5).intent().intentIs('Captured'), {
      at: 1005,
    }),
  ],
  'intent-follows-session': [
    passes('both are captured', aPaidSale(), /1 payment intent, each as its session/),
    passes('one of two was not read', aPaidSale().intent(), /^1 payment intent, each as its session/),
    fails(
      'it is read, and tells no status',
      aSale().sessionIs('Captured').intentIs('Captured', { status: null }),
      /pi_1 is not reported, its session Captured/,
    ),
    passes('a declined payment is still open', ended('Declined', 'Created'), /each as its session/),
    passes('the session goes on', aSale().sessionIs('Initiated').intentIs('Created'), /each as its session/),
    passes(
      'it was declined, then tried again and captured',
      ended('Declined', 'Created').session().sessionIs('Captured').intentIs('Captured'),
      /each as its session/,
    ),
    passes('nothing was read', new Story(), /0 payment intents/),
    fails('the money was not taken', ended('Captured', 'Created'), /pi_1 is Created, its session Captured/),
    fails(
      'a declined payment is taken',
      ended('Declined', 'Captured'),
      /pi_1 is Captured, its session Declined/,
    ),
    fails(
      'it was so for a while',
      ended('Captured', 'Created').intentIs('Captured'),
      /pi_1 is Created, its session Captured/,
    ),
    ...beside('Captured', 'Captured', 'Refunded', 'Reversed'),
    ...beside('Authorized', 'Authorized', 'Captured', 'Refunded', 'Reversed'),
    ...beside('Declined', 'Created', 'Canceled'),
    ...beside('Canceled', 'Created', 'Canceled'),
    ...beside('Expired', 'Created', 'Canceled'),
    passes('the session goes on', endedAs('Initiated').intentIs('Created')),
    passes('no session was read', aSale().intentIs('Captured')),
    passes('the session was read only later', aSale().intentIs('Created').sessionIs('Captured')),
    fails('it stood right, and then did not', endedAs('Declined').intentIs('Created').intentIs('Captured')),
    fails(
      'it did not stand right, and another session was begun later',
      endedAs('Captured').intentIs('Created').session(),
    ),
    passes('another session was begun on it since', endedAs('Declined').session().intentIs('Captured')),
    passes(
      'the session of another payment was declined',
      endedAs('Declined').intentIs('Created').sale().intent().intentIs('Captured'),
    ),
    passes(
      'a refund was declined',
      endedAs('Captured').session({ type: 'MatchedRefund' }).sessionIs('Declined').intentIs('Captured'),
    ),
    passes('the reading of the session failed', aSale().sessionIs('Declined', {}, 500).intentIs('Captured')),
    passes(
      'nobody answered the reading of the session',
      aSale().sessionIs('Declined', {}, 0).intentIs('Captured'),
    ),
    fails(
      'the payment is captured some time after its session was declined',
      endedAs('Declined').wait(70).intentIs('Captured'),
      { at: 1175, evidence: ['read_5'] },
    ),
  ],
};
