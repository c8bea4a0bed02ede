import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Check } from '../checklist/check.ts';
import { checks, view } from '../checklists/every-check.ts';
import { aRun } from '../checklists/payments/stories/scene.ts';
import { aPaidSale, aSale, signatureDialogue } from '../checklists/payments/stories/situations.ts';
import { Story } from '../checklists/payments/stories/story.ts';
import type { Answer, Party } from '../record/vocabulary.ts';
import { type Judgement, judge } from './index.ts';
import { aRow, judged, recordOf } from './testing/bench.ts';
import { verdict } from './testing/sale-row.ts';

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
