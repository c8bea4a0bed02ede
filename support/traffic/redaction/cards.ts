import { maskedCard } from '../../record/vocabulary.ts';
import { isBarcode, isCard, isIban, isPartedCard } from './schemes.ts';

/**
 * Card numbers in free text. They are masked to their last four digits and never hashed: there are so few
 * that any hash could be turned back.
 *
 * A number counts by its scheme's first digits, its length and its check digit, whatever it is glued to or parted by.
 * These stay, however they look: digits within a UUID, within a word of hexadecimal digits (letters on both of its
 * sides, or the length of a digest), within the number of a bank account, behind a decimal point, and in the lengths of
 * barcodes what has a barcode's check digit, unless a card is spoken of right before.
 */

/** Digits of the scripts that people type them in. */
const DIGIT = '[0-9\\uff10-\\uff19\\u0660-\\u0669\\u06f0-\\u06f9]';
/** What may stand between the digits of a card number; in text, URL-coded, or as an escape. */
const GAP =
  '(?:[-\\s._/+\\u00ad\\u00b7\\u200b-\\u2015\\u2060\\u2212\\ufe58\\ufe63\\uff0d]|%(?:20|09|0A|0D|2D|2E|2F|5F|C2%A0)|\\\\[tnr]|\\\\u00a0|&nbsp;)';
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

const RUNS = new RegExp(
  `(?<![0-9a-z])${UUID}(?![0-9a-z])|(?<!\\*{4})${DIGIT}(?:${GAP}{0,3}${DIGIT}){12,}`,
  'gi',
);
/** Cheap to look for, and without it there is no card number. */
const MAYBE = new RegExp(`${DIGIT}(?:${GAP}{0,3}${DIGIT}){12}`, 'i');
/** A card's number in the data of its chip (EMV tag 5A), with its length in bytes. */
const TAG_5A = /5a(0[789a])((?:\d\d){6,9}(?:\df|\d\d))/gi;
/** What follows the number on a card's tracks: a separator, the expiry date and service code, and secret data. */
const TRACK_2 = /^(=|d|%3d)(\d{4}(?:\d{3})?)(\d*f?)/i;
const TRACK_1 = /^(\^[^^\r\n]{2,26}\^)(\d{4}(?:\d{3})?)([^?\s"\\]*)/;
/** A card is spoken of right before. */
const OF_A_CARD = /(?:\bpan|card|visa|track|\bcc)(?:[ _-]?(?:no|num|number|data))?\W{0,4}$/i;
const DIGESTS = new Set([20, 24, 32, 40, 48, 56, 64, 96, 128]);

/** The text with each card number in it masked. */
export function maskCards(text: string): string {
  if (text.length < 13 || !MAYBE.test(text)) return text;
  const tagged = /5a0[789a]/i.test(text)
    ? text.replace(TAG_5A, (found, length: string, digits: string) => {
        const held = digits.slice(0, 2 * Number.parseInt(length, 16));
        const number = held.replace(/f$/i, '');
        return isCard(number)
          ? `${found.slice(0, 4)}${maskedCard(number)}${digits.slice(held.length)}`
          : found;
      })
    : text;
  let masked = '';
  let done = 0;
  for (const { 0: run, index } of tagged.matchAll(RUNS)) {
    if (index < done || isUuid(run)) continue;
    const { shown, end } = maskRun(tagged, run, index);
    if (shown === null) continue;
    masked += tagged.slice(done, index) + shown;
    done = end;
  }
  return masked + tagged.slice(done);
}

const isUuid = (run: string): boolean =>
  run.length === 36 && run[8] === '-' && run[13] === '-' && run[18] === '-' && run[23] === '-';

interface Group {
  readonly digits: string;
  /** Where it begins and ends in the text. */
  readonly start: number;
  readonly end: number;
  /** What stands between it and the group before; empty for the first. */
  readonly gap: string;
}

/** A part of a text that is a card number. */
interface Card {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
}

/** A run may hold more than a card number (an expiry date after it): any group may begin or end one. */
function maskRun(text: string, run: string, at: number): { shown: string | null; end: number } {
  const groups = groupsOf(run, at);
  let shown = '';
  let done = at;
  for (let first = 0; first < groups.length; first += 1) {
    const card = whole(text, groups[first]!) ?? parted(groups, first);
    if (!card || inIban(text, card) || betweenHex(text, card)) continue;
    shown += text.slice(done, card.start) + maskedCard(card.digits);
    done = card.end;
    const after = text.slice(done, done + 120);
    const [tail, separator, dates, secret] = TRACK_2.exec(after) ?? TRACK_1.exec(after) ?? [''];
    if (secret) {
      shown += `${separator}${dates}…`;
      done += tail.length;
    }
    while (first + 1 < groups.length && groups[first + 1]!.start < done) first += 1;
  }
  if (done === at) return { shown: null, end: at };
  const end = Math.max(done, at + run.length);
  return { shown: shown + text.slice(done, end), end };
}

function groupsOf(run: string, at: number): Group[] {
  const gaps = run.replace(new RegExp(`(?<=${DIGIT})${GAP}{1,3}(?=${DIGIT})`, 'gi'), (gap) =>
    ' '.repeat(gap.length),
  );
  const groups: Group[] = [];
  let end = 0;
  for (const { 0: found, index } of gaps.matchAll(/[^ ]+/g)) {
    groups.push({
      digits: found.replace(/[^0-9]/g, (digit) => String((digit.charCodeAt(0) & 0xf) % 10)),
      start: at + index,
      end: at + index + found.length,
      gap: run.slice(end, index),
    });
    end = index + found.length;
  }
  return groups;
}

/** A card number in digits that nothing parts, whatever they are glued to. */
function whole(text: string, { digits, start, end, gap }: Group): Card | null {
  if (digits.length < 13 || gap === '.') return null;
  const before = text.slice(Math.max(0, start - 24), start);
  const after = text.slice(end, end + 24);
  const onTrack = TRACK_2.test(after) || TRACK_1.test(text.slice(end, end + 120));
  const ofDigest = inDigest(text, start, end);
  if (!onTrack && ofDigest) return null;
  // Where the separator is a letter of a digest too, a number within that is one only behind its tag.
  const tagged = (at: number): boolean =>
    !ofDigest ||
    !/^d/i.test(after) ||
    !/[0-9a-f%]/i.test(text[at - 1] ?? '') ||
    /(?:57|6b)[01][0-9a-f]$/i.test(text.slice(Math.max(0, at - 4), at));
  const spoken = onTrack || OF_A_CARD.test(before);
  for (const from of beginnings(before, digits, onTrack)) {
    const rest = digits.slice(from);
    const zeros = /^0*/.exec(rest)![0].length;
    const number = rest.slice(zeros);
    if (!tagged(start + from)) continue;
    if (isCard(number)) {
      if (!spoken && (isBarcode(number) || isBarcode(rest))) return null;
      return { digits: number, start: start + from + zeros, end };
    }
    const dated = beforeExpiry(number);
    if (dated)
      return { digits: dated, start: start + from + zeros, end: start + from + zeros + dated.length };
  }
  return null;
}

/**
 * Where a card number may begin in digits: behind those that end an escape (`%20`, `\x20`, `\u2009`), at their first, behind
 * the `4` of `%B4` that is no escape; on a track that stands among other data (EMV tag 57) anywhere.
 */
function beginnings(before: string, digits: string, onTrack: boolean): number[] {
  const escaped = /%$|\\x$/i.test(before) ? 2 : /\\u$/i.test(before) ? 4 : /%[a-f]$/i.test(before) ? 1 : 0;
  const first = escaped === 1 ? [0, 1] : escaped > 0 ? [escaped, 0] : [0];
  if (!onTrack) return first;
  return [...new Set([...first, ...Array.from({ length: Math.max(0, digits.length - 12) }, (_, i) => i)])];
}

/** The card number to which an expiry date is glued, month or year first; null where it is not so. */
function beforeExpiry(digits: string): string | null {
  const number = digits.slice(0, -4);
  const month = '(?:0[1-9]|1[0-2])';
  if (!new RegExp(`(?:${month}[2-4]\\d|[2-4]\\d${month})$`).test(digits)) return null;
  return number.length >= 15 && number.length <= 16 && isCard(number) ? number : null;
}

const IBAN = /(?<![0-9a-z])[a-z]{2}\d{2}(?: ?[0-9a-z]{4}){2,7}(?: ?[0-9a-z]{1,3})?(?![0-9a-z])/gi;

/** Whether digits are part of the number of a bank account. */
function inIban(text: string, { start, end }: Card): boolean {
  const from = Math.max(0, start - 40);
  for (const { 0: word, index } of text.slice(from, end + 40).matchAll(IBAN))
    if (from + index < start && from + index + word.length >= end && isIban(word)) return true;
  return false;
}

/** Whether parted digits end one word of hexadecimal digits, and begin the next. */
const betweenHex = (text: string, { start, end, digits }: Card): boolean =>
  end - start > digits.length && /[a-f]/i.test(text[start - 1] ?? '') && /[a-f]/i.test(text[end] ?? '');

/** Whether digits are part of a longer word of hexadecimal digits. */
function inDigest(text: string, start: number, end: number): boolean {
  let before = /[0-9a-f]*$/i.exec(text.slice(Math.max(0, start - 128), start))![0];
  const after = /^[0-9a-f]*/i.exec(text.slice(end, end + 128))![0];
  if (before === '' && after === '') return false;
  let size = before.length + end - start + after.length;
  let ahead = text[start - before.length - 1] ?? ' ';
  if (ahead === '%') {
    // What begins behind `%3A`, or `%22`, is no part of it.
    before = before.slice(2);
    size -= 2;
    ahead = ' ';
  }
  const bounded = !/[0-9a-z]/i.test(ahead) || /0x$/i.test(text.slice(0, start - before.length).slice(-2));
  if (!bounded || /[0-9a-z]/i.test(text[end + after.length] ?? ' ')) return false;
  return (before !== '' && after !== '') || DIGESTS.has(size);
}

/** The longest card number in groups of digits from this one on, parted as people part it. */
function parted(groups: readonly Group[], first: number): Card | null {
  let longest: Card | null = null;
  let digits = '';
  for (let last = first; last < groups.length && digits.length < 19; last += 1) {
    digits += groups[last]!.digits;
    if (last === first || digits.length < 13 || !isPartedCard(digits)) continue;
    const those = groups.slice(first, last + 1);
    const shape = those.map((group) => group.digits.length);
    if (
      !isPartedLikeCard(
        shape,
        those.slice(1).map(({ gap }) => gap),
      )
    )
      continue;
    if (isBarcode(digits) && shape[0] !== 4) continue;
    longest = { digits, start: groups[first]!.start, end: groups[last]!.end };
  }
  return longest;
}

/** In parts of one size, the last one perhaps shorter, or as American Express, Diners Club and Maestro do. */
function isPartedLikeCard(shape: readonly number[], gaps: readonly string[]): boolean {
  const [size = 0] = shape;
  const even = shape.slice(1, -1).every((length) => length === size) && shape.at(-1)! <= size;
  // Lines of numbers are a table, unless each is a fourth of a card number.
  if (gaps.some((gap) => /[\r\n]/.test(gap)) && !(even && size === 4)) return false;
  // One point alone is a decimal point.
  if (shape.length === 2 && gaps[0] === '.') return false;
  return even || /^(?:4,6,[45]|6,10|6,13|4,12|12,4|4,4,5)$/.test(shape.join());
}
