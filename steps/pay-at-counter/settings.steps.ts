import { defineParameterType, When } from '@cucumber/cucumber';
import type { PayAtCounterWorld } from '../../support/checklists/pay-at-counter/world/world.ts';

/** £10.00 in a scenario is 1000 minor units in a step. */
defineParameterType({
  name: 'money',
  regexp: /£(\d+)\.(\d{2})/,
  transformer: (pounds: string, pence: string) => Number(pounds) * 100 + Number(pence),
});

When('another API key is entered in the POS', async function (this: PayAtCounterWorld) {
  await this.configure(await this.account.anotherKey());
});

When(
  'an API key with one character too many is entered in the POS',
  async function (this: PayAtCounterWorld) {
    await this.configure(`${this.account.apiKey}X`);
  },
);
