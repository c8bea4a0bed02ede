import type { Definition } from '../../checklist/index.ts';
import { capabilities } from './capabilities.ts';
import { payAtCounterChecks } from './checks/index.ts';
import { criteria } from './criteria.ts';
import { factWords } from './facts.ts';
import { leftovers } from './leftovers/index.ts';

/** Dojo's Pay at Counter: the POS takes payments on a card machine through the terminal sessions of the API. */
export const payAtCounter: Definition = {
  name: 'pay-at-counter',
  checks: payAtCounterChecks,
  criteria,
  capabilities,
  facts: factWords,
  leftovers,
};
