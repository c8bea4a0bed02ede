import type { Json } from '../../../record/vocabulary.ts';
import { fails, passes, type Stories } from '../stories/case.ts';
import { made, pounds } from '../stories/situations.ts';
import { Story } from '../stories/story.ts';

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
