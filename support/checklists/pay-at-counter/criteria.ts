import type { Criterion } from '../../checklist/index.ts';
import { criteria as ofPayments } from '../payments/criteria.ts';

/** Every threshold of Pay at Counter. */
export const criteria = {
  'polling.samples': {
    value: 8,
    unit: 'count',
    says: 'fewer intervals are too few to tell a rate from an accident',
  },
  'polling.median.least': {
    value: 500,
    unit: 'ms',
    says: 'the checklist asks for "once per second"; twice that is still about once',
  },
  'polling.median.pass': {
    value: 1500,
    unit: 'ms',
    says: 'the checklist asks for "once per second"; half a second of processing is allowed for',
  },
  'polling.median.warn': {
    value: 2500,
    unit: 'ms',
    says: 'slower than asked, but prompts that last two seconds and more are still seen',
  },
  'polling.gap': {
    value: 3000,
    unit: 'ms',
    says: 'a longer gap hides whole phases of the card machine from the user',
  },
  'polling.after-end': {
    value: 3000,
    unit: 'ms',
    says: 'a till that polls on for three intervals after the end has not seen it',
  },
  ...ofPayments,
} as const satisfies Record<string, Criterion>;
