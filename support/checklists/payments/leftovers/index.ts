import type { Leftovers } from '../../../checklist/index.ts';
import { endAll } from './end.ts';
import { Ledger } from './ledger.ts';

/** What a run with payments leaves open on an account that is not its own, and how that is brought to an end. */
export const leftovers: Leftovers = { ledger: () => new Ledger(), endAll };
