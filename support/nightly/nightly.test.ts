import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Verdict } from '../record/vocabulary.ts';
import {
  accepting,
  judgeNight,
  type Night,
  type Part,
  planIssue,
  readParts,
  readRecord,
  recordOf,
  renderNight,
  renderParts,
  renderRecord,
} from './index.ts';
import { a, after, b, certificateOf, kept, nightOf, places, watch, whole } from './testing/night.ts';

const turns = ({ comparison }: Night) => comparison!.rows.map(({ row, turn }) => [row.id, turn]);

suite('what became of a row since the last night', () => {
  const cases: [was: Verdict, is: Verdict, turn: string, code: number][] = [
    ['passed', 'passed', 'steady', 0],
    ['passed', 'failed', 'departed', 1],
    ['passed', 'review', 'departed', 1],
    ['passed', 'warning', 'departed', 1],
    ['passed', 'not-applicable', 'departed', 1],
    ['warning', 'passed', 'better', 0],
    ['not-applicable', 'passed', 'better', 0],
    ['passed', 'blocked', 'unjudged', 3],
    ['passed', 'incomplete', 'unjudged', 3],
    ['blocked', 'blocked', 'unreached', 0],
    ['blocked', 'passed', 'steady', 0],
    ['blocked', 'failed', 'departed', 1],
    ['blocked', 'review', 'steady', 0],
    ['review', 'review', 'steady', 0],
    ['review', 'passed', 'better', 0],
  ];
  for (const [was, is, turn, code] of cases)
    test(`${was}, then ${is}: ${turn}, and the night ends with ${code}`, () => {
      const night = nightOf(after({ [a]: was, [b]: 'passed' }), { [a]: is, [b]: 'passed' }, 2);
      assert.deepEqual(turns(night), [
        [a, turn],
        [b, 'steady'],
      ]);
      assert.equal(night.code, code);
    });

  test('in the first night of all, a row that fails departs from what is expected', () => {
    assert.deepEqual(turns(nightOf(null, { [a]: 'failed', [b]: 'review' })), [
      [a, 'departed'],
      [b, 'steady'],
    ]);
  });
  test('an optional row that got worse is news for one night, and red only while it fails', () => {
    const verdicts = (verdict: Verdict) => ({ [a]: [verdict, 'optional'] as const, [b]: 'passed' as const });
    const night = nightOf(after(verdicts('passed')), verdicts('review'), 2);
    assert.deepEqual([turns(night)[0], night.code], [[a, 'departed'], 0]);
    assert.deepEqual(turns(nightOf(kept(night), verdicts('review'), 3))[0], [a, 'steady']);
    assert.equal(nightOf(kept(night), verdicts('failed'), 3).code, 1);
  });
  test('it stays departed, since the same night, until it is back', () => {
    const first = kept(nightOf(after({ [a]: 'passed' }), { [a]: 'failed' }, 2));
    const second = nightOf(first, { [a]: 'failed' }, 3);
    assert.deepEqual(turns(second), [[a, 'departed']]);
    assert.equal(second.comparison!.rows[0]!.since, '2026-11-02T03:17:00.000Z');
    const third = nightOf(kept(second), { [a]: 'passed' }, 4);
    assert.deepEqual(turns(third), [[a, 'back']]);
    assert.equal(kept(third).rows[a]!.expected, undefined);
  });
  test('a night that could not judge it changes nothing about how it stands', () => {
    const departed = kept(nightOf(after({ [a]: 'passed' }), { [a]: 'failed' }, 2));
    assert.deepEqual(kept(nightOf(departed, { [a]: 'blocked' }, 3)).rows, departed.rows);
    assert.deepEqual(turns(nightOf(departed, { [a]: 'blocked' }, 3)), [[a, 'unjudged']]);
  });
  test('a row that was not selected tonight keeps how it stands', () => {
    const last = after({ [a]: 'passed', [b]: 'warning' });
    assert.deepEqual(kept(nightOf(last, { [a]: 'passed' }, 2)).rows[b], last.rows[b]);
  });
  test('what somebody accepted is expected from then on, and a failed row is red all the same', () => {
    const departed = kept(nightOf(after({ [a]: 'passed' }), { [a]: 'failed' }, 2), 7);
    const night = nightOf(accepting(departed), { [a]: 'failed' }, 3);
    assert.deepEqual(turns(night), [[a, 'steady']]);
    assert.equal(night.code, 1);
    assert.deepEqual(planIssue(night, watch, null, places), { do: 'nothing' });
  });
});

suite('a night that is not whole', () => {
  const lost = (...parts: Part[]) => judgeNight(certificateOf({ [a]: 'passed' }), parts, null);
  const part = (shard: string, more: Partial<Part> = {}): Part => ({
    shard,
    code: 0,
    said: '',
    recorded: true,
    ...more,
  });

  test('ends with 3 though all that was judged passed', () => {
    assert.equal(lost(part('1/2'), part('2/2')).code, 0);
    assert.equal(lost(part('1/2')).code, 3);
    assert.equal(nightOf(null, { [a]: 'passed' }, 1, { finishedAt: null }).code, 3);
  });
  test('ends with 3 when no row was judged', () => {
    assert.equal(nightOf(null, { [a]: 'blocked', [b]: 'not-applicable' }).code, 3);
    assert.equal(judgeNight(null, [], null).code, 3);
  });
  test('names the shards of which nothing is known', () => {
    assert.match(lost(part('2/4')).trouble.join(), /^Shards 1\/4, 3\/4, 4\/4 ended, and nobody knows how/);
  });
  test('says in what words shards ended without a record, once for all of them', () => {
    const refused = { code: 3, said: 'The upstream can’t be reached.', recorded: false };
    assert.deepEqual(lost(part('1/3', refused), part('2/3'), part('3/3', refused)).trouble, [
      'Shards 1/3, 3/3 left no record: The upstream can’t be reached.',
    ]);
    assert.match(
      lost(part('1/1', { code: null, recorded: false })).trouble[0]!,
      /Shard 1\/1 .* it was killed/,
    );
  });
  test('still tells of what failed first', () => {
    assert.equal(judgeNight(certificateOf({ [a]: 'failed' }), [part('1/2')], null).code, 1);
  });
});

suite('what a night keeps', () => {
  const record = after({ [a]: 'passed' });
  const changed = (change: (found: Record<string, unknown>) => void): string => {
    const found = JSON.parse(renderRecord(record)) as Record<string, unknown>;
    change(found);
    return JSON.stringify(found);
  };
  test('is read again by the next', () => {
    assert.deepEqual(readRecord(renderRecord(record)), { record });
  });
  const damaged: readonly (readonly [what: string, text: string, says: RegExp])[] = [
    ['nothing', '', /not JSON/],
    ['a part of it', renderRecord(record).slice(0, 40), /not JSON/],
    ['null', 'null', /must be object/],
    ['a night of which nothing is said', '{"schema":1,"night":{},"issue":null,"rows":{}}', /night must have/],
    ['rows in a list', changed((found) => Object.assign(found, { rows: [] })), /rows must be object/],
    [
      'a row that is none',
      changed((found) => Object.assign(found, { rows: { [a]: null } })),
      /must be object/,
    ],
    [
      'an unknown verdict',
      changed((found) =>
        Object.assign(found.rows as object, { [b]: { title: '', since: '', verdict: 'bogus' } }),
      ),
      /rows\.PAC-SALE-02\.verdict must be equal/,
    ],
    [
      'a night without its contract',
      changed((found) => delete (found.night as Record<string, unknown>).contract),
      /night must have required property 'contract'/,
    ],
  ];
  for (const [what, text, says] of damaged)
    test(`is damaged when it is ${what}`, () => {
      const read = readRecord(text);
      assert.ok(read.record === null);
      assert.match(read.why, /^is damaged: /);
      assert.match(read.why, says);
    });
  test('is of another version when its schema is another', () => {
    const read = readRecord('{"schema":2,"night":{},"rows":{}}');
    assert.ok(read.record === null);
    assert.match(read.why, /^is of another version of the kit: its schema is 2/);
  });
});

suite('a night of which nobody knows how the rows stood before', () => {
  const cut = 'what the last night kept is damaged';
  const blind = (verdicts: Parameters<typeof certificateOf>[0]) =>
    judgeNight(certificateOf(verdicts, 3), whole, null, cut);

  test('calls nothing as expected that is mandatory and not acceptable', () => {
    const night = blind({ [a]: 'review', [b]: 'passed' });
    assert.equal(night.code, 3);
    const text = renderNight(night, places);
    assert.match(
      text,
      new RegExp(`^## 🟠 Nothing to compare with, and 1 mandatory row not acceptable: ${a}$`, 'm'),
    );
    assert.match(text, /no earlier night to compare with, for what the last night kept is damaged/);
    assert.equal(blind({ [a]: 'warning', [b]: 'not-applicable' }).code, 0);
  });
  test('keeps an open issue open, and says why', () => {
    for (const verdict of ['review', 'passed'] as const) {
      const move = planIssue(blind({ [a]: verdict }), watch, 7, places);
      assert.ok(move.do === 'comment');
      assert.match(move.comment, /^This stays open: .*\n\n- There is no earlier night .*is damaged\./);
    }
  });
  test('does not let the next one close it before all mandatory rows are acceptable', () => {
    const record = recordOf(blind({ [a]: 'review' }), { issue: 7, url: null, blind: true })!;
    const next = (verdict: Verdict) => judgeNight(certificateOf({ [a]: verdict }, 4), whole, record, cut);
    assert.deepEqual(planIssue(next('review'), watch, 7, places), { do: 'nothing' });
    assert.equal(planIssue(next('passed'), watch, 7, places).do, 'close');
  });
});

suite('rows that are gone from the certificate', () => {
  const last = kept(nightOf(after({ [a]: 'passed', [b]: 'passed' }), { [a]: 'failed', [b]: 'passed' }, 2), 7);
  test('are named, and the night is not green', () => {
    const night = nightOf(after({ [a]: 'passed', [b]: 'passed' }), { [a]: 'passed' }, 2);
    assert.equal(night.code, 3);
    const text = renderNight(night, places);
    assert.match(text, /^## 🟠 Not judged as a whole tonight$/m);
    assert.match(text, new RegExp(`^- 1 row was judged before and not tonight: ${b}\\.`, 'm'));
  });
  test('are listed among the changes when they departed', () => {
    const text = renderNight(nightOf(last, { [b]: 'passed' }, 3), places);
    assert.match(
      text,
      new RegExp(
        `^\\| \\[${a}\\].* mandatory \\| 🔴 not as expected \\| ✅ Passed \\| ❌ Failed \\| not run`,
        'm',
      ),
    );
  });
});

suite('what parts left', () => {
  const part: Part = { shard: '2/3', code: 0, said: '', recorded: false };
  test('is named with the reason when it was left out', () => {
    const night = judgeNight(
      certificateOf({ [a]: 'passed' }),
      [
        { ...part, shard: '1/3', recorded: true },
        { ...part, trouble: 'was left out: it is no run' },
        { ...part, shard: null, folder: 'three', trouble: 'does not say how it ended: it was cut' },
      ],
      null,
    );
    assert.equal(night.code, 3);
    assert.deepEqual(night.trouble.slice(0, 2), [
      'Shard 2/3 was left out: it is no run',
      'The part in the folder three does not say how it ended: it was cut',
    ]);
  });
  test('is never nothing where no certificate was made', () => {
    assert.match(
      judgeNight(null, [{ ...part, recorded: true, shard: null }], null).trouble[0]!,
      /no certificate/,
    );
  });
  test('is read again, and not when it was cut', () => {
    assert.deepEqual(readParts(renderParts([part])), [part]);
    for (const text of ['', '{"parts":null}', '{"parts":[{}]}', renderParts([part]).slice(0, 30)])
      assert.equal(readParts(text), null);
  });
});
