import { Then, When } from '@cucumber/cucumber';
import type { PayAtTableWorld } from '../../support/checklists/pay-at-table/world/world.ts';

When('a card machine locks the order over {money}', async function (this: PayAtTableWorld, amount: number) {
  const order = this.orders.get(amount);
  if (order) await this.table.choose(order, true);
});

When(
  'another card machine asks for the order over {money}',
  async function (this: PayAtTableWorld, amount: number) {
    const order = this.orders.get(amount);
    if (order) await this.other.choose(order, true);
  },
);

When(
  'a guest pays the order over {money} on each card machine that has locked it',
  async function (this: PayAtTableWorld, amount: number) {
    await this.atTable(amount, async (order) => {
      await this.table.choose(order);
      const machines = [this.table, this.other].filter(({ holds }) => holds);
      const owed = this.table.owed(order);
      await Promise.all(machines.map((machine) => machine.pay(order, owed)));
      if (this.other.holds) await this.other.leave(order);
    });
  },
);

When(
  'the lock of the order over {money} is released once more',
  async function (this: PayAtTableWorld, amount: number) {
    const order = this.orders.get(amount);
    const lock = order && this.evidence.locks(order.orderId)[0];
    if (lock) await this.table.release(order.orderId, lock.lockId);
  },
);

When(
  'the guest leaves the order over {money} unpaid',
  async function (this: PayAtTableWorld, amount: number) {
    // It is read once more while the lock still stands.
    await this.atTable(amount, (order) => this.table.choose(order));
  },
);

When(
  'another card machine locks the order over {money}, and leaves it',
  async function (this: PayAtTableWorld, amount: number) {
    const order = this.orders.get(amount);
    if (!order) return;
    await this.other.choose(order, true);
    await this.other.leave(order);
  },
);

When(
  'a card machine locks the order over {money} for a moment, and is lost',
  async function (this: PayAtTableWorld, amount: number) {
    const order = this.orders.get(amount);
    if (order) await this.table.loseLock(order);
  },
);

When(
  'a card machine locks the order over {money} for a moment, and then for longer',
  async function (this: PayAtTableWorld, amount: number) {
    await this.atTable(amount, (order) => this.table.prolongLock(order, this.other));
  },
);

Then('the POS has locked each order for one card machine alone', function (this: PayAtTableWorld) {
  this.expectNow('lock-given');
  this.expectNow('second-lock-refused');
});

Then(
  'the POS has answered the orders that it was asked for while they were locked',
  function (this: PayAtTableWorld) {
    this.expectNow('order-by-id');
  },
);

Then('nobody has changed an order that was locked', function (this: PayAtTableWorld) {
  this.expectNow('locked-order-unchanged');
});

Then('the POS has unlocked each order', function (this: PayAtTableWorld) {
  this.expectNow('lock-released');
  this.expectNow('lock-expired');
});
