import { fails, passes, reviews, type Stories } from '../../stories/case.ts';
import { aSale, euros, pounds } from '../../stories/situations.ts';
import { Story } from '../../stories/story.ts';

/** A sale of £10.00 with a tip of £1.50, at a till that shows this total while the card machine is at work. */
const showing = (total: number | null): Story =>
  aSale(1000, { tip: 150 }).shows({ total }).wait(1000).poll('Initiated').wait(1000).poll('Captured');

/** A sale of £10.00 with a tip of £1.50 and cashback of £5.00, at a till that shows this total. */
const cashedBack = (total: number, given = 0): Story =>
  aSale(1000, { tip: 150, cashback: 500 })
    .tips(given)
    .shows({ total })
    .wait(1000)
    .poll('Initiated')
    .wait(4500)
    .poll('Captured');

/** A sale of £10.00, and so much later than the next of £12.00 was sent the total of that. */
const next = (late: number): Story =>
  aSale()
    .shows({ total: 1000 })
    .wait(1000)
    .poll('Captured')
    .sale(1200)
    .intent({ amount: { value: 1200, currencyCode: 'GBP' } })
    .session()
    .wait(late)
    .shows({ total: 1200 })
    .wait(1000)
    .poll('Captured');

/** A sale of £10.00, and the next of £12.00, whose total a customer display shows so much later than the till. */
const followed = (late: number): Story =>
  aSale()
    .shows({ total: 1000, windowTotals: [1000] })
    .wait(1000)
    .poll('Captured')
    .sale(1200)
    .shows({ total: 1200, windowTotals: [1000] })
    .intent({ amount: { value: 1200, currencyCode: 'GBP' } })
    .session()
    .wait(late)
    .shows({ total: 1200, windowTotals: [1200] })
    .wait(1000)
    .poll('Captured');

/** A captured sale of £10.00 that was to be changed to £15.00, which the API answers so; the total then shown stands so long. */
const changed = (status: number, total: number, stands: number): Story =>
  aSale()
    .poll('Captured')
    .shows({ total: 1000 })
    .act({ name: 'changeAmount', amount: 1500 })
    .call('POST', '/payment-intents/pi_1/amount', {
      body: { amount: { value: 1500, currencyCode: 'GBP' } },
      status,
    })
    .shows({ total })
    .wait(stands)
    .shows({ total: total === 1500 && status >= 400 ? 1000 : total })
    .wait(1000);

/** A sale of €10.00 after one of £10.00, whose total comes in the currency of the first so long, and in this one then. */
const inEuros = (pounds: number, totalCurrencies?: readonly string[]): Story =>
  aSale()
    .shows({ total: 1000, ...(totalCurrencies ? { totalCurrencies: ['GBP'] } : {}) })
    .wait(1000)
    .poll('Captured')
    .sale(1000, { currency: 'EUR' })
    .intent({ amount: euros(1000) })
    .session()
    .wait(pounds)
    .shows({ total: 1000, ...(totalCurrencies ? { totalCurrencies } : {}) })
    .wait(6000)
    .poll('Captured');

export const totalStories: Stories = {
  'total-shown': [
    passes('it is what is sent', showing(1000), /^shows £10\.00$/),
    passes('it is that with the tip', showing(1150), /^shows £11\.50$/),
    passes(
      'a customer display shows it with the tip',
      aSale(1000, { tip: 150 })
        .shows({ total: 1000, windowTotals: [1150] })
        .wait(1000)
        .poll('Captured'),
      /^shows £10\.00, £11\.50$/,
    ),
    passes('a customer display follows with the next sale', followed(500)),
    fails(
      'a customer display keeps the total of the sale before',
      followed(9000),
      /in another window beside a payment of £12\.00; it is that of the payment before$/,
    ),
    fails(
      'a customer display shows a pound more',
      aSale(1000)
        .shows({ total: 1000, windowTotals: [1100] })
        .wait(1000)
        .poll('Initiated')
        .wait(1000)
        .poll('Captured'),
      /^showed the total £11\.00 in another window beside a payment of £10\.00$/,
    ),
    passes('it shows none while it is paid', showing(null), /^shows no total$/),
    passes('nobody knows where it stands', aSale().poll('Captured'), /^not judged: .*`display\.total`/),
    passes(
      'it grows while the amount is typed',
      new Story()
        .shows({ total: 0 })
        .sale()
        .shows({ total: 1 })
        .wait(900)
        .shows({ total: 100 })
        .wait(900)
        .shows({ total: 1000 })
        .intent()
        .session()
        .wait(1000)
        .poll('Captured'),
      /£10\.00/,
    ),
    passes('it gives way to that of the next sale', next(1000), /£10\.00, £12\.00/),
    passes(
      'it goes with the payment, and there is another when the kit has tidied up',
      showing(1150)
        .shows({ total: null })
        .fact('tidying-up', {})
        .shows({ total: 500 })
        .wait(5000)
        .shows({ text: 'x' }),
      /£11\.50/,
    ),
    fails(
      'it is that of a change which the API had refused',
      changed(400, 1500, 6000),
      /the total £15\.00 beside a payment of £10\.00; the API had refused that change/,
    ),
    passes('it goes back when the change is refused', changed(400, 1500, 1000)),
    passes('it stays what it was when the change is refused', changed(400, 1000, 6000)),
    passes('it is that of a change which the API took', changed(200, 1500, 6000)),
    passes('it is that of a change of which nobody knows', changed(500, 1500, 6000)),
    fails('it is another', showing(999), /^showed the total £9\.99 beside a payment of £10\.00$/),
    fails('it is a penny too much with the tip', showing(1151), /the total £11\.51/),
    passes('it is that with the cashback', cashedBack(1500), /^shows £15\.00$/),
    passes('it is that with the cashback and the tip', cashedBack(1650), /^shows £16\.50$/),
    ...[1000, 1150].map((total) =>
      fails(
        `it is £${total / 100} without the cashback of £5.00`,
        cashedBack(total),
        /beside a payment of £10\.00; it is without the cashback of £5\.00$/,
      ),
    ),
    passes(
      'the cashback is added while the machine is at work',
      aSale(1000, { cashback: 500 })
        .shows({ total: 1000 })
        .wait(4000)
        .poll('Initiated')
        .shows({ total: 1500 })
        .wait(4000)
        .poll('Captured'),
    ),
    passes('the cashback is as much as the tip of the machine', cashedBack(1500, 500)),
    passes(
      'it has the cashback only once that is typed',
      new Story()
        .shows({ total: 0 })
        .sale(1000, { cashback: 500 })
        .shows({ total: 1000 })
        .wait(2000)
        .shows({ total: 1500 })
        .intent({ cashbackAmount: pounds(500) })
        .session()
        .wait(1000)
        .poll('Captured'),
    ),
    fails(
      'it is that of the payment before, long after',
      next(6000),
      /showed the total £10\.00 beside a payment of £12\.00; it is that of the payment before/,
    ),
    fails(
      'it is another when the payment is tried again',
      aSale()
        .shows({ total: 1000 })
        .poll('Declined')
        .act({ name: 'retry' })
        .session()
        .shows({ total: 2500 })
        .wait(1000)
        .poll('Captured'),
      /the total £25\.00 beside a payment of £10\.00/,
    ),
    reviews(
      'it cannot be read surely',
      aSale().shows({ total: null, unreadTotal: '1.234' }).wait(1000).poll('Captured'),
      /"1\.234", which the kit cannot read surely/,
    ),
    passes('it names no currency', inEuros(100)),
    passes('it is in the currency of the sale', inEuros(100, ['EUR'])),
    passes('it stood in the currency of the sale before for a while', inEuros(4000, ['EUR'])),
    fails(
      'it is in the currency of the sale before',
      inEuros(100, ['GBP']),
      /^showed the total in GBP beside a payment of €10\.00$/,
    ),
    fails('a customer display has another currency', inEuros(100, ['EUR', 'GBP']), /in GBP beside/),
    fails('it is in a currency of no sale', inEuros(100, ['USD']), /in USD beside a payment of €10\.00$/),
  ],
};
