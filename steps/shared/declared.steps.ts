import { Then } from '@cucumber/cucumber';
import type { KitWorld } from '../../support/run/world.ts';

Then('it is declared who enters the credentials', async function (this: KitWorld) {
  await this.expectDeclared('credentials-entered-by', 'credentialsEnteredBy');
});

Then('the minimum compatible version of the POS is declared', async function (this: KitWorld) {
  await this.expectDeclared('pos-version-declared', 'minimumPosVersion');
});
