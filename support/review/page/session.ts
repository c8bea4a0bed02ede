import type { CertificateRow } from '../../judging/index.ts';
import { cropOf } from '../../record/picture.ts';
import { attemptsOf } from '../../record/stream.ts';
import { UsageError } from '../../record/usage-error.ts';
import type { Besides } from '../../report/index.ts';
import { drawnIn } from '../amounts.ts';
import type { Signer } from '../bundle/keys.ts';
import { isDay } from '../day.ts';
import { decidedBy } from '../decisions/decided.ts';
import {
  type Answer,
  answers,
  basisOf,
  emptyReview,
  type Review,
  type Settlement,
  settle,
  takenOver,
} from '../decisions/decision.ts';
import { draftOf, readDraft, signedReviewOf, writeDraft, writeSigned } from '../decisions/file.ts';
import type { Again } from '../judge-again.ts';
import { type AnsweredRequest, type Request, withAnswers } from '../requests.ts';

/** What a reviewer says of one row or of several that have one cause. */
export interface Word {
  readonly rows: readonly string[];
  /** A decision, a waiver or its refusal, or a remark that settles nothing. */
  readonly answer: Answer | 'waive' | 'refuse' | 'comment';
  readonly reason: string;
  readonly by: string;
  /** The last day of a waiver: `2027-03-31`. */
  readonly lastDay?: string;
}

/** What a review begins with, besides the run itself. */
export interface Earlier {
  /** What the partner has said about rows. */
  readonly requests?: readonly Request[];
  /** What was said of an earlier run: what rests on the same still counts. */
  readonly review?: Review;
  /** What is otherwise than in an earlier run. */
  readonly since?: NonNullable<Besides['since']>;
}

/** A reviewer at work on one bundle. Each word is kept on the disk as soon as it is said. */
export class ReviewSession {
  readonly again: Again;
  readonly since: Besides['since'];
  readonly #requests: readonly Request[];
  readonly #bundle: string;
  #review: Review;

  /** Goes on with the draft that lies beside the bundle, if it is of this run. Throws a `UsageError` when it can't be read. */
  constructor(bundle: string, again: Again, { review: earlier, since, requests = [] }: Earlier = {}) {
    this.again = again;
    this.since = since;
    this.#requests = requests;
    this.#bundle = bundle;
    const empty = emptyReview(again.certificate);
    const draft = readDraft(draftOf(bundle));
    const own = draft && draft.heads.join() === empty.heads.join() ? draft : empty;
    this.#review = earlier ? joined(own, takenOver(earlier, again.certificate)) : own;
    if (earlier) writeDraft(draftOf(bundle), this.#review);
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

  /** What the partner has said, and what was answered so far. */
  get requests(): readonly AnsweredRequest[] {
    return withAnswers(this.#requests, this.settlement);
  }

  /** What the certificate's page shows besides the certificate. */
  get besides(): Besides {
    return {
      decided: decidedBy(this.settlement, this.#review, this.#requests),
      ...(this.since ? { since: this.since } : {}),
    };
  }

  /** The bytes of a picture of a row, or of the part of it that says what it says; `null` where there is none. */
  picture(row: string, name: string): { readonly type: string; readonly bytes: Buffer } | null {
    for (const shot of attemptsOf(this.again.recording.rows.get(row)).flatMap(
      ({ screenshots }) => screenshots,
    )) {
      const base64 = name === shot.name ? shot.base64 : name === cropOf(shot.name) ? shot.crop : undefined;
      if (base64 !== undefined) return { type: shot.type, bytes: Buffer.from(base64, 'base64') };
    }
    return null;
  }

  /** Says something of rows. Throws a `UsageError` when it lacks something, or says what a row cannot be given. */
  say(word: Word): void {
    const said = this.#rowsOf(word);
    const by = word.by.trim();
    const reason = word.reason.trim();
    const at = new Date().toISOString();
    const drawn = drawnIn(this.again.certificate);
    const words = said.map((row) => ({ row: row.id, reason, by, at, basis: basisOf(row, drawn(row.id)) }));
    const others = <One extends { readonly row: string }>(before: readonly One[]) =>
      before.filter(({ row }) => !word.rows.includes(row));
    const { decisions, waivers, refusals = [], comments = [] } = this.#review;
    const { answer, lastDay } = word;
    const now: Partial<Review> =
      answer === 'comment'
        ? { comments: [...comments, ...said.map(({ id }) => ({ row: id, text: reason, by, at }))] }
        : answer === 'waive'
          ? {
              waivers: [...others(waivers), ...words.map((one) => ({ ...one, lastDay: lastDay! }))],
              refusals: others(refusals),
            }
          : answer === 'refuse'
            ? { waivers: others(waivers), refusals: [...others(refusals), ...words] }
            : { decisions: [...others(decisions), ...words.map((one) => ({ ...one, answer }))] };
    this.#review = { ...this.#review, ...now };
    writeDraft(draftOf(this.#bundle), this.#review);
  }

  /** The rows that a word is about. Throws a `UsageError` when it lacks something, or they cannot be given that. */
  #rowsOf({ rows, answer, reason, by, lastDay }: Word): CertificateRow[] {
    const all = rows.map((id) => this.again.certificate.rows.find((row) => row.id === id));
    const wants =
      answer === 'comment' ? null : answer === 'waive' || answer === 'refuse' ? 'failed' : 'review';
    const wrong = all.findIndex((row) => !row || (wants !== null && row.verdict !== wants));
    const misfit =
      wrong < 0
        ? null
        : `a row ${wants === null ? 'of the run' : wants === 'review' ? 'that is for review' : 'that is failed'}, and ${rows[wrong]} is ${all[wrong]?.verdict ?? 'not in the run'}`;
    const unasked =
      answer === 'refuse'
        ? rows.find((id) => !this.#requests.some(({ row, lastDay }) => row === id && lastDay !== undefined))
        : undefined;
    const missing = [
      ...(rows.length ? [] : ['a row']),
      ...(wants === 'review' && !answers.some((one) => one === answer)
        ? [`one of ${answers.join(', ')}`]
        : []),
      ...(reason.trim() ? [] : ['a reason']),
      ...(by.trim() ? [] : ['the name of the reviewer']),
      ...(answer === 'waive' && !isDay(lastDay) ? ['the last day of the waiver, such as 2027-03-31'] : []),
    ][0];
    const lacks =
      rows.length && misfit
        ? misfit
        : unasked
          ? `a waiver that the partner asked for, and for ${unasked} none was`
          : missing && `${missing}, but it is missing`;
    if (lacks) throw new UsageError('KIT-REVIEW-006', `Expected ${lacks}. Nothing was noted.`);
    return all as CertificateRow[];
  }

  /** Signs what has been said; returns the file. */
  sign(signer: Signer): string {
    const file = signedReviewOf(this.#bundle);
    writeSigned(file, this.#review, signer);
    return file;
  }
}

/** Words of this run's own come before those that were taken over. */
function joined(own: Review, taken: Review): Review {
  const of = <One extends { readonly row: string }>(before: readonly One[], more: readonly One[]) => [
    ...before,
    ...more.filter(({ row }) => !before.some((one) => one.row === row)),
  ];
  return { ...own, decisions: of(own.decisions, taken.decisions), waivers: of(own.waivers, taken.waivers) };
}
