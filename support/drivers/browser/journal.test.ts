import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { blank } from '../../record/display.ts';
import type { Answer, Display } from '../../record/vocabulary.ts';
import { JournalApart } from './journal.ts';

const done: Answer = { answer: 'done' };

/** A display with so many entries in its journal. */
const holding = (entries: number): Display => ({
  ...blank,
  text: 'Till',
  ledger: Array.from({ length: entries }, (_, index) => ({
    kind: 'sale',
    reference: `${index}`,
    paymentIntentId: null,
    words: 'Paid',
    amount: 100,
    tip: null,
    cashback: null,
    total: 100,
    currency: 'GBP',
    manual: false,
  })),
});

/** What a visit to a journal meets there, reading by reading, of which the last stays; each takes a tenth of a second. */
function visitor() {
  let time = 0;
  const journal = new JournalApart(() => time);
  return async (
    readings: readonly (Display | Answer | null)[],
    awaited = 0,
  ): Promise<{ answer: Answer; entries: number }> => {
    const arrived = time;
    let index = 0;
    const answer = await journal.visit({
      look: async () => holding(0),
      there: async () => done,
      back: async () => done,
      read: async () => readings[Math.min(index++, readings.length - 1)]!,
      // It was asked for as the journal was opened; what asks all the time asks anew.
      awaits: (upTo = Number.POSITIVE_INFINITY) => time < arrived + awaited && arrived <= upTo,
      live: async (ms) => {
        time += ms;
      },
    });
    return { answer, entries: journal.with(holding(0)).ledger.length };
  };
}

describe('a journal apart is what was read of it', () => {
  test('one that could not be read at once is read again', async () => {
    assert.deepEqual(await visitor()([null, null, holding(3)]), { answer: done, entries: 3 });
  });
  test('one that cannot be read is the trouble of the kit, and stays as it was known', async () => {
    const visit = visitor();
    await visit([holding(21)]);
    await assert.rejects(visit([null]), { code: 'KIT-MACHINE-001' });
    assert.deepEqual(await visit([holding(22)]), { answer: done, entries: 22 });
  });
  test('one that was drawn without entries is empty, though it held some before', async () => {
    const visit = visitor();
    await visit([holding(21)]);
    assert.deepEqual(await visit([holding(0)]), { answer: done, entries: 0 });
  });
  test('entries that are still to come are waited for', async () => {
    assert.deepEqual(await visitor()([holding(3)], 4000), { answer: done, entries: 3 });
    const visit = visitor();
    await visit([holding(21)]);
    const empty = Array.from({ length: 30 }, () => holding(0));
    assert.deepEqual(await visit([...empty, holding(22)], 9000), { answer: done, entries: 22 });
  });
  test('what asks a server all the time does not keep a whole journal from being read', async () => {
    assert.deepEqual(await visitor()([holding(3)], 100_000), { answer: done, entries: 3 });
  });
  test('entries that never come are unknown', async () => {
    const visit = visitor();
    await visit([holding(21)]);
    await assert.rejects(visit([holding(0)], 100_000), { code: 'KIT-MACHINE-001' });
  });
  test('a till that keeps the kit from its journal answers for that', async () => {
    const visit = visitor();
    await visit([holding(21)]);
    const kept: Answer = { answer: 'failed', reason: 'the page waits for its message box' };
    assert.deepEqual(await visit([kept]), { answer: kept, entries: 21 });
  });
});
