import { Then } from '@cucumber/cucumber';
import type { PaymentWorld } from '../../support/checklists/payments/world/world.ts';

Then('both API keys were sent, and no other', async function (this: PaymentWorld) {
  await this.expect('key-changeable');
  await this.expect('configured-keys-sent', { keys: this.till.enteredKeys });
  await this.expect('no-other-key-sent');
});

Then('the API has refused the wrong key', async function (this: PaymentWorld) {
  await this.expect('wrong-key-refused', { key: this.till.enteredKeys.at(-1) ?? '' });
});

Then('each sale went to the card machine that was chosen for it', async function (this: PaymentWorld) {
  await this.expect('terminals-listed', {
    machines: this.account.cardMachines.map(({ tid, terminalId }) => `${tid} (${terminalId})`),
  });
  await this.expect('chosen-terminals-used');
});

Then(
  'every request of the run carries one API version, the declared one',
  async function (this: PaymentWorld) {
    await this.expect('one-version-sent');
    await this.expect('version-as-declared');
  },
);

Then('the cashback was asked for apart from the amount', async function (this: PaymentWorld) {
  await this.expect('cashback-sent-apart', {
    amount: this.till.sale.amount,
    value: this.till.sale.cashback ?? 0,
  });
});

Then('the gratuity was asked for apart from the amount', async function (this: PaymentWorld) {
  await this.expect('tip-sent-apart', { amount: this.till.sale.amount, value: this.till.sale.tip ?? null });
});

Then('the POS has sent the decision {string}', async function (this: PaymentWorld, decision: string) {
  if (!['accepted', 'rejected'].includes(decision)) throw new Error(`No signature is "${decision}"`);
  await this.expect('decision-sent', { accepted: decision === 'accepted' });
});

Then('the POS has followed its decision to the end', async function (this: PaymentWorld) {
  await this.expect('end-confirmed-by-polling');
  await this.expect('signature-question-closed');
});

Then('the POS has sent no decision', async function (this: PaymentWorld) {
  await this.expect('no-decision-sent');
});

Then('the late rejection changes nothing', async function (this: PaymentWorld) {
  await this.expect('late-decision-refused');
});

Then('the POS has used the same payment intent', async function (this: PaymentWorld) {
  await this.expect('intent-reused');
});

Then('the sale is refused because the card machine is not available', async function (this: PaymentWorld) {
  await this.session.reach('Captured');
  await this.expect('refused-as-unavailable', { terminalId: this.machine.current.terminalId });
});

Then('the POS has sent no cancellation', async function (this: PaymentWorld) {
  await this.expect('no-cancel-sent');
});

Then('the POS has sent the cancellation before the card was presented', async function (this: PaymentWorld) {
  await this.expect('cancel-sent-before-card');
});

Then('the POS has sent the cancellation after the card was presented', async function (this: PaymentWorld) {
  await this.expect('cancel-sent-after-card');
});

Then('the API has refused the cancellation', async function (this: PaymentWorld) {
  await this.expect('cancel-refused');
});

Then('the POS has confirmed the end by polling', async function (this: PaymentWorld) {
  await this.expect('end-confirmed-by-polling');
});

Then('the POS has polled about once per second', async function (this: PaymentWorld) {
  await this.expect('polling-samples');
  await this.expect('polling-median');
  await this.expect('polling-longest-gap');
});

Then(
  'the API has reported the prompts of the card machine, and the POS has shown them',
  async function (this: PaymentWorld) {
    await this.expect('prompts-delivered');
    await this.expect('prompts-shown');
    await this.expect('prompts-cleared');
  },
);
