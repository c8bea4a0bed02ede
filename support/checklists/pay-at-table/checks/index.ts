import { contractChecks } from '../../../judging/checks/contract.ts';
import { declaredChecks } from '../../payments/checks/declared.ts';
import { displayChecks } from '../../payments/checks/display/index.ts';
import type { Check } from '../check.ts';
import { callChecks } from './calls.ts';
import { itemChecks } from './items.ts';
import { lockChecks } from './locks.ts';
import { moneyChecks } from './money.ts';
import { orderChecks } from './orders.ts';
import { refundChecks } from './refunds.ts';
import { screenChecks } from './screen.ts';
import { socketChecks } from './sockets.ts';
import { twiceChecks } from './twice.ts';
import { waiterChecks } from './waiters.ts';

/** What Pay at Counter asks of any POS, too. */
const shared = ['driven', 'pos-version-declared', 'shows-refunded'];

/** Every check of Pay at Table. */
export const payAtTableChecks: readonly Check[] = [
  ...[...displayChecks, ...declaredChecks].filter(({ id }) => shared.includes(id)),
  ...contractChecks,
  ...callChecks,
  ...orderChecks,
  ...itemChecks,
  ...waiterChecks,
  ...lockChecks,
  ...moneyChecks,
  ...refundChecks,
  ...screenChecks,
  ...socketChecks,
  ...twiceChecks,
];
