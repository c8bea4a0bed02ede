import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { aPaidSale, aSale } from '../checklists/payments/stories/situations.ts';
import type { Story } from '../checklists/payments/stories/story.ts';
import type { Run } from '../record/vocabulary.ts';
import { aRow, judged } from './testing/bench.ts';

const environment: NonNullable<Run['environment']> = {
  commandLine: ['certify'],
  nodeOptionsCleared: false,
  extraAuthorities: false,
  unverifiedServers: false,
  reach: { traffic: 'none' },
};
const past = (story: Story, check: string) =>
  judged(aRow([check]), story.expect(check), { run: { environment } });

suite('in a run in which nobody saw what the POS sends', () => {
  for (const [what, story] of [
    ['holds', aPaidSale()],
    ['does not hold', aSale()],
  ] as const)
    for (const check of ['requests-conform', 'no-other-key-sent'])
      test(`${check} is left to a reviewer where it ${what}`, () => {
        const { verdict, findings } = past(story, check);
        assert.equal(verdict, 'review');
        assert.match(findings[0]!.observed, /^not observed/);
      });
  test('what it shows is judged as ever', () => {
    assert.equal(past(aPaidSale(), 'shows-captured').findings[0]!.outcome, 'passed');
    assert.equal(past(aPaidSale().shows({ outcome: null }), 'shows-captured').findings[0]!.outcome, 'failed');
  });
});
