import assert from 'node:assert/strict';
import type { Json } from '../../record/vocabulary.ts';
import type { Redaction } from '../../traffic/redaction/index.ts';
import type { Dice } from './target.ts';

const digits = '0123456789';
const hexadecimal = `${digits}abcdef`;
const letters = 'abcdefghijklmnopqrstuvwxyz';
const capitals = letters.toUpperCase();
const base64url = `${capitals}${letters}${digits}-_`;
/** Crockford's, of ULIDs. */
const base32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const made = (dice: Dice, of: string, length: number): string => {
  let word = '';
  while (word.length < length) word += of[dice.below(of.length)];
  return word;
};

/** With the check digit of a GTIN. */
function barcode(dice: Dice, length: number, prefix = ''): string {
  const body = prefix + made(dice, digits, length - 1 - prefix.length);
  const sum = [...body].reverse().reduce((all, digit, i) => all + Number(digit) * (i % 2 ? 1 : 3), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

/** With the check digit that card numbers have, too. */
function checked(dice: Dice, length: number, prefix: string): string {
  const body = prefix + made(dice, digits, length - 1 - prefix.length);
  const sum = [...body].reverse().reduce((all, digit, i) => {
    const weighed = Number(digit) * (i % 2 ? 1 : 2);
    return all + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

/** Of a British bank account. */
function iban(dice: Dice): string {
  const account = made(dice, capitals, 4) + made(dice, digits, 14);
  const inDigits = `${account}GB00`.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return `GB${String(98n - (BigInt(inDigits) % 97n)).padStart(2, '0')}${account}`;
}

const uuid = (dice: Dice, version: string): string => {
  const hex = made(dice, hexadecimal, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${version}${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
};
/** Milliseconds since 1970, of the years around. */
const time = (dice: Dice): number => 1_600_000_000_000 + dice.below(2 ** 31) * 150;

/** Barcodes, by the lengths and prefixes that card numbers have too; and those of any. */
const barcodes: readonly ((dice: Dice) => string)[] = [
  (dice) => barcode(dice, 13),
  (dice) => barcode(dice, 13, '4'),
  (dice) => barcode(dice, 13, dice.pick(['50', '978', '979', '400', '45', '49'])),
  (dice) => barcode(dice, 14),
  (dice) => barcode(dice, 14, dice.pick(['30', '36', '38', '1', '0'])),
  (dice) => barcode(dice, 12),
  (dice) => barcode(dice, 8),
  (dice) => barcode(dice, 18, '00'),
];

/** Ids, references, times and digests as payments, tills and machines have them. */
const ids: readonly ((dice: Dice) => string)[] = [
  (dice) =>
    `${dice.pick(['pi', 'ts', 'tm', 'rfnd', 'cus', 'evt', 'sub'])}_sandbox_${made(dice, base64url, 22)}`,
  (dice) => `${dice.pick(['pi', 're', 'ch', 'cs_test', 'in'])}_${made(dice, base64url, 24)}`,
  (dice) => made(dice, base64url, 21),
  (dice) => `0${made(dice, base32, 25)}`,
  (dice) => uuid(dice, dice.pick(['4', '7'])),
  (dice) => uuid(dice, '4').toUpperCase(),
  (dice) => made(dice, hexadecimal, dice.pick([24, 32, 40, 64, 128])),
  (dice) => `sha256:${made(dice, hexadecimal, 64)}`,
  // One whose last part is nothing but a card number's digits would be taken for one.
  (dice) => `00-${made(dice, hexadecimal, 32)}-a${made(dice, hexadecimal, 14)}b-01`,
  (dice) => `W/"${made(dice, hexadecimal, 32)}"`,
  (dice) => String(time(dice)),
  (dice) => `${time(dice)}${made(dice, digits, 3)}`,
  (dice) => `${time(dice)}${made(dice, digits, 6)}`,
  (dice) => new Date(time(dice)).toISOString(),
  (dice) => new Date(time(dice)).toISOString().replace(/[-:TZ.]/g, ''),
  (dice) => `1${made(dice, digits, 18)}`,
  (dice) => made(dice, digits, dice.pick([6, 8, 12])),
  (dice) => `ORD-${2020 + dice.below(9)}-${made(dice, digits, 6)}`,
  (dice) => `${made(dice, capitals, 3)}${made(dice, digits, 9)}${made(dice, capitals, 2)}`,
  iban,
  (dice) => iban(dice).replace(/.{4}(?=.)/g, '$& '),
  (dice) => `+44${made(dice, digits, 10)}`,
  (dice) => `${made(dice, digits, 3)}.${made(dice, digits, 17)}`,
  (dice) => checked(dice, 15, dice.pick(['01', '35', '86', '99'])),
  (dice) => checked(dice, 19, '8944'),
];

const names = [
  'id',
  'reference',
  'barcode',
  'ean',
  'sku',
  'paymentIntentId',
  'traceId',
  'etag',
  'note',
  'at',
];

/** So many of each in one input. */
const AT_ONCE = 10;

/**
 * What looks like a secret or a card number and is none, planted nowhere: it stays as it is, alone, in JSON, in headers
 * and targets.
 */
export function staysReadable(redaction: Redaction, dice: Dice): void {
  for (let left = AT_ONCE; left > 0; left -= 1)
    for (const make of [dice.pick(barcodes), dice.pick(ids)]) {
      const word = make(dice);
      const name = dice.pick(names);
      const json: Json = { [name]: word, amount: { value: 1000 } };
      const target = `/payment-intents/${encodeURIComponent(word)}?${name}=1`;
      assert.equal(redaction.text(`${name} ${word}, 10:00`), `${name} ${word}, 10:00`);
      assert.deepEqual(redaction.json(json), json);
      assert.deepEqual(redaction.headers([['x-trace', word]]), [['x-trace', word]]);
      assert.equal(redaction.target(target), target);
    }
}
