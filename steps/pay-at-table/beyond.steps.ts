import { Then, When } from '@cucumber/cucumber';
import type { PayAtTableWorld } from '../../support/checklists/pay-at-table/world/world.ts';

const payments = 'the API is out of order for payment intents';

When(
  'a guest pays {money} of the order over {money}, and the POS is asked to record it once more',
  async function (this: PayAtTableWorld, part: number, amount: number) {
    await this.atTable(amount, async (order) => {
      await this.table.choose(order);
      const payment = await this.table.payTwice(order, part, false);
      await this.table.choose(order);
      await this.table.recordOtherwise(payment, part - 1);
    });
  },
);

When(
  'a guest pays {money} of the order over {money}, and the POS is asked twice at once to record it',
  async function (this: PayAtTableWorld, part: number, amount: number) {
    await this.atTable(amount, async (order) => {
      await this.table.choose(order);
      await this.table.payTwice(order, part, true);
    });
  },
);

When(
  'a guest pays a penny more than the order over {money}',
  async function (this: PayAtTableWorld, amount: number) {
    await this.atTable(amount, async (order) => {
      await this.table.choose(order);
      await this.table.pay(order, order.entered + 1);
    });
  },
);

When(
  'guests pay the order over {money} in full on two card machines at the same time',
  async function (this: PayAtTableWorld, amount: number) {
    await this.atTable(amount, async (order) => {
      await this.table.choose(order);
      await Promise.all([this.table, this.other].map((machine) => machine.pay(order, order.entered)));
    });
  },
);

When('a guest pays the order over {money} in euros', async function (this: PayAtTableWorld, amount: number) {
  await this.atTable(amount, async (order) => {
    await this.table.choose(order);
    await this.table.pay({ ...order, currency: 'EUR' }, order.entered);
  });
});

When(
  'a guest pays {money} of the order over {money}, which is closed',
  async function (this: PayAtTableWorld, part: number, amount: number) {
    const order = this.orders.get(amount);
    if (order && this.standing.closed.includes(order.orderId)) await this.table.pay(order, part);
  },
);

When(
  'a guest pays {money} of an order that is not there',
  async function (this: PayAtTableWorld, part: number) {
    await this.table.pay({ orderId: this.strangers[0]!, entered: part, currency: 'GBP' }, part);
  },
);

When(
  'the POS is called with other credentials, and for an operation that nobody has',
  async function (this: PayAtTableWorld) {
    const [order] = this.orders.values();
    await this.dojo.callAsStranger(order?.orderId ?? this.strangers[0]!);
  },
);

When(
  'a guest pays {money} of the order over {money} while the API is out of order for payment intents',
  async function (this: PayAtTableWorld, part: number, amount: number) {
    await this.atTable(amount, async (order) => {
      await this.table.choose(order);
      this.upstream.arm(payments, 'GET', '/payment-intents/{id}', { kind: 'answer', status: 503 }, 100);
      await this.table.pay(order, part);
      for (const fault of this.armed) fault.disarm();
    });
  },
);

When(
  'a guest pays the rest of the order over {money}',
  async function (this: PayAtTableWorld, amount: number) {
    await this.atTable(amount, async (order) => {
      await this.table.choose(order);
      if (this.table.isPayable(order)) await this.table.pay(order, this.table.owed(order));
    });
  },
);

When(
  'a guest pays {money} of the order over {money} on another card machine, which has no lock',
  async function (this: PayAtTableWorld, part: number, amount: number) {
    const order = this.orders.get(amount);
    if (order) await this.other.pay(order, part);
  },
);

When(
  'the event of the payment of the order over {money} is delivered twice',
  async function (this: PayAtTableWorld, amount: number) {
    const order = this.orders.get(amount);
    const payment = order && this.evidence.payments(order.orderId).at(-1);
    if (payment) await this.dojo.deliver(payment.paymentIntentId, ['genuine', 'genuine, delivered again']);
  },
);

Then('the POS has counted each payment once', function (this: PayAtTableWorld) {
  this.expectNow('repeat-recorded-once');
});

Then('the POS has not taken another amount for it', function (this: PayAtTableWorld) {
  this.expectNow('other-amount-refused');
});

Then('the POS has recorded no more than was owed', function (this: PayAtTableWorld) {
  this.expectNow('never-overpaid');
});

Then('the POS counts nothing that it has refused', function (this: PayAtTableWorld) {
  this.expectNow('refused-not-counted');
});

Then('the POS has refused the other currency', function (this: PayAtTableWorld) {
  this.expectNow('other-currency-refused');
});

Then('the POS has refused each payment for an order that is closed', function (this: PayAtTableWorld) {
  const unknown = [this.strangers[0]!];
  this.expectNow('closed-order-refused', { closed: this.standing.closed, unknown });
});

Then('the POS has refused the stranger', function (this: PayAtTableWorld) {
  this.expectNow('strangers-refused');
});

Then('the POS has recorded no payment past the lock', function (this: PayAtTableWorld) {
  this.expectNow('lock-binds-payments');
});

Then('the POS counts the payment of the event once', function (this: PayAtTableWorld) {
  this.expectNow('event-counted-once');
});
