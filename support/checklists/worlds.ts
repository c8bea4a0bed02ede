/** What the steps of each checklist act on. A run's workers load it; whoever only judges does not. */
import './index.ts';
import { defineWorld } from '../run/row-world.ts';
import { PayAtCounterWorld } from './pay-at-counter/world/world.ts';

defineWorld(PayAtCounterWorld, 'pay-at-counter', 'ambiguity');
