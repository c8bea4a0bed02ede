import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { loadChecklist } from '../checklist/index.ts';
import '../checklists/index.ts';
import type { Finding, Level, Verdict } from '../record/vocabulary.ts';
import {
  judgeNight,
  type KnownFailure,
  type Night,
  type NightRecord,
  planIssue,
  readKnown,
  readRecord,
  renderNight,
  renderRecord,
} from './index.ts';
import { a, after, certificateOf, kept, model, places, watch, whole } from './testing/night.ts';

type Outcomes = Readonly<Record<string, Finding['outcome']>>;

interface RowTonight {
  readonly day?: number;
  readonly level?: Level;
  readonly fault?: Finding['fault'];
  readonly trouble?: boolean;
}

const first = `${a}/first`;
const second = `${a}/second`;
const known = (check: string, until = '2026-12-01'): KnownFailure => ({
  check,
  reason: 'it is mended soon',
  until,
});

/** A night of one row whose checks came to these outcomes; `fault` is who is to blame for the second. */
function night(
  last: NightRecord | null,
  outcomes: Outcomes,
  failures: readonly KnownFailure[],
  { day = 1, level = 'mandatory', fault = 'pos', trouble = false }: RowTonight = {},
): Night {
  const verdict: Verdict = Object.values(outcomes).includes('failed') ? 'failed' : 'passed';
  const certificate = certificateOf({ [a]: [verdict, level] }, day);
  const [finding] = model.rows.flatMap(({ findings }) => findings);
  const findings = Object.entries(outcomes).map(
    ([check, outcome]): Finding => ({ ...finding!, check, outcome, fault: check === second ? fault : 'pos' }),
  );
  const row = {
    ...certificate.rows[0]!,
    findings,
    trouble: trouble ? [{ message: 'The upstream is gone.', advice: '' }] : [],
  };
  return judgeNight({ ...certificate, rows: [row] }, whole, last, undefined, failures);
}

const turn = ({ comparison }: Night) => comparison!.rows[0]!.turn;
const failsAlone: Outcomes = { [first]: 'failed', [second]: 'passed' };
const allPass: Outcomes = { [first]: 'passed', [second]: 'passed' };

suite('a known failure', () => {
  test('leaves the first night green, and says which it is', () => {
    const green = night(null, failsAlone, [known(first)]);
    assert.deepEqual([turn(green), green.code], ['known', 0]);
    assert.deepEqual(planIssue(green, watch, null, places), { do: 'nothing' });
    assert.match(renderNight(green, places), /^## 🟢 All rows stand as expected$/m);
    assert.match(
      renderNight(green, places),
      /Known failure PAC-SALE-01\/first: it fails, as expected \(it is mended soon; until 2026-12-01\)/,
    );
    assert.equal(night(null, failsAlone, []).code, 1, 'without the file it is red');
  });
  test('does not cover another check that fails in the same row', () => {
    const red = night(null, { [first]: 'failed', [second]: 'failed' }, [known(first)]);
    assert.deepEqual([turn(red), red.code], ['departed', 1]);
  });
  test('leaves a row unjudged that was hindered too, or in which another’s failing is seen', () => {
    for (const [outcomes, more] of [
      [failsAlone, { trouble: true }],
      [{ [first]: 'failed', [second]: 'failed' }, { fault: 'environment' }],
    ] as const) {
      const open = night(null, outcomes, [known(first)], more);
      assert.deepEqual([turn(open), open.code], ['unjudged', 3]);
    }
  });
  test('that passes makes the night red and opens an issue, until its entry is taken out', () => {
    const green = kept(night(null, failsAlone, [known(first)]));
    for (const level of ['mandatory', 'optional'] as const) {
      const red = night(green, allPass, [known(first)], { day: 2, level });
      assert.equal(red.code, 1);
      assert.match(renderNight(red, places), /^## 🔴 1 known failure passes: PAC-SALE-01\/first$/m);
      const move = planIssue(red, watch, null, places);
      assert.ok(move.do === 'open');
      assert.equal(move.title, 'nightly: known failure passes: PAC-SALE-01/first');
      assert.match(
        move.body,
        /❌ Failed \| ✅ Passed \| 2026-11-02 .* passes, so take it out of the known failures: PAC-SALE-01\/first \|/,
      );
      assert.equal(night(kept(red, 7), allPass, [known(first)], { day: 3, level }).code, 1, 'still there');
      const taken = night(kept(red, 7), allPass, [], { day: 3, level });
      assert.equal(taken.code, 0);
      assert.equal(planIssue(taken, watch, 7, places).do, 'close');
    }
  });
  test('that passes beside one that fails is red, and named', () => {
    const red = night(null, failsAlone, [known(first), known(second)]);
    assert.equal(red.code, 1);
    assert.match(renderNight(red, places), /^## 🔴 1 known failure passes: PAC-SALE-01\/second$/m);
  });
  test('that passes hides no other check that fails', () => {
    const red = night(null, failsAlone, [known(second)]);
    assert.match(
      renderNight(red, places),
      /^## 🔴 1 known failure passes: PAC-SALE-01\/second; 1 mandatory row not as expected: PAC-SALE-01$/m,
    );
    const move = planIssue(red, watch, null, places);
    assert.ok(move.do === 'open');
    assert.match(move.title, /PAC-SALE-01 was passed and is failed$/);
    assert.match(move.body, /known failures: PAC-SALE-01\/second; first: /);
  });
  test('neither passes nor fails where its check waits for review, or its row was not judged', () => {
    const open = night(null, { [first]: 'review' }, [known(first)]);
    assert.deepEqual([turn(open), open.comparison!.known[0]!.state], ['steady', 'unseen']);
    const blocked = judgeNight(certificateOf({ [a]: 'blocked' }), whole, null, undefined, [known(first)]);
    assert.deepEqual([turn(blocked), blocked.comparison!.known[0]!.state], ['unreached', 'unseen']);
  });
  test('counts until the day before its day, and then departs, since the night in which it began to fail', () => {
    const failure = known(first, '2026-11-03');
    const one = kept(night(null, failsAlone, [failure]));
    const two = night(one, failsAlone, [failure], { day: 2 });
    assert.equal(two.code, 0);
    const three = night(kept(two), failsAlone, [failure], { day: 3 });
    assert.deepEqual([turn(three), three.code], ['departed', 1]);
    assert.match(renderNight(three, places), /PAC-SALE-01\/first: it has ended and counts no more/);
    const move = planIssue(three, watch, null, places);
    assert.ok(move.do === 'open');
    assert.match(move.body, /✅ Passed \| ❌ Failed \| 2026-11-01 03:17:00 UTC \| 1 of 3 \|/);
  });
  test('whose entry is taken out with its cause leaves nothing behind', () => {
    const mended = night(kept(night(null, failsAlone, [known(first)])), allPass, [], { day: 2 });
    assert.deepEqual([turn(mended), mended.code], ['better', 0]);
    assert.equal(kept(mended).rows[a]!.known, undefined);
  });
});

suite('the history of a watch', () => {
  const red = (last: NightRecord | null, day: number) => night(last, failsAlone, [], { day });
  test('opens an issue only once a row was red in as many nights as the alarm says', () => {
    const patient = { ...watch, alarm: 2 };
    const one = red(after({ [a]: 'passed' }), 2);
    assert.equal(one.code, 1, 'the night is red all the same');
    assert.deepEqual(planIssue(one, patient, null, places), { do: 'nothing' });
    const two = red(kept(one), 3);
    const move = planIssue(two, patient, null, places);
    assert.ok(move.do === 'open');
    assert.match(move.body, /2026-11-02 03:17:00 UTC \| 2 of 3 \|/);
    assert.match(renderNight(two, places), /- The last 3 nights: 🟢 🔴 🔴$/m);
  });
  test('is of 14 nights, and read again by the next', () => {
    let record: NightRecord | null = null;
    for (let count = 0; count < 16; count++) record = kept(red(record, (count % 9) + 1));
    assert.equal(record!.history!.length, 14);
    assert.deepEqual(readRecord(renderRecord(record!)), { record });
  });
  test('does not grow by a night that was not judged', () => {
    const record = after({ [a]: 'passed' });
    assert.deepEqual(kept(judgeNight(null, [], record)).history, record.history);
  });
});

suite('a file of known failures', () => {
  const { rows } = loadChecklist();
  const check = `${rows[0]!.id}/${rows[0]!.clauses[0]!.checks[0]!.id}`;
  const entry = (more: Readonly<Record<string, string>>): string =>
    `- ${JSON.stringify({ check, reason: 'It is mended soon.', until: '2027-03-31', ...more })}\n`;
  const read = (text: string) => readKnown(text, 'known.yaml', rows);

  test('is read', () => {
    assert.deepEqual(read(`- check: ${check}\n  reason: Soon.\n  until: 2027-03-31\n`), [
      { check, reason: 'Soon.', until: '2027-03-31' },
    ]);
    assert.deepEqual(read('# none\n'), []);
  });
  const wrong: readonly (readonly [what: string, text: string, says: RegExp])[] = [
    ['an unknown row', entry({ check: 'PAC-NO-99/total' }), /has no PAC-NO-99\/total\. .*KIT-NIGHT-009/],
    ['an unknown check', entry({ check: `${rows[0]!.id}/none` }), /has no .*\/none\. .*KIT-NIGHT-009/],
    ['an empty reason', entry({ reason: ' ' }), /but reason of entry 1 must match .*KIT-NIGHT-008/],
    ['no reason', `- check: ${check}\n  until: 2027-03-31\n`, /entry 1 must have required property 'reason'/],
    ['a day that is none', entry({ until: '2027-02-30' }), /until of entry 1 must match format "date"/],
    ['an entry twice', entry({}) + entry({}), /is there twice/],
    ['no list', 'check: one\n', /it must be array/],
    ['no YAML', '- [', /it is not YAML: /],
  ];
  for (const [what, text, says] of wrong)
    test(`with ${what} is one clear message`, () => {
      assert.throws(
        () => read(text),
        (error: Error) => says.test(error.message) && !error.message.includes('\n'),
      );
    });
});
