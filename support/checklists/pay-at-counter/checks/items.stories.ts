import type { Json } from '../../../record/vocabulary.ts';
import { fails, passes, type Stories } from '../../payments/stories/case.ts';
import { made, pounds } from '../../payments/stories/situations.ts';
import { Story } from '../../payments/stories/story.ts';

const basket = {
  params: {
    lines: [
      { name: 'Flat white', quantity: 1, amountTotal: 300 },
      { name: 'Bagel', quantity: 1, amountTotal: 250 },
    ],
  },
};

const line = (name: string, amount: number, ...modifiers: number[]): { [name: string]: Json } => ({
  name,
  quantity: 1,
  amountTotal: pounds(amount),
  modifiers: modifiers.map((value) => ({ name: 'Less', quantity: 1, amountPerModifier: pounds(value) })),
});

/** Three cakes, each with something that costs £0.50. */
const threeWrapped = {
  params: {
    lines: [
      {
        name: 'Cake',
        quantity: 3,
        amountTotal: 1200,
        modifiers: [{ name: 'Less', quantity: 1, amountPerModifier: 50 }],
      },
    ],
  },
};

/** The three cakes as they are sent, with such a modifier. */
const wrapped = (quantity: number, amount: number): Story =>
  made({
    amount: pounds(1350),
    itemLines: [
      {
        ...line('Cake', 1200),
        quantity: 3,
        modifiers: [{ name: 'Less', quantity, amountPerModifier: pounds(amount) }],
      },
    ],
  });

export const itemStories: Stories = {
  'item-lines-sent': [
    passes(
      'each is sent',
      made({ itemLines: [line('Flat white', 300), line('Bagel', 250)] }),
      /1 × Flat white £3\.00, 1 × Bagel £2\.50/,
      basket,
    ),
    passes(
      'one is sent in two parts',
      made({
        itemLines: [line('Flat white', 300), line('Bagel', 150), { ...line('Bagel', 100), quantity: 0 }],
      }),
      /Bagel/,
      basket,
    ),
    ...[
      [1, 50, 'with each of them'],
      [1, 150, 'as what it comes to for all of them'],
    ].map(([quantity, amount, how]) =>
      passes(
        `a modifier of three is sent ${how}`,
        wrapped(Number(quantity), Number(amount)),
        /3 × Cake/,
        threeWrapped,
      ),
    ),
    passes(
      'three of one thing are sent one by one, each with its modifier',
      made({ itemLines: [1, 2, 3].map(() => ({ ...line('Cake', 400, 50), quantity: 1 })) }),
      /1 × Cake £4\.00 with 1 × Less £0\.50/,
      threeWrapped,
    ),
    fails(
      'the quantity of a modifier is multiplied by that of its line',
      wrapped(3, 50),
      /3 × Cake £12\.00 with 3 × Less £0\.50/,
      threeWrapped,
    ),
    fails('the modifier of three is that of one', wrapped(1, 17), /with 1 × Less £0\.17/, threeWrapped),
    fails(
      'the modifier is left out',
      made({ itemLines: [{ ...line('Cake', 1200), quantity: 3 }] }),
      threeWrapped,
    ),
    fails('one is missing', made({ itemLines: [line('Bagel', 250)] }), /item lines: 1 × Bagel/, basket),
    fails(
      'one has no name',
      made({ itemLines: [line('Flat white', 300), { ...line('', 250), name: null }] }),
      /1 × without a `name` £2\.50/,
      basket,
    ),
    fails(
      'one has its name in the member of older versions',
      made({ itemLines: [line('Flat white', 300), { ...line('', 250), name: null, caption: 'Bagel' }] }),
      /1 × without a `name` \(it has `caption` “Bagel”, which is `name` since version 2024-02-05\) £2\.50/,
      basket,
    ),
    fails(
      'the price of one is added to the other',
      made({ itemLines: [line('Flat white', 550), line('Bagel', 0)] }),
      /Flat white £5\.50/,
      basket,
    ),
    fails(
      'the quantity of one is another',
      made({ itemLines: [{ ...line('Flat white', 300), quantity: 9 }, line('Bagel', 250)] }),
      /9 × Flat white/,
      basket,
    ),
    fails('none is sent', made(), /item lines: none/, basket),
    fails('there is no payment intent', new Story(), /Not testable/, basket),
    fails('there are none', new Story().sale().intent(), { params: { lines: [] } }),
  ],
  'item-lines-add-up': [
    passes(
      'lines and modifiers make the amount',
      made({ itemLines: [line('Flat white', 600, -100), line('Bagel', 500)] }),
      /lines and modifiers £10\.00, amount £10\.00/,
    ),
    passes(
      'a modifier comes with each of three',
      wrapped(1, 50),
      /lines and modifiers £13\.50, amount £13\.50/,
    ),
    passes('its amount is that of all three', wrapped(1, 150)),
    fails('it counts nine times', wrapped(3, 50), /lines and modifiers £16\.50, amount £13\.50/),
    fails('the discount is left out', made({ itemLines: [line('Bagel', 1100)] }), /£11\.00, amount £10\.00/),
    fails('there are no lines', made(), /£0\.00, amount £10\.00/),
    fails('there is no payment intent', new Story(), /Not testable/),
    fails('there are none, and nothing to pay', new Story().sale().intent({ amount: pounds(0) })),
  ],
  'discount-is-modifier': [
    passes('it is one with a minus', made({ itemLines: [line('Bagel', 1100, -100)] }), /modifiers: -£1\.00/, {
      params: { discount: -100 },
    }),
    fails('it has no minus', made({ itemLines: [line('Bagel', 1100, 100)] }), /modifiers: £1\.00/, {
      params: { discount: -100 },
    }),
    fails('it is a line', made({ itemLines: [line('Discount', -100)] }), /modifiers: none/, {
      params: { discount: -100 },
    }),
    fails('there is no payment intent', new Story(), /Not testable/, { params: { discount: -100 } }),
  ],
};
