import { After } from '@cucumber/cucumber';
import { monotonic } from '../../record/monotonic.ts';
import type { RowWorld } from '../row-world.ts';
import { slowAttempts } from './slow-machine.ts';

After(function (this: RowWorld) {
  if (slowAttempts.has(this.parameters.attempt))
    this.record({
      kind: 'pace',
      at: monotonic(),
      roundTrip: { median: 700, max: 9000 },
      loopDelay: { max: 20 },
    });
});
