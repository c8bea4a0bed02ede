import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Breaker } from './breaker.ts';

/** What a breaker says in turn; each row is a worker's letter, in lower case where it was not blocked. */
const said = (rows: string): boolean[] => {
  const breaker = new Breaker();
  return [...rows].map((row) => breaker.opens(row.toUpperCase(), row === row.toUpperCase()));
};

test('a run is stopped by trouble that has struck three rows in a row, and one of them on a fresh start', () => {
  assert.deepEqual(said('AAA'), [false, false, true]);
  assert.deepEqual(said('ABA'), [false, false, true]);
});

test('a run goes on where every worker was struck once, and where a row in between was not', () => {
  assert.ok(!said('ABCDEF').includes(true));
  assert.ok(!said('AAbAA').includes(true));
  assert.equal(said('ABCDEFA').at(-1), true);
});
