import { randomInt } from 'node:crypto';

/** Crockford's: none of these is easily taken for another. */
const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const code = (length: number): string =>
  Array.from({ length }, () => signs[randomInt(signs.length)]).join('');

/** A seed for the amounts of a run for which nobody has named one. */
export const drawSeed = (): string => code(10).toLowerCase();

/** A challenge of a reviewer: nobody can have made a run with its amounts before. */
export const drawChallenge = (): string => [code(4), code(4), code(4)].join('-');

/** Whether a text can be a seed or a challenge. */
export const isSeed = (text: string): boolean => /^[\w.-]{1,64}$/.test(text);
