import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayBegin, paced, schedule } from './schedule.ts';

const plan = {
  waiting: [] as string[],
  last: [] as string[],
  rows: [] as string[],
  machines: new Map<string, string[]>(),
  most: 4,
  first: 2,
};

test('rows that wait begin first, and leave their place to others meanwhile', () => {
  schedule({ ...plan, waiting: ['W1', 'W2'] });
  assert.equal(mayBegin('A', []), false);
  assert.equal(mayBegin('W1', []), true);
  assert.equal(mayBegin('W2', ['W1']), true);
  assert.equal(mayBegin('A', ['W1', 'W2']), true);
  assert.equal(mayBegin('B', ['W1', 'W2', 'A']), true);
  assert.equal(mayBegin('C', ['W1', 'W2', 'A', 'B']), false);
});

test('two rows that share a card machine never run at the same time', () => {
  schedule({
    ...plan,
    machines: new Map([
      ['A', ['SIP0', 'DIP0']],
      ['B', ['DIP0']],
    ]),
  });
  assert.equal(mayBegin('B', ['A']), false);
  assert.equal(mayBegin('C', ['A']), true);
});

test('a page that answers at once makes room for one more row, up to what was asked for; a slow one takes it back', () => {
  schedule(plan);
  const running = (count: number) => Array.from({ length: count }, (_, index) => `R${index}`);
  const limit = () => [0, 1, 2, 3, 4, 5].filter((count) => mayBegin('A', running(count))).length;
  assert.equal(limit(), 2);
  paced(20);
  assert.equal(limit(), 3);
  for (let rows = 0; rows < 9; rows += 1) paced(20);
  assert.equal(limit(), 4);
  paced(300);
  assert.equal(limit(), 4);
  paced(2000);
  assert.equal(limit(), 3);
  for (let rows = 0; rows < 9; rows += 1) paced(2000);
  assert.equal(limit(), 1);
});

test('rows for which the POS is set up anew begin when all others have, and keep nobody waiting who waits', () => {
  schedule({ ...plan, waiting: ['W'], rows: ['L', 'W', 'A'], last: ['L'] });
  assert.equal(mayBegin('L', []), false);
  assert.equal(mayBegin('W', []), true);
  assert.equal(mayBegin('L', []), false);
  assert.equal(mayBegin('A', []), true);
  assert.equal(mayBegin('L', []), true);
});
