import { type Criterion, machineCriteria } from '../../checklist/index.ts';
import { criteria as atCounter } from '../pay-at-counter/criteria.ts';

/** Every threshold of Pay at Table. */
export const criteria = {
  'answer.within': {
    value: 10_000,
    unit: 'ms',
    says: 'how long Dojo waits for an answer stands in no document: a guest does not wait longer at a card machine',
  },
  'answer.prompt': {
    value: 3000,
    unit: 'ms',
    says: 'a card machine that shows nothing for longer is pressed again',
  },
  'display.within': atCounter['display.within'],
  'display.latest': atCounter['display.latest'],
  'display.readable': atCounter['display.readable'],
  'session.longest': atCounter['session.longest'],
  ...machineCriteria,
} as const satisfies Record<string, Criterion>;
