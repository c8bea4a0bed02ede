import { loadChecklist } from '../checklist/index.ts';
import { ambiguity } from './ambiguity/index.ts';
import './index.ts';

/** The checks of all checklists by their ids, for tests: one that two checklists use is one. */
export const { checks, capabilitiesUsed, view } = loadChecklist(ambiguity.name);
