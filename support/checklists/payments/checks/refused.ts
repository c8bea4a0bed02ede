import { refusalText } from '../../../record/evidence.ts';
import type { Exchange } from '../../../record/vocabulary.ts';

/** What a refusal says of a card machine that can't take a payment. */
const ofMachine =
  /(terminal|card machine|device)\b.*(not (be )?found|not (ready|available|exist)|unknown|menu|offline|in use|busy|unavailable)|(offline|in use|busy|unavailable)\b/i;

/** True when the API refused a terminal session because its card machine cannot take one now. */
export function machineRefused(exchange: Exchange): boolean {
  const status = exchange.response?.status;
  const reason = refusalText(exchange);
  return (status === 404 || status === 409) && ofMachine.test(reason) && !/intent\b.*not found/i.test(reason);
}
