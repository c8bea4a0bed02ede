import { Status } from 'allure-js-commons';
import type { Outcome, Verdict } from '../../record/vocabulary.ts';

/** What Allure calls it. It knows `unknown`, which its library has no name for. */
export type AllureStatus = Status | 'unknown';

/** What each verdict is in Allure. The exact verdict is a label besides. */
export const statusOf: Readonly<Record<Verdict, AllureStatus>> = {
  passed: Status.PASSED,
  warning: Status.PASSED,
  failed: Status.FAILED,
  blocked: Status.BROKEN,
  'not-applicable': Status.SKIPPED,
  review: 'unknown',
  incomplete: 'unknown',
};

/** What the outcome of a check is in Allure. */
export const outcomeStatus: Readonly<Record<Outcome, AllureStatus>> = {
  passed: Status.PASSED,
  warning: Status.PASSED,
  failed: Status.FAILED,
  review: 'unknown',
};
