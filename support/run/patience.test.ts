import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { patience } from './patience.ts';

/** A machine on which each look takes so long, in turn and then as the last; the till shows it after so many ms. */
async function waited(looks: readonly number[], shownAfter: number): Promise<{ at: number; looks: number }> {
  let time = 0;
  let count = 0;
  const over = patience({
    now: () => time,
    within: 5000,
    holds: () => time >= shownAfter,
    look: async () => {
      const took = looks[Math.min(count++, looks.length - 1)]!;
      time += took;
      return took;
    },
  });
  while (!(await over())) time += 100;
  return { at: time, looks: count };
}

suite('a till whose time is up', () => {
  test('is looked at once more, and not waited for, where its page answers at once', async () => {
    assert.deepEqual(await waited([20], 3000), { at: 20, looks: 1 });
  });
  test('is waited for on a machine that is slow, and no longer than until it shows', async () => {
    const { at } = await waited([5000], 12_000);
    assert.ok(at >= 12_000 && at < 18_000, `${at}`);
  });
  test('has its time anew once a slow machine is quick again', async () => {
    const { at } = await waited([5000, 20], 9000);
    assert.ok(at >= 9000 && at < 9200, `${at}`);
  });
  test('is given up once it has had that, though it shows nothing', async () => {
    const { at } = await waited([5000, 20], Number.POSITIVE_INFINITY);
    assert.ok(at >= 10_000 && at < 10_200, `${at}`);
  });
  test('is waited for a minute, and no longer, on a machine that stays slow', async () => {
    const { at } = await waited([2000], Number.POSITIVE_INFINITY);
    assert.ok(at >= 60_000 && at < 63_000, `${at}`);
  });
  test('a page that answers in just a second is not slow', async () => {
    assert.deepEqual(await waited([1000], 3000), { at: 1000, looks: 1 });
  });
});
