import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { checks, view } from '../checklists/every-check.ts';
import { aRun } from '../checklists/payments/stories/scene.ts';
import { aPaidSale } from '../checklists/payments/stories/situations.ts';
import { Story } from '../checklists/payments/stories/story.ts';
import type { Verdict } from '../record/vocabulary.ts';
import { judge } from './index.ts';
import { aRow, entryOf, judged, passedStep } from './testing/bench.ts';
import { asking, sale, verdict } from './testing/sale-row.ts';

suite('a row comes to the worst of its findings', () => {
  const cases: [checks: string[], verdict: Verdict][] = [
    [[sale.passes], 'passed'],
    [[sale.passes, sale.warns], 'warning'],
    [[sale.passes, sale.warns, sale.reviews], 'review'],
    [[sale.passes, sale.warns, sale.reviews, sale.apiFails], 'blocked'],
    [[sale.passes, sale.warns, sale.reviews, sale.fails], 'failed'],
    [[sale.fails, sale.apiFails], 'failed'],
  ];
  for (const [ids, comesTo] of cases)
    test(`${ids.join(', ')}: ${comesTo}`, () => {
      assert.equal(verdict(aRow(ids), asking(...ids)), comesTo);
    });
  test('whatever the order in which the checks are named and were asked for, but for who was at fault first', () => {
    const all = Object.values(sale);
    const some = fc.shuffledSubarray(all, { minLength: 1 });
    fc.assert(
      fc.property(some, (ids) => {
        const one = verdict(aRow(ids), asking(...ids));
        assert.equal(one, verdict(aRow([...ids].sort()), asking(...ids)));
        const astray = ids.indexOf(sale.apiFails);
        const failsFirst = ids.includes(sale.fails) && (astray < 0 || ids.indexOf(sale.fails) < astray);
        const expected = failsFirst
          ? 'failed'
          : ids.includes(sale.apiFails)
            ? 'blocked'
            : ids.includes(sale.reviews)
              ? 'review'
              : ids.includes(sale.warns)
                ? 'warning'
                : 'passed';
        assert.equal(one, expected);
      }),
    );
  });
});

suite('what was not executed is never passed', () => {
  test('a check that no step asked for leaves the row incomplete, and is named', () => {
    const row = aRow([sale.passes, 'polling-stops']);
    const { verdict: comesTo, missing, expected, executed, why } = judged(row, asking(sale.passes));
    assert.equal(comesTo, 'incomplete');
    assert.deepEqual(missing, ['polling-stops']);
    assert.deepEqual([expected, executed], [2, 1]);
    assert.match(why, /not executed: polling-stops/);
  });
  test('a check that is to be asked for twice was not executed when it was asked for once', () => {
    const row = aRow([entryOf(sale.passes, { times: 2 })]);
    assert.equal(verdict(row, asking(sale.passes)), 'incomplete');
    assert.equal(verdict(row, asking(sale.passes, sale.passes)), 'passed');
  });
  test('a row without a record is incomplete', () => {
    const row = aRow([sale.passes]);
    const bench = {
      run: aRun(),
      checks,
      view,
      violations: () => [],
      everyRow: new Map(),
      optional: () => false,
      provoked: () => false,
    };
    const { verdict: comesTo, missing } = judge(row, undefined, bench);
    assert.equal(comesTo, 'incomplete');
    assert.deepEqual(missing, [sale.passes]);
  });
  test('a row whose clauses name no check is incomplete', () => {
    assert.equal(verdict(aRow([]), asking()), 'incomplete');
    assert.equal(verdict(aRow([], { clauses: [] }), asking(sale.passes)), 'incomplete');
  });
  test('a row in which the run was broken off is incomplete', () => {
    const { verdict: comesTo, why } = judged(aRow([sale.passes]), asking(sale.passes), {
      record: { finishedAt: null },
    });
    assert.equal(comesTo, 'incomplete');
    assert.match(why, /broken off/);
  });
  for (const status of ['UNDEFINED', 'PENDING', 'AMBIGUOUS', 'SKIPPED', 'FAILED', 'UNKNOWN'])
    test(`a step that the runner calls ${status} leaves the row incomplete, and is named`, () => {
      const steps = [passedStep, { text: 'the moon is full', status, message: 'no such step' }];
      const { verdict: comesTo, why } = judged(aRow([sale.passes]), asking(sale.passes), {
        record: { steps },
      });
      assert.equal(comesTo, 'incomplete');
      assert.match(why, /"the moon is full" was .*no such step/);
    });
  test('taking away any one expectation never leaves a row passed', () => {
    const ids = [sale.passes, 'polling-stops', 'session-ends-captured', 'shows-captured', 'charged-once'];
    const whole = asking(...ids);
    assert.equal(verdict(aRow(ids), whole), 'passed');
    const asked = whole.observations.filter(({ kind }) => kind === 'expectation');
    for (const one of asked) {
      const less = new Story();
      less.observations.push(...whole.observations.filter((other) => other !== one));
      assert.equal(verdict(aRow(ids), less), 'incomplete');
    }
  });
  test('taking away what was observed never makes a row passed that was not', () => {
    const ids = ['session-ends-captured', 'shows-captured', 'charged-once', 'ledger-agrees', 'decision-sent'];
    const whole = asking(...ids);
    assert.equal(verdict(aRow(ids), whole), 'failed');
    const kept = fc.subarray(whole.observations);
    fc.assert(
      fc.property(kept, (observations) => {
        const less = new Story();
        less.observations.push(...observations);
        assert.notEqual(verdict(aRow(ids), less), 'passed');
      }),
    );
  });
  test('without the reading of the state, or without the display, a paid sale is not passed', () => {
    const ids = ['session-ends-captured', 'shows-captured', 'ledger-agrees', 'charged-once'];
    const whole = asking(...ids);
    assert.equal(verdict(aRow(ids), whole), 'passed');
    for (const gone of ['state', 'display', 'exchange', 'action']) {
      const less = new Story();
      less.observations.push(...whole.observations.filter(({ kind }) => kind !== gone));
      assert.notEqual(verdict(aRow(ids), less), 'passed', gone);
    }
  });
});

suite('a display that was only reported', () => {
  const run = { pos: { display: 'reported' } } as const;
  test('is passed where wire and state bear it out', () => {
    const { verdict: comesTo, findings } = judged(aRow(['shows-captured']), asking('shows-captured'), {
      run,
    });
    assert.equal(comesTo, 'passed');
    assert.equal(findings[0]!.reported, true);
  });
  test('is left to a reviewer where nothing bears it out', () => {
    const { verdict: comesTo, findings } = judged(
      aRow(['ledger-has-sale']),
      aPaidSale().expect('ledger-has-sale', { total: 1000 }),
      { run },
    );
    assert.equal(comesTo, 'review');
    assert.match(findings[0]!.advice, /Look at the display yourself/);
  });
  test('still fails where it is wrong', () => {
    assert.equal(verdict(aRow(['shows-declined']), asking('shows-declined'), { run }), 'failed');
  });
  test('leaves the other planes as they are', () => {
    assert.equal(verdict(aRow([sale.passes]), asking(sale.passes), { run }), 'passed');
  });
  test('never makes any check of the display pass by the word of the till alone', () => {
    for (const { id, plane } of checks.values()) {
      if (plane !== 'display') continue;
      const story = new Story()
        .shows({})
        .sale()
        .shows({ outcome: 'Paid', notice: 'Check the API key', text: 'Paid' })
        .expect(id, { total: 0, tids: [], lines: [], amount: 0, discount: 0 });
      assert.notEqual(verdict(aRow([id]), story, { run }), 'passed', id);
    }
  });
});

suite('the subject api', () => {
  const run = { subject: 'api' } as const;
  test('is not judged by what its own client shows or declares', () => {
    const row = aRow([sale.apiFails, 'shows-declined', 'credentials-entered-by']);
    const { expected, missing } = judged(row, asking(), { run });
    assert.equal(expected, 1);
    assert.deepEqual(missing, [sale.apiFails]);
  });
  test('is not concerned by a row that says nothing about it', () => {
    const row = aRow(['pos-version-declared'], { api: false });
    assert.equal(verdict(row, asking(), { run }), 'not-applicable');
    assert.equal(verdict(row, asking('pos-version-declared')), 'review');
  });
  test('is failed by what the API did', () => {
    assert.equal(verdict(aRow([sale.apiFails]), asking(sale.apiFails), { run }), 'failed');
  });
});

suite('a capability that the profile does not declare', () => {
  const run = { pos: { undeclared: ['cashback'] } };
  const row = aRow([sale.passes], { capability: 'cashback' });
  const uses = new Story().intent({ cashbackAmount: { value: 500, currencyCode: 'GBP' } });
  test('makes its rows not applicable where the checklist calls it optional', () => {
    assert.equal(verdict(row, asking(sale.passes), { run, optional: ['cashback'] }), 'not-applicable');
  });
  test('leaves its rows to a reviewer where the checklist does not', () => {
    assert.equal(verdict(row, asking(sale.passes), { run }), 'review');
  });
  test('fails its rows when the till uses it all the same, in whichever row', () => {
    for (const optional of [[], ['cashback']]) {
      const { verdict: comesTo, findings } = judged(row, asking(sale.passes), {
        run,
        optional,
        others: [uses],
      });
      assert.equal(comesTo, 'failed');
      assert.match(findings[0]!.observed, /POST \/payment-intents uses it/);
    }
  });
  test('is one of two: the other does not save the row', () => {
    const both = aRow([sale.passes], { capability: 'gratuity+cashback' });
    assert.equal(verdict(both, asking(sale.passes), { run }), 'review');
    assert.equal(verdict(both, asking(sale.passes), { run: { pos: { undeclared: [] } } }), 'passed');
  });
  test('of which one is optional and one is not, leaves the row to a reviewer', () => {
    const both = aRow([sale.passes], { capability: 'gratuity+cashback' });
    const neither = { pos: { undeclared: ['gratuity', 'cashback'] } };
    assert.equal(verdict(both, asking(sale.passes), { run: neither, optional: ['cashback'] }), 'review');
  });
});

test('a check that the catalogue names and the kit does not have is no quiet pass', () => {
  const row = aRow([{ id: 'made-up', plane: 'wire' }]);
  assert.throws(() => judged(row, aPaidSale().expect('made-up')), /"made-up", which the kit does not have/);
});

test('judging changes nothing of what it judges', () => {
  const story = asking(...Object.values(sale));
  const row = aRow(Object.values(sale));
  const before = JSON.stringify([row, story.observations]);
  assert.deepEqual(judged(row, story), judged(row, story));
  assert.equal(JSON.stringify([row, story.observations]), before);
});

suite('what nothing was executed of', () => {
  test('has no findings, nothing missing that was not expected, and no trouble', () => {
    const run = { pos: { undeclared: ['moto'] } };
    const { findings, missing, trouble, expected, executed } = judged(
      aRow([sale.passes], { capability: 'moto' }),
      aPaidSale(),
      { run },
    );
    assert.deepEqual([findings, missing, trouble, expected, executed], [[], [], [], 0, 0]);
  });
  test('a row that is passed needs no reason', () => {
    assert.equal(judged(aRow([sale.passes]), asking(sale.passes)).why, '');
  });
});

test('a display that was seen is no telling of the till’s', () => {
  assert.equal(
    verdict(aRow(['ledger-has-sale']), aPaidSale().expect('ledger-has-sale', { total: 1000 })),
    'passed',
  );
});
