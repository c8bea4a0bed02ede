import type { IntentStatus } from '../payments/statuses.ts';
import { fails, passes, type Stories } from '../payments/stories/case.ts';
import { aPaidSale, aSale, refund, unconfirmedDialogue } from '../payments/stories/situations.ts';
import { Story } from '../payments/stories/story.ts';
import { refunding, refundOf } from './doubt.stories.ts';

const partlyRefunded = (refundedAmount: number): Story =>
  aPaidSale().act({ name: 'refundIntent', amount: 400 }).intentIs('Captured', { refundedAmount });

/** A sale that waits for the card, and is paid from a second window too, where that can be done. */
const paidElsewhere = (answer: 'done' | 'notOffered', reason = ''): Story =>
  aSale()
    .wait(1000)
    .poll('Initiated', 'PresentCard')
    .act({ name: 'payElsewhere' }, answer === 'done' ? { answer } : { answer, reason }, true);

const standing = (status: IntentStatus, outcome: string, more = {}): Story =>
  new Story().shows({}).sale().intent().intentIs(status, more).shows({ outcome });

const askedBack = (...acts: Parameters<Story['act']>[]): Story =>
  acts.reduce((story, act) => story.act(...act), aPaidSale()).intentIs('Captured', { refundedAmount: 400 });

const keyless = (story: Story): Story => refund(story, { amount: 400 }, { headers: [] });

export const whatHoldsStories: Stories = {
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
    passes('Refunded', standing('Refunded', 'Refunded')),
    fails('Refunded, and paid is said', standing('Refunded', 'Paid')),
    fails('Refunded, and nothing is said', standing('Refunded', 'Thank you')),
    passes('refunded in part', standing('Captured', 'Refunded', { refundedAmount: 1 })),
    passes('Authorized', standing('Authorized', 'Authorised')),
    fails('Authorized, and paid is said', standing('Authorized', 'Paid')),
    fails('Authorized, and nothing is said', standing('Authorized', 'Thank you')),
    ...['Declined', 'Cancelled', 'Unconfirmed', 'Thank you'].map((words) =>
      passes(`open, and ${words} is said`, standing('Created', words)),
    ),
    fails('open, and paid is said', standing('Created', 'Paid')),
    ...['Cancelled', 'Refunded', 'Thank you'].map((words) =>
      passes(`Reversed, and ${words} is said`, standing('Reversed' as IntentStatus, words)),
    ),
    fails('Reversed, and declined is said', standing('Reversed' as IntentStatus, 'Declined')),
    passes(
      'what was said before the refund was asked for does not count',
      aPaidSale().act({ name: 'refundIntent' }).intentIs('Refunded').shows({ outcome: 'Refunded' }),
    ),
    fails(
      'only what was said before it goes on being said',
      aPaidSale()
        .act({ name: 'refundIntent' })
        .shows({ notice: 'x' })
        .intentIs('Captured')
        .shows({ notice: 'y' }),
    ),
    fails(
      'what it says was there before its sale',
      new Story().shows({ outcome: 'Paid' }).sale().intent().shows({ notice: 'x' }).intentIs('Captured'),
    ),
    passes('it says so, and then nothing more', standing('Captured', 'Paid').shows({ outcome: null })),
    passes(
      'it says so, and then something else is asked of it',
      standing('Captured', 'Paid').act({ name: 'listIntents' }),
    ),
    passes(
      'it took the payment by itself',
      new Story().intent().shows({ outcome: 'Paid' }).intentIs('Captured'),
    ),
    passes(
      'a dialogue says it',
      new Story()
        .shows({})
        .sale()
        .intent()
        .intentIs('Captured')
        .shows({
          dialogues: [
            { text: 'Hello', options: [] },
            { text: 'Paid', options: [] },
          ],
        }),
    ),
    passes(
      'one of several dialogues states it, and it shows the last picture and the last reading',
      new Story()
        .sale()
        .intent()
        .shows({ dialogues: [] }, 'first.png')
        .shows({}, 'second.png')
        .shows(
          {
            outcome: 'Thank you',
            dialogues: ['Hello', 'Payment approved'].map((text) => ({ text, options: [] })),
          },
          'after.png',
        )
        .shows({})
        .intentIs('Captured'),
      /^the till says "Payment approved", which stands for Captured/,
      { evidence: ['after.png', 'read_2'] },
    ),
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
    passes('a part was asked for on the card machine', askedBack([{ name: 'matchedRefund', amount: 400 }])),
    passes('all was asked for', askedBack([{ name: 'refundIntent' }])),
    passes(
      'it was asked for in two parts',
      askedBack([{ name: 'refundIntent', amount: 200 }], [{ name: 'matchedRefund', amount: 200 }]),
    ),
    fails('less was asked for', askedBack([{ name: 'refundIntent', amount: 300 }])),
    fails('nothing was asked for', askedBack()),
    fails(
      'the till did not offer it',
      askedBack([
        { name: 'refundIntent', amount: 400 },
        { answer: 'notOffered', reason: 'no' },
      ]),
    ),
    passes(
      'it shows the reading of each payment',
      aSale().intent().intentIs('Captured', {}, 'pi_1').intentIs('Created', {}, 'pi_2'),
      { evidence: ['read_4', 'read_5'] },
    ),
  ],
  'refunded-once-a-key': [
    passes(
      'it was given back once',
      refundOf(refunding(), 400, 'key-a', { status: 409 }).intentIs('Captured', { refundedAmount: 400 }),
      /2 requests with 1 key asked for £4\.00, given back £4\.00/,
    ),
    passes(
      'another refund was made with another key',
      refundOf(refundOf(refunding(), 400, 'key-a'), 100, 'key-b').intentIs('Captured', {
        refundedAmount: 500,
      }),
      /3 requests with 2 keys asked for £5\.00, given back £5\.00/,
    ),
    fails(
      'it was given back twice',
      refundOf(refunding(), 400, 'key-a').intentIs('Captured', { refundedAmount: 800 }),
      /2 requests with 1 key asked for £4\.00, given back £8\.00/,
    ),
    fails(
      'each was sent with a key of its own',
      refundOf(refunding(), 400, 'key-b').intentIs('Captured', { refundedAmount: 800 }),
      /no refund was sent twice with one key/,
    ),
    fails(
      'a refund was sent twice without any',
      keyless(keyless(aPaidSale())).intentIs('Captured', {
        refundedAmount: 400,
      }),
    ),
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
};
