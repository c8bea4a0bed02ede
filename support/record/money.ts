/** How the till's language writes a number: the mark before its pence. `null`: it is not known. */
export type Decimal = '.' | ',' | null;

/** The decimal mark of a language (BCP 47), as Unicode's locale data has it. */
export function decimalOf(language: string | undefined): Decimal {
  if (language === undefined) return null;
  const mark = new Intl.NumberFormat(language, { numberingSystem: 'latn' })
    .formatToParts(1.5)
    .find(({ type }) => type === 'decimal')?.value;
  return mark === '.' || mark === ',' ? mark : null;
}

/** Signs and codes of currencies that have a hundred minor units, and how languages word them. */
const marks: readonly (readonly [mark: string, code: string])[] = [
  ['(?:GB|UK)?£(?:GB)?|\\bGBP\\b|\\bpounds?(?: sterling)?\\b', 'GBP'],
  ['€|\\bEUR\\b|\\beuros?\\b', 'EUR'],
  ['(?:US ?)?\\$(?:US)?|\\bUSD\\b', 'USD'],
];
const mark = `(?:${marks.map(([one]) => one).join('|')})`;

/** The currency (ISO 4217) that a text names; `null` where it names none that is known, or several. */
export function currencyOf(text: string | null | undefined): string | null {
  const named = marks.filter(([one]) => new RegExp(one, 'iu').test(text ?? ''));
  return named.length === 1 ? named[0]![1] : null;
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** With one sign for each thing that Unicode has several for, and without what cannot be seen. */
function evened(text: string): string {
  return text
    .replace(/\p{Cf}/gu, '')
    .replace(
      /(?<=\d)[⁰¹²³⁴⁵⁶⁷⁸⁹]{2}(?![\d⁰¹²³⁴⁵⁶⁷⁸⁹])/gu,
      (pence) => `·${[...pence].map((digit) => superscripts.indexOf(digit)).join('')}`,
    )
    .replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)))
    .replace(/[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]|\bminus\b/giu, '-')
    .replace(/[’‘ʼ＇`´′]/g, "'")
    .replace(/．/g, '.')
    .replace(/[，٬]/g, ',')
    .replace(/[··٫]/g, '·')
    .replace(/（/g, '(')
    .replace(/）/g, ')')
    .replace(/￡/g, '£')
    .replace(/\s+/g, ' ')
    .replace(/(\d) ?([.,·]) ?(?=\d)/g, '$1$2')
    .trim();
}

/** Unicode keeps the ten digits of each script together and in order. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0)!;
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before++;
  return before % 10;
}

const shape = new RegExp(
  `^(?<label>(?:\\p{L}[\\p{L}\\p{M}.]*[ :]+)*?)(?<open>\\()?(?<sign>[-+])? ?(?<before>${mark})? ?(?<inner>[-+])? ?` +
    `(?<number>[\\d.,·' ]*\\d)(?<whole>[.,]-{1,2})? ?(?<after>${mark})?(?<close>\\))? ?(?<last>-)?$`,
  'iu',
);

/** Words that make more, or less, of a number than it says. */
const scales = /\b(?:pence|pennies|p|cents?|ct|k|m|bn|hundred|thousand|million|tsd|mio|mrd)\b/iu;

/**
 * An amount as a till prints it, in minor units of a currency that has a hundred of them: with or without a sign or
 * code, grouped and divided as languages do it, negative with a minus on either side or in brackets.
 * `null` where there is none, where there are several, and where the text could mean another amount as well.
 */
export function minorUnits(text: string | null | undefined, decimal: Decimal = null): number | null {
  const plain = evened(text ?? '');
  const found = shape.exec(plain)?.groups;
  if (!found) return null;
  const { label = '', number = '', whole, before, after } = found;
  const [open, close] = [Boolean(found.open), Boolean(found.close)];
  const signs = [found.sign, found.inner, found.last].filter(Boolean);
  if (open !== close || signs.length > 1 || scales.test(label)) return null;
  // "Total - £10.00": a dash after a word may be no minus.
  if (label && found.sign && /- /.test(plain)) return null;
  if (before && after && currencyOf(before) !== currencyOf(after)) return null;
  const sum = valueOfNumber(number, {
    decimal,
    currency: currencyOf(before ?? after),
    led: Boolean(before),
    labelled: label !== '',
    whole: Boolean(whole),
  });
  if (sum === null) return null;
  return (open || signs[0] === '-') && sum !== 0 ? -sum : sum;
}

interface Surroundings {
  readonly decimal: Decimal;
  readonly currency: string | null;
  /** A sign or code of the currency stands right before the number. */
  readonly led: boolean;
  readonly labelled: boolean;
  /** Its end says that there are no pence, as in "10,-". */
  readonly whole: boolean;
}

function valueOfNumber(number: string, surroundings: Surroundings): number | null {
  const groups = number.split(/[.,·' ]/);
  const separators = [...number.replace(/\d/g, '')];
  const last = separators.at(-1);
  const end = groups.at(-1)!;
  const divided = last !== undefined && isDecimal(separators, end.length, surroundings);
  const grouped = divided ? groups.slice(0, -1) : groups;
  const between = divided ? separators.slice(0, -1) : separators;
  if (divided && surroundings.whole) return null;
  if (!inGroups(grouped, between, last, divided, surroundings)) return null;
  // A bare number without pence may count pence.
  if (!divided && !surroundings.whole && !surroundings.currency && Number(grouped.join('')) !== 0)
    return null;
  const sum = Number(grouped.join('')) * 100 + (divided ? Number(end.padEnd(2, '0')) : 0);
  return Number.isSafeInteger(sum) ? sum : null;
}

/** True when the last separator divides pounds from pence, of which there are one or two digits. */
const isDecimal = (separators: readonly string[], digits: number, { whole }: Surroundings): boolean =>
  !whole &&
  /^[.,·]$/.test(separators.at(-1)!) &&
  digits <= 2 &&
  digits >= 1 &&
  !separators.slice(0, -1).includes(separators.at(-1)!);

/** True when whole pounds are grouped as some language does it, and can be nothing else. */
function inGroups(
  groups: readonly string[],
  between: readonly string[],
  last: string | undefined,
  divided: boolean,
  { decimal, currency, led, labelled }: Surroundings,
): boolean {
  const [first = '', ...rest] = groups;
  if (!rest.length) return first !== '' || divided;
  const [separator] = between;
  if (separator === '·' || between.some((one) => one !== separator)) return false;
  // By thousands, or as in India: three digits at the end and two before.
  const thousands = /^[1-9]\d{0,2}$/.test(first) && rest.every((group) => group.length === 3);
  const lakhs =
    separator === ',' &&
    /^[1-9]\d?$/.test(first) &&
    rest.at(-1)!.length === 3 &&
    rest.slice(0, -1).every((group) => group.length === 2);
  if (!thousands && !lakhs) return false;
  if (separator === ' ' && !led) return !labelled && divided && last === ',';
  // One group after a point or comma may be a fraction, unless something tells.
  if (divided || rest.length > 1 || separator === ' ' || separator === "'") return true;
  return decimal === null ? separator === ',' && currency === 'GBP' : separator !== decimal;
}
