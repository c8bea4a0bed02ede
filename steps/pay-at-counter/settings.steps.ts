import { defineParameterType, When } from '@cucumber/cucumber';
import type { PaymentWorld } from '../../support/checklists/payments/world/world.ts';
import { lettersIn, namedAmount } from '../../support/record/amounts.ts';

/** £A in a scenario is an amount that the run has drawn for it; in minor units. */
defineParameterType({
  name: 'money',
  regexp: namedAmount,
  transformer(this: PaymentWorld, text: string) {
    return lettersIn(text).reduce((sum, letter) => sum + this.amount(letter), 0);
  },
});

When('another API key is entered in the POS', async function (this: PaymentWorld) {
  await this.configure(await this.account.anotherKey());
});

When('an API key with one character too many is entered in the POS', async function (this: PaymentWorld) {
  await this.configure(`${this.account.apiKey}X`);
});
