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

/** Which exchanges a check names as its evidence, when, by which story, with these parameters. */
export type Shown = [
  evidence: readonly string[],
  when: string,
  story: Story,
  params?: { readonly [name: string]: Json },
];

/** A test for each of the cases of one check: what people look at, and what dates a failing. */
export function shows(id: string, cases: readonly Shown[]): void {
  suite(`${id} shows what it rests on`, () => {
    for (const [evidence, when, story, params] of cases)
      test(when, () => assert.deepEqual(finding(id, story, params).evidence, evidence));
  });
}

/** An amount in pence as the API has it. */
export const pounds = (value: number): Json => ({ value, currencyCode: 'GBP' });

/** The till sends a refund of the first payment: all of its £10.00, and well, but for what is said. */
export const refund = (story: Story, body: Json = { amount: 1000 }, call = {}): Story =>
  story.call('POST', '/payment-intents/pi_1/refunds', {
    body,
    headers: [['idempotencyKey', 'a']],
    answer: { refundId: 're_1' },
    ...call,
  });
