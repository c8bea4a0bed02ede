import type { Json } from '../../../record/vocabulary.ts';
import { fails, passes, type Stories } from '../../payments/stories/case.ts';
import { aSale, asked, made, pounds } from '../../payments/stories/situations.ts';
import { Story } from '../../payments/stories/story.ts';

const captured = (amount: Json, call: { status?: number; answer?: Json } = {}): Story =>
  made().call('POST', '/payment-intents/pi_1/captures', {
    body: { amount },
    answer: { captureId: 'ca_1' },
    ...call,
  });

const madeWith = (body: { readonly [name: string]: Json }, read = body): Story =>
  new Story().sale().intent(body).intentIs('Created', read);

const all = { amount: 1000 };

export const captureStories: Stories = {
  'auto-capture-requested': [
    passes('it is asked for', made({ captureMode: 'Auto' }), /captureMode Auto/),
    passes('it is left out', made(), /left out/),
    fails('the other is asked for', made({ captureMode: 'Manual' }), /captureMode Manual/),
    fails('there is no payment intent', new Story(), /Not testable/),
  ],
  'manual-capture-requested': [
    passes('it is asked for', made({ captureMode: 'Manual' }), /captureMode Manual/),
    fails('it is left out', made(), /left out/),
    fails('there is no payment intent', new Story(), /Not testable/),
  ],
  'intent-is-auto': [
    passes('the payment intent says so', madeWith({ captureMode: 'Auto' }), /captureMode Auto/),
    fails('it says otherwise', madeWith({}, { captureMode: 'Manual' }), /captureMode Manual/),
    fails('it says nothing', madeWith({}), /not reported/),
    fails('it was not read', new Story().intent(), /could not read/),
    fails('there is none', new Story(), /Not testable: the till created no payment intent/),
  ],
  'intent-is-manual': [
    passes('the payment intent says so', madeWith({ captureMode: 'Manual' }), /captureMode Manual/),
    fails(
      'it says otherwise',
      madeWith({ captureMode: 'Manual' }, { captureMode: 'Auto' }),
      /captureMode Auto/,
    ),
    fails('there is none', new Story(), /Not testable/),
  ],
  'capture-sent': [
    passes('a bare number is sent once', captured(800), /amount 800, sent 1 time, answered 200/, asked(800)),
    fails('an object is sent', captured(pounds(800)), /amount \{/, asked(800)),
    fails('another amount is sent', captured(700), /amount 700/, asked(800)),
    fails('it is refused', captured(800, { status: 400, answer: {} }), /answered 400/, asked(800)),
    fails('the answer has no captureId', captured(800, { answer: {} }), /answered 200/, asked(800)),
    fails(
      'it is sent twice',
      captured(800).call('POST', '/payment-intents/pi_1/captures', {
        body: { amount: 800 },
        answer: { captureId: 'ca_2' },
      }),
      /sent 2 times/,
      asked(800),
    ),
    fails('none is sent', made(), /no capture was sent/, asked(800)),
    fails(
      'it was refused with an id',
      aSale().call('POST', '/payment-intents/pi_1/captures', {
        body: { amount: 1000 },
        status: 202,
        answer: { captureId: 'ca_1' },
      }),
      { params: all },
    ),
    fails(
      'a right capture is refused',
      aSale().call('POST', '/payment-intents/pi_1/captures', { body: { amount: 1000 }, status: 400 }),
      { params: { amount: 1000 }, fault: 'api' },
    ),
    fails(
      'a wrong amount is captured',
      aSale().call('POST', '/payment-intents/pi_1/captures', {
        body: { amount: 900 },
        answer: { captureId: 'ca_1' },
      }),
      { params: { amount: 1000 }, fault: 'pos' },
    ),
  ],
  'intent-captured-with': [
    passes(
      'the captures make the amount',
      new Story().intent().intentIs('Captured', { captures: [{ amount: 300 }, { amount: 500 }] }),
      /Captured, captured £8\.00/,
      asked(800),
    ),
    fails(
      'less was captured',
      new Story().intent().intentIs('Captured', { captures: [{ amount: 300 }] }),
      /captured £3\.00/,
      asked(800),
    ),
    fails(
      'it is still Authorized',
      new Story().intent().intentIs('Authorized', { captures: [{ amount: 800 }] }),
      /Authorized/,
      asked(800),
    ),
    fails(
      'no captures are reported',
      new Story().intent().intentIs('Captured'),
      /captured £0\.00/,
      asked(800),
    ),
    fails('there is no payment intent', new Story(), /Not testable/, asked(800)),
  ],
};
