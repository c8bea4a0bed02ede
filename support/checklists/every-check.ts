import type { Check } from '../checklist/check.ts';
import { loadChecklist } from '../checklist/index.ts';
import { ambiguity } from './ambiguity/index.ts';
import './index.ts';

/** The checks of all checklists by their ids: a check that two of them use is one. */
export const checks: ReadonlyMap<string, Check> = loadChecklist(ambiguity.name).checks;
