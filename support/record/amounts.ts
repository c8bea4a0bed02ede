/** The amounts of a row in minor units, each by the letter that its scenario has for it. */
export type Amounts = Readonly<Record<string, number>>;

/** How a scenario writes an amount that each run draws anew: `£A`, `€B`, or a sum of some, `£A + £B`. */
export const namedAmount = /[£€][A-Z]\b(?: \+ [£€][A-Z]\b)*/;

/** The letters of the amounts that a text adds up: `A` and `B` of `£A + £B`. */
export const lettersIn = (text: string): string[] =>
  [...text.matchAll(/[£€]([A-Z])\b/g)].map(([, letter]) => letter!);

/** A step of a scenario with its amounts in figures; a letter that stands for none is left as it is. */
export const inFigures = (text: string, amounts: Amounts): string =>
  text.replace(new RegExp(namedAmount, 'g'), (named) => {
    const letters = lettersIn(named);
    if (!letters.every((letter) => Object.hasOwn(amounts, letter))) return named;
    return named[0] + (letters.reduce((sum, letter) => sum + amounts[letter]!, 0) / 100).toFixed(2);
  });

/**
 * A text with letters for the amounts of its row, and for the sums of two of them: what runs with other amounts say of the
 * same thing is then the same.
 */
export function inLetters(text: string, amounts: Amounts): string {
  const drawn = Object.entries(amounts);
  const sums = drawn.flatMap(([one, amount], at) =>
    drawn.slice(at + 1).map(([other, more]) => [`${one} + ${other}`, amount + more] as const),
  );
  const letters = new Map([...sums, ...drawn].map(([letter, amount]) => [(amount / 100).toFixed(2), letter]));
  return text.replace(/(?<![\d.,])\d+\.\d\d(?!\d)/g, (amount) => letters.get(amount) ?? amount);
}
