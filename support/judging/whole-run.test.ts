import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { aRun } from '../checklists/payments/stories/scene.ts';
import { aSale } from '../checklists/payments/stories/situations.ts';
import { Story } from '../checklists/payments/stories/story.ts';
import { certify, judgeRow } from './index.ts';
import { aRow, recordOf } from './testing/bench.ts';
import {
  certificateOf,
  check,
  checklistWith,
  type Given,
  rowOf,
  type StoryName,
  verdictsOf,
} from './testing/certificates.ts';

suite('a rule over several rows', () => {
  const rules = [{ id: 'PAC-RULE-01', rule: 'one way to refund works', anyOf: ['PAC-R-01', 'PAC-R-02'] }];
  const ruled = (reported: Readonly<Record<string, StoryName>>, more: Given = {}) =>
    certificateOf(reported, { ...more, checklist: { rules } });
  test('holds by the rows that are passed', () => {
    const { rules: found } = ruled({ 'PAC-R-01': 'failed', 'PAC-R-02': 'passed' });
    assert.deepEqual(found, [
      { id: 'PAC-RULE-01', rule: 'one way to refund works', verdict: 'passed', by: ['PAC-R-02'] },
    ]);
  });
  test('that holds keeps nothing from being certified', () => {
    assert.equal(ruled({ 'PAC-R-01': 'passed', 'PAC-R-02': 'passed' }).summary.certified, true);
  });
  test('holds by a row that only warns', () => {
    const rows = [rowOf('PAC-R-01'), aRow(['terminals-listed'], { id: 'PAC-R-02' })];
    const { rules: found } = ruled({ 'PAC-R-01': 'failed', 'PAC-R-02': 'warning' }, { rows });
    assert.deepEqual([found[0]!.verdict, found[0]!.by], ['passed', ['PAC-R-02']]);
  });
  test('fails when each of them has failed, or one did and the other does not apply', () => {
    assert.equal(ruled({ 'PAC-R-01': 'failed', 'PAC-R-02': 'failed' }).rules[0]!.verdict, 'failed');
    const rows = [rowOf('PAC-R-01'), rowOf('PAC-R-02', { level: 'optional', capability: 'a' })];
    const given = { rows, run: { pos: { undeclared: ['a'] } } };
    assert.equal(ruled({ 'PAC-R-01': 'failed', 'PAC-R-02': 'missing' }, given).rules[0]!.verdict, 'failed');
  });
  test('fails when each of them was tried and none holds, and then nothing is certified', () => {
    const rows = [
      rowOf('PAC-A-01'),
      rowOf('PAC-R-01', { level: 'optional', capability: 'a' }),
      rowOf('PAC-R-02', { level: 'optional', capability: 'b' }),
    ];
    const { rules: found, summary } = ruled(
      { 'PAC-A-01': 'passed', 'PAC-R-01': 'missing', 'PAC-R-02': 'missing' },
      { rows, run: { pos: { undeclared: ['a', 'b'] } } },
    );
    assert.equal(found[0]!.verdict, 'failed');
    assert.equal(summary.certified, false);
  });
  for (const left of ['blocked', 'incomplete', 'missing'] as const)
    test(`is open as long as one of them is ${left}`, () => {
      assert.equal(ruled({ 'PAC-R-01': 'failed', 'PAC-R-02': left }).rules[0]!.verdict, 'incomplete');
    });
  test('is open when one of them was not selected', () => {
    const rows = [rowOf('PAC-R-01'), rowOf('PAC-R-02')];
    assert.equal(ruled({ 'PAC-R-01': 'failed' }, { rows }).rules[0]!.verdict, 'incomplete');
  });
});

suite('a row that is judged from the whole run', () => {
  const whole = aRow(['one-version-sent'], { id: 'PAC-A-02', wholeRun: true });
  const basis = (first: Story, finishedAt: string | null = 'then') => ({
    recording: {
      run: aRun({ selection: ['PAC-A-01', 'PAC-A-02'] }),
      rows: new Map([
        ['PAC-A-01', recordOf(first.expect(check), { id: 'PAC-A-01' })],
        ['PAC-A-02', recordOf(aSale().expect('one-version-sent'), { id: 'PAC-A-02' })],
      ]),
      finishedAt,
      streams: [],
    },
    checklist: checklistWith([rowOf('PAC-A-01'), whole]),
    violations: () => [],
  });
  test('passes when every row is as it should be', () => {
    assert.equal(judgeRow('PAC-A-02', basis(aSale())).verdict, 'passed');
  });
  test('is judged again, where a row of its own stays as it was judged at its end', () => {
    const known = new Map(['PAC-A-01', 'PAC-A-02'].map((id) => [id, judgeRow(id, basis(aSale()))]));
    const other = aSale().call('GET', '/terminals', { headers: [['version', '2024-02-05']] });
    const earlier = new Map([...known].map(([id, one]) => [id, { ...one, why: 'reported before' }]));
    const { rows } = certify(basis(other), earlier);
    assert.deepEqual(
      rows.map(({ id, verdict, why }) => [id, verdict, why]),
      [
        ['PAC-A-01', 'passed', 'reported before'],
        ['PAC-A-02', 'failed', ''],
      ],
    );
  });
  test('goes by what every row holds by then, also those that still went on when it was judged first', () => {
    const going = basis(aSale());
    const rows = new Map(going.recording.rows);
    const at = { ...going, recording: { ...going.recording, rows } };
    rows.set('PAC-A-01', { ...rows.get('PAC-A-01')!, finishedAt: null });
    assert.equal(judgeRow('PAC-A-02', at).verdict, 'passed');
    const other = aSale().call('GET', '/terminals', { headers: [['version', '2024-02-05']] });
    rows.set('PAC-A-01', basis(other).recording.rows.get('PAC-A-01')!);
    assert.equal(judgeRow('PAC-A-02', at).verdict, 'failed');
  });
  test('is incomplete when the run was broken off, whatever was seen so far', () => {
    const { rows } = certify(basis(aSale(), null));
    assert.equal(rows.find(({ id }) => id === 'PAC-A-02')!.verdict, 'incomplete');
    assert.equal(rows.find(({ id }) => id === 'PAC-A-01')!.verdict, 'passed');
  });
  test('fails by what another row sent', () => {
    const other = aSale().call('GET', '/terminals', { headers: [['version', '2024-02-05']] });
    assert.equal(judgeRow('PAC-A-02', basis(other)).verdict, 'failed');
  });
});

suite('a capability that is not declared, and is used in another row', () => {
  const comesTo = (capability: string, uses: Story) => {
    const rows = [rowOf('PAC-A-01'), rowOf('PAC-A-02', { level: 'optional', capability })];
    return judgeRow('PAC-A-02', {
      recording: {
        run: aRun({ selection: ['PAC-A-01', 'PAC-A-02'], pos: { undeclared: ['moto'] } }),
        rows: new Map([['PAC-A-01', recordOf(uses.expect(check), { id: 'PAC-A-01' })]]),
        finishedAt: 'then',
        streams: [],
      },
      checklist: checklistWith(rows),
      violations: () => [],
    }).verdict;
  };
  const moto = () => new Story().intent({ cardHolderNotPresent: true });
  test('fails its row', () => assert.equal(comesTo('moto', moto()), 'failed'));
  test('fails its row, where the other capability of it is declared', () =>
    assert.equal(comesTo('webhooks+moto', moto()), 'failed'));
  test('is not applicable where it was not used', () =>
    assert.equal(comesTo('moto', new Story().intent()), 'not-applicable'));
});

suite('a refusal that a row provokes on purpose', () => {
  const provoking = (
    because: string,
    answer: string,
    path = '/payment-intents/pi_1/amount',
    { method = 'POST', status = 400, elsewhere = false } = {},
  ) => {
    const row = aRow([check], {
      id: 'PAC-A-01',
      provokes: [
        { request: 'DELETE /payment-intents/{id}', status: 409, because },
        { request: 'POST /payment-intents/{id}/amount', status, because },
      ],
    });
    const other = rowOf('PAC-A-03');
    const bad = aRow(['no-bad-request'], { id: 'PAC-A-02', wholeRun: true });
    const story = new Story().call(method, path, { status: 400, answer: { detail: answer } }).expect(check);
    const [id, none] = elsewhere ? [other.id, row.id] : [row.id, other.id];
    return certify({
      recording: {
        run: aRun({ selection: ['PAC-A-01', 'PAC-A-02'] }),
        rows: new Map([
          [id, recordOf(story, { id })],
          [none, recordOf(aSale(), { id: none })],
          ['PAC-A-02', recordOf(aSale().expect('no-bad-request'), { id: 'PAC-A-02' })],
        ]),
        finishedAt: 'then',
        streams: [],
      },
      checklist: checklistWith([other, row, bad]),
      violations: () => [],
    });
  };
  const comesTo = (...args: Parameters<typeof provoking>) => verdictsOf(provoking(...args))['PAC-A-02'];
  test('is no bad request of the till', () => {
    assert.equal(comesTo('higher than 0', 'amount must be higher than 0'), 'passed');
  });
  test('waits for a reviewer when it was refused for another reason', () => {
    assert.equal(comesTo('higher than 0', 'reference is required'), 'review');
  });
  test('waits for a reviewer when it was another request', () => {
    assert.equal(comesTo('higher than 0', 'amount must be higher than 0', '/payment-intents'), 'review');
    assert.equal(
      comesTo('higher than 0', 'amount must be higher than 0', '/payment-intents/pi_1/amount/x'),
      'review',
    );
  });
  const path = '/payment-intents/pi_1/amount';
  for (const [what, how] of Object.entries({
    'sent by another method': { method: 'PUT' },
    'to have had another status': { status: 409 },
    'sent in another row': { elsewhere: true },
  }))
    test(`waits for a reviewer when it was ${what}`, () =>
      assert.equal(comesTo('higher than 0', 'amount must be higher than 0', path, how), 'review'));
});
