import { fails, passes, reviews, type Stories } from '../../payments/stories/case.ts';
import { aPaidSale, aSale, changingAmount, made } from '../../payments/stories/situations.ts';
import { Story } from '../../payments/stories/story.ts';

export const intentStories: Stories = {
  'references-differ': [
    passes('each has its own', made().sale().intent(), /order-1, order-2/),
    fails('it is a constant', made({ reference: 'till' }).sale().intent({ reference: 'till' }), /till, till/),
    fails('it is left out', made({ reference: null }).sale().intent({ reference: null }), /^none, none$/),
    passes(
      'a payment that was given up hands its reference on',
      made({ reference: 'order-7' })
        .call('DELETE', '/payment-intents/pi_1', { answer: { id: 'pi_1', status: 'Canceled' } })
        .intent({ reference: 'order-7' })
        .sale()
        .intent({ reference: 'order-8' }),
      /order-7, order-8/,
    ),
    fails('there is one payment intent only', made(), /Not testable/),
  ],
  'intent-read-after-end': [
    passes('it is read', aPaidSale(), /1 reading of pi_1 after the end/),
    fails('it is read only before', aSale().readIntent().poll('Captured'), /0 readings/),
    fails('another is read', aSale().poll('Captured').readIntent('pi_9'), /0 readings/),
    fails('the till never saw the end', aSale().poll('Initiated').readIntent(), /Not testable/),
    fails('there is no session', made().readIntent(), /Not testable/),
    passes(
      'it is read in the moment in which the till reads the end',
      aSale().poll('Captured').wait(-1).readIntent(),
    ),
  ],
  'intent-cancel-sent': [
    passes('it is sent', made().call('DELETE', '/payment-intents/pi_1'), /answered 200/),
    fails('another one is cancelled', made().call('DELETE', '/payment-intents/pi_9'), /none was sent/),
    fails('it is refused', made().call('DELETE', '/payment-intents/pi_1', { status: 409 }), /answered 409/),
    fails(
      'no answer comes',
      made().call('DELETE', '/payment-intents/pi_1', { trouble: 'client-dropped' }),
      /answered client-dropped/,
    ),
    fails('none is sent', made(), /none was sent/),
    fails('there is no payment intent', new Story(), /Not testable/),
    fails('a cancellation is refused', aSale().call('DELETE', '/payment-intents/pi_1', { status: 409 }), {
      fault: 'api',
    }),
  ],
  'intent-canceled': [
    passes('the payment intent says so', new Story().intent().intentIs('Canceled'), /is Canceled/),
    fails('it is still open', new Story().intent().intentIs('Created'), /is Created/),
    fails('it was not read', new Story().intent(), /could not read/),
    fails('there is none', new Story(), /Not testable/),
  ],
  'no-bad-request': [
    passes('no request is answered 400', aPaidSale(), /5 requests, none of them bad/),
    passes('the row provokes it', changingAmount(0, 400, { detail: 'x' }).onPurpose(), /none of them bad/),
    reviews(
      'one is, and the contract has nothing against it',
      changingAmount(0, 400, { detail: 'bad amount' }),
      /bad amount/,
    ),
    fails(
      'one is',
      changingAmount(0, 400, { detail: 'bad amount' }).breaking(),
      /PAC-TEST-01: POST \/payment-intents\/pi_1\/amount: bad amount/,
    ),
    fails(
      'one of two breaks the contract',
      changingAmount(0, 400, { detail: 'bad amount' })
        .breaking()
        .call('POST', '/payment-intents/pi_1/amount', { status: 400, answer: { detail: 'again' } }),
      /bad amount; .*again$/,
    ),
    reviews(
      'only the answer to it breaks the contract',
      changingAmount(0, 400, { detail: 'bad amount' }).breaking({ fault: 'api' }),
      /bad amount/,
    ),
    fails('nothing was sent', new Story(), /Not testable/),
  ],
};
