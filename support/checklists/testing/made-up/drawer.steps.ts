import { Then, When } from '@cucumber/cucumber';
import type { RowWorld } from '../../../run/row-world.ts';

When('the operator opens the drawer', async function (this: RowWorld) {
  await this.act({ name: 'openDrawer' });
});

When('the operator opens the drawer because of {string}', async function (this: RowWorld, reason: string) {
  await this.act({ name: 'openDrawer', reason });
});

Then('the drawer is open', async function (this: RowWorld) {
  this.note('drawer-looked-at', { by: 'operator' });
  await this.expect('drawer-opens');
});

Then('the drawer is open because of {string}', async function (this: RowWorld, reason: string) {
  this.note('drawer-looked-at', { by: 'operator' });
  await this.expect('drawer-opens', { reason });
});
