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

/** How wide a text is, in the unit of `size`. Letters from beyond the Latin alphabets count as a full square. */
export function textWidth(text: string, size: number): number {
  let thousandths = 0;
  for (const character of text) {
    thousandths += widthOf.get(character) ?? (character.codePointAt(0)! > 0x24f ? 1000 : 570);
  }
  return (thousandths * size) / 1000;
}

/** The text, cut to a width with an ellipsis where it is longer; empty where not even a few letters fit. */
export function fitted(text: string, size: number, room: number): string {
  if (textWidth(text, size) <= room) return text;
  const characters = [...text];
  while (characters.length > 3) {
    characters.pop();
    const cut = `${characters.join('').trimEnd()}…`;
    if (textWidth(cut, size) <= room) return cut;
  }
  return '';
}
