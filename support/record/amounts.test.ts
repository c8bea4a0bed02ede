import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inFigures, inLetters, lettersIn } from './amounts.ts';

const amounts = { A: 1729, B: 203 };

test('a step is shown with the amounts of its run', () => {
  for (const [text, shown] of [
    ['the POS takes a sale of £A', 'the POS takes a sale of £17.29'],
    ['a sale of £A with cashback of £B', 'a sale of £17.29 with cashback of £2.03'],
    ['the card machine asks for £A + £B', 'the card machine asks for £19.32'],
    ['a sale of €B, if it sells in euros', 'a sale of €2.03, if it sells in euros'],
    ['a sale of £C', 'a sale of £C'],
    ['a sale of £ABC, of £10.00 and of A', 'a sale of £ABC, of £10.00 and of A'],
  ] as const)
    assert.equal(inFigures(text, amounts), shown);
});

test('a record of an older kit has no amounts, and its steps stay as they are', () => {
  assert.equal(inFigures('a sale of £10.00', {}), 'a sale of £10.00');
});

test('what two runs say of the same thing is the same, with letters for their amounts', () => {
  for (const [said, letters] of [
    ['asked for £17.29, taken £17.28', 'asked for £A, taken £17.28'],
    ['the card machine shows £19.32 and €2.03', 'the card machine shows £A + B and €B'],
    ['£117.29, 17.290 and 1729', '£117.29, 17.290 and 1729'],
  ] as const)
    assert.equal(inLetters(said, amounts), letters);
});

test('the letters of a sum are those of its parts', () => {
  assert.deepEqual(lettersIn('£A + £B'), ['A', 'B']);
  assert.deepEqual(lettersIn('-£D'), ['D']);
});
