import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { aPaidSale, aSale } from '../checklists/payments/stories/situations.ts';
import { Story } from '../checklists/payments/stories/story.ts';
import { aRow, entryOf, judged } from './testing/bench.ts';
import { asking, sale, verdict } from './testing/sale-row.ts';

suite('trouble blocks', () => {
  const before = (story: Story) => story.expect(sale.fails).wait(100);
  test('what had failed before it has failed', () => {
    assert.equal(verdict(aRow([sale.fails]), before(aPaidSale()).trouble()), 'failed');
  });
  test('what fails after it is blocked, with the advice of the trouble', () => {
    const { verdict: comesTo, trouble } = judged(
      aRow([sale.fails]),
      aPaidSale().trouble().wait(100).expect(sale.fails),
    );
    assert.equal(comesTo, 'blocked');
    assert.deepEqual(trouble, [
      { message: 'the power went out', advice: 'Switch it on again.', infrastructure: false },
    ]);
  });
  test('it keeps its code', () => {
    const { trouble } = judged(
      aRow([sale.fails]),
      aPaidSale().trouble({ code: 'KIT-DISK-001' }).wait(100).expect(sale.fails),
    );
    assert.deepEqual(
      trouble.map(({ message, code }) => [message, code]),
      [['the power went out', 'KIT-DISK-001']],
    );
  });
  test('what passed with it is blocked', () => {
    assert.equal(verdict(aRow([sale.passes]), asking(sale.passes).trouble()), 'blocked');
  });
  test('a row that it kept from being executed is blocked, not incomplete', () => {
    assert.equal(verdict(aRow([sale.passes]), new Story().trouble()), 'blocked');
  });
  test("trouble that is the subject's own is its failing", () => {
    assert.equal(verdict(aRow([sale.passes]), asking(sale.passes).trouble({ fault: 'pos' })), 'failed');
    assert.equal(
      verdict(aRow([sale.passes]), asking(sale.passes).trouble({ fault: 'pos' }), {
        run: { subject: 'api' },
      }),
      'blocked',
    );
  });
  test('a request of the till that breaks the contract has failed, though it was judged after the block', () => {
    const story = aSale().breaking().trouble().wait(100).expect('requests-conform');
    assert.equal(verdict(aRow(['requests-conform']), story), 'failed');
  });
  test('it has failed among others that hold, and is not the API’s failing after the block', () => {
    const story = aSale().breaking().trouble().wait(100).expect('requests-conform').expect(sale.passes);
    assert.equal(verdict(aRow(['requests-conform', sale.passes]), story), 'failed');
    const client = aSale().breaking().trouble().wait(100).expect('requests-conform').expect(sale.apiFails);
    const row = aRow(['requests-conform', sale.apiFails]);
    assert.equal(verdict(row, client, { run: { subject: 'api' } }), 'blocked');
  });
  test('what failed in the very moment of it is given the benefit of the doubt', () => {
    const story = aPaidSale();
    const at = story.now;
    assert.equal(verdict(aRow([sale.fails]), story.expect(sale.fails).trouble({ at })), 'blocked');
    assert.equal(
      verdict(
        aRow([sale.fails]),
        aPaidSale()
          .expect(sale.fails)
          .trouble({ at: at + 1 }),
      ),
      'failed',
    );
  });
  test('a result that was shown falsely before the block has failed', () => {
    const story = aSale()
      .shows({})
      .shows({ outcome: 'Paid' })
      .wait(10)
      .trouble()
      .expect('shows-nothing-false');
    assert.equal(verdict(aRow(['shows-nothing-false']), story), 'failed');
  });
  test('a result that was shown after the block is nothing to hold against the till', () => {
    const story = aSale()
      .shows({})
      .trouble()
      .wait(10)
      .shows({ outcome: 'Paid' })
      .expect('shows-nothing-false');
    assert.equal(verdict(aRow(['shows-nothing-false']), story), 'blocked');
  });
  test('a journal that could not be completed after the block is nothing to hold against the till', () => {
    const story = aSale().shows({}).poll('Captured').trouble().intentIs('Captured').expect('ledger-agrees');
    assert.equal(verdict(aRow(['ledger-agrees']), story), 'blocked');
  });
  test('whatever it is added to, a row with trouble is failed or blocked', () => {
    const ids = fc.subarray(Object.values(sale));
    fc.assert(
      fc.property(ids, fc.nat(1000), (some, wait) => {
        assert.match(
          verdict(
            aRow(some),
            asking(...some)
              .wait(wait)
              .trouble(),
          ),
          /^(failed|blocked)$/,
        );
      }),
    );
  });
});

suite('an upstream that is out of order blocks', () => {
  const met = {
    'answers 500': { status: 500 },
    'answers 503': { status: 503 },
    'answers 429': { status: 429 },
    'is out of reach': { trouble: 'upstream-unreachable' },
    'drops the connection': { trouble: 'upstream-dropped' },
  } as const;
  for (const [what, call] of Object.entries(met)) {
    const row = aRow([sale.passes]);
    const story = (more: object = {}) =>
      aPaidSale()
        .call('GET', '/terminals', { ...call, ...more })
        .expect(sale.passes);
    test(`it ${what}`, () => {
      for (const subject of ['pos', 'api'] as const) {
        const { verdict: comesTo, trouble } = judged(row, story(), { run: { subject } });
        assert.equal(comesTo, 'blocked');
        assert.match(trouble[0]!.message, /^GET \/terminals (was answered|met an upstream)/);
      }
    });
    test(`but not where the scenario itself had armed that it ${what}`, () => {
      assert.equal(verdict(row, story({ armed: 'fault-1' })), 'passed');
    });
  }
  test('a till that hangs up itself does not block', () => {
    const story = aPaidSale().call('GET', '/terminals', { trouble: 'client-dropped' }).expect(sale.passes);
    assert.equal(verdict(aRow([sale.passes]), story), 'passed');
  });
  test('a refusal does not block', () => {
    const story = aPaidSale().call('GET', '/terminals', { status: 404 }).expect(sale.passes);
    assert.equal(verdict(aRow([sale.passes]), story), 'passed');
  });
  for (const status of [401, 502])
    test(`what the kit itself could not read of it, for it was answered ${status}, blocks too`, () => {
      const story = aPaidSale().sessionIs('Captured', {}, status).expect(sale.passes);
      const { verdict: comesTo, trouble } = judged(aRow([sale.passes]), story);
      assert.equal(comesTo, 'blocked');
      assert.match(trouble[0]!.message, new RegExp(`was answered ${status}`));
      assert.equal(trouble[0]!.code, status === 401 ? 'KIT-UPSTREAM-015' : 'KIT-UPSTREAM-014');
      assert.equal(trouble[0]!.infrastructure, true);
    });
  for (const [what, check, story] of [
    ['a session', 'session-ends-captured', aSale().poll('Captured')],
    ['a payment intent', 'session-ends-captured', aSale().poll('Captured').sessionIs('Captured')],
    ['the total', 'total-adds-up', aSale().poll('Captured')],
    ['what was charged', 'charged-once', aSale().poll('Captured')],
    ['the capture mode', 'intent-is-auto', aSale().poll('Captured')],
    ['what was refunded', 'nothing-refunded', aSale().poll('Captured')],
    ['what holds', 'shows-what-holds', aSale().poll('Captured').shows({ outcome: 'Paid' })],
    ['what was given back', 'refunded-once', aSale().poll('Captured')],
  ] as const)
    for (const subject of check === 'shows-what-holds' ? (['pos'] as const) : (['pos', 'api'] as const))
      test(`${what} that the kit could not read blocks, and is not held against the ${subject}`, () => {
        const { verdict: comesTo, findings } = judged(aRow([check]), story.expect(check), {
          run: { subject },
        });
        assert.equal(comesTo, 'blocked', findings[0]?.observed);
        assert.equal(findings[0]!.fault, 'environment');
        assert.match(findings[0]!.advice, /run the row again/);
      });
  for (const [subject, comesTo] of [
    ['api', 'failed'],
    ['pos', 'blocked'],
  ] as const)
    test(`a session that the API has made and does not know fails the API: ${comesTo} for the ${subject}`, () => {
      const story = aSale().poll('Captured').sessionIs('Captured', {}, 404).expect('session-ends-captured');
      const { verdict, findings } = judged(aRow(['session-ends-captured']), story, { run: { subject } });
      assert.equal(verdict, comesTo);
      assert.equal(findings[0]!.fault, 'api');
    });
  test('what was charged twice stays failed beside what the kit could not read', () => {
    const story = aSale().intent().intent().intentIs('Captured', {}, 'pi_1').intentIs('Captured', {}, 'pi_2');
    assert.equal(verdict(aRow(['charged-once']), story.expect('charged-once')), 'failed');
  });
  test('a row that did not come to its end took no time that could be measured', () => {
    const story = aPaidSale().expect(sale.passes);
    const took = (record: object) => judged(aRow([sale.passes]), story, { record }).durationMs;
    assert.deepEqual(
      [took({ startedAt: 5, finishedAt: 1005 }), took({ finishedAt: null, startedAt: 5 })],
      [1000, 0],
    );
  });
  test('a key of the till that is refused does not block', () => {
    const story = aPaidSale().call('GET', '/terminals', { status: 401 }).expect(sale.passes);
    assert.equal(verdict(aRow([sale.passes]), story), 'passed');
  });
});

suite('trouble with the upstream', () => {
  const lost = (story: Story) => story.call('GET', '/terminals', { trouble: 'upstream-dropped' });
  test('stands in the order of time, and is no infrastructure of the kit’s own making', () => {
    const { trouble } = judged(aRow([sale.passes]), lost(new Story().wait(50)).trouble().expect(sale.passes));
    assert.deepEqual(
      trouble.map(({ message, infrastructure }) => [message, infrastructure]),
      [
        ['GET /terminals met an upstream that is out of reach', true],
        ['the power went out', false],
      ],
    );
  });
  test('before what the till did wrong keeps that from being a failing', () => {
    const story = lost(aPaidSale()).wait(100).expect(sale.fails);
    assert.equal(verdict(aRow([sale.fails]), story), 'blocked');
  });
  test('that is the subject’s own does not block what the subject did wrong', () => {
    const story = aPaidSale().trouble({ fault: 'pos' }).wait(10).expect(sale.fails);
    assert.equal(verdict(aRow([sale.fails]), story), 'failed');
  });
});

test('a check that only should hold is no failing to a block', () => {
  const row = aRow([entryOf('no-cancel-sent', { severity: 'should' })]);
  assert.equal(verdict(row, aSale().cancel().trouble().wait(10).expect('no-cancel-sent')), 'blocked');
  const falsely = aRow([entryOf('shows-nothing-false', { severity: 'should' })]);
  const story = aSale().shows({}).shows({ outcome: 'Paid' }).trouble().wait(10).expect('shows-nothing-false');
  assert.equal(verdict(falsely, story), 'blocked');
});
