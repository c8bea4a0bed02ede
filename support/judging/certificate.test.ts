import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import '../checklists/index.ts';
import { type Checklist, loadChecklist, type Row } from '../checklist/index.ts';
import { aRun } from '../checklists/pay-at-counter/stories/scene.ts';
import { aPaidSale, aSale } from '../checklists/pay-at-counter/stories/situations.ts';
import { Story } from '../checklists/pay-at-counter/stories/story.ts';
import type { StreamHead } from '../record/chain.ts';
import type { RowRecord } from '../record/stream.ts';
import type { Run } from '../record/vocabulary.ts';
import { type Certificate, certify, judgeRow } from './index.ts';
import { aRow, recordOf } from './testing/bench.ts';

const check = 'no-cancel-sent';
const rowOf = (id: string, more: Partial<Row> = {}): Row => aRow([check], { id, ...more });

const stories = {
  passed: () => aPaidSale().expect(check),
  failed: () => aPaidSale().cancel().expect(check),
  warning: () => aPaidSale().expect('terminals-listed'),
  blocked: () => aPaidSale().expect(check).trouble(),
  incomplete: () => aPaidSale(),
  missing: null,
} as const;
type Told = keyof typeof stories;

const checklistWith = (rows: readonly Row[], more: Partial<Checklist> = {}): Checklist => ({
  ...loadChecklist(),
  name: 'pay-at-counter',
  title: 'Checklist',
  source: 'https://docs.example',
  sha256: 'c0ffee',
  rows,
  rules: [],
  closing: { everyRow: [], everyPayment: [] },
  ...more,
});

interface Given {
  readonly rows?: readonly Row[];
  readonly checklist?: Partial<Checklist>;
  readonly run?: Partial<Omit<Run, 'pos'>> & { pos?: Partial<Run['pos']> };
  readonly finishedAt?: string | null;
  readonly streams?: readonly StreamHead[];
}

/** The certificate of a run whose rows were told so. */
function certificateOf(told: Readonly<Record<string, Told>>, given: Given = {}): Certificate {
  const rows = given.rows ?? Object.keys(told).map((id) => rowOf(id));
  const records = Object.entries(told).flatMap(([id, how]): [string, RowRecord][] => {
    const story = stories[how];
    return story ? [[id, recordOf(story(), { id, startedAt: 5000, finishedAt: 6000 })]] : [];
  });
  return certify({
    recording: {
      run: aRun({ selection: Object.keys(told), ...given.run }),
      rows: new Map(records),
      finishedAt: given.finishedAt === undefined ? '2026-03-02T10:05:00.000Z' : given.finishedAt,
      streams: given.streams ?? [],
    },
    checklist: checklistWith(rows, given.checklist),
    violations: () => [],
  });
}

const verdictsOf = ({ rows }: Certificate) =>
  Object.fromEntries(rows.map(({ id, verdict }) => [id, verdict]));

suite('the summary counts what stands below', () => {
  const certificate = () =>
    certificateOf({
      'PAC-A-01': 'passed',
      'PAC-A-02': 'failed',
      'PAC-A-03': 'blocked',
      'PAC-A-04': 'incomplete',
      'PAC-A-05': 'missing',
      'PAC-A-06': 'passed',
    });
  test('each verdict, and all rows', () => {
    const { certified, ...counts } = certificate().summary;
    assert.deepEqual(counts, {
      rows: 6,
      passed: 2,
      failed: 1,
      warning: 0,
      review: 0,
      notApplicable: 0,
      blocked: 1,
      incomplete: 2,
    });
    assert.equal(certified, false);
  });
  test('expected and executed checks stand at each row, with those that are missing', () => {
    const { rows } = certificate();
    assert.deepEqual(rows[0]!.checks, { expected: 1, executed: 1, missing: [] });
    assert.deepEqual(rows[3]!.checks, { expected: 1, executed: 0, missing: [check] });
    assert.deepEqual(rows[4]!.checks, { expected: 1, executed: 0, missing: [check] });
  });
  test('rows stand in the order of the checklist, whatever the order of the run', () => {
    const rows = [rowOf('PAC-A-01'), rowOf('PAC-A-02')];
    const backwards = certificateOf({ 'PAC-A-02': 'passed', 'PAC-A-01': 'passed' }, { rows });
    assert.deepEqual(
      backwards.rows.map(({ id }) => id),
      ['PAC-A-01', 'PAC-A-02'],
    );
  });
});

suite('a run is certified', () => {
  const all = { 'PAC-A-01': 'passed', 'PAC-A-02': 'passed' } as const;
  const certified = (...args: Parameters<typeof certificateOf>) => certificateOf(...args).summary.certified;

  test('when every row is passed', () => {
    assert.equal(certified(all), true);
  });
  test('also when one only warns', () => {
    const rows = [rowOf('PAC-A-01'), rowOf('PAC-A-02'), aRow(['terminals-listed'], { id: 'PAC-A-03' })];
    const { summary, rows: judged } = certificateOf({ ...all, 'PAC-A-03': 'warning' }, { rows });
    assert.equal(judged[2]!.verdict, 'warning');
    assert.equal(summary.certified, true);
  });
  for (const bad of ['failed', 'blocked', 'incomplete', 'missing'] as const)
    test(`not when one mandatory row is ${bad}`, () => {
      assert.equal(certified({ ...all, 'PAC-A-03': bad }), false);
    });
  for (const bad of ['failed', 'blocked', 'incomplete', 'missing'] as const)
    test(`not when one optional row that is declared is ${bad}`, () => {
      const rows = [rowOf('PAC-A-01'), rowOf('PAC-A-02'), rowOf('PAC-A-03', { level: 'optional' })];
      assert.equal(certified({ ...all, 'PAC-A-03': bad }, { rows }), false);
    });
  test('also when an optional row is not applicable', () => {
    const rows = [
      rowOf('PAC-A-01'),
      rowOf('PAC-A-02'),
      rowOf('PAC-A-03', { level: 'optional', capability: 'moto' }),
    ];
    const run = { pos: { undeclared: ['moto'] } };
    assert.equal(certified({ ...all, 'PAC-A-03': 'missing' }, { rows, run }), true);
  });
  test('not applicable is a row that no certification needs, where its capability is undeclared', () => {
    const rows = [rowOf('KIT-AMB-04', { level: 'extra', capability: 'webhooks+moto' })];
    const run = { pos: { undeclared: ['webhooks'] } };
    assert.deepEqual(verdictsOf(certificateOf({ 'KIT-AMB-04': 'missing' }, { rows, run })), {
      'KIT-AMB-04': 'not-applicable',
    });
  });
  test('not when a mandatory row waits for review, its capability being undeclared', () => {
    const rows = [rowOf('PAC-A-01'), rowOf('PAC-A-02'), rowOf('PAC-A-03', { capability: 'cashback' })];
    const run = { pos: { undeclared: ['cashback'] } };
    assert.equal(certified({ ...all, 'PAC-A-03': 'passed' }, { rows, run }), false);
  });
  test('not when a row was not selected, and says which', () => {
    const rows = [rowOf('PAC-A-01'), rowOf('PAC-A-02'), rowOf('PAC-A-03')];
    const { summary, run } = certificateOf(all, { rows });
    assert.equal(summary.certified, false);
    assert.equal(run.partial, true);
    assert.deepEqual(run.notSelected, ['PAC-A-03']);
  });
  test('without a row that was not selected, though the run holds one', () => {
    const rows = [rowOf('PAC-A-01'), rowOf('PAC-A-02')];
    const { rows: judged } = certificateOf(all, { rows, run: { selection: ['PAC-A-02'] } });
    assert.deepEqual(
      judged.map(({ id }) => id),
      ['PAC-A-02'],
    );
  });
  test('not by optional rows alone', () => {
    const rows = [rowOf('PAC-A-01', { level: 'optional' }), rowOf('PAC-A-02', { level: 'extra' })];
    const { summary } = certificateOf(all, { rows });
    assert.deepEqual([summary.passed, summary.certified], [2, false]);
  });
  test('not when the run was broken off', () => {
    assert.equal(certified(all, { finishedAt: null }), false);
  });
  test('not when no row applies', () => {
    const rows = [rowOf('PAC-A-01', { api: false })];
    const { summary, rows: judged } = certificateOf(
      { 'PAC-A-01': 'passed' },
      { rows, run: { subject: 'api' } },
    );
    assert.equal(judged[0]!.verdict, 'not-applicable');
    assert.equal(summary.certified, false);
  });
  test('not when nothing was selected', () => {
    assert.equal(certified({}), false);
  });
  test('not when a selected row is unknown to the checklist', () => {
    assert.throws(
      () => certificateOf(all, { run: { selection: [...Object.keys(all), 'PAC-Z-99'] } }),
      /PAC-Z-99/,
    );
  });
});

suite('a rule over several rows', () => {
  const rules = [{ id: 'PAC-RULE-01', rule: 'one way to refund works', anyOf: ['PAC-R-01', 'PAC-R-02'] }];
  const ruled = (told: Readonly<Record<string, Told>>, more: Given = {}) =>
    certificateOf(told, { ...more, checklist: { rules } });
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

suite('a run is practice or qualifying', () => {
  const all = { 'PAC-A-01': 'passed' } as const;
  test('it qualifies when nothing speaks against it', () => {
    assert.equal(certificateOf(all).run.kind, 'qualifying');
  });
  test('it says what was judged, by which checklist, and what the upstream showed', () => {
    const serverCertificate = {
      subject: 'CN=api.example',
      issuer: 'CN=ca.example',
      validFrom: '2026-01-01T00:00:00.000Z',
      validTo: '2027-01-01T00:00:00.000Z',
      fingerprint256: 'AA:BB',
    };
    const { run } = certificateOf(all, { run: { serverCertificate } });
    assert.deepEqual([run.partial, run.selection, run.notSelected], [false, ['PAC-A-01'], []]);
    assert.deepEqual(run.serverCertificate, serverCertificate);
    assert.equal('serverCertificate' in certificateOf(all).run, false);
    assert.deepEqual(run.checklist, {
      name: 'pay-at-counter',
      title: 'Checklist',
      source: 'https://docs.example',
      sha256: 'c0ffee',
    });
  });
  test('any reason makes it practice, and is told', () => {
    const { run } = certificateOf(all, { run: { why: ['the upstream is a simulator'] } });
    assert.equal(run.kind, 'practice');
    assert.deepEqual(run.why, ['the upstream is a simulator']);
  });
  test('a mandatory row that was not selected makes it practice, an optional one does not', () => {
    const extra = (level: Row['level']) => ({ rows: [rowOf('PAC-A-01'), rowOf('PAC-A-02', { level })] });
    assert.equal(certificateOf(all, extra('mandatory')).run.kind, 'practice');
    assert.equal(certificateOf(all, extra('optional')).run.kind, 'qualifying');
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
    const earlier = new Map([...known].map(([id, one]) => [id, { ...one, why: 'told before' }]));
    const { rows } = certify(basis(other), earlier);
    assert.deepEqual(
      rows.map(({ id, verdict, why }) => [id, verdict, why]),
      [
        ['PAC-A-01', 'passed', 'told before'],
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

test('the streams that it was computed from are named by their heads, one or several', () => {
  const streams = ['a', 'b'].map((digit) => ({ envelopes: 7, head: digit.repeat(64) }));
  const told = { 'PAC-A-01': 'passed' } as const;
  assert.deepEqual(certificateOf(told, { streams: streams.slice(0, 1) }).run.stream, streams[0]);
  assert.deepEqual(certificateOf(told, { streams }).run.stream, streams);
});

test('the same record gives the same certificate, however often it is computed', () => {
  const told = { 'PAC-A-01': 'passed', 'PAC-A-02': 'failed', 'PAC-A-03': 'missing' } as const;
  assert.deepEqual(certificateOf(told), certificateOf(told));
});

suite('what stands at a row', () => {
  const row = rowOf('PAC-A-01', { notes: ' As agreed. ' });
  const certificate = () =>
    certificateOf({ 'PAC-A-01': 'blocked', 'PAC-A-02': 'passed' }, { rows: [row, rowOf('PAC-A-02')] });
  test('its notes, trouble, duration and clauses with the checks of each', () => {
    const { notes, trouble, durationMs, clauses } = certificate().rows[0]!;
    assert.deepEqual(
      { notes, trouble, durationMs, clauses },
      {
        notes: 'As agreed.',
        trouble: [{ message: 'the power went out', advice: 'Switch it on again.' }],
        durationMs: 1000,
        clauses: [{ clause: 'It is as it should be', checks: [`PAC-A-01/${check}`] }],
      },
    );
  });
  test('nothing, where the checklist says nothing', () => {
    const { notes, trouble } = certificate().rows[1]!;
    assert.deepEqual([notes, trouble], ['', []]);
  });
  test('each verdict is counted as itself', () => {
    const { summary } = certificate();
    assert.deepEqual([summary.blocked, summary.passed, summary.failed, summary.review], [1, 1, 0, 0]);
  });
});

suite('a row is asked for by its id', () => {
  test('one that the checklist does not have is named', () => {
    const basis = {
      recording: { run: aRun(), rows: new Map(), finishedAt: null, streams: [] },
      checklist: checklistWith([rowOf('PAC-A-01')]),
      violations: () => [],
    };
    assert.throws(() => judgeRow('PAC-A-09', basis), /pay-at-counter has no row PAC-A-09/);
  });
});

suite('counted by verdict', () => {
  const optional = { level: 'optional' } as const;
  const rows = [
    aRow(['terminals-listed'], { id: 'PAC-A-01', ...optional }),
    aRow(['credentials-entered-by'], { id: 'PAC-A-02', ...optional }),
    rowOf('PAC-A-03', { ...optional, capability: 'moto' }),
  ];
  const record = (id: string, asked: string): [string, RowRecord] => [
    id,
    recordOf(aSale().expect(asked), { id }),
  ];
  const certificate = () =>
    certify({
      recording: {
        run: aRun({ selection: rows.map(({ id }) => id), pos: { undeclared: ['moto'] } }),
        rows: new Map([record('PAC-A-01', 'terminals-listed'), record('PAC-A-02', 'credentials-entered-by')]),
        finishedAt: 'then',
        streams: [],
      },
      checklist: checklistWith(rows),
      violations: () => [],
    });
  test('warning, review and not applicable', () => {
    const { warning, review, notApplicable, passed, blocked } = certificate().summary;
    assert.deepEqual([warning, review, notApplicable, passed, blocked], [1, 1, 1, 0, 0]);
  });
});
