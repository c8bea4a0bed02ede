import { Given, Then, When } from '@cucumber/cucumber';
import type { KitWorld } from '../../support/run/world.ts';

Given('the API key of the POS is revoked', async function (this: KitWorld) {
  await this.chooseMachine();
  await this.revokeKey();
});

When('the POS takes a sale of {money}, if it can', async function (this: KitWorld, amount: number) {
  await this.sell({ amount }, true);
});

When('the card machine goes offline after the POS has chosen it', async function (this: KitWorld) {
  await this.chooseMachine();
  await this.putMachine('offline');
});

Then('no request of the run was a bad one', async function (this: KitWorld) {
  await this.expect('no-bad-request');
});
