import type { Violation } from '../record/vocabulary.ts';

export type { Violation } from '../record/vocabulary.ts';

/** Which part of an exchange a violation is in. */
export type Part = Violation['part'];

/** A violation of which nobody has said yet whose fault it is: that follows from who asked and who answered. */
export type Breach = Omit<Violation, 'fault'>;
