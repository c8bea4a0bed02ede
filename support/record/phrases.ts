import type { DisplayVocabulary, ResultName } from './vocabulary.ts';

/**
 * A text as its reader takes it: letters composed, each kind of space and of apostrophe the same, and without what
 * cannot be seen (soft hyphens, zero-width characters, marks of direction).
 */
export const seenThrough = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[^\S\r\n\t]/gu, ' ')
    .replace(/[‘’ʼ]/g, "'");

const escaped = (phrase: string): string =>
  phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');

/** "not paid", "un-paid", "isn't paid", "no longer paid", "could not be paid" and "nothing was paid" do not say "paid". */
const denied =
  "(?<!\\b(?:not|cannot|no|nothing|never|without|un|(?:is|was|has|have|can|could)n?['’]t)[\\s-]*(?:(?:yet|longer|be|been|was|is|has|were)\\s+)*)";

const undenied = new RegExp(denied, 'iuy');

/** What may stand between "will be" and the word itself. */
const meanwhile = '(?:\\p{L}+ly\\s+|(?:now|then|soon|also)\\s+)*';

/**
 * What leads up to a word and keeps it from being so already: "will be paid", "to be paid" and "being paid" are
 * still to come, and so is what a till waits for or does only if something happens.
 */
const toCome = [
  `\\b(?:being|getting)\\s+${meanwhile}$`,
  `\\b(?:to|will|would|shall|should|must|may|might|can|could)\\s+(?:only\\s+)?(?:be|get|have\\s+been)\\s+${meanwhile}$`,
  '\\b(?:if|unless|whether|when|until|wait|waiting|awaiting)\\b(?:[^.!?…;\\n]|\\.(?=\\d))*$',
].map((pattern) => new RegExp(pattern, 'iu'));

/** True when the text says one of the phrases, as whole words and not denied; a record may lack a list of them. */
export function says(text: string | null, phrases: readonly string[] = []): boolean {
  return longest(text, phrases) > 0;
}

/** A regular expression that matches any of the phrases as whole words, in a text that is seen through. */
export const wordsIn = (phrases: readonly string[]): string =>
  `(?<![\\p{L}\\p{N}])(?:${phrases.map((phrase) => escaped(seenThrough(phrase))).join('|')})(?![\\p{L}\\p{N}])`;

/** How a phrase is looked for: the quickest test goes first, and what leads up to it is looked at where it stands. */
interface Pattern {
  /** Its longest word, in small letters, where that has no other letters than a to z. */
  readonly word: string;
  readonly said: RegExp;
  /** Matches where what leads up to it does not deny it; `null` for a phrase that is a denial itself. */
  readonly granted: RegExp | null;
}

/** A vocabulary has few phrases, and each is looked for in every text of a run. */
const patterns = new Map<string, Pattern>();

function patternOf(word: string): Pattern {
  let pattern = patterns.get(word);
  if (!pattern) {
    const phrase = seenThrough(word);
    const [long = ''] = (phrase.toLowerCase().match(/\S+/g) ?? []).sort((a, b) => b.length - a.length);
    pattern = {
      word: /^[a-z]+$/.test(long) ? long : '',
      said: new RegExp(`(?<![\\p{L}\\p{N}])${escaped(phrase)}(?![\\p{L}\\p{N}])`, 'giu'),
      granted: /^(not|no|never|un)\b/i.test(phrase) ? null : undenied,
    };
    patterns.set(word, pattern);
  }
  return pattern;
}

/** Length of the longest phrase that the text says, where what leads up to it lets it count; 0 when it says none. */
function longest(
  text: string | null,
  phrases: readonly string[],
  counts: (lead: string) => boolean = () => true,
): number {
  if (!text) return 0;
  const { read, small } = readAs(text);
  let length = 0;
  for (const phrase of phrases) {
    if (phrase.length <= length) continue;
    const { word, said, granted } = patternOf(phrase);
    if (!small.includes(word)) continue;
    const stands = ({ index }: RegExpExecArray): boolean => {
      if (granted) granted.lastIndex = index;
      return (granted?.test(read) ?? true) && counts(read.slice(0, index));
    };
    if ([...read.matchAll(said)].some(stands)) length = phrase.length;
  }
  return length;
}

/** The text that was read last: each is asked for many phrases, one after another. */
let lastRead = { text: '', read: '', small: '' };

/** `small`: in small letters; a regular expression takes a long s (ſ) for one as well. */
function readAs(text: string): typeof lastRead {
  if (lastRead.text === text) return lastRead;
  const read = seenThrough(text);
  lastRead = { text, read, small: read.toLowerCase().replaceAll('\u017f', 's') };
  return lastRead;
}

/**
 * Which result the till's words state: the one whose phrase is the longest in the text, so that "cannot be
 * confirmed as paid" is not "paid". `null` when no phrase of the vocabulary is there, when it is only said to
 * come, or when it is undecided between two.
 */
export function resultOf(text: string | null, vocabulary: DisplayVocabulary): ResultName | null {
  let found: ResultName | null = null;
  let length = 0;
  for (const [name, phrases] of Object.entries(vocabulary.results)) {
    // That a result is not known is so at once, however it is put.
    const now = (lead: string) => name === 'Unconfirmed' || !toCome.some((pattern) => pattern.test(lead));
    const match = longest(text, phrases, now);
    if (match === length) found = null;
    if (match > length) {
      found = name as ResultName;
      length = match;
    }
  }
  return found;
}

/**
 * The results that a text states outright, sentence by sentence. A question states nothing, nor does what follows
 * it (its answers), nor a sentence that makes a condition, nor a text that says that the result is not known.
 */
export function statedOutright(text: string, vocabulary: DisplayVocabulary): ResultName[] {
  const sentences = text.split(/(?<=[.!?…])\s|\n\s*(?=\p{Lu})/u);
  const question = sentences.findIndex((sentence) => sentence.includes('?'));
  const results = (question < 0 ? sentences : sentences.slice(0, question))
    .filter((sentence) => !/\b(?:if|unless|whether|when|in case)\b/i.test(sentence))
    .flatMap((sentence) => resultOf(sentence, vocabulary) ?? []);
  return results.includes('Unconfirmed') ? [] : results;
}

/** Phrases that stand for more than one result: each of a till's words may stand for one only. */
export function ambiguousPhrases(vocabulary: DisplayVocabulary): string[] {
  const meanings = new Map<string, Set<string>>();
  for (const [name, phrases] of Object.entries(vocabulary.results)) {
    for (const phrase of phrases) {
      const key = seenThrough(phrase).toLowerCase();
      meanings.set(key, (meanings.get(key) ?? new Set()).add(name));
    }
  }
  return [...meanings].filter(([, names]) => names.size > 1).map(([phrase]) => phrase);
}

/** The results by which a customer has paid, or is bound to; where the others stand, nothing is taken. */
const bound: ReadonlySet<string> = new Set<ResultName>([
  'Captured',
  'Authorized',
  'Refunded',
  'RecordedByHand',
]);

/** A phrase of a till's own for a result that usually states one on the other side of money moved or not moved. */
export function contraryPhrase(
  own: Readonly<Partial<Record<ResultName, readonly string[]>>>,
  usual: DisplayVocabulary,
): { readonly phrase: string; readonly given: ResultName; readonly usual: ResultName } | null {
  for (const [name, phrases] of Object.entries(own)) {
    for (const phrase of phrases) {
      const given = name as ResultName;
      const meaning = resultOf(phrase, usual);
      if (meaning && bound.has(meaning) !== bound.has(given)) return { phrase, given, usual: meaning };
    }
  }
  return null;
}
