import type { Exchange, Fault, Party, Violation } from './vocabulary.ts';

const faults = {
  subject: 'pos',
  dojo: 'api',
  kit: 'environment',
} as const satisfies Record<Party, Fault>;

/** Whose fault a violation is: the caller's where the request breaks the contract, else that of the party that answered. */
export const faultOf = ({ from, to }: Exchange, part: Violation['part']): Fault =>
  faults[part.startsWith('response') ? to : from];
