import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { aPaidSale, aSale } from '../checklists/payments/stories/situations.ts';
import { Story } from '../checklists/payments/stories/story.ts';
import { aRow, entryOf, judged } from './testing/bench.ts';
import { asking, sale, verdict } from './testing/sale-row.ts';

suite('severity', () => {
  const should = entryOf(sale.fails, { severity: 'should' });
  test('what only should be warns, and keeps its finding', () => {
    const { verdict: comesTo, findings } = judged(aRow([should]), asking(sale.fails));
    assert.equal(comesTo, 'warning');
    assert.equal(findings[0]!.severity, 'should');
    assert.notEqual(findings[0]!.advice, '');
  });
  test('what only should be says nothing of whose fault the rest is', () => {
    assert.equal(verdict(aRow([should, sale.apiFails]), asking(sale.fails, sale.apiFails)), 'blocked');
  });
  test('what only should be, and is, passes', () => {
    const { verdict: comesTo, findings } = judged(
      aRow([entryOf(sale.passes, { severity: 'should' })]),
      asking(sale.passes),
    );
    assert.deepEqual([comesTo, findings[0]!.outcome], ['passed', 'passed']);
  });
  test('what only should be, and a person has to look at, is a reviewer’s', () => {
    assert.equal(
      verdict(aRow([entryOf(sale.reviews, { severity: 'should' })]), asking(sale.reviews)),
      'review',
    );
  });
  test('a finding that passed gives no advice', () => {
    const { findings } = judged(aRow([sale.passes]), asking(sale.passes));
    assert.equal(findings[0]!.advice, '');
  });
});

suite('a check that is applied several times', () => {
  test('counts with its worst', () => {
    const story = aSale().poll('Declined').shows({ outcome: 'Declined' }).expect('shows-captured');
    story
      .act({ name: 'retry' })
      .session()
      .poll('Captured')
      .shows({ outcome: 'Paid' })
      .expect('shows-captured');
    const { verdict: comesTo, findings } = judged(aRow(['shows-captured']), story);
    assert.equal(comesTo, 'failed');
    assert.equal(findings.length, 1);
    assert.match(findings[0]!.observed, /Declined/);
  });
  test('fails where it had only to be looked at before', () => {
    const story = aPaidSale()
      .expect('ledger-has-sale', { total: 1000 })
      .expect('ledger-has-sale', { total: 1 });
    const run = { pos: { display: 'reported' } } as const;
    assert.equal(verdict(aRow(['ledger-has-sale']), story, { run }), 'failed');
  });
  test('fails where it had only warned before', () => {
    const story = aPaidSale()
      .expect(sale.warns)
      .call('GET', '/terminals', { status: 401 })
      .expect(sale.warns);
    assert.equal(verdict(aRow([sale.warns]), story), 'failed');
  });
  test("is the subject's failing when one of them is", () => {
    const story = aPaidSale().expect('wrong-key-refused', { key: 'never-sent' });
    story.configure('key-2').call('GET', '/terminals').expect('wrong-key-refused', { key: 'key-2' });
    const { verdict: comesTo, findings } = judged(aRow(['wrong-key-refused']), story);
    assert.equal(findings[0]!.fault, 'pos');
    assert.equal(comesTo, 'failed');
  });
  test("is the subject's failing when only the last of them is", () => {
    const story = aSale()
      .expect('refused-as-unavailable', { terminalId: 'tm_1' })
      .expect('refused-as-unavailable', { terminalId: 'tm_2' });
    const { verdict: comesTo, findings } = judged(aRow(['refused-as-unavailable']), story);
    assert.equal(findings[0]!.fault, 'pos');
    assert.equal(comesTo, 'failed');
  });
  test('is judged by what had been seen when the step asked', () => {
    const story = aSale().shows({}).expect('shows-captured').poll('Captured').shows({ outcome: 'Paid' });
    assert.equal(verdict(aRow(['shows-captured']), story), 'failed');
  });
});

suite('a finding', () => {
  test('of a capability that is used and not declared says which, by what, and what to do', () => {
    const run = { pos: { undeclared: ['moto'] } };
    const story = new Story().intent({ cardHolderNotPresent: true });
    const { findings, expected, executed, missing, trouble, why } = judged(
      aRow([sale.passes], { capability: 'moto' }),
      story,
      { run },
    );
    assert.deepEqual([expected, executed, missing, trouble, why], [1, 1, [], [], '']);
    const [finding] = findings;
    assert.deepEqual(
      { ...finding, expected: undefined, observed: undefined, advice: undefined },
      {
        check: 'PAC-TEST-01/capability-declared',
        outcome: 'failed',
        severity: 'must',
        plane: 'wire',
        fault: 'pos',
        reported: false,
        evidence: ['ex_1'],
        expected: undefined,
        observed: undefined,
        advice: undefined,
      },
    );
  });
  test('of that kind is none in an API run', () => {
    const run = { subject: 'api', pos: { undeclared: ['moto'] } } as const;
    const story = new Story().intent({ cardHolderNotPresent: true });
    assert.equal(verdict(aRow([sale.passes], { capability: 'moto' }), story, { run }), 'review');
  });
  test('has its severity, its evidence once, and tells whether it was only reported', () => {
    const asking = (id: string, display: 'reported' | 'observed') =>
      judged(aRow([id]), aPaidSale().expect(id), { run: { pos: { display } } }).findings[0]!.reported;
    assert.equal(asking('shows-captured', 'reported'), true);
    assert.equal(asking('shows-captured', 'observed'), false);
    assert.equal(asking(sale.passes, 'reported'), false);
    assert.equal(asking(sale.reviews, 'observed'), true);
    const { findings } = judged(
      aRow(['references-differ']),
      aPaidSale().intent().expect('references-differ'),
    );
    assert.deepEqual(findings[0]!.severity, 'must');
    assert.deepEqual(findings[0]!.evidence, [...new Set(findings[0]!.evidence)]);
    assert.equal(findings[0]!.evidence.length, 2);
  });
  test('of a check that was applied twice alike is the first', () => {
    const story = aPaidSale().expect('no-decision-sent', { one: 1 }).wait(10).expect('no-decision-sent');
    assert.equal(judged(aRow(['no-decision-sent']), story).findings.length, 1);
  });
});

suite('of several findings of one check', () => {
  const row = aRow([{ ...entryOf('no-cancel-sent'), times: 2 }]);
  test('the worst is reported, whichever came first', () => {
    const worse = aSale().expect('no-cancel-sent').cancel().expect('no-cancel-sent');
    assert.deepEqual(
      judged(row, worse).findings.map(({ outcome }) => outcome),
      ['failed'],
    );
  });
  test('of those alike the first is reported', () => {
    const story = aSale().cancel().expect('no-cancel-sent').cancel().expect('no-cancel-sent');
    assert.match(judged(row, story).findings[0]!.observed, /^1 cancellation/);
  });
  test('of failings the subject’s own is reported', () => {
    const ids = [{ ...entryOf('charged-once'), times: 2 }];
    const story = aSale()
      .intentIs('Captured', { totalAmount: { value: 1100, currencyCode: 'GBP' } })
      .expect('charged-once')
      .expect('charged-once');
    assert.equal(judged(aRow(ids), story).findings.length, 1);
  });
});
