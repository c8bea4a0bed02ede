import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Story } from '../../checklists/pay-at-counter/stories/story.ts';
import type { Json, Outcome, Run } from '../../record/vocabulary.ts';
import { finding } from './bench.ts';

/** What a check comes to, when, by which story, with these parameters and in this run. */
export type Case = [
  comesTo: Outcome,
  when: string,
  story: Story,
  params?: { readonly [name: string]: Json },
  run?: Run,
];

/** A test for each of the cases of one check. */
export function judges(id: string, cases: readonly Case[]): void {
  suite(id, () => {
    for (const [comesTo, when, story, params, run] of cases)
      test(`${comesTo}: ${when}`, () => {
        const { outcome, observed } = finding(id, story, params, run);
        assert.equal(outcome, comesTo, observed);
      });
  });
}
