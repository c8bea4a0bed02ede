import { Given, Then, When } from '@cucumber/cucumber';
import type { PaymentWorld } from '../../support/checklists/payments/world/world.ts';

const starts = 'the answer to the start of the card machine is lost';
const startsRefused = 'the start of the card machine is answered 503';
const captures = {
  before: 'the connection is lost before the capture arrives',
  after: 'the answer to the capture is lost',
};
const polls = 'a poll is answered 503';
const refunds = 'the answer to the refund is lost';

Given('the answer to the next start of the card machine is lost', async function (this: PaymentWorld) {
  this.upstream.arm(starts, 'POST', '/terminal-sessions', { kind: 'drop-after' });
});

Given('the API is out of order for the next start of the card machine', async function (this: PaymentWorld) {
  this.upstream.arm(startsRefused, 'POST', '/terminal-sessions', { kind: 'answer', status: 503 });
});

Given('the connection is lost before the next capture arrives', async function (this: PaymentWorld) {
  this.upstream.arm(captures.before, 'POST', '/payment-intents/{id}/captures', { kind: 'drop-before' });
});

Given('the answer to the next capture is lost', async function (this: PaymentWorld) {
  this.upstream.arm(captures.after, 'POST', '/payment-intents/{id}/captures', { kind: 'drop-after' });
});

Given('the API is out of order for five polls', async function (this: PaymentWorld) {
  this.upstream.arm(polls, 'GET', '/terminal-sessions/{id}', { kind: 'answer', status: 503 }, 5);
});

Given('the answer to the next refund is lost', async function (this: PaymentWorld) {
  this.upstream.arm(refunds, 'POST', '/payment-intents/{id}/refunds', { kind: 'drop-after' });
});

Given(
  'a card machine whose next card is presented just when the payment is cancelled',
  async function (this: PaymentWorld) {
    await this.machine.serve('SIP0', { waits: 'before-card', outrunsCancel: true });
  },
);

Given(
  'a card machine that is lost during the payment and reports it as paid later',
  async function (this: PaymentWorld) {
    await this.machine.serve('TIP0', { outcome: 'silence', presents: 300, reportsLate: 6000 });
  },
);

When('the card machine goes offline after the card was presented', async function (this: PaymentWorld) {
  await this.session.reachPrompt('the card to be presented', (type) => type === 'EnterPin');
  await this.machine.put('offline');
});

When('the lost card machine has reported the payment', async function (this: PaymentWorld) {
  await this.upstream.awaitIntent('Captured');
  // Were the customer asked to pay again, the card would be taken.
  await this.machine.place('TIP0', { presents: 300 });
});

When('the POS is restarted while it waits for the card', async function (this: PaymentWorld) {
  await this.session.reachPrompt(
    'the card machine to ask for the card',
    (type) => type === 'PresentCard' || type === 'InsertCard',
  );
  await this.restart();
});

When('the event of the capture is delivered twice', async function (this: PaymentWorld) {
  await this.upstream.deliverCapture('first', 'genuine', 'genuine, delivered again');
});

When('an event of the capture is delivered late', async function (this: PaymentWorld) {
  await this.upstream.deliverCapture('late', 'genuine, delivered late');
});

When('the payment has been refunded', async function (this: PaymentWorld) {
  await this.upstream.awaitIntent('Refunded');
});

When('the payment is captured again on the POS, if it offers that', async function (this: PaymentWorld) {
  await this.till.captureIfOffered();
});

When('the payment is tried again on the POS, if it offers that', async function (this: PaymentWorld) {
  await this.till.retryIfOffered();
});

When('the refund is tried again on the POS, if it offers that', async function (this: PaymentWorld) {
  await this.till.retryIfOffered();
});

Then('the answer to the start was lost', async function (this: PaymentWorld) {
  await this.expect('fault-met', { fault: starts, times: 1 });
});

Then('the start was answered by an API that was out of order', async function (this: PaymentWorld) {
  await this.expect('fault-met', { fault: startsRefused, times: 1 });
});

Then('the capture was lost on its way', async function (this: PaymentWorld) {
  await this.expect('fault-met', { fault: captures.before, times: 1 });
});

Then('the answer to the capture was lost', async function (this: PaymentWorld) {
  await this.expect('fault-met', { fault: captures.after, times: 1 });
});

When(
  'the same sale is paid from a second window or device of the POS, if it has one',
  async function (this: PaymentWorld) {
    await this.till.payElsewhere();
  },
);

Then('the sale was paid from one place only', async function (this: PaymentWorld) {
  await this.expect('paid-from-one-place');
});

Then('five polls met an API that was out of order', async function (this: PaymentWorld) {
  await this.expect('fault-met', { fault: polls, times: 5 });
});

Then('the answer to the refund was lost', async function (this: PaymentWorld) {
  await this.expect('fault-met', { fault: refunds, times: 1 });
});

Then('nothing was sent again blindly', async function (this: PaymentWorld) {
  await this.expect('not-sent-blindly-again');
});

Then('the POS has gone on with the payment', async function (this: PaymentWorld) {
  await this.expect('goes-on-after-restart');
});

Then('the payment intent is captured with {money}', async function (this: PaymentWorld, amount: number) {
  await this.readState();
  await this.expect('intent-captured-with', { amount });
});

Then('the POS confirms the events', async function (this: PaymentWorld) {
  await this.expect('event-accepted');
});

Then('no more is refunded than was asked for', async function (this: PaymentWorld) {
  await this.readState();
  await this.expect('refunded-once');
});

Then('the API has made the refund once', async function (this: PaymentWorld) {
  await this.expect('refunded-once-a-key');
});

Then('the POS shows what the payment intent says', async function (this: PaymentWorld) {
  await this.readState();
  await this.expect('shows-what-holds');
});
