import { knownWords } from '../../checklist/index.ts';
import { blank } from '../../record/display.ts';
import type { Dialogue, Display, DisplayVocabulary, ResultName } from '../../record/vocabulary.ts';

/** Something that a POS may show, as a person can choose it. */
export interface Choice {
  readonly id: string;
  readonly group: 'result' | 'message' | 'prompt' | 'nothing';
  /** What it means. */
  readonly means: string;
  /** How this POS words it. */
  readonly words: readonly string[];
  /** Buttons that may be offered with it. */
  readonly buttons: readonly { readonly id: string; readonly words: string }[];
}

/** What a person said that the POS shows. */
export interface Said {
  /** The `id` of a choice; left out where none fits. */
  readonly choice?: string;
  /** What it passes on of the card machine besides, by the `id` of that choice. */
  readonly prompt?: string;
  /** The buttons that are offered with it, by their ids. */
  readonly buttons?: readonly string[];
  /** What it says, in its own words. */
  readonly words?: string;
}

const results: Readonly<Record<ResultName, string>> = {
  Captured: 'The payment was taken',
  Authorized: 'The amount is reserved',
  Declined: 'The payment was declined',
  Canceled: 'The payment was cancelled',
  Unconfirmed: 'The result cannot be confirmed',
  Refunded: 'Money was given back',
  RecordedByHand: 'It was recorded by hand',
};

/** How many phrases a choice shows. */
const most = 2;

type Lists = Readonly<Record<string, readonly string[] | undefined>>;

/** What a person can choose from, in the words of the profile. */
export function choicesOf(vocabulary: DisplayVocabulary): Choice[] {
  const { lists } = knownWords();
  const phrases = (name: string): readonly string[] => (vocabulary as unknown as Lists)[name] ?? [];
  const buttons = (of: string): Choice['buttons'] =>
    Object.entries(lists).flatMap(([id, { offeredWith }]) =>
      offeredWith === of ? [{ id, words: phrases(id)[0] ?? id }] : [],
    );
  return [
    ...(Object.keys(results) as ResultName[]).map((id) => ({
      id,
      group: 'result' as const,
      means: results[id],
      words: vocabulary.results[id].slice(0, most),
      buttons: buttons(id),
    })),
    ...Object.entries(lists).flatMap(([id, { shownAs, description }]) =>
      shownAs
        ? [
            {
              id,
              group: 'message' as const,
              means: description,
              words: phrases(id).slice(0, most),
              buttons: buttons(id),
            },
          ]
        : [],
    ),
    ...Object.entries(vocabulary.prompts).map(([id, words]) => ({
      id,
      group: 'prompt' as const,
      means: words[0] ?? id,
      words: [],
      buttons: [],
    })),
    { id: 'nothing', group: 'nothing', means: 'Nothing of a payment', words: [], buttons: [] },
  ];
}

/** What a person said, as a display: in the words of the person, or else in the first ones of the profile. */
export function displayOf(said: Said, vocabulary: DisplayVocabulary): Display {
  const choices = choicesOf(vocabulary);
  const prompt = choices.find(({ group, id }) => group === 'prompt' && id === said.prompt)?.means;
  const chosen = choices.find(({ group, id }) => group !== 'prompt' && id === said.choice);
  const display = displayBy(said, chosen);
  return prompt === undefined ? display : { ...display, prompt, text: `${display.text}\n${prompt}`.trim() };
}

function displayBy(said: Said, choice: Choice | undefined): Display {
  const { words: own } = said;
  if (!choice) return own ? { ...blank, text: own, outcome: own, notice: own } : blank;
  const words = own || choice.words[0] || choice.means;
  if (choice.group === 'nothing') return { ...blank, text: own ?? '' };
  if (choice.buttons.length || knownWords().lists[choice.id]?.shownAs === 'dialogue') {
    const options = choice.buttons.filter((one) => said.buttons?.includes(one.id)).map((one) => one.words);
    const dialogue: Dialogue = { text: words, options };
    return { ...blank, text: [words, ...options].join('\n'), dialogues: [dialogue] };
  }
  if (choice.group === 'message') return { ...blank, text: words, notice: words };
  return { ...blank, text: words, outcome: words };
}
