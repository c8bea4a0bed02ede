import { Given, Then, When } from '@cucumber/cucumber';
import { lists } from '../../support/checklists/pay-at-table/epos-data.ts';
import type { PayAtTableWorld } from '../../support/checklists/pay-at-table/world/world.ts';

Given('a POS that has registered with Dojo', async function (this: PayAtTableWorld) {
  await this.register();
});

Given('an order over {money}', async function (this: PayAtTableWorld, amount: number) {
  await this.openOrder(amount);
});

When('the POS asks what is registered', async function (this: PayAtTableWorld) {
  await this.act({ name: 'listCapabilities' }, true);
  await this.rest();
});

When('a guest pays the order over {money} in full', async function (this: PayAtTableWorld, amount: number) {
  await this.atTable(amount, async (order) => {
    await this.table.choose(order);
    await this.table.pay(order, this.table.owed(order));
  });
});

When(
  'a guest pays the order over {money} in full, while it is locked where the POS locks orders',
  async function (this: PayAtTableWorld, amount: number) {
    await this.atTable(amount, async (order) => {
      await this.table.choose(order, true);
      await this.table.pay(order, this.table.owed(order));
    });
  },
);

When(
  'guests split the order over {money} into {int} equal parts',
  async function (this: PayAtTableWorld, amount: number, parts: number) {
    await this.atTable(amount, async (order) => {
      await this.table.choose(order);
      await this.table.payEqually(order, parts);
    });
  },
);

When(
  'guests pay {money} of the order over {money}, and then the rest',
  async function (this: PayAtTableWorld, part: number, amount: number) {
    await this.atTable(amount, async (order) => {
      await this.table.choose(order);
      await this.table.pay(order, part);
      await this.table.choose(order);
      await this.table.pay(order, this.table.owed(order));
    });
  },
);

When(
  'guests pay {money} of the order over {money} with a tip of {money}, and then the rest',
  async function (this: PayAtTableWorld, part: number, amount: number, tip: number) {
    await this.atTable(amount, async (order) => {
      await this.table.choose(order);
      await this.table.pay(order, part, tip);
      await this.table.choose(order);
      await this.table.pay(order, this.table.owed(order));
    });
  },
);

When(
  'guests pay {money} of the order over {money} and the rest at the same time, on two card machines',
  async function (this: PayAtTableWorld, part: number, amount: number) {
    await this.atTable(amount, async (order) => {
      await this.table.choose(order);
      await Promise.all([this.table.pay(order, part), this.table.pay(order, this.table.owed(order) - part)]);
    });
  },
);

When(
  'a guest pays {money} of the order over {money} with a tip of {money}, and leaves',
  async function (this: PayAtTableWorld, part: number, amount: number, tip: number) {
    await this.atTable(amount, async (order) => {
      await this.table.choose(order, true);
      await this.table.pay(order, part, tip);
    });
  },
);

When(
  'a guest pays {money} of the order over {money}, and leaves',
  async function (this: PayAtTableWorld, part: number, amount: number) {
    await this.atTable(amount, async (order) => {
      await this.table.choose(order);
      await this.table.pay(order, part);
    });
  },
);

When(
  'the POS voids the order over {money}, if it can',
  async function (this: PayAtTableWorld, amount: number) {
    await this.putAside(amount, 'voidOrder');
  },
);

When(
  'the POS keeps the order over {money} on hold, if it can',
  async function (this: PayAtTableWorld, amount: number) {
    await this.putAside(amount, 'holdOrder');
  },
);

When(
  'the POS adds an item over {money} to the order over {money}, if it can',
  async function (this: PayAtTableWorld, price: number, amount: number) {
    await this.addItem(amount, price);
  },
);

When('a card machine searches for payable orders', async function (this: PayAtTableWorld) {
  await this.dojo.search();
});

When('a card machine searches for payable orders, two to a page', async function (this: PayAtTableWorld) {
  await this.dojo.search({ payableOnly: true }, 2);
});

When(
  'a card machine searches for payable orders, two to a page, and the first of them is paid meanwhile',
  async function (this: PayAtTableWorld) {
    const payFirst = async () => {
      const listed = this.evidence.callsOf('SearchOrders').at(-1);
      const first = listed && [...this.orders.values()].find(({ orderId }) => lists(listed, orderId));
      if (first) await this.table.pay(first, this.table.owed(first));
    };
    await this.dojo.search({ payableOnly: true }, 2, undefined, payFirst);
  },
);

When('a card machine searches for payable orders, and chooses each', async function (this: PayAtTableWorld) {
  await this.dojo.search();
  for (const order of this.orders.values()) await this.table.choose(order);
});

When('Dojo asks for orders that are not there', async function (this: PayAtTableWorld) {
  for (const orderId of [...this.strangers, ...this.nearMisses])
    await this.dojo.call('GetOrderById', { orderId });
});

When(
  'each capability that is registered is called for the order over {money}',
  async function (this: PayAtTableWorld, amount: number) {
    await this.atTable(amount, async (order) => {
      await this.table.choose(order, true);
      await this.table.printBill(order);
      await this.table.keepLock(order);
      await this.table.pay(order, this.table.owed(order));
    });
  },
);

Then('each payment is recorded', async function (this: PayAtTableWorld) {
  await this.look();
  this.expectNow('payments-recorded');
  this.expectNow('payments-identified');
});

Then('each order is closed', function (this: PayAtTableWorld) {
  this.expectNow('paid-order-closed');
});

Then('the tip is recorded apart', async function (this: PayAtTableWorld) {
  await this.look();
  this.expectNow('tips-apart');
});

Then('the order is payable again, for what is still owed', function (this: PayAtTableWorld) {
  this.expectNow('order-payable-again');
});

Then(
  'the POS shows what is still owed, where it shows the total of the order',
  async function (this: PayAtTableWorld) {
    await this.expect('balance-shown');
  },
);

Then('the POS has listed each order that can be paid, and no other', function (this: PayAtTableWorld) {
  const { open, closed, held } = this.standing;
  this.expectNow('payable-orders-alone', { closed, held });
  this.expectNow('payable-orders-listed', { open });
});

Then('the POS has listed each other order that can be paid', function (this: PayAtTableWorld) {
  this.expectNow('payable-orders-listed', { open: this.standing.open });
});

Then('the POS has answered the orders that it was asked for', function (this: PayAtTableWorld) {
  this.expectNow('order-by-id');
  this.expectNow('search-agrees');
});

Then('each order that the POS has listed has a status', function (this: PayAtTableWorld) {
  this.expectNow('statuses-stated');
});

Then('the POS has refused each order that is not there', function (this: PayAtTableWorld) {
  this.expectNow('unknown-order-refused', { unknown: [...this.strangers, ...this.nearMisses] });
});

Then('the POS has read it from Dojo', async function (this: PayAtTableWorld) {
  await this.expect('registrations-read');
});

Then('all capabilities that are needed at a table are registered', function (this: PayAtTableWorld) {
  this.expectNow('needed-capabilities-registered');
  this.expectNow('registered-address-callable');
});

Then('the POS has served each of them', function (this: PayAtTableWorld) {
  this.expectNow('registered-capabilities-served');
});

Then(
  'every request of the run that needs an API version carries the declared one',
  async function (this: PayAtTableWorld) {
    this.expectNow('one-version-declared');
  },
);

Then('it is declared that the API version is hard-coded', async function (this: PayAtTableWorld) {
  await this.expectDeclared('version-hard-coded', 'versionAtPos');
});

Then(
  'it is declared over what Dojo calls the POS, as it has registered',
  async function (this: PayAtTableWorld) {
    await this.expectDeclared('adapter-as-declared', 'eposAdapter');
  },
);
