import { contractChecks } from '../../../judging/checks/contract.ts';
import { declaredChecks } from '../../pay-at-counter/checks/declared.ts';
import { operationChecks } from '../../pay-at-counter/checks/display/operation.ts';
import type { Check } from '../check.ts';
import { callChecks } from './calls.ts';
import { lockChecks } from './locks.ts';
import { moneyChecks } from './money.ts';
import { orderChecks } from './orders.ts';
import { waiterChecks } from './waiters.ts';

/** What Pay at Counter asks of any POS, too. */
const shared = ['driven', 'pos-version-declared'];

/** Every check of Pay at Table. */
export const payAtTableChecks: readonly Check[] = [
  ...[...operationChecks, ...declaredChecks].filter(({ id }) => shared.includes(id)),
  ...contractChecks,
  ...callChecks,
  ...orderChecks,
  ...waiterChecks,
  ...lockChecks,
  ...moneyChecks,
];
