import type { Certificate } from '../../judging/index.ts';
import type { Run } from '../../record/vocabulary.ts';
import type { Decided } from '../decided.ts';
import type { Pictures } from './pictures.ts';
import type { Places } from './places.ts';

/** What a page shows besides the certificate itself, where it is given. */
export interface Besides {
  /** What a reviewer has said. */
  readonly decided?: Decided;
  /** What is otherwise than in an earlier run: the run, and a sentence for each change. */
  readonly since?: { readonly run: string; readonly changes: readonly string[] };
}

/** What each part of the page goes by. */
export interface View extends Besides {
  readonly certificate: Certificate;
  readonly run: Run;
  readonly places: Places;
  readonly pictures: Pictures;
  /** The card machines that the run used, by their TIDs. */
  readonly cardMachines: readonly string[];
}
