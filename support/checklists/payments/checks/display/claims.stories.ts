import type { Exchange, Json } from '../../../../record/vocabulary.ts';
import { type Case, fails, passes, reviews, type Stories } from '../../stories/case.ts';
import { aPaidSale, aSale } from '../../stories/situations.ts';
import { Story } from '../../stories/story.ts';

const begun = (): Story => aSale().shows({});

/** The API reports this of the payment in hand, or of what else is asked for. */
const reported = (answer: { readonly [name: string]: Json }, target = '/payment-intents/pi_1'): Story =>
  begun().call('GET', target, { answer: { id: 'pi_1', ...answer } });

const results = ['Paid', 'Authorised', 'Declined', 'Cancelled', 'Refunded', 'Unconfirmed'];

/** Of all results only this one may be shown. */
const onlySays = (words: string, by: string, story: () => Story): readonly Case[] =>
  results.map((other) =>
    (other === words ? passes : fails)(`"${other}" is shown by ${by}`, story().shows({ outcome: other })),
  );

/** The last exchange of the story went otherwise. */
const but = (story: Story, change: (exchange: Exchange) => Partial<Exchange>): Story => {
  const last = story.observations.at(-1);
  if (last?.kind !== 'exchange') throw new Error('The story does not end in an exchange');
  story.observations[story.observations.length - 1] = {
    ...last,
    exchange: { ...last.exchange, ...change(last.exchange) },
  };
  return story;
};

/** What an answer reports counts from when it came. */
const countsOnceAnswered = (what: string, story: () => Story, outcome: string): readonly Case[] => {
  const answeredIn = (ms: number): Story => but(story(), ({ at }) => ({ until: at + ms })).shows({ outcome });
  return [
    passes(`"${outcome}" is shown as ${what} is answered`, answeredIn(21)),
    fails(`"${outcome}" is shown before ${what} is answered`, answeredIn(500)),
  ];
};

/** A sale that has ended so. */
const endedSale = (status: 'Declined' | 'Canceled' | 'Expired' | 'Captured' = 'Declined'): Story =>
  begun().poll(status);

/** Words that say of any payment that it is done. */
const doneOnly = (words: string): readonly Case[] => [
  fails(`a declined sale is shown as "${words}"`, endedSale().shows({ outcome: words })),
  fails(`a cancelled sale is shown as "${words}"`, endedSale('Canceled').shows({ outcome: words })),
  passes(`a captured sale is shown as "${words}"`, endedSale('Captured').shows({ outcome: words })),
];

export const claimStories: Stories = {
  'shows-nothing-false': [
    passes('each result was reported before', aPaidSale(), /no result was shown before it was so/),
    passes('it names what was paid', begun().poll('Captured').shows({ outcome: 'Paid £10.00' }), /no result/),
    passes(
      'it names it among others',
      begun().poll('Captured').shows({ outcome: 'Paid £10.00, change £2.00' }),
    ),
    fails(
      'it names another sum',
      begun().poll('Captured').shows({ outcome: 'Paid £12.00' }),
      /showed "Paid £12\.00"; no amount of this payment is that/,
    ),
    fails(
      'it names another currency',
      begun().poll('Captured').shows({ outcome: 'Paid €10.00' }),
      /no amount of this payment is that/,
    ),
    passes(
      'the result of the sale before comes late',
      begun().poll('Captured').sale(1200).shows({ outcome: 'Paid £10.00' }),
    ),
    passes('no result is shown', aSale().shows({ prompt: 'Present card' }), /no result/),
    ...[
      'Payment is being cancelled…',
      'Waiting for the payment to be authorised…',
      'Payment being captured',
      'Awaiting: card to be approved',
    ].map((outcome) =>
      passes(
        `the result line says "${outcome}"`,
        aSale().shows({}).poll('Initiated').shows({ outcome }),
        /no result/,
      ),
    ),
    fails(
      'the API tells no status of the session',
      new Story()
        .shows({})
        .sale()
        .call('POST', '/terminal-sessions', { answer: { id: 'ts_1' } })
        .shows({ outcome: 'Paid' }),
      /when the session was not yet created/,
    ),
    passes(
      'an answer was lost, and it says that it does not know',
      new Story()
        .shows({})
        .sale()
        .intent()
        .call('POST', '/terminal-sessions', { trouble: 'client-dropped' })
        .shows({ outcome: 'Result cannot be confirmed' }),
      /no result/,
    ),
    passes(
      'the API fails, and it says that it does not know',
      aSale()
        .shows({})
        .call('GET', '/terminal-sessions/ts_1', { status: 503 })
        .shows({ outcome: 'Result cannot be confirmed' }),
      /no result/,
    ),
    fails(
      'it says that it does not know, and everything was answered',
      aSale().shows({}).poll('Initiated').shows({ outcome: 'Result cannot be confirmed' }),
      /\(Unconfirmed\) when the session was Initiated/,
    ),
    reviews(
      'the API tells a status that nobody knows',
      aSale()
        .shows({})
        .poll('Cancelled' as 'Canceled')
        .shows({ outcome: 'Cancelled' }),
      /showed "Cancelled" \(Canceled\) when the session was Cancelled/,
    ),
    fails(
      'paid is shown on an answer that never reached the till',
      aSale()
        .shows({})
        .call('GET', '/payment-intents/pi_1', {
          answer: { id: 'pi_1', status: 'Captured' },
          trouble: 'client-dropped',
        })
        .shows({ outcome: 'Paid' }),
      /showed "Paid"/,
    ),
    fails(
      'paid is shown before the session is captured',
      aSale().shows({}).poll('Initiated').shows({ outcome: 'Paid' }).poll('Captured'),
      /showed "Paid" \(Captured\) when the session was Initiated/,
    ),
    fails(
      'paid is shown on the answer to the signature',
      aSale().shows({}).poll('SignatureVerificationAccepted').shows({ outcome: 'Paid' }),
      /when the session was SignatureVerificationAccepted/,
    ),
    fails(
      'paid is shown for an authorization',
      aSale().shows({}).poll('Authorized').shows({ outcome: 'Paid' }),
      /when the session was Authorized/,
    ),
    fails(
      'cancelled is shown as soon as it was asked for',
      aSale().shows({}).cancel().shows({ outcome: 'Cancelled' }),
      /showed "Cancelled" \(Canceled\) when the session was CancelRequested/,
    ),
    fails(
      'an expiry is shown as a decline',
      aSale().shows({}).poll('Expired').shows({ outcome: 'Declined' }),
      /showed "Declined" \(Declined\) when the session was Expired/,
    ),
    fails(
      'a result is shown before there is a session',
      new Story().shows({}).sale().shows({ outcome: 'Paid' }),
      /when the session was not yet created/,
    ),
    ...onlySays('Paid', 'a payment intent that is Captured', () => reported({ status: 'Captured' })),
    ...onlySays('Authorised', 'a payment intent that is Authorized', () =>
      reported({ status: 'Authorized' }),
    ),
    ...onlySays('Cancelled', 'a payment intent that is Canceled', () => reported({ status: 'Canceled' })),
    ...onlySays('Refunded', 'a payment intent that is Refunded', () => reported({ status: 'Refunded' })),
    ...onlySays('Refunded', 'an amount that was refunded', () => reported({ refundedAmount: 1 })),
    ...onlySays('Refunded', 'the id of a refund', () => reported({ refundId: 're_1' })),
    ...onlySays('Paid', 'the id of a capture', () => reported({ captureId: 'ca_1' })),
    ...onlySays('Paid', 'a session that is Captured', () => begun().poll('Captured')),
    ...onlySays('Authorised', 'a session that is Authorized', () => begun().poll('Authorized')),
    ...onlySays('Declined', 'a session that is Declined', () => begun().poll('Declined')),
    ...onlySays('Declined', 'a rejected signature', () => begun().poll('SignatureVerificationRejected')),
    ...onlySays('Cancelled', 'a session that is Canceled', () => begun().poll('Canceled')),
    ...onlySays('Unconfirmed', 'a session that is Expired', () => begun().poll('Expired')),
    ...onlySays('Unconfirmed', 'an answer that was lost', () =>
      begun().call('GET', '/terminal-sessions/ts_1', { trouble: 'upstream-dropped' }),
    ),
    ...onlySays('Unconfirmed', 'a payment intent that is answered 500', () =>
      begun().call('GET', '/payment-intents/pi_1', { status: 500 }),
    ),
    ...['Created', 'Reversed', 'Declined', 'Unconfirmed'].flatMap((status) =>
      onlySays('none of them', `a payment intent that is ${status}`, () => reported({ status })),
    ),
    fails(
      'nothing was refunded, and it is shown as refunded',
      reported({ refundedAmount: 0 }).shows({ outcome: 'Refunded' }),
    ),
    ...['/webhooks', '/terminals', '/other/payment-intents', '/other/terminal-sessions'].map((target) =>
      fails(
        `${target} is answered 500, and it says that it does not know`,
        begun().call('GET', target, { status: 500 }).shows({ outcome: 'Unconfirmed' }),
      ),
    ),
    fails(
      'another resource has the status',
      reported({ status: 'Captured' }, '/other/payment-intents/pi_1').shows({ outcome: 'Paid' }),
    ),
    ...countsOnceAnswered('a poll', () => begun().poll('Captured'), 'Paid'),
    ...countsOnceAnswered('a reading', () => reported({ status: 'Captured' }), 'Paid'),
    ...countsOnceAnswered(
      'an error',
      () => begun().call('GET', '/payment-intents/pi_1', { status: 500 }),
      'Unconfirmed',
    ),
    ...['Paid', 'Unconfirmed'].map((outcome) =>
      fails(
        `"${outcome}" is shown of what is never answered`,
        but(reported({ status: 'Captured' }), () => ({ response: null })).shows({ outcome }),
      ),
    ),
    fails(
      'the error by which it does not know comes only later',
      begun()
        .shows({ outcome: 'Unconfirmed' })
        .wait(50)
        .call('GET', '/payment-intents/pi_1', { trouble: 'upstream-dropped' }),
    ),
    fails(
      'the kit notes an answer late, and nothing says that it could be read before',
      but(begun().poll('Captured'), ({ until }) => ({ until: until + 5000 })).shows({ outcome: 'Paid' }),
    ),
    passes(
      'the kit notes an answer late that could be read before',
      but(begun().poll('Captured'), ({ until }) => ({ until: until + 5000, readableAt: until })).shows({
        outcome: 'Paid',
      }),
    ),
    passes('it was recorded by hand, and says so', begun().shows({ outcome: 'Recorded by hand' })),
    passes(
      'a result that stands there already is not claimed anew',
      aPaidSale().sale(1200).shows({ notice: 'Please wait' }).shows({ notice: null }),
    ),
    passes('nothing was sold yet', new Story().shows({}).shows({ outcome: 'Paid' })),
    reviews(
      'the session has a status that the API description does not name',
      begun()
        .call('GET', '/terminal-sessions/ts_1', { answer: { id: 'ts_1', status: 'Settled' } })
        .shows({ outcome: 'Paid' }),
    ),
    fails(
      'there are pictures before and after the claim',
      begun()
        .shows({ prompt: 'Wait' }, 'before.png')
        .shows({ outcome: 'Paid' }, 'claim.png')
        .shows({}, 'after.png'),
      { evidence: ['claim.png'] },
    ),
    ...['Transaction complete', 'Completed', 'Successful', 'Thank you', 'Finished', 'Done'].flatMap(doneOnly),
    passes(
      'the cancelling is what is complete',
      endedSale('Canceled').shows({ outcome: 'Cancellation complete' }),
    ),
    passes(
      'it is done by hand, as it was asked for',
      endedSale('Expired').act({ name: 'recordManually' }).shows({ outcome: 'Sale done' }),
    ),
    passes(
      'the payment was captured after all',
      endedSale('Expired').readIntent().shows({ outcome: 'Completed' }),
    ),
  ],
};
