import type { Json } from '../../../record/vocabulary.ts';
import { fails, passes, type Stories, warns } from '../../payments/stories/case.ts';
import { anOrder, money, TableStory } from '../stories/story.ts';

const cheese = { name: 'Cheese', plu: 'cheese', quantity: 1, price: 100 };
const burger = { name: 'Burger', plu: 'burger', quantity: 2, price: 500 };
const coffee = { name: 'Coffee', plu: 'coffee', quantity: 1, price: 250 };

/** An item as an order lists it. */
const line = (name: string, quantity: number, price: number, more: { [name: string]: Json } = {}): Json => ({
  name,
  plu: name.toLowerCase(),
  quantity,
  amountPerItem: money(price),
  ...more,
});
const extra = (price: number, quantity = 1): Json => ({
  name: 'Cheese',
  plu: 'cheese',
  quantity,
  amountPerModifier: money(price),
});
const listing = (total: number, items: readonly Json[], more: { [name: string]: Json } = {}) =>
  anOrder({ totalAmount: money(total), items: [...items], ...more });

const plain = () => new TableStory().order({ items: [burger, coffee] });
const withCheese = () => new TableStory().order({ items: [{ ...burger, modifiers: [cheese] }] });
const two = [line('Burger', 2, 500), line('Coffee', 1, 250)];
const cheesy = (price: number, one: Json) => listing(1200, [line('Burger', 2, price, { modifiers: [one] })]);
const right = listing(1250, two);

export const itemStories: Stories = {
  'items-as-entered': [
    passes('each is there', plain().read(right), /2 items as ordered/),
    passes(
      'one is there by its PLU alone, and in two lines',
      plain().read(
        listing(1250, [
          line('Beef burger', 1, 500, { plu: 'BURGER' }),
          line('Beef burger', 1, 500, { plu: 'BURGER' }),
          two[1]!,
        ]),
      ),
    ),
    passes('an extra is a modifier', withCheese().read(cheesy(500, extra(100)))),
    passes(
      'an extra is a part of the item',
      withCheese().read(listing(1200, [line('Burger', 2, 500, { subItems: [line('Cheese', 1, 100)] })])),
    ),
    passes(
      'an extra is an item of its own',
      withCheese().read(listing(1200, [line('Burger', 2, 500), line('Cheese', 2, 100)])),
    ),
    passes(
      'a discount is a modifier with a negative amount',
      new TableStory()
        .order({ items: [coffee], discount: 50 })
        .read(listing(200, [line('Coffee', 1, 250, { modifiers: [extra(-50)] })])),
    ),
    passes(
      'taxes are on top of the prices',
      new TableStory()
        .order({ items: [coffee] })
        .read(listing(250, [line('Coffee', 1, 208)], { taxLines: [{ amountTotal: money(42) }] })),
    ),
    passes('something was added later', plain().read(right).press().read(anOrder())),
    warns(
      'the price of an extra is inside that of the item',
      withCheese().read(listing(1200, [line('Burger', 2, 600)])),
      /stands in its amountPerItem/,
    ),
    warns(
      'an item has another name',
      plain().read(listing(1250, [line('Open item', 2, 500), two[1]!])),
      /stands there as Open item/,
    ),
    fails(
      'an extra counts inside and outside',
      withCheese().read(cheesy(600, extra(100))),
      /Burger costs £6\.00/,
    ),
    fails(
      'an extra is there for both',
      withCheese().read(cheesy(500, extra(100, 2))),
      /not listed with 1 × Cheese/,
    ),
    fails('an extra is missing', withCheese().read(listing(1200, [line('Burger', 2, 500)])), /1 × Cheese/),
    fails('one is missing', plain().read(listing(1250, [two[0]!])), /Coffee is not listed/),
    fails(
      'one is there once',
      plain().read(listing(1250, [line('Burger', 1, 500), two[1]!])),
      /listed 1 times/,
    ),
    fails('prices are in pounds', plain().read(listing(1250, [line('Burger', 2, 5), two[1]!])), /£0\.05/),
    fails('there are none', plain().read(anOrder()), /listed: none/),
    fails('the order was not answered', plain().read(null, { status: 500 }), /no order that was opened/),
  ],
  'order-adds-up': [
    passes('it does', plain().read(right), /1 order/),
    passes('with extras', withCheese().read(cheesy(500, extra(100)))),
    passes(
      'with a discount and a service charge',
      plain().read(
        listing(1350, two, {
          discounts: [{ name: 'Discount', amountTotal: money(100) }],
          serviceChargeAmount: money(200),
        }),
      ),
    ),
    passes(
      'with a discount that has a sign',
      plain().read(listing(1150, two, { discounts: [{ name: 'Discount', amountTotal: money(-100) }] })),
    ),
    passes(
      'with taxes inside',
      plain().read(listing(1250, two, { taxLines: [{ amountTotal: money(208) }] })),
    ),
    passes(
      'with taxes on top',
      plain().read(listing(1500, two, { taxLines: [{ amountTotal: money(250) }] })),
    ),
    fails(
      'a discount is not listed',
      plain().read(listing(1150, two)),
      /add up to £12\.50, totalAmount is £11\.50/,
    ),
    fails(
      'a total is missing',
      plain().read(listing(1250, two, { totalAmount: null })),
      /totalAmount is nothing/,
    ),
    fails('nobody read the order', plain(), /no order that was opened/),
  ],
  'bill-agrees': [
    passes('it does', plain().read(right).bill(right), /1 bill agree/),
    passes(
      'the POS has no bills',
      plain().registered('SearchOrders', 'GetOrderById').read(right),
      /not registered GetOrderBillById/,
    ),
    passes(
      'its lines stand in another order',
      plain()
        .read(right)
        .bill(listing(1250, [two[1]!, two[0]!])),
    ),
    fails('it holds no order', plain().registered('GetOrderBill').read(right).bill(), /holds no order/),
    fails(
      'it holds another',
      plain()
        .read(right)
        .bill(listing(1250, two, { id: 'o2' })),
      /holds the order o2/,
    ),
    fails(
      'it has another total',
      plain().read(right).bill(listing(1350, two)),
      /says £13\.50, and the order £12\.50/,
    ),
    fails(
      'it lists less',
      plain()
        .read(right)
        .bill(listing(1250, [two[0]!])),
      /lists 2 × Burger/,
    ),
    fails('it is refused', plain().read(right).bill(right, { status: 404 }), /answered 404/),
    fails('the order itself was not answered', plain().bill(right), /was not read/),
    fails('nobody printed it', plain().registered('GetOrderBillById').read(right), /no bill was asked for/),
  ],
};
