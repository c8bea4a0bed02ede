/** Advance widths of Arial and its metric twins, in thousandths of the font size. */
const widths: readonly (readonly [characters: string, width: number])[] = [
  ["ijl'|‘’", 222],
  [' !,./:;I[]\\ft·', 278],
  ['()-`r°“”', 333],
  ['"*', 390],
  ['cksvxyzJ', 500],
  ['–×', 580],
  ['FTZ', 611],
  ['&ABEKPSVXY', 667],
  ['wCDHNRU', 722],
  ['GOQ', 778],
  ['mM', 833],
  ['%', 889],
  ['W', 944],
  ['@…→—', 1015],
];

const widthOf = new Map(
  widths.flatMap(([characters, width]) => [...characters].map((one) => [one, width] as const)),
);

/** How wide a letter is, in thousandths of the font size. One from beyond the Latin alphabets counts as a full square. */
const thousandths = (character: string): number =>
  widthOf.get(character) ?? (character.codePointAt(0)! > 0x24f ? 1000 : 570);

/** How wide a text is, in the unit of `size`. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const character of text) width += thousandths(character);
  return (width * size) / 1000;
}

/** The text, cut to so many letters with an ellipsis where it is longer. */
export function shortened(text: string, most: number): string {
  const characters = [...text];
  return characters.length > most
    ? `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`
    : text;
}

/** The text, cut to a width with an ellipsis where it is longer; empty where not even three letters fit. */
export function fitted(text: string, size: number, room: number): string {
  if (textWidth(text, size) <= room) return text;
  const characters = [...text];
  const most = (room * 1000) / size - thousandths('…');
  let width = 0;
  let count = 0;
  while (count < characters.length - 1) {
    width += thousandths(characters[count]!);
    if (width > most) break;
    count += 1;
  }
  return count < 3 ? '' : `${characters.slice(0, count).join('').trimEnd()}…`;
}
