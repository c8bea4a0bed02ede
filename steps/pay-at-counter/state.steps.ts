import { Then } from '@cucumber/cucumber';
import type { PayAtCounterWorld } from '../../support/checklists/pay-at-counter/world/world.ts';

Then('the terminal session ends as {string}', async function (this: PayAtCounterWorld, status: string) {
  await this.session.reach(status);
  await this.readState();
  await this.expect(`session-ends-${status.toLowerCase()}`);
});

Then('the card was inserted', async function (this: PayAtCounterWorld) {
  await this.expect('card-was-inserted');
});

Then('the card was tapped', async function (this: PayAtCounterWorld) {
  await this.expect('card-was-tapped');
});

Then('the total of the payment is {money}', async function (this: PayAtCounterWorld, total: number) {
  await this.expect('total-adds-up', { total });
});

Then('the total of the payment is what was asked for', async function (this: PayAtCounterWorld) {
  await this.expect('total-adds-up', { total: this.till.asked });
});

Then('the signature is finalised by time-out', async function (this: PayAtCounterWorld) {
  await this.session.reach('Captured');
  await this.readState();
  await this.expect('signature-times-out');
});

Then('the device was verified', async function (this: PayAtCounterWorld) {
  await this.expect('device-was-verified');
});

Then('the two cards were of different types', async function (this: PayAtCounterWorld) {
  await this.expect('card-types-differ');
});
