import type { Fault, Json, Observation, Outcome, Run, Violation } from '../../../record/vocabulary.ts';

/** What was seen of one row; `provoked` are ids of exchanges that the row provoked on purpose. */
export interface Observed {
  readonly observations: Observation[];
  readonly violations: Map<string, Violation[]>;
  readonly provoked?: Set<string>;
}

/** A story, and how a check has to judge it. */
export interface Case {
  readonly outcome: Outcome;
  readonly when: string;
  readonly story: Observed;
  /** What the finding must say that it observed. */
  readonly observed: RegExp;
  readonly params: { readonly [name: string]: Json };
  readonly run?: Run;
  /** What the finding must show as its evidence. */
  readonly evidence?: readonly string[];
  /** Whose fault it must be. */
  readonly fault?: Fault;
  /** When it must have gone wrong, on the story's clock; 0 where no single moment is to blame. */
  readonly at?: number;
}

/** Cases by the id of the check that judges them. */
export type Stories = Readonly<Record<string, readonly Case[]>>;

type More = Partial<Pick<Case, 'params' | 'run' | 'evidence' | 'fault' | 'at'>>;

const caseOf =
  (outcome: Outcome) =>
  (when: string, story: Observed, ...rest: readonly (RegExp | More)[]): Case => ({
    outcome,
    when,
    story,
    observed: /./,
    params: {},
    ...Object.assign({}, ...rest.map((one) => (one instanceof RegExp ? { observed: one } : one))),
  });

/** When the check passes, by which story, what its finding says, and what else holds of it. */
export const passes = caseOf('passed');
export const fails = caseOf('failed');
export const warns = caseOf('warning');
export const reviews = caseOf('review');
