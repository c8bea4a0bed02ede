/** How one `certify` of a night ended: a shard, or all of it. */
export interface Part {
  /** `2/3`; `null` where the run was not sharded. */
  readonly shard: string | null;
  /** Its exit code; `null` when it was killed. */
  readonly code: number | null;
  /** What it said on its error stream. */
  readonly said: string;
  /** Whether it left a record from which verdicts can be computed. */
  readonly recorded: boolean;
}

/**
 * What kept parts of a night from leaving a record, in a line each. A shard of whose end nothing is known is
 * named by the others, which know how many they are.
 */
export function missing(parts: readonly Part[]): string[] {
  const silent = new Map<string, string[]>();
  for (const { shard, code, said, recorded } of parts) {
    if (recorded) continue;
    const why = said || (code === null ? 'it was killed.' : `it ended with exit code ${code}.`);
    silent.set(why, [...(silent.get(why) ?? []), shard ?? 'all']);
  }
  const lost = lostShards(parts);
  return [
    ...[...silent].map(([why, shards]) => `${named(shards)} left no record: ${why}`),
    ...(lost.length
      ? [`${named(lost)} came to no end that is known. The log of the job says why; run the job again.`]
      : []),
    ...(parts.length ? [] : ['No part of the run came to an end. The logs of the jobs say why.']),
  ];
}

function lostShards(parts: readonly Part[]): string[] {
  const shards = parts.flatMap(({ shard }) => shard ?? []);
  const of = Number(shards[0]?.split('/')[1] ?? 0);
  return Array.from({ length: of }, (_, index) => `${index + 1}/${of}`).filter(
    (shard) => !shards.includes(shard),
  );
}

const named = (shards: readonly string[]): string =>
  shards[0] === 'all' ? 'The run' : `${shards.length === 1 ? 'Shard' : 'Shards'} ${shards.join(', ')}`;
