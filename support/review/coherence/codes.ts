import type { CoherenceCode } from '../../record/verify-codes.ts';

/** A contradiction within a record, or something that a reader of it should know. */
export interface Incoherence {
  readonly code: CoherenceCode;
  /** A sentence for a person. */
  readonly text: string;
}

export interface Coherence {
  readonly contradictions: readonly Incoherence[];
  /** Honest accidents, in a sentence each: a clock that is off, a machine that was asleep, a row that was run again. */
  readonly notes: readonly string[];
}
