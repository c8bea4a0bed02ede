import { Given, Then, When } from '@cucumber/cucumber';
import type { PaymentWorld } from '../../support/checklists/payments/world/world.ts';

Given('a card machine whose next card is inserted', async function (this: PaymentWorld) {
  await this.machine.serve('SIP0', { presents: 800 });
});

Given('a card machine whose next card is inserted after a moment', async function (this: PaymentWorld) {
  // Each prompt of a sale by PIN that asks something of the customer lasts long enough to be seen on any till.
  await this.machine.serve('SIP0', { presents: 2800, types: 3600 });
});

Given('a card machine whose next card is inserted after a while', async function (this: PaymentWorld) {
  await this.machine.serve('SIP0', { presents: 6500 });
});

Given(
  'a card machine whose next card is inserted with a gratuity of {money}',
  async function (this: PaymentWorld, tip: number) {
    await this.machine.serve('SIP0', { presents: 300, tip });
  },
);

Given('a card machine whose next card is contactless', async function (this: PaymentWorld) {
  await this.machine.serve('SCN0', { entry: 'contactless', verification: 'none', presents: 300 });
});

Given('a card machine whose next card needs a signature', async function (this: PaymentWorld) {
  await this.machine.serve('SIS0', { verification: 'signature', presents: 300 });
});

Given('a card machine whose next card is declined', async function (this: PaymentWorld) {
  await this.machine.serve('DIP0', { outcome: 'decline', presents: 300 });
});

Given('a card machine that is lost during the payment', async function (this: PaymentWorld) {
  await this.machine.serve('TIP0', { outcome: 'silence', presents: 300 });
});

Given('a card machine on which the next payment is cancelled', async function (this: PaymentWorld) {
  await this.machine.serve('SIP0', { cancels: true, presents: 2000 });
});

Given('a card machine whose next card is not presented for a long time', async function (this: PaymentWorld) {
  await this.machine.serve('SIP0', { waits: 'before-card' });
});

Given(
  'a card machine whose next card is presented and whose PIN takes a long time',
  async function (this: PaymentWorld) {
    await this.machine.serve('SIP0', { presents: 300, waits: 'at-verification' });
  },
);

Given('a card machine that is in its menu', async function (this: PaymentWorld) {
  await this.machine.serve('SIP0', null);
  await this.machine.put('menu');
});

When('the customer presents the card all the same', async function (this: PaymentWorld) {
  await this.machine.proceed();
});

When('the customer enters the PIN', async function (this: PaymentWorld) {
  await this.machine.proceed();
});

Then('the card machine asks for {money}', async function (this: PaymentWorld, total: number) {
  await this.session.reachPrompt('the card machine to ask for the card', (type) => type === 'PresentCard');
  await this.machine.readScreen();
  await this.expect('machine-shows-total', { total });
});

Given('a card machine whose next card is a phone', async function (this: PaymentWorld) {
  await this.machine.serve('SCP0', { entry: 'contactless', verification: 'device', presents: 1000 });
});

Given(
  'a card machine whose next card is a {string} card',
  async function (this: PaymentWorld, scheme: string) {
    await this.machine.serve('SIP0', { scheme, presents: 300 });
  },
);

Given('a card machine whose next card is keyed in', async function (this: PaymentWorld) {
  await this.machine.serve('SIP0', { presents: 4000 });
});
