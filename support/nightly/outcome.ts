import { Ajv } from 'ajv';

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
  /** Name of its folder, where it was one of several that were put together. */
  readonly folder?: string;
  /** What was wrong with what it left; a sentence after its name. */
  readonly trouble?: string;
}

const validate = new Ajv({ allowUnionTypes: true }).compile({
  type: 'object',
  required: ['parts'],
  properties: {
    parts: {
      type: 'array',
      items: {
        type: 'object',
        required: ['shard', 'code', 'said', 'recorded'],
        properties: {
          shard: { type: ['string', 'null'] },
          code: { type: ['integer', 'null'] },
          said: { type: 'string' },
          recorded: { type: 'boolean' },
          folder: { type: 'string' },
          trouble: { type: 'string' },
        },
      },
    },
  },
});

export const renderParts = (parts: readonly Part[]): string => `${JSON.stringify({ parts }, null, 2)}\n`;

/** Reads parts as they were kept; `null` where the text is not as `renderParts` wrote it. */
export function readParts(text: string): Part[] | null {
  try {
    const kept: unknown = JSON.parse(text);
    return validate(kept) ? (kept as { parts: Part[] }).parts : null;
  } catch {
    return null;
  }
}

/**
 * What kept parts of a night from leaving a record that can be used, in a line each. A shard of whose end nothing is known is
 * named by the others, which know how many they are.
 */
export function missing(parts: readonly Part[]): string[] {
  const silent = new Map<string, Part[]>();
  for (const part of parts) {
    const { code, said, recorded, trouble } = part;
    if (recorded || trouble) continue;
    const why = said || (code === null ? 'it was killed.' : `it ended with exit code ${code}.`);
    silent.set(why, [...(silent.get(why) ?? []), part]);
  }
  const lost = lostShards(parts);
  return [
    ...parts.flatMap((part) => (part.trouble ? [`${named([part])} ${part.trouble}`] : [])),
    ...[...silent].map(([why, silentParts]) => `${named(silentParts)} left no record: ${why}`),
    ...(lost.length
      ? [`${namedShards(lost)} ended, and nobody knows how. The log of the job says why; run the job again.`]
      : []),
    ...(parts.length ? [] : ['No part of the run ended. The logs of the jobs say why.']),
  ];
}

function lostShards(parts: readonly Part[]): string[] {
  const shards = parts.flatMap(({ shard }) => shard ?? []);
  const of = Number(shards[0]?.split('/')[1] ?? 0);
  return Array.from({ length: of }, (_, index) => `${index + 1}/${of}`).filter(
    (shard) => !shards.includes(shard),
  );
}

/** Names parts by their shards, or by their folder where that is all that is known of one. */
function named(parts: readonly Pick<Part, 'shard' | 'folder'>[]): string {
  const shards = parts.flatMap(({ shard }) => shard ?? []);
  const others = parts.flatMap(({ shard, folder }) =>
    shard ? [] : [folder ? `the part in the folder ${folder}` : 'the run'],
  );
  const text = [...(shards.length ? [namedShards(shards)] : []), ...others].join(', ');
  return `${text[0]!.toUpperCase()}${text.slice(1)}`;
}

const namedShards = (shards: readonly string[]): string =>
  `${shards.length === 1 ? 'Shard' : 'Shards'} ${shards.join(', ')}`;
