import { deletedWords } from '../record/picture-line.ts';
import type { Fact, Facts } from '../record/vocabulary.ts';

/** Who did something, and what it was, in words for people. */
export type Words = readonly [who: string, what: string];

/** For each fact by its name: what a reader of the record sees of it. */
export type FactWords = { readonly [Name in keyof Facts]?: (detail: Facts[Name]) => Words };

/** The words for what the kit itself notes, whichever the checklist. */
const own: FactWords = {
  'row-token': () => ['kit', 'marked the row in the POS'],
  'amounts-drawn': ({ amounts }) => [
    'kit',
    `drew the amounts ${Object.entries(amounts)
      .map(([letter, value]) => `${letter} = ${(value / 100).toFixed(2)}`)
      .join(', ')}`,
  ],
  'traffic-unobserved': () => ['kit', 'does not see what the POS sends, and reads what is made of it'],
  'host-refused': ({ host }) => ['POS', `wanted to ${host} by the kit's proxy, which refused it`],
  'host-tunnelled': ({ host }) => ['POS', `went to ${host} by the kit's proxy, unseen`],
  'settings-kept': () => ['kit', 'left the settings of the POS as they were'],
  'settings-entered': ({ times }) => [
    'kit',
    times === 1 ? 'set the POS up for the run' : `set the POS up anew, for the ${times}th time in the run`,
  ],
  'journal-visited': () => ['kit', 'opened the journal of the POS and left it again'],
  'tidying-up': () => ['kit', 'began to bring the POS back to an empty basket'],
  'leftovers-ended': ({ ids }) => ['kit', `ended what the row had left open: ${ids.join(', ')}`],
  'leftovers-open': ({ ids }) => ['kit', `could not end yet what the row had left open: ${ids.join(', ')}`],
  'picture-withheld': () => ['kit', 'kept no picture, because the display showed a card number or a key'],
  'photo-again': ({ name, row }) => ['kit', `found that the photo ${name} had been given in ${row} already`],
  'photo-deleted': (photo) => ['kit', `has not the photo ${deletedWords(photo)}`],
  'done-by-person': ({ by, at, what }) => [by, `did it, and said so at ${at.slice(11, 16)} UTC: ${what}`],
  'left-by-person': ({ by, reason }) => [by, `left the row: ${reason}`],
};

/** A fact in words for people: the kit's own, those of its checklist, or else its name and detail as they are. */
export function wordsOf({ name, detail }: Fact, ofChecklist: FactWords): Words {
  const words = { ...own, ...ofChecklist }[name] as ((detail: Fact['detail']) => Words) | undefined;
  return words?.(detail) ?? ['kit', `${name} ${JSON.stringify(detail)}`];
}
