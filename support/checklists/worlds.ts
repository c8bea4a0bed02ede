/**
 * What the steps of each checklist act on, and what plays its subject where the API itself is certified. A run's workers
 * load it; whoever only judges does not.
 */
import './index.ts';
import { definePlayer } from '../drivers/index.ts';
import { defineWorld } from '../run/row-world.ts';
import { PayAtTableWorld } from './pay-at-table/world/world.ts';
import { PaymentWorld } from './payments/world/world.ts';

defineWorld(PaymentWorld, 'pay-at-counter', 'ambiguity');
defineWorld(PayAtTableWorld, 'pay-at-table');

definePlayer(
  async (clock, about) => {
    const { HeadlessTill } = await import('./pay-at-counter/headless/till.ts');
    return new HeadlessTill(clock, about);
  },
  'pay-at-counter',
  'ambiguity',
);
