import type { KindName } from './vocabulary.ts';

/** A message box of the till that waits for an answer. */
export interface Dialogue {
  readonly text: string;
  readonly options: string[];
}

/** One line of the till's own journal. `null`: the till does not tell. */
export interface LedgerEntry {
  /** `null`: its word for it is not in the vocabulary. */
  readonly kind: KindName | null;
  /** The journal has no word for the kind of this entry: it is taken for the usual one. */
  readonly kindSupposed?: true;
  readonly reference: string | null;
  readonly paymentIntentId: string | null;
  /** The till's own word for how it ended. */
  readonly words: string;
  readonly amount: number | null;
  readonly tip: number | null;
  readonly cashback: number | null;
  readonly total: number | null;
  readonly currency: string | null;
  /** True when a person recorded it by hand. */
  readonly manual: boolean;
  /** What stands there and cannot be read surely, by the member of which it is; a reviewer has to read it. */
  readonly unread?: Readonly<Record<string, string>>;
}

/** Something that stands on the till's page and nobody can make out, and why. */
export interface Unseen {
  readonly part: 'outcome' | 'prompt' | 'notice' | 'dialogue' | 'journal';
  readonly text: string;
  readonly reason: string;
  /** Pictures of the page have shown so: it was not to be seen before either. */
  readonly proven?: true;
}

/** A text with words of a result that stands beside what a profile selects of the till's page. */
export interface Aside {
  readonly text: string;
  /** What stands around it, and the headings and labels of that. */
  readonly near: string;
  /** True of a heading. */
  readonly heading?: boolean;
}

/** What the till shows to its user at one moment. */
export interface Display {
  /** All that can be read. */
  readonly text: string;
  /** The words in which the till states the result of the payment, where it states one. */
  readonly outcome: string | null;
  /** What the till says that the card machine is doing. */
  readonly prompt: string | null;
  /** Errors and advice that the till shows besides. */
  readonly notice: string | null;
  readonly dialogues: Dialogue[];
  readonly ledger: LedgerEntry[];
  /** The total of the basket or the payment, in minor units; `null` while none is shown, left out where nothing says where it stands. */
  readonly total?: number | null;
  /** The totals that other windows of the POS show, such as a customer display. */
  readonly windowTotals?: readonly number[];
  /** The currencies (ISO 4217) that those totals name, on its page and in other windows; left out where they name none. */
  readonly totalCurrencies?: readonly string[];
  /** What stands there as the total and cannot be read surely. */
  readonly unreadTotal?: string;
  /** Card machines that the till offers to choose from, in its own words. */
  readonly cardMachines: string[];
  /** What is left out of the above because nobody can make it out; left out itself where there is nothing such. */
  readonly unseen?: Unseen[];
  /** Another window of the POS shows the result, and its own page shows none. */
  readonly elsewhere?: boolean;
  /** What the rest of the page says with words of a result; left out where it says nothing such. */
  readonly beside?: Aside[];
  /** The labels of pictures that stand where the result does, where no words do; left out where there are none. */
  readonly depicted?: string;
  /** The contrast of the words of the result (to 1), where it is so little that they are hard to read. */
  readonly faint?: number;
}

/** A display on which nothing stands, or of which nothing is known. */
export const blank: Display = {
  text: '',
  outcome: null,
  prompt: null,
  notice: null,
  dialogues: [],
  ledger: [],
  cardMachines: [],
};
