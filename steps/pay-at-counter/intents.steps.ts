import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import { modifiersTotal, type SaleLine } from '../../support/checklists/payments/actions.ts';
import type { PaymentWorld } from '../../support/checklists/payments/world/world.ts';
import { lettersIn } from '../../support/record/amounts.ts';

When('the POS authorises {money}', async function (this: PaymentWorld, amount: number) {
  await this.till.sell({ amount, manualCapture: true });
});

When(
  'the POS takes a sale of {money} without the cardholder',
  async function (this: PaymentWorld, amount: number) {
    await this.till.sell({ amount, cardHolderNotPresent: true });
  },
);

When('the POS sells this basket:', async function (this: PaymentWorld, table: DataTable) {
  const lines = table.hashes().map((cells) => lineOf(cells, (letter) => this.amount(letter)));
  const amount = lines.reduce((sum, line) => sum + line.amountTotal + modifiersTotal(line), 0);
  await this.till.sell({ amount, lines });
});

When('the session has ended', async function (this: PaymentWorld) {
  await this.session.reach();
});

When('the amount is changed to {money} on the POS', async function (this: PaymentWorld, amount: number) {
  await this.till.changeAmount(amount);
});

When('the amount is changed to nothing on the POS', async function (this: PaymentWorld) {
  await this.till.changeAmount(0, true);
});

When(
  'the amount of the captured payment is changed to {money} on the POS',
  async function (this: PaymentWorld, amount: number) {
    await this.till.changeAmount(amount, true);
  },
);

When(
  'the amount of a payment that does not exist is changed to {money} on the POS',
  async function (this: PaymentWorld, amount: number) {
    await this.act({ name: 'changeAmount', amount, paymentIntentId: 'pi_sandbox_doesNotExist000000' }, true);
  },
);

When('the open payment is cancelled on the POS', async function (this: PaymentWorld) {
  await this.act({ name: 'cancelIntent' });
});

When(
  '{money} of it are captured on the POS, if it offers that',
  async function (this: PaymentWorld, amount: number) {
    await this.till.capturePart(amount);
  },
);

When('the payment is captured on the POS', async function (this: PaymentWorld) {
  await this.act({ name: 'capture' });
});

Given(
  'an account with more payment intents than a page of the list holds',
  async function (this: PaymentWorld) {
    await this.till.setUp();
    await this.upstream.arrangePages();
  },
);

When('all payments are listed on the POS', async function (this: PaymentWorld) {
  await this.act({ name: 'listIntents' });
});

When('the POS subscribes to events', async function (this: PaymentWorld) {
  await this.act({ name: 'subscribeWebhooks' });
});

Then(
  'the payment intent was asked for with the capture mode {string}',
  async function (this: PaymentWorld, mode: string) {
    await this.expect(`${mode.toLowerCase()}-capture-requested`);
  },
);

Then('the payment intent has the capture mode {string}', async function (this: PaymentWorld, mode: string) {
  await this.session.reach();
  await this.readState();
  await this.expect(`intent-is-${mode.toLowerCase()}`);
});

Then('each payment intent has a reference of its own', async function (this: PaymentWorld) {
  await this.expect('references-differ');
});

Then('the POS has read the payment intent after the end', async function (this: PaymentWorld) {
  await this.expect('intent-read-after-end');
});

Then('the POS has sent the new amount of {money}', async function (this: PaymentWorld, amount: number) {
  await this.expect('amount-change-sent', { amount });
});

Then('the amount of the payment intent is {money}', async function (this: PaymentWorld, amount: number) {
  await this.readState();
  await this.expect('amount-changed', { amount });
});

Then('the answer says that {money} are authorized', async function (this: PaymentWorld, amount: number) {
  await this.expect('amount-change-authorized', { amount });
});

Then('the POS shows the new amount of {money}', async function (this: PaymentWorld, amount: number) {
  await this.expect('shows-new-amount', { amount });
});

Then('the POS has captured {money}', async function (this: PaymentWorld, amount: number) {
  await this.expect('capture-sent', { amount });
  await this.readState();
  await this.expect('intent-captured-with', { amount });
});

Then('the change is refused because the payment is captured', async function (this: PaymentWorld) {
  await this.expect('change-of-captured-refused');
});

Then('the POS shows the error of the API', async function (this: PaymentWorld) {
  await this.expect('shows-refusal');
});

Then('the POS shows the error of the API, if it sent the change', async function (this: PaymentWorld) {
  await this.expect('shows-refusal-if-sent');
});

Then(
  'the amount of the payment intent is still {money}',
  async function (this: PaymentWorld, amount: number) {
    await this.readState();
    await this.expect('amount-unchanged', { amount });
  },
);

Then(
  'the user is protected from changing a payment that does not exist',
  async function (this: PaymentWorld) {
    await this.expect('unknown-intent-protected');
  },
);

Then('the user is protected from changing the amount to nothing', async function (this: PaymentWorld) {
  await this.expect('zero-amount-protected');
});

Then('the POS has cancelled the payment intent', async function (this: PaymentWorld) {
  await this.expect('intent-cancel-sent');
});

Then('the payment intent is cancelled', async function (this: PaymentWorld) {
  await this.readState();
  await this.expect('intent-canceled');
});

Then('the POS has asked for all pages of the list', async function (this: PaymentWorld) {
  await this.expect('search-sent');
  await this.expect('cursor-followed');
});

Then('no payment intent is missing and none comes twice', async function (this: PaymentWorld) {
  await this.expect('list-complete', { ids: this.upstream.arranged });
  await this.expect('list-shown', { ids: this.upstream.arranged });
});

Then('the payment intent says that the cardholder is not present', async function (this: PaymentWorld) {
  await this.expect('moto-flag-sent');
});

Then('the card machine asks for the card number', async function (this: PaymentWorld) {
  await this.session.reach('Initiated');
  await this.machine.readScreen();
  await this.expect('machine-asks-for-card-number');
});

Then('the card machine did not ask for a card', async function (this: PaymentWorld) {
  await this.expect('no-card-asked-for');
});

Then('the card was keyed in', async function (this: PaymentWorld) {
  await this.expect('card-was-keyed');
});

Then('the item lines and modifiers were sent and add up', async function (this: PaymentWorld) {
  const basket = this.till.basket;
  await this.expect('item-lines-sent', basket);
  await this.expect('item-lines-add-up');
  await this.expect('discount-is-modifier', basket);
});

Then('the POS shows the item lines and the discount', async function (this: PaymentWorld) {
  await this.expect('item-lines-shown', this.till.basket);
});

Then('the subscription is there', async function (this: PaymentWorld) {
  await this.upstream.readSubscriptions();
  await this.expect('subscription-there');
});

Then('the API has signed the events that it sends', async function (this: PaymentWorld) {
  const reachable = await this.upstream.receiveEvents();
  await this.expect('events-signed', { reachable });
});

Then(
  'the POS accepts an event that is genuine and refuses one that is forged',
  async function (this: PaymentWorld) {
    await this.upstream.deliverEvents();
    await this.expect('event-accepted');
    await this.expect('forged-event-refused');
  },
);

/** A line of the basket as a scenario's table gives it: with the price of one. A discount is an amount with a minus. */
function lineOf(cells: Record<string, string>, amount: (letter: string) => number): SaleLine {
  const quantity = Number(cells.quantity);
  const minor = (cell: string): number => (cell.startsWith('-') ? -1 : 1) * amount(lettersIn(cell)[0] ?? '');
  return {
    name: cells.item!,
    quantity,
    amountTotal: quantity * minor(cells.price!),
    modifiers: cells.modifier
      ? [{ name: cells.modifier, quantity: 1, amountPerModifier: minor(cells.amount!) }]
      : [],
  };
}
