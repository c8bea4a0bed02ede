import { unpackings } from './packed.ts';

/** Text within text: what stands in a coding is read, and taken out where the reading holds a secret. */
export interface Readings {
  /** Whether a word of letters, digits and `+/_-` may be a secret in a coding; `hex` where it is hexadecimal. */
  hinted(word: string, hex: boolean): boolean;
  /** The text in which what was found in a coding has given way to `masked`. */
  text(text: string, depth?: number): string;
}

export interface Reader {
  /** A text without its secrets. */
  readonly redacted: (text: string, depth: number) => string;
  /** What stands for a word in a coding that holds `held`. */
  readonly masked: (coding: string, held: string, word: string) => string;
  /** More secrets that may stand in a coding. */
  readonly known: readonly string[];
}

/** A coding in a coding, and no deeper. */
const DEEPEST = 4;

/** Letters that nobody sees: those of UTF-16's upper halves, soft hyphens, and what joins or parts words. */
const INVISIBLE = /[\0\u00ad\u200b-\u200d\u2060\ufeff]/;
const INVISIBLES = new RegExp(INVISIBLE.source, 'g');
const PERCENT = /[^\s"'<>&=?/;,]*%[0-9a-f]{2}[^\s"'<>&=?/;,]*/gi;
const ESCAPED = /[^\s"']*\\(?:u[0-9a-f]{4}|x[0-9a-f]{2})[^\s"']*/gi;
const ENTITIES = /[^\s"'<>]*&#(?:\d{2,6}|x[0-9a-f]{2,5});[^\s"'<>]*/gi;
const HEX = /(?:[0-9a-f]{2}){12,}[0-9a-f]?|(?:[0-9a-f]{2}[ :-]){11,}[0-9a-f]{2}/gi;
const BASE64 =
  /(?:[A-Za-z0-9+/]{60,76}(?:\r?\n|\\n|\\r\\n))+[A-Za-z0-9+/]+={0,2}|[A-Za-z0-9+/_-]{16,}={0,2}/g;

/** What secrets begin with, and the names that tell them. */
const BEGINNINGS = [
  'sk_',
  'rk_',
  'sk-',
  'whsec',
  '-----BEGIN',
  'Bearer',
  'Basic',
  'assword',
  'ecret',
  'cvv',
  'cvc',
  '://',
];
/** Quads of base64 that hold digits, parted or not, in one byte each; then in two (UTF-16). */
const DIGITS_IN_BASE64 =
  '(?:[I-P][CDSTijyz][AEIMQUYcgkosw048][g-z0-9+/_-]){3}|(?:AD[AEIMQUYcgk]A[MNO][AQgw]A[w-z0-5]){2}|cwBrAF|MAawBf|zAGsAX';
/** What packed bytes and JSON begin with. */
const BEGINNINGS_IN_BASE64 = 'H4sI|KLUv|^eJ[w-z]|^eN[op]|^eA[EF]|^eyJ|^W3si|^PD94';
const DIGITS_IN_HEX = '(?:3[0-9](?:00)?[ :-]?){12}3[0-9]|(?<![0-9a-f])(?:1f8b08|28b52ffd|78(?:01|5e|9c|da))';

export function createReadings({ redacted, masked, known }: Reader): Readings {
  const words = [...BEGINNINGS, ...known].filter(Boolean);
  const base64Hint = new RegExp(
    [DIGITS_IN_BASE64, BEGINNINGS_IN_BASE64, ...words.flatMap(inBase64).map(literally)].join('|'),
  );
  const hexHint = new RegExp([DIGITS_IN_HEX, ...words.map(inHex)].join('|'), 'i');

  /** What a decoded text says without its secrets; null where it holds none. */
  function found(decoded: string, depth: number): string | null {
    const shown = redacted(decoded, depth + 1);
    return shown === decoded ? null : shown;
  }

  function inBytes(bytes: Buffer, depth: number): string | null {
    const letters = bytes.toString('latin1');
    if (found(letters, depth) !== null) return letters;
    for (const unpacked of unpackings(bytes)) {
      const text = unpacked.toString('latin1');
      if (found(text, depth) !== null) return text;
    }
    return null;
  }

  function replaceHex(word: string, depth: number): string {
    if (!hexHint.test(word)) return word;
    const digits = word.replace(/[ :-]/g, '');
    const held =
      inBytes(Buffer.from(digits, 'hex'), depth) ?? inBytes(Buffer.from(digits.slice(1), 'hex'), depth);
    return held === null ? word : masked('hex', held, word);
  }

  function replaceBase64(word: string, depth: number): string {
    if (!base64Hint.test(word) && !isCodedText(word)) return word;
    const letters = word.replace(/\\[nr]|\s/g, '');
    // It may begin within the word: `/` and `-` are letters of base64 too.
    for (let skipped = 0; skipped < 4; skipped += 1) {
      const held = inBytes(Buffer.from(letters.slice(skipped), 'base64'), depth);
      if (held !== null) return masked('base64', held, word);
    }
    return word;
  }

  const replaceDecoded = (
    text: string,
    words: RegExp,
    decode: (word: string) => string,
    depth: number,
  ): string =>
    text.replace(words, (word) => {
      const shown = found(decode(word), depth);
      // What would end the word where it stands is coded again.
      return shown === null
        ? word
        : shown.replace(/[\s"'<>&=?\\%]|(?<!…)#/g, (letter) => encodeURIComponent(letter));
    });

  function text(value: string, depth = 0): string {
    if (depth >= DEEPEST || value.length < 8) return value;
    let shown = value;
    if (INVISIBLE.test(shown)) shown = found(shown.replace(INVISIBLES, ''), depth) ?? shown;
    if (shown.includes('%')) shown = replaceDecoded(shown, PERCENT, decodePercent, depth);
    if (shown.includes('\\')) shown = replaceDecoded(shown, ESCAPED, decodeEscapes, depth);
    if (shown.includes('&#')) shown = replaceDecoded(shown, ENTITIES, decodeEntities, depth);
    if (hexHint.test(shown)) shown = shown.replace(HEX, (word) => replaceHex(word, depth));
    return shown.replace(BASE64, (word) => replaceBase64(word, depth));
  }

  return {
    hinted: (word, hex) => (hex && hexHint.test(word)) || base64Hint.test(word) || isCodedText(word),
    text,
  };
}

/** A word in hexadecimal, its bytes parted or not. */
const inHex = (word: string): string => Buffer.from(word).toString('hex').match(/../g)!.join('[ :-]?');

/** A word as base64 shows it, at each of the three places in which it may begin, without what depends on its neighbours. */
function inBase64(word: string): string[] {
  const code = (text: string) => Buffer.from(text, 'latin1').toString('base64');
  return [0, 1, 2].flatMap((ahead) => {
    const whole = code(' '.repeat(ahead) + word);
    const from = [0, 2, 3][ahead]!;
    const to = Math.floor(((ahead + word.length) * 8) / 6);
    const part = whole.slice(from, to);
    return part.length < 3 ? [] : [part, part.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/** What each letter of base64 stands for, by its code; 64 for all others. */
const SEXTETS = new Uint8Array(128).fill(64);
for (const [value, letter] of [
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
].entries())
  SEXTETS[letter.charCodeAt(0)] = value;
SEXTETS['-'.charCodeAt(0)] = 62;
SEXTETS['_'.charCodeAt(0)] = 63;

/** Whether a word of base64 begins with text, in one byte a letter or in two; it may begin at any of the first four. */
function isCodedText(word: string): boolean {
  for (let skipped = 0; skipped < 4; skipped += 1) if (holdsText(word, skipped)) return true;
  return false;
}

/** Nearly all words that hold no text show it by their first bytes: nothing is decoded but these. */
function holdsText(word: string, from: number): boolean {
  const to = Math.min(word.length, from + 24);
  let bits = 0;
  let bytes = 0;
  let held = 0;
  let mayBeNull = true;
  for (let at = from; at < to; at += 1) {
    const code = word.charCodeAt(at);
    const sextet = code < 128 ? SEXTETS[code]! : 64;
    if (sextet === 64) break;
    held = ((held << 6) | sextet) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += 1;
    const byte = (held >> bits) & 0xff;
    if (byte === 0) {
      if (!mayBeNull) return false;
      mayBeNull = false;
    } else {
      if (!((byte >= 0x20 && byte <= 0x7e) || byte === 9 || byte === 10 || byte === 13)) return false;
      mayBeNull = true;
    }
  }
  return bytes >= 8;
}

const literally = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const decodePercent = (word: string): string =>
  word.replace(/(?:%[0-9a-f]{2})+/gi, (codes) =>
    Buffer.from(codes.replaceAll('%', ''), 'hex').toString('utf8'),
  );

const decodeEscapes = (word: string): string =>
  word.replace(/\\u([0-9a-f]{4})|\\x([0-9a-f]{2})/gi, (_, long?: string, short?: string) =>
    String.fromCharCode(Number.parseInt(long ?? short!, 16)),
  );

const decodeEntities = (word: string): string =>
  word.replace(/&#(?:(\d{2,6})|x([0-9a-f]{2,5}));/gi, (_, decimal?: string, hex?: string) =>
    String.fromCodePoint(decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal)),
  );
