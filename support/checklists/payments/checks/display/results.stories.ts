import type { Display } from '../../../../record/vocabulary.ts';
import type { SessionStatus } from '../../statuses.ts';
import { type Case, fails, passes, reviews, type Stories, warns } from '../../stories/case.ts';
import { aPaidSale, aSale, entry, pounds, shown, unconfirmedDialogue } from '../../stories/situations.ts';
import { Story } from '../../stories/story.ts';

/** A sale of which the API has reported that it ended so, and so much later the till shows this. */
const afterAnswer = (status: SessionStatus, late: number, after: Partial<Display>): Story => {
  const answered = aSale().shows({}).poll(status);
  return answered.wait(late - 1).shows(after);
};

/** The kit puts the till back to an empty basket now. */
const tidied = (story: Story): Story => story.fact('tidying-up', {});

/** The same, when the API has said what those words mean. */
function answeredOf(words: string, story: Story): Story {
  if (/refund/i.test(words)) return story.readIntent('pi_1', { id: 'pi_1', status: 'Refunded' });
  const said: [RegExp, SessionStatus][] = [
    [/authori/i, 'Authorized'],
    [/decline/i, 'Declined'],
    [/cancel/i, 'Canceled'],
  ];
  return story.poll(said.find(([pattern]) => pattern.test(words))?.[1] ?? 'Captured');
}

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
      answeredOf(words, aSale().shows({ outcome: 'Working' })),
      /which stands for no result/,
    ),
    reviews(
      'it came to say what the vocabulary does not know',
      answeredOf(words, aSale().shows({})).shows({ outcome: 'Thank you' }),
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

/** The same once the kit has read that £11.50 were taken, at a till that shows this besides. */
const takenSaying = (outcome: string, more: Partial<Display> = {}): Story =>
  aSale(1000)
    .tips(150)
    .shows({})
    .poll('Captured')
    .intentIs('Captured', { totalAmount: pounds(1150), tipsAmount: pounds(150) })
    .shows({ outcome, ...more });

const asking = { dialogues: [unconfirmedDialogue] };

const firstSeen = (story: Story): Story =>
  story.record({ kind: 'picture', at: story.now, shows: 'Paid', screenshot: 'first-seen.png' });

export const resultStories: Stories = {
  'shows-captured': [
    ...shows('Paid', 'Declined', 'Declined'),
    ...[
      'Paid',
      'Paid £11.50',
      'Paid £10.00 + £1.50 tip',
      'Paid £10.00, tip £1.50, total £11.50',
      'Paid: £10.00 · Tip 1.50',
    ].map((words) => passes(`it says "${words}" of £10.00 and a tip of the machine`, takenSaying(words))),
    fails(
      'it says that it was paid without the tip of the machine',
      takenSaying('Paid £10.00'),
      /"Paid £10\.00", which stands for Captured, and £1\.50 more was taken$/,
    ),
    fails(
      'the whole stands in the journal alone',
      takenSaying('Paid £10.00', {
        text: 'Paid £10.00\nPaid\torder-1\t£11.50',
        ledger: [entry({ tip: 150, total: 1150 })],
      }),
      /and £1\.50 more was taken/,
    ),
    ...['Tip £1.50', 'Total £11.50'].map((beside) =>
      passes(`"${beside}" stands beside it`, takenSaying('Paid £10.00', { text: `Paid £10.00\n${beside}` })),
    ),
    passes('the total stands beside it', takenSaying('Paid £10.00', { total: 1150 })),
    passes(
      'it says how much once it has read that',
      takenSaying('Paid £10.00').wait(2000).shows({ outcome: 'Paid £11.50' }),
    ),
    passes(
      'a part of what was reserved was captured since the kit has read it',
      aSale(1000, { manualCapture: true })
        .poll('Authorized')
        .intentIs('Authorized')
        .act({ name: 'capture', amount: 400 })
        .call('POST', '/payment-intents/pi_1/captures', { body: { amount: 400 }, answer: { captureId: 'c' } })
        .shows({ outcome: 'Paid £4.00' }),
    ),
    passes(
      'it says so just in time',
      afterAnswer('Captured', 5000, { outcome: 'Paid' }),
      /stands for Captured$/,
    ),
    warns(
      'it says so later than that',
      afterAnswer('Captured', 5001, { outcome: 'Paid' }),
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
    passes(
      'it shows the last picture',
      new Story().sale().shows({ outcome: 'Paid' }, 'a.png').shows({}, 'b.png').shows({}),
      { evidence: ['b.png'] },
    ),
    fails(
      'pictures of the page have shown that it was hidden all the while, however late',
      aPaidSale()
        .wait(3000)
        .shows({
          outcome: null,
          unseen: [{ part: 'outcome', text: 'Paid', reason: 'the picture is the same', proven: true }],
        }),
    ),
    passes(
      'it was hidden for a while, and is shown now',
      aPaidSale()
        .shows({ outcome: null, unseen: [{ part: 'outcome', text: 'Paid', reason: 'so', proven: true }] })
        .shows({ outcome: 'Paid', unseen: [] }),
    ),
    reviews(
      'a picture stands where the result does',
      aSale().poll('Captured').shows({ outcome: null, depicted: 'Approved' }),
    ),
    passes(
      'it shows the picture that was taken when the result was first seen, where that has left',
      firstSeen(aPaidSale()).wait(900).shows({ outcome: null }, 'later.png'),
      { evidence: ['first-seen.png'] },
    ),
    passes(
      'it shows the picture of the display that still states the result',
      firstSeen(aPaidSale()).shows({ outcome: 'Paid' }, 'now.png'),
      { evidence: ['now.png'] },
    ),
    passes(
      'it shows the last picture, where there is no other',
      aPaidSale().wait(900).shows({ outcome: null }, 'later.png'),
      { evidence: ['later.png'] },
    ),
    passes(
      'the result is hard to read',
      aPaidSale().shows({ outcome: 'Paid', faint: 1.8 }),
      /stands for Captured; its contrast is 1\.8 : 1, which is hard to read/,
    ),
  ],
  'shows-authorized': [...shows('Authorised', 'Paid', 'Captured')],
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
  'shows-declined': [...shows('Declined', 'Paid', 'Captured')],
  'shows-canceled': [...shows('Cancelled', 'Declined', 'Declined')],
  'shows-unconfirmed': [
    passes(
      'a dialogue says so just in time',
      afterAnswer('Expired', 5000, { dialogues: [unconfirmedDialogue] }),
      /cannot be confirmed"$/,
    ),
    warns(
      'a dialogue says so later than that',
      afterAnswer('Expired', 9000, { dialogues: [unconfirmedDialogue] }),
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
    passes(
      'it shows the picture of the dialogue that says so',
      aSale().shows({}, 'a.png').shows(asking, 'b.png').shows({ dialogues: [] }, 'c.png'),
      { evidence: ['b.png'] },
    ),
    passes(
      'there is no picture of the dialogue, and it shows the last',
      aSale().shows({}, 'a.png').shows(asking).shows({ dialogues: [] }, 'c.png'),
      { evidence: ['c.png'] },
    ),
    fails(
      'there is no dialogue, and it shows the last picture',
      aSale().shows({}, 'a.png').shows({}, 'b.png'),
      { evidence: ['b.png'] },
    ),
  ],
};
