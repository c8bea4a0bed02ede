import type { Display, SessionStatus } from '../../../record/vocabulary.ts';
import { type Case, fails, passes, reviews, type Stories, warns } from './case.ts';
import { aPaidSale, aSale, entry, signatureDialogue, unconfirmedDialogue } from './situations.ts';
import { Story } from './story.ts';

/** A till that shows this before the sale, and this after it. */
const shown = (after: Partial<Display>, before: Partial<Display> = {}): Story =>
  new Story().shows(before).wait(100).sale().shows(after);

/** A sale of which the API has told that it ended so, and so much later the till shows this. */
const afterTold = (status: SessionStatus, late: number, after: Partial<Display>): Story => {
  const told = aSale().shows({}).poll(status);
  return told.wait(late - 1).shows(after);
};

/** The kit puts the till back to an empty basket now. */
const tidied = (story: Story): Story => story.fact('tidying-up', {});

/** A till that does not let a captured payment be changed. */
const notOffering = (): Story =>
  aSale()
    .shows({})
    .act({ name: 'changeAmount', amount: 1500 }, { answer: 'notOffered', reason: 'it is paid' });

/** A till with a control for refunds in part, that shows this after it has refunded £4.00. */
const partRefunded = (after: Partial<Display>): Story =>
  aSale()
    .shows({ text: 'Part of it\nAll' })
    .act({ name: 'refundIntent', amount: 400 })
    .wait(1)
    .call('POST', '/payment-intents/pi_1/refunds', { body: { amount: 400 }, answer: { refundId: 're_1' } })
    .shows(after);

/** What a list of card machines says of one. */
const list = (status: string) => ({
  answer: [{ id: 'tm_1', status, properties: { tid: 'VCMSIP0' } }],
});

/** A till that has been told so. */
const listed = (status: string): Story => new Story().call('GET', '/terminals', list(status));

/** The same, when the API has said what those words mean. */
function toldOf(words: string, story: Story): Story {
  if (/refund/i.test(words)) return story.readIntent('pi_1', { id: 'pi_1', status: 'Refunded' });
  const said: [RegExp, SessionStatus][] = [
    [/authori/i, 'Authorized'],
    [/decline/i, 'Declined'],
    [/cancel/i, 'Canceled'],
  ];
  return story.poll(said.find(([pattern]) => pattern.test(words))?.[1] ?? 'Captured');
}

/** A sale on it is refused. */
const refusedOn = (story: Story, terminalId = 'tm_1', detail = 'The terminal is not available'): Story =>
  story.sale().intent().session({ terminalId, refused: 404, detail });

function shows(words: string, otherWords: string, other: string): readonly Case[] {
  return [
    passes('it says so', shown({ outcome: words }), new RegExp(`shows "${words}", which stands for`)),
    passes(
      'it said so before, and something else in between',
      new Story()
        .shows({ outcome: words })
        .wait(100)
        .sale()
        .shows({ outcome: null })
        .shows({ outcome: words }),
      new RegExp(words),
    ),
    fails('it says something else', shown({ outcome: otherWords }), new RegExp(`which stands for ${other}`)),
    fails('its words mean nothing', shown({ outcome: 'Thank you' }), /which stands for no result/),
    fails(
      'its words mean nothing, and stood there before the end',
      toldOf(words, aSale().shows({ outcome: 'Working' })),
      /which stands for no result/,
    ),
    reviews(
      'it came to say what the vocabulary does not know',
      toldOf(words, aSale().shows({})).shows({ outcome: 'Thank you' }),
      /shows "Thank you", which the vocabulary of the profile does not know/,
    ),
    fails('it says nothing', shown({}), /shows nothing$/),
    passes(
      'it says so for a while',
      new Story().shows({}).sale().shows({ outcome: words }).wait(499).shows({ outcome: null }),
      new RegExp(`shows "${words}", which stands for \\w+$`),
    ),
    passes(
      'it says so in turn with other words of the same meaning',
      new Story()
        .shows({})
        .sale()
        .shows({ outcome: words })
        .wait(300)
        .shows({ outcome: words, prompt: 'x' })
        .wait(300)
        .shows({ outcome: null, prompt: null }),
      /which stands for \w+$/,
    ),
    passes(
      'it is asked for something else before that can be read',
      new Story()
        .shows({})
        .sale()
        .shows({ outcome: words })
        .act({ name: 'listTerminals' })
        .shows({ outcome: null }),
      /which stands for \w+$/,
    ),
    passes(
      'it is tidied up before that can be read',
      tidied(new Story().shows({}).sale().shows({ outcome: words })).shows({ outcome: null }),
      /which stands for \w+$/,
    ),
    fails(
      'it takes that away before anybody can read it',
      new Story()
        .shows({})
        .sale()
        .shows({ outcome: words })
        .wait(600)
        .shows({ outcome: null })
        .record({ kind: 'fact', at: 100, name: 'key-revoked', detail: {} })
        .shows({ outcome: words })
        .wait(498)
        .shows({ outcome: null })
        .wait(100)
        .act({ name: 'listTerminals' }),
      /which stands for \w+; it was gone after 499 ms$/,
    ),
    fails('it denies it', shown({ outcome: `Not ${words}` }), new RegExp(`Not ${words}`)),
    fails(
      'it goes on to something else',
      new Story().shows({}).sale().shows({ outcome: words }).shows({ outcome: otherWords }),
      new RegExp(otherWords),
    ),
    fails(
      'that stood there before, and nothing was seen to change',
      new Story().shows({ outcome: words }).wait(100).sale().shows({ outcome: words, prompt: 'x' }),
      /it stood there before the action/,
    ),
    fails('nothing was seen of it', new Story().sale(), /Not testable: nothing was seen of the display/),
  ];
}

function speaks(words: string): readonly Case[] {
  return [
    passes('a notice says so', shown({ notice: words }), new RegExp(words)),
    passes('a dialogue says so', shown({ dialogues: [{ text: words, options: ['OK'] }] }), new RegExp(words)),
    fails('it says something else', shown({ notice: 'Something went wrong' }), /"Something went wrong"/),
    fails('it says nothing', shown({}), /nothing about it/),
    fails('it says so only in its text', shown({ text: words }), /nothing about it/),
    fails('nothing changes on it', new Story().shows({}).sale(), /shows nothing about it/),
    fails(
      'nothing changes on it, and it said so before',
      new Story().shows({ notice: words }).sale(),
      new RegExp(`"${words}", and did so before the action`),
    ),
    fails(
      'it says so too briefly to be read',
      shown({ notice: words }).wait(200).shows({ notice: null }),
      /it was gone after 201 ms/,
    ),
    passes(
      'it says so for a while',
      shown({ notice: words }).wait(2000).shows({ notice: null }),
      new RegExp(words),
    ),
    passes(
      'it stops saying so when it is asked for something else',
      shown({ notice: words }).act({ name: 'listTerminals' }).shows({ notice: null }),
      new RegExp(words),
    ),
    fails(
      'it said so before, and no change was seen',
      new Story().shows({ notice: words }).wait(100).sale().shows({ prompt: 'x' }),
      /and did so before the action/,
    ),
    fails('nothing was seen of it', new Story().sale(), /Not testable/),
  ];
}

/** A till that says such words of a sale of £10.00 with a tip of £1.50 that was captured. */
const paidSaying = (words: string): Story =>
  aSale(1000, { tip: 150 })
    .poll('Captured')
    .readIntent('pi_1', {
      id: 'pi_1',
      status: 'Captured',
      amount: { value: 1000, currencyCode: 'GBP' },
      totalAmount: { value: 1150, currencyCode: 'GBP' },
    })
    .shows({ outcome: words });

/** A captured sale of which the till has cleared the result. */
const paidAndCleared = (): Story => aPaidSale().wait(3000).shows({ outcome: null });

const refundSent = (story: Story): Story =>
  story.call('POST', '/payment-intents/pi_1/refunds', {
    body: { amount: 1000 },
    answer: { refundId: 're_1' },
  });

/** A captured sale of which so much was given back, and the journal after it. */
const refundedAs = (refundedAmount: number, ledger: Display['ledger']): Story =>
  aPaidSale()
    .act({ name: 'refundIntent' })
    .intentIs(refundedAmount === 1000 ? 'Refunded' : 'Captured', { refundedAmount })
    .shows({ ledger });

/** A sale that was captured, and the next, with which the card machine is busy. */
const secondSale = (): Story => paidAndCleared().sale(1200).intent().session();

/** A sale that was captured, and the next that was declined; the till has cleared both results. */
const secondDeclined = (): Story =>
  secondSale().poll('Declined').shows({ outcome: 'Declined' }).shows({ outcome: null });

/** A sale that was declined, and its payment intent still open. */
const declinedOnce = (): Story =>
  aSale().poll('Declined').shows({ outcome: 'Declined' }).shows({ outcome: null });

const signatureAsked = (): Story => aSale().wait(1000).poll('SignatureVerificationRequired').wait(300);

const open: Partial<Display> = { dialogues: [signatureDialogue] };
const closed: Partial<Display> = { dialogues: [] };

const journal = (...ledger: Display['ledger']): Story =>
  new Story()
    .shows({ ledger: [entry({ reference: 'old' })] })
    .sale()
    .shows({ ledger: [entry({ reference: 'old' }), ...ledger] });

const captured = (ledger: Display['ledger']): Story =>
  aSale().poll('Captured').intentIs('Captured').shows({ ledger });

/** A card machine that asks for the card for so long, while the till shows something. */
const prompted = (ms: number, display: Partial<Display>): Story =>
  aSale()
    .wait(1000)
    .poll('Initiated', 'PresentCard')
    .shows(display)
    .wait(ms)
    .poll('Captured')
    .sessionIs('Captured');

const partly = { params: { amount: 400 } };
const changed = { params: { amount: 1500 } };
const refused = (): Story =>
  aSale()
    .shows({ text: 'Total 10.00' })
    .act({ name: 'changeAmount', amount: 1500 })
    .call('POST', '/payment-intents/pi_1/amount', {
      status: 400,
      answer: { Detail: 'Invalid request for payment. The status `Captured` does not allow this change.' },
    });
const basket = { params: { lines: [{ name: 'Flat white' }, { name: 'Bagel' }], discount: -50 } };

/** Stories for the checks of what the till shows and keeps. */
/** Three prompts of three seconds each, with what the display says of them. */
function threePrompts(first: string, second = first, third = first): Story {
  return aSale()
    .poll('Initiated', 'PresentCard')
    .shows({ prompt: first })
    .wait(3000)
    .poll('Initiated', 'EnterPin')
    .shows({ prompt: second })
    .wait(3000)
    .poll('Initiated', 'RemoveCard')
    .shows({ prompt: third })
    .wait(3000)
    .poll('Captured');
}

/** The prompts of a chip card, as a card machine has them: the first lasts, and the others only together. */
const shortOnes = (first: string, later = first): Story =>
  aSale()
    .poll('Initiated', 'PresentCard')
    .shows({ prompt: first })
    .wait(4000)
    .poll('Initiated', 'PleaseWait')
    .wait(100)
    .poll('Initiated', 'EnterPin')
    .wait(1000)
    .shows({ prompt: later })
    .wait(1200)
    .poll('Initiated', 'RemoveCard')
    .wait(1100)
    .poll('Captured')
    .sessionIs('Captured');

export const displayStories: Stories = {
  driven: [
    passes('each action is taken', aSale(), /2 actions taken/),
    passes(
      'it protects its user where it may',
      aSale().act({ name: 'cancel' }, { answer: 'notOffered', reason: 'it is too late' }, true),
      /3 actions taken/,
    ),
    fails(
      'it does not offer what its profile declares',
      aSale().act({ name: 'retry' }, { answer: 'notOffered', reason: 'no such button' }),
      /retry: not offered, no such button/,
    ),
    fails(
      'it cannot be driven, though it might have refused',
      aSale().act({ name: 'cancel' }, { answer: 'failed', reason: 'no such selector' }, true),
      /cancel: failed, no such selector/,
    ),
    fails(
      'it crashes',
      aSale().act({ name: 'cancel' }, { answer: 'crashed', reason: 'the page is gone' }),
      /cancel: crashed, the page is gone/,
    ),
  ],
  'shows-captured': [
    ...shows('Paid', 'Declined', 'Declined'),
    passes(
      'it says so just in time',
      afterTold('Captured', 5000, { outcome: 'Paid' }),
      /stands for Captured$/,
    ),
    warns(
      'it says so later than that',
      afterTold('Captured', 5001, { outcome: 'Paid' }),
      /which stands for Captured, 5\.00 s after the API had said it$/,
    ),
    warns(
      'it says so late, and says something else meanwhile',
      aSale().poll('Captured').shows({ outcome: 'Please wait' }).wait(8000).shows({ outcome: 'Paid' }),
      /which stands for Captured, 8\.00 s after/,
    ),
    fails(
      'the next sale is begun before it says so',
      aSale().shows({}).poll('Captured').wait(3000).sale(1200).shows({ prompt: 'x' }),
      /shows nothing/,
    ),
    passes(
      'it was switched off meanwhile, and says so when it is on again',
      aSale().poll('Captured').wait(60_000).restart().wait(2000).shows({ outcome: 'Paid' }),
      /stands for Captured$/,
    ),
    passes(
      'it says so when it is captured, long after it was authorized',
      aSale()
        .poll('Authorized')
        .shows({ outcome: 'Authorised' })
        .wait(20_000)
        .act({ name: 'capture' })
        .call('POST', '/payment-intents/pi_1/captures', {
          body: { amount: 1000 },
          answer: { captureId: 'ca_1' },
        })
        .shows({ outcome: 'Paid' }),
      /stands for Captured$/,
    ),
    passes(
      'the result of the sale before stands until the next',
      new Story().shows({ outcome: 'Paid' }).wait(100).sale(1200).shows({ outcome: 'Paid £12.00' }),
      /"Paid £12\.00"/,
    ),
    ...[
      'Paid £11.50',
      'Paid £10.00 + £1.50 tip',
      'Paid 11,50 GBP',
      'Paid. Change £0.00',
      'Paid 21.11.2026',
    ].map((words) => passes(`it says "${words}"`, paidSaying(words), /which stands for Captured$/)),
    ...['Paid £99.00', 'Paid €11.50', 'Paid GBP 1,150.00', 'Paid £1150'].map((words) =>
      fails(`it says "${words}"`, paidSaying(words), /no amount of this payment is that/),
    ),
    fails(
      'it says the amount of the sale before',
      new Story().shows({}).sale(1000).wait(100).sale(1200).intent().shows({ outcome: 'Paid £9.00' }),
      /no amount of this payment is that/,
    ),
  ],
  'shows-authorized': shows('Authorised', 'Paid', 'Captured'),
  'shows-refunded': [
    ...shows('Refunded', 'Paid', 'Captured'),
    passes(
      'it says how much',
      aPaidSale().act({ name: 'refundIntent', amount: 400 }).shows({ outcome: 'Refunded £4.00' }),
      /"Refunded £4\.00"/,
    ),
    fails(
      'it says another amount',
      aPaidSale().act({ name: 'refundIntent', amount: 400 }).shows({ outcome: 'Refunded £7.00' }),
      /no amount of this payment is that/,
    ),
    fails(
      'that is of an earlier refund: it stood there before this one was asked for',
      new Story()
        .sale()
        .shows({ outcome: 'Refunded' })
        .wait(100)
        .act({ name: 'refundIntent' })
        .shows({ prompt: 'x' }),
      /it stood there before the action/,
    ),
  ],
  'shows-declined': shows('Declined', 'Paid', 'Captured'),
  'shows-canceled': shows('Cancelled', 'Declined', 'Declined'),
  'shows-unconfirmed': [
    passes(
      'a dialogue says so just in time',
      afterTold('Expired', 5000, { dialogues: [unconfirmedDialogue] }),
      /cannot be confirmed"$/,
    ),
    warns(
      'a dialogue says so later than that',
      afterTold('Expired', 9000, { dialogues: [unconfirmedDialogue] }),
      /cannot be confirmed", 9\.00 s after the API had said it$/,
    ),
    passes(
      'a dialogue says so',
      shown({ dialogues: [unconfirmedDialogue] }),
      /The result cannot be confirmed/,
    ),
    fails('it is shown as declined', shown({ outcome: 'Declined' }), /"Declined"/),
    fails(
      'the dialogue says that it was declined',
      shown({ dialogues: [{ text: 'Payment declined', options: ['OK'] }] }),
      /Payment declined/,
    ),
    fails('it says nothing', shown({}), /shows nothing/),
    fails(
      'the dialogue was there before the sale, and went',
      shown({ dialogues: [] }, { dialogues: [unconfirmedDialogue] }),
      /shows nothing/,
    ),
  ],
  'shows-check-key': [
    passes(
      'a notice says so',
      new Story().shows({}).configure('wrong').shows({ notice: 'API key is incorrect' }),
      /API key is incorrect/,
    ),
    reviews(
      'it gives it as the reason of another error',
      new Story()
        .shows({})
        .configure('wrong')
        .shows({ notice: 'Card payments are not available: API key is incorrect' }),
      /names another cause as well/,
    ),
    reviews(
      'it gives it as the reason, and a choice of what to do',
      new Story()
        .shows({})
        .configure('wrong')
        .shows({ notice: 'Card payments are not available. Check the API key or call support.' }),
      /names another cause as well/,
    ),
    reviews(
      'it said any of several things, and goes on to one that is the reason of another',
      new Story()
        .shows({})
        .configure('wrong')
        .shows({ notice: 'Check the API key, or the card machine is not available' })
        .shows({ notice: 'Card payments are not available: API key is incorrect' }),
      /names another cause as well/,
    ),
    fails(
      'every error is shown as the same one',
      new Story().shows({}).configure('wrong').shows({ notice: 'Connection failed' }),
      /"Connection failed"/,
    ),
    fails(
      'it said so before the key was entered',
      new Story().shows({ notice: 'Invalid API key' }).configure('wrong').shows({ prompt: 'x' }),
      /did so before the action/,
    ),
    fails('it says nothing', new Story().configure('wrong').shows({}), /nothing about it/),
    fails('nothing was seen of it', new Story().configure('wrong'), /Not testable/),
  ],
  'shows-unavailable': [
    ...speaks('The card machine is not available'),
    fails('it says the contrary', shown({ notice: 'The card machine is no longer busy' }), /no longer busy/),
    fails(
      'it says what it says of any error',
      shown({ notice: 'Check the API key, or the card machine is not available' }),
      /names another cause as well/,
    ),
    fails(
      'it says one of three things',
      shown({
        notice: 'The card machine is not available or the API key is incorrect or it cannot be cancelled',
      }),
      /it may be said of any error/,
    ),
    passes(
      'the chooser says so, and nothing was sent',
      shown({ cardMachines: ['VCMSIP0 (in use)'] }),
      /VCMSIP0 \(in use\)/,
    ),
    fails(
      'the chooser says so, and the refusal of the session is kept from the user',
      new Story()
        .shows({})
        .wait(100)
        .sale()
        .intent()
        .session({ refused: 404 })
        .shows({ cardMachines: ['VCMSIP0 (in use)'] }),
      /nothing about it/,
    ),
  ],
  'availability-as-told': [
    passes(
      'the chooser says what the API said of it',
      listed('InUse').shows({ cardMachines: ['VCMSIP0 (not available)'] }),
      /"VCMSIP0 \(not available\)" of a card machine that is InUse/,
    ),
    passes(
      'the chooser says nothing of it',
      listed('Offline').shows({ cardMachines: ['another, available'] }),
      /nothing of VCMSIP0, which is Offline/,
    ),
    passes(
      'it was told so',
      listed('Available').shows({ cardMachines: ['VCMSIP0 (available)'] }),
      /reported no card machine that is not available/,
    ),
    passes(
      'it was told so later',
      listed('InUse')
        .call('GET', '/terminals', list('Available'))
        .shows({ cardMachines: ['VCMSIP0, free'] }),
      /reported no card machine that is not available/,
    ),
    fails(
      'it is in use',
      listed('InUse').shows({ cardMachines: ['VCMSIP1, in use', 'VCMSIP0, available'] }),
      /"VCMSIP0, available" of a card machine that is InUse/,
    ),
    fails(
      'a later list was refused',
      listed('Offline')
        .call('GET', '/terminals', { status: 500, answer: [] })
        .shows({ cardMachines: ['VCMSIP0: ready'] }),
      /"VCMSIP0: ready" of a card machine that is Offline/,
    ),
    passes(
      'the API tells no status of it, or a status of none',
      new Story()
        .call('GET', '/terminals', {
          answer: [
            { id: 'tm_1', properties: { tid: 'VCMSIP0' } },
            { id: 'tm_2', status: 'InUse' },
          ],
        })
        .shows({ cardMachines: ['VCMSIP0, available'] }),
      /reported no card machine that is not available/,
    ),
    fails('nothing was seen of it', listed('InUse'), /Not testable/),
    fails(
      'it was available in the list, and a sale on it was refused since',
      refusedOn(listed('Available')).shows({ cardMachines: ['VCMSIP0, available'] }),
      /"VCMSIP0, available" of a card machine that is not available, by the answer 404/,
    ),
    fails(
      'it was never listed, and a sale on it was refused',
      refusedOn(new Story().choose('SIP0'), 'SIP0').shows({ cardMachines: ['VCMSIP0 ready'] }),
      /that is not available, by the answer 404/,
    ),
    passes(
      'it was listed as available again after that',
      refusedOn(listed('Available'))
        .call('GET', '/terminals', list('Available'))
        .shows({ cardMachines: ['VCMSIP0, available'] }),
      /reported no card machine that is not available/,
    ),
    passes(
      'a sale was refused for another reason',
      refusedOn(listed('Available'), 'tm_1', 'Payment intent for the terminal not found').shows({
        cardMachines: ['VCMSIP0, available'],
      }),
      /reported no card machine that is not available/,
    ),
  ],
  'says-check-machine': [
    ...speaks('Check the card machine'),
    passes(
      'that is one of the things to do',
      shown({ notice: 'Check the card machine or check the API key' }),
      /"Check the card machine or check the API key"/,
    ),
  ],
  'shows-cancel-refused': [
    passes(
      'a notice says why',
      aSale().shows({}).act({ name: 'cancel' }).shows({ notice: 'The payment cannot be cancelled any more' }),
      /cannot be cancelled/,
    ),
    fails(
      'it says nothing',
      aSale().shows({}).act({ name: 'cancel' }).shows({ prompt: 'x' }),
      /nothing about it/,
    ),
    fails(
      'it says that it was cancelled',
      aSale().shows({}).act({ name: 'cancel' }).shows({ outcome: 'Payment cancelled' }),
      /"Payment cancelled"/,
    ),
  ],
  'asks-for-signature': [
    passes(
      'it asks while the session waits',
      signatureAsked().shows(open).wait(1000).poll('Captured').shows(closed),
      /"Verify the signature", 0\.30 s after the API reported it/,
    ),
    fails(
      'it ignores it',
      signatureAsked().shows({ prompt: 'Please wait' }).poll('Captured'),
      /shows nothing/,
    ),
    fails(
      'it asks only when all is over',
      signatureAsked().poll('Captured').wait(1000).shows(open),
      /shows "Verify the signature"/,
    ),
    fails(
      'it shows it as a failure',
      signatureAsked().shows({ outcome: 'Declined' }).poll('Captured'),
      /"Declined"/,
    ),
    passes(
      'the session began with it',
      aSale().shows({}).session({ status: 'SignatureVerificationRequired' }).shows(open).poll('Captured'),
      /"Verify the signature", 0\.00 s after the API reported it/,
    ),
    fails('no poll said so', aPaidSale().shows(open), /Not testable: no poll of the till saw/),
    fails('there is no session', new Story().shows(open), /Not testable/),
  ],
  'offers-accept-and-reject': [
    passes('both are offered', signatureAsked().shows(open), /offers Accept, Reject/),
    passes(
      'both were offered, and the dialogue is closed',
      signatureAsked().shows(open).shows(closed),
      /offers Accept, Reject/,
    ),
    fails(
      'it can only be accepted',
      signatureAsked().shows({ dialogues: [{ text: 'Verify the signature', options: ['Accept'] }] }),
      /offers Accept$/,
    ),
    fails('there is no dialogue', signatureAsked().shows({}), /there is no such dialogue/),
    fails(
      'another dialogue offers both',
      signatureAsked().shows({ dialogues: [{ text: 'Print a receipt?', options: ['Yes', 'No'] }] }),
      /there is no such dialogue/,
    ),
  ],
  'dialogue-survives': [
    passes(
      'it is open until the end',
      signatureAsked().shows(open).wait(70_000).poll('Captured').shows(closed),
      /open for at least 70\.\d+ s/,
    ),
    fails(
      'it closes by itself',
      signatureAsked().shows(open).wait(5000).shows(closed).wait(5000).poll('Captured'),
      /it closed 5\.00 s after it opened/,
    ),
    passes(
      'it was open for a moment before the till was told',
      aSale()
        .shows(open)
        .shows(closed)
        .poll('SignatureVerificationRequired')
        .shows(open)
        .wait(5000)
        .poll('Captured')
        .shows(closed),
      /open for at least 5\.\d+ s/,
    ),
    passes(
      'it is open still',
      signatureAsked().shows(open).wait(1999).shows({ prompt: 'Please wait' }).wait(5000),
      /open for at least 2\.00 s/,
    ),
    fails('it never opens', signatureAsked().poll('Captured'), /the dialogue never opened/),
    fails('no signature was asked for', aPaidSale(), /Not testable/),
  ],
  'offers-record-and-retry': [
    passes(
      'both are offered',
      shown({ dialogues: [unconfirmedDialogue] }),
      /offers Record by hand, Try again/,
    ),
    fails(
      'only one is offered',
      shown({ dialogues: [{ text: 'The result cannot be confirmed', options: ['Try again'] }] }),
      /offers Try again/,
    ),
    fails('there is no dialogue', shown({ outcome: 'Declined' }), /there is no such dialogue/),
  ],
  'key-changeable': [
    passes('two keys are entered', new Story().configure('a').configure('b'), /2 different keys/),
    fails('the same is entered twice', new Story().configure('a').configure('a'), /1 different keys/),
    fails(
      'the second cannot be entered',
      new Story().configure('a').configure('b', { answer: 'failed', reason: 'no such field' }),
      /1 different keys/,
    ),
  ],
  'terminals-offered': [
    passes(
      'each is offered',
      shown({ cardMachines: ['Bar VCM1', 'Hall VCM2'] }),
      /offers Bar VCM1, Hall VCM2/,
      {
        params: { tids: ['VCM1', 'VCM2'] },
      },
    ),
    passes(
      'a TID can be entered',
      new Story().shows({}).choose('1').choose('2'),
      /2 card machines could be chosen/,
      {
        params: { tids: ['VCM1', 'VCM2'] },
      },
    ),
    fails('nothing was seen of it', new Story().configure(), /0 card machines could be chosen/, {
      params: { tids: ['VCM1', 'VCM2'] },
    }),
    fails('one is missing', shown({ cardMachines: ['VCM1'] }), /offers VCM1/, {
      params: { tids: ['VCM1', 'VCM2'] },
    }),
    fails(
      'none is offered, and choosing fails',
      new Story().shows({}).choose('1').choose('2', { answer: 'failed', reason: 'it is not there' }),
      /1 card machine could be chosen/,
      { params: { tids: ['VCM1', 'VCM2'] } },
    ),
  ],
  'shows-part-of-refund': [
    passes('it says so with the amount', shown({ text: 'Partially refunded: £4.00' }), /shows/, partly),
    passes(
      'it says so of the money',
      shown({ outcome: 'Part of the money returned', text: 'Part of the money returned\n£4.00' }),
      /Part of the money/,
      partly,
    ),
    passes('it says of how much', shown({ text: 'Refunded £4.00 of £10.00' }), /shows/, partly),
    fails('it says so of no more', shown({ text: 'Refunded £4.00 of £4.00' }), /shows/, partly),
    passes(
      'it says so in a line of its own, beside a control for it',
      partRefunded({ text: 'Part of it\nRefunded in part £4.00' }),
      /shows/,
      partly,
    ),
    fails(
      'only a control that stood there before says so',
      partRefunded({ text: 'Part of it\nRefunded £4.00' }),
      /shows/,
      partly,
    ),
    fails(
      'it says that all was refunded',
      shown({ notice: 'Refunded: £4.00' }),
      /shows "Refunded: £4\.00"/,
      partly,
    ),
    fails(
      'it comes to say that all was refunded',
      shown({ notice: 'Wait' }).shows({ notice: 'Wait on' }).shows({ notice: 'Refunded: £4.00' }),
      /shows "Refunded: £4\.00"/,
      partly,
    ),
    fails('it says another amount', shown({ text: 'Partially refunded: £6.00' }), /shows/, partly),
    fails('it says nothing', shown({}), /shows nothing/, partly),
  ],
  'shows-new-amount': [
    passes(
      'it comes to show it',
      aSale().shows({ text: '10.00' }).act({ name: 'changeAmount', amount: 1500 }).shows({ text: '£15.00' }),
      /shows 15\.00/,
      changed,
    ),
    passes(
      'it comes to show it, and something else is done',
      aSale()
        .shows({ text: '10.00' })
        .act({ name: 'changeAmount', amount: 1500 })
        .shows({ text: '£15.00' })
        .act({ name: 'listTerminals' }),
      /shows 15\.00/,
      changed,
    ),
    fails(
      'it shows the old one',
      aSale().shows({ text: '10.00' }).act({ name: 'changeAmount', amount: 1500 }).shows({ text: '£10.00 ' }),
      /15\.00 is not shown/,
      changed,
    ),
    fails(
      'it stood there before',
      aSale().shows({ text: '15.00' }).act({ name: 'changeAmount', amount: 1500 }).shows({ text: '£15.00' }),
      /stood there before/,
      changed,
    ),
  ],
  'shows-refusal': [
    passes(
      'it shows the reason',
      refused().shows({ text: 'The status Captured does not allow this change.' }),
      /does not allow this change/,
    ),
    fails('it shows an error of its own', refused().shows({ text: 'Something went wrong' }), /is not shown/),
    fails(
      'the API gives no reason at all',
      aSale()
        .act({ name: 'changeAmount', amount: 1500 })
        .call('POST', '/payment-intents/pi_1/amount', { status: 400 })
        .shows({ text: 'Not allowed' }),
      /nothing is not shown/,
    ),
    fails('it shows only a word of it', refused().shows({ text: 'change.' }), /is not shown/),
    passes(
      'the API puts a space before it',
      aSale()
        .act({ name: 'changeAmount', amount: 1500 })
        .call('POST', '/payment-intents/pi_1/amount', { status: 400, answer: { detail: ' It is paid.' } })
        .shows({ text: 'It is paid.' }),
      /It is paid/,
    ),
    reviews(
      'the till sent a change that nobody asked for',
      aSale().call('POST', '/payment-intents/pi_1/amount', { status: 400 }).shows({ text: 'x' }),
      /there was no error to show/,
    ),
    reviews(
      'nothing was sent',
      aSale().act({ name: 'changeAmount', amount: 1500 }).shows({ text: 'x' }),
      /there was no error to show/,
    ),
    passes('the till does not offer it', notOffering().shows({ text: 'x' }), /does not offer it, it is paid/),
    fails(
      'the till does not offer it, and says that it was done',
      notOffering().shows({ notice: 'Amount changed to £15.00' }),
      /sent no change, and shows/,
    ),
  ],
  'shows-refusal-if-sent': [
    passes(
      'it shows the reason',
      refused().shows({ text: 'Invalid request for payment.' }),
      /Invalid request/,
    ),
    passes('nothing was sent', aSale().act({ name: 'changeAmount', amount: 0 }), /nothing was sent/),
    fails('it hides the reason', refused().shows({ text: 'OK' }), /is not shown/),
  ],
  'item-lines-shown': [
    passes(
      'all of it is shown',
      shown({ text: 'Flat white 3.00\nBagel 2.50\n-£0.50' }),
      /all lines are shown/,
      basket,
    ),
    ...['-£0,50', '−0.50 £', '- £ 0.50', '(£0.50)', '-GBP 0.50', '£-0.50', '0.50-'].map((words) =>
      passes(
        `the discount is shown as ${words}`,
        shown({ text: `Flat white 3.00\nBagel 2.50\n${words}` }),
        /the discount is shown/,
        basket,
      ),
    ),
    passes(
      'the discount was shown last, and then something else',
      shown({ text: 'Flat white 3.00\nBagel 2.50\n-£0.50' }).shows({ text: '2 items' }),
      /the discount is shown/,
      basket,
    ),
    fails('a line is not shown', shown({ text: 'Flat white 3.00\n-£0.50' }), /not shown: Bagel/, basket),
    fails(
      'another discount is shown',
      shown({ text: 'Flat white 3.00\nBagel 2.50\n-£10.50' }),
      /discount is not shown/,
      basket,
    ),
    fails(
      'the discount has no minus',
      shown({ text: 'Flat white\nBagel\n£0.50' }),
      /discount is not shown/,
      basket,
    ),
  ],
  'ledger-has-sale': [
    passes('it stands there', journal(entry()), /Paid £10\.00/, { params: { total: 1000 } }),
    fails('another total stands there', journal(entry({ total: 900 })), /Paid £9\.00/, {
      params: { total: 1000 },
    }),
    fails('a person wrote it', journal(entry({ manual: true })), /recorded by hand/, {
      params: { total: 1000 },
    }),
    fails('it stood there before the sale', journal(), /no new entry/, { params: { total: 1000 } }),
  ],
  'ledger-has-cashback': [
    passes('it stands there', journal(entry({ cashback: 500, total: 1500 })), /with cashback of £5\.00/, {
      params: { cashback: 500, total: 1500 },
    }),
    fails('it is folded in', journal(entry({ total: 1500 })), /Paid £15\.00$/, {
      params: { cashback: 500, total: 1500 },
    }),
    fails('there is no entry', journal(), /no new entry/, { params: { cashback: 500, total: 1500 } }),
  ],
  'ledger-has-tip': [
    passes('it stands there', journal(entry({ tip: 150, total: 1150 })), /with a tip of £1\.50/, {
      params: { tip: 150, total: 1150 },
    }),
    fails('the tip is lost', journal(entry()), /Paid £10\.00$/, { params: { tip: 150, total: 1150 } }),
  ],
  'ledger-has-machine-tip': [
    passes('it stands there', journal(entry({ tip: 200, total: 1200 })), /with a tip of £2\.00/, {
      params: { tip: 200, total: 1200 },
    }),
    fails('what was asked for stands there', journal(entry()), /Paid £10\.00$/, {
      params: { tip: 200, total: 1200 },
    }),
  ],
  'ledger-has-manual-sale': [
    passes('a person wrote it', journal(entry({ manual: true, words: 'By hand' })), /recorded by hand/, {
      params: { total: 1000 },
    }),
    fails('it stands there as paid', journal(entry()), /Paid £10\.00$/, { params: { total: 1000 } }),
    fails('there is no entry', journal(), /no new entry/, { params: { total: 1000 } }),
  ],
  'ledger-has-manual-refund': [
    passes(
      'a person wrote it',
      journal(entry({ kind: 'refund', manual: true, words: 'By hand' })),
      /recorded by hand/,
      { params: { total: 1000 } },
    ),
    passes(
      'it stands there with a minus',
      journal(entry({ kind: 'refund', manual: true, words: 'By hand', total: -1000 })),
      /recorded by hand/,
      { params: { total: 1000 } },
    ),
    fails('a sale stands there', journal(entry({ manual: true })), /recorded by hand/, {
      params: { total: 1000 },
    }),
    fails(
      'another amount stands there',
      journal(entry({ kind: 'refund', manual: true, total: 100 })),
      /£1\.00/,
      {
        params: { total: 1000 },
      },
    ),
    fails('no person wrote it', journal(entry({ kind: 'refund', words: 'Refunded' })), /Refunded £10\.00$/, {
      params: { total: 1000 },
    }),
    fails('there is no entry', journal(), /no new entry/, { params: { total: 1000 } }),
  ],
  'prompts-shown': [
    fails(
      'one text stands for all of them',
      threePrompts('Present card · Insert card · Enter PIN · Remove card').sessionIs('Captured'),
      /which stands for PresentCard, EnterPin, RemoveCard at once/,
    ),
    passes(
      'one text stands for two of them, and for two ways to present the card',
      threePrompts('Present card · Insert card', 'Insert card · Enter PIN', 'Remove card').sessionIs(
        'Captured',
      ),
      /shown live/,
    ),
    passes(
      'one text stands for two ways to present the card, and for what comes next',
      aSale()
        .poll('Initiated', 'PresentCard', 'InsertCard', 'PresentOnlyOneCard', 'ReEnterCard')
        .shows({ prompt: 'Present card · Insert card · Only one card · Insert card again · Enter PIN' })
        .wait(3000)
        .poll('Initiated', 'EnterPin')
        .wait(3000)
        .poll('Captured')
        .sessionIs('Captured'),
      /shown live/,
    ),
    passes(
      'each has its own text',
      threePrompts('Present card', 'Enter PIN', 'Remove card').sessionIs('Captured'),
      /shown live: PresentCard, EnterPin, RemoveCard/,
    ),
    passes(
      'it is shown while it lasts',
      prompted(3000, { prompt: 'Present card' }),
      /shown live: PresentCard/,
    ),
    fails(
      'something else is shown',
      prompted(3000, { prompt: 'Please wait' }),
      /never shown while it lasted: PresentCard/,
    ),
    fails(
      'it is shown when it is over',
      prompted(3000, {}).shows({ prompt: 'Present card' }),
      /never shown while it lasted: PresentCard/,
    ),
    fails(
      'a signature ended it',
      aSale()
        .poll('Initiated', 'PresentCard')
        .shows({ prompt: 'Please wait' })
        .wait(3000)
        .poll('SignatureVerificationRequired')
        .sessionIs('SignatureVerificationRequired'),
      /never shown while it lasted: PresentCard/,
    ),
    fails(
      'it came after the signature',
      aSale()
        .poll('SignatureVerificationRequired')
        .wait(10)
        .poll('SignatureVerificationAccepted', 'RemoveCard')
        .shows({ prompt: 'Please wait' })
        .wait(3000)
        .poll('Captured')
        .sessionIs('Captured'),
      /never shown while it lasted: RemoveCard/,
    ),
    fails(
      'the signature was asked for in the same moment',
      aSale()
        .poll('SignatureVerificationRequired', 'PleaseWait')
        .wait(3000)
        .poll('Captured')
        .sessionIs('Captured'),
      /Not testable: no prompt lasted long/,
    ),
    fails(
      'nobody knows how long it lasted',
      aSale().poll('Initiated', 'PresentCard').shows({ prompt: 'Please wait' }),
      /Not testable: no prompt lasted long/,
    ),
    fails(
      'the API tells nothing of the session but its id',
      new Story()
        .shows({})
        .sale()
        .call('POST', '/terminal-sessions', { answer: { id: 'ts_1' } }),
      /Not testable: no prompt lasted long/,
    ),
    fails(
      'the display is frozen at the first prompt, and the later ones are short',
      shortOnes('Present card'),
      /never shown while it lasted: PleaseWait or EnterPin or RemoveCard/,
    ),
    passes(
      'of short ones that follow each other one is shown, a second late',
      shortOnes('Present card', 'Enter PIN'),
      /shown live: PresentCard, PleaseWait or EnterPin or RemoveCard/,
    ),
    fails(
      'no prompt lasts',
      prompted(100, { prompt: 'Present card' }),
      /Not testable: no prompt lasted long/,
    ),
  ],
  'prompts-cleared': [
    passes(
      'it is gone',
      prompted(3000, { prompt: 'Present card' }).shows({ prompt: null }),
      /no prompt was left/,
    ),
    passes(
      'the card may still be in',
      aSale()
        .poll('Initiated', 'EnterPin')
        .shows({ prompt: 'Enter PIN' })
        .poll('Initiated', 'RemoveCard')
        .shows({ prompt: 'Remove card' })
        .poll('Captured', 'EnterPin', 'RemoveCard')
        .wait(6000)
        .shows({ prompt: 'Remove card', outcome: 'Paid' }),
      /no prompt was left/,
    ),
    passes(
      'what the card machine says of the end stays',
      aSale().poll('Captured').wait(6000).shows({ prompt: 'Approved' }),
      /no prompt was left/,
    ),
    passes(
      'it stood there still when the next sale began at once',
      aSale()
        .poll('Initiated', 'PresentCard')
        .shows({ prompt: 'Present card' })
        .poll('Captured')
        .sale()
        .intent()
        .session()
        .poll('Initiated')
        .shows({ prompt: null })
        .poll('Captured'),
      /no prompt was left/,
    ),
    fails(
      'the first one stays',
      aSale()
        .poll('Initiated', 'PresentCard')
        .shows({ prompt: 'Present card' })
        .poll('Captured')
        .shows({ prompt: 'Present card', outcome: 'Paid' })
        .wait(6000)
        .shows({ prompt: 'Present card', outcome: 'Paid' }),
      /still shows "Present card" after the end/,
    ),
    fails(
      'the last one stays of a sale that was cancelled',
      aSale()
        .poll('Initiated', 'PresentCard')
        .shows({ prompt: 'Present card' })
        .poll('Canceled')
        .wait(6000)
        .shows({ prompt: 'Present card' }),
      /still shows "Present card" after the end/,
    ),
    fails(
      'one stayed until the next sale, long after',
      aSale()
        .poll('Initiated', 'PresentCard')
        .shows({ prompt: 'Present card' })
        .poll('Captured')
        .wait(6000)
        .sale()
        .intent()
        .session()
        .shows({ prompt: null })
        .poll('Captured'),
      /still shows "Present card" after the end/,
    ),
    fails(
      'it has had no time to go',
      aSale().poll('Initiated', 'PresentCard').shows({ prompt: 'Present card' }).poll('Captured'),
      /Not testable: no session has ended, with time/,
    ),
    fails('no session has ended', aSale().poll('Initiated', 'PresentCard'), /Not testable/),
  ],
  'nothing-else-claimed': [
    passes('the page says nothing besides', aPaidSale(), /no other text/),
    passes(
      'another text says what is so',
      aPaidSale().shows({ beside: [{ text: 'Payment approved', near: '' }] }),
      /no other text/,
    ),
    reviews(
      'another text says that it was approved, and it was cancelled',
      aSale()
        .poll('Canceled')
        .shows({ outcome: 'Cancelled', beside: [{ text: 'PAYMENT APPROVED', near: '' }] }),
      /the page says "PAYMENT APPROVED" \(Captured\) when the session was Canceled/,
    ),
    reviews(
      'another text says that it was declined, and it was captured',
      aPaidSale().shows({ beside: [{ text: 'Payment declined', near: '' }] }),
      /"Payment declined" \(Declined\) when the session was Captured/,
    ),
    ...(
      [
        ['Pago rechazado', 'Spanish'],
        ['Pagamento rifiutato', 'Italian'],
        ['Paiement refusé', 'French'],
        ['Die Zahlung wurde abgelehnt', 'German'],
        ['Betaling geweigerd', 'Dutch'],
        ['O seu pagamento foi recusado', 'Portuguese'],
      ] as const
    ).map(([text, language]) =>
      reviews(
        `another text says in ${language} that it was declined, and it was captured`,
        aPaidSale().shows({ beside: [{ text, near: '' }] }),
        new RegExp(`"${text}" \\(Declined\\) when the session was Captured`),
      ),
    ),
    ...['Nicht abgelehnt', 'Letzte Zahlung abgelehnt', 'Abgelehnte Zahlungen', 'Pago', 'Wird abgelehnt'].map(
      (text) =>
        passes(
          `"${text}" states nothing of it`,
          aSale()
            .poll('Captured')
            .shows({ outcome: 'Bezahlt', beside: [{ text, near: '' }] }),
          /no other text/,
        ),
    ),
    passes(
      'a text of another language says what is so',
      aPaidSale().shows({ beside: [{ text: 'Zahlung erfolgreich, vielen Dank', near: '' }] }),
      /no other text/,
    ),
    reviews(
      'another text says too early that it is paid',
      aSale()
        .poll('Initiated')
        .shows({ beside: [{ text: 'Paid', near: '' }] })
        .poll('Captured'),
      /"Paid" \(Captured\) when the session was Initiated/,
    ),
  ],
  'shows-nothing-false': [
    passes('each result was told before', aPaidSale(), /no result was shown before it was so/),
    passes('no result is shown', aSale().shows({ prompt: 'Present card' }), /no result/),
    passes(
      'a notice quotes what the API refused',
      aPaidSale()
        .call('POST', '/payment-intents/pi_1/amount', {
          status: 400,
          answer: { detail: 'The status `Refunded` does not allow this change.' },
        })
        .shows({ notice: 'The status Refunded does not allow this change.' }),
      /no result/,
    ),
    ...[
      '£10.00 will be refunded to the card. Press OK to go on.',
      'Amount to be refunded',
      'Are you sure you want this payment refunded?',
    ].map((text) =>
      passes(
        `a dialogue says "${text}"`,
        aPaidSale()
          .act({ name: 'refundIntent' })
          .shows({ dialogues: [{ text, options: ['OK', 'Cancel'] }] }),
        /no result/,
      ),
    ),
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
    passes(
      'a dialogue tells what happens if',
      aSale()
        .shows({})
        .poll('SignatureVerificationRequired')
        .shows({
          dialogues: [
            { text: 'Compare it. If it does not match the payment will be declined.', options: ['Accept'] },
          ],
        }),
      /no result/,
    ),
    passes(
      'a dialogue that knows no result offers to record one',
      aSale()
        .shows({})
        .poll('Expired')
        .shows({
          dialogues: [{ text: 'It cannot be confirmed. Look. Record as paid', options: ['Record as paid'] }],
        }),
      /no result/,
    ),
    passes(
      'a control of a dialogue is named for a result',
      aSale()
        .shows({})
        .poll('Initiated')
        .shows({
          dialogues: [
            { text: 'Choose. Mark as paid Card declined', options: ['Mark as paid', 'Card declined'] },
          ],
        }),
      /no result/,
    ),
    fails(
      'a notice says paid, and then asks for something else',
      aSale().shows({}).poll('Initiated').shows({ notice: 'Payment approved. Print receipt?' }),
      /showed "Payment approved\. Print receipt\?" \(Captured\)/,
    ),
    passes(
      'a notice speaks of what was cancelled',
      aSale().shows({}).poll('Initiated').shows({ notice: 'Your order of napkins was cancelled' }),
      /no result/,
    ),
    fails(
      'a notice says authorised before it was so',
      aSale().shows({}).poll('Initiated').shows({ notice: 'Payment authorised' }),
      /showed "Payment authorised" \(Authorized\)/,
    ),
    fails(
      'a notice says what the API refuses only later',
      aSale()
        .shows({})
        .shows({ notice: 'It was refunded.' })
        .call('POST', '/payment-intents/pi_1/amount', {
          status: 400,
          answer: { detail: 'It was refunded.' },
        }),
      /showed "It was refunded\."/,
    ),
    fails(
      'a notice says paid after a refusal without a reason',
      aSale()
        .shows({})
        .call('POST', '/payment-intents/pi_1/amount', { status: 400 })
        .shows({ notice: 'Payment approved' }),
      /showed "Payment approved"/,
    ),
    passes(
      'a notice quotes what the API refused with a line break after it',
      aSale()
        .shows({})
        .call('POST', '/payment-intents/pi_1/amount', {
          status: 400,
          answer: { detail: 'It was refunded.\n' },
        })
        .shows({ notice: 'Not changed: It was refunded. Call us.' }),
      /no result/,
    ),
    fails(
      'a dialogue has the payment recorded by hand, and everything was answered',
      aSale()
        .shows({})
        .poll('Initiated')
        .shows({ dialogues: [unconfirmedDialogue] }),
      /showed "The result cannot be confirmed" \(Unconfirmed\) when the session was Initiated/,
    ),
    passes(
      'a dialogue knows no result, and has nothing recorded',
      aSale()
        .shows({})
        .poll('Initiated')
        .shows({ dialogues: [{ ...unconfirmedDialogue, options: ['Wait'] }] }),
      /no result/,
    ),
    passes(
      'a dialogue has the payment recorded by hand, and stands there still when the next is begun',
      aSale()
        .shows({})
        .poll('Expired')
        .shows({ dialogues: [unconfirmedDialogue] })
        .sale()
        .shows({ prompt: 'x' }),
      /no result/,
    ),
    reviews(
      'the API tells a status that nobody knows, and another attempt follows',
      aSale()
        .shows({})
        .poll('Settled' as 'Captured')
        .shows({ outcome: 'Paid' })
        .act({ name: 'retry' })
        .session(),
      /when the session was Settled/,
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
    fails(
      'the result of the payment before comes back once the next has begun',
      paidAndCleared().sale().intent().wait(100).shows({ outcome: 'Paid' }),
      /"Paid" \(Captured\) of the payment before, when the next one had begun and nothing of it was known$/,
    ),
    passes(
      'the sale says paid on the way to a refund without a payment',
      paidAndCleared()
        .act({ name: 'unlinkedRefund', amount: 500, currency: 'GBP' })
        .shows({ outcome: 'Paid' })
        .session({ type: 'UnlinkedRefund', amount: 500 }),
      /no result/,
    ),
    passes(
      'the sale says paid on the way to a refund that is never sent, and another sale follows',
      paidAndCleared().act({ name: 'refundIntent' }).shows({ outcome: 'Paid' }).sale(1200).intent().session(),
      /no result/,
    ),
    passes(
      'polls alone told that it was paid, and it says so on the way to its refund',
      refundSent(
        aSale()
          .poll('Captured')
          .shows({ outcome: 'Paid' })
          .shows({ outcome: null })
          .act({ name: 'refundIntent' })
          .shows({ outcome: 'Paid' }),
      ),
      /no result/,
    ),
    fails(
      'the sale says paid anew when its refund was made, and a second is on its way',
      refundSent(paidAndCleared().act({ name: 'refundIntent' }))
        .shows({ outcome: 'Paid' })
        .session({ type: 'MatchedRefund' }),
      /showed "Paid"/,
    ),
    passes(
      'the first sale says paid on the way to its refund, after a second that was declined',
      refundSent(secondDeclined().act({ name: 'refundIntent' }).shows({ outcome: 'Paid' })),
      /no result/,
    ),
    fails(
      'the second sale says declined on the way to the refund of the first',
      refundSent(secondDeclined().act({ name: 'refundIntent' }).shows({ outcome: 'Declined' })),
      /showed "Declined"/,
    ),
    fails(
      'the second sale is tried again, and says paid as the first was',
      secondDeclined().act({ name: 'retry' }).shows({ outcome: 'Paid' }),
      /showed "Paid"/,
    ),
    fails(
      'what was never begun is tried again, and says that it does not know',
      new Story()
        .shows({})
        .call('GET', '/payment-intents/pi_1', { status: 500 })
        .act({ name: 'retry' })
        .shows({ outcome: 'Result unknown' }),
      /showed "Result unknown"/,
    ),
    fails(
      'paid is shown anew when the next attempt is under way',
      aSale()
        .poll('Captured')
        .shows({ outcome: 'Paid' })
        .shows({ outcome: null })
        .act({ name: 'retry' })
        .session()
        .shows({ outcome: 'Paid' }),
      /showed "Paid"/,
    ),
    passes(
      'trying again finds that the first attempt was authorised after all',
      aSale()
        .poll('Expired')
        .shows({ outcome: 'Result unknown' })
        .act({ name: 'retry' })
        .session({ refused: 409 })
        .poll('Authorized')
        .shows({ outcome: 'Authorised' }),
      /no result/,
    ),
    passes(
      'trying again finds that the first attempt was paid, with a payment intent that was made before',
      declinedOnce()
        .sale()
        .session()
        .poll('Expired')
        .shows({ outcome: 'Result unknown' })
        .act({ name: 'retry' })
        .intent()
        .session()
        .readIntent('pi_1')
        .shows({ outcome: 'Paid' }),
      /no result/,
    ),
    fails(
      'paid is shown of the second sale on a reading of the first, which is refunded later',
      refundSent(secondSale().readIntent('pi_1').shows({ outcome: 'Paid' }).act({ name: 'refundIntent' })),
      /showed "Paid"/,
    ),
    fails(
      'paid is shown of the second sale on a capture of the first',
      secondSale()
        .call('POST', '/payment-intents/pi_1/captures', { answer: { captureId: 'ca_1' } })
        .shows({ outcome: 'Paid' }),
      /showed "Paid"/,
    ),
    fails(
      'refunded is shown of a sale on a poll of the refund before',
      new Story()
        .shows({})
        .act({ name: 'unlinkedRefund', amount: 500, currency: 'GBP' })
        .session({ type: 'UnlinkedRefund', amount: 500 })
        .sale()
        .intent()
        .poll('Captured')
        .shows({ outcome: 'Refunded' }),
      /showed "Refunded"/,
    ),
    passes(
      'the payment intent alone said so of the first of two sales',
      new Story()
        .shows({})
        .sale()
        .intent()
        .readIntent()
        .shows({ outcome: 'Paid' })
        .sale()
        .shows({ outcome: null }),
      /no result/,
    ),
    fails(
      'it was switched off and on again before the sale, and says that it does not know',
      new Story()
        .configure()
        .shows({})
        .restart()
        .sale()
        .intent()
        .session()
        .shows({ outcome: 'Result unknown' }),
      /showed "Result unknown"/,
    ),
    fails(
      'it says that it does not know, and is switched off and on again later',
      aSale().shows({}).poll('Initiated').shows({ outcome: 'Result unknown' }).restart(),
      /showed "Result unknown"/,
    ),
    passes(
      'the sale says paid on the way to its refund',
      refundSent(paidAndCleared().act({ name: 'refundIntent' }).shows({ outcome: 'Paid' })),
      /no result/,
    ),
    passes(
      'that is on the way to a refund on the card machine',
      paidAndCleared()
        .act({ name: 'matchedRefund' })
        .shows({ outcome: 'Paid' })
        .session({ type: 'MatchedRefund' }),
      /no result/,
    ),
    fails(
      'the sale says paid anew when its refund is under way',
      paidAndCleared()
        .act({ name: 'matchedRefund' })
        .session({ type: 'MatchedRefund' })
        .shows({ outcome: 'Paid' }),
      /showed "Paid"/,
    ),
    fails(
      'another payment was paid than the one that is refunded',
      paidAndCleared()
        .sale(1200)
        .intent()
        .session()
        .poll('Declined')
        .shows({ outcome: 'Declined' })
        .act({ name: 'refundIntent' })
        .shows({ outcome: 'Authorised' }),
      /showed "Authorised"/,
    ),
    fails(
      'paid is shown of the second sale on a poll of the first',
      secondSale()
        .call('GET', '/terminal-sessions/ts_1', { answer: { id: 'ts_1', status: 'Captured' } })
        .shows({ outcome: 'Paid' }),
      /showed "Paid" \(Captured\) when the session was InitiateRequested/,
    ),
    fails(
      'paid is shown of the second sale on a reading of the first',
      secondSale().readIntent('pi_1').shows({ outcome: 'Paid' }),
      /showed "Paid"/,
    ),
    passes(
      'a payment intent that was made before is paid with the second sale',
      aSale()
        .poll('Declined')
        .shows({ outcome: 'Declined' })
        .sale()
        .shows({ outcome: null })
        .session()
        .poll('Captured')
        .readIntent()
        .shows({ outcome: 'Paid' }),
      /no result/,
    ),
    fails(
      'declined is shown anew when the next attempt is under way',
      aSale()
        .poll('Declined')
        .shows({ outcome: 'Declined' })
        .act({ name: 'retry' })
        .session()
        .shows({ outcome: null })
        .shows({ outcome: 'Declined' }),
      /showed "Declined"/,
    ),
    passes(
      'the result of the first attempt is shown again until the next is begun',
      aSale()
        .poll('Declined')
        .shows({ outcome: 'Declined' })
        .act({ name: 'retry' })
        .shows({ outcome: null })
        .shows({ outcome: 'Declined' })
        .session(),
      /no result/,
    ),
    passes(
      'trying again finds that the first attempt was paid after all',
      aSale()
        .poll('Expired')
        .shows({ outcome: 'Result unknown' })
        .act({ name: 'retry' })
        .readIntent()
        .shows({ outcome: 'Paid' }),
      /no result/,
    ),
    passes(
      'such a sale is found paid when a further attempt was refused',
      aSale()
        .poll('Expired')
        .shows({ outcome: 'Result unknown' })
        .act({ name: 'retry' })
        .session({ refused: 409 })
        .readIntent()
        .shows({ outcome: 'Paid' }),
      /no result/,
    ),
    passes(
      'trying again finds that the first refund was made after all',
      new Story()
        .shows({})
        .act({ name: 'unlinkedRefund', amount: 500, currency: 'GBP' })
        .session({ type: 'UnlinkedRefund', amount: 500 })
        .poll('Expired')
        .shows({ outcome: 'Result unknown' })
        .act({ name: 'retry' })
        .session({ refused: 409 })
        .poll('Captured')
        .shows({ outcome: 'Refunded' }),
      /no result/,
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
    passes(
      'it was switched off and on again, and says that it does not know',
      aSale().shows({}).poll('Initiated').restart().shows({ outcome: 'Result cannot be confirmed' }),
      /no result/,
    ),
    fails(
      'it says that it does not know, and everything was answered',
      aSale().shows({}).poll('Initiated').shows({ outcome: 'Result cannot be confirmed' }),
      /\(Unconfirmed\) when the session was Initiated/,
    ),
    passes('a dialogue asks', aSale().shows({}).shows({ notice: 'Was the payment declined?' }), /no result/),
    passes(
      'a notice says that it could not be cancelled, for it was paid',
      aSale().shows({}).shows({ notice: 'It cannot be cancelled: declined' }),
      /no result/,
    ),
    fails(
      'a notice says paid before it was so',
      aSale().shows({}).poll('Initiated').shows({ notice: 'Payment approved' }),
      /showed "Payment approved" \(Captured\) when the session was Initiated/,
    ),
    fails(
      'a dialogue says declined while the result line says paid',
      aPaidSale().shows({ dialogues: [{ text: 'Card declined', options: ['OK'] }] }),
      /showed "Card declined" \(Declined\) when the session was Captured/,
    ),
    passes(
      'a rejected signature is shown as declined',
      aSale().shows({}).poll('SignatureVerificationRejected').shows({ outcome: 'Declined' }),
      /no result/,
    ),
    passes(
      'the payment intent alone said so',
      aSale().shows({}).readIntent().shows({ outcome: 'Paid' }),
      /no result/,
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
      'the result is of the sale before',
      aPaidSale().sale().intent().shows({ outcome: null }).shows({ outcome: 'Paid' }),
      /showed "Paid"/,
    ),
    fails(
      'a result is shown before there is a session',
      new Story().shows({}).sale().shows({ outcome: 'Paid' }),
      /when the session was not yet created/,
    ),
    fails(
      'a refund is shown as refunded before the API has said it',
      aPaidSale()
        .act({ name: 'matchedRefund' })
        .session({ type: 'MatchedRefund' })
        .shows({ outcome: 'Refunded' }),
      /showed "Refunded"/,
    ),
  ],
  'ledger-agrees': [
    passes('the payment stands there once', captured([entry()]), /1 captured, 1 new entry/),
    passes(
      'its reference tells which it is',
      captured([entry({ paymentIntentId: null })]),
      /1 captured, 1 new entry/,
    ),
    passes(
      'a declined sale stands there as declined',
      aSale()
        .intentIs('Created')
        .shows({ ledger: [entry({ words: 'Declined' })] }),
      /0 captured, 1 new entry/,
    ),
    passes(
      'a person recorded it by hand',
      aSale()
        .intentIs('Created')
        .act({ name: 'recordManually' })
        .shows({ ledger: [entry({ manual: true })] }),
      /0 captured/,
    ),
    fails(
      'it stands there as recorded by hand, and nobody asked for it',
      aSale()
        .intentIs('Created')
        .shows({ ledger: [entry({ manual: true })] }),
      /1 stand as recorded by hand, and 0 were asked for/,
    ),
    fails(
      'it was recorded by hand, and stands there twice',
      aSale()
        .intentIs('Created')
        .act({ name: 'recordManually' })
        .shows({ ledger: [entry({ manual: true }), entry({ manual: true })] }),
      /2 stand as recorded by hand, and 1 were asked for/,
    ),
    passes(
      'the sale is marked as refunded in place',
      refundedAs(1000, [entry({ words: 'Refunded' })]),
      /1 captured, 1 new entry/,
    ),
    passes(
      'such a journal names no payment',
      refundedAs(1000, [entry({ words: 'Refunded', paymentIntentId: null, reference: null })]),
      /1 captured, 1 new entry/,
    ),
    passes(
      'the sale is marked, and the refund stands there too',
      refundedAs(1000, [entry({ words: 'Refunded' }), entry({ kind: 'refund', words: 'Refunded' })]),
      /1 captured, 2 new entries/,
    ),
    passes(
      'the sale is marked as refunded in part, and the refund tells how much',
      refundedAs(400, [
        entry({ words: 'Partially refunded' }),
        entry({ kind: 'refund', words: 'Refunded', amount: 400, total: 400 }),
      ]),
      /1 captured, 2 new entries/,
    ),
    passes(
      'the mark tells how much was refunded in part',
      refundedAs(400, [entry({ words: 'Partially refunded £4.00' })]),
      /1 captured, 1 new entry/,
    ),
    reviews(
      'the mark does not tell how much was refunded in part',
      refundedAs(400, [entry({ words: 'Partially refunded' })]),
      /does not tell how much was refunded/,
    ),
    fails(
      'the mark tells of another part',
      refundedAs(400, [entry({ words: 'Partially refunded £6.00' })]),
      /£4\.00 were refunded, and £6\.00 stand as refunded/,
    ),
    fails(
      'the sale is marked as refunded when a part of it was',
      refundedAs(400, [entry({ words: 'Refunded' })]),
      /£4\.00 were refunded, and £10\.00 stand as refunded/,
    ),
    fails(
      'the sale is marked as refunded when nothing was',
      refundedAs(0, [entry({ words: 'Refunded' })]),
      /£0\.00 were refunded, and £10\.00 stand as refunded/,
    ),
    fails(
      'the sale is marked as refunded in part when nothing was',
      refundedAs(0, [entry({ words: 'Partially refunded' })]),
      /stands as refunded, and nothing of it was/,
    ),
    passes(
      'the journal names neither the payment nor its reference',
      captured([entry({ paymentIntentId: null, reference: null })]),
      /1 captured, 1 new entry/,
    ),
    passes(
      'such a journal tells two payments of the same amount',
      aPaidSale()
        .sale()
        .intent()
        .session()
        .intentIs('Captured')
        .shows({
          ledger: [
            entry({ paymentIntentId: null, reference: null }),
            entry({ paymentIntentId: null, reference: null, words: 'paid' }),
          ],
        }),
      /2 captured, 2 new entries/,
    ),
    fails(
      'such a journal tells one of two payments',
      aPaidSale()
        .sale()
        .intent()
        .session()
        .intentIs('Captured')
        .shows({ ledger: [entry({ paymentIntentId: null, reference: null })] }),
      /pi_2 is captured and stands 0 times as paid/,
    ),
    fails(
      'such a journal tells one payment twice',
      captured([
        entry({ paymentIntentId: null, reference: null }),
        entry({ paymentIntentId: null, reference: null, words: 'paid' }),
      ]),
      /stands for no captured payment/,
    ),
    fails(
      'another currency stands there',
      captured([entry({ currency: 'EUR' })]),
      /pi_1 is in GBP and stands in EUR/,
    ),
    fails('it does not stand there', captured([]), /pi_1 is captured and stands 0 times as paid/),
    fails('it stands there twice', captured([entry(), entry()]), /stands 2 times as paid/),
    fails('it stands there as declined', captured([entry({ words: 'Declined' })]), /stands 0 times as paid/),
    fails(
      'another total stands there',
      captured([entry({ total: 900 })]),
      /is captured with £10\.00 and stands with £9\.00/,
    ),
    fails('a tip is made up', captured([entry({ tip: 100 })]), /has a tip of £0\.00 and stands with £1\.00/),
    fails(
      'a sale is paid that was never captured',
      aSale()
        .intentIs('Created')
        .shows({ ledger: [entry()] }),
      /stands for no captured payment/,
    ),
  ],
  'never-says-paid': [
    passes(
      'it says refunded',
      aPaidSale().act({ name: 'matchedRefund' }).shows({ outcome: null }).shows({ outcome: 'Refunded' }),
      /results shown: "Refunded"/,
    ),
    passes(
      'the result of the sale still stands there',
      aPaidSale().act({ name: 'matchedRefund' }).shows({ prompt: 'Present card' }),
      /results shown: "Paid"/,
    ),
    passes(
      'the sale says so on the way to its refund',
      paidAndCleared()
        .act({ name: 'matchedRefund' })
        .shows({ outcome: 'Paid' })
        .session({ type: 'MatchedRefund' })
        .shows({ outcome: 'Refunded' }),
      /results shown: "Refunded"/,
    ),
    fails(
      'the sale says so anew when its refund is under way',
      paidAndCleared()
        .act({ name: 'matchedRefund' })
        .session({ type: 'MatchedRefund' })
        .shows({ outcome: 'Paid' }),
      /shows "Paid"/,
    ),
    fails(
      'the refund is shown as paid',
      aPaidSale().act({ name: 'matchedRefund' }).shows({ outcome: null }).shows({ outcome: 'Paid' }),
      /shows "Paid"/,
    ),
    fails(
      'that is the first thing it shows after it',
      new Story()
        .shows({})
        .act({ name: 'unlinkedRefund', amount: 500, currency: 'GBP' })
        .shows({ outcome: 'Paid' }),
      /shows "Paid"/,
    ),
    fails('no refund was asked for', aPaidSale(), /Not testable/),
  ],
};
