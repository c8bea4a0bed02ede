import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aRun } from '../checklists/payments/stories/scene.ts';
import { aPaidSale } from '../checklists/payments/stories/situations.ts';
import { Story } from '../checklists/payments/stories/story.ts';
import { lackingInObservation } from './shape.ts';
import { streamOf } from './testing/messages.ts';
import { folded, row } from './testing/recording.ts';
import { upgradedObservation, upgradedRun } from './upgrade.ts';
import type { Observation, Run } from './vocabulary.ts';

test('a record from before kinds of entries were known is read by the words of then', () => {
  const { kinds: _, ...vocabulary } = aRun().pos.vocabulary;
  const old = { ...aRun(), schema: 1, pos: { ...aRun().pos, vocabulary } } as unknown as Run;
  assert.deepEqual(folded(streamOf(old, [])).run.pos.vocabulary.kinds, {
    sale: ['sale'],
    refund: ['refund'],
  });
});

test('a record of schema 1 is read as one of today: who asked whom follows from whose the exchange was', () => {
  const before = aPaidSale()
    .sessionIs('Captured')
    .observations.map((one) => {
      if (one.kind !== 'exchange' && one.kind !== 'state') return one;
      const { from, to: _, channel: __, ...rest } = one.exchange;
      return { ...one, exchange: { ...rest, by: from === 'kit' ? 'kit' : 'pos' } } as unknown as Observation;
    });
  const story = new Story();
  story.observations.push(...before);
  const old = { ...aRun(), schema: 1 } as unknown as Run;
  const { run, rows } = folded(streamOf(old, [row('PAC-A-01', { story })]));
  const { observations } = rows.get('PAC-A-01')!;
  assert.deepEqual(observations, aPaidSale().sessionIs('Captured').observations);
  assert.deepEqual(observations.flatMap(lackingInObservation), []);
  assert.deepEqual(run, aRun());
});

test('what the first kits called told is reported', () => {
  const story = new Story().shows({ outcome: 'Paid' });
  const [shown] = story.observations;
  const { reported, ...rest } = shown as Observation & { kind: 'display' };
  assert.deepEqual(upgradedObservation({ ...rest, told: reported }), shown);
  const run = aRun();
  assert.equal(upgradedRun({ ...run, pos: { ...run.pos, display: 'told' } }).pos.display, 'reported');
});

test('what schema 1 noted in sentences is read as facts by name', () => {
  const tid = 'VCMSIP0';
  const old = [
    [
      { kind: 'card-machine', tid, event: 'tip given', detail: { value: 200 } },
      'tip-given',
      { tid, value: 200 },
    ],
    [{ kind: 'card-machine', tid, event: 'proceeds', detail: null }, 'cardholder-proceeds', { tid }],
    [{ kind: 'arrangement', what: 'the till is put back to an empty basket', ids: [] }, 'tidying-up', {}],
    [
      { kind: 'arrangement', what: 'the till is given this token for the row', ids: ['t'] },
      'row-token',
      { mark: 't' },
    ],
    [{ kind: 'arrangement', what: '105 payment intents', ids: ['pi_1'] }, 'intents-made', { ids: ['pi_1'] }],
    [
      { kind: 'arrangement', what: 'a refund that is lost', ids: [] },
      'fault-armed',
      { fault: 'a refund that is lost' },
    ],
    [
      { kind: 'delivery', what: 'genuine', genuine: true, status: 204 },
      'event-sent',
      { what: 'genuine', genuine: true, status: 204 },
    ],
    [
      { kind: 'event', name: 'n', paymentIntentId: 'pi_1', genuine: true },
      'event-received',
      { name: 'n', paymentIntentId: 'pi_1', genuine: true },
    ],
  ] as const;
  const story = new Story();
  for (const [one] of old) story.observations.push({ at: 7, ...one } as unknown as Observation);
  const { rows } = folded(streamOf(aRun(), [row('PAC-A-01', { story })]));
  const { observations } = rows.get('PAC-A-01')!;
  assert.deepEqual(
    observations,
    old.map(([, name, detail]) => ({ kind: 'fact', at: 7, name, detail })),
  );
  assert.deepEqual(observations.flatMap(lackingInObservation), []);
});

test('a run record of another schema is refused, and says which', () => {
  const later = streamOf({ ...aRun(), schema: 3 } as unknown as Run, []);
  assert.throws(() => folded(later), { name: 'StreamError', message: /has the schema 3/ });
});
