import { ambiguityStories } from '../../ambiguity/stories.ts';
import { amountChangeStories } from '../checks/amount-change.stories.ts';
import { amountStories } from '../checks/amounts.stories.ts';
import { cancelStories } from '../checks/cancel.stories.ts';
import { captureStories } from '../checks/capture.stories.ts';
import { cardStories } from '../checks/card.stories.ts';
import { chargeStories } from '../checks/charges.stories.ts';
import { enteredStories } from '../checks/entered.stories.ts';
import { eventStories } from '../checks/events.stories.ts';
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
import { contractStories } from './contract.ts';
import { displayStories } from './display.ts';
import { listStories } from './list.ts';
import { totalStories } from './total.ts';

/** The stories of each topic. */
const topics: readonly Stories[] = [
  enteredStories,
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
  displayStories,
  listStories,
  totalStories,
  contractStories,
  ambiguityStories,
];

/** Every case by the id of the check that judges it. */
export const everyStory: ReadonlyMap<string, readonly Case[]> = topics
  .flatMap((topic) => Object.entries(topic))
  .reduce((all, [id, cases]) => all.set(id, [...(all.get(id) ?? []), ...cases]), new Map<string, Case[]>());
