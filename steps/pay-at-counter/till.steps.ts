import { Given, Then, When } from '@cucumber/cucumber';
import { playedBy } from '../../support/actors/card-machine/index.ts';
import { criteria } from '../../support/checklists/pay-at-counter/criteria.ts';
import type { PaymentWorld } from '../../support/checklists/payments/world/world.ts';

Given('a POS that is set up with an API key', async function (this: PaymentWorld) {
  await this.configure();
});

When('the POS looks up the card machines', async function (this: PaymentWorld) {
  await this.till.lookUp();
});

When('the POS looks up the card machines, if it offers that', async function (this: PaymentWorld) {
  await this.till.lookUpAgain();
});

When('the POS is used with it', async function (this: PaymentWorld) {
  await this.act({ name: 'listTerminals' }, true);
});

When('the POS takes a sale of {money}', async function (this: PaymentWorld, amount: number) {
  await this.till.sell({ amount });
});

When(
  'the POS takes a sale of {money}, if it sells in euros',
  async function (this: PaymentWorld, amount: number) {
    await this.till.sellInEuros(amount);
  },
);

When(
  'the POS takes a sale of {money} with cashback of {money}',
  async function (this: PaymentWorld, amount: number, cashback: number) {
    await this.till.sell({ amount, cashback });
  },
);

When(
  'the POS takes a sale of {money} with a gratuity of {money}, if it offers one',
  async function (this: PaymentWorld, amount: number, tip: number) {
    await this.till.sellWithOptionalTip(amount, tip);
  },
);

When(
  'the POS takes a sale of {money} on the card machine {string}',
  async function (this: PaymentWorld, amount: number, suffix: string) {
    await this.machine.place(suffix, { ...playedBy(suffix), presents: 300 });
    await this.till.sell({ amount });
    await this.session.reach('Captured');
  },
);

When('the payment is tried again on the POS', async function (this: PaymentWorld) {
  await this.till.retry();
});

When('the operator accepts the signature', async function (this: PaymentWorld) {
  await this.act({ name: 'signature', accepted: true });
});

When('the operator rejects the signature', async function (this: PaymentWorld) {
  await this.act({ name: 'signature', accepted: false });
});

When('the operator rejects the signature too late', async function (this: PaymentWorld) {
  await this.till.rejectLate();
});

When('the operator does not decide for 80 seconds', async function (this: PaymentWorld) {
  await this.session.waitOutSignature();
});

When('the operator cancels before the card is presented', async function (this: PaymentWorld) {
  await this.session.cancelBeforeCard();
});

When('the operator cancels after the card was presented', async function (this: PaymentWorld) {
  await this.session.reachPrompt('the card to be presented', (type) => type === 'EnterPin');
  await this.act({ name: 'cancel' }, true);
});

When('the operator records the sale by hand', async function (this: PaymentWorld) {
  await this.act({ name: 'recordManually' });
});

When('the operator records the refund by hand', async function (this: PaymentWorld) {
  await this.act({ name: 'recordManually' });
});

Then('the POS asks for the signature', async function (this: PaymentWorld) {
  await this.session.reach('SignatureVerificationRequired');
  await this.expect('asks-for-signature');
});

Then('the POS asks for the signature to be accepted or rejected', async function (this: PaymentWorld) {
  await this.session.reach('SignatureVerificationRequired');
  await this.expect('asks-for-signature');
  await this.expect('offers-accept-and-reject');
});

Then('the POS shows the outcome {string}', async function (this: PaymentWorld, outcome: string) {
  await this.expect(`shows-${outcome.toLowerCase()}`);
});

Then('the POS says that the result cannot be confirmed', async function (this: PaymentWorld) {
  await this.expect('shows-unconfirmed');
});

Then('the POS offers to record the sale by hand or to try again', async function (this: PaymentWorld) {
  await this.expect('offers-record-and-retry');
});

Then('the POS shows that the card machine is not available', async function (this: PaymentWorld) {
  await this.expect('shows-unavailable');
});

Then('the POS calls no card machine available that is not', async function (this: PaymentWorld) {
  await this.expect('availability-as-answered');
});

Then('the POS tells its user to check the API key', async function (this: PaymentWorld) {
  await this.expect('shows-check-key');
});

Then('the POS tells why the payment could not be cancelled', async function (this: PaymentWorld) {
  await this.expect('shows-cancel-refused');
});

Then('the POS offers the card machines of the account', async function (this: PaymentWorld) {
  await this.expect('terminals-offered', { tids: this.account.cardMachines.map(({ tid }) => tid) });
});

Then('the POS has recorded the cashback', async function (this: PaymentWorld) {
  await this.expect('ledger-has-cashback', {
    cashback: this.till.sale.cashback ?? 0,
    total: this.till.asked,
  });
});

Then('the POS has recorded the gratuity', async function (this: PaymentWorld) {
  await this.expect('ledger-has-tip', { tip: this.till.sale.tip ?? 0, total: this.till.asked });
});

Then('the POS has recorded the gratuity of the card machine', async function (this: PaymentWorld) {
  await this.expect('ledger-has-machine-tip', {
    tip: this.machine.givenTip,
    total: this.till.asked + this.machine.givenTip,
  });
});

Then('the POS has recorded a sale of {money}', async function (this: PaymentWorld, total: number) {
  await this.expect('ledger-has-sale', { total });
});

Then('the POS has recorded a sale of {money} by hand', async function (this: PaymentWorld, total: number) {
  await this.expect('ledger-has-manual-sale', { total });
});

Then('the POS has recorded a refund of {money} by hand', async function (this: PaymentWorld, total: number) {
  await this.expect('ledger-has-manual-refund', { total });
});

Then('the POS has polled and kept the dialogue open throughout', async function (this: PaymentWorld) {
  await this.expect('polls-throughout');
  await this.expect('dialogue-survives');
});

Then('the POS has stopped polling at the end', async function (this: PaymentWorld) {
  await this.live(criteria['polling.after-end'].value);
  await this.expect('polling-stops');
});
