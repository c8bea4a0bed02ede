import type { CertificateRow } from '../judging/index.ts';

/** What a reviewer's word made of a row. */
export interface DecidedRow {
  /** What it is called: `accepted`, `waived, last day 2027-03-31`. */
  readonly word: string;
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
  readonly reason: string;
  /** The run in which it was said, where it was taken over from there: nothing that it rests on has changed since. */
  readonly from?: string;
}

/** What a reviewer has said of a run, as its certificate shows it beside the kit's verdicts. */
export interface Decided {
  readonly result: 'certified' | 'certified by decision' | 'not certified';
  readonly rows: ReadonlyMap<CertificateRow['id'], DecidedRow>;
  /** What somebody has remarked about rows, whatever their verdict. */
  readonly comments: ReadonlyMap<
    CertificateRow['id'],
    readonly { readonly by: string; readonly text: string }[]
  >;
  /** What the partner has said before the run was sealed, and what the reviewer answered; a comment has no answer. */
  readonly requests: readonly {
    readonly row: CertificateRow['id'];
    readonly text: string;
    readonly by: string;
    /** ISO 8601. */
    readonly at: string;
    /** The last day of the waiver that is asked for; left out of a comment. */
    readonly lastDay?: string;
    readonly answer?: string;
  }[];
  /** Words that do not count, and why; a sentence each. */
  readonly ignored: readonly string[];
}
