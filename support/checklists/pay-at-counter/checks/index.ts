import { contractChecks } from '../../../judging/checks/contract.ts';
import type { Check } from '../../payments/check.ts';
import { declaredChecks } from '../../payments/checks/declared.ts';
import { displayChecks } from '../../payments/checks/display/index.ts';
import { keyChecks } from '../../payments/checks/keys.ts';
import { amountChangeChecks } from './amount-change.ts';
import { amountChecks } from './amounts.ts';
import { cancelChecks } from './cancel.ts';
import { captureChecks } from './capture.ts';
import { cardChecks } from './card.ts';
import { chargeChecks } from './charges.ts';
import { enteredChecks } from './entered.ts';
import { eventChecks } from './events.ts';
import { intentChecks } from './intents.ts';
import { itemChecks } from './items.ts';
import { keptChecks } from './kept.ts';
import { pollingChecks } from './polling.ts';
import { refundSessionChecks } from './refund-sessions.ts';
import { refundChecks } from './refunds.ts';
import { searchChecks } from './search.ts';
import { sessionEndChecks } from './session-end.ts';
import { sessionChecks } from './sessions.ts';
import { signatureChecks } from './signature.ts';
import { terminalChecks } from './terminals.ts';
import { versionChecks } from './version.ts';

/** Every check of Pay at Counter. */
export const payAtCounterChecks: readonly Check[] = [
  ...enteredChecks,
  ...keptChecks,
  ...chargeChecks,
  ...sessionChecks,
  ...keyChecks,
  ...terminalChecks,
  ...versionChecks,
  ...amountChecks,
  ...signatureChecks,
  ...cancelChecks,
  ...pollingChecks,
  ...sessionEndChecks,
  ...cardChecks,
  ...displayChecks,
  ...contractChecks,
  ...declaredChecks,
  ...captureChecks,
  ...intentChecks,
  ...amountChangeChecks,
  ...searchChecks,
  ...itemChecks,
  ...eventChecks,
  ...refundChecks,
  ...refundSessionChecks,
];
