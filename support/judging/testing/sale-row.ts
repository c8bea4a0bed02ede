import { aPaidSale } from '../../checklists/payments/stories/situations.ts';
import type { Story } from '../../checklists/payments/stories/story.ts';
import type { Verdict } from '../../record/vocabulary.ts';
import { judged } from './bench.ts';

/** Checks by what they come to on a paid sale of a browser till. */
export const sale = {
  /** The till's own: it sent no cancellation. */
  passes: 'no-cancel-sent',
  /** The till's own: it never made the change that the row asks for. */
  fails: 'intent-cancel-sent',
  /** The API's: the session was captured, not declined. */
  apiFails: 'session-ends-declined',
  /** The till never asked for the terminals. */
  warns: 'terminals-listed',
  /** Nobody has declared it. */
  reviews: 'credentials-entered-by',
} as const;

export const asking = (...ids: string[]): Story => ids.reduce((story, id) => story.expect(id), aPaidSale());

export const verdict = (...args: Parameters<typeof judged>): Verdict => judged(...args).verdict;
