import type * as any from '../../checklist/check.ts';
import type { TableEvidence } from './evidence.ts';

/** A check of Pay at Table, and what it may look at. */
export type Check = any.Check<TableEvidence>;
export type Scene = any.Scene<TableEvidence>;
