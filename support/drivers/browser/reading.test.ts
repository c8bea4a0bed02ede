import '../../checklists/index.ts';
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { usualVocabulary } from '../../profile/index.ts';
import { dark } from './pane.ts';
import type { RawDisplay } from './raw.ts';
import { displayOf, minorUnits } from './reading.ts';

const defaultVocabulary = usualVocabulary();

const kinds = { sale: ['Verkauf'], refund: ['Erstattung'] };
const raw = (cells: Record<string, string | null>): RawDisplay => ({ ...dark, ledger: [cells] });
const entry = (cells: Record<string, string | null>, language?: string, words = defaultVocabulary.kinds) =>
  displayOf(raw({ words: 'Paid', total: '£10.00', ...cells }), {
    kinds: words,
    ...(language ? { language } : {}),
  }).ledger[0]!;

test('a total is in the currencies that it names on the page and in other windows, where it can be read', () => {
  const read = (total: string | null, windowTotals?: string[]) => {
    const display = displayOf({ ...raw({}), total, ...(windowTotals ? { windowTotals } : {}) });
    return [display.total, display.totalCurrencies];
  };
  assert.deepEqual(read('€10.00'), [1000, ['EUR']]);
  assert.deepEqual(read('10.00 GBP'), [1000, ['GBP']]);
  assert.deepEqual(read('Total 10.00'), [1000, undefined]);
  assert.deepEqual(read('£10.00 · 10.00'), [1000, ['GBP']]);
  assert.deepEqual(read('10.00', ['$10.00']), [1000, ['USD']]);
  assert.deepEqual(read('£10.00 · €12.00'), [null, undefined]);
  assert.deepEqual(read(null), [null, undefined]);
});

suite('an entry of a journal that is read off a page', () => {
  for (const [word, kind] of [
    ['Sale', 'sale'],
    ['SALE', 'sale'],
    ['Refund', 'refund'],
    ['Refund of a sale', 'refund'],
    ['Re\u00adfund', 'refund'],
    ['', 'sale'],
    [null, 'sale'],
    ['Erstattung', null],
    ['Storno', null],
  ] as const)
    test(`with the word ${JSON.stringify(word)} for its kind is ${kind}`, () => {
      const read = entry({ kind: word });
      assert.equal(read.kind, kind);
      assert.equal(read.unread?.kind, kind === null ? word : undefined);
    });
  test('has the kind that the profile has words for', () => {
    assert.equal(entry({ kind: 'Erstattung' }, undefined, kinds).kind, 'refund');
    assert.equal(entry({ kind: 'Verkauf' }, undefined, kinds).kind, 'sale');
    assert.equal(entry({ kind: 'Sale' }, undefined, kinds).kind, null);
  });
  test('keeps an amount that cannot be read as it stands there', () => {
    const { total, tip, unread } = entry({ total: '2 × £10.00', tip: '£1.2.3' });
    assert.deepEqual({ total, tip }, { total: null, tip: null });
    assert.deepEqual(unread, { total: '2 × £10.00', tip: '£1.2.3' });
  });
  test('has no tip where there is none', () => {
    for (const tip of ['', '–', 'none', null]) assert.equal(entry({ tip }).tip, 0);
    assert.equal(entry({}).tip, null);
    assert.equal(entry({ tip: '' }).unread, undefined);
  });
  test('is read as its language writes numbers', () => {
    assert.equal(entry({ total: '1.234 €' }).total, null);
    assert.equal(entry({ total: '1.234 €' }, 'de-DE').total, 123400);
    assert.equal(entry({ total: '€1.234' }, 'en-IE').total, null);
    assert.equal(entry({ total: '€1,234' }, 'en-IE').total, 123400);
    assert.equal(entry({ total: '10,00 €' }, 'en-IE').total, 1000);
  });
  test('is in the currency of its total', () => {
    assert.equal(minorUnits('10,00 €'), 1000);
    assert.equal(entry({ total: '10,00 €' }).currency, 'EUR');
    assert.equal(entry({ total: '10.00' }).currency, null);
  });
});
