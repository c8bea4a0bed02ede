import { type Row, shardOf } from '../../checklist/index.ts';
import type { Recording } from '../../record/stream.ts';
import type { Coherence, Incoherence } from './codes.ts';

const hour = 3_600_000;

/** The parts of a run are the shards of one selection, each once: nobody has put the best of several runs together. */
export function partsOf(parts: readonly Recording[], rows: readonly Row[]): Coherence {
  if (parts.length < 2) return { contradictions: [], notes: [] };
  const runs = parts.map(({ run }) => run);
  const wrong = (text: string): Incoherence => ({ code: 'RECORD-PARTS', text });
  const found: Incoherence[] = [];
  const strays = runs.filter(({ shard, environment }) => environment && !shard);
  for (const { id } of strays)
    found.push(
      wrong(
        `The run ${id} was not made as a part of a larger one (--shard), and is put together with others.`,
      ),
    );
  const shards = runs.flatMap(({ shard }) => shard ?? []);
  const places = shards.map(({ index, of }) => `${index}/${of}`);
  const twice = places.find((place, at) => places.indexOf(place) !== at);
  if (twice) found.push(wrong(`The part ${twice} is there twice.`));
  const [of] = shards.map((one) => one.of);
  if (shards.some((one) => one.of !== of))
    found.push(wrong(`Its parts are of runs that were parted otherwise: ${places.join(', ')}.`));
  const lacking =
    of === undefined
      ? []
      : lackingOf(
          of,
          shards.map(({ index }) => index),
        );
  if (!found.length && shards.length === runs.length && !lacking.length) {
    const together = new Set(runs.flatMap(({ selection }) => selection));
    const whole = rows.filter(({ id }) => together.has(id));
    for (const { id, shard, selection } of runs) {
      const own = shardOf(whole, shard!).map((row) => row.id);
      if (own.toSorted().join() !== selection.toSorted().join())
        found.push(
          wrong(
            `The run ${id} is not the part ${shard!.index}/${shard!.of} of the rows that were run: it holds other rows.`,
          ),
        );
    }
  }
  return {
    contradictions: found,
    notes: notesOf(
      runs.map(({ startedAt }) => Date.parse(startedAt)),
      lacking,
    ),
  };
}

const lackingOf = (of: number, there: readonly number[]): number[] =>
  Array.from({ length: of }, (_, index) => index + 1).filter((index) => !there.includes(index));

function notesOf(starts: readonly number[], lacking: readonly number[]): string[] {
  const apart = Math.max(...starts) - Math.min(...starts);
  return [
    ...(lacking.length ? [`Of the parts of the run these are not there: ${lacking.join(', ')}.`] : []),
    ...(apart > hour
      ? [
          `The parts of the run began ${(apart / hour).toFixed(1)} hours apart; how often each was run before, nothing here shows.`,
        ]
      : []),
  ];
}
