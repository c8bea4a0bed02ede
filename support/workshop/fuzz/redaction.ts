import assert from 'node:assert/strict';
import { deflateSync, gzipSync } from 'node:zlib';
import type { Json } from '../../record/vocabulary.ts';
import { createRedaction, searchedBytes } from '../../traffic/redaction/index.ts';
import { staysReadable } from './ids.ts';
import type { Dice, Target } from './target.ts';

const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ0123456789';
const word = (dice: Dice, length: number) =>
  Array.from({ length }, () => letters[dice.below(letters.length)]).join('');

/** First digits and length of card numbers; none of them is as long as a barcode. */
const schemes = [
  ['4', 16],
  ['5412', 16],
  ['2223', 16],
  ['3714', 15],
  ['6011', 16],
  ['3566', 16],
] as const;

function card(dice: Dice): string {
  const [prefix, length] = dice.pick(schemes);
  let digits: string = prefix;
  while (digits.length < length - 1) digits += dice.below(10);
  const sum = [...digits].reverse().reduce((total, digit, i) => {
    const weighed = Number(digit) * (i % 2 ? 1 : 2);
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return digits + ((10 - (sum % 10)) % 10);
}

const secrets: readonly ((dice: Dice) => string)[] = [
  (dice) => `sk_sandbox_${word(dice, 16)}_${word(dice, 8)}`,
  (dice) => `sk_prod_${word(dice, 24)}`,
  (dice) => `sk_live_${word(dice, 24)}`,
  (dice) => `whsec_${word(dice, 24)}`,
  card,
];

const codings: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => Buffer.from(text).toString('base64'),
  (text) => Buffer.from(text).toString('base64url'),
  (text) => Buffer.from(text).toString('hex'),
  (text) => encodeURIComponent(text).replace(/\d/g, (digit) => `%3${digit}`),
  (text) => Buffer.from(text, 'utf16le').toString('base64'),
  (text) => gzipSync(text).toString('base64'),
  (text) => [...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
];

/** How something stands in what surrounds it: nothing of these runs into a word in a coding. */
const carriers: readonly ((held: string, dice: Dice) => string)[] = [
  (held) => held,
  (held, dice) => `${word(dice, 6)} ${held} ${word(dice, 4)}`,
  (held) => `{"note":"${held}","amount":{"value":1000}}`,
  (held, dice) => `GET /a?${word(dice, 5)}=${held}&b=1 HTTP/1.1`,
  (held, dice) => `${dice.pick(['X-Note', 'Authorization', 'Api-Key', 'pan'])}: ${held}\r\nHost: a\r\n`,
  (held) => `<note>${held}</note>`,
  (held) => `2026-02-27T10:00:00Z, ${held};`,
  (held, dice) => `(${held})${dice.pick(['.', '!', '\n'])}`,
];

const packings: readonly ((text: string) => Buffer)[] = [
  (text) => Buffer.from(`\0${text}\xff`, 'latin1'),
  (text) => Buffer.from(text, 'utf16le'),
  (text) => Buffer.from(text, 'utf16le').swap16(),
  (text) => gzipSync(text),
  (text) => deflateSync(text),
  (text) => Buffer.concat([Buffer.from('\0\u0001'), gzipSync(text)]),
];

/**
 * Secrets in carriers that nobody would think of: whatever is kept of them, no reading of it tells them. Beside each there
 * are ids and barcodes, all of which stay as they are.
 */
export async function redactionTarget(): Promise<Target> {
  const redaction = createRedaction();
  return {
    what: 'secrets, planted in text, JSON, headers, targets and bytes, and ids that are none',
    async try(dice) {
      const secret = dice.pick(secrets)(dice);
      const code = dice.pick(codings);
      const coded = code(secret);
      const written = dice.pick(carriers)(coded, dice);
      const kept = [
        redaction.text(written),
        JSON.stringify(redaction.json({ [word(dice, 5)]: [written as Json] })),
        JSON.stringify(redaction.headers([['X-Note', written]])),
        redaction.target(written),
        JSON.stringify(searchedBytes(dice.pick(packings)(written), redaction)),
      ];
      for (const shown of kept) {
        assert.ok(!shown.includes(secret) && !shown.includes(coded), `${written} is kept as ${shown}`);
        assert.equal(redaction.text(shown), shown, `${shown} is redacted again`);
      }
      staysReadable(redaction, dice);
    },
    async end() {},
  };
}
