import { createHash } from 'node:crypto';
import type { Catalogue } from '../../checklist/index.ts';
import type { Certificate, CertificateRow } from '../../judging/index.ts';
import { type Amounts, inLetters } from '../../record/amounts.ts';
import type { Verdict } from '../../record/vocabulary.ts';
import { drawnIn } from '../amounts.ts';

/** What a reviewer says of a row that is for review. `ask`: the partner has to explain or run it again. */
export type Answer = 'accept' | 'reject' | 'ask';

export const answers: readonly Answer[] = ['accept', 'reject', 'ask'];

type Rule = Catalogue['rules'][number];

interface Said {
  readonly row: string;
  readonly reason: string;
  /** The reviewer, by name. */
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
  /** What the row rests on, as a digest (`basisOf`): the word counts for no other. */
  readonly basis: string;
  /** The run of which it was said first, where it was taken over from there; left out where it was not. */
  readonly from?: string;
}

/** A remark about a row, whatever its verdict: it settles nothing. */
export interface Comment {
  readonly row: string;
  readonly text: string;
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
}

/** Settles a row that is for review. */
export interface Decision extends Said {
  readonly answer: Answer;
}

/** A failing that is put up with for some time. */
export interface Waiver extends Said {
  /** The last day on which it counts, in UTC: `2027-03-31`. */
  readonly lastDay: string;
}

/** A waiver that the partner asked for, and does not get: the row stays failed. */
export type Refusal = Said;

/** What a reviewer has said of one run. */
export interface Review {
  readonly schema: 1;
  /** The run's id, and the heads of its streams: it is of no other run. */
  readonly run: string;
  readonly heads: readonly string[];
  readonly decisions: readonly Decision[];
  readonly waivers: readonly Waiver[];
  /** Left out where none was refused. */
  readonly refusals?: readonly Refusal[];
  /** Left out where nobody remarked anything. */
  readonly comments?: readonly Comment[];
}

/** What a row comes to with what a reviewer has said of it. The kit's verdict stays beside it. */
export interface SettledRow {
  readonly row: string;
  readonly verdict: Verdict;
  /** `as judged`: nobody has said anything that counts. */
  readonly settled: 'as judged' | 'accepted' | 'rejected' | 'asked' | 'waived' | 'refused';
  readonly decision: Decision | Waiver | Refusal | null;
}

/** What a run comes to with what a reviewer has said. */
export interface Settlement {
  readonly rows: readonly SettledRow[];
  /** `certified`: by the kit alone. `by decision`: a person's word was needed. */
  readonly result: 'certified' | 'certified by decision' | 'not certified';
  /** Words that do not count, and why; a sentence each. */
  readonly ignored: readonly string[];
}

/**
 * A digest of what a row's verdict rests on: its checks, what each came to, expected and observed. Two runs in which it
 * is the same show the reviewer the same thing, with the amounts and ids that each has drawn.
 */
export function basisOf({ id, verdict, why, findings }: CertificateRow, amounts: Amounts): string {
  const rests = findings
    .filter(({ outcome }) => outcome !== 'passed')
    .map(({ check, outcome, expected, observed }) => [
      check,
      outcome,
      ...[expected, observed].map((text) => lasting(inLetters(text, amounts))),
    ]);
  return createHash('sha256')
    .update(JSON.stringify([id, verdict, lasting(why), rests]))
    .digest('hex');
}

/**
 * A sentence without the ids and the date and time of its run; what is the same in it twice stays the same. How long
 * something took stays: to be late by a minute is not what was said of being late by a second.
 */
function lasting(text: string): string {
  const drawn: string[] = [];
  const named = (found: string): string => {
    if (!drawn.includes(found)) drawn.push(found);
    return `#${drawn.indexOf(found)}`;
  };
  return text
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/g, 'TIME')
    .replace(/\b[a-z]{2,5}_[\w-]{6,}|\bx-[\da-f]{8}-\d+/g, named);
}

/** The heads of the streams that a certificate was made of. */
export const headsIn = ({ run }: Certificate): string[] =>
  ('head' in run.stream ? [run.stream] : run.stream).map(({ head }) => head);

/** A review of a run in which nothing has been said yet. */
export const emptyReview = (certificate: Certificate): Review => ({
  schema: 1,
  run: certificate.run.id,
  heads: headsIn(certificate),
  decisions: [],
  waivers: [],
});

/**
 * Applies what a reviewer has said to a certificate. A decision settles a row that is for review, a waiver one that
 * failed, and neither settles anything else; of several words about a row the last one counts. `at` is the day (ISO 8601)
 * on which it is asked: a waiver that has ended counts no more. `rules` are the checklist's.
 */
export function settle(
  certificate: Certificate,
  review: Review,
  { at, rules }: { readonly at: string; readonly rules: readonly Rule[] },
): Settlement {
  const ignored: string[] = [];
  const drawn = drawnIn(certificate);
  const ofRun = review.run === certificate.run.id && sameHeads(review.heads, headsIn(certificate));
  if (!ofRun)
    ignored.push(`The review is of the run ${review.run}, and this is another record: nothing in it counts.`);
  const said = ofRun ? review : emptyReview(certificate);
  const onWaivers: readonly (Waiver | Refusal)[] = [...said.waivers, ...(said.refusals ?? [])];
  for (const { row } of [...said.decisions, ...onWaivers])
    if (!certificate.rows.some(({ id }) => id === row)) ignored.push(`The run holds no row ${row}.`);
  const rows = certificate.rows.map((row): SettledRow => {
    const asJudged: SettledRow = { row: row.id, verdict: row.verdict, settled: 'as judged', decision: null };
    const basis = basisOf(row, drawn(row.id));
    const decision = last(said.decisions, row.id);
    const waiver = last(onWaivers, row.id);
    for (const [word, what, settles] of [
      [decision, 'decision', 'review'],
      [waiver, 'waiver', 'failed'],
    ] as const) {
      if (!word) continue;
      if (row.verdict !== settles)
        ignored.push(
          `A ${what} settles only what is ${settles === 'review' ? 'for review' : 'failed'}, and ${row.id} is ${row.verdict}.`,
        );
      else if (word.basis !== basis)
        ignored.push(`The ${what} of ${row.id} rests on other findings than the row has.`);
    }
    if (decision && row.verdict === 'review' && decision.basis === basis)
      return { ...asJudged, settled: settledBy[decision.answer], decision };
    if (waiver && row.verdict === 'failed' && waiver.basis === basis) {
      if (!('lastDay' in waiver)) return { ...asJudged, settled: 'refused', decision: waiver };
      if (at.slice(0, 10) <= waiver.lastDay) return { ...asJudged, settled: 'waived', decision: waiver };
      ignored.push(`The waiver of ${row.id} ended on ${waiver.lastDay}.`);
    }
    return asJudged;
  });
  return { rows, result: resultOf(certificate, rows, rules), ignored };
}

const settledBy = { accept: 'accepted', reject: 'rejected', ask: 'asked' } as const;

/** The decisions and waivers of one review that still hold in another run: their rows rest on the same. */
export function takenOver(review: Review, certificate: Certificate): Review {
  const drawn = drawnIn(certificate);
  const holds = ({ row, basis }: Said): boolean =>
    certificate.rows.some((one) => one.id === row && basisOf(one, drawn(row)) === basis);
  const kept = <Word extends Said>(word: Word): Word => ({ ...word, from: word.from ?? review.run });
  return {
    ...emptyReview(certificate),
    decisions: review.decisions.filter(holds).map(kept),
    waivers: review.waivers.filter(holds).map(kept),
  };
}

function resultOf(
  certificate: Certificate,
  rows: readonly SettledRow[],
  rules: readonly Rule[],
): Settlement['result'] {
  const { summary, run } = certificate;
  if (summary.certified) return 'certified';
  const holds = new Set(
    rows.filter(
      ({ verdict, settled }) =>
        verdict === 'passed' || verdict === 'warning' || settled === 'accepted' || settled === 'waived',
    ),
  );
  const accepted = new Set([...holds].filter(({ settled }) => settled !== 'waived').map(({ row }) => row));
  const applicable = certificate.rows.some(
    ({ verdict, level }) => verdict !== 'not-applicable' && level === 'mandatory',
  );
  const whole = run.finishedAt !== null && run.notSelected.length === 0 && applicable;
  const ruled = rules.every(({ anyOf }) => anyOf.some((row) => accepted.has(row)));
  const all = rows.every((row) => holds.has(row) || row.verdict === 'not-applicable');
  return whole && ruled && all ? 'certified by decision' : 'not certified';
}

const sameHeads = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((head) => other.includes(head));

const last = <Word extends Said>(words: readonly Word[], row: string): Word | null =>
  words
    .filter((word) => word.row === row)
    .toSorted((one, other) => one.at.localeCompare(other.at))
    .at(-1) ?? null;
