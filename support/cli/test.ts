import { testAll } from '../workshop/test.ts';

/** `npm test`: everything that has to hold before a change is taken. Returns 0 when it does, else 1. */
export const main = (): Promise<number> => testAll();
