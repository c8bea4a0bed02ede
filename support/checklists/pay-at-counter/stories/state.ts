import type { IntentStatus, Json, SessionStatus } from '../../../record/vocabulary.ts';
import { aPaidSale, aSale, Story } from './story.ts';
import { fails, passes, reviews, type Telling, type Tellings } from './telling.ts';

const pounds = (value: number): Json => ({ value, currencyCode: 'GBP' });

/** More than is left is asked for and answered so; then so much is given back in all. */
const overRefund = (status: number, refundedAmount: number): Story =>
  aPaidSale()
    .act({ name: 'refundIntent', amount: 301 })
    .call('POST', '/payment-intents/pi_1/refunds', { body: { amount: 301 }, status })
    .intentIs('Captured', { refundedAmount });

const ended = (session: SessionStatus, intent: IntentStatus): Story =>
  aSale().poll(session).sessionIs(session).intentIs(intent);

/** The stories that every check of a session's end has, and one of a status that it must not take for it. */
function ends(as: SessionStatus, intent: IntentStatus, other: SessionStatus): readonly Telling[] {
  return [
    passes(`session and payment intent say so`, ended(as, intent), new RegExp(`the session is ${as}`)),
    fails(`the session is ${other}`, ended(other, intent), new RegExp(`the session is ${other}`)),
    fails(
      'the payment intent was not read',
      aSale().poll(as).sessionIs(as),
      /could not read the payment intent pi_1/,
    ),
    fails(
      'only the till was told so, and the kit could not read it',
      aSale().poll(as).sessionIs(as, {}, 503).intentIs(intent),
      /Not testable: the kit could not read the session ts_1/,
    ),
    fails(
      'the API does not know the session that it has made',
      aSale().poll(as).sessionIs(as, {}, 404).intentIs(intent),
      /the API answers 404 for the session ts_1/,
    ),
    fails('there is no session', new Story(), /Not testable: the till created no terminal session/),
  ];
}

const matchedRefund = (session: SessionStatus, intent: IntentStatus, refunded: number): Story =>
  aPaidSale()
    .act({ name: 'matchedRefund' })
    .session({ type: 'MatchedRefund' })
    .poll(session)
    .sessionIs(session)
    .intentIs(intent, { refundedAmount: refunded });

const unlinkedRefund = (): Story =>
  new Story().session({ type: 'UnlinkedRefund', amount: 500 }).poll('Captured').sessionIs('Captured');

const paidBy = (card: { readonly [name: string]: Json }): Story =>
  aSale().poll('Captured').sessionIs('Captured', { paymentDetails: { card } });

const entered = (mode: string, other: string): readonly Telling[] => [
  passes('the session says so', paidBy({ entryMode: mode }), new RegExp(`entry mode ${mode}`)),
  fails('it says otherwise', paidBy({ entryMode: other }), new RegExp(`entry mode ${other}`)),
  fails('it says nothing', aPaidSale(), /entry mode not reported/),
  fails('there is no session', new Story(), /Not testable/),
];

const totals = (amount: number, more: { readonly [name: string]: Json }, total: number): Story =>
  aSale().intentIs('Captured', { amount: pounds(amount), totalAmount: pounds(total), ...more });

/** A signature that was asked for, and so much later was closed. */
const closedAfter = (ms: number, by: SessionStatus): Story =>
  aSale()
    .poll('SignatureVerificationRequired')
    .wait(ms - 21)
    .poll(by)
    .sessionIs(by);

const asked = (amount: number): { params: { amount: number } } => ({ params: { amount } });
const madeWith = (body: { readonly [name: string]: Json }, read = body): Story =>
  new Story().sale().intent(body).intentIs('Created', read);

/** Stories for the checks of what the API says afterwards, as the kit reads it. */
export const stateTellings: Tellings = {
  'session-ends-captured': [
    ...ends('Captured', 'Captured', 'Authorized'),
    fails('only the payment intent is captured', ended('Expired', 'Captured'), /the session is Expired/),
    fails('the payment intent is still Created', ended('Captured', 'Created'), /its payment intent Created/),
    passes(
      'a refund on the card machine has refunded all',
      matchedRefund('Captured', 'Refunded', 1000),
      /Refunded/,
    ),
    passes('it has refunded a part', matchedRefund('Captured', 'Captured', 400), /Captured/),
    fails('it has refunded nothing', matchedRefund('Captured', 'Captured', 0), /its payment intent Captured/),
    passes('an unlinked refund has no payment intent', unlinkedRefund(), /^the session is Captured$/),
  ],
  'session-ends-authorized': ends('Authorized', 'Authorized', 'Captured'),
  'session-ends-declined': [
    ...ends('Declined', 'Created', 'Canceled'),
    passes(
      'a rejected signature stays where it is',
      ended('SignatureVerificationRejected', 'Created'),
      /SignatureVerificationRejected/,
    ),
    passes(
      'the till gives the payment up and cancels it',
      aSale()
        .poll('Declined')
        .call('DELETE', '/payment-intents/pi_1', { answer: { id: 'pi_1', status: 'Canceled' } })
        .sessionIs('Declined')
        .intentIs('Canceled'),
      /its payment intent Canceled/,
    ),
    fails('the payment is cancelled, and not by the till', ended('Declined', 'Canceled'), /Canceled/),
    fails(
      'the customer is charged all the same',
      ended('Declined', 'Captured'),
      /its payment intent Captured/,
    ),
    passes('a refund was declined and moved nothing', matchedRefund('Declined', 'Captured', 0), /Declined/),
    fails('a declined refund moved money', matchedRefund('Declined', 'Captured', 1000), /Declined/),
  ],
  'session-ends-canceled': ends('Canceled', 'Created', 'CancelRequested'),
  'session-ends-expired': ends('Expired', 'Created', 'Declined'),
  'card-was-inserted': entered('ContactChip', 'Contactless'),
  'card-was-tapped': entered('Contactless', 'ContactChip'),
  'card-was-keyed': entered('ManualEntry', 'ContactChip'),
  'device-was-verified': [
    passes('the session says so', paidBy({ verificationMethod: 'Device' }), /verification method Device/),
    fails('it says otherwise', paidBy({ verificationMethod: 'Pin' }), /verification method Pin/),
    fails('it says nothing', aPaidSale(), /not reported/),
    fails('there is no session', new Story(), /Not testable/),
  ],
  'card-types-differ': [
    passes(
      'two sessions say two types',
      paidBy({ cardType: 'Credit' })
        .intent()
        .session()
        .sessionIs('Captured', { paymentDetails: { card: { cardType: 'Debit' } } }),
      /Credit, Debit/,
    ),
    fails(
      'both say the same',
      paidBy({ cardType: 'Debit' })
        .intent()
        .session()
        .sessionIs('Captured', { paymentDetails: { card: { cardType: 'Debit' } } }),
      /Debit, Debit/,
    ),
    fails(
      'one says none',
      paidBy({ cardType: 'Debit' }).intent().session().sessionIs('Captured'),
      /Debit, not reported/,
    ),
    fails('there is one session only', paidBy({ cardType: 'Debit' }), /^Debit$/),
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
  'signature-times-out': [
    passes(
      'it is accepted after 80 seconds',
      closedAfter(80_000, 'SignatureVerificationAccepted'),
      /SignatureVerificationAccepted 80\.00 s after/,
    ),
    passes('it is captured as early as was ever seen', closedAfter(56_000, 'Captured'), /Captured 56\.00 s/),
    passes('it is captured at the latest', closedAfter(104_000, 'Captured'), /Captured 104\.00 s/),
    fails('it is captured too early', closedAfter(55_999, 'Captured'), /Captured 56\.00 s/),
    fails('it is captured too late', closedAfter(104_001, 'Captured'), /Captured 104\.00 s/),
    fails(
      'it is rejected',
      closedAfter(80_000, 'SignatureVerificationRejected'),
      /SignatureVerificationRejected 80\.00 s/,
    ),
    fails(
      'it is still open',
      aSale().poll('SignatureVerificationRequired').sessionIs('SignatureVerificationRequired'),
      /no signature that was asked for and closed/,
    ),
    fails('none was asked for', aPaidSale(), /no signature that was asked for/),
    fails(
      'its time is not reported',
      aSale().sessionIs('Captured', {
        statusEvents: [{ status: 'SignatureVerificationRequired' }, { status: 'Captured' }],
      }),
      /no signature that was asked for and closed, with the time of either/,
    ),
    passes(
      'the session asked for it from its very beginning',
      aSale().sessionIs('SignatureVerificationAccepted', {
        statusEvents: [
          { status: 'SignatureVerificationRequired', createdAt: '2026-03-02T10:00:00Z' },
          { status: 'SignatureVerificationAccepted', createdAt: '2026-03-02T10:01:20Z' },
        ],
      }),
      /SignatureVerificationAccepted 80\.00 s/,
    ),
    fails('there is no session', new Story(), /Not testable/),
  ],
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
    fails('no captures are told', new Story().intent().intentIs('Captured'), /captured £0\.00/, asked(800)),
    fails('there is no payment intent', new Story(), /Not testable/, asked(800)),
  ],
  'intent-canceled': [
    passes('the payment intent says so', new Story().intent().intentIs('Canceled'), /is Canceled/),
    fails('it is still open', new Story().intent().intentIs('Created'), /is Created/),
    fails('it was not read', new Story().intent(), /could not read/),
    fails('there is none', new Story(), /Not testable/),
  ],
  'list-complete': [
    passes(
      'the pages hold each once',
      new Story().call('POST', '/payment-intents/search', { answer: { data: [{ id: 'a' }, { id: 'b' }] } }),
      /2 payment intents listed, 0 missing, 0 twice/,
      { params: { ids: ['a', 'b'] } },
    ),
    fails(
      'one is missing',
      new Story().call('POST', '/payment-intents/search', { answer: { data: [{ id: 'a' }] } }),
      /1 missing/,
      { params: { ids: ['a', 'b'] } },
    ),
    fails(
      'a page was asked for twice',
      new Story()
        .call('POST', '/payment-intents/search', { answer: { data: [{ id: 'a' }], after: 'c1' } })
        .call('POST', '/payment-intents/search', {
          body: { cursor: { after: 'c1' } },
          answer: { data: [{ id: 'a' }] },
        }),
      /1 twice/,
      { params: { ids: ['a'] } },
    ),
    fails('none was asked for', new Story(), /1 missing/, { params: { ids: ['a'] } }),
  ],
  'machine-asks-for-card-number': [
    passes('its screen says so', aSale().screen({ prompt: 'KeyCardNumber' }), /KeyCardNumber/),
    fails('it asks for the card', aSale().screen({ prompt: 'PresentCard' }), /PresentCard/),
    fails('its screen is empty', aSale().screen({}), /shows nothing/),
    reviews('nobody can see its screen', aSale(), /cannot see/),
  ],
  'subscription-there': [
    passes(
      'it is listed',
      new Story().webhooksAre([{ events: ['payment_intent.status_updated'] }]),
      /subscribed to payment_intent\.status_updated/,
    ),
    fails(
      'another is listed',
      new Story().webhooksAre([{ events: ['terminal.created'] }]),
      /terminal\.created/,
    ),
    fails(
      'the API took a subscription, and lists another event',
      new Story()
        .call('POST', '/webhooks', { body: { events: ['payment_intent.created'] } })
        .webhooksAre([{ events: ['payment_intent.status_updated'] }]),
      /, not to payment_intent\.created/,
    ),
    passes(
      'the API took it, and lists it',
      new Story()
        .call('POST', '/webhooks', { body: { events: ['payment_intent.created'] } })
        .webhooksAre([{ events: ['payment_intent.created'] }]),
      /^subscribed to payment_intent\.created$/,
    ),
    passes(
      'a payment intent is read after the list',
      new Story()
        .webhooksAre([{ events: ['payment_intent.created'] }])
        .intent()
        .intentIs('Created'),
      /subscribed to payment_intent\.created/,
    ),
    fails('none is listed', new Story().webhooksAre([]), /subscribed to none/),
    fails('the list was not read', new Story(), /subscribed to none/),
  ],
  'events-signed': [
    passes(
      'each is signed rightly',
      new Story().event(true).event(true),
      /2 events came, all signed rightly/,
      { params: { reachable: true } },
    ),
    passes('one came from elsewhere', new Story().event(true), /1 event came/, {
      params: { reachable: false },
    }),
    fails(
      'one of two is signed wrongly',
      new Story().event(true).event(false),
      /2 events came, 1 of them signed wrongly/,
      { params: { reachable: true } },
    ),
    fails('none came', new Story(), /no event came/, { params: { reachable: true } }),
    reviews('none can come', new Story(), /cannot reach this machine/, { params: { reachable: false } }),
  ],
  'event-accepted': [
    passes('it is answered 204', new Story().delivered(true, 204), /a genuine event: 204/),
    fails('it is answered 500', new Story().delivered(true, 500), /500/),
    fails('no answer comes', new Story().delivered(true, 0), /no answer/),
    reviews('no event could be sent', new Story().delivered(false, 401), /cannot be reached/),
  ],
  'forged-event-refused': [
    passes('it is answered 401', new Story().delivered(false, 401), /a forged event: 401/),
    fails('it is taken', new Story().delivered(false, 200), /200/),
    fails('one of two is taken', new Story().delivered(false, 401).delivered(false, 200), /401; .*200/),
    reviews('no event could be sent', new Story().delivered(true, 204), /cannot be reached/),
  ],
  'intent-refunded': [
    passes(
      'all of it is refunded',
      new Story().intent().intentIs('Refunded', { refundedAmount: 1000 }),
      /Refunded, £10\.00 refunded/,
      asked(1000),
    ),
    fails(
      'only a part is',
      new Story().intent().intentIs('Captured', { refundedAmount: 400 }),
      /Captured, £4\.00 refunded/,
      asked(1000),
    ),
    fails(
      'the status says so and another amount was refunded',
      new Story().intent().intentIs('Refunded', { refundedAmount: 400 }),
      /£4\.00/,
      asked(1000),
    ),
    fails('it was not read', new Story().intent(), /Not testable/, asked(1000)),
  ],
  'intent-refunded-in-part': [
    passes(
      'the part is refunded',
      new Story().intent().intentIs('Captured', { refundedAmount: 400 }),
      /Captured, £4\.00 refunded/,
      asked(400),
    ),
    fails(
      'all of it is',
      new Story().intent().intentIs('Refunded', { refundedAmount: 1000 }),
      /Refunded, £10\.00/,
      asked(400),
    ),
    fails('nothing is', new Story().intent().intentIs('Captured'), /£0\.00 refunded/, asked(400)),
  ],
  'over-refund-refused': [
    passes('it is refused', overRefund(400, 700), /answered 400; £7\.00 of £10\.00 are given back/),
    fails('it is made', overRefund(200, 1001), /answered 200; £10\.01 of £10\.00/),
    fails('it is refused, and made all the same', overRefund(400, 1001), /answered 400; £10\.01/),
    fails('it is answered well, and not made', overRefund(200, 700), /answered 200/),
    fails('none was asked for', new Story().intent().intentIs('Captured'), /Not testable/),
  ],
  'nothing-refunded': [
    passes('the payment is as before', new Story().intent().intentIs('Captured'), /Captured, £0\.00/),
    fails(
      'some of it is refunded',
      new Story().intent().intentIs('Captured', { refundedAmount: 1 }),
      /£0\.01 refunded/,
    ),
    fails('all of it is refunded', new Story().intent().intentIs('Refunded'), /Refunded/),
    fails('it was not read', new Story().intent(), /Not testable/),
  ],
};
