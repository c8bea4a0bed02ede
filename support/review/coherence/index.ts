import type { Checklist } from '../../checklist/index.ts';
import { againWords, attemptsOf, type Recording } from '../../record/stream.ts';
import type { Kit } from '../../record/vocabulary.ts';
import { claimsOf } from './claims.ts';
import type { Coherence } from './codes.ts';
import { lightened, momentsOf, repeatedIn, timesOfExchanges } from './moments.ts';
import { partsOf } from './parts.ts';
import { certificateOf, tracesOf } from './server.ts';
import { commandOf, kitOf, profileOf, subjectOf } from './subject.ts';
import { clockOf, timesOf } from './times.ts';

export type { Coherence, Incoherence } from './codes.ts';

/** What a record is held against, besides itself. */
export interface Known {
  /** SHA-256 of the contract that comes with the kit. */
  readonly contract: string;
  /** That of the kit's description of what the subject serves itself; `null` where it serves nothing. */
  readonly served: string | null;
  /** The kit that looks at it, and what that has as the checklist by which the run was judged. */
  readonly kit: Kit;
  readonly checklist: Pick<Checklist, 'rows' | 'sha256' | 'criteria'>;
}

/**
 * Judges from the record alone whether it can be what a run saw: its times, its server's certificate, its driver, its
 * rows and its parts have to fit each other. What a clock does in an honest run is no contradiction. Each part was made
 * on a machine of its own, so its clocks are followed by themselves.
 */
export function coherenceOf(recording: Recording, known: Known): Coherence {
  const parts = recording.parts ?? [recording];
  const each = parts.map((part) => coherenceOfPart(part, known));
  const together = partsOf(parts, known.checklist.rows);
  return {
    contradictions: [...each.flatMap(({ contradictions }) => contradictions), ...together.contradictions],
    notes: [...new Set([...each.flatMap(({ notes }) => notes), ...together.notes])],
  };
}

function coherenceOfPart(whole: Recording, known: Known): Coherence {
  const recording = lightened(whole);
  const { run } = recording;
  const moments = momentsOf(recording);
  const clock = clockOf(run, moments, recording.continued);
  return {
    contradictions: [
      ...timesOf(recording),
      ...clock.contradictions,
      ...timesOfExchanges(moments),
      ...certificateOf(run, recording.finishedAt),
      ...tracesOf(recording, moments),
      ...claimsOf(run, known),
      ...commandOf(run),
      ...profileOf(run, known.checklist.rows),
      ...kitOf(run, known),
      ...subjectOf(recording),
      ...repeatedIn(moments),
    ],
    notes: [...clock.notes, ...attemptNotes(recording)],
  };
}

/** Each further attempt is shown as one. */
const attemptNotes = ({ rows, continued = [] }: Recording): string[] => [
  ...continued.map(({ why, at }) =>
    why === 'rerun'
      ? `At ${at} somebody asked for rows of the run that did not pass to be run again.`
      : `The run was broken off, and went on at ${at}.`,
  ),
  ...[...rows].flatMap(([id, record]) =>
    attemptsOf(record).flatMap(({ again }, index) =>
      again ? [`Attempt ${index + 1} at the row ${id}: ${againWords[again]}.`] : [],
    ),
  ),
];
