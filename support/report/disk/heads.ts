import type { Certificate } from '../../judging/index.ts';
import type { StreamHead } from '../../record/chain.ts';
import { counted } from '../../record/counted.ts';

/** The streams that a certificate rests on: one, or those of its shards. */
export const headsOf = ({ run: { stream } }: Certificate): readonly StreamHead[] => [stream].flat();

/** What is said at the end of a run: kept apart from the folder, it proves that nobody wrote the stream anew. */
export const headLines = (certificate: Certificate): string[] =>
  headsOf(certificate).map(
    ({ envelopes, head }) => `Stream: ${counted(envelopes, 'envelope')}, head ${head}`,
  );

/** How a run is made again with the amounts that this one has drawn. */
export const seedLines = ({ run: { amounts } }: Certificate): string[] => {
  if (!amounts) return [];
  const { seeds, challenge } = amounts;
  if (challenge !== undefined)
    return [`Amounts: drawn for the challenge ${challenge}; --challenge ${challenge} draws the same again.`];
  return seeds.map((seed) => `Amounts: drawn from the seed ${seed}; --seed ${seed} draws the same again.`);
};
