import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasAmount, hasDeduction, isPartOfMore, namedSums, partsNamed } from './sums.ts';

test('an amount is read however it is written', () => {
  const written: [text: string, amount: string][] = [
    ['Total £1,234.00', '1234.00'],
    ['Total 1.234,00 €', '1234.00'],
    ['Refunded £12 of £20', '12.00'],
    ['10,00 €', '10.00'],
    ['GBP 25.50', '25.50'],
  ];
  for (const [text, amount] of written) assert.ok(hasAmount(text, amount), text);
  for (const text of ['£1,234.00', '£123', '12 items', '£12.50', '£112.00'])
    assert.ok(!hasAmount(text, '12.00'), text);
  for (const text of ['-£1,234.00', '(£1,234.00)', '£1,234-', '−1.234,00 €', '£-1234'])
    assert.ok(hasDeduction(text, '1234.00'), text);
  for (const text of ['£1,234.00', '-£234.00', '-£11,234.00'])
    assert.ok(!hasDeduction(text, '1234.00'), text);
});

test('a sum is named with its pence, whatever space a page leaves between its parts', () => {
  const valuesOf = (text: string): number[] => namedSums(text).map(({ value }) => value);
  assert.deepEqual(valuesOf('Refunded £ 24 . 82'), [2482]);
  assert.deepEqual(valuesOf('Refunded £ 98 . 92 of £ 1,122 . 59'), [9892, 112259]);
  assert.deepEqual(valuesOf('Paid £24. 82 items'), [2400]);
  assert.deepEqual(partsNamed('Refunded £ 98 . 92 of £ 122 . 59'), [9892]);
  assert.ok(isPartOfMore('Refunded £ 98 . 92 of £ 122 . 59', '98.92'));
  assert.ok(hasAmount('Refunded £ 98 . 92', '98.92'));
});
