import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { suite, test } from 'node:test';
import type { Certificate, CertificateRow } from '../../judging/index.ts';
import { temporaryFolder } from '../../record/disk/temporary.ts';
import { UsageError } from '../../record/usage-error.ts';
import type { Verdict } from '../../record/vocabulary.ts';
import { sample } from '../../report/sample.ts';
import { ask, requestsOf, withAnswers } from '../requests.ts';
import {
  type Answer,
  basisOf,
  type Decision,
  emptyReview,
  type Review,
  settle,
  takenOver,
  type Waiver,
} from './decision.ts';

const usual = sample().certificate;

/** A whole run with rows of these verdicts. */
function certificateWith(
  verdicts: Readonly<Record<string, Verdict>>,
  observed = 'shows "Done"',
): Certificate {
  const [template] = usual.rows;
  const rows = Object.entries(verdicts).map(([id, verdict]): CertificateRow => {
    const finding = { ...template!.findings[0]!, check: `${id}/shown`, outcome: 'review' as const, observed };
    return { ...template!, id, verdict, level: 'mandatory', why: '', findings: [finding] };
  });
  const all = rows.every(({ verdict }) => verdict === 'passed' || verdict === 'warning');
  return {
    ...usual,
    run: {
      ...usual.run,
      id: 'one',
      finishedAt: '2026-11-21T10:30:00.000Z',
      notSelected: [],
      stream: stream('a'),
    },
    summary: { ...usual.summary, certified: all },
    rows,
    rules: [],
  };
}

const stream = (letter: string) => ({ envelopes: 1, head: letter.repeat(64) });
const at = '2026-12-01T09:00:00.000Z';

const decided = (certificate: Certificate, row: string, answer: Answer, when = at): Decision => ({
  row,
  answer,
  reason: 'seen on the picture',
  by: 'R. Viewer',
  at: when,
  basis: basisOf(certificate.rows.find(({ id }) => id === row)!, {}),
});

const waived = (certificate: Certificate, row: string, lastDay: string): Waiver => {
  const { answer: _, ...said } = decided(certificate, row, 'accept');
  return { ...said, lastDay };
};

const review = (certificate: Certificate, more: Partial<Review>): Review => ({
  ...emptyReview(certificate),
  ...more,
});

const result = (certificate: Certificate, said: Review, when = at, rules: { anyOf: string[] }[] = []) =>
  settle(certificate, said, { at: when, rules: rules as never });

const open = certificateWith({ 'R-1': 'passed', 'R-2': 'review', 'R-3': 'review' });

suite('what a reviewer says', () => {
  test('settles each row that is for review, and then the run is certified by decision', () => {
    const both = [decided(open, 'R-2', 'accept'), decided(open, 'R-3', 'accept')];
    const { result: comes, rows, ignored } = result(open, review(open, { decisions: both }));
    assert.equal(comes, 'certified by decision');
    assert.deepEqual(
      rows.map(({ verdict, settled }) => `${verdict} ${settled}`),
      ['passed as judged', 'review accepted', 'review accepted'],
    );
    assert.deepEqual(ignored, []);
  });
  test('leaves the run as it is while a row is not settled, rejected, or asked about', () => {
    for (const decisions of [
      [],
      [decided(open, 'R-2', 'accept')],
      [decided(open, 'R-2', 'accept'), decided(open, 'R-3', 'reject')],
      [decided(open, 'R-2', 'accept'), decided(open, 'R-3', 'ask')],
    ])
      assert.equal(result(open, review(open, { decisions })).result, 'not certified');
  });
  test('is the last word of several', () => {
    const decisions = [
      decided(open, 'R-3', 'accept', '2026-12-02T00:00:00.000Z'),
      decided(open, 'R-3', 'reject', '2026-12-03T00:00:00.000Z'),
      decided(open, 'R-2', 'reject', '2026-12-01T00:00:00.000Z'),
      decided(open, 'R-2', 'accept', '2026-12-02T00:00:00.000Z'),
    ];
    const { rows } = result(open, review(open, { decisions }));
    assert.deepEqual(
      rows.map(({ settled }) => settled),
      ['as judged', 'accepted', 'rejected'],
    );
  });
  test('of a row that failed or did not run settles nothing', () => {
    for (const verdict of ['failed', 'blocked', 'incomplete', 'passed', 'not-applicable'] as const) {
      const certificate = certificateWith({ 'R-1': 'passed', 'R-2': verdict });
      const said = review(certificate, { decisions: [decided(certificate, 'R-2', 'accept')] });
      const { rows, ignored } = result(certificate, said);
      assert.equal(rows[1]!.settled, 'as judged');
      assert.match(ignored.join(), /A decision settles only what is for review, and R-2 is /);
    }
  });
  test('counts for the findings that it was said of, in the run that it was said of', () => {
    const decisions = [decided(open, 'R-2', 'accept'), decided(open, 'R-3', 'accept')];
    const other = certificateWith({ 'R-1': 'passed', 'R-2': 'review', 'R-3': 'review' }, 'shows "Ready"');
    const { result: comes, ignored } = result(other, review(other, { decisions }));
    assert.equal(comes, 'not certified');
    assert.match(ignored.join(), /rests on other findings/);
    const elsewhere = { ...open, run: { ...open.run, stream: stream('b') } };
    const foreign = result(elsewhere, review(open, { decisions }));
    assert.equal(foreign.result, 'not certified');
    assert.match(foreign.ignored.join(), /another record: nothing in it counts/);
  });
  test('is taken over to the next run where its row rests on the same', () => {
    const decisions = [decided(open, 'R-2', 'accept'), decided(open, 'R-3', 'accept')];
    const next = certificateWith({ 'R-1': 'passed', 'R-2': 'review', 'R-3': 'failed' });
    const taken = takenOver(review(open, { decisions }), next);
    assert.deepEqual(
      taken.decisions.map(({ row }) => row),
      ['R-2'],
    );
    assert.equal(taken.run, next.run.id);
    assert.equal(taken.decisions[0]!.from, open.run.id, 'and says from where');
  });
  test('is taken over where only ids and dates are others, and not where it took longer', () => {
    const seen = (observed: string) => certificateWith({ 'R-1': 'passed', 'R-2': 'review' }, observed);
    const before = seen('pi_sandbox_abc123 is pi_sandbox_abc123 at 2026-11-21T10:00:00.000Z, 1.2 s late');
    const said = review(before, { decisions: [decided(before, 'R-2', 'accept')] });
    const rows = (observed: string) => takenOver(said, seen(observed)).decisions.map(({ row }) => row);
    const later = 'at 2026-12-21T10:00:00.000Z';
    assert.deepEqual(rows(`pi_sandbox_xyz789 is pi_sandbox_xyz789 ${later}, 1.2 s late`), ['R-2']);
    assert.deepEqual(rows(`pi_sandbox_xyz789 is pi_sandbox_abc123 ${later}, 1.2 s late`), []);
    assert.deepEqual(rows(`pi_sandbox_xyz789 is pi_sandbox_xyz789 ${later}, 60 s late`), []);
  });
});

suite('a waiver', () => {
  const failed = certificateWith({ 'R-1': 'passed', 'R-2': 'failed' });
  const waivers = [waived(failed, 'R-2', '2026-12-31')];
  test('settles a row that failed, until its last day and no longer', () => {
    const comes = (when: string) => result(failed, review(failed, { waivers }), when);
    assert.equal(comes('2026-12-31T23:59:59.000Z').result, 'certified by decision');
    const ended = comes('2027-01-01T00:00:00.000Z');
    assert.equal(ended.result, 'not certified');
    assert.match(ended.ignored.join(), /The waiver of R-2 ended on 2026-12-31/);
  });
  test('that was asked for is granted, refused, or stays visible as not answered; the last word counts', () => {
    const asked = { row: 'R-2', text: 'mended in May', by: 'A. Partner', at, lastDay: '2027-05-31' };
    const comment = { row: 'R-1', text: 'on our Wi-Fi', by: 'A. Partner', at };
    const later = (one: Waiver) => ({ ...one, at: '2026-12-02T00:00:00.000Z' });
    const granted = later(waivers[0]!);
    const { lastDay: _, ...refused } = granted;
    const early = { ...refused, at: '2026-11-01T00:00:00.000Z' };
    const comes: [Partial<Review>, settled: string, answer: string][] = [
      [{}, 'as judged', 'not answered'],
      [{ waivers: [granted] }, 'waived', 'granted, last day 2026-12-31'],
      [{ refusals: [refused] }, 'refused', 'refused'],
      [{ waivers: [granted], refusals: [early] }, 'waived', 'granted, last day 2026-12-31'],
      [{ refusals: [early] }, 'refused', 'not answered'],
      [{ waivers: [{ ...granted, from: 'last-month' }] }, 'waived', 'not answered'],
    ];
    for (const [said, settled, answer] of comes) {
      const settlement = result(failed, review(failed, said));
      const [request, remark] = withAnswers([asked, comment], settlement);
      assert.deepEqual(
        [settlement.rows[1]!.settled, request!.answer, remark!.answer],
        [settled, answer, undefined],
      );
      assert.equal(settlement.result, settled === 'waived' ? 'certified by decision' : 'not certified');
    }
  });
  test('is taken down for a failed row of the run alone, with a reason, a name and a day', () => {
    const folder = temporaryFolder('asked');
    const one = { row: 'R-2', text: 'mended in May', by: 'A. Partner', at, lastDay: '2027-05-31' };
    const wrong = [{ row: 'R-9' }, { row: 'R-1' }, { text: ' ' }, { by: '' }, { lastDay: '2027-02-30' }];
    for (const more of wrong) assert.throws(() => ask(folder, { ...one, ...more }, failed), /KIT-ASK-002/);
    assert.deepEqual(requestsOf(folder, failed), []);
    ask(folder, one, failed);
    ask(folder, { ...one, lastDay: '2027-04-30' }, failed);
    const { lastDay: _, ...comment } = { ...one, row: 'R-1' };
    ask(folder, comment, failed);
    assert.deepEqual(requestsOf(folder, failed), [{ ...one, lastDay: '2027-04-30' }, comment]);
    assert.throws(() => requestsOf(folder, open), UsageError);
    rmSync(folder, { recursive: true });
  });
  test('settles nothing that is for review', () => {
    const { rows } = result(open, review(open, { waivers: [waived(open, 'R-2', '2026-12-31')] }));
    assert.equal(rows[1]!.settled, 'as judged');
  });
  test('of the one row that would meet a rule does not meet it', () => {
    const comes = (anyOf: string[]) => result(failed, review(failed, { waivers }), at, [{ anyOf }]).result;
    assert.equal(comes(['R-1', 'R-2']), 'certified by decision');
    assert.equal(comes(['R-2']), 'not certified');
  });
});

suite('nothing is certified by decision', () => {
  const both = [decided(open, 'R-2', 'accept'), decided(open, 'R-3', 'accept')];
  test('that was broken off, or left out rows', () => {
    for (const run of [{ finishedAt: null }, { notSelected: ['R-9'] }]) {
      const part = { ...open, run: { ...open.run, ...run } };
      assert.equal(result(part, review(part, { decisions: both })).result, 'not certified');
    }
  });
  test('that was certified without', () => {
    const certificate = certificateWith({ 'R-1': 'passed', 'R-2': 'warning' });
    assert.equal(result(certificate, emptyReview(certificate)).result, 'certified');
  });
});
