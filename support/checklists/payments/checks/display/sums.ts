import { jsonOf, listAt, numberAt, textAt } from '../../../../record/evidence.ts';
import { minorUnits } from '../../../../record/money.ts';
import type { Json } from '../../../../record/vocabulary.ts';
import type { Sale } from '../../actions.ts';
import type { PaymentEvidence } from '../../evidence.ts';
import { attempted, deedsSince, intentOf, intentsOf } from './truths.ts';

export interface Sum {
  /** In minor units. */
  readonly value: number;
  readonly currency: string;
}

const marks: Readonly<Record<string, string>> = { '£': 'GBP', '€': 'EUR', $: 'USD' };
export const mark = '[£€$]|\\b(?:GBP|EUR|USD)\\b';
const digits = "\\d+(?:[.,'’\\u00a0\\u2009\\u202f ]\\d{3})*(?:[.,·]\\d{1,2})?(?![.,·'’]?\\d)";
const sums = new RegExp(
  `(?<before>${mark})\\s?[-−–]?\\s?(?<after>${digits})|(?<![\\d.,])(?<ahead>${digits})\\s?(?<behind>${mark})`,
  'gi',
);

/** A page that puts each part of an amount in an element of its own may be read with spaces between them. */
const joined = (text: string): string => text.replace(/(?<=\d)\s+([.,·])\s+(?=\d{2}(?!\d))/g, '$1');

/** The sums of money that a text names, each with its currency: a number without one may be anything. */
export function namedSums(text: string): Sum[] {
  return [...joined(text).matchAll(sums)].flatMap(({ 0: sum, groups = {} }) => {
    const unit = (groups.before ?? groups.behind ?? '').toUpperCase();
    const value = minorUnits(sum);
    return value === null ? [] : { value: Math.abs(value), currency: marks[unit] ?? unit };
  });
}

/** What a text says besides sums of money. */
export const withoutSums = (text: string): string => text.replace(sums, ' ');

/** What an action may say of money itself; a sale says it apart. */
interface Asked {
  readonly name: string;
  readonly amount?: number;
  readonly currency?: string;
}

/** What makes up the total of a payment, alone and added up; and what comes of it. */
const parts = ['amount', 'tipsAmount', 'cashbackAmount'] as const;
const wholes = ['totalAmount', 'refundedAmount'] as const;

/** A number that a payment intent has, as money or bare. */
const sumAt = (json: Json, name: string): number | null =>
  numberAt(json, name, 'value') ?? numberAt(json, name);

/** What may be named of a payment intent: its parts, what some of them come to, and what one leaves of the whole. */
function sumsOf(json: Json): number[] {
  const addable = parts.flatMap((part) => sumAt(json, part) ?? []);
  const all = wholes.flatMap((name) => sumAt(json, name) ?? []);
  const captured = listAt(json, 'captures').flatMap((one) => numberAt(one, 'amount') ?? []);
  const back = sumAt(json, 'refundedAmount');
  const total = sumAt(json, 'totalAmount');
  const left = [...captured, ...all, ...addable.slice(0, 1)].flatMap((one) =>
    back === null ? [] : one - back,
  );
  const without = total === null ? [] : addable.map((part) => total - part);
  return [...partSums(addable), ...all, ...captured, ...left, ...without].map(Math.abs);
}

/** Each sum that some of these come to. */
export const partSums = (values: readonly number[]): number[] =>
  values.reduce<number[]>((sums, value) => sums.concat(sums.map((sum) => sum + value)), [0]).slice(1);

/** What is named of an entered sale: each part alone, and what comes on top of its amount, with a tip of the machine too. */
function sumsEntered({ amount, tip = 0, cashback = 0 }: Sale, given: readonly number[]): number[] {
  return [tip, ...given].flatMap((one) => partSums([amount, one, cashback]));
}

/**
 * True when that sum may be named of the payment in hand: nothing, a part of it, or what parts come to. What the operator
 * has asked for counts too, but for amounts that were `refused`.
 */
export function isOfPayment(
  { value, currency }: Sum,
  evidence: PaymentEvidence,
  refused: ReadonlySet<number> = new Set(),
): boolean {
  const start = evidence.paymentStart;
  const root = attempted(evidence.starts, start);
  // A refund may name what there is of the payment that it gives back.
  const origin = root?.action.name === 'sale' ? root.at : 0;
  const known = new Set<number>();
  const currencies = new Set<string | null | undefined>();
  const given = evidence.facts('tip-given').map(({ detail }) => detail.value);
  for (const { action, at: time } of evidence.all('action')) {
    if (time < origin) continue;
    if (action.name === 'sale') {
      currencies.add(action.sale.currency);
      for (const sum of sumsEntered(action.sale, given)) known.add(sum);
    }
    const asked: Asked = action;
    if (asked.amount !== undefined && !refused.has(asked.amount)) known.add(asked.amount);
    currencies.add(asked.currency);
  }
  const paid = intentsOf(deedsSince(evidence, start));
  const answers = evidence.exchanges.filter(
    (exchange) => exchange.at >= origin || paid.has(intentOf(exchange)),
  );
  const read = [...evidence.intents.values()].filter(
    ({ id, created }) => (created?.at ?? 0) >= origin || paid.has(id),
  );
  for (const json of [
    ...answers.map(({ response }) => jsonOf(response)),
    ...read.map(({ state }) => state),
  ]) {
    for (const sum of sumsOf(json)) known.add(sum);
    for (const name of [...parts, ...wholes]) currencies.add(textAt(json, name, 'currencyCode'));
  }
  if (!known.size || value === 0) return true;
  return known.has(value) && (currencies.has(currency) || ![...currencies].some(Boolean));
}

/** A total of that sale, or of a part of it, that leaves out the cashback which the customer pays as well. */
export function lacksCashback(value: number, sale: Sale, evidence: PaymentEvidence): boolean {
  const given = evidence.facts('tip-given').map(({ detail }) => detail.value);
  const sums = (one: Sale) =>
    [0, ...given, sale.tip ?? 0].map((tip) => one.amount + tip + (one.cashback ?? 0));
  return sums({ ...sale, cashback: 0 }).includes(value) && !sums(sale).includes(value);
}

const minus = '[-−–]';
const signed = new RegExp(
  `\\(?(?:${minus}\\s?)?(?:(?:${mark})\\s?)?(?:${minus}\\s?)?(?<![\\d.,])${digits}(?:\\s?(?:${mark}))?(?:\\s?\\)|${minus}(?!\\s?\\d))?`,
  'gi',
);

/** What a text writes as sums, in minor units and with their signs, however it writes them: "£1,234.00", "£12". */
const writtenSums = (text: string): number[] =>
  [...joined(text).matchAll(signed)].flatMap(([sum]) => minorUnits(sum) ?? []);

const minorOf = (amount: string): number => Math.round(Number(amount) * 100);

/** True when the text tells the amount, and not a greater one that ends in it. */
export const hasAmount = (text: string, amount: string): boolean =>
  new RegExp(`(?<![\\d.,])${amount.replace('.', '[.,]')}(?!\\d)`).test(text) ||
  writtenSums(text).some((sum) => Math.abs(sum) === minorOf(amount));

const sumOfSum = new RegExp(
  `(?<part>${signed.source})\\s+(?:out\\s+)?(?:of|from)\\s+(?:the\\s+)?(?<whole>${signed.source})`,
  'gi',
);

/** The sums that a text tells as parts of others, in minor units: £4.00 in "£4.00 of £10.00", and none in "2 of 3". */
export const partsNamed = (text: string): number[] =>
  [...joined(text).matchAll(sumOfSum)].flatMap(({ groups: { part = '' } = {} }) =>
    namedSums(part).length || /[.,]\d{2}\b/.test(part) ? (minorUnits(part) ?? []) : [],
  );

/** What the API has reported to be given back by then, in minor units. */
export const reportedBack = (evidence: PaymentEvidence): ReadonlySet<number> =>
  new Set(evidence.exchanges.flatMap(({ response }) => sumAt(jsonOf(response), 'refundedAmount') ?? []));

/** True when the text tells the amount as a part of a greater one: "£4.00 of £10.00". */
export const isPartOfMore = (text: string, amount: string): boolean =>
  [...joined(text).matchAll(sumOfSum)].some(({ groups = {} }) => {
    const [part, whole] = [minorUnits(groups.part), minorUnits(groups.whole)];
    return part === minorOf(amount) && whole !== null && whole > part;
  });

/** True when the text tells the amount as something taken off: with a minus, before or after it, or in brackets. */
export function hasDeduction(text: string, amount: string): boolean {
  const unit = '(?:[£€]|[A-Z]{3})?';
  const sum = `(?<![\\d.,])${amount.replace('.', '[.,]')}(?!\\d)`;
  if (writtenSums(text).includes(-minorOf(amount))) return true;
  return new RegExp(
    [
      `${minus}\\s?${unit}\\s?${sum}`,
      `${unit}\\s?${minus}\\s?${sum}`,
      `\\(\\s?${unit}\\s?${sum}\\s?${unit}\\s?\\)`,
      `${sum}${minus}(?!\\s?\\d)`,
    ].join('|'),
  ).test(text);
}
