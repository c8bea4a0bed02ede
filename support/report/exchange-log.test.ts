import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Exchange, Observation } from '../record/vocabulary.ts';
import { exchangeLog } from './exchange-log.ts';

const answer = { status: 'Initiated', updatedAt: '2026-11-21T10:00:00.000Z' };

function get(id: number, more: Partial<Exchange> = {}, body: object = answer): Observation {
  const exchange: Exchange = {
    id: `x${id}`,
    from: 'subject',
    to: 'dojo',
    channel: 'http',
    request: {
      method: 'GET',
      target: '/terminal-sessions/ts_1',
      headers: [['version', '2026-02-27']],
      body: null,
    },
    response: {
      status: 200,
      headers: [['date', `Sat, 21 Nov 2026 10:00:0${id} GMT`]],
      body: { json: { ...body } },
    },
    at: id * 1000,
    until: id * 1000 + 20,
    startedAt: '2026-11-21T10:00:00.000Z',
    ...more,
  };
  return { kind: 'exchange', exchange };
}

const log = (...observations: Observation[]) =>
  exchangeLog({ id: 'PAC-SALE-01', observations, screenshots: [], steps: [], startedAt: 0, finishedAt: 0 });

const shape = (...observations: Observation[]): string[][] =>
  log(...observations).map(({ first, again }) => [first.exchange.id, ...again.map(({ id }) => id)]);

test('polls that differ only in times are folded', () => {
  const later = { ...answer, updatedAt: '2026-11-21T10:00:05.123Z' };
  assert.deepEqual(shape(get(1), get(2, {}, later), get(3)), [['x1', 'x2', 'x3']]);
});

test('a poll with another answer is not folded away', () => {
  assert.deepEqual(shape(get(1), get(2, {}, { ...answer, status: 'Captured' }), get(3)), [
    ['x1'],
    ['x2'],
    ['x3'],
  ]);
});

test('a poll that anything else sets apart is not folded away', () => {
  const request = { method: 'GET', target: '/terminal-sessions/ts_1', headers: [], body: null };
  const apart: Partial<Exchange>[] = [
    { response: null, trouble: 'upstream-dropped' },
    { armed: 'fault-1' },
    { from: 'kit' },
    { request: { ...request, headers: [['version', '2024-02-05']] } },
    { request: { ...request, method: 'PUT' } },
  ];
  for (const more of apart) {
    assert.deepEqual(shape(get(1), get(2, more)), [['x1'], ['x2']], JSON.stringify(more));
  }
});

test('identical PUTs are not folded: each did something', () => {
  const request = { method: 'PUT', target: '/terminal-sessions/ts_1/cancel', headers: [], body: null };
  assert.deepEqual(shape(get(1, { request }), get(2, { request })), [['x1'], ['x2']]);
});

test('exchanges are in the order of their start, the kit’s among the till’s', () => {
  const kit = {
    ...get(2, { from: 'kit' }),
    kind: 'state',
    resource: 'terminal-session',
    id: 'ts_1',
    at: 2000,
  } as Observation;
  assert.deepEqual(shape(get(3), kit, get(1)), [['x1'], ['x2'], ['x3']]);
});

test('a long part is shown once and then referred to, a short one each time', () => {
  const long = { text: 'word '.repeat(50) };
  const [, second] = log(get(1, {}, long), get(2, { armed: 'fault' }, long));
  assert.equal(second!.first.responseBody.sameAs, 'x1');
  assert.equal(second!.first.requestHeaders.sameAs, null);
  assert.equal(second!.first.requestHeaders.text, 'version: 2026-02-27');
});

test('of a body that is like an earlier one of the same thing, only what is otherwise is shown', () => {
  const intent = { id: 'pi_1', status: 'Created', amount: { value: 1000 }, lines: 'word '.repeat(50) };
  const paid = { ...intent, status: 'Captured', paid: { value: 1000 } };
  const [, second, other] = log(
    get(1, {}, intent),
    get(2, {}, paid),
    get(3, {}, { ...paid, id: 'pi_2', lines: 'line '.repeat(50) }),
  );
  assert.deepEqual(second!.first.responseBody, {
    text: 'status: "Captured"\npaid: { "value": 1000 }',
    sameAs: 'x1',
    cut: 0,
  });
  assert.equal(other!.first.responseBody.sameAs, null);
  const [, without] = log(get(1, {}, paid), get(2, {}, intent));
  assert.match(without!.first.responseBody.text, /^paid: no longer there$/m);
});

test('a part that was cut says how much is missing', () => {
  const [only] = log(get(1, {}, { text: 'x'.repeat(10_000) }));
  const { text, cut } = only!.first.responseBody;
  assert.equal(text.length + cut, `{\n  "text": "${'x'.repeat(10_000)}"\n}`.length);
  assert.ok(cut > 3000);
});
