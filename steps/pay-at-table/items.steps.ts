import { Given, Then, When } from '@cucumber/cucumber';
import { menu, type PayAtTableWorld } from '../../support/checklists/pay-at-table/world/world.ts';

Given(
  'an order of {int} items over {money} each, and one over {money}',
  async function (this: PayAtTableWorld, quantity: number, each: number, other: number) {
    const coffee = { name: 'Coffee', plu: 'coffee', quantity: 1, price: other };
    await this.openOrderOf(each, { items: [{ ...menu, quantity, price: each }, coffee] });
  },
);

Given(
  'an order of {int} items over {money} each, with an extra over {money} for each, if the POS can',
  async function (this: PayAtTableWorld, quantity: number, price: number, extra: number) {
    const modifiers = [{ name: 'Cheese', plu: 'cheese', quantity: 1, price: extra }];
    await this.openOrderOf(price, { items: [{ ...menu, quantity, price, modifiers }] }, true);
  },
);

Given(
  'an order over {money} with a discount of {money}, if the POS can',
  async function (this: PayAtTableWorld, price: number, discount: number) {
    await this.openOrderOf(price, { items: [{ ...menu, quantity: 1, price }], discount }, true);
  },
);

Given(
  'an order over {money} with a service charge of {money}, if the POS can',
  async function (this: PayAtTableWorld, price: number, serviceCharge: number) {
    await this.openOrderOf(price, { items: [{ ...menu, quantity: 1, price }], serviceCharge }, true);
  },
);

When(
  'a card machine chooses each order, and prints its bill where the POS has bills',
  async function (this: PayAtTableWorld) {
    await this.dojo.search();
    for (const order of this.orders.values()) {
      await this.table.choose(order);
      await this.table.printBill(order);
    }
  },
);

Then('the POS has listed the items of each order as they were entered', function (this: PayAtTableWorld) {
  this.expectNow('items-as-entered');
  this.expectNow('order-adds-up');
});

Then('each bill agrees with its order', function (this: PayAtTableWorld) {
  this.expectNow('bill-agrees');
});
