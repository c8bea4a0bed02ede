import type { DisplayVocabulary, ResultName } from '../vocabulary.ts';

const escaped = (phrase: string): string =>
  phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');

/** "not paid", "un-paid", "isn't paid", "no longer paid", "could not be paid" and "nothing was paid" do not say "paid". */
const denied =
  "(?<!\\b(?:not|cannot|no|nothing|never|without|un|(?:is|was|has|have|can|could)n?['’]t)[\\s-]*(?:(?:yet|longer|be|been|was|is|has|were)\\s+)*)";

/** True when the text says one of the phrases, as whole words and not denied. */
export function says(text: string | null, phrases: readonly string[]): boolean {
  return longest(text, phrases) > 0;
}

/** Length of the longest phrase that the text says; 0 when it says none. */
function longest(text: string | null, phrases: readonly string[]): number {
  if (!text) return 0;
  let length = 0;
  for (const phrase of phrases) {
    if (phrase.length <= length) continue;
    const guard = /^(not|no|never|un)\b/i.test(phrase) ? '' : denied;
    if (new RegExp(`${guard}(?<![\\p{L}\\p{N}])${escaped(phrase)}(?![\\p{L}\\p{N}])`, 'iu').test(text))
      length = phrase.length;
  }
  return length;
}

/**
 * Which result the till's words state: the one whose phrase is the longest in the text, so that "cannot be
 * confirmed as paid" is not "paid". `null` when no phrase of the vocabulary is there, or when it is undecided
 * between two.
 */
export function resultOf(text: string | null, vocabulary: DisplayVocabulary): ResultName | null {
  let found: ResultName | null = null;
  let length = 0;
  for (const [name, phrases] of Object.entries(vocabulary.results)) {
    const match = longest(text, phrases);
    if (match > 0 && match === length) found = null;
    if (match > length) {
      found = name as ResultName;
      length = match;
    }
  }
  return found;
}

/** Phrases that stand for more than one result: each of a till's words may stand for one only. */
export function ambiguousPhrases(vocabulary: DisplayVocabulary): string[] {
  const meanings = new Map<string, Set<string>>();
  for (const [name, phrases] of Object.entries(vocabulary.results)) {
    for (const phrase of phrases) {
      const key = phrase.toLowerCase();
      meanings.set(key, (meanings.get(key) ?? new Set()).add(name));
    }
  }
  return [...meanings].filter(([, names]) => names.size > 1).map(([phrase]) => phrase);
}
