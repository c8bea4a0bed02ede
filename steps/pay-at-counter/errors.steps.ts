import { Given, Then, When } from '@cucumber/cucumber';
import type { PaymentWorld } from '../../support/checklists/payments/world/world.ts';

Given('the API key of the POS is revoked', async function (this: PaymentWorld) {
  await this.machine.choose();
  await this.upstream.revokeKey();
});

When('the POS takes a sale of {money}, if it can', async function (this: PaymentWorld, amount: number) {
  await this.till.sell({ amount }, true);
});

When('the card machine goes offline after the POS has chosen it', async function (this: PaymentWorld) {
  await this.machine.choose();
  await this.machine.put('offline');
});

Then('no request of the run was a bad one', async function (this: PaymentWorld) {
  await this.expect('no-bad-request');
});
