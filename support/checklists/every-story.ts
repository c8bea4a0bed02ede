import { doubtStories } from './ambiguity/doubt.stories.ts';
import { whatHoldsStories } from './ambiguity/what-holds.stories.ts';
import { amountChangeStories } from './pay-at-counter/checks/amount-change.stories.ts';
import { amountStories } from './pay-at-counter/checks/amounts.stories.ts';
import { cancelStories } from './pay-at-counter/checks/cancel.stories.ts';
import { captureStories } from './pay-at-counter/checks/capture.stories.ts';
import { cardStories } from './pay-at-counter/checks/card.stories.ts';
import { chargeStories } from './pay-at-counter/checks/charges.stories.ts';
import { contractStories } from './pay-at-counter/checks/contract.stories.ts';
import { enteredStories } from './pay-at-counter/checks/entered.stories.ts';
import { eventStories } from './pay-at-counter/checks/events.stories.ts';
import { hammeredStories } from './pay-at-counter/checks/hammered.stories.ts';
import { intentStories } from './pay-at-counter/checks/intents.stories.ts';
import { itemStories } from './pay-at-counter/checks/items.stories.ts';
import { keptStories } from './pay-at-counter/checks/kept.stories.ts';
import { pollingStories } from './pay-at-counter/checks/polling.stories.ts';
import { refundSessionStories } from './pay-at-counter/checks/refund-sessions.stories.ts';
import { refundStories } from './pay-at-counter/checks/refunds.stories.ts';
import { searchStories } from './pay-at-counter/checks/search.stories.ts';
import { sessionEndStories } from './pay-at-counter/checks/session-end.stories.ts';
import { sessionStories } from './pay-at-counter/checks/sessions.stories.ts';
import { signatureStories } from './pay-at-counter/checks/signature.stories.ts';
import { terminalStories } from './pay-at-counter/checks/terminals.stories.ts';
import { versionStories } from './pay-at-counter/checks/version.stories.ts';
import { shownAmountStories } from './payments/checks/display/amounts.stories.ts';
import { attemptStories } from './payments/checks/display/attempts.stories.ts';
import { besideStories } from './payments/checks/display/beside.stories.ts';
import { claimStories } from './payments/checks/display/claims.stories.ts';
import { dialogueStories } from './payments/checks/display/dialogues.stories.ts';
import { entryStories } from './payments/checks/display/entries.stories.ts';
import { errorStories } from './payments/checks/display/errors.stories.ts';
import { journalStories } from './payments/checks/display/journal.stories.ts';
import { listStories } from './payments/checks/display/list.stories.ts';
import { noticeStories } from './payments/checks/display/notices.stories.ts';
import { operationStories } from './payments/checks/display/operation.stories.ts';
import { promptStories } from './payments/checks/display/prompts.stories.ts';
import { refundLineStories } from './payments/checks/display/refund-lines.stories.ts';
import { shownRefundStories } from './payments/checks/display/refunds.stories.ts';
import { refusalStories } from './payments/checks/display/refusals.stories.ts';
import { resultStories } from './payments/checks/display/results.stories.ts';
import { sumStories } from './payments/checks/display/sums.stories.ts';
import { totalStories } from './payments/checks/display/total.stories.ts';
import { windowStories } from './payments/checks/display/windows.stories.ts';
import { keyStories } from './payments/checks/keys.stories.ts';
import type { Case, Stories } from './payments/stories/case.ts';

/** The stories of each topic. */
const topics: readonly Stories[] = [
  enteredStories,
  hammeredStories,
  keptStories,
  chargeStories,
  sessionStories,
  keyStories,
  terminalStories,
  versionStories,
  amountStories,
  signatureStories,
  cancelStories,
  pollingStories,
  sessionEndStories,
  cardStories,
  captureStories,
  intentStories,
  amountChangeStories,
  searchStories,
  itemStories,
  eventStories,
  refundStories,
  refundSessionStories,
  operationStories,
  resultStories,
  errorStories,
  dialogueStories,
  promptStories,
  claimStories,
  noticeStories,
  shownAmountStories,
  refusalStories,
  shownRefundStories,
  attemptStories,
  sumStories,
  besideStories,
  journalStories,
  refundLineStories,
  entryStories,
  listStories,
  totalStories,
  windowStories,
  contractStories,
  doubtStories,
  whatHoldsStories,
];

/** Every case by the id of the check that judges it. */
export const everyStory: ReadonlyMap<string, readonly Case[]> = topics
  .flatMap((topic) => Object.entries(topic))
  .reduce((all, [id, cases]) => all.set(id, [...(all.get(id) ?? []), ...cases]), new Map<string, Case[]>());
