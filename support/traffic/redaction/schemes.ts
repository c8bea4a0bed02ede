/** First digits and lengths by which each card scheme gives out its numbers (ISO/IEC 7812-1). */
const SCHEMES: readonly (readonly [prefix: string, lengths: string])[] = [
  // Visa
  ['4', '13|16'],
  // Mastercard, and Mir
  ['5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720|220[0-4]', '16'],
  // American Express
  ['3[47]', '15'],
  // Diners Club
  ['30[0-59]|3[689]', '14|16'],
  // JCB, Discover, and UnionPay
  ['35(?:2[89]|[3-8])|6011|64[4-9]|65', '16'],
  ['62|81', '16|17|18|19'],
  // Maestro: with 16 digits all of its range, else the numbers that it gives out
  ['50|5[6-8]|6', '16'],
  ['50(?:18|20|38)|5893|6304|6390|67(?:59|6[1-3])', '13|14|15|16|17|18|19'],
  // Troy, and Verve
  ['9792', '16'],
  ['506[01]|6500', '16|18|19'],
];

const PATTERN = new RegExp(
  `^(?:${SCHEMES.map(
    ([prefix, lengths]) =>
      `(?=(?:${prefix}))(?:${lengths
        .split('|')
        .map((length) => `\\d{${length}}`)
        .join('|')})$`,
  ).join('|')})`,
);

/** Whether these digits are a card number: a scheme's first digits and length, and the right check digit (ISO/IEC 7812-1). */
export const isCard = (digits: string): boolean => PATTERN.test(digits) && luhn(digits);

/** The same where people part a number as it stands on a card: Visa has a few of 19 digits. */
export const isPartedCard = (digits: string): boolean =>
  isCard(digits) || (digits.length === 19 && digits[0] === '4' && luhn(digits));

/** Lengths that numbers of goods and of their packages have, and card numbers too: GTIN-13, GTIN-14, GSIN, SSCC. */
export const isBarcodeLength = (digits: string): boolean => [13, 14, 17, 18].includes(digits.length);

/** Whether these digits are the number of goods or of a package, by length and check digit (GS1's). */
export const isBarcode = (digits: string): boolean =>
  isBarcodeLength(digits) && weighedSum(digits, (digit) => digit * 3) % 10 === 0;

/** Whether this is the number of a bank account, by its check digits (ISO 13616), blanks or none between. */
export function isIban(word: string): boolean {
  const plain = word.replace(/ /g, '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(plain)) return false;
  const digits = (plain.slice(4) + plain.slice(0, 4)).replace(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  );
  return BigInt(digits) % 97n === 1n;
}

const luhn = (digits: string): boolean =>
  weighedSum(digits, (digit) => (digit > 4 ? digit * 2 - 9 : digit * 2)) % 10 === 0;

/** Of digits from the right: the first as it is, the next one weighed, and so on. */
function weighedSum(digits: string, weighed: (digit: number) => number): number {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    sum += i % 2 === 0 ? digit : weighed(digit);
  }
  return sum;
}
