import { contractChecks } from '../../../judging/checks/contract.ts';
import { declaredChecks } from '../../../judging/checks/declared.ts';
import type { Check } from '../check.ts';
import { chargeChecks } from './charges.ts';
import { displayChecks } from './display/index.ts';
import { enteredChecks } from './entered.ts';
import { badRequestCheck, intentChecks } from './intents.ts';
import { refundChecks } from './refunds.ts';
import { sessionChecks } from './sessions.ts';
import { stateChecks } from './state.ts';
import { wireChecks } from './wire.ts';

/** Every check of Pay at Counter. */
export const payAtCounterChecks: readonly Check[] = [
  ...enteredChecks,
  ...chargeChecks,
  ...sessionChecks,
  ...wireChecks,
  ...stateChecks,
  ...displayChecks,
  ...contractChecks,
  ...declaredChecks,
  ...intentChecks,
  ...refundChecks,
  badRequestCheck,
];
