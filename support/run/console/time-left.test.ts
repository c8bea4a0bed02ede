import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import '../../checklists/index.ts';
import { loadChecklist } from '../../checklist/index.ts';
import { Desk } from '../../drivers/attended/desk.ts';
import { plainStep, questionStep } from '../../drivers/attended/steps.ts';
import { monotonic } from '../../record/monotonic.ts';
import type { Exchange, Json } from '../../record/vocabulary.ts';
import { TimeLeft } from './time-left.ts';

const { leftovers } = loadChecklist('pay-at-counter');

/** The clock of the API is an hour ahead of this machine's. */
const served = Date.parse('2026-03-01T13:00:00Z');

const exchange = (method: string, target: string, body: Json): Exchange => ({
  id: target,
  from: 'subject',
  to: 'dojo',
  channel: 'http',
  request: { method, target, headers: [], body: null },
  response: {
    status: method === 'POST' ? 201 : 200,
    headers: [['Date', new Date(served).toUTCString()]],
    body: { text: JSON.stringify(body) },
  },
  at: monotonic(),
  until: monotonic(),
  startedAt: '2026-03-01T12:00:00Z',
});

const session = (status: string, seconds: number) => ({
  id: 'ts_1',
  status,
  expireAt: new Date(served + seconds * 1000).toISOString(),
});

function counted(waits = false) {
  const desk = new Desk();
  desk.atRow('ROW-01');
  const time = new TimeLeft(desk, waits ? null : leftovers!.ledger());
  const left = () => {
    const { first } = time;
    return first && `${first.what}: ${Math.round((first.at - monotonic()) / 1000)}`;
  };
  return { desk, time, left };
}

suite('the time that a person has', () => {
  test('is that of what is open, by the clock of the API, until it is over', () => {
    const { time, left } = counted();
    assert.equal(left(), null);
    time.note(exchange('POST', '/terminal-sessions', session('InitiateRequested', 10)));
    assert.equal(left(), 'The terminal session ends by itself: 10');
    time.note(exchange('GET', '/terminal-sessions/ts_1', session('Initiated', 90)));
    assert.equal(left(), 'The terminal session ends by itself: 90');
    time.note(exchange('GET', '/terminal-sessions/ts_1', session('Captured', 90)));
    assert.equal(left(), null);
  });
  test('while the person is asked what the POS shows, what comes changes nothing of it', async () => {
    const { desk, time, left } = counted();
    time.note(exchange('POST', '/terminal-sessions', session('Initiated', 90)));
    void desk.ask(questionStep(false, [], {}));
    assert.equal(left(), 'The terminal session ends by itself: 90');
    time.note(exchange('GET', '/terminal-sessions/ts_1', session('Captured', 90)));
    assert.equal(left(), 'The terminal session ends by itself: 90');
    desk.reply(desk.open!.number, { how: 'said', said: { choice: 'Captured' } });
    void desk.ask(plainStep('restart', 'Switch it off', {}));
    assert.equal(left(), null);
  });
  test('where the card machine waits for the person, only what the kit waits for has an end', () => {
    const { desk, time, left } = counted(true);
    time.note(exchange('POST', '/terminal-sessions', session('Initiated', 90)));
    assert.equal(left(), null);
    desk.waits(1200);
    assert.equal(left(), null, 'nobody can follow that');
    desk.waits(10_000);
    assert.equal(left(), 'The kit waits for the POS, at most: 10');
    desk.waits(null);
    assert.equal(left(), null);
  });
});
