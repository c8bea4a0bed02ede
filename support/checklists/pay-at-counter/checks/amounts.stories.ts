import type { Json } from '../../../record/vocabulary.ts';
import { fails, passes, reviews, type Stories } from '../../payments/stories/case.ts';
import { aSale, inTheMoment, pounds } from '../../payments/stories/situations.ts';
import { Story } from '../../payments/stories/story.ts';

const totals = (amount: number, more: { readonly [name: string]: Json }, total: number): Story =>
  aSale().intentIs('Captured', { amount: pounds(amount), totalAmount: pounds(total), ...more });

const tipped = { params: { amount: 1000, value: 150 } };

const tipLater = (story: Story, value = 150, method = 'POST'): Story =>
  story.call(method, '/payment-intents/pi_1/tips-amount/', { body: { tipsAmount: pounds(value) } });

export const amountStories: Stories = {
  'cashback-sent-apart': [
    passes(
      'it stands in its own member',
      new Story().sale().intent({ cashbackAmount: { value: 500, currencyCode: 'GBP' } }),
      /amount £10\.00, cashback £5\.00/,
      { params: { amount: 1000, value: 500 } },
    ),
    fails(
      'it is folded into the amount',
      new Story().sale().intent({ amount: { value: 1500, currencyCode: 'GBP' } }),
      /amount £15\.00, cashback not sent/,
      { params: { amount: 1000, value: 500 } },
    ),
    fails(
      'it is sent later on with the tip, where the API takes none',
      new Story()
        .sale()
        .intent()
        .call('POST', '/payment-intents/pi_1/tips-amount', {
          body: { tipsAmount: null, cashbackAmount: { value: 500, currencyCode: 'GBP' } },
        }),
      /cashback not sent/,
      { params: { amount: 1000, value: 500 } },
    ),
    fails('there is no payment intent', new Story().sale(), /Not testable/, {
      params: { amount: 1000, value: 500 },
    }),
    fails('only a tip is set later', tipLater(new Story().sale().intent(), 500), {
      params: { amount: 1000, value: 500 },
    }),
  ],
  'tip-sent-apart': [
    passes(
      'it stands in its own member',
      new Story().sale().intent({ tipsAmount: { value: 150, currencyCode: 'GBP' } }),
      /amount £10\.00, gratuity £1\.50/,
      { params: { amount: 1000, value: 150 } },
    ),
    passes(
      'it is set by a request of its own',
      new Story()
        .sale()
        .intent()
        .call('POST', '/payment-intents/pi_1/tips-amount', {
          body: { tipsAmount: { value: 150, currencyCode: 'GBP' } },
        }),
      /gratuity £1\.50/,
      { params: { amount: 1000, value: 150 } },
    ),
    passes('none is entered, and none sent', new Story().sale().intent(), /gratuity not sent/, {
      params: { amount: 1000, value: null },
    }),
    fails(
      'it is folded into the amount',
      new Story().sale().intent({ amount: { value: 1150, currencyCode: 'GBP' } }),
      /amount £11\.50, gratuity not sent/,
      { params: { amount: 1000, value: 150 } },
    ),
    fails(
      'it is set on the payment before',
      new Story()
        .intent()
        .sale()
        .intent()
        .call('POST', '/payment-intents/pi_1/tips-amount', {
          body: { tipsAmount: { value: 150, currencyCode: 'GBP' } },
        }),
      /gratuity not sent/,
      { params: { amount: 1000, value: 150 } },
    ),
    fails(
      'it is sent, but as a bare number',
      new Story().sale().intent({ tipsAmount: 150 }),
      /gratuity not sent/,
      { params: { amount: 1000, value: 150 } },
    ),
    passes('it is set later', tipLater(new Story().sale().intent()), tipped),
    fails(
      'another tip is set later',
      tipLater(new Story().sale().intent({ tipsAmount: pounds(150) }), 100),
      tipped,
    ),
    fails('it is set in another way', tipLater(new Story().sale().intent(), 150, 'PUT'), tipped),
    fails(
      'it is folded into the amount',
      new Story().sale().intent({ amount: pounds(1150), tipsAmount: pounds(150) }),
      tipped,
    ),
    fails(
      'it was asked for with the sale before',
      new Story().intent({ tipsAmount: pounds(150) }).sale(),
      tipped,
    ),
    fails(
      'something else is set later',
      new Story()
        .sale()
        .intent()
        .call('POST', '/payment-intents/pi_1/tips-amount/x', { body: { tipsAmount: pounds(150) } }),
      tipped,
    ),
    passes(
      'it is sent in the moment of the sale',
      inTheMoment(new Story().sale()).intent({ tipsAmount: pounds(150) }),
      { params: { amount: 1000, value: 150 } },
    ),
  ],
  'total-adds-up': [
    passes(
      'amount, tip and cashback make the total',
      totals(1000, { tipsAmount: pounds(150), cashbackAmount: pounds(500) }, 1650),
      /amount £10\.00, tip £1\.50, cashback £5\.00, total £16\.50/,
      { params: { total: 1650 } },
    ),
    fails('the total is another', totals(1000, {}, 1000), /total £10\.00/, { params: { total: 1650 } }),
    fails('the parts do not make it', totals(1000, {}, 1650), /tip nothing, cashback nothing/, {
      params: { total: 1650 },
    }),
    fails('the payment intent was not read', aSale(), /Not testable/, { params: { total: 1000 } }),
    fails('there is none', new Story(), /Not testable/, { params: { total: 1000 } }),
    passes(
      'with a service charge',
      aSale().intentIs('Captured', {
        tipsAmount: pounds(100),
        serviceChargeAmount: pounds(50),
        cashbackAmount: pounds(500),
        totalAmount: pounds(1650),
      }),
      { params: { total: 1650 } },
    ),
    fails(
      'the total is another',
      aSale().intentIs('Captured', { tipsAmount: pounds(150), totalAmount: pounds(1000) }),
      { params: { total: 1150 } },
    ),
  ],
  'machine-shows-total': [
    passes('its screen says so', aSale().screen({ amount: 1500 }), /shows £15\.00/, {
      params: { total: 1500 },
    }),
    fails('its screen says less', aSale().screen({ amount: 1000 }), /shows £10\.00/, {
      params: { total: 1500 },
    }),
    fails('its screen says nothing', aSale().screen({}), /shows nothing/, {
      params: { total: 1500 },
    }),
    reviews('nobody can see its screen', aSale(), /cannot see this card machine's screen/, {
      params: { total: 1500 },
    }),
  ],
};
