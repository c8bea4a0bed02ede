/** What a run leaves open on an account that is not its own, and how that is brought to an end. */

export { joinRun, type LaneEnd, Lanes } from '../../../run/handover.ts';
export { type AskAccount, endAll } from './end.ts';
export { type Deed, Ledger, type Leftover } from './ledger.ts';
