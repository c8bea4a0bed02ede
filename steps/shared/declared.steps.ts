import { Then } from '@cucumber/cucumber';
import type { RowWorld } from '../../support/run/row-world.ts';

Then('it is declared who enters the credentials', async function (this: RowWorld) {
  await this.expectDeclared('credentials-entered-by', 'credentialsEnteredBy');
});

Then('the minimum compatible version of the POS is declared', async function (this: RowWorld) {
  await this.expectDeclared('pos-version-declared', 'minimumPosVersion');
});
