import { UsageError } from '../../record/usage-error.ts';
import { drawnIn } from '../amounts.ts';
import type { Signer } from '../bundle/keys.ts';
import {
  type Answer,
  answers,
  basisOf,
  emptyReview,
  type Review,
  type Settlement,
  settle,
} from '../decisions/decision.ts';
import { draftOf, readDraft, signedReviewOf, writeDraft, writeSigned } from '../decisions/file.ts';
import type { Again } from '../judge-again.ts';

/** What a reviewer says of one row or of several that have one cause. */
export interface Word {
  readonly rows: readonly string[];
  /** A decision, or a waiver until a day. */
  readonly answer: Answer | 'waive';
  readonly reason: string;
  readonly by: string;
  /** The last day of a waiver: `2027-03-31`. */
  readonly until?: string;
}

/** A reviewer at work on one bundle. Each word is kept on the disk as soon as it is said. */
export class ReviewSession {
  readonly again: Again;
  readonly #bundle: string;
  #review: Review;

  /** Goes on with the draft that lies beside the bundle, if it is of this run. Throws a `UsageError` when it can't be read. */
  constructor(bundle: string, again: Again) {
    this.again = again;
    this.#bundle = bundle;
    const empty = emptyReview(again.certificate);
    const draft = readDraft(draftOf(bundle));
    this.#review = draft && draft.heads.join() === empty.heads.join() ? draft : empty;
  }

  get review(): Review {
    return this.#review;
  }

  get settlement(): Settlement {
    return settle(this.again.certificate, this.#review, {
      at: new Date().toISOString(),
      rules: this.again.checklist.rules,
    });
  }

  /** Says something of rows. Throws a `UsageError` when it lacks something, or says what a row cannot be told. */
  say(word: Word): void {
    const { rows, answer } = word;
    const [reason, by] = [word.reason.trim(), word.by.trim()];
    const at = new Date().toISOString();
    const all = rows.map((id) => this.again.certificate.rows.find((row) => row.id === id));
    const wants = answer === 'waive' ? 'failed' : 'review';
    const wrong = all.findIndex((row) => row?.verdict !== wants);
    const lacks = !rows.length
      ? 'a row'
      : wrong >= 0
        ? `a row that is ${wants === 'review' ? 'for review' : 'failed'}, and ${rows[wrong]} is ${all[wrong]?.verdict ?? 'not in the run'}`
        : answer !== 'waive' && !answers.includes(answer)
          ? `one of ${answers.join(', ')}`
          : !reason
            ? 'a reason'
            : !by
              ? 'the name of the reviewer'
              : answer === 'waive' && !isDay(word.until)
                ? 'the last day of the waiver, such as 2027-03-31'
                : null;
    if (lacks)
      throw new UsageError(
        'KIT-REVIEW-006',
        `Expected ${lacks}${wrong >= 0 ? '' : ', but it is missing'}. Nothing was noted.`,
      );
    const drawn = drawnIn(this.again.certificate);
    const said = all.map((row) => ({
      row: row!.id,
      reason,
      by,
      at,
      basis: basisOf(row!, drawn(row!.id)),
    }));
    const others = <One extends { readonly row: string }>(words: readonly One[]) =>
      words.filter(({ row }) => !rows.includes(row));
    const { decisions, waivers } = this.#review;
    this.#review =
      answer === 'waive'
        ? {
            ...this.#review,
            waivers: [...others(waivers), ...said.map((one) => ({ ...one, until: word.until! }))],
          }
        : { ...this.#review, decisions: [...others(decisions), ...said.map((one) => ({ ...one, answer }))] };
    writeDraft(draftOf(this.#bundle), this.#review);
  }

  /** Signs what has been said; returns the file. */
  sign(signer: Signer): string {
    const file = signedReviewOf(this.#bundle);
    writeSigned(file, this.#review, signer);
    return file;
  }
}

const isDay = (text: string | undefined): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text ?? '') && !Number.isNaN(Date.parse(text!));
