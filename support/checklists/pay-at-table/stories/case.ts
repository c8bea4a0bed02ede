import type { Json, Outcome } from '../../../record/vocabulary.ts';
import type { TableStory } from './story.ts';

/** A story, and how a check has to judge it. */
export interface Case {
  readonly outcome: Outcome;
  readonly when: string;
  readonly story: TableStory;
  /** What the finding must say that it observed. */
  readonly observed: RegExp;
  readonly params: { readonly [name: string]: Json };
}

/** Cases by the id of the check that judges them. */
export type Stories = Readonly<Record<string, readonly Case[]>>;

const caseOf =
  (outcome: Outcome) =>
  (when: string, story: TableStory, observed = /./, params: Case['params'] = {}): Case => ({
    outcome,
    when,
    story,
    observed,
    params,
  });

/** When the check passes, by which story, and what its finding says. */
export const passes = caseOf('passed');
export const fails = caseOf('failed');
export const warns = caseOf('warning');
export const reviews = caseOf('review');
