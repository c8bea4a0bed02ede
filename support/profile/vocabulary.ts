import { knownWords } from '../checklist/index.ts';
import type { DisplayVocabulary, ResultName } from '../record/vocabulary.ts';

/** The words that tills use for the results of payments. Where several phrases fit, the longest decides. */
const results: Readonly<Record<ResultName, readonly string[]>> = {
  Captured: [
    'captured',
    'paid',
    'payment successful',
    'payment approved',
    'approved',
    'payment complete',
    'sale complete',
  ],
  Authorized: [
    'authorized',
    'authorised',
    'pre-authorised',
    'pre-authorized',
    'payment authorised',
    'payment authorized',
  ],
  Declined: ['declined', 'payment declined', 'card declined', 'signature rejected'],
  Canceled: ['canceled', 'cancelled', 'payment cancelled', 'payment canceled'],
  Unconfirmed: [
    'cannot be confirmed',
    'could not be confirmed',
    'not confirmed',
    'result not confirmed',
    'unconfirmed',
    'result unknown',
    'result of the payment is not known',
  ],
  Refunded: ['refunded', 'refund successful', 'refund complete', 'partially refunded'],
  RecordedByHand: [
    'recorded by hand',
    'recorded manually',
    'manually recorded',
    'marked as paid by hand',
    'recorded as paid by hand',
  ],
};

/**
 * The words that tills use, and what they stand for, as far as the known checklists read them. A profile replaces any
 * list by the till's own words; what was used is shown in the certificate.
 */
export function usualVocabulary(): DisplayVocabulary {
  const { prompts, kinds, lists } = knownWords();
  const phrases = Object.entries(lists).map(([name, list]) => [name, list.phrases] as const);
  return { ...Object.fromEntries(phrases), results, prompts, kinds } as unknown as DisplayVocabulary;
}
