/** The attempts in which the machine is said to have been too slow, whatever it was. */
export const slowAttempts = new Set<'first' | 'second'>();
