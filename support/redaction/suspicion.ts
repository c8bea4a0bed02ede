import { kindOf, mayEndName } from './names.ts';

/** What there is to do about a letter. */
const PLAIN = 0;
const HEX = 1;
const UPPER = 2;
const DIGIT = 3;
/** It ends no word, and may stand between the digits of a card number. */
const JOINT = 4;
const BREAK = 5;
/** It ends a word, and may stand between digits. */
const GAP = 6;

const CLASSES = new Uint8Array(128);
/** Letters that are none, at which a secret's form may begin or end. */
const TELLING = new Uint8Array(128);
for (let code = 0; code < 128; code += 1) {
  const letter = String.fromCharCode(code);
  CLASSES[code] = /[g-z]/.test(letter)
    ? PLAIN
    : /[a-f]/.test(letter)
      ? HEX
      : /[A-Z]/.test(letter)
        ? UPPER
        : /\d/.test(letter)
          ? DIGIT
          : /[_/+-]/.test(letter)
            ? JOINT
            : /[\s.]/.test(letter)
              ? GAP
              : BREAK;
  TELLING[code] = /[_\-: =>+@%\\&\0]/.test(letter) ? 1 : 0;
}

/** A word shorter than this is no secret in a coding, and no key but the API's own. */
const SHORTEST = 12;
/** Words come again and again: so many, of no more letters than this, are remembered. */
const REMEMBERED = 4_000;
const LONGEST = 80;
/** The least digits of a card number. */
const FEWEST_DIGITS = 13;

/**
 * Whether a text may hold a secret in any form that the readings know: cheap, and true too often rather than too
 * seldom. Nearly all that goes through a gateway holds none. `hinted` tells that of a word of more than eleven letters.
 */
export function createSuspicion(
  known: readonly string[],
  hinted: (word: string, hex: boolean) => boolean,
): (text: string) => boolean {
  const words = known.filter(Boolean).map((word) => word.toLowerCase());
  const remembered = new Map<string, boolean>();

  function isOdd(word: string, hex: boolean): boolean {
    if (word.length > LONGEST) return hinted(word, hex);
    let odd = remembered.get(word);
    if (odd === undefined) {
      odd = hinted(word, hex);
      if (remembered.size >= REMEMBERED) remembered.clear();
      remembered.set(word, odd);
    }
    return odd;
  }

  return (text) => {
    if (words.length > 0) {
      const lower = text.toLowerCase();
      if (words.some((word) => lower.includes(word))) return true;
    }
    const { length } = text;
    // Where these were last: a word ends at a break, and digits at a letter or a break.
    let brk = -1;
    let upper = -1;
    let plain = -1;
    let letter = -1;
    let digit = -9;
    let digits = 0;
    let firstDigit = 0;
    for (let i = 0; i <= length; i += 1) {
      const code = i < length ? text.charCodeAt(i) : 34;
      const kind = code < 128 ? CLASSES[code]! : isDigitOfOtherScript(code) ? DIGIT : GAP;
      if (kind === PLAIN) {
        plain = i;
        letter = i;
        continue;
      }
      if (kind === HEX) {
        letter = i;
        continue;
      }
      if (kind === UPPER) {
        upper = i;
        letter = i;
        if (code > 70) plain = i;
        continue;
      }
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
          return true;
        continue;
      }
      if (kind === BREAK || kind === GAP) {
        const size = i - brk - 1;
        if (size >= SHORTEST) {
          const hex = plain <= brk;
          if (
            (upper > brk || (hex && size >= 24 && text[brk + 9] !== '-')) &&
            isOdd(text.slice(brk + 1, i), hex)
          )
            return true;
        }
        brk = i;
        if (kind === BREAK) letter = i;
      }
      if (code < 128 && TELLING[code] === 1 && isTelling(text, code, i)) return true;
    }
    return false;
  };
}

/** Digits of full width, and of Arabic and Persian. */
const isDigitOfOtherScript = (code: number): boolean =>
  (code >= 0xff10 && code <= 0xff19) || (code >= 0x660 && code <= 0x669) || (code >= 0x6f0 && code <= 0x6f9);

/** Whether a letter that is none, at this place, may be part of a secret's form. */
function isTelling(text: string, code: number, at: number): boolean {
  switch (code) {
    case 0x5f: // _
      return (text.charCodeAt(at - 1) | 0x20) === 0x6b;
    case 0x2d: // -
      return (
        (text.charCodeAt(at - 1) | 0x20) === 0x6b ||
        text.startsWith('----', at + 1) ||
        text.startsWith('xox', at - 4)
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

const isDigit = (text: string, at: number): boolean => CLASSES[text.charCodeAt(at) & 127] === DIGIT;

function followsScheme(text: string, at: number): boolean {
  const last = text.charCodeAt(at - 1) | 0x20;
  return (last === 0x72 || last === 0x63) && /(?:bearer|basic)$/i.test(text.slice(Math.max(0, at - 6), at));
}

/** Whether a name that asks for something stands before what parts it from its value. */
function isNameBefore(text: string, at: number): boolean {
  let end = at;
  while (end > 0 && at - end < 9 && isBetween(text.charCodeAt(end - 1))) end -= 1;
  if (end < 2 || !mayEndName(text.charCodeAt(end - 2), text.charCodeAt(end - 1))) return false;
  let start = end;
  while (start > 0 && end - start < 64 && isOfName(text.charCodeAt(start - 1))) start -= 1;
  if (end - start < 2) return false;
  const kind = kindOf(text.slice(start, end));
  return kind !== null && kind !== 'goods';
}

/** Blanks, quotes, backslashes, and the first half of `=>`. */
const isBetween = (code: number): boolean =>
  code === 0x22 || code === 0x20 || code === 0x27 || code === 0x5c || code === 0x3d;

/** A letter, digit, `_` or `-`. */
const isOfName = (code: number): boolean =>
  code < 128 && CLASSES[code]! <= JOINT && code !== 0x2b && code !== 0x2f;
