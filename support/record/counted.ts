/** A number with its noun, which agrees with it: `1 row`, `3 rows`, `2 entries` with `many` given. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
