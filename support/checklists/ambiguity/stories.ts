import type { Json } from '../../record/vocabulary.ts';
import { fails, passes, type Stories } from '../pay-at-counter/stories/case.ts';
import { aPaidSale, aSale, unconfirmedDialogue } from '../pay-at-counter/stories/situations.ts';
import { Story } from '../pay-at-counter/stories/story.ts';

const lost = { trouble: 'upstream-dropped', armed: 'the answer is lost' } as const;
const fault = (times = 1) => ({ params: { fault: 'the answer is lost', times } });

const starts = (on = 'pi_1', call: object = {}) => ({
  body: { details: { sessionType: 'Sale', sale: { paymentIntentId: on } } } as Json,
  ...call,
});

/** A till whose request for a session went unanswered. */
const unanswered = (call: object = lost): Story =>
  new Story().configure().sale().intent().call('POST', '/terminal-sessions', starts('pi_1', call));

/** One whose refund went unanswered, with this idempotencyKey. */
const refund = (story: Story, amount: number, key: string, call: object = {}): Story =>
  story.call('POST', '/payment-intents/pi_1/refunds', {
    body: { amount },
    headers: [['idempotencyKey', key]],
    ...call,
  });

const keyed = (...keys: string[]): { body: Json; headers: [string, string][] } => ({
  body: { amount: 400 },
  headers: keys.map((key) => ['idempotencyKey', key]),
});

const refunding = (): Story =>
  refund(aPaidSale().act({ name: 'refundIntent', amount: 400 }), 400, 'key-a', lost);

const restarted = (): Story => aSale().wait(1000).poll('Initiated').restart();

const partlyRefunded = (refundedAmount: number): Story =>
  aPaidSale().act({ name: 'refundIntent', amount: 400 }).intentIs('Captured', { refundedAmount });

/** A sale that waits for the card, and is paid from a second window too, where that can be done. */
const paidElsewhere = (answer: 'done' | 'notOffered', reason = ''): Story =>
  aSale()
    .wait(1000)
    .poll('Initiated', 'PresentCard')
    .act({ name: 'payElsewhere' }, answer === 'done' ? { answer } : { answer, reason }, true);

export const ambiguityStories: Stories = {
  'fault-met': [
    passes('the request met it', unanswered(), /POST \/terminal-sessions/, fault()),
    passes(
      'two requests met it',
      aSale().call('GET', '/terminal-sessions/ts_1', lost).call('GET', '/terminal-sessions/ts_1', lost),
      /GET \/terminal-sessions\/ts_1; GET/,
      fault(2),
    ),
    fails('no request met it', aPaidSale(), /no request of the till met it/, fault()),
    fails('it was met once of two times', unanswered(), /POST \/terminal-sessions/, fault(2)),
  ],
  'not-sent-blindly-again': [
    passes('it was not sent again', unanswered(), /1 answers were lost; nothing was sent again/),
    passes(
      'the payment intent was read first',
      unanswered().readIntent('pi_1', { id: 'pi_1', status: 'Created' }).session(),
      /nothing was sent again unasked/,
    ),
    passes(
      'the payments were searched first',
      unanswered()
        .call('POST', '/payment-intents/search', { answer: { data: [] } })
        .session(),
      /nothing was sent again unasked/,
    ),
    passes(
      'a refund was sent again with the same key',
      refund(refunding(), 400, 'key-a'),
      /nothing was sent again unasked/,
    ),
    fails('it was sent again at once', unanswered().session(), /POST \/terminal-sessions was sent again/),
    fails(
      'it was sent again for another payment intent',
      unanswered().intent().session(),
      /was sent again \d+ ms after its answer was lost/,
    ),
    fails(
      'another payment intent was read',
      unanswered().readIntent('pi_7', { id: 'pi_7', status: 'Created' }).session(),
      /was sent again/,
    ),
    fails(
      'the reading was not answered either',
      unanswered().call('GET', '/payment-intents/pi_1', lost).session(),
      /was sent again/,
    ),
    fails(
      'a second key beside the same one is another each time',
      aPaidSale()
        .act({ name: 'refundIntent', amount: 400 })
        .call('POST', '/payment-intents/pi_1/refunds', { ...keyed('key-a', 'one'), ...lost })
        .call('POST', '/payment-intents/pi_1/refunds', keyed('key-a', 'two')),
      /refunds was sent again/,
    ),
    fails(
      'a refund was sent again with another key',
      refund(refunding(), 400, 'key-b'),
      /refunds was sent again/,
    ),
    fails(
      'it was answered 503, and sent again at once',
      unanswered({ status: 503, armed: lost.armed }).session(),
      /was sent again \d+ ms after it was answered 503/,
    ),
    passes(
      'it was answered 503, and the payment intent was read first',
      unanswered({ status: 503, armed: lost.armed })
        .readIntent('pi_1', { id: 'pi_1', status: 'Created' })
        .session(),
      /nothing was sent again unasked/,
    ),
    fails('no answer was lost', aPaidSale(), /Not testable: no answer was lost/),
  ],
  'paid-from-one-place': [
    passes(
      'the second window offers nothing',
      paidElsewhere('notOffered', 'it is being paid'),
      /^the second window does not offer it: it is being paid$/,
    ),
    passes(
      'the profile says nothing of a second device',
      paidElsewhere('notOffered', 'the profile has no `driver.secondDevice`'),
      /^not tried: the profile has no/,
    ),
    passes(
      'it shows the payment under way',
      paidElsewhere('done').poll('Captured'),
      /the second window started nothing/,
    ),
    passes(
      'another sale is begun when this one is over',
      paidElsewhere('done').poll('Captured').wait(100).sale().intent().session(),
      /started nothing/,
    ),
    fails(
      'it starts the card machine on the same payment intent',
      paidElsewhere('done').session({ on: 'pi_1' }).poll('Captured'),
      /while ts_1 was being paid, the second window sent POST \/terminal-sessions$/,
    ),
    fails(
      'it makes a payment intent of its own, and is refused the card machine',
      paidElsewhere('done').intent().session({ on: 'pi_2', refused: 404 }),
      /sent POST \/payment-intents, POST \/terminal-sessions$/,
    ),
    fails('nobody paid elsewhere', aSale().poll('Captured'), /Not testable/),
    fails(
      'there is no session',
      new Story().sale().act({ name: 'payElsewhere' }),
      /Not testable: the till created no terminal session/,
    ),
  ],
  'goes-on-after-restart': [
    passes('it polls on', restarted().poll('Captured'), /it asked 1 time$/),
    passes(
      'it reads the payment intent, and the next sale is entered later',
      restarted().readIntent().sale().intent().session(),
      /it asked 1 time$/,
    ),
    fails('it knows nothing of it any more', restarted(), /it asked 0 times/),
    fails(
      'its question went unanswered',
      restarted().call('GET', '/terminal-sessions/ts_1', lost),
      /it asked 1 time/,
    ),
    fails('it cancels the payment', restarted().poll('Initiated').cancel(), /sent PUT .*cancel/),
    fails('it starts it again', restarted().poll('Initiated').session(), /sent POST \/terminal-sessions/),
    fails('it was not restarted', aPaidSale(), /Not testable/),
    fails(
      'it did not come back',
      aSale().restart({ answer: 'crashed', reason: 'it does not start' }).poll('Captured'),
      /Not testable/,
    ),
  ],
  'shows-what-holds': [
    passes(
      'it says paid of what is captured',
      aPaidSale(),
      /"Paid", which stands for Captured; .* is Captured/,
    ),
    passes(
      'it was unsure and then found out',
      aSale()
        .shows({ dialogues: [unconfirmedDialogue] })
        .shows({ dialogues: [], outcome: 'Paid' })
        .intentIs('Captured'),
      /Captured; the payment intent is Captured/,
    ),
    passes(
      'nobody has paid, and it says that it cannot tell',
      aSale()
        .shows({ dialogues: [unconfirmedDialogue] })
        .intentIs('Created'),
      /stands for Unconfirmed; the payment intent is Created/,
    ),
    passes('nobody has paid, and it says nothing', aSale().shows({}).intentIs('Created'), /states no result/),
    passes(
      'a part was given back, and it says so',
      partlyRefunded(400).shows({ outcome: 'Partially refunded' }),
      /stands for Refunded; .* £4\.00 of it refunded/,
    ),
    fails(
      'it says paid, and nobody has paid',
      aSale().shows({ outcome: 'Paid' }).intentIs('Created'),
      /stands for Captured; the payment intent is Created/,
    ),
    fails(
      'it says cancelled, and it is captured',
      aSale().shows({ outcome: 'Cancelled' }).intentIs('Captured'),
      /stands for Canceled; the payment intent is Captured/,
    ),
    fails(
      'it leaves open what is captured',
      aSale()
        .shows({ dialogues: [unconfirmedDialogue] })
        .intentIs('Captured'),
      /stands for Unconfirmed; the payment intent is Captured/,
    ),
    fails('it says nothing of what is captured', aSale().shows({}).intentIs('Captured'), /states no result/),
    fails(
      'what it says is of the sale before',
      aPaidSale().sale().intent().session().shows({ outcome: null }).intentIs('Captured'),
      /states no result/,
    ),
    fails(
      'it goes back to paid when it was refunded',
      partlyRefunded(400).shows({ outcome: 'Refunded' }).shows({ outcome: 'Paid' }),
      /stands for Captured; .* £4\.00 of it refunded/,
    ),
    fails(
      'what it says is of the sale before, and goes on standing there for a while',
      aPaidSale().sale().shows({ notice: 'Starting' }).intent().shows({ outcome: null }).intentIs('Captured'),
      /states no result/,
    ),
    fails('the payment intent was not read', aSale().shows({ outcome: 'Paid' }), /Not testable/),
    fails('nothing was seen', new Story().sale().intent().intentIs('Captured'), /nothing was seen/),
  ],
  'refunded-once': [
    passes('what was asked for is given back', partlyRefunded(400), /asked .* £4\.00, given back £4\.00/),
    passes('it did not come to it', partlyRefunded(0), /asked .* £4\.00, given back £0\.00/),
    passes(
      'all of it was asked for',
      aPaidSale().act({ name: 'refundIntent' }).intentIs('Refunded', { refundedAmount: 1000 }),
      /asked .* £10\.00, given back £10\.00/,
    ),
    fails('it was given back twice', partlyRefunded(800), /asked .* £4\.00, given back £8\.00/),
    fails(
      'nobody asked for it',
      aPaidSale().intentIs('Captured', { refundedAmount: 100 }),
      /asked .* £0\.00, given back £1\.00/,
    ),
    fails('there is no payment', new Story(), /Not testable/),
    fails('it was not read', aSale(), /could not read the payment intent pi_1/),
  ],
  'refunded-once-a-key': [
    passes(
      'it was given back once',
      refund(refunding(), 400, 'key-a', { status: 409 }).intentIs('Captured', { refundedAmount: 400 }),
      /2 requests with 1 key asked for £4\.00, given back £4\.00/,
    ),
    passes(
      'another refund was made with another key',
      refund(refund(refunding(), 400, 'key-a'), 100, 'key-b').intentIs('Captured', { refundedAmount: 500 }),
      /3 requests with 2 keys asked for £5\.00, given back £5\.00/,
    ),
    fails(
      'it was given back twice',
      refund(refunding(), 400, 'key-a').intentIs('Captured', { refundedAmount: 800 }),
      /2 requests with 1 key asked for £4\.00, given back £8\.00/,
    ),
    fails(
      'each was sent with a key of its own',
      refund(refunding(), 400, 'key-b').intentIs('Captured', { refundedAmount: 800 }),
      /no refund was sent twice with one key/,
    ),
  ],
};
