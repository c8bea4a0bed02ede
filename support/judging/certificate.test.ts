import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Row } from '../checklist/index.ts';
import { aRun } from '../checklists/payments/stories/scene.ts';
import { aSale } from '../checklists/payments/stories/situations.ts';
import type { RowRecord } from '../record/stream.ts';
import { certify, judgeRow } from './index.ts';
import { aRow, recordOf } from './testing/bench.ts';
import { certificateOf, check, checklistWith, rowOf, verdictsOf } from './testing/certificates.ts';

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
  test('any reason makes it practice, and is reported', () => {
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

test('the streams that it was computed from are named by their heads, one or several', () => {
  const streams = ['a', 'b'].map((digit) => ({ envelopes: 7, head: digit.repeat(64) }));
  const reported = { 'PAC-A-01': 'passed' } as const;
  assert.deepEqual(certificateOf(reported, { streams: streams.slice(0, 1) }).run.stream, streams[0]);
  assert.deepEqual(certificateOf(reported, { streams }).run.stream, streams);
});

test('the same record gives the same certificate, however often it is computed', () => {
  const reported = { 'PAC-A-01': 'passed', 'PAC-A-02': 'failed', 'PAC-A-03': 'missing' } as const;
  assert.deepEqual(certificateOf(reported), certificateOf(reported));
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
