import { checklists, loadChecklist } from '../checklist/index.ts';
import './index.ts';
import type { Run } from '../record/vocabulary.ts';
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
import { callStories } from './pay-at-table/checks/calls.stories.ts';
import { itemStories as orderItemStories } from './pay-at-table/checks/items.stories.ts';
import { lockStories } from './pay-at-table/checks/locks.stories.ts';
import { moneyStories } from './pay-at-table/checks/money.stories.ts';
import { orderStories } from './pay-at-table/checks/orders.stories.ts';
import { refundStories as tableRefundStories } from './pay-at-table/checks/refunds.stories.ts';
import { screenStories } from './pay-at-table/checks/screen.stories.ts';
import { socketStories } from './pay-at-table/checks/sockets.stories.ts';
import { twiceStories } from './pay-at-table/checks/twice.stories.ts';
import { waiterStories } from './pay-at-table/checks/waiters.stories.ts';
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
import { aRun } from './payments/stories/scene.ts';

/** The stories of each topic, by whose checks they are about: a checklist's own, or those that several share. */
const topics: Readonly<Record<string, readonly Stories[]>> = {
  payments: [
    keyStories,
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
  ],
  'pay-at-counter': [
    enteredStories,
    hammeredStories,
    keptStories,
    chargeStories,
    sessionStories,
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
    contractStories,
  ],
  ambiguity: [doubtStories, whatHoldsStories],
  'pay-at-table': [
    callStories,
    orderStories,
    orderItemStories,
    waiterStories,
    lockStories,
    moneyStories,
    tableRefundStories,
    screenStories,
    socketStories,
    twiceStories,
  ],
};

/** The cases of a checklist's checks by their ids: its own, and those of the checks that it shares. */
function storiesOf(name: string): ReadonlyMap<string, readonly Case[]> {
  const { checks } = loadChecklist(name);
  const cases = new Map<string, readonly Case[]>();
  for (const [by, stories] of Object.entries(topics)) {
    const theirs = by === 'payments' ? checks : loadChecklist(by).checks;
    // One that goes by the same id and is another check has stories of its own.
    for (const [id, own] of stories.flatMap((topic) => Object.entries(topic)))
      if (checks.has(id) && checks.get(id) === theirs.get(id))
        cases.set(id, [...(cases.get(id) ?? []), ...own]);
  }
  return cases;
}

/** The run in which a case was seen, by a checklist. */
function runOf({ run }: Case, name: string): Run {
  const plain = aRun({ checklist: { name, sha256: 'c0ffee' } });
  return run ? { ...run, checklist: plain.checklist, criteria: plain.criteria } : plain;
}

/**
 * The checks of every checklist with their cases, each with its run. A check that several share is there once, unless
 * they see another thing by it.
 */
export const withCases = checklists
  .flatMap((name) => {
    const { checks, view } = loadChecklist(name);
    const stories = storiesOf(name);
    return [...checks.values()].map((check) => {
      const cases = (stories.get(check.id) ?? []).map((one) => ({ ...one, run: runOf(one, name) }));
      return { name, view, check, cases };
    });
  })
  .filter(
    (one, index, all) =>
      all.findIndex(({ check, view }) => check === one.check && view === one.view) === index,
  );

/** Stories of checks that no checklist has any more. */
export const orphans: readonly string[] = Object.values(topics)
  .flatMap((stories) => stories.flatMap((topic) => Object.keys(topic)))
  .filter((id) => !checklists.some((name) => loadChecklist(name).checks.has(id)));

/** Every case of the checks that are about payments, by the id of the check that judges it. */
export const everyStory = storiesOf('ambiguity');
