import { Then, When } from '@cucumber/cucumber';
import type { PayAtTableWorld } from '../../support/checklists/pay-at-table/world/world.ts';

When(
  'the waiter of the order over {money} searches for payable orders',
  async function (this: PayAtTableWorld, amount: number) {
    const order = this.orders.get(amount);
    const waiterId = order && this.evidence.waiterOf(order.orderId);
    if (waiterId) await this.dojo.searchAs(waiterId);
  },
);

When(
  'a waiter that the POS does not know searches for payable orders',
  async function (this: PayAtTableWorld) {
    await this.dojo.searchAs(this.strangers[0]!);
  },
);

Then('it is recorded whether the POS validates the waiter', function (this: PayAtTableWorld) {
  this.expectNow('unknown-waiter-answered', { unknown: this.strangers[0]! });
});

Then('no waiter misses an own order', function (this: PayAtTableWorld) {
  this.expectNow('waiter-orders-listed', { unknown: this.strangers[0]! });
});
