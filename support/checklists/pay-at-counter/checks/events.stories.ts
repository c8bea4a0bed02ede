import { type Case, fails, passes, reviews, type Stories, warns } from '../../payments/stories/case.ts';
import { Story } from '../../payments/stories/story.ts';

const answeredBy = (genuine: boolean, good: number[], bad: number[]): readonly Case[] => [
  ...good.map((status) =>
    passes(`it is answered ${status}`, new Story().delivered(genuine, status).delivered(!genuine, 1)),
  ),
  ...bad.map((status) =>
    fails(`it is answered ${status || 'by nobody'}`, new Story().delivered(genuine, status)),
  ),
];

export const eventStories: Stories = {
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
        .call('POST', '/webhooks', { body: { events: ['payment_intent.status_updated'] } })
        .webhooksAre([{ events: ['payment_intent.status_updated'] }]),
      /^subscribed to payment_intent\.status_updated$/,
    ),
    passes(
      'a payment intent is read after the list',
      new Story()
        .webhooksAre([{ events: ['payment_intent.status_updated'] }])
        .intent()
        .intentIs('Created'),
      /subscribed to payment_intent\.status_updated/,
    ),
    warns(
      'it is of new payment intents alone',
      new Story()
        .call('POST', '/webhooks', { body: { events: ['payment_intent.created'] } })
        .webhooksAre([{ events: ['payment_intent.created'] }]),
      /^subscribed to payment_intent\.created: none of these reports how a payment ends$/,
    ),
    fails('none is listed', new Story().webhooksAre([]), /subscribed to none/),
    fails('the list was not read', new Story(), /subscribed to none/),
    fails(
      'a subscription that was answered 200 is not there',
      new Story().call('POST', '/webhooks', { body: { events: ['payment_intent.created'] } }).webhooksAre([]),
      { fault: 'api' },
    ),
    fails(
      'the subscription was refused',
      new Story()
        .call('POST', '/webhooks', { body: { events: ['payment_intent.created'] }, status: 400 })
        .webhooksAre([]),
      { fault: 'pos' },
    ),
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
    ...answeredBy(true, [200, 299], [199, 300, 0]),
  ],
  'forged-event-refused': [
    passes('it is answered 401', new Story().delivered(false, 401), /a forged event: 401/),
    fails('it is taken', new Story().delivered(false, 200), /200/),
    fails('one of two is taken', new Story().delivered(false, 401).delivered(false, 200), /401; .*200/),
    reviews('no event could be sent', new Story().delivered(true, 204), /cannot be reached/),
    ...answeredBy(false, [400, 500], [399, 200, 0]),
  ],
};
