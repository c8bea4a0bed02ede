import { type Case, fails, passes, type Stories, warns } from '../../payments/stories/case.ts';
import { aSale, atOnce, inTheMoment, signing } from '../../payments/stories/situations.ts';
import { Story } from '../../payments/stories/story.ts';

/** The card machine asks for the card, and no card has come yet. */
const cardAwaited = (): Story => aSale().wait(1000).poll('Initiated', 'PresentCard').wait(300);

const cardPresented = (): Story => cardAwaited().wait(700).poll('Initiated', 'EnterPin').wait(300);

const spared = (story: Story, mayBeRefused = true): Story =>
  story.act({ name: 'cancel' }, { answer: 'notOffered', reason: 'too late' }, mayBeRefused);

const presented = (): Story =>
  aSale().poll('Initiated', 'PresentCard').wait(500).poll('Initiated', 'EnterPin').wait(100);

/** The till need not offer to cancel once the card was presented. */
const notOffered = (): readonly Case[] => [
  passes('the till does not offer it any more', spared(presented())),
  passes('something else is done since', spared(presented()).act({ name: 'listTerminals' })),
  fails('there is no session', spared(new Story())),
  fails('it had to be offered', spared(presented(), false)),
  fails('the till offered it and sent nothing', presented().act({ name: 'cancel' })),
];

const cancelling = (): Story => aSale().poll('Initiated', 'PresentCard').act({ name: 'cancel' });

/** The operator decides about the signature, and the till sends it. */
const decided = (accepted: boolean, call = {}): Story =>
  signing().act({ name: 'signature', accepted }).decide(accepted, call).wait(900);

export const cancelStories: Stories = {
  'no-cancel-sent': [
    passes('the till leaves it to the machine', cardAwaited().poll('Canceled'), /none sent/),
    fails('the till cancels besides', cardAwaited().cancel(), /1 cancellation sent/),
  ],
  'cancel-sent-before-card': [
    passes(
      'it is sent while the card is awaited',
      cardAwaited().act({ name: 'cancel' }).cancel(),
      /when the session was Initiated and no card was presented, answered 200/,
    ),
    passes(
      'a payment is read that may have been cancelled',
      cardAwaited().act({ name: 'cancel' }).cancel().call('GET', '/payment-intents/pi_1?returnCanceled=true'),
      /answered 200/,
    ),
    fails(
      'it is sent after the card',
      cardPresented().act({ name: 'cancel' }).cancel(422),
      /a card was presented, answered 422/,
    ),
    fails(
      'it goes to a path that does not exist',
      cardAwaited().act({ name: 'cancel' }).call('POST', '/payment-intents/pi_1/cancel', { status: 404 }),
      /POST \/payment-intents\/pi_1\/cancel instead/,
    ),
    passes(
      'the machine asks for the card to be inserted',
      aSale().poll('Initiated', 'InsertCard').act({ name: 'cancel' }).cancel(),
      /no card was presented/,
    ),
    passes(
      'the till knows nothing of the session yet',
      new Story()
        .sale()
        .intent()
        .call('POST', '/terminal-sessions', { answer: { id: 'ts_0' } })
        .act({ name: 'cancel' })
        .call('PUT', '/terminal-sessions/ts_0/cancel'),
      /when the session was nothing yet and/,
    ),
    fails('none is sent', cardAwaited().act({ name: 'cancel' }), /no cancellation was sent/),
    fails('there is no session', new Story(), /Not testable/),
    passes('it is sent', cancelling().cancel()),
    fails(
      'another session is cancelled as well',
      cancelling().cancel().call('PUT', '/terminal-sessions/ts_9/cancel'),
      { evidence: ['ex_4', 'ex_5'] },
    ),
    fails(
      'another session is cancelled as well, and something else is done since',
      cancelling().cancel().call('PUT', '/terminal-sessions/ts_9/cancel').act({ name: 'listTerminals' }),
    ),
    passes(
      'another was cancelled before it was asked for',
      aSale()
        .call('PUT', '/terminal-sessions/ts_9/cancel')
        .poll('Initiated', 'PresentCard')
        .act({ name: 'cancel' })
        .cancel(),
    ),
    passes('something about cancelling is read', cancelling().cancel().call('GET', '/cancel-reasons')),
    passes('a query speaks of cancelling', cancelling().cancel().call('PUT', '/other?cancel=1')),
    fails('it is sent by POST', cancelling().call('POST', '/terminal-sessions/ts_1/cancel')),
    fails(
      'another session is cancelled in the moment in which the user asks for it',
      inTheMoment(aSale().poll('Initiated', 'PresentCard').act({ name: 'cancel' }))
        .call('PUT', '/terminal-sessions/ts_9/cancel')
        .cancel(),
    ),
  ],
  'cancel-sent-after-card': [
    passes(
      'it is sent after the card',
      cardPresented().act({ name: 'cancel' }).cancel(422),
      /a card was presented, answered 422/,
    ),
    fails(
      'it is sent while the card is awaited',
      cardAwaited().act({ name: 'cancel' }).cancel(),
      /no card was presented/,
    ),
    passes(
      'the till reads it in the very moment that the session has gone on',
      atOnce(cardPresented().act({ name: 'cancel' }).poll('SignatureVerificationRequired')).cancel(422),
      /when the session was SignatureVerificationRequired and a card/,
    ),
    fails('none is sent', cardPresented().act({ name: 'cancel' }), /no cancellation was sent/),
    ...notOffered(),
    passes(
      'the API says that the card was there',
      aSale().poll('Initiated', 'PresentCard').act({ name: 'cancel' }).cancel(422),
    ),
    fails('no card was there', aSale().poll('Initiated', 'PresentCard').act({ name: 'cancel' }).cancel()),
    fails(
      'the card came only later',
      aSale().poll('Initiated', 'PresentCard').act({ name: 'cancel' }).cancel().poll('Initiated', 'EnterPin'),
    ),
    passes(
      'the prompt for the card was missed',
      aSale().poll('Initiated', 'EnterPin').act({ name: 'cancel' }).cancel(),
    ),
    fails(
      'only waiting was asked for',
      aSale().poll('Initiated', 'PleaseWait').act({ name: 'cancel' }).cancel(),
    ),
    passes(
      'waiting was asked for after the card',
      aSale()
        .poll('Initiated', 'PresentCard')
        .poll('Initiated', 'PleaseWait')
        .act({ name: 'cancel' })
        .cancel(),
    ),
    passes(
      'the prompts are reported out of order',
      aSale()
        .call('GET', '/terminal-sessions/ts_1', {
          answer: {
            id: 'ts_1',
            status: 'Initiated',
            notificationEvents: [
              { notificationType: 'EnterPin', createdAt: '2026-03-02T10:00:02Z' },
              { notificationType: 'PresentCard', createdAt: '2026-03-02T10:00:01Z' },
            ],
          },
        })
        .act({ name: 'cancel' })
        .cancel(),
    ),
    passes(
      'the till learns of the card in the moment in which it cancels',
      aSale().poll('Initiated', 'PresentCard').poll('Initiated', 'EnterPin').wait(-1).cancel(),
    ),
  ],
  'cancel-refused': [
    passes('the API answers 422', cardPresented().cancel(422), /answered 422/),
    fails('the API takes it', cardPresented().cancel(), /answered 200/),
    passes(
      'its reason is the status',
      cardPresented().cancel(422, 'The status of the session does not allow this operation.'),
      /does not allow/,
    ),
    fails(
      'it is refused for whose session it is',
      cardPresented().cancel(422, 'Cannot cancel: the session belongs to another merchant'),
      /belongs to another/,
    ),
    fails(
      'it is refused for another reason',
      cardPresented().cancel(422, 'the terminal is offline'),
      /answered 422: the terminal is offline/,
    ),
    fails('none was sent', cardPresented(), /Not testable/),
    ...notOffered(),
    passes('it learns why', presented().act({ name: 'cancel' }).cancel(422)),
    fails(
      'it is refused for the wrong reason',
      presented().act({ name: 'cancel' }).cancel(422, 'it does not belong to you, so cancel is no'),
    ),
    fails('it is answered 404', presented().act({ name: 'cancel' }).cancel(404)),
  ],
  'end-confirmed-by-polling': [
    passes(
      'the till asks until it has ended',
      cardAwaited().cancel().wait(900).poll('CancelRequested').wait(900).poll('Canceled'),
      /2 polls after it, the last said Canceled/,
    ),
    fails(
      'the till takes CancelRequested for the end',
      cardAwaited().cancel().wait(900).poll('CancelRequested'),
      /1 poll after it, the last said CancelRequested/,
    ),
    passes(
      'the session had ended before the cancellation was sent',
      cardAwaited().poll('Captured').wait(300).cancel(),
      /^the API had reported Captured by then$/,
    ),
    fails(
      'only the answer to the cancellation says Canceled',
      cardAwaited().call('PUT', '/terminal-sessions/ts_1/cancel', {
        answer: { id: 'ts_1', status: 'Canceled' },
      }),
      /0 polls after it, the last said nothing/,
    ),
    passes(
      'the till asks in the very moment of the answer',
      atOnce(cardAwaited().cancel()).poll('Canceled'),
      /^1 poll after it, the last said Canceled$/,
    ),
    fails('the till never asks', cardAwaited().cancel(), /0 polls after it, the last said nothing/),
    fails('no cancellation was sent', cardAwaited(), /Not testable/),
    passes('the till did not offer to cancel', spared(presented()).poll('Captured')),
    fails('it did not offer it, and stopped', spared(presented())),
    fails('it did not offer it, and there is no session', spared(new Story())),
    passes(
      'the till asks until the signature that was rejected is declined',
      decided(false).poll('SignatureVerificationRejected').wait(900).poll('Declined'),
      /2 polls after it, the last said Declined/,
    ),
    warns(
      'it asks no more when a poll reports the rejection, and the session is declined next',
      decided(false).poll('SignatureVerificationRejected').sessionIs('Declined'),
      /asked no more when it was SignatureVerificationRejected; the session went on to Declined/,
    ),
    passes(
      'it asks no more when a poll reports the rejection, and that is the end',
      decided(false).poll('SignatureVerificationRejected').sessionIs('SignatureVerificationRejected'),
    ),
    passes(
      'it goes by the rejection that a poll has reported, and asks no more',
      decided(false).wait(900).poll('SignatureVerificationRejected'),
      /1 poll after it/,
    ),
    passes(
      'it asks until the signature that was accepted is captured',
      decided(true).poll('SignatureVerificationAccepted').wait(900).poll('Captured'),
    ),
    fails(
      'it goes by the answer to its decision alone',
      decided(false, { answer: { id: 'ts_1', status: 'SignatureVerificationRejected' } }),
      /0 polls after it, the last said nothing/,
    ),
    fails(
      'it takes the signature that was accepted for the end',
      decided(true).poll('SignatureVerificationAccepted'),
      /the last said SignatureVerificationAccepted/,
    ),
    fails(
      'it was authorized before its signature was asked for, and the till asks no more',
      aSale().poll('Authorized').wait(900).poll('SignatureVerificationRequired').decide(false),
      /0 polls after it/,
    ),
    fails('the last poll says it goes on', presented().cancel().poll('Initiated')),
    passes('the session ended before it was cancelled', presented().poll('Captured').cancel(422), {
      evidence: ['ex_5', 'ex_6'],
    }),
    fails(
      'it shows the cancellation, and the last two polls after it',
      presented().cancel().polls(3, 'CancelRequested'),
      { evidence: ['ex_5', 'ex_7', 'ex_8'] },
    ),
  ],
};
