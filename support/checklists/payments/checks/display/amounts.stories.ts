import type { Display } from '../../../../record/vocabulary.ts';
import { fails, passes, type Stories } from '../../stories/case.ts';
import { aSale, changing, shown } from '../../stories/situations.ts';
import { Story } from '../../stories/story.ts';

/** A till with a control for refunds in part, that shows this after it has refunded £4.00. */
const partRefunded = (after: Partial<Display>, before = 'Part of it\nAll'): Story =>
  aSale()
    .shows({ text: before })
    .act({ name: 'refundIntent', amount: 400 })
    .wait(1)
    .call('POST', '/payment-intents/pi_1/refunds', { body: { amount: 400 }, answer: { refundId: 're_1' } })
    .shows(after);

const partly = { params: { amount: 400 } };

const changed = { params: { amount: 1500 } };

export const shownAmountStories: Stories = {
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
    fails(
      'it says the rest as the part, beside the part',
      partRefunded({ text: '£4.00\nPartly refunded: £6.00 of £10.00' }),
      /shows/,
      partly,
    ),
    fails(
      'it says the rest as the part, and the part in the same line',
      partRefunded({ text: 'Partly refunded: £6.00 of £10.00 £4.00' }),
      /shows/,
      partly,
    ),
    fails(
      'a text says the part, and after it the result says the rest',
      partRefunded({ text: 'Partly refunded: £4.00' }).shows({
        outcome: 'Partly refunded: £6.00 of £10.00',
        text: 'Partly refunded: £4.00\nPartly refunded: £6.00 of £10.00',
      }),
      /shows "Partly refunded: £6\.00/,
      partly,
    ),
    passes(
      'a text says the part, and after it the result does',
      partRefunded({ text: 'Partly refunded: £4.00' }).shows({
        outcome: 'Partly refunded: £4.00 of £10.00',
        text: 'Partly refunded: £4.00\nPartly refunded: £4.00 of £10.00',
      }),
      /shows/,
      partly,
    ),
    passes(
      'it counts lines as well',
      partRefunded({ text: 'Partly refunded: £4.00, 1 of 3 lines' }),
      /shows/,
      partly,
    ),
    passes(
      'it says the rest as what remains',
      partRefunded({ text: 'Partly refunded: £4.00\nRefunded in part, £6.00 of £10.00 remain' }),
      /shows/,
      partly,
    ),
    passes(
      'it says the part and what it is of',
      partRefunded({ text: '£4.00 of £10.00 refunded' }),
      /shows/,
      partly,
    ),
    fails('it says another amount', shown({ text: 'Partially refunded: £6.00' }), /shows/, partly),
    fails(
      'it says so of the whole sum, beside the field in which the part was entered',
      partRefunded({ text: 'Amount £4.00\nRefunded in part: £10.00' }, 'Amount £4.00'),
      /shows/,
      partly,
    ),
    passes(
      'it names the whole sum, and the part beside it',
      partRefunded({ text: 'Sale of £10.00, refunded in part\nReturned: £4.00' }),
      /shows/,
      partly,
    ),
    passes(
      'it says so beside the field in which the part was entered',
      partRefunded({ text: 'Amount £4.00\nRefunded in part' }, 'Amount £4.00'),
      /shows/,
      partly,
    ),
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
    passes('it is shown for a while', changing().shows({ text: '15.00' }).shows({ text: 'Hello' }), {
      params: { amount: 1500 },
    }),
    passes(
      'nothing was seen before',
      new Story().sale().act({ name: 'changeAmount', amount: 1500 }).shows({ text: '15.00' }),
      { params: { amount: 1500 } },
    ),
    fails(
      'it was shown before the change only',
      new Story()
        .sale()
        .shows({ text: '15.00' })
        .act({ name: 'changeAmount', amount: 1500 })
        .shows({ text: '10.00' }),
      { params: { amount: 1500 } },
    ),
  ],
};
