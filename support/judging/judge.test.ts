import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type { Check } from '../checklist/check.ts';
import { checks, view } from '../checklists/every-check.ts';
import { aRun } from '../checklists/pay-at-counter/stories/scene.ts';
import { aPaidSale, aSale, signatureDialogue } from '../checklists/pay-at-counter/stories/situations.ts';
import { Story } from '../checklists/pay-at-counter/stories/story.ts';
import type { Answer, Party, Verdict } from '../record/vocabulary.ts';
import { type Judgement, judge } from './index.ts';
import { aRow, entryOf, judged, passedStep, recordOf } from './testing/bench.ts';

/** Checks by what they come to on a paid sale of a browser till. */
const sale = {
  /** The till's own: it sent no cancellation. */
  passes: 'no-cancel-sent',
  /** The till's own: it never made the change that the row asks for. */
  fails: 'intent-cancel-sent',
  /** The API's: the session was captured, not declined. */
  apiFails: 'session-ends-declined',
  /** The till never asked for the terminals. */
  warns: 'terminals-listed',
  /** Nobody has declared it. */
  reviews: 'credentials-entered-by',
} as const;

const told = (...ids: string[]): Story => ids.reduce((story, id) => story.expect(id), aPaidSale());
const verdict = (...args: Parameters<typeof judged>): Verdict => judged(...args).verdict;

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
      assert.equal(verdict(aRow(ids), told(...ids)), comesTo);
    });
  test('whatever the order in which the checks are named and were asked for, but for who was at fault first', () => {
    const all = Object.values(sale);
    const some = fc.shuffledSubarray(all, { minLength: 1 });
    fc.assert(
      fc.property(some, (ids) => {
        const one = verdict(aRow(ids), told(...ids));
        assert.equal(one, verdict(aRow([...ids].sort()), told(...ids)));
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
    const { verdict: comesTo, missing, expected, executed, why } = judged(row, told(sale.passes));
    assert.equal(comesTo, 'incomplete');
    assert.deepEqual(missing, ['polling-stops']);
    assert.deepEqual([expected, executed], [2, 1]);
    assert.match(why, /not executed: polling-stops/);
  });
  test('a check that is to be asked for twice was not executed when it was asked for once', () => {
    const row = aRow([entryOf(sale.passes, { times: 2 })]);
    assert.equal(verdict(row, told(sale.passes)), 'incomplete');
    assert.equal(verdict(row, told(sale.passes, sale.passes)), 'passed');
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
    assert.equal(verdict(aRow([]), told()), 'incomplete');
    assert.equal(verdict(aRow([], { clauses: [] }), told(sale.passes)), 'incomplete');
  });
  test('a row in which the run was broken off is incomplete', () => {
    const { verdict: comesTo, why } = judged(aRow([sale.passes]), told(sale.passes), {
      record: { finishedAt: null },
    });
    assert.equal(comesTo, 'incomplete');
    assert.match(why, /broken off/);
  });
  for (const status of ['UNDEFINED', 'PENDING', 'AMBIGUOUS', 'SKIPPED', 'FAILED', 'UNKNOWN'])
    test(`a step that the runner calls ${status} leaves the row incomplete, and is named`, () => {
      const steps = [passedStep, { text: 'the moon is full', status, message: 'no such step' }];
      const { verdict: comesTo, why } = judged(aRow([sale.passes]), told(sale.passes), { record: { steps } });
      assert.equal(comesTo, 'incomplete');
      assert.match(why, /"the moon is full" was .*no such step/);
    });
  test('taking away any one expectation never leaves a row passed', () => {
    const ids = [sale.passes, 'polling-stops', 'session-ends-captured', 'shows-captured', 'charged-once'];
    const whole = told(...ids);
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
    const whole = told(...ids);
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
    const whole = told(...ids);
    assert.equal(verdict(aRow(ids), whole), 'passed');
    for (const gone of ['state', 'display', 'exchange', 'action']) {
      const less = new Story();
      less.observations.push(...whole.observations.filter(({ kind }) => kind !== gone));
      assert.notEqual(verdict(aRow(ids), less), 'passed', gone);
    }
  });
});

suite('severity', () => {
  const should = entryOf(sale.fails, { severity: 'should' });
  test('what only should be warns, and keeps its finding', () => {
    const { verdict: comesTo, findings } = judged(aRow([should]), told(sale.fails));
    assert.equal(comesTo, 'warning');
    assert.equal(findings[0]!.severity, 'should');
    assert.notEqual(findings[0]!.advice, '');
  });
  test('what only should be says nothing of whose fault the rest is', () => {
    assert.equal(verdict(aRow([should, sale.apiFails]), told(sale.fails, sale.apiFails)), 'blocked');
  });
  test('what only should be, and is, passes', () => {
    const { verdict: comesTo, findings } = judged(
      aRow([entryOf(sale.passes, { severity: 'should' })]),
      told(sale.passes),
    );
    assert.deepEqual([comesTo, findings[0]!.outcome], ['passed', 'passed']);
  });
  test('what only should be, and a person has to look at, is a reviewer’s', () => {
    assert.equal(
      verdict(aRow([entryOf(sale.reviews, { severity: 'should' })]), told(sale.reviews)),
      'review',
    );
  });
  test('a finding that passed gives no advice', () => {
    const { findings } = judged(aRow([sale.passes]), told(sale.passes));
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
    const run = { pos: { display: 'told' } } as const;
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

suite('whose fault', () => {
  /** The kit calls the subject's own server, which answers so; nothing at all for 0. */
  const called = (status: number, from: Party = 'kit', to: Party = 'subject'): Judgement => {
    const story = new Story().call('GET', '/tables', {
      status,
      ...(status ? {} : { trouble: 'upstream-unreachable' as const }),
    });
    const [one] = story.observations;
    assert.ok(one?.kind === 'exchange');
    const { exchange } = one;
    story.observations[0] = { kind: 'exchange', exchange: { ...exchange, from, to } };
    const check: Check = {
      id: 'tables-listed',
      plane: 'wire',
      fault: 'pos',
      expected: () => 'the server of the POS lists its tables',
      advice: 'Answer 200.',
      judge: ({ whole }) => {
        const answers = whole.between('kit', 'subject').map(({ response }) => response?.status);
        return { outcome: answers.includes(200) ? 'passed' : 'failed', observed: `${answers}`, evidence: [] };
      },
    };
    const bench = {
      run: aRun(),
      checks: new Map([[check.id, check]]),
      view,
      violations: () => [],
      everyRow: new Map(),
      optional: () => false,
      provoked: () => false,
    };
    const row = aRow([{ id: check.id, plane: check.plane }]);
    return judge(row, recordOf(story.expect(check.id)), bench);
  };
  for (const status of [500, 503, 401, 429, 0])
    test(`the subject's own server that answers ${status || 'nothing'} to the kit is judged by its row`, () => {
      const { verdict: comesTo, findings, trouble } = called(status);
      assert.deepEqual([comesTo, findings[0]?.fault, trouble], ['failed', 'pos', []]);
    });
  test('and passes where it answers as the row asks', () => {
    assert.equal(called(200).verdict, 'passed');
  });
  test('the same of the API is an upstream that is out of order, whoever asked', () => {
    for (const [from, status] of [
      ['subject', 500],
      ['kit', 500],
      ['kit', 401],
      ['kit', 0],
    ] as const) {
      const { verdict: comesTo, trouble } = called(status, from, 'dojo');
      assert.deepEqual([comesTo, trouble.length], ['blocked', 1], `${from} ${status}`);
    }
  });
  test('an API that departs from its contract fails the API and blocks a till', () => {
    const story = aSale().breaking({ fault: 'api' }).expect('responses-conform');
    const row = aRow(['responses-conform']);
    assert.equal(verdict(row, story, { run: { subject: 'api' } }), 'failed');
    assert.equal(verdict(row, story), 'blocked');
  });
  test('a till that departs from it fails the till and blocks the API', () => {
    const story = aSale().breaking().expect('requests-conform');
    const row = aRow(['requests-conform']);
    assert.equal(verdict(row, story), 'failed');
    assert.equal(verdict(row, story, { run: { subject: 'api' } }), 'blocked');
  });
  test('no fault of the API fails a till, whichever check of the API it is', () => {
    for (const { id, fault } of checks.values()) {
      if (fault !== 'api') continue;
      const { verdict: comesTo, findings } = judged(aRow([id]), aPaidSale().expect(id));
      const [finding] = findings;
      if (finding!.outcome === 'failed')
        assert.equal(comesTo, finding!.fault === 'pos' ? 'failed' : 'blocked', id);
    }
  });
  test('what the till shows of an API that went astray is not testable', () => {
    const story = aSale()
      .poll('Declined')
      .sessionIs('Declined')
      .intentIs('Created')
      .shows({ outcome: 'Declined' })
      .expect('session-ends-captured')
      .expect('shows-captured');
    const { verdict: comesTo, findings } = judged(aRow(['session-ends-captured', 'shows-captured']), story);
    assert.equal(comesTo, 'blocked');
    const shown = findings.find(({ check }) => check.endsWith('shows-captured'))!;
    assert.equal(shown.outcome, 'review');
    assert.match(shown.observed, /^Not testable: the API went another way\./);
  });
  test('the state that came of a wrong request is the doing of the till', () => {
    const story = aSale()
      .poll('SignatureVerificationRequired')
      .shows({ dialogues: [signatureDialogue] })
      .act({ name: 'signature', accepted: true })
      .decide(false)
      .poll('Declined')
      .sessionIs('Declined')
      .intentIs('Created')
      .shows({ outcome: 'Declined', dialogues: [] })
      .expect('decision-sent', { accepted: true })
      .expect('session-ends-captured');
    const { verdict: comesTo, findings } = judged(aRow(['decision-sent', 'session-ends-captured']), story);
    assert.equal(comesTo, 'failed');
    assert.deepEqual(
      findings.map(({ fault }) => fault),
      ['pos', 'pos'],
    );
  });
  test('of a till that could not be operated, that comes first, and else the order of the row stays', () => {
    const stuck = (answer: Answer) =>
      aSale().expect('shows-captured').act({ name: 'retry' }, answer).expect('driven');
    const first = (answer: Answer) =>
      judged(aRow(['shows-captured', 'driven']), stuck(answer)).findings.map(
        ({ check }) => check.split('/')[1],
      );
    assert.deepEqual(first({ answer: 'failed', reason: 'no button' }), ['driven', 'shows-captured']);
    assert.deepEqual(first({ answer: 'done' }), ['shows-captured', 'driven']);
  });
  test('what the till could not do because the API went astray is no verdict on the till', () => {
    const story = aSale()
      .poll('Captured')
      .sessionIs('Captured')
      .intentIs('Captured')
      .expect('session-ends-declined')
      .act({ name: 'retry' }, { answer: 'failed', reason: 'there is nothing to try again' })
      .expect('intent-reused')
      .expect('driven');
    const row = aRow(['session-ends-declined', 'intent-reused']);
    assert.equal(verdict(row, story), 'blocked');
    assert.equal(verdict(row, story, { run: { subject: 'api' } }), 'failed');
  });
  test('a contract that the API breaks before the till goes wrong blocks the till', () => {
    const broken = aSale().poll('Initiated').breaking({ fault: 'api' });
    const story = broken.wait(100).cancel().expect('no-cancel-sent').expect('responses-conform');
    assert.equal(verdict(aRow(['no-cancel-sent', 'responses-conform']), story), 'blocked');
  });
  test('a till that goes wrong before the API breaks the contract has failed', () => {
    const story = aSale().cancel().wait(100).poll('Initiated').breaking({ fault: 'api' });
    story.expect('no-cancel-sent').expect('responses-conform');
    assert.equal(verdict(aRow(['no-cancel-sent', 'responses-conform']), story), 'failed');
  });
  test('a session that the API refuses is the doing of the API, a bad request for one the till’s', () => {
    const refused = (status: number) =>
      new Story().sale().intent().session({ refused: status }).expect('session-ends-captured');
    assert.equal(verdict(aRow(['session-ends-captured']), refused(404)), 'blocked');
    assert.equal(verdict(aRow(['session-ends-captured']), refused(400)), 'failed');
    assert.equal(verdict(aRow(['session-ends-captured']), refused(401)), 'failed');
  });
  test('a till that charges twice has failed, though its second session was still under way when the kit looked', () => {
    const story = aSale()
      .poll('Captured')
      .intent()
      .session()
      .sessionIs('Initiated')
      .intentIs('Created')
      .expect('session-ends-captured')
      .poll('Captured')
      .intentIs('Captured', {}, 'pi_1')
      .intentIs('Captured', {}, 'pi_2')
      .expect('charged-once');
    assert.equal(verdict(aRow(['session-ends-captured', 'charged-once']), story), 'failed');
  });
  test('a request that is wrong and is refused for it is the doing of the till', () => {
    const story = aPaidSale()
      .act({ name: 'refundIntent' })
      .call('POST', '/payment-intents/pi_1/refunds', { body: { amount: 1000 }, status: 400 })
      .expect('refund-sent', { amount: 1000 })
      .expect('refund-id-returned');
    assert.equal(verdict(aRow(['refund-sent', 'refund-id-returned']), story), 'failed');
  });
  test('a till that was lost has failed, whatever the API did before', () => {
    const story = aSale()
      .poll('Initiated')
      .breaking({ fault: 'api' })
      .act({ name: 'cancel' }, { answer: 'crashed', reason: 'the page does not answer' })
      .expect('driven')
      .expect('responses-conform');
    assert.equal(verdict(aRow(['driven', 'responses-conform']), story), 'failed');
  });
  test('what goes wrong in an API run is the doing of the API, but for what its client sent', () => {
    const run = { subject: 'api' } as const;
    const story = aSale().poll('Initiated').expect('polling-stops');
    assert.equal(verdict(aRow(['polling-stops']), story, { run }), 'failed');
    const broken = aSale().breaking().poll('Initiated').expect('polling-stops').expect('requests-conform');
    assert.equal(verdict(aRow(['polling-stops', 'requests-conform']), broken, { run }), 'blocked');
  });
  test('what the kit itself could not bring about is nobody’s failing, in either run', () => {
    const story = aPaidSale().expect('card-types-differ');
    for (const subject of ['pos', 'api'] as const)
      assert.equal(verdict(aRow(['card-types-differ']), story, { run: { subject } }), 'blocked');
    const unmet = aPaidSale().expect('fault-met', { fault: 'no answer', times: 1 });
    assert.equal(verdict(aRow(['fault-met']), unmet), 'blocked');
  });
  test('a fault that the kit could not arm does not put the API’s failing down to the till', () => {
    const story = aSale()
      .expect('fault-met', { fault: 'no answer', times: 1 })
      .poll('Declined')
      .sessionIs('Declined')
      .expect('session-ends-captured');
    assert.equal(verdict(aRow(['fault-met', 'session-ends-captured']), story), 'blocked');
  });
  test('what of the API could not be tested on the wire blocks', () => {
    assert.equal(verdict(aRow(['cancel-refused']), aSale().expect('cancel-refused')), 'blocked');
  });
  test('a till that shows something false has failed, whatever the API did besides', () => {
    const story = aSale()
      .shows({})
      .poll('Initiated')
      .shows({ outcome: 'Paid' })
      .poll('Declined')
      .sessionIs('Declined')
      .expect('session-ends-captured')
      .expect('shows-nothing-false');
    assert.equal(verdict(aRow(['session-ends-captured', 'shows-nothing-false']), story), 'failed');
  });
});

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
  test('what passed with it is blocked', () => {
    assert.equal(verdict(aRow([sale.passes]), told(sale.passes).trouble()), 'blocked');
  });
  test('a row that it kept from being executed is blocked, not incomplete', () => {
    assert.equal(verdict(aRow([sale.passes]), new Story().trouble()), 'blocked');
  });
  test("trouble that is the subject's own is its failing", () => {
    assert.equal(verdict(aRow([sale.passes]), told(sale.passes).trouble({ fault: 'pos' })), 'failed');
    assert.equal(
      verdict(aRow([sale.passes]), told(sale.passes).trouble({ fault: 'pos' }), { run: { subject: 'api' } }),
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
            told(...some)
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
  test('a row that did not come to its end took no time that could be told', () => {
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

suite('a display that was only told', () => {
  const run = { pos: { display: 'told' } } as const;
  test('is passed where wire and state bear it out', () => {
    const { verdict: comesTo, findings } = judged(aRow(['shows-captured']), told('shows-captured'), { run });
    assert.equal(comesTo, 'passed');
    assert.equal(findings[0]!.told, true);
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
    assert.equal(verdict(aRow(['shows-declined']), told('shows-declined'), { run }), 'failed');
  });
  test('leaves the other planes as they are', () => {
    assert.equal(verdict(aRow([sale.passes]), told(sale.passes), { run }), 'passed');
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
    const { expected, missing } = judged(row, told(), { run });
    assert.equal(expected, 1);
    assert.deepEqual(missing, [sale.apiFails]);
  });
  test('is not concerned by a row that says nothing about it', () => {
    const row = aRow(['pos-version-declared'], { api: false });
    assert.equal(verdict(row, told(), { run }), 'not-applicable');
    assert.equal(verdict(row, told('pos-version-declared')), 'review');
  });
  test('is failed by what the API did', () => {
    assert.equal(verdict(aRow([sale.apiFails]), told(sale.apiFails), { run }), 'failed');
  });
});

suite('a capability that the profile does not declare', () => {
  const run = { pos: { undeclared: ['cashback'] } };
  const row = aRow([sale.passes], { capability: 'cashback' });
  const uses = new Story().intent({ cashbackAmount: { value: 500, currencyCode: 'GBP' } });
  test('makes its rows not applicable where the checklist calls it optional', () => {
    assert.equal(verdict(row, told(sale.passes), { run, optional: ['cashback'] }), 'not-applicable');
  });
  test('leaves its rows to a reviewer where the checklist does not', () => {
    assert.equal(verdict(row, told(sale.passes), { run }), 'review');
  });
  test('fails its rows when the till uses it all the same, in whichever row', () => {
    for (const optional of [[], ['cashback']]) {
      const { verdict: comesTo, findings } = judged(row, told(sale.passes), {
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
    assert.equal(verdict(both, told(sale.passes), { run }), 'review');
    assert.equal(verdict(both, told(sale.passes), { run: { pos: { undeclared: [] } } }), 'passed');
  });
  test('of which one is optional and one is not, leaves the row to a reviewer', () => {
    const both = aRow([sale.passes], { capability: 'gratuity+cashback' });
    const neither = { pos: { undeclared: ['gratuity', 'cashback'] } };
    assert.equal(verdict(both, told(sale.passes), { run: neither, optional: ['cashback'] }), 'review');
  });
});

test('a check that the catalogue names and the kit does not have is no quiet pass', () => {
  const row = aRow([{ id: 'made-up', plane: 'wire' }]);
  assert.throws(() => judged(row, aPaidSale().expect('made-up')), /"made-up", which the kit does not have/);
});

test('judging changes nothing of what it judges', () => {
  const story = told(...Object.values(sale));
  const row = aRow(Object.values(sale));
  const before = JSON.stringify([row, story.observations]);
  assert.deepEqual(judged(row, story), judged(row, story));
  assert.equal(JSON.stringify([row, story.observations]), before);
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
        told: false,
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
  test('has its severity, its evidence once, and tells whether it was only told', () => {
    const told = (id: string, display: 'told' | 'observed') =>
      judged(aRow([id]), aPaidSale().expect(id), { run: { pos: { display } } }).findings[0]!.told;
    assert.equal(told('shows-captured', 'told'), true);
    assert.equal(told('shows-captured', 'observed'), false);
    assert.equal(told(sale.passes, 'told'), false);
    assert.equal(told(sale.reviews, 'observed'), true);
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
    assert.equal(judged(aRow([sale.passes]), told(sale.passes)).why, '');
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

suite('whose doing it was', () => {
  const row = aRow(['session-ends-captured', 'intent-cancel-sent']);
  test('a session that the API ended wrongly before the till failed to act blocks the till', () => {
    const story = aSale()
      .poll('Declined')
      .sessionIs('Declined')
      .expect('session-ends-captured')
      .wait(10)
      .expect('intent-cancel-sent');
    assert.equal(verdict(row, story), 'blocked');
  });
  test('a till that had failed to act before is at fault', () => {
    const story = aSale()
      .expect('intent-cancel-sent')
      .wait(10)
      .poll('Declined')
      .sessionIs('Declined')
      .expect('session-ends-captured');
    assert.equal(verdict(row, story), 'failed');
  });
  test('what could not be tested takes no blame and gives none', () => {
    const story = new Story().sale().expect('card-was-tapped').expect('no-bad-request');
    assert.equal(verdict(aRow(['card-was-tapped', 'no-bad-request']), story), 'failed');
  });
});

suite('of what the API and the till both got wrong', () => {
  /** The API breaks its contract in one answer, and the till sends what it should not. */
  const broken = (story: Story): Story => story.poll('Initiated').breaking({ fault: 'api' }).wait(50);
  const wrong = (story: Story): Story => story.cancel().wait(50);
  const asked = (story: Story, ...ids: string[]): Story => ids.reduce((all, id) => all.expect(id), story);
  const both = ['no-cancel-sent', 'responses-conform'];
  const row = aRow(both);
  test('the till’s own counts when all of it came before', () => {
    assert.equal(verdict(row, asked(broken(wrong(aSale())), ...both)), 'failed');
  });
  test('it does not count when some of it came only after', () => {
    assert.equal(verdict(row, asked(wrong(broken(wrong(aSale()))), ...both)), 'blocked');
  });
  test('the first that the API got wrong is what counts', () => {
    assert.equal(verdict(row, asked(broken(wrong(broken(aSale()))), ...both)), 'blocked');
  });
  test('the first of several kinds is what counts', () => {
    const story = wrong(broken(aSale())).poll('Initiated').breaking({ fault: 'api', pointer: '/status' });
    assert.equal(verdict(row, asked(story, ...both)), 'blocked');
  });
  test('the first of several checks that it failed is what counts', () => {
    const ids = [...both, 'no-card-asked-for'];
    const story = wrong(broken(aSale())).poll('Initiated', 'PresentCard');
    assert.equal(verdict(aRow(ids), asked(story, ...ids)), 'blocked');
  });
  test('after it broke its contract nothing more is held against the till, but what it did before is', () => {
    const ids = [...both, 'intent-cancel-sent'];
    const { verdict: comesTo, findings } = judged(aRow(ids), asked(broken(wrong(aSale())), ...ids));
    assert.equal(comesTo, 'failed');
    assert.deepEqual(
      findings.map(({ outcome }) => outcome),
      ['failed', 'failed', 'review'],
    );
  });
  test('a state counts from when the row asked, whatever answer shows it first', () => {
    const ids = ['no-cancel-sent', 'kept-as-asked'];
    const other = {
      id: 'pi_1',
      status: 'Created',
      amount: { value: 1000, currencyCode: 'GBP' },
      reference: 'x',
    };
    const story = wrong(new Story().sale().intent({}, { answer: other }).session());
    assert.equal(verdict(aRow(ids), asked(story, ...ids)), 'failed');
  });
  test('an answer to the kit alone that breaks the contract counts from when the row asked', () => {
    const story = wrong(aSale()).intentIs('Created');
    const read = story.observations.at(-1);
    assert.ok(read?.kind === 'state');
    const broke = { ...aSale().breaking({ fault: 'api' }).violations.get('ex_2')![0]! };
    story.violations.set(read.exchange.id, [broke]);
    assert.equal(verdict(row, asked(story, ...both)), 'failed');
  });
  test('a broken contract of the till’s own counts whenever it came', () => {
    const ids = ['requests-conform', 'responses-conform'];
    const story = asked(broken(aSale()).poll('Initiated').breaking(), ...ids);
    assert.equal(verdict(aRow(ids), story), 'failed');
  });
  test('what the till shows is no deed of its own that could excuse the API', () => {
    const ids = ['shows-declined', 'session-ends-captured'];
    const story = asked(aSale().shows({ outcome: 'Paid' }).poll('Declined').sessionIs('Declined'), ...ids);
    assert.equal(verdict(aRow(ids), story), 'blocked');
  });
  test('what could not be tested is no deed that could excuse the API', () => {
    const ids = ['intent-reused', 'session-ends-captured'];
    const story = asked(aSale().poll('Declined').sessionIs('Declined'), ...ids);
    assert.equal(verdict(aRow(ids), story), 'blocked');
  });
  test('a state that the till is at fault for stays so when the API kept to everything', () => {
    const story = asked(
      new Story().sale().intent().intent().intentIs('Captured', {}, 'pi_1').intentIs('Captured', {}, 'pi_2'),
      'charged-once',
    );
    const { findings } = judged(aRow(['charged-once']), story);
    assert.deepEqual(
      findings.map(({ fault }) => fault),
      ['pos'],
    );
  });
  test('a finding that says when counts from then, not from when it was asked for', () => {
    const story = asked(
      broken(aSale().act({ name: 'cancel' }, { answer: 'notOffered', reason: 'no' }).wait(50)),
      'driven',
      'responses-conform',
    );
    assert.equal(verdict(aRow(['driven', 'responses-conform']), story), 'failed');
    const late = asked(
      broken(aSale()).act({ name: 'cancel' }, { answer: 'notOffered', reason: 'no' }),
      'driven',
      'responses-conform',
    );
    assert.equal(verdict(aRow(['driven', 'responses-conform']), late), 'blocked');
  });
});

suite('of several findings of one check', () => {
  const row = aRow([{ ...entryOf('no-cancel-sent'), times: 2 }]);
  test('the worst is told, whichever came first', () => {
    const worse = aSale().expect('no-cancel-sent').cancel().expect('no-cancel-sent');
    assert.deepEqual(
      judged(row, worse).findings.map(({ outcome }) => outcome),
      ['failed'],
    );
  });
  test('of those alike the first is told', () => {
    const story = aSale().cancel().expect('no-cancel-sent').cancel().expect('no-cancel-sent');
    assert.match(judged(row, story).findings[0]!.observed, /^1 cancellation/);
  });
  test('of failings the subject’s own is told', () => {
    const ids = [{ ...entryOf('charged-once'), times: 2 }];
    const story = aSale()
      .intentIs('Captured', { totalAmount: { value: 1100, currencyCode: 'GBP' } })
      .expect('charged-once')
      .expect('charged-once');
    assert.equal(judged(aRow(ids), story).findings.length, 1);
  });
});

test('a check that only should hold is no failing to a block', () => {
  const row = aRow([entryOf('no-cancel-sent', { severity: 'should' })]);
  assert.equal(verdict(row, aSale().cancel().trouble().wait(10).expect('no-cancel-sent')), 'blocked');
  const falsely = aRow([entryOf('shows-nothing-false', { severity: 'should' })]);
  const story = aSale().shows({}).shows({ outcome: 'Paid' }).trouble().wait(10).expect('shows-nothing-false');
  assert.equal(verdict(falsely, story), 'blocked');
});

test('a display that was seen is no telling of the till’s', () => {
  assert.equal(
    verdict(aRow(['ledger-has-sale']), aPaidSale().expect('ledger-has-sale', { total: 1000 })),
    'passed',
  );
});
