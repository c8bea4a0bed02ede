import { Then } from '@cucumber/cucumber';
import type { PaymentWorld } from '../../support/checklists/payments/world/world.ts';

Then('the terminal session ends as {string}', async function (this: PaymentWorld, status: string) {
  await this.session.reach(status);
  await this.readState();
  await this.expect(`session-ends-${status.toLowerCase()}`);
});

Then('the card was inserted', async function (this: PaymentWorld) {
  await this.expect('card-was-inserted');
});

Then('the card was tapped', async function (this: PaymentWorld) {
  await this.expect('card-was-tapped');
});

Then('the total of the payment is {money}', async function (this: PaymentWorld, total: number) {
  await this.expect('total-adds-up', { total });
});

Then('the total of the payment is what was asked for', async function (this: PaymentWorld) {
  await this.expect('total-adds-up', { total: this.till.asked });
});

Then('the signature is finalised by time-out', async function (this: PaymentWorld) {
  await this.session.reach('Captured');
  await this.readState();
  await this.expect('signature-times-out');
});

Then('the device was verified', async function (this: PaymentWorld) {
  await this.expect('device-was-verified');
});

Then('the two cards were of different types', async function (this: PaymentWorld) {
  await this.expect('card-types-differ');
});
