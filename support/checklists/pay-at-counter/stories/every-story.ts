import { doubtStories } from '../../ambiguity/doubt.stories.ts';
import { whatHoldsStories } from '../../ambiguity/what-holds.stories.ts';
import { amountChangeStories } from '../checks/amount-change.stories.ts';
import { amountStories } from '../checks/amounts.stories.ts';
import { cancelStories } from '../checks/cancel.stories.ts';
import { captureStories } from '../checks/capture.stories.ts';
import { cardStories } from '../checks/card.stories.ts';
import { chargeStories } from '../checks/charges.stories.ts';
import { contractStories } from '../checks/contract.stories.ts';
import { shownAmountStories } from '../checks/display/amounts.stories.ts';
import { attemptStories } from '../checks/display/attempts.stories.ts';
import { besideStories } from '../checks/display/beside.stories.ts';
import { claimStories } from '../checks/display/claims.stories.ts';
import { dialogueStories } from '../checks/display/dialogues.stories.ts';
import { entryStories } from '../checks/display/entries.stories.ts';
import { errorStories } from '../checks/display/errors.stories.ts';
import { journalStories } from '../checks/display/journal.stories.ts';
import { listStories } from '../checks/display/list.stories.ts';
import { noticeStories } from '../checks/display/notices.stories.ts';
import { operationStories } from '../checks/display/operation.stories.ts';
import { promptStories } from '../checks/display/prompts.stories.ts';
import { refundLineStories } from '../checks/display/refund-lines.stories.ts';
import { shownRefundStories } from '../checks/display/refunds.stories.ts';
import { refusalStories } from '../checks/display/refusals.stories.ts';
import { resultStories } from '../checks/display/results.stories.ts';
import { sumStories } from '../checks/display/sums.stories.ts';
import { totalStories } from '../checks/display/total.stories.ts';
import { windowStories } from '../checks/display/windows.stories.ts';
import { enteredStories } from '../checks/entered.stories.ts';
import { eventStories } from '../checks/events.stories.ts';
import { hammeredStories } from '../checks/hammered.stories.ts';
import { intentStories } from '../checks/intents.stories.ts';
import { itemStories } from '../checks/items.stories.ts';
import { keptStories } from '../checks/kept.stories.ts';
import { keyStories } from '../checks/keys.stories.ts';
import { pollingStories } from '../checks/polling.stories.ts';
import { refundSessionStories } from '../checks/refund-sessions.stories.ts';
import { refundStories } from '../checks/refunds.stories.ts';
import { searchStories } from '../checks/search.stories.ts';
import { sessionEndStories } from '../checks/session-end.stories.ts';
import { sessionStories } from '../checks/sessions.stories.ts';
import { signatureStories } from '../checks/signature.stories.ts';
import { terminalStories } from '../checks/terminals.stories.ts';
import { versionStories } from '../checks/version.stories.ts';
import type { Case, Stories } from './case.ts';

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
