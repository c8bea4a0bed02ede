import type { Json } from '../../../record/vocabulary.ts';
import type { SessionStatus } from '../../payments/statuses.ts';
import { fails, passes, type Stories } from '../../payments/stories/case.ts';
import { aPaidSale, aSale, euros, pounds } from '../../payments/stories/situations.ts';
import { Story } from '../../payments/stories/story.ts';

/** An intent that the till asked for so, as the API answers it and as the kit reads it. */
const kept = (
  body: { readonly [name: string]: Json },
  answer: { readonly [name: string]: Json } = {},
  read: { readonly [name: string]: Json } = {},
): Story =>
  new Story()
    .sale()
    .intent(body, {
      answer: {
        id: 'pi_1',
        status: 'Created',
        amount: pounds(1000),
        reference: 'order-1',
        ...body,
        ...answer,
      },
    })
    .intentIs('Created', { ...body, ...read });

const sessionKept = (more: { readonly [name: string]: Json } = {}): Story =>
  aSale().sessionIs('Captured', {
    terminalId: 'tm_1',
    details: { sessionType: 'Sale', sale: { paymentIntentId: 'pi_1' } },
    ...more,
  });

const answered = (asked: { [name: string]: Json }, answer: { [name: string]: Json }): Story =>
  new Story().sale().intent(asked, {
    answer: { id: 'pi_1', status: 'Created', amount: pounds(1000), reference: 'order-1', ...answer },
  });

const lines = (...all: Json[]) => ({ itemLines: all });

const bagel = { name: 'Bagel', amountTotal: pounds(250) };

const cheaper = (value: number) => ({ ...bagel, modifiers: [{ amountPerModifier: pounds(value) }] });

const read = (asked: { [name: string]: Json }, state: { [name: string]: Json }): Story =>
  answered(asked, {}).intentIs('Created', state);

const answeredWith = (method: string, path: string, answer: Json, status = 200): Story =>
  aSale().call(method, path, { answer, status });

const matched = (matchedRefund: Json): Story =>
  new Story()
    .intent()
    .session({ type: 'MatchedRefund' })
    .sessionIs('Captured', {
      terminalId: 'tm_1',
      details: { sessionType: 'MatchedRefund', matchedRefund },
    });

const unlinked = (unlinkedRefund: Json): Story =>
  new Story().session({ type: 'UnlinkedRefund', amount: 500 }).sessionIs('Captured', {
    terminalId: 'tm_1',
    details: { sessionType: 'UnlinkedRefund', unlinkedRefund },
  });

const changeLost = (): Story =>
  new Story().intent().call('POST', '/payment-intents/pi_1/amount', {
    body: { amount: pounds(1500) },
    trouble: 'upstream-dropped',
  });

const stepping = (...statuses: SessionStatus[]): Story =>
  statuses.reduce((story, status) => story.poll(status), aSale());

export const keptStories: Stories = {
  'kept-as-asked': [
    passes(
      'the API goes by what it was asked for',
      sessionKept().intentIs('Captured'),
      /^2 resources, as asked for/,
    ),
    passes('nothing was made', new Story().sale(), /no payment intent and no session/),
    passes(
      'the amount was changed since',
      new Story()
        .intent()
        .call('POST', '/payment-intents/pi_1/amount', { body: { amount: pounds(1500) } })
        .intentIs('Authorized', { amount: pounds(1500) }),
      /as asked for/,
    ),
    fails(
      'a change that was refused has taken effect',
      new Story()
        .intent()
        .call('POST', '/payment-intents/pi_1/amount', { body: { amount: pounds(1500) }, status: 400 })
        .intentIs('Authorized', { amount: pounds(1500) }),
      /pi_1: amount £15\.00, asked for £10\.00/,
    ),
    fails(
      'the answer halves the amount',
      kept({}, { amount: pounds(500) }),
      /amount £5\.00, asked for £10\.00/,
    ),
    fails('the amount is another when it is read', kept({}, {}, { amount: pounds(999) }), /amount £9\.99/),
    fails(
      'the currency is another',
      kept({}, {}, { amount: euros(1000) }),
      /amount €10\.00, asked for £10\.00/,
    ),
    fails('the reference is lost', kept({}, {}, { reference: '' }), /reference .*asked for order-1/),
    fails(
      'the capture mode is another',
      kept({ captureMode: 'Manual' }, {}, { captureMode: 'Auto' }),
      /captureMode Auto, asked for Manual/,
    ),
    fails(
      'the cardholder is present after all',
      kept({ cardHolderNotPresent: true }, { cardHolderNotPresent: false }),
      /cardHolderNotPresent false, asked for true/,
    ),
    fails(
      'a poll is answered with another session',
      aSale().call('GET', '/terminal-sessions/ts_1', { answer: { id: 'ts_9', status: 'Captured' } }),
      /asked for ts_1, answered ts_9/,
    ),
    fails(
      'the kit itself is answered with another payment intent',
      new Story().intent().intentIs('Created', { id: 'pi_9' }),
      /^asked for pi_1, answered pi_9$/,
    ),
    fails(
      'a cancellation is answered as if nothing had happened',
      aSale().call('PUT', '/terminal-sessions/ts_1/cancel', { answer: { id: 'ts_1', status: 'Initiated' } }),
      /cancel answered 200 with the status Initiated/,
    ),
    fails(
      'a payment is captured before a card was seen',
      kept({}, { status: 'Captured' }),
      /status Captured/,
    ),
    fails(
      'an item line has another price',
      kept(
        { itemLines: [{ name: 'Tea', amountTotal: pounds(300) }] },
        {},
        { itemLines: [{ name: 'Tea', amountTotal: pounds(200) }] },
      ),
      /item line "Tea £2\.00", "Tea £3\.00" was sent/,
    ),
    fails(
      'an item line is lost',
      kept({ itemLines: [{ name: 'Tea' }, { name: 'Scone' }] }, {}, { itemLines: [{ name: 'Tea' }] }),
      /1 item lines, 2 were sent/,
    ),
    fails(
      'the session is on another card machine',
      sessionKept({ terminalId: 'tm_2' }),
      /terminalId tm_2, asked for tm_1/,
    ),
    fails(
      'the session is for another payment',
      sessionKept({ details: { sessionType: 'Sale', sale: { paymentIntentId: 'pi_2' } } }),
      /paymentIntentId pi_2, asked for pi_1/,
    ),
    fails(
      'an unlinked refund is of another amount',
      new Story().session({ type: 'UnlinkedRefund', amount: 500 }).sessionIs('Captured', {
        terminalId: 'tm_1',
        details: { sessionType: 'UnlinkedRefund', unlinkedRefund: { amount: pounds(50) } },
      }),
      /amount £0\.50, asked for £5\.00/,
    ),
    passes('the reference is kept', answered({}, {})),
    fails('it is another', answered({}, { reference: 'order-2' })),
    passes('no capture mode was asked for', answered({}, { captureMode: 'Manual' })),
    fails('another capture mode is answered', answered({ captureMode: 'Manual' }, { captureMode: 'Auto' })),
    fails(
      'the cardholder is said to be there',
      answered({ cardHolderNotPresent: true }, { cardHolderNotPresent: false }),
    ),
    passes('it is not said where the cardholder is', answered({ cardHolderNotPresent: true }, {})),
    passes('the cardholder is there', answered({}, { cardHolderNotPresent: false })),
    passes('the item lines are kept', read(lines(bagel, cheaper(-50)), lines(bagel, cheaper(-50)))),
    fails('a modifier is lost', read(lines(cheaper(-50)), lines(bagel))),
    fails('a modifier is another', read(lines(cheaper(-50)), lines(cheaper(-60)))),
    fails('an item line is lost', read(lines(bagel, bagel), lines(bagel))),
    passes(
      'a member that the version does not know is not kept',
      read(lines({ name: null, caption: 'Bagel' }), lines({ name: null })),
    ),
    fails('a name is another', read(lines({ name: 'Bagel' }), lines({ name: 'Bun' }))),
    fails('a caption is another', read(lines({ caption: 'Bagel' }), lines({ caption: 'Bun' }))),
    passes('each answer is about what it was asked for', aSale().poll('Initiated').readIntent()),
    fails('another session is answered', answeredWith('GET', '/terminal-sessions/ts_1', { id: 'ts_2' })),
    passes(
      'another is answered with a refusal',
      answeredWith('GET', '/terminal-sessions/ts_1', { id: 'ts_2' }, 404),
    ),
    passes('an answer tells no id', answeredWith('GET', '/payment-intents/pi_1', {})),
    fails(
      'a payment that was cancelled is not',
      answeredWith('DELETE', '/payment-intents/pi_1', { id: 'pi_1', status: 'Created' }),
    ),
    passes(
      'a payment that was cancelled is',
      answeredWith('DELETE', '/payment-intents/pi_1', { id: 'pi_1', status: 'Canceled' }),
    ),
    passes(
      'its cancellation was refused',
      answeredWith('DELETE', '/payment-intents/pi_1', { id: 'pi_1', status: 'Captured' }, 409),
    ),
    passes(
      'its cancellation tells no status',
      answeredWith('DELETE', '/payment-intents/pi_1', { id: 'pi_1' }),
    ),
    ...(['CancelRequested', 'Canceled'] as const).map((status) =>
      passes(
        `a session that was cancelled is ${status}`,
        answeredWith('PUT', '/terminal-sessions/ts_1/cancel', { id: 'ts_1', status }),
      ),
    ),
    fails(
      'a decision has no effect',
      answeredWith('PUT', '/terminal-sessions/ts_1/signature', {
        id: 'ts_1',
        status: 'SignatureVerificationRequired',
      }),
    ),
    passes(
      'a decision is taken',
      answeredWith('PUT', '/terminal-sessions/ts_1/signature', {
        id: 'ts_1',
        status: 'SignatureVerificationAccepted',
      }),
    ),
    fails(
      'a session is of another type',
      aSale().sessionIs('Captured', {
        terminalId: 'tm_1',
        details: { sessionType: 'MatchedRefund', sale: { paymentIntentId: 'pi_1' } },
      }),
    ),
    fails('a refund is on another payment', matched({ paymentIntentId: 'pi_9' })),
    passes('a refund of all tells its amount', matched({ paymentIntentId: 'pi_1', amount: pounds(1000) })),
    passes('a refund is of its amount', unlinked({ amount: pounds(500) })),
    fails('a refund is of another amount', unlinked({ amount: pounds(600) })),
    passes(
      'a refund without a payment gets one of its own',
      unlinked({ amount: pounds(500), paymentIntentId: 'pi_7' }),
    ),
    passes('a change of the amount went unanswered', changeLost().intentIs('Authorized')),
    passes(
      'the amount of another payment was changed',
      new Story()
        .sale()
        .intent()
        .intent()
        .call('POST', '/payment-intents/pi_2/amount', { body: { amount: pounds(1500) } })
        .intentIs('Created', {}, 'pi_1'),
    ),
    fails(
      'it shows the creation of a payment that is kept otherwise, and the last reading of it',
      answered({}, { reference: 'order-2' })
        .intentIs('Created')
        .intentIs('Created', { reference: 'order-3' })
        .intentIs('Created', { reference: 'order-3' }, 'pi_8'),
      { evidence: ['ex_1', 'read_3'] },
    ),
    fails(
      'it shows the last reading of a session that is kept otherwise, and not the one that failed',
      aSale().sessionIs('Initiated', { terminalId: 'tm_2' }).sessionIs('Initiated', {}, 404),
      { evidence: ['read_3'] },
    ),
    fails(
      'it shows the last reading of a session that is kept otherwise, and not the one that went unanswered',
      aSale().sessionIs('Initiated', { terminalId: 'tm_2' }).sessionIs('Initiated', {}, 0),
      { evidence: ['read_3'] },
    ),
  ],
  'statuses-go-forward': [
    passes('they move on to the end', aPaidSale(), /InitiateRequested → Initiated → Captured/),
    passes(
      'a cancellation came too late',
      aSale().poll('Initiated').poll('CancelRequested').poll('Initiated').poll('Captured'),
      /Captured/,
    ),
    passes('a pre-authorization is captured later', aSale().poll('Authorized').poll('Captured'), /Captured/),
    passes(
      'a rejected signature is declined',
      aSale().poll('SignatureVerificationRejected').poll('Declined'),
      /Declined/,
    ),
    passes('nothing was sent', new Story(), /no session was made/),
    fails(
      'one goes back',
      aSale().poll('SignatureVerificationRequired').poll('Initiated'),
      /ts_1 was SignatureVerificationRequired, then Initiated/,
    ),
    fails(
      'an end is taken back',
      aSale().poll('Captured').poll('Initiated'),
      /was Captured, then Initiated/,
      { evidence: ['ex_3', 'ex_4'] },
    ),
    fails(
      'one end becomes another',
      aSale().poll('Declined').poll('Captured'),
      /was Declined, then Captured/,
    ),
    fails(
      'it goes back after having gone on',
      aSale().poll('Initiated').poll('SignatureVerificationAccepted').poll('SignatureVerificationRequired'),
      /was SignatureVerificationAccepted, then SignatureVerificationRequired/,
    ),
    passes('it is reported again and again', stepping('Initiated', 'Initiated', 'Captured', 'Captured')),
    fails('it goes from one end to another', stepping('Captured', 'Declined')),
    passes(
      'it is authorized before its signature is checked',
      stepping('Authorized', 'SignatureVerificationRequired', 'SignatureVerificationAccepted', 'Captured'),
    ),
    fails(
      'its signature is asked for again once it was checked',
      stepping('SignatureVerificationRequired', 'Authorized', 'SignatureVerificationRequired'),
    ),
    fails('it is authorized, and only then begun', stepping('Authorized', 'Initiated')),
    passes('two steps are of one rank', stepping('Initiated', 'CancelRequested')),
    passes(
      'it goes back, and two answers were under way at once',
      (() => {
        const story = stepping('Captured', 'Initiated');
        const last = story.observations.at(-1);
        if (last?.kind !== 'exchange') throw new Error('The story goes otherwise');
        story.observations[story.observations.length - 1] = {
          ...last,
          exchange: { ...last.exchange, at: last.exchange.at - 10 },
        };
        return story;
      })(),
    ),
  ],
};
