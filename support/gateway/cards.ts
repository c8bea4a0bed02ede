import { maskedCard } from '../vocabulary.ts';

/**
 * Card numbers in free text. They are masked to their last four digits and never hashed: there are so few
 * that any hash could be turned back.
 */

/** What may stand between the digits of a card number, in text or URL-encoded. */
const GAP = '(?:[ -]|%20|%2D|\\+)';
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
/**
 * Digits within a word are no card number, but the word may be an escape (`\n`, `%20`) or the `%B` of a
 * card's track. Nor are decimals, nor the four digits that a mask has left.
 */
const START = '(?:%[0-9a-f]{2}|(?<![0-9a-z]|\\d\\.|\\*{4})|(?<=\\\\[bfnrt]|\\\\u[0-9a-f]{4}|%b))';

const RUNS = new RegExp(`(?<![0-9a-z])${UUID}(?![0-9a-z])|${START}\\d(?:${GAP}?\\d){12,}(?![0-9a-z])`, 'gi');
/** Cheap to look for, and without it there is no card number. */
const MAYBE = new RegExp(`[2-6](?:${GAP}?\\d){12}`, 'i');

/** The text with each card number in it masked. */
export function maskCards(text: string): string {
  if (text.length < 13 || !MAYBE.test(text)) return text;
  return text.replace(RUNS, (run) => {
    if (isUuid(run)) return run;
    const masked = maskRun(run, /%[0-9a-f]{2}|[ +-]/gi);
    // What looks like an escape may be the `%B` of a track and the card number's first digit.
    return masked === run ? maskRun(run, /^%b?|%[0-9a-f]{2}|[ +-]/gi) : masked;
  });
}

/**
 * Whether these digits can be a card number: 13 to 19 of them, a first digit that card schemes use
 * (2, 3, 4, 5 and 6; of the twos only 22 to 27), and a right check digit (ISO/IEC 7812-1).
 */
export function isCard(digits: string): boolean {
  return /^(?:2[2-7]|[3-6]\d)\d{11,17}$/.test(digits) && luhn(digits);
}

function isUuid(run: string): boolean {
  return run.length === 36 && run[8] === '-' && run[13] === '-' && run[18] === '-' && run[23] === '-';
}

interface Group {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
}

/** A run may hold more than a card number (an expiry date after it): any group may begin or end one. */
function maskRun(run: string, between: RegExp): string {
  const groups: Group[] = [];
  const spaced = run.replace(between, (gap) => ' '.repeat(gap.length));
  for (const { 0: digits, index } of spaced.matchAll(/\d+/g))
    groups.push({ digits, start: index, end: index + digits.length });

  let masked = '';
  let done = 0;
  for (let first = 0; first < groups.length; first += 1) {
    const card = longestCard(groups, first);
    if (!card) continue;
    masked += run.slice(done, groups[first]!.start) + maskedCard(card.digits);
    done = groups[card.last]!.end;
    first = card.last;
  }
  return masked + run.slice(done);
}

function longestCard(groups: Group[], first: number): { digits: string; last: number } | null {
  let longest: { digits: string; last: number } | null = null;
  let digits = '';
  for (let last = first; last < groups.length && digits.length < 19; last += 1) {
    digits += groups[last]!.digits;
    if (isCard(digits)) longest = { digits, last };
  }
  return longest;
}

function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const weighed = i % 2 === 0 ? digit : digit * 2;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}
