import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { checks } from '../checklists/every-check.ts';
import { aPaidSale, aSale } from '../checklists/payments/stories/situations.ts';
import type { Story } from '../checklists/payments/stories/story.ts';
import type { RowRecord } from '../record/stream.ts';
import type { MachinePace, Run, Verdict } from '../record/vocabulary.ts';
import { aRow, judged, judgedOf } from './testing/bench.ts';

const quick: MachinePace = { roundTrip: { median: 12, max: 80 }, loopDelay: { max: 21 } };

const slow: readonly [how: string, pace: MachinePace, says: RegExp][] = [
  ['its page once', { ...quick, roundTrip: { median: 12, max: 3200 } }, /its page took 3\.20 s to answer/],
  ['its page mostly', { ...quick, roundTrip: { median: 700, max: 900 } }, /usually took 0\.70 s to answer/],
  ['the kit', { roundTrip: null, loopDelay: { max: 5000 } }, /the kit itself stood still for 5\.00 s/],
];

/** A till that reads the end of its payment and never shows it. */
const showsNothing = (): Story =>
  aSale()
    .wait(1000)
    .poll('Initiated', 'PresentCard')
    .wait(1000)
    .poll('Captured')
    .shows({ outcome: null })
    .expect('shows-captured');

const on = (pace: MachinePace, story: Story): Story => story.record({ kind: 'pace', at: story.now, ...pace });

const comesTo = (story: Story, ids: readonly string[], run: { pos?: Partial<Run['pos']> } = {}) =>
  judged(aRow(ids), story, { run });

suite('a machine that was too slow', () => {
  for (const [how, pace, says] of slow) {
    test(`${how}: a failing of times leaves the row incomplete, and says why`, () => {
      const { verdict, why, findings } = comesTo(on(pace, showsNothing()), ['shows-captured']);
      assert.equal(verdict, 'incomplete');
      assert.match(why, /^the machine was too slow to judge it: /);
      assert.match(why, says);
      assert.match(why, /--rows PAC-TEST-01 --parallel 1/);
      assert.equal(findings[0]?.outcome, 'review');
      assert.match(findings[0]?.observed ?? '', /^Untested by the machine/);
    });
    test(`${how}: what passes is passed`, () => {
      const story = on(pace, aPaidSale().expect('shows-captured'));
      assert.equal(comesTo(story, ['shows-captured']).verdict, 'passed');
    });
    test(`${how}: what is wrong on the wire fails all the same`, () => {
      const story = on(pace, showsNothing().expect('intent-cancel-sent'));
      assert.equal(comesTo(story, ['shows-captured', 'intent-cancel-sent']).verdict, 'failed');
    });
  }
  const [, [, crawling]] = slow as [unknown, [string, MachinePace]];
  test('a result that the API has not reported is false on any machine', () => {
    const story = aSale()
      .wait(1000)
      .poll('Initiated', 'PresentCard')
      .shows({ outcome: 'Paid' })
      .expect('shows-nothing-false');
    assert.equal(comesTo(on(crawling, story), ['shows-nothing-false']).verdict, 'failed');
  });
  test('the result of the payment before, which goes too late, is one of times', () => {
    const story = aPaidSale()
      .sale()
      .intent()
      .session()
      .polls(8, 'Initiated')
      .shows({ outcome: 'Paid' })
      .expect('shows-nothing-false');
    assert.equal(comesTo(on(quick, story), ['shows-nothing-false']).verdict, 'failed');
    assert.equal(comesTo(on(crawling, story), ['shows-nothing-false']).verdict, 'incomplete');
  });
  const hiccups: MachinePace = { roundTrip: { median: 12, max: 250 }, loopDelay: { max: 150 } };
  const late: readonly [what: string, check: string, by: (ms: number) => Story][] = [
    [
      'a gap between polls',
      'polling-longest-gap',
      (ms) =>
        aSale()
          .polls(8, 'Initiated')
          .wait(3000 + ms - 1000)
          .polls(2, 'Initiated')
          .poll('Captured'),
    ],
    [
      'a result',
      'shows-captured',
      (ms) =>
        aSale()
          .polls(8, 'Initiated')
          .poll('Captured')
          .wait(5000 + ms)
          .shows({ outcome: 'Paid' }),
    ],
  ];
  for (const [what, check, by] of late)
    test(`${what} that is late by no more than the delays add up to is not judged, and one that is later is`, () => {
      const verdict = (ms: number, pace: MachinePace) =>
        comesTo(on(pace, by(ms).expect(check)), [check]).verdict;
      const wrong = verdict(600, quick);
      assert.match(wrong, /failed|warning/);
      assert.equal(verdict(600, hiccups), 'incomplete');
      assert.equal(verdict(900, hiccups), wrong);
      assert.equal(verdict(-100, hiccups), 'passed');
    });
  test('a till that lives in the time of its account is not slowed down', () => {
    const run = { pos: { clock: 'account' } } as const;
    assert.equal(comesTo(on(crawling, showsNothing()), ['shows-captured'], run).verdict, 'failed');
  });
});

suite('a second attempt', () => {
  const [, [, crawling]] = slow as [unknown, [string, MachinePace]];
  const tooSlow = on(crawling, showsNothing());
  const right = on(quick, aPaidSale().expect('shows-captured'));
  const wrong = on(quick, showsNothing());
  const wrongOnWire = on(crawling, showsNothing().expect('intent-cancel-sent'));
  const both = ['shows-captured', 'intent-cancel-sent'];
  const cases: [how: string, attempts: Story[], verdict: Verdict, counts: boolean[], ids?: string[]][] = [
    ['that is right counts in place of one that was too slow', [tooSlow, right], 'passed', [false, true]],
    ['that is wrong counts in place of one that was too slow', [tooSlow, wrong], 'failed', [false, true]],
    ['that was too slow as well leaves the row incomplete', [tooSlow, tooSlow], 'incomplete', [false, true]],
    ['takes nothing from a first that failed on a quick machine', [wrong, right], 'failed', [true, false]],
    [
      'takes nothing from a first that failed in more than times',
      [wrongOnWire, right],
      'failed',
      [true, false],
      both,
    ],
    ['adds nothing to a first that passed', [right, wrong], 'passed', [true, false]],
  ];
  for (const [how, stories, verdict, counts, ids = ['shows-captured']] of cases)
    test(how, () => {
      const { attempts, ...judgement } = judgedOf(aRow(ids), stories);
      assert.equal(judgement.verdict, verdict);
      assert.deepEqual(
        attempts?.map((one) => one.counts),
        counts,
      );
    });
  test('is worth making where the machine was too slow, and nothing else is wrong', () => {
    const worth = (story: Story, ids = ['shows-captured']) => judgedOf(aRow(ids), [story]).tooSlow ?? false;
    assert.equal(worth(tooSlow), true);
    assert.equal(worth(wrong), false);
    assert.equal(worth(right), false);
    assert.equal(worth(wrongOnWire, both), false);
    assert.equal(worth(tooSlow, both), false, 'a check that was not executed would not be the next time');
  });
  test('is spoken of only where there is one', () => {
    assert.equal(judgedOf(aRow(['shows-captured']), [right]).attempts, undefined);
  });
});

suite('a row that was run once more after the run was broken off, or by a person’s wish', () => {
  const right = aPaidSale().expect('shows-captured');
  const wrong = showsNothing();
  const nothingYet = aPaidSale();
  const off = { finishedAt: null };
  const [resumed, rerun] = [{ again: 'resumed' }, { again: 'rerun' }] as const;
  const cases: [how: string, attempts: [Story, Partial<RowRecord>][], verdict: Verdict, counts: boolean[]][] =
    [
      [
        'counts in place of one that was broken off',
        [
          [nothingYet, off],
          [right, resumed],
        ],
        'passed',
        [false, true],
      ],
      [
        'fails all the same',
        [
          [nothingYet, off],
          [wrong, resumed],
        ],
        'failed',
        [false, true],
      ],
      [
        'takes nothing from what failed before it was broken off',
        [
          [wrong, off],
          [right, resumed],
        ],
        'failed',
        [true, false],
      ],
      [
        'counts once it ends',
        [
          [nothingYet, off],
          [nothingYet, { ...off, ...resumed }],
          [right, resumed],
        ],
        'passed',
        [false, false, true],
      ],
      [
        'is left to a reviewer where it failed before',
        [
          [wrong, {}],
          [right, rerun],
        ],
        'review',
        [false, true],
      ],
      [
        'passes where it had not failed before',
        [
          [nothingYet, off],
          [right, rerun],
        ],
        'passed',
        [false, true],
      ],
      [
        'fails again',
        [
          [wrong, {}],
          [wrong, rerun],
        ],
        'failed',
        [false, true],
      ],
      [
        'fails where it had passed',
        [
          [right, {}],
          [wrong, rerun],
        ],
        'failed',
        [false, true],
      ],
      [
        'is not made good by a further wish',
        [
          [wrong, {}],
          [nothingYet, { ...off, ...rerun }],
          [right, rerun],
        ],
        'review',
        [false, false, true],
      ],
    ];
  for (const [how, attempts, verdict, counts] of cases)
    test(how, () => {
      const judgement = judgedOf(
        aRow(['shows-captured']),
        attempts.map(([story]) => story),
        attempts.map(([, more]) => more),
      );
      assert.equal(judgement.verdict, verdict);
      assert.deepEqual(
        judgement.attempts?.map((one) => one.counts),
        counts,
      );
    });
});

suite('a machine that was quick enough', () => {
  const least: MachinePace = { roundTrip: { median: 600, max: 2000 }, loopDelay: { max: 1000 } };
  for (const [how, pace] of [
    ['by far', quick],
    ['just so', least],
    ['and a till without a page', { ...quick, roundTrip: null }],
  ] as const) {
    test(`${how}: a failing of times fails`, () => {
      assert.equal(comesTo(on(pace, showsNothing()), ['shows-captured']).verdict, 'failed');
    });
  }
  test('a row of which nobody knows how quick the machine was is judged as ever', () => {
    assert.equal(comesTo(showsNothing(), ['shows-captured']).verdict, 'failed');
  });
});

test('a check of polls or of what is shown in time says so, and none of the state does', () => {
  const timed = [...checks.values()].filter((check) => check.timed);
  const ids = new Set(timed.map(({ id }) => id));
  for (const { id, plane } of checks.values())
    if (/^(polling-|polls-)/.test(id) || (plane === 'display' && /^shows-(?!nothing)/.test(id)))
      assert.ok(ids.has(id), id);
  assert.deepEqual(
    timed.filter(({ plane }) => plane !== 'wire' && plane !== 'display'),
    [],
  );
});

test('a result that is shown late warns on a quick machine alone', () => {
  const late = () =>
    aSale().shows({}).poll('Captured').wait(7000).shows({ outcome: 'Paid' }).expect('shows-captured');
  assert.deepEqual(verdicts(['shows-captured'], late), ['warning', 'incomplete']);
});

const verdicts = (ids: readonly string[], story: () => Story): Verdict[] =>
  [quick, slow[0]![1]].map((pace) => comesTo(on(pace, story()), ids).verdict);

test('a till that polls seldom fails on a quick machine alone; one that polls wildly, on any', () => {
  const polling = (every: number) => () =>
    aSale().polls(10, 'Initiated', every).poll('Captured').expect('polling-median');
  assert.deepEqual(verdicts(['polling-median'], polling(4000)), ['failed', 'incomplete']);
  assert.deepEqual(verdicts(['polling-median'], polling(100)), ['failed', 'failed']);
});
