import type { Check } from '../../../judging/check.ts';
import { contractChecks } from '../../../judging/checks/contract.ts';
import { declaredChecks } from '../../../judging/checks/declared.ts';
import { ambiguityChecks } from '../../ambiguity/checks.ts';
import { chargeChecks } from './charges.ts';
import { displayChecks } from './display/index.ts';
import { enteredChecks } from './entered.ts';
import { badRequestCheck, intentChecks } from './intents.ts';
import { refundChecks } from './refunds.ts';
import { sessionChecks } from './sessions.ts';
import { stateChecks } from './state.ts';
import { wireChecks } from './wire.ts';

export type { Check, Params, Result, Scene } from '../../../judging/check.ts';
export { journalVisit, tidyingUp } from './entered.ts';

/** Every check of the kit by its id. */
export const checks: ReadonlyMap<string, Check> = new Map(
  [
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
    ...ambiguityChecks,
    badRequestCheck,
  ].map((check) => [check.id, check]),
);
