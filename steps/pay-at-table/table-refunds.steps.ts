import { Then, When } from '@cucumber/cucumber';
import type { PayAtTableWorld } from '../../support/checklists/pay-at-table/world/world.ts';

When(
  'the POS refunds the payment of the order over {money} on the card machine',
  async function (this: PayAtTableWorld, amount: number) {
    const order = this.orders.get(amount);
    const payment = order && this.evidence.payments(order.orderId).at(-1);
    if (!payment) return;
    const { orderId, paymentIntentId } = payment;
    await this.machine.choose();
    await this.act({ name: 'refundPayment', orderId, paymentIntentId });
  },
);

When(
  'a guest pays what the POS says is owed of the order over {money}',
  async function (this: PayAtTableWorld, amount: number) {
    // What the POS has learned of the refund it may still be booking.
    await this.rest();
    await this.atTable(amount, async (order) => {
      await this.table.choose(order);
      if (this.table.isPayable(order)) await this.table.pay(order, this.table.owed(order));
    });
  },
);

Then('the POS has recorded each payment', function (this: PayAtTableWorld) {
  this.expectNow('payments-recorded');
});

Then('the POS has shown no success before the card machine had ended', function (this: PayAtTableWorld) {
  this.expectNow('refund-not-claimed-early');
});

Then('the POS has asked for a refund of what it has recorded', async function (this: PayAtTableWorld) {
  await this.expect('matched-refund-asked');
});

Then(
  'the POS has learned that the refund is {string}, and has read the payment',
  async function (this: PayAtTableWorld, status: string) {
    await this.session.reach(status);
    await this.expect('refund-confirmed');
  },
);

Then(
  'the POS shows that the refund is {string}, and the order over {money} is as it was',
  async function (this: PayAtTableWorld, status: string, amount: number) {
    await this.session.reach(status);
    await this.expect('failed-refund-shown');
    await this.atTable(amount, (order) => this.table.choose(order));
    this.expectNow('failed-refund-not-booked');
  },
);

When('the POS registers with Dojo once more, if it can', async function (this: PayAtTableWorld) {
  await this.act({ name: 'registerCapabilities' }, true);
});

Then('the POS was refused with the wrong key', async function (this: PayAtTableWorld) {
  await this.expect('wrong-key-sent', { key: this.till.enteredKeys.at(-1) ?? '' });
});
