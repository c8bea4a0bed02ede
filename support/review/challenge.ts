import { amountsBy, type Checklist } from '../checklist/index.ts';
import { attemptsOf, type Recording } from '../record/stream.ts';
import type { AmountsCode } from '../record/verify-codes.ts';
import type { Observation } from '../record/vocabulary.ts';

/** A way in which they do, in a sentence for a person. */
export interface AmountsComplaint {
  readonly code: AmountsCode;
  readonly text: string;
}

/** Whether a run was made for this challenge, which a reviewer gave: whether its record says so. */
export function challengeComplaints({ run }: Recording, challenge: string): AmountsComplaint[] {
  const made = run.amounts?.challenge;
  if (made === challenge) return [];
  return [
    made === undefined
      ? {
          code: 'CHALLENGE-NONE',
          text: `The run was made for no challenge, and the one that you gave is ${challenge}. It may be any run: ask for one made with --challenge ${challenge}.`,
        }
      : {
          code: 'CHALLENGE-OTHER',
          text: `The run was made for the challenge ${made}, and the one that you gave is ${challenge}. Ask for one made with --challenge ${challenge}.`,
        },
  ];
}

/**
 * Whether each row has the amounts that the seed of its run gives, and the subject was asked for these. Of a record
 * that names no seed there is nothing to be said.
 */
export function amountsComplaints({ run, rows }: Recording, checklist: Checklist): AmountsComplaint[] {
  const { seeds, challenge } = run.amounts ?? {};
  if (!seeds?.length) return [];
  const given = seeds.map((seed) => amountsBy(seed, checklist));
  const from = challenge === undefined ? `the seed ${seeds.join(' or ')}` : `the challenge ${challenge}`;
  const wrong: AmountsComplaint[] = [];
  for (const [row, record] of rows)
    for (const { observations } of attemptsOf(record)) {
      const entered = [...new Set(observations.flatMap((one) => enteredIn(one, checklist)))];
      // Each shard may have had a seed of its own.
      const others = given.map((all) => {
        const drawn = new Set(Object.values(all.get(row) ?? {}));
        return entered.filter((amount) => !drawn.has(amount));
      });
      const [fewest] = others.sort((one, other) => one.length - other.length);
      if (fewest?.length)
        wrong.push({
          code: 'RECORD-AMOUNTS',
          text: `In the row ${row} the subject was asked for ${fewest.map((amount) => (amount / 100).toFixed(2)).join(', ')}, which ${from} does not give.`,
        });
    }
  return wrong;
}

/** What a row says that it drew, and what the subject was asked for of new. */
function enteredIn(observation: Observation, { amounts }: Checklist): readonly number[] {
  if (observation.kind === 'action') return amounts?.entered(observation.action) ?? [];
  return observation.kind === 'fact' && observation.name === 'amounts-drawn'
    ? Object.values(observation.detail.amounts)
    : [];
}
