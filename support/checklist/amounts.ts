import { createHash } from 'node:crypto';
import type { Amounts } from '../record/amounts.ts';
import type { Observation } from '../record/vocabulary.ts';

/** What an amount of a row may be; amounts that stand before it in the row's rules are drawn before it. */
export interface AmountRule {
  /** The least and the most, in minor units. */
  readonly range: readonly [least: number, most: number] | ((drawn: Amounts) => readonly [number, number]);
  /** What it has to be besides; left out: no multiple of five pence, so that a till that rounds is noticed. */
  readonly fits?: (value: number) => boolean;
}

/** The amounts of each row, each by the letter that its scenario has for it. */
export type AmountRules = Readonly<Record<string, Readonly<Record<string, AmountRule>>>>;

/** What a checklist has to say of the amounts of its rows, which each run draws anew. */
export interface DrawnAmounts {
  readonly rules: AmountRules;
  /** The amounts with which its subject was asked for something new: neither those that follow from others, nor none. */
  readonly entered: (action: Entered) => readonly number[];
}

/** Any action that a record holds. */
export type Entered = Extract<Observation, { kind: 'action' }>['action'];

/** So many candidates are tried for one amount, and so many times a row is begun anew, before the rules are given up. */
const mostTries = 100;

/** What was drawn last: a run asks for the same again and again. */
let last: { readonly key: string; readonly all: ReadonlyMap<string, Amounts> } | null = null;

/**
 * The amounts of all rows of a checklist by a seed. A seed always gives the same, whichever rows are run. No amount is
 * in two places, and none of a row is the sum or the difference of two others of it: what a till shows or sends is then
 * known by its amount. Throws when rules can't be met, which is a mistake in them.
 */
export function amountsBy(
  seed: string,
  { name, amounts }: { readonly name: string; readonly amounts?: Pick<DrawnAmounts, 'rules'> },
): ReadonlyMap<string, Amounts> {
  const key = `${name}\n${seed}`;
  if (last?.key !== key) last = { key, all: draw(seed, amounts?.rules ?? {}) };
  return last.all;
}

function draw(seed: string, rules: AmountRules): Map<string, Amounts> {
  const used = new Set<number>();
  return new Map(
    Object.entries(rules).map(([row, own]) => {
      const amounts = rowOf(seed, row, own, used);
      for (const amount of Object.values(amounts)) used.add(amount);
      return [row, amounts];
    }),
  );
}

function rowOf(seed: string, row: string, rules: AmountRules[string], used: ReadonlySet<number>): Amounts {
  for (let time = 0; time < mostTries; time++) {
    const amounts: Record<string, number> = {};
    const met = Object.entries(rules).every(([name, rule]) => {
      const value = oneOf(rule, amounts, used, `${seed}\n${row}\n${name}\n${time}`);
      if (value === null) return false;
      amounts[name] = value;
      return true;
    });
    if (met) return amounts;
  }
  throw new Error(`No amounts of the row ${row} meet its rules with the seed ${seed}`);
}

function oneOf(rule: AmountRule, before: Amounts, used: ReadonlySet<number>, salt: string): number | null {
  const [least, most] = typeof rule.range === 'function' ? rule.range(before) : rule.range;
  const fits = rule.fits ?? ((value) => value % 5 !== 0);
  if (least > most) return null;
  for (let attempt = 0; attempt < (least === most ? 1 : mostTries); attempt++) {
    const value = between(least, most, `${salt}\n${attempt}`);
    if (fits(value) && !used.has(value) && standsApart(value, Object.values(before))) return value;
  }
  return null;
}

/** Whether an amount is none of others, and with no two of them does one make up another. */
const standsApart = (value: number, others: readonly number[]): boolean =>
  !others.some(
    (one, at) =>
      one === value ||
      others.some((other, place) => place > at && (one + other === value || Math.abs(one - other) === value)),
  );

/** First how many digits it has, then which: short amounts are as frequent as long ones. */
function between(least: number, most: number, salt: string): number {
  const hash = createHash('sha256').update(salt).digest();
  const part = (from: number, count: number) => Math.floor((hash.readUIntBE(from, 6) / 2 ** 48) * count);
  const shortest = String(least).length;
  const digits = shortest + part(0, String(most).length - shortest + 1);
  const [low, high] = [Math.max(least, 10 ** (digits - 1)), Math.min(most, 10 ** digits - 1)];
  return low + part(6, high - low + 1);
}
