import type { Row } from './catalogue.ts';

/** The rows of one shard of several: each row is in exactly one, and those that wait are spread. */
export function shardOf(rows: readonly Row[], shard: { readonly index: number; readonly of: number }): Row[] {
  const order = [...rows.filter(({ waits }) => waits), ...rows.filter(({ waits }) => !waits)];
  const mine = new Set(order.filter((_, place) => place % shard.of === shard.index - 1));
  return rows.filter((row) => mine.has(row));
}
