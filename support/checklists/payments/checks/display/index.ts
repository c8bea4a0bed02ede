import type { Check } from '../../check.ts';
import { besideChecks } from './beside.ts';
import { claimChecks } from './claims.ts';
import { dialogueChecks } from './dialogues.ts';
import { errorChecks } from './errors.ts';
import { journalChecks } from './journal.ts';
import { listChecks } from './list.ts';
import { operationChecks } from './operation.ts';
import { promptChecks } from './prompts.ts';
import { resultChecks } from './results.ts';
import { totalChecks } from './total.ts';

/** Checks of what the till shows, and of what it lets its operator do. */
export const displayChecks: Check[] = [
  ...operationChecks,
  ...resultChecks,
  ...errorChecks,
  ...dialogueChecks,
  ...promptChecks,
  ...claimChecks,
  ...besideChecks,
  ...journalChecks,
  ...listChecks,
  ...totalChecks,
];
