import type { Action, Json } from '../../../../record/vocabulary.ts';
import { fails, passes, type Stories } from '../../stories/case.ts';
import { pounds } from '../../stories/situations.ts';
import { Story } from '../../stories/story.ts';

const sold = (more = {}): Story => new Story().shows({}).wait(10).sale(1000, more);

const soldWithParts = (): Story => sold({ tip: 150, cashback: 500 });

const large = (amount = 123450): Story => new Story().shows({}).wait(10).sale(amount);

const saysPaid = (story: Story, sum: string): Story => story.shows({ outcome: `Paid ${sum}` });

const saysRefunded = (action: Action, sum: string, before = new Story().shows({}).wait(10)): Story =>
  before.act(action).shows({ outcome: `Refunded ${sum}` });

/** A sum that an answer reports, or that the kit reads, in each part of a payment intent. */
const partsOf = Object.entries({
  amount: pounds(777),
  totalAmount: pounds(777),
  tipsAmount: pounds(777),
  cashbackAmount: pounds(777),
  refundedAmount: 777,
  captures: [{ amount: 777 }],
});

const inParts = (more: { readonly [name: string]: Json } = {}): Story =>
  new Story()
    .shows({})
    .sale(700)
    .intent({}, { answer: { id: 'pi_1', totalAmount: pounds(1270), tipsAmount: pounds(333), ...more } });

const saleBefore = (): Story =>
  new Story()
    .sale(700)
    .intent({ amount: pounds(700) })
    .intentIs('Captured', { totalAmount: pounds(700), amount: pounds(700) })
    .shows({})
    .wait(10);

const paidSeven = (): Story =>
  new Story()
    .shows({})
    .sale(700)
    .intent({ amount: pounds(700) });

const readByKit = (): Story =>
  new Story().shows({}).intentIs('Captured', { totalAmount: pounds(777) }, 'pi_9');

const answeredIn = (currencyCode: string): Story =>
  new Story().shows({}).intent({}, { answer: { id: 'pi_1', amount: { value: 777, currencyCode } } });

const fiveEuros = { name: 'unlinkedRefund', amount: 500, currency: 'EUR' } as const;

const onFirst = (story: Story): Story => story.wait(10).sale().session({ on: 'pi_1' });

const answer = { id: 'pi_1', totalAmount: pounds(777) };

/** A sale of £10.00 with a tip and cashback that ends well, as its page says in these words. */
const paidOn = (text: string, outcome = 'Paid'): Story =>
  sold({ tip: 150, cashback: 500 })
    .intent()
    .session()
    .poll('Initiated')
    .shows({ text: 'Till' })
    .wait(100)
    .poll('Captured')
    .shows({ outcome, text });

export const sumStories: Stories = {
  'shows-nothing-false': [
    ...[
      'Till\nPaid £10.00',
      'Till\nPaid £16.50 thank you',
      '£16.50\nPaid',
      'Paid\n£1.50',
      'Paid £10.00 of £99.00',
      'Basket total £99.00\nPaid\nRemaining £89.00',
      'Paid\nChange £99.00',
      'Paid, change £99.00',
      '£0.00\nPaid\nNext',
      '£99.00\nCard\nPaid',
      'order-7 paid £99.00',
      '09:12 Paid £99.00',
      'Paid\n99.00',
      '£99.00\nPaid',
    ].map((text) => passes(`the page says ${JSON.stringify(text)} of £10.00, £1.50 and £5.00`, paidOn(text))),
    ...['Till\nPaid £10.01', 'Paid £99.00 thank you', 'Payment: Paid £99.00'].map((text) =>
      fails(`the page says ${JSON.stringify(text)}`, paidOn(text), /no amount of this payment is that/),
    ),
    fails(
      'the sum beside the result becomes another',
      paidOn('Paid £10.00').shows({ outcome: 'Paid', text: 'Paid £11.00' }),
      /no amount of this payment is that/,
    ),
    passes(
      'what stood there before the row has gone for a while',
      new Story()
        .shows({ outcome: 'Paid', text: 'Paid £99.00' })
        .wait(10)
        .sale(1000)
        .shows({ text: 'Wait' })
        .intent()
        .session()
        .poll('Captured')
        .shows({ outcome: 'Paid', text: 'Paid £99.00\nPaid £10.00' }),
    ),
  ],
  'shows-captured': [
    ...[
      '£10.00',
      '£11.50',
      '£5.00',
      '£15.00',
      '£16.50',
      '£1.50',
      '£0.00',
      '£10',
      '10.00 GBP',
      'GBP 10.00',
      '£10.00 (order 12.345)',
    ].map((sum) =>
      passes(
        `${sum} is shown of £10.00 with a tip of £1.50 and cashback of £5.00`,
        saysPaid(soldWithParts(), sum),
      ),
    ),
    ...['£8.50', '£3.50', '£13.50', '£99.00', '€10.00', '10.00 EUR', '£1000', '£100.00', '£0.10'].map((sum) =>
      fails(
        `${sum} is shown of £10.00 with a tip of £1.50 and cashback of £5.00`,
        saysPaid(soldWithParts(), sum),
      ),
    ),
    passes('one of several sums is right', saysPaid(soldWithParts(), '£10.00 of £99.00')),
    passes('the sum is in the currency of the sale', saysPaid(sold({ currency: 'EUR' }), '€10.00')),
    fails('the sum is in another currency than the sale', saysPaid(sold({ currency: 'EUR' }), '£10.00')),
    passes('thousands are set apart', saysPaid(large(), '£1,234.50')),
    passes('thousands are set apart by a blank', saysPaid(large(), '£1 234,50')),
    fails('the thousands are left out', saysPaid(large(), '£234.50')),
    passes('thousands are set apart, and there are no pence', saysPaid(large(123400), '£1,234')),
    passes('the sum has the tip that was given on the card machine', saysPaid(sold().tips(200), '£12.00')),
    fails(
      'the sum has what the screen of the card machine shows',
      saysPaid(sold().screen({ amount: 200 }), '£12.00'),
    ),
    passes(
      'the sum is that to which the amount was changed',
      saysPaid(sold().act({ name: 'changeAmount', amount: 1777 }), '£17.77'),
    ),
    fails('the sum is any other', saysPaid(sold(), '£17.77')),
    ...partsOf.flatMap(([part, value]) => [
      passes(
        `the sum is what an answer reports as ${part}`,
        saysPaid(sold().intent({}, { answer: { id: 'pi_1', [part]: value } }), '£7.77'),
      ),
      passes(
        `the sum is what the kit reads as ${part}`,
        saysPaid(
          sold()
            .intent()
            .intentIs('Captured', { [part]: value }),
          '£7.77',
        ),
      ),
    ]),
    passes('the sum is that of two parts', saysPaid(inParts({ cashbackAmount: pounds(500) }), '£8.33')),
    fails('the sum has a part that the whole has already', saysPaid(inParts(), '£16.03')),
    fails('the sum is what one part leaves of another', saysPaid(inParts({ amount: pounds(937) }), '£6.04')),
    passes('the sum is what a refund leaves', saysPaid(inParts({ refundedAmount: 270 }), '£10.00')),
    passes('the sum is what is left without a part', saysPaid(inParts(), '£9.37')),
    fails('the sum is a penny off what is left', saysPaid(inParts(), '£9.38')),
    fails('the sum is that of the sale before', saysPaid(saleBefore().sale(1000), '£7.00')),
    passes('the sum is that of the attempt before', saysPaid(saleBefore().act({ name: 'retry' }), '£7.00')),
    fails(
      'the sum is of a payment that only the kit has read',
      saysPaid(sold().intentIs('Captured', { totalAmount: pounds(777) }, 'pi_9'), '£7.77'),
    ),
    passes(
      'the payment intent was made before, and reported the sum then',
      saysPaid(onFirst(sold().intent({}, { answer })), '£7.77'),
    ),
    fails(
      'the payment intent of the sale before reported the sum',
      saysPaid(sold().intent({}, { answer }).wait(10).sale().intent().session(), '£7.77'),
    ),
    fails(
      'another resource reported the sum',
      saysPaid(
        onFirst(sold().call('GET', '/other/payment-intents/pi_1', { answer: { totalAmount: pounds(777) } })),
        '£7.77',
      ),
    ),
    passes('nothing is known of the amount of the sale', saysPaid(new Story(), '£9.00')),
  ],
  'shows-refunded': [
    passes('the sum is that of the payment', saysRefunded({ name: 'refundIntent' }, '£7.00', paidSeven())),
    fails('the sum is not that of the payment', saysRefunded({ name: 'refundIntent' }, '£9.00', paidSeven())),
    passes(
      'the sum is that of a payment that only the kit has read',
      saysRefunded({ name: 'refundIntent' }, '£7.77', readByKit()),
    ),
    fails(
      'the sum is not that of a payment that only the kit has read',
      saysRefunded({ name: 'refundIntent' }, '£9.00', readByKit()),
    ),
    ...(
      [
        ['EUR', '€', '£'],
        ['USD', '$', '€'],
      ] as const
    ).flatMap(([currency, mark, other]) => [
      passes(
        `the sum is in ${currency}, as the answer says`,
        saysRefunded({ name: 'refundIntent' }, `${mark}7.77`, answeredIn(currency)),
      ),
      fails(
        `the sum is not in ${currency}, as the answer says`,
        saysRefunded({ name: 'refundIntent' }, `${other}7.77`, answeredIn(currency)),
      ),
    ]),
    passes('a refund without a payment has its own amount', saysRefunded(fiveEuros, '€5.00')),
    fails('a refund without a payment has another currency', saysRefunded(fiveEuros, '£5.00')),
    fails('a refund without a payment has another amount', saysRefunded(fiveEuros, '€6.00')),
    passes('nothing is known of the amount', saysRefunded({ name: 'matchedRefund' }, '£9.00')),
    passes(
      'nothing is known of the amount by an answer without one',
      saysRefunded(
        { name: 'matchedRefund' },
        '£9.00',
        new Story().shows({}).call('GET', '/terminals', { answer: { captures: [{}] } }),
      ),
    ),
    passes(
      'it says that nothing of it was taken',
      saysRefunded({ name: 'unlinkedRefund', amount: 500, currency: 'GBP' }, '£0.00'),
    ),
  ],
};
