import type { Aside, Unseen } from '../../record/vocabulary.ts';

/** Elements that Playwright has found in a page, by the selectors that a page does not understand itself. */
export interface Found {
  __kitFound?: Map<string, Element[]>;
}

/** What is read off the page, as text; `null` where there is no such element or it is not visible. */
export interface RawDisplay {
  readonly text: string;
  readonly outcome: string | null;
  readonly prompt: string | null;
  readonly notice: string | null;
  /** Left out where the profile does not say where it stands. */
  readonly total?: string | null;
  /** The totals that other windows show. */
  readonly windowTotals?: string[];
  readonly dialogues: { readonly text: string; readonly options: string[] }[];
  readonly cardMachines: string[];
  readonly ledger: Record<string, string | null>[];
  /** What stands in one of these and nobody can make out; it is left out of them. */
  readonly unseen: Unseen[];
  /** What the rest of the page says with words of a result. */
  readonly beside: Aside[];
  /** What is seen where the result stands, and has no words: pictures, by their labels. */
  readonly depicted: string | null;
  /** The contrast of the result, where it is hard to read. */
  readonly faint: number | null;
  /** Another window shows the result, and the page of the till shows none. */
  readonly elsewhere?: boolean;
  /** A text of it is transparent at the moment, for a picture without it: what was read is not so. */
  readonly veiled?: true;
}
