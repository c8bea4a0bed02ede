import { type Case, fails, passes, reviews, type Stories } from '../../stories/case.ts';
import { aPaidSale, aSale, changing, entry } from '../../stories/situations.ts';
import type { Story } from '../../stories/story.ts';

/** A till that does not let a captured payment be changed. */
const notOffering = (): Story =>
  aSale()
    .shows({})
    .act({ name: 'changeAmount', amount: 1500 }, { answer: 'notOffered', reason: 'it is paid' });

const refused = (): Story =>
  aSale()
    .shows({ text: 'Total 10.00' })
    .act({ name: 'changeAmount', amount: 1500 })
    .call('POST', '/payment-intents/pi_1/amount', {
      status: 400,
      answer: { Detail: 'Invalid request for payment. The status `Captured` does not allow this change.' },
    });

const tooLate = 'It cannot be cancelled any more';

const asksForChange = (): Story => aPaidSale().act({ name: 'changeAmount', amount: 1500 });

/** What a till that never sent the change must not show; where it shows nothing of it, the checks differ. */
const unsentChange = (otherwise: typeof passes): readonly Case[] => [
  fails(
    'the till never sent the change, and shows it as authorised',
    asksForChange().shows({ notice: 'Authorized £15.00' }),
  ),
  fails(
    'the till never sent the change, and shows it as changed',
    asksForChange().shows({ notice: 'Amount changed to £15' }),
  ),
  fails(
    'the till never sent the change, and its page has it',
    asksForChange().shows({ text: 'Order 1\nAuthorised: £15.00' }),
  ),
  fails(
    'the till never sent the change, and its journal has it',
    asksForChange().shows({ ledger: [entry({ amount: 1500, total: 1500 })] }),
  ),
  otherwise(
    'the till never sent the change, and says that nothing changed',
    asksForChange().shows({ notice: 'The amount cannot be changed to £15.00' }),
  ),
  otherwise('the till never sent the change, and says nothing', asksForChange().shows({})),
  otherwise(
    'the till never sent the change, and goes on showing the old amount',
    asksForChange().shows({ notice: 'Authorised £10.00' }),
  ),
];

const denied = (story: Story, detail: string): Story =>
  story.call('POST', '/payment-intents/pi_1/amount', { status: 400, answer: { detail } });

export const refusalStories: Stories = {
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
    passes(
      'it says so, and goes on to something else',
      aSale()
        .act({ name: 'cancel' })
        .shows({ notice: tooLate })
        .act({ name: 'listTerminals' })
        .shows({ notice: null }),
    ),
    fails(
      'it said so before it was asked for',
      aSale().shows({ notice: tooLate }).wait(5).act({ name: 'cancel' }).shows({ notice: null }),
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
    passes(
      'it is shown, and something else was done since',
      aSale()
        .act({ name: 'changeAmount', amount: 1 })
        .call('POST', '/payment-intents/pi_1/amount', { status: 400, answer: { detail: 'It is paid.' } })
        .shows({ text: 'It is paid.' })
        .act({ name: 'listTerminals' }),
    ),
    fails(
      'it shows the refusal and the last picture',
      aSale()
        .act({ name: 'changeAmount', amount: 1 })
        .call('POST', '/payment-intents/pi_1/amount', { status: 400, answer: { detail: 'It is paid.' } })
        .shows({}, 'a.png'),
      { evidence: ['ex_3', 'a.png'] },
    ),
    ...unsentChange(reviews),
    passes(
      'it is shown',
      denied(changing(), 'It is paid. Nothing can change.').shows({ text: 'Nothing can change.' }),
    ),
    passes(
      'a line break is put otherwise',
      denied(changing(), 'It is  paid now.').shows({ text: ' It is\n`paid` now.' }),
    ),
    fails(
      'only a word of it is shown',
      denied(changing(), 'It is paid. Nothing can change.').shows({ text: 'Nothing' }),
    ),
    fails('only a mark of it is shown', denied(changing(), 'No. It cannot be.').shows({ text: 'No.' })),
    fails(
      'the refusal before is shown',
      denied(denied(changing(), 'The first.').act({ name: 'changeAmount', amount: 2 }), 'The second.').shows({
        text: 'The first.',
      }),
    ),
    passes(
      'it is shown for a while',
      denied(changing(), 'It is paid.').shows({ text: 'It is paid.' }).shows({ text: 'Hello' }),
    ),
    reviews(
      'it was refused before the change in hand',
      denied(changing(), 'It is paid.')
        .act({ name: 'changeAmount', amount: 2 })
        .shows({ text: 'It is paid.' }),
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
    ...unsentChange(passes),
  ],
};
