import { type Case, fails, passes, reviews, type Stories } from '../../payments/stories/case.ts';
import {
  aPaidSale,
  aSale,
  asked,
  changingAmount,
  inTheMoment,
  made,
  pounds,
} from '../../payments/stories/situations.ts';
import { Story } from '../../payments/stories/story.ts';

/** The till changes the amount of a payment, and hears nothing. */
const unanswered = (amount: number): Story =>
  made()
    .act({ name: 'changeAmount', amount })
    .call('POST', '/payment-intents/pi_1/amount', {
      body: { amount: pounds(amount) },
      trouble: 'client-dropped',
    });

const unsent = (reason: string | null): Story =>
  reason === null
    ? made().act({ name: 'changeAmount', amount: 0 })
    : made().act({ name: 'changeAmount', amount: 0 }, { answer: 'notOffered', reason });

const guarded = (cause: string, otherCause: string, ...causes: string[]): readonly Case[] => [
  ...causes.map((one) =>
    passes(`the API says "${one}"`, changingAmount(0, 400, { detail: one }), /answered 400/),
  ),
  passes(
    'something else is done since',
    changingAmount(0, 400, { detail: cause }).act({ name: 'listTerminals' }),
    /answered 400/,
  ),
  fails('the API takes it, whatever it says', changingAmount(0, 200, { detail: cause }), /answered 200/),
  passes('the till sends nothing', unsent(null), /the till sent nothing/),
  passes('the till does not offer it', unsent('no such button'), /does not offer it: no such button/),
  passes('the API refuses it for that reason', changingAmount(0, 400, { detail: cause }), /answered 400/),
  passes(
    'the reason stands in the map of errors',
    changingAmount(0, 400, { errors: { amount: [cause] } }),
    /answered 400/,
  ),
  fails('the API takes it', changingAmount(0, 200), /answered 200/),
  fails(
    'the API refuses it for another reason',
    changingAmount(0, 400, { detail: otherCause }),
    /answered 400/,
  ),
  fails('the API gives no reason', changingAmount(0, 400, {}), /no reason/),
  fails('no answer comes', unanswered(0), /client-dropped/),
  fails('it was not tried', made(), /Not testable/),
];

const changing = (story: Story, call = {}): Story =>
  story
    .act({ name: 'changeAmount', amount: 1500 })
    .call('POST', '/payment-intents/pi_1/amount', { body: { amount: pounds(1500) }, ...call });

export const amountChangeStories: Stories = {
  'amount-change-sent': [
    passes('it is sent and taken', changingAmount(1500, 200), /£15\.00 to pi_1, answered 200/, asked(1500)),
    fails('another amount is sent', changingAmount(1400, 200), /£14\.00/, asked(1500)),
    fails('it is sent for another payment', changingAmount(1500, 200, {}, 'pi_9'), /to pi_9/, asked(1500)),
    fails('it is refused', changingAmount(1500, 405), /answered 405/, asked(1500)),
    fails('no answer comes', unanswered(1500), /£15\.00 to pi_1, answered client-dropped/, asked(1500)),
    fails(
      'it is sent in another currency',
      made()
        .act({ name: 'changeAmount', amount: 1500 })
        .call('POST', '/payment-intents/pi_1/amount', {
          body: { amount: { value: 1500, currencyCode: 'USD' } },
        }),
      /^USD 15\.00 to pi_1/,
      asked(1500),
    ),
    fails(
      'it is sent without a currency',
      made()
        .act({ name: 'changeAmount', amount: 1500 })
        .call('POST', '/payment-intents/pi_1/amount', { body: { amount: { value: 1500 } } }),
      /^15\.00 to pi_1/,
      asked(1500),
    ),
    fails('none is sent', made().act({ name: 'changeAmount', amount: 1500 }), /no change/, asked(1500)),
    fails('there is no payment intent', new Story(), /Not testable/, asked(1500)),
    fails(
      'in another currency',
      aSale()
        .act({ name: 'changeAmount', amount: 1500 })
        .call('POST', '/payment-intents/pi_1/amount', {
          body: { amount: { value: 1500, currencyCode: 'EUR' } },
        }),
      { params: { amount: 1500 } },
    ),
    fails(
      'before it was asked for',
      aSale()
        .call('POST', '/payment-intents/pi_1/amount', { body: { amount: pounds(1500) } })
        .act({ name: 'changeAmount', amount: 1500 }),
      { params: { amount: 1500 } },
    ),
  ],
  'amount-changed': [
    passes(
      'the payment intent has the new amount',
      new Story().intent().intentIs('Authorized', { amount: pounds(1500) }),
      /£15\.00, Authorized/,
      asked(1500),
    ),
    fails('it has the old amount', new Story().intent().intentIs('Authorized'), /£10\.00/, asked(1500)),
    fails(
      'the change has ended the payment',
      new Story().intent().intentIs('Canceled', { amount: pounds(1500) }),
      /£15\.00, Canceled/,
      asked(1500),
    ),
    fails('it was not read', new Story().intent(), /could not read/, asked(1500)),
    fails('there is none', new Story(), /Not testable/, asked(1500)),
    passes('the payment is Created', aSale().intentIs('Created', { amount: pounds(1500) }), {
      params: { amount: 1500 },
    }),
    fails('the payment is Captured', aSale().intentIs('Captured', { amount: pounds(1500) }), {
      params: { amount: 1500 },
    }),
  ],
  'amount-change-authorized': [
    passes('the answer says so', changingAmount(1500, 200), /Authorized, £15\.00/, asked(1500)),
    fails(
      'the answer has the old amount',
      changingAmount(1500, 200, { status: 'Authorized', amount: pounds(1000) }),
      /£10\.00/,
      asked(1500),
    ),
    fails(
      'the answer says Created',
      changingAmount(1500, 200, { status: 'Created', amount: pounds(1500) }),
      /Created/,
      asked(1500),
    ),
    fails('the answer is empty', changingAmount(1500, 200, {}), /200, nothing/, asked(1500)),
    fails('no answer comes', unanswered(1500), /client-dropped, nothing/, asked(1500)),
    fails('none was sent', made(), /Not testable/, asked(1500)),
    passes(
      'the change is sent in the moment in which the user asks for it',
      inTheMoment(aSale().act({ name: 'changeAmount', amount: 1500 })).call(
        'POST',
        '/payment-intents/pi_1/amount',
        {
          answer: { status: 'Authorized', amount: pounds(1500) },
        },
      ),
      { params: { amount: 1500 } },
    ),
  ],
  'change-of-captured-refused': [
    passes(
      'the API refuses it for that reason',
      changingAmount(1500, 400, { detail: 'The status `Captured` does not allow this changingAmount.' }),
      /answered 400: The status/,
    ),
    fails('the API takes it', changingAmount(1500, 200), /answered 200/),
    fails(
      'the API takes it, and says what it was',
      changingAmount(1500, 200, { detail: 'It was Captured.' }),
      /answered 200: It was Captured/,
    ),
    fails('no answer comes', unanswered(1500), /answered client-dropped: no reason/),
    fails(
      'the API refuses it for another reason',
      changingAmount(1500, 400, { detail: 'bad amount' }),
      /bad amount/,
    ),
    reviews('the till sends nothing', unsent(null), /the till sent nothing/),
    passes('the till does not offer it', unsent('it is paid'), /does not offer it: it is paid/),
    fails(
      'the till says that it does not offer it, and sends it',
      unsent('it is paid').call('POST', '/payment-intents/pi_1/amount', { status: 200 }),
      /answered 200/,
    ),
    fails('it was not tried', made(), /Not testable/),
    fails('the change is taken', changing(aPaidSale()), { fault: 'api' }),
    reviews(
      'the change was never offered, and the till sent nothing',
      aPaidSale().act({ name: 'changeAmount', amount: 1 }),
      { fault: 'pos' },
    ),
  ],
  'unknown-intent-protected': [
    ...guarded(
      'The payment was not found',
      'the amount must be higher than 0',
      'No payment intent has this id.',
      'There is no such payment intent.',
      'It does not exist.',
      "It doesn't exist.",
      'It could not be found.',
    ),
    fails('the change is taken', changing(aSale()), { fault: 'api' }),
  ],
  'zero-amount-protected': [
    ...guarded('the amount must be higher than 0', 'The payment was not found'),
    fails('the change is taken', changing(aSale()), { fault: 'api' }),
  ],
  'amount-unchanged': [
    passes('the amount is as before', new Story().intent().intentIs('Captured'), /£10\.00/, asked(1000)),
    fails(
      'a refused change has taken effect',
      new Story().intent().intentIs('Captured', { amount: pounds(1500) }),
      /£15\.00/,
      asked(1000),
    ),
    fails('there is no payment intent', new Story(), /Not testable/, asked(1000)),
  ],
};
