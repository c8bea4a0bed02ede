import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Envelope } from '@cucumber/messages';
import fc from 'fast-check';
import { aRun } from '../checklists/payments/stories/scene.ts';
import { aPaidSale } from '../checklists/payments/stories/situations.ts';
import { Story } from '../checklists/payments/stories/story.ts';
import { attemptsOf, media, mergeRecordings, type Recording, StreamError, StreamFold } from './stream.ts';
import { streamOf } from './testing/messages.ts';
import { folded, foldOf, head, row } from './testing/recording.ts';
import type { Run } from './vocabulary.ts';

const recording = (rows: readonly string[], run: Partial<Run> = {}, finished = true): Recording =>
  folded(
    streamOf(
      aRun({ selection: rows, ...run }),
      rows.map((id) => row(id)),
      { finished },
    ),
  );

/** A recording with its rows read. */
const reported = (of: Recording) => ({ ...of, rows: [...of.rows] });

suite('a stream is folded into what it holds', () => {
  test('the run, its end, and each row with observations, steps and times', () => {
    const story = aPaidSale();
    const steps = [{ status: 'PASSED' }, { text: 'the POS takes a sale', status: 'FAILED', message: 'no' }];
    const run = aRun({ selection: ['PAC-A-01'] });
    const { rows, finishedAt, run: found } = folded(streamOf(run, [row('PAC-A-01', { story, steps })]));
    assert.deepEqual(found, run);
    assert.equal(finishedAt, '2026-03-02T10:05:00.000Z');
    const record = rows.get('PAC-A-01')!;
    assert.deepEqual(record.observations, story.observations);
    assert.deepEqual(record.steps, [
      { text: '', status: 'PASSED', message: '' },
      { text: 'the POS takes a sale', status: 'FAILED', message: 'no' },
    ]);
    assert.deepEqual([record.startedAt, record.finishedAt], [0, 400]);
  });
  test('each message that completes a row says which', () => {
    const messages = streamOf(aRun(), [row('PAC-A-01'), row('PAC-A-02')]);
    const fold = foldOf(messages);
    const completed = messages.map((message) => fold.take(message));
    assert.deepEqual(
      completed.filter((id) => id !== null),
      ['PAC-A-01', 'PAC-A-02'],
    );
  });
  test('rows that run side by side keep their observations apart', () => {
    const one = row('PAC-A-01', { story: aPaidSale() });
    const other = row('PAC-A-02', { story: new Story().sale() });
    const messages = streamOf(aRun(), [one, other]);
    const ofRow = (name: string) => (message: Envelope) =>
      [
        message.attachment?.testCaseStartedId,
        message.testCaseFinished?.testCaseStartedId,
        message.testCaseStarted?.id,
      ].includes(name);
    const rest = messages.filter((message) => !ofRow('run-0')(message) && !ofRow('run-1')(message));
    const lanes = [messages.filter(ofRow('run-0')), messages.filter(ofRow('run-1'))] as const;
    const turns = fc.array(fc.boolean(), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(turns, (order) => {
        const left = [[...lanes[0]], [...lanes[1]]] as [Envelope[], Envelope[]];
        const mixed = order.flatMap((first) => left[first ? 0 : 1].splice(0, 1));
        const { rows } = folded([...rest, ...mixed, ...left[0], ...left[1]]);
        assert.deepEqual(rows.get('PAC-A-01')!.observations, one.story.observations);
        assert.deepEqual(rows.get('PAC-A-02')!.observations, other.story.observations);
      }),
    );
  });
  test('a row that has ended is not kept, but read again from where it stands', () => {
    const steps = [{ text: 'the POS takes a sale', status: 'FAILED', message: 'no' }];
    const messages = streamOf(aRun(), [row('PAC-A-01', { story: aPaidSale(), steps }), row('PAC-A-02')]);
    const read: [number, number][] = [];
    const fold = new StreamFold((first, last) => {
      read.push([first, last]);
      return messages.slice(first, last + 1);
    });
    const atEnd = messages.flatMap((message) => {
      const id = fold.take(message);
      // A row that goes on is at hand.
      if (message.attachment?.testCaseStartedId === 'run-0') fold.record(head).rows.get('PAC-A-01');
      return id ? fold.record(head).rows.get(id)! : [];
    });
    assert.deepEqual(read, [], 'at its end it is still at hand');
    const { rows } = fold.record(head);
    assert.deepEqual([rows.get('PAC-A-01'), rows.get('PAC-A-02')], atEnd);
    const stretches = atEnd.map(({ id, observations, steps: all }): [number, number] => {
      const started = messages.findIndex(
        ({ testCaseStarted: one }) => one?.id === (id === 'PAC-A-01' ? 'run-0' : 'run-1'),
      );
      return [started + 1, started + observations.length + all.length];
    });
    assert.deepEqual(read, stretches, 'nothing else was read, and what stands together in one go');
    rows.get('PAC-A-02');
    assert.equal(read.length, 2, 'the last one asked for is at hand');
    assert.equal(rows.get('PAC-A-09'), undefined, 'a row that never began is none');
  });
  test('what still came to a row after its end is part of it, whether it was asked for or not', () => {
    const messages = streamOf(aRun(), [row('PAC-A-01', { story: aPaidSale() })]);
    const late = messages.find(({ attachment }) => attachment?.testCaseStartedId)!;
    const all = [...messages, late];
    const fold = foldOf(all);
    for (const message of messages) fold.take(message);
    const { rows } = fold.record(head);
    const { observations } = rows.get('PAC-A-01')!;
    fold.take(late);
    assert.equal(rows.get('PAC-A-01')!.observations.length, observations.length + 1);
  });
  test('a row that is said to have ended twice is itself all the same', () => {
    const messages = streamOf(aRun(), [row('PAC-A-01', { story: aPaidSale() })]);
    const again = [...messages, messages.find(({ testCaseFinished }) => testCaseFinished)!];
    assert.deepEqual(folded(again).rows.get('PAC-A-01'), folded(messages).rows.get('PAC-A-01'));
  });
  test('a scenario that is no row is passed over', () => {
    const steps = [{ text: 'it is so', status: 'PASSED' }];
    const { rows } = folded(streamOf(aRun(), [row('PAC-A-01', { tags: ['@wip'], steps }), row('PAC-A-02')]));
    assert.deepEqual([...rows.keys()], ['PAC-A-02']);
    assert.deepEqual([rows.get('PAC-A-02')!.startedAt, rows.get('PAC-A-02')!.finishedAt], [1000, 1400]);
  });
  test('a row that is there twice is refused', () => {
    assert.throws(
      () => folded(streamOf(aRun(), [row('PAC-A-01'), row('PAC-A-01')])),
      (error) => error instanceof StreamError && /PAC-A-01 is in the stream more often/.test(error.message),
    );
  });
  test('a row that the run says it runs once more has both attempts', () => {
    const messages = streamOf(aRun(), [
      row('PAC-A-01', { story: aPaidSale() }),
      row('PAC-A-02'),
      row('PAC-A-01', { story: new Story().sale(), again: true }),
    ]);
    const fold = foldOf(messages);
    const completed = messages.flatMap((message) => fold.take(message) ?? []);
    assert.deepEqual(completed, ['PAC-A-01', 'PAC-A-02', 'PAC-A-01']);
    const { rows } = fold.record(head);
    assert.deepEqual([...rows.keys()], ['PAC-A-01', 'PAC-A-02']);
    rows.get('PAC-A-02');
    const attempts = attemptsOf(rows.get('PAC-A-01'));
    assert.deepEqual(
      attempts.map(({ observations, startedAt }) => [observations, startedAt]),
      [
        [aPaidSale().observations, 0],
        [new Story().sale().observations, 2000],
      ],
    );
    assert.equal(attemptsOf(rows.get('PAC-A-02')).length, 1);
    assert.deepEqual(attemptsOf(rows.get('PAC-A-09')), []);
  });
  test('what was made of the rows before one is run once more is not taken for what they are then', () => {
    const messages = streamOf(aRun(), [row('PAC-A-01'), row('PAC-A-01', { again: true })]);
    const fold = foldOf(messages);
    const seen = new Set<unknown>();
    for (const message of messages) if (fold.take(message)) seen.add(fold.record(head).rows);
    assert.equal(seen.size, 2);
  });
  test('a row that was to be run once more, and was not, has its one attempt', () => {
    const messages = streamOf(aRun(), [row('PAC-A-01'), row('PAC-A-01', { again: true })]);
    const marked = messages.findIndex(({ attachment }) => attachment?.mediaType === media.again);
    const { rows } = folded(messages.slice(0, marked + 1));
    assert.deepEqual(rows.get('PAC-A-01'), folded(messages.slice(0, marked)).rows.get('PAC-A-01'));
  });
  test('a row that is there a third time is refused, and so is another than the run marked', () => {
    const twice = [row('PAC-A-01'), row('PAC-A-01', { again: true })];
    assert.throws(
      () => folded(streamOf(aRun(), [...twice, row('PAC-A-01')])),
      /PAC-A-01 is in the stream more often/,
    );
    const other = [row('PAC-A-02'), ...twice, row('PAC-A-02')];
    assert.throws(() => folded(streamOf(aRun(), other)), /PAC-A-02 is in the stream more often/);
  });
  test('a stream without a run is refused', () => {
    assert.throws(() => folded([]), StreamError);
    assert.throws(() => folded(streamOf(aRun(), [row('PAC-A-01')]).slice(1)), /holds no run record/);
  });
  test('a stream that was cut anywhere still reads, and shows what is not finished', () => {
    const messages = streamOf(aRun(), [row('PAC-A-01'), row('PAC-A-02')]);
    for (let length = 1; length < messages.length; length++) {
      const { rows, finishedAt } = folded(messages.slice(0, length));
      assert.equal(finishedAt, null);
      const ends = messages.slice(0, length).filter(({ testCaseFinished }) => testCaseFinished).length;
      assert.equal([...rows].filter(([, one]) => one.finishedAt !== null).length, ends);
    }
  });
});

suite('shards are put together', () => {
  test('with all their rows, the earliest start and the latest end', () => {
    const early = recording(['PAC-A-01'], { startedAt: '2026-03-02T09:00:00.000Z', id: 'one' });
    const late = recording(['PAC-A-02'], { id: 'two' });
    const { rows, run, finishedAt } = mergeRecordings([late, early]);
    assert.deepEqual([...rows.keys()].sort(), ['PAC-A-01', 'PAC-A-02']);
    assert.deepEqual([...run.selection].sort(), ['PAC-A-01', 'PAC-A-02']);
    assert.equal(run.startedAt, '2026-03-02T09:00:00.000Z');
    assert.equal(finishedAt, '2026-03-02T10:05:00.000Z');
    assert.equal(rows.get('PAC-A-09'), undefined);
  });
  test('in whatever order they are given', () => {
    const early = recording(['PAC-A-01'], { startedAt: '2026-03-02T09:00:00.000Z', id: 'one' });
    const late = recording(['PAC-A-02'], { id: 'two' });
    assert.deepEqual(reported(mergeRecordings([late, early])), reported(mergeRecordings([early, late])));
    assert.deepEqual(mergeRecordings([late, early]).streams, [head, head]);
  });
  test('in one order though they began together, and with the latest end', () => {
    const shard = (id: string, letter: string, finishedAt: string): Recording => ({
      ...recording([id]),
      streams: [{ envelopes: 3, head: letter.repeat(64) }],
      finishedAt,
    });
    const one = shard('PAC-A-01', 'a', '2026-03-02T10:07:00.000Z');
    const other = shard('PAC-A-02', 'b', '2026-03-02T10:06:00.000Z');
    const merged = mergeRecordings([one, other]);
    assert.deepEqual(reported(mergeRecordings([other, one])), reported(merged));
    assert.equal(merged.finishedAt, one.finishedAt);
  });
  test('with the seed that they share, or the seeds of all; of different challenges they are no one run', () => {
    const shard = (id: string, amounts?: Run['amounts']) => recording([id], amounts ? { amounts } : {});
    const seeds = (...given: (Run['amounts'] | undefined)[]) =>
      mergeRecordings(given.map((amounts, at) => shard(`PAC-A-0${at + 1}`, amounts))).run.amounts;
    const [one, other] = [{ seeds: ['b'] }, { seeds: ['a'] }];
    assert.deepEqual(seeds(one, one), { seeds: ['b'] });
    assert.deepEqual(seeds(one, other), { seeds: ['a', 'b'] });
    assert.equal(seeds(undefined, undefined), undefined);
    const challenged = { seeds: ['C'], challenge: 'C' };
    assert.deepEqual(seeds(challenged, challenged), challenged);
    assert.throws(() => seeds(challenged, one), /made for different challenges/);
  });
  test('one alone is itself', () => {
    const one = recording(['PAC-A-01']);
    assert.deepEqual(reported(mergeRecordings([one])), reported(one));
  });
  test('none is refused', () => {
    assert.throws(() => mergeRecordings([]), StreamError);
  });
  test('a row in two of them is refused', () => {
    assert.throws(
      () => mergeRecordings([recording(['PAC-A-01']), recording(['PAC-A-01'])]),
      (error) => error instanceof StreamError && /PAC-A-01 is in two/.test(error.message),
    );
  });
  test('one that was broken off leaves the whole broken off', () => {
    const whole = mergeRecordings([recording(['PAC-A-01']), recording(['PAC-A-02'], {}, false)]);
    assert.equal(whole.finishedAt, null);
  });
  const differences: Partial<Record<keyof Run, Partial<Run>>> = {
    kit: { kit: { name: 'kit', version: '2.0.0', commit: 'abc' } },
    subject: { subject: 'api' },
    checklist: { checklist: { name: 'pay-at-counter', sha256: 'other' } },
    criteria: { criteria: { 'polling.gap': 1 } },
    contract: { contract: { version: '2024-02-05', sha256: 'x', source: 'y' } },
    upstream: { upstream: 'https://api.example' },
    realTime: { realTime: false },
    why: { why: ['a quick run'] },
    pos: { pos: aRun({ pos: { version: '2.0' } }).pos },
  };
  for (const [name, run] of Object.entries(differences))
    test(`those whose ${name} differ are refused`, () => {
      assert.throws(
        () => mergeRecordings([recording(['PAC-A-01']), recording(['PAC-A-02'], run)]),
        (error) => error instanceof StreamError && error.message.includes(`\`${name}\` differ`),
      );
    });
});

suite('the row in which an envelope came', () => {
  const messages = streamOf(aRun(), [
    row('PAC-A-01', { steps: [{ text: 'it is so', status: 'PASSED' }] }),
    row('PAC-A-02'),
  ]);
  test('is known from its start to its end, for attachments and steps as well', () => {
    const fold = foldOf(messages);
    const rows = messages.map((message) => {
      fold.take(message);
      return [Object.keys(message)[0], fold.rowOf(message)] as const;
    });
    const placed = (kind: string) => new Set(rows.filter(([name]) => name === kind).map(([, id]) => id));
    assert.deepEqual(placed('pickle'), new Set([null]));
    assert.deepEqual(placed('testCaseStarted'), new Set(['PAC-A-01', 'PAC-A-02']));
    assert.deepEqual(placed('testStepFinished'), new Set(['PAC-A-01']));
    assert.deepEqual(placed('testCaseFinished'), new Set(['PAC-A-01', 'PAC-A-02']));
    assert.ok(placed('attachment').has('PAC-A-01'));
  });
  test('is none before the row was started', () => {
    const started = messages.find((message) => message.testCaseStarted)!;
    assert.equal(foldOf(messages).rowOf(started), null);
  });
});

suite('what is attached to a row', () => {
  const attached = (mediaType: string, body: string, fileName?: string): Envelope =>
    ({
      attachment: {
        body,
        contentEncoding: 'IDENTITY',
        mediaType,
        testCaseStartedId: 'run-0',
        ...(fileName ? { fileName } : {}),
      },
    }) as Envelope;
  const withRow = (...more: Envelope[]) =>
    folded([...streamOf(aRun(), [row('PAC-A-01', { story: new Story() })]), ...more]).rows.get('PAC-A-01')!;
  test('pictures are kept by their name', () => {
    const { screenshots, observations } = withRow(attached('image/png', 'cGljdHVyZQ==', 'picture.png'));
    assert.deepEqual(screenshots, [{ name: 'picture.png', type: 'image/png', base64: 'cGljdHVyZQ==' }]);
    assert.deepEqual(observations, []);
  });
  test('the part of a picture that says what it says is kept with it', () => {
    const { screenshots } = withRow(
      attached('image/jpeg', 'd2hvbGU=', 'PAC-A-01-1.jpg'),
      attached('image/jpeg', 'cGFydA==', 'PAC-A-01-1-crop.jpg'),
    );
    const whole = { name: 'PAC-A-01-1.jpg', type: 'image/jpeg', base64: 'd2hvbGU=' };
    assert.deepEqual(screenshots, [{ ...whole, crop: 'cGFydA==' }]);
  });
  test('a picture without a name, and another file, are passed over', () => {
    const { screenshots, observations } = withRow(
      attached('image/jpeg', 'x'),
      attached('text/plain', 'no JSON', 'notes.txt'),
    );
    assert.deepEqual([screenshots, observations], [[], []]);
  });
  test('an attachment of no row is passed over', () => {
    const { rows } = folded([...streamOf(aRun(), []), attached(media.observation, '{}')]);
    assert.deepEqual([...rows], []);
  });
});

test('only a tag that is a row’s id makes a row', () => {
  const rowsOf = (id: string, tag: string) => [
    ...folded(streamOf(aRun(), [row(id, { tags: [tag] })])).rows.keys(),
  ];
  for (const tag of ['@x@PAC-A-01', '@PAC-A-01x', '@PAC-A-', '@mandatory'])
    assert.deepEqual(rowsOf('PAC-A-01', tag), [], tag);
  assert.deepEqual(rowsOf('PAC-SALE-01', '@PAC-SALE-01'), ['PAC-SALE-01']);
});
