import { type Kind, kindOf, leastWithEnd } from './names.ts';

/** What a letter is; what stands between two breaks is looked at closely only where these tell that it may be worth it. */
const PLAIN = 1;
const HEX = 2;
const UPPER = 4;
const DIGIT = 8;
/** It ends no word, and may stand between the digits of a card number. */
const JOINT = 16;
/** It ends a word, and may stand between digits. */
const GAP = 32;
const BREAK = 64;
/** Beside the others: a secret's form may begin or end at it. */
const TELLING = 128;
const LETTER = PLAIN | HEX | UPPER;

const CLASSES = new Uint8Array(65_536).fill(GAP);
for (let code = 0; code < 128; code += 1) CLASSES[code] = classOf(String.fromCharCode(code));
// Letters that nobody sees may stand anywhere in a secret.
for (const code of [0xad, 0x200b, 0x200c, 0x200d, 0x2060, 0xfeff]) CLASSES[code] = GAP | TELLING;
// Digits of full width, and of Arabic and Persian.
for (const zero of [0xff10, 0x660, 0x6f0]) CLASSES.fill(DIGIT, zero, zero + 10);

function classOf(letter: string): number {
  if (/[g-z]/.test(letter)) return PLAIN;
  if (/[a-f]/.test(letter)) return HEX;
  if (/[A-F]/.test(letter)) return UPPER;
  if (/[G-Z]/.test(letter)) return UPPER | PLAIN;
  if (/\d/.test(letter)) return DIGIT;
  const kind = /[_/+-]/.test(letter) ? JOINT : /[\s.]/.test(letter) ? GAP : BREAK;
  return /[_\-: =>+@%\\&\0]/.test(letter) ? kind | TELLING : kind;
}

/** A word shorter than this is no secret in a coding, and no key but the API's own. */
const SHORTEST = 12;
/** The least digits of a card number. */
const FEWEST_DIGITS = 13;

/**
 * Where a text may hold a secret in any form that the readings know, from a place on at which no word is under way; -1
 * where it holds none. Cheap, and found too often rather than too seldom: nearly all that goes through a gateway holds
 * none.
 */
export type Suspicion = (text: string, from?: number) => number;

/** `hinted` tells of a word of more than eleven letters whether it may be a secret in a coding. */
export function createSuspicion(
  known: readonly string[],
  hinted: (word: string, hex: boolean) => boolean,
): Suspicion {
  // The others are found by their `sk_` wherever they stand.
  const words = known.filter((word) => word !== '' && !/k_/i.test(word)).map(literally);
  const anyWord = words.length > 0 ? new RegExp(words.join('|'), 'gi') : null;
  const isOdd = remembering(hinted);

  function wordFrom(text: string, from: number): number {
    if (anyWord === null) return -1;
    anyWord.lastIndex = from;
    return anyWord.exec(text)?.index ?? -1;
  }

  return (text, from = 0) => {
    const known = wordFrom(text, from);
    const length = known < 0 ? text.length : known;
    for (let i = from; i < length; i += 1) {
      const start = i;
      let all = 0;
      let kind = 0;
      for (; i < length; i += 1) {
        kind = CLASSES[text.charCodeAt(i)]!;
        if ((kind & BREAK) !== 0) break;
        all |= kind;
      }
      if ((all & TELLING) !== 0 || i - start >= SHORTEST) {
        const at =
          (all & ~LETTER) === 0
            ? isOddWord(text, start, i, (all & UPPER) !== 0, (all & PLAIN) === 0)
              ? i
              : -1
            : between(text, start, i);
        if (at >= 0) return at;
      }
      if (i < length && (kind & TELLING) !== 0 && isTelling(text, text.charCodeAt(i), i)) return i;
    }
    return known;
  };

  /** The same between two breaks. */
  function between(text: string, from: number, to: number): number {
    let word = from;
    let all = 0;
    // Where these were last.
    let letter = from - 1;
    let digit = from - 9;
    let digits = 0;
    let firstDigit = 0;
    for (let i = from; i < to; i += 1) {
      const code = text.charCodeAt(i);
      const kind = CLASSES[code]!;
      if (kind === DIGIT) {
        if (digit > letter && i - digit <= 4) digits += 1;
        else {
          digits = 1;
          firstDigit = i;
        }
        digit = i;
        // Milliseconds since 1970 are 13 digits, and begin with a 1.
        if (
          digits > FEWEST_DIGITS ||
          (digits === FEWEST_DIGITS && (text.charCodeAt(firstDigit) !== 49 || i - firstDigit > 12))
        )
          return i;
      } else if ((kind & LETTER) !== 0) {
        letter = i;
        all |= kind;
      } else {
        if ((kind & GAP) !== 0) {
          if (isOddWord(text, word, i, (all & UPPER) !== 0, (all & PLAIN) === 0)) return i;
          word = i + 1;
          all = 0;
        }
        if ((kind & TELLING) !== 0 && isTelling(text, code, i)) return i;
      }
    }
    return isOddWord(text, word, to, (all & UPPER) !== 0, (all & PLAIN) === 0) ? to : -1;
  }

  function isOddWord(text: string, start: number, end: number, withUpper: boolean, hex: boolean): boolean {
    const size = end - start;
    if (size < SHORTEST || !(withUpper || (hex && size >= 24 && text[start + 8] !== '-'))) return false;
    return isOdd(text, start, end, hex);
  }
}

const literally = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Words come again and again: of so many, of no more letters than this, the last ones are remembered. */
const REMEMBERED = 4_096;
const LONGEST = 80;

/** The same of a word in a text, by its beginning and end. */
function remembering(
  hinted: (word: string, hex: boolean) => boolean,
): (text: string, start: number, end: number, hex: boolean) => boolean {
  const words = new Array<string>(REMEMBERED).fill('');
  const odd = new Uint8Array(REMEMBERED);
  return (text, start, end, hex) => {
    const size = end - start;
    if (size > LONGEST) return hinted(text.slice(start, end), hex);
    const place = placeOf(text, start, end);
    if (!isSame(words[place]!, text, start, size)) {
      const word = text.slice(start, end);
      odd[place] = hinted(word, hex) ? 1 : 0;
      words[place] = word;
    }
    return odd[place] === 1;
  };
}

/** Ids differ at their ends, and names anywhere. */
function placeOf(text: string, start: number, end: number): number {
  let hash = end - start;
  hash = Math.imul(hash, 31) + text.charCodeAt(start);
  hash = Math.imul(hash, 31) + text.charCodeAt(start + 4);
  for (let at = end - 6; at < end; at += 1) hash = Math.imul(hash, 31) + text.charCodeAt(at);
  return (hash ^ (hash >>> 12)) & (REMEMBERED - 1);
}

function isSame(word: string, text: string, start: number, size: number): boolean {
  if (word.length !== size) return false;
  for (let at = 0; at < size; at += 1) if (word.charCodeAt(at) !== text.charCodeAt(start + at)) return false;
  return true;
}

/** Whether a letter that is none, at this place, may be part of a secret's form. */
function isTelling(text: string, code: number, at: number): boolean {
  if (text.charCodeAt(at + 3) === code && partsBytes(text, code, at)) return true;
  switch (code) {
    case 0x5f: // _
      return (text.charCodeAt(at - 1) | 0x20) === 0x6b;
    case 0x2d: // -
      return (
        (text.charCodeAt(at - 1) | 0x20) === 0x6b ||
        (text.charCodeAt(at + 1) === 0x2d && text.startsWith('----', at + 1)) ||
        ((text.charCodeAt(at - 4) | 0x20) === 0x78 && /xox/i.test(text.slice(at - 4, at - 1)))
      );
    case 0x20:
    case 0x2b: // blank, +
      return followsScheme(text, at) || (isDigit(text, at + 1) && isNameBefore(text, at));
    case 0x3a:
    case 0x3d:
    case 0x3e: // : = >
      return isNameBefore(text, at);
    case 0x40: // @
      return text.includes('://');
    case 0x25: // %
      return /^[0-9a-f]{2}/i.test(text.slice(at + 1, at + 3));
    case 0x26: // &
      return text[at + 1] === '#' || text.startsWith('nbsp;', at + 1);
    default:
      return true;
  }
}

/** Whether it stands between bytes in hexadecimal, and so on for as many as a secret has. */
function partsBytes(text: string, code: number, at: number): boolean {
  if (code !== 0x3a && code !== 0x2d && code !== 0x20) return false;
  for (let next = at; next < at + 3 * SHORTEST - 6; next += 3)
    if (text.charCodeAt(next) !== code || !isHex(text, next + 1) || !isHex(text, next + 2)) return false;
  return true;
}

const isHex = (text: string, at: number): boolean =>
  (CLASSES[text.charCodeAt(at)]! & (HEX | UPPER | DIGIT)) !== 0;

const isDigit = (text: string, at: number): boolean => CLASSES[text.charCodeAt(at)] === DIGIT;

function followsScheme(text: string, at: number): boolean {
  const last = text.charCodeAt(at - 1) | 0x20;
  return (last === 0x72 || last === 0x63) && /(?:bearer|basic)$/i.test(text.slice(Math.max(0, at - 6), at));
}

/** Whether a name that asks for something, and may get it, stands before what parts it from its value. */
function isNameBefore(text: string, at: number): boolean {
  let end = at;
  while (end > 0 && at - end < 9 && isBetween(text.charCodeAt(end - 1))) end -= 1;
  if (end < 2) return false;
  const least = leastWithEnd(
    end > 2 ? text.charCodeAt(end - 3) : 0,
    text.charCodeAt(end - 2),
    text.charCodeAt(end - 1),
  );
  if (least === 0) return false;
  let start = end;
  while (start > 0 && end - start < LONGEST_NAME && isOfName(text.charCodeAt(start - 1))) start -= 1;
  if (end - start < 2) return false;
  // A name in quotes may have blanks in it.
  const quote = end < at && text.charCodeAt(start - 1) === 0x20 ? text.lastIndexOf('"', start - 1) : -1;
  return (
    asks(text, end - start < least ? null : kindOf(text.slice(start, end)), at) ||
    (quote >= 0 && end - quote < LONGEST_NAME && asks(text, kindOf(text.slice(quote + 1, end)), at))
  );
}

const asks = (text: string, kind: Kind | null, at: number): boolean =>
  kind !== null && kind !== 'goods' && mayHold(text, kind, at + 1);

const LONGEST_NAME = 64;
/** What may stand between a name and its value. */
const LEAD = /[\s>=]*/y;
const QUOTED_LEAD = /[\s\\"'>=]*/y;
/** Values that are no secrets, and no beginning of one. */
const NOTHING = /(?:null|true|false)(?=[,}\]\s])|\{/y;
/** So many of these make a card number, however its digits are parted or coded. */
const OF_CARD = /[\d\s._/+%\\a-f\u0080-\uffff-]{12}|\d+(?:\.\d+)?e|\[/iy;

/** Whether a value of this kind may stand there: an object's members have names of their own, and many a card's number is masked. */
function mayHold(text: string, kind: Kind, from: number): boolean {
  if (kind === 'authorization' || kind === 'cookie') return true;
  const lead = kind === 'card' ? QUOTED_LEAD : LEAD;
  lead.lastIndex = from;
  lead.test(text);
  const at = lead.lastIndex;
  const form = kind === 'card' ? OF_CARD : NOTHING;
  form.lastIndex = at;
  return form.test(text) === (kind === 'card');
}

/** Blanks, quotes, backslashes, and the first half of `=>`. */
const isBetween = (code: number): boolean =>
  code === 0x22 || code === 0x20 || code === 0x27 || code === 0x5c || code === 0x3d;

/** A letter, digit, `_` or `-`. */
const isOfName = (code: number): boolean =>
  code < 128 && ((CLASSES[code]! & (LETTER | DIGIT)) !== 0 || code === 0x5f || code === 0x2d);
