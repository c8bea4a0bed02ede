import type { Definition } from '../../checklist/index.ts';
import { payAtCounter } from '../pay-at-counter/index.ts';
import type { PaymentEvidence } from '../payments/evidence.ts';
import { amounts } from './amounts.ts';
import { ambiguityChecks } from './checks.ts';

/** The kit's own checklist of outcomes that a POS can't be sure of. Its subject, and all else, is that of Pay at Counter. */
export const ambiguity: Definition<PaymentEvidence> = {
  ...payAtCounter,
  name: 'ambiguity',
  amounts,
  checks: [...payAtCounter.checks, ...ambiguityChecks],
};
