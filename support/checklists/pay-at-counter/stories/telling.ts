import type { Json, Outcome, Run } from '../../../record/vocabulary.ts';
import type { Story } from './story.ts';

/** A story, and what a check has to make of it. */
export interface Telling {
  readonly comesTo: Outcome;
  readonly when: string;
  readonly story: Story;
  /** What the finding must say it has seen. */
  readonly observed: RegExp;
  readonly params: { readonly [name: string]: Json };
  readonly run?: Run;
}

/** Stories by the id of the check that judges them. */
export type Tellings = Readonly<Record<string, readonly Telling[]>>;

type More = Partial<Pick<Telling, 'params' | 'run'>>;

const telling =
  (comesTo: Outcome) =>
  (when: string, story: Story, observed: RegExp, more: More = {}): Telling => ({
    comesTo,
    when,
    story,
    observed,
    params: {},
    ...more,
  });

export const passes = telling('passed');
export const fails = telling('failed');
export const warns = telling('warning');
export const reviews = telling('review');
