import { Then, When } from '@cucumber/cucumber';
import type { PayAtTableWorld } from '../../support/checklists/pay-at-table/world/world.ts';

When('the WebSocket is idle until the POS gives a sign of life', async function (this: PayAtTableWorld) {
  await this.line.idle();
});

When('Dojo closes the WebSocket, and takes none for a moment', async function (this: PayAtTableWorld) {
  await this.line.lose('close');
});

When('the WebSocket is reset', async function (this: PayAtTableWorld) {
  await this.line.lose('reset');
});

When('Dojo falls silent on the WebSocket', async function (this: PayAtTableWorld) {
  await this.line.lose('fall silent');
});

When(
  'a guest pays the order over {money} in full, while the WebSocket is lost with the answer',
  async function (this: PayAtTableWorld, amount: number) {
    await this.atTable(amount, async (order) => {
      await this.table.choose(order);
      await this.table.pay(order, this.table.owed(order), 0, true);
    });
  },
);

Then('the POS has kept the WebSocket alive', function (this: PayAtTableWorld) {
  this.expectNow('socket-kept-alive');
});

Then('the POS has opened it again each time, and served Dojo over it', function (this: PayAtTableWorld) {
  this.expectNow('socket-opened-again');
  this.expectNow('socket-served-again');
});

Then('the payment is recorded once', async function (this: PayAtTableWorld) {
  await this.look();
  this.expectNow('lost-answer-repeated');
  this.expectNow('payments-identified');
  this.expectNow('socket-says-nothing-else');
});
