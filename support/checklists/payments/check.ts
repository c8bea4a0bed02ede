import type * as any from '../../checklist/check.ts';
import type { PaymentEvidence } from './evidence.ts';

/** A check of payments, and what it may look at. */
export type Check = any.Check<PaymentEvidence>;
export type Scene = any.Scene<PaymentEvidence>;
