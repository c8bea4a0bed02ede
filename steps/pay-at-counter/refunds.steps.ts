import { Given, Then, When } from '@cucumber/cucumber';
import type { PaymentWorld } from '../../support/checklists/payments/world/world.ts';

Given('a captured sale of {money}', async function (this: PaymentWorld, amount: number) {
  await this.machine.serve('SIP0', { entry: 'chip', verification: 'pin', presents: 300 });
  await this.till.sell({ amount });
  await this.session.reach('Captured');
  await this.readState();
});

When('the payment is refunded on the POS', async function (this: PaymentWorld) {
  await this.act({ name: 'refundIntent' });
});

When('{money} of the payment are refunded on the POS', async function (this: PaymentWorld, amount: number) {
  await this.act({ name: 'refundIntent', amount });
});

When(
  '{money} more of the payment are refunded on the POS, if it offers that',
  async function (this: PaymentWorld, amount: number) {
    await this.till.refundMore(amount);
  },
);

When(
  'a penny more than is left of the payment is refunded, where the API is certified',
  async function (this: PaymentWorld) {
    await this.till.refundTooMuch();
  },
);

Then('the API has refused to give back more than was captured', async function (this: PaymentWorld) {
  await this.readState();
  await this.expect('over-refund-refused');
});

Then('no two refunds have the same key', async function (this: PaymentWorld) {
  await this.expect('refund-keys-differ');
});

When('the payment is refunded on the card machine', async function (this: PaymentWorld) {
  await this.machine.choose();
  await this.act({ name: 'matchedRefund' });
});

When('the POS refunds {money} without a payment', async function (this: PaymentWorld, amount: number) {
  await this.machine.choose();
  await this.act({ name: 'unlinkedRefund', amount, currency: 'GBP' });
});

Then('the POS has sent a refund of {money}', async function (this: PaymentWorld, amount: number) {
  await this.expect('refund-sent', { amount });
  await this.expect('refund-id-returned');
});

Then('the POS has read the payment intent after the refund', async function (this: PaymentWorld) {
  await this.expect('intent-read-after-refund');
});

Then('the payment intent is refunded with {money}', async function (this: PaymentWorld, amount: number) {
  await this.readState();
  await this.expect('intent-refunded', { amount });
});

Then(
  'the payment intent is refunded in part with {money}',
  async function (this: PaymentWorld, amount: number) {
    await this.readState();
    await this.expect('intent-refunded-in-part', { amount });
  },
);

Then('the POS shows that {money} were refunded in part', async function (this: PaymentWorld, amount: number) {
  await this.expect('shows-part-of-refund', { amount });
});

Then(
  'the POS has asked for a matched refund of {money}',
  async function (this: PaymentWorld, amount: number) {
    await this.expect('refund-session-sent', { type: 'MatchedRefund', amount });
  },
);

Then(
  'the POS has asked for an unlinked refund of {money}',
  async function (this: PaymentWorld, amount: number) {
    await this.expect('refund-session-sent', { type: 'UnlinkedRefund', amount });
  },
);

Then('nothing is refunded', async function (this: PaymentWorld) {
  await this.readState();
  await this.expect('nothing-refunded');
});

Then('the POS asks its user to check the card machine', async function (this: PaymentWorld) {
  await this.expect('says-check-machine');
});

Then('the POS never said that something was paid', async function (this: PaymentWorld) {
  await this.expect('never-says-paid');
});
