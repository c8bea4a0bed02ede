import type { Json } from '../../record/vocabulary.ts';
import { fails, passes, type Stories } from '../payments/stories/case.ts';
import { aPaidSale, aSale, refund } from '../payments/stories/situations.ts';
import { Story } from '../payments/stories/story.ts';

export const lost = { trouble: 'upstream-dropped', armed: 'the answer is lost' } as const;

const fault = (times = 1) => ({ params: { fault: 'the answer is lost', times } });

const starts = (on = 'pi_1', call: object = {}) => ({
  body: { details: { sessionType: 'Sale', sale: { paymentIntentId: on } } } as Json,
  ...call,
});

/** A till whose request for a session went unanswered. */
const unanswered = (call: object = lost): Story =>
  new Story().configure().sale().intent().call('POST', '/terminal-sessions', starts('pi_1', call));

/** One whose refund went unanswered, with this idempotencyKey. */
export const refundOf = (story: Story, amount: number, key: string, call: object = {}): Story =>
  story.call('POST', '/payment-intents/pi_1/refunds', {
    body: { amount },
    headers: [['idempotencyKey', key]],
    ...call,
  });

const keyed = (...keys: string[]): { body: Json; headers: [string, string][] } => ({
  body: { amount: 400 },
  headers: keys.map((key) => ['idempotencyKey', key]),
});

export const refunding = (): Story =>
  refundOf(aPaidSale().act({ name: 'refundIntent', amount: 400 }), 400, 'key-a', lost);

const restarted = (): Story => aSale().wait(1000).poll('Initiated').restart();

const all = { amount: 1000 };

const dropped = { trouble: 'upstream-dropped', armed: 'the answer is lost' } as const;

const started = { body: { details: { sessionType: 'Sale', sale: { paymentIntentId: 'pi_1' } } } as Json };

const unlinked = { body: { details: { sessionType: 'UnlinkedRefund' } } as Json };

const startLost = (): Story =>
  new Story()
    .sale()
    .intent()
    .call('POST', '/terminal-sessions', { ...started, ...dropped });

const again = (story: Story): Story =>
  story.call('POST', '/terminal-sessions', { ...started, answer: { id: 'ts_5' } });

export const doubtStories: Stories = {
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
      refundOf(refunding(), 400, 'key-a'),
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
      refundOf(refunding(), 400, 'key-b'),
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
    fails('nothing was asked', again(startLost()), { evidence: ['ex_2', 'ex_3'] }),
    fails('another payment was read', again(startLost().readIntent('pi_9', {}))),
    fails(
      'the reading was refused',
      again(startLost().call('GET', '/payment-intents/pi_1', { status: 404 })),
    ),
    fails(
      'the reading was lost as well',
      again(startLost().call('GET', '/payment-intents/pi_1', { trouble: 'upstream-dropped' })),
    ),
    fails('it was read only after', again(startLost()).readIntent('pi_1')),
    passes(
      'the session on it was read',
      again(
        aSale()
          .call('POST', '/terminal-sessions', { ...started, ...dropped })
          .poll('Initiated'),
      ),
    ),
    fails(
      'the session of another payment was read',
      again(
        new Story()
          .sale()
          .intent()
          .intent()
          .session({ on: 'pi_2' })
          .call('POST', '/terminal-sessions', { ...started, ...dropped })
          .poll('Initiated'),
      ),
    ),
    passes('something else is sent', refund(startLost())),
    fails(
      'no answer was lost on purpose',
      new Story()
        .sale()
        .intent()
        .call('POST', '/terminal-sessions', { ...started, trouble: 'upstream-dropped' }),
    ),
    fails(
      'the answer came',
      new Story()
        .sale()
        .intent()
        .call('POST', '/terminal-sessions', { ...started, armed: 'late' }),
    ),
    fails('only the answer to a question was lost', aSale().call('GET', '/terminal-sessions/ts_1', dropped)),
    fails(
      'a refund without a payment is sent again, and something else was asked',
      new Story()
        .session({ type: 'UnlinkedRefund', amount: 500 })
        .call('POST', '/terminal-sessions', { ...unlinked, ...dropped })
        .call('GET', '/terminals')
        .call('POST', '/terminal-sessions', unlinked),
    ),
    passes(
      'the answer to a capture was lost, and a refund is sent',
      refund(aSale().call('POST', '/payment-intents/pi_1/captures', { body: all, ...dropped })),
    ),
    fails(
      'a capture is sent again',
      aSale()
        .call('POST', '/payment-intents/pi_1/captures', { body: all, ...dropped })
        .call('POST', '/payment-intents/pi_1/captures', { body: all }),
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
    passes(
      'it shows the last two questions',
      aSale().restart().poll('Initiated').poll('Initiated').poll('Captured'),
      { evidence: ['ex_4', 'ex_5'] },
    ),
  ],
};
