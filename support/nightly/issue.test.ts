import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Verdict } from '../record/vocabulary.ts';
import { judgeNight, planIssue, renderNight } from './index.ts';
import { anchor } from './places.ts';
import { a, after, b, certificateOf, kept, nightOf, places, watch, whole } from './testing/night.ts';

suite('the issue of a watch', () => {
  const passed = after({ [a]: 'passed', [b]: 'passed' });
  const failed = { [a]: 'failed', [b]: 'passed' } as const;
  const bad = nightOf(passed, failed, 2);

  test('is opened when a mandatory row is otherwise, and says what is new and what to do', () => {
    const move = planIssue(bad, watch, null, places);
    assert.ok(move.do === 'open');
    assert.equal(move.title, `nightly: ${a} was passed and is failed`);
    assert.match(
      move.body,
      new RegExp(`^\\| \\[${a}\\]\\(https://kit/docs/rows\\.md#.*✅ Passed \\| ❌ Failed .*its reason`, 'm'),
    );
    assert.match(move.body, /Close it by hand to accept how they stand/);
    assert.doesNotMatch(move.body, new RegExp(b));
  });
  test('is not opened for an optional row', () => {
    const optional = (verdict: Verdict) => ({ [a]: [verdict, 'optional'] as const, [b]: 'passed' as const });
    const night = nightOf(after(optional('passed')), optional('failed'), 2);
    assert.deepEqual(planIssue(night, watch, null, places), { do: 'nothing' });
    assert.equal(night.code, 1);
  });
  test('is brought up to date without a comment as long as nothing is new', () => {
    const move = planIssue(nightOf(kept(bad, 7), failed, 3), watch, 7, places);
    assert.ok(move.do === 'update');
    assert.equal(move.comment, null);
    assert.match(move.body, /2026-11-02 03:17:00 UTC/);
  });
  test('is commented when another row goes, or one of several is back', () => {
    const more = planIssue(nightOf(kept(bad, 7), { [a]: 'failed', [b]: 'warning' }, 3), watch, 7, places);
    assert.ok(more.do === 'update');
    assert.match(more.comment!, new RegExp(`^Tonight changed: ${b}\\. `));
    assert.match(more.title, new RegExp(`2 mandatory rows are not as expected: ${a}, ${b}$`));
    const both = kept(nightOf(passed, { [a]: 'failed', [b]: 'failed' }, 2), 7);
    const fewer = planIssue(nightOf(both, failed, 3), watch, 7, places);
    assert.ok(fewer.do === 'update');
    assert.match(fewer.comment!, new RegExp(`^Tonight back as expected: ${b}\\. `));
  });
  test('is closed when all are back', () => {
    const move = planIssue(nightOf(kept(bad, 7), { [a]: 'passed', [b]: 'passed' }, 3), watch, 7, places);
    assert.ok(move.do === 'close');
    assert.match(move.comment, new RegExp(`back as expected: ${a}`));
  });
  test('stays open through a night that judged nothing, or did not judge that row', () => {
    const dark = judgeNight(
      null,
      [{ shard: null, code: 3, said: 'No network.', recorded: false }],
      kept(bad, 7),
    );
    const answered = planIssue(dark, watch, 7, places);
    assert.ok(answered.do === 'comment');
    assert.match(answered.comment, /Not judged tonight.*\n\n- The run left no record: No network\./);
    assert.deepEqual(planIssue(judgeNight(null, [], passed), watch, null, places), { do: 'nothing' });
    const blocked = planIssue(nightOf(kept(bad, 7), { [a]: 'blocked', [b]: 'passed' }, 3), watch, 7, places);
    assert.ok(blocked.do === 'update');
    assert.match(blocked.body, /❌ Failed .* not judged tonight/);
  });
  test('says when the kit, the contract or the upstream changed too', () => {
    const night = nightOf(passed, failed, 2, { upstream: 'https://elsewhere.example' });
    const move = planIssue(night, watch, null, places);
    assert.ok(move.do === 'open');
    assert.match(
      move.body,
      /^- Also different since the last night: the upstream, from .* to https:<!-- -->\/\/elsewhere\.example$/m,
    );
  });
});

suite('the summary of a night', () => {
  test('shows what changed before it shows all rows', () => {
    const night = nightOf(after({ [a]: 'passed', [b]: 'passed' }), { [a]: 'passed', [b]: 'review' }, 2);
    const [changes, all] = renderNight(night, places).split('<details>');
    assert.match(
      changes!,
      new RegExp(`^\\| \\[${b}\\].* 🔴 not as expected \\| ✅ Passed \\| ✅ Passed \\| 👀 Review`, 'm'),
    );
    assert.doesNotMatch(changes!, new RegExp(`^\\| \\[${a}\\]`, 'm'));
    assert.match(all!, new RegExp(`^\\| \\[${a}\\].*✅ Passed`, 'm'));
  });
  test('keeps what was observed from becoming markup', () => {
    const certificate = certificateOf({ [a]: 'failed' });
    const hostile = { ...certificate.rows[0]!, why: '<img src=x> | @everyone [x](y)' };
    const night = judgeNight({ ...certificate, rows: [hostile] }, whole, after({ [a]: 'passed' }));
    for (const text of [renderNight(night, places), JSON.stringify(planIssue(night, watch, null, places))])
      assert.doesNotMatch(text, /<img|[^\\]@everyone|[^\\]\| @|[^\\]\[x\]/);
  });
  test('of a night that was not judged tells how the rows stood', () => {
    const last = after({ [a]: 'passed', [b]: 'warning' });
    assert.match(
      renderNight(judgeNight(null, [], last), places),
      /compared with: 1 ✅ Passed, 1 ⚠️ Warning\./,
    );
  });
  test('links rows to the headings of the page on which each is judged', () => {
    assert.equal(
      anchor('PAC-SALE-05: Create terminal session - Successful'),
      'pac-sale-05-create-terminal-session---successful',
    );
  });
});
