import { judged, listed, money, type Result } from '../../../../checklist/check.ts';
import { counted } from '../../../../record/counted.ts';
import { numberAt, textAt } from '../../../../record/evidence.ts';
import { resultOf, says, seenThrough } from '../../../../record/phrases.ts';
import type { LedgerEntry, Run } from '../../../../record/vocabulary.ts';
import type { Check } from '../../check.ts';
import type { Intent, PaymentEvidence } from '../../evidence.ts';
import { takenFrom } from '../payment-intent.ts';
import { byWords, pictureAt, seenToAct, unseenIn } from './shown.ts';
import { namedSums } from './sums.ts';

const journalUnread: Result = {
  outcome: 'review',
  observed: 'the profile does not say where the journal of the till stands',
  evidence: [],
  advice: 'Give `driver.display.ledger` in the profile, or show the journal to a reviewer.',
};

/** The journal has an entry that fits; what it does not tell (`null`) is for a reviewer to look up. */
function ledgerHas(
  id: string,
  expected: string,
  advice: string,
  fits: (entry: LedgerEntry, params: Record<string, unknown>) => boolean | null,
): Check {
  return {
    id,
    plane: 'display',
    fault: 'pos',
    followsApi: true,
    ofJournal: true,
    expected: () => expected,
    advice,
    judge: ({ evidence, run }, params) => {
      if (!run.pos.journal) return journalUnread;
      const entries = evidence.newLedgerEntries;
      const unread = entries.flatMap(unreadIn);
      const found = entries.map((entry) => fits(entry, params));
      const hidden = unseenIn(evidence.all('display').at(-1)?.display, 'journal');
      const observed = `${entries.length ? entries.map(line).join('; ') : 'the journal has no new entry'}${hidden}`;
      if (!found.includes(true) && unread.length) return unreadable(observed, unread, evidence);
      if (!found.includes(true) && found.includes(null)) {
        return {
          outcome: 'review',
          observed: `${observed}; the journal does not tell it in a column of its own`,
          evidence: pictureAt(evidence),
        };
      }
      return judged(found.includes(true), observed, pictureAt(evidence));
    },
  };
}

/** What an entry has that cannot be read surely, as it stands there. */
const unreadIn = ({ unread = {} }: LedgerEntry): string[] =>
  Object.entries(unread).map(([member, text]) => `its ${member} "${text}"`);

const unreadable = (observed: string, unread: readonly string[], evidence: PaymentEvidence): Result => ({
  outcome: 'review',
  observed: `${observed}; the kit cannot read surely ${listed(unread)}`,
  evidence: pictureAt(evidence),
  advice:
    'Read it in the till. Give `language` in the profile for amounts, and `vocabulary.kinds` for kinds of entries.',
});

export const line = (entry: LedgerEntry): string =>
  `${entry.words} ${entry.unread?.total ?? money(entry.total, entry.currency)}${entry.tip ? ` with a tip of ${money(entry.tip, entry.currency)}` : ''}${entry.cashback ? ` with cashback of ${money(entry.cashback, entry.currency)}` : ''}${entry.manual ? ', recorded by hand' : ''}`;

export const journalChecks: Check[] = [
  ledgerHas(
    'ledger-has-sale',
    'the journal records the sale with its total',
    'Write a journal entry for each sale that was captured.',
    (entry, params) => entry.kind === 'sale' && entry.total === params.total && !entry.manual,
  ),
  ledgerHas(
    'ledger-has-cashback',
    'the journal records the sale with its cashback',
    'Record the cashback that the payment intent states.',
    (entry, params) =>
      entry.total === params.total && (entry.cashback === null ? null : entry.cashback === params.cashback),
  ),
  ledgerHas(
    'ledger-has-tip',
    'the journal records the sale with the gratuity entered on the till',
    'Record the `tipsAmount` that the payment intent states.',
    (entry, params) => entry.total === params.total && (entry.tip === null ? null : entry.tip === params.tip),
  ),
  ledgerHas(
    'ledger-has-machine-tip',
    'the journal records the sale with the gratuity given on the card machine',
    'Read the payment intent after the end and record its `tipsAmount` and `totalAmount`, not what was asked for.',
    (entry, params) => entry.total === params.total && (entry.tip === null ? null : entry.tip === params.tip),
  ),
  ledgerHas(
    'ledger-has-manual-sale',
    'the journal records the sale as recorded by hand',
    'Write a journal entry that says that a person recorded it.',
    (entry, params) => entry.manual && (entry.total ?? entry.amount) === params.total,
  ),
  ledgerHas(
    'ledger-has-manual-refund',
    'the journal records the refund as recorded by hand',
    'Write a journal entry that says that a person recorded it; how much was given back is known to nobody else.',
    (entry, params) => {
      const total = entry.total ?? entry.amount;
      // A journal may write what was given back with a minus.
      return entry.kind === 'refund' && entry.manual && total !== null && Math.abs(total) === params.total;
    },
  ),
  {
    id: 'ledger-agrees',
    plane: 'display',
    fault: 'pos',
    followsApi: true,
    ofJournal: true,
    corroborated: seenToAct,
    expected: () =>
      "each captured payment stands in the till's journal once, with its total, and no other does as paid",
    advice: byWords(
      'Write the journal from the payment intent, read after the session has ended.',
      'results',
      'partly',
    ),
    judge: ({ whole, run }) => {
      if (!run.pos.journal) return journalUnread;
      const entries = whole.newLedgerEntries;
      const wrong = [
        ...wrongSales(whole, entries, run),
        ...wrongRefunds(whole, entries, run),
        ...wrongRecords(whole, entries),
      ];
      const captured = takenIntents(whole).length;
      const unread = entries.flatMap(unreadIn);
      if (unread.length) {
        const summary = `${captured} captured, ${counted(entries.length, 'new entry', 'new entries')}`;
        return unreadable(wrong.length ? wrong.join('; ') : summary, unread, whole);
      }
      const vague = vagueRefunds(whole, entries, run);
      if (!wrong.length && vague.length) {
        return {
          outcome: 'review',
          observed: `${listed(vague.map(line))}: the journal does not tell how much was refunded`,
          evidence: pictureAt(whole),
          advice: byWords('Look in the till for how much of it was refunded.', 'partly'),
        };
      }
      return judged(
        wrong.length === 0,
        wrong.length
          ? `${wrong.join('; ')}${unseenIn(whole.all('display').at(-1)?.display, 'journal')}`
          : `${captured} captured, ${counted(entries.length, 'new entry', 'new entries')}`,
        pictureAt(whole),
      );
    },
  },
];

/** Payment intents of the till from which money was taken, whether or not it was given back later. */
const takenIntents = (whole: PaymentEvidence): Intent[] =>
  whole.made.filter(({ state }) => taken.has(textAt(state, 'status')));

const taken: ReadonlySet<string | null> = new Set(['Captured', 'Refunded']);

/** Where the journal's sales are not what the API says was taken. */
function wrongSales(whole: PaymentEvidence, all: readonly LedgerEntry[], run: Run): string[] {
  const entries = all.filter(({ kind }) => kind === 'sale');
  const isCaptured = (entry: LedgerEntry) => resultOf(entry.words, run.pos.vocabulary) === 'Captured';
  // A sale that was refunded may be marked so in place, and was paid all the same.
  const isPaid = (entry: LedgerEntry) => isCaptured(entry) || isMarked(entry, run);
  const wrong: string[] = [];
  const matched = new Set<LedgerEntry>();
  for (const intent of takenIntents(whole)) {
    const { id, state } = intent;
    const total = takenFrom(state);
    const currency = textAt(state, 'totalAmount', 'currencyCode');
    const named = entries.filter((entry) => tellsOf(entry, intent));
    // A journal that names neither is matched by what it says of the money, an entry for each payment.
    const nameless = entries.filter(
      (entry) => isNameless(entry) && !matched.has(entry) && isPaid(entry) && entry.total === total,
    );
    const mine = named.length ? named : nameless.slice(0, 1);
    for (const entry of mine) matched.add(entry);
    const paid = mine.some(isCaptured) ? mine.filter(isCaptured) : mine.filter(isPaid);
    // Marked in place the sale is one line still; in a line of its own it is money that came in twice.
    const again = mine.filter(
      (entry) => isMarked(entry, run) && !entry.kindSupposed && (entry.total ?? 0) > 0,
    );
    if (mine.some(isCaptured) && again.length)
      wrong.push(`the refund of ${id} stands as a sale: ${listed(again.map(line))}`);
    const tip = numberAt(state, 'tipsAmount', 'value') ?? 0;
    const first = paid[0];
    if (paid.length !== 1 || !first)
      wrong.push(`${id} is captured and stands ${counted(paid.length, 'time')} as paid`);
    else if (first.currency !== null && first.currency !== currency) {
      wrong.push(`${id} is in ${currency} and stands in ${first.currency}`);
    } else if (first.total !== total) {
      wrong.push(`${id} is captured with ${money(total)} and stands with ${money(first.total)}`);
    } else if (first.tip !== null && first.tip !== tip) {
      wrong.push(`${id} has a tip of ${money(tip)} and stands with ${money(first.tip)}`);
    }
  }
  for (const entry of entries) {
    if (!matched.has(entry) && !entry.manual && isPaid(entry))
      wrong.push(`${line(entry)} stands for no captured payment`);
  }
  return wrong;
}

/** A journal line that tells neither the payment intent nor the reference. */
const isNameless = ({ paymentIntentId, reference }: LedgerEntry): boolean =>
  paymentIntentId === null && reference === null;

/** Lines by hand are for those that the operator asked for, one each. */
function wrongRecords(whole: PaymentEvidence, all: readonly LedgerEntry[]): string[] {
  const recorded = all.filter(({ manual }) => manual).length;
  const asked = whole.all('action').filter(({ action }) => action.name === 'recordManually').length;
  return recorded > asked ? [`${recorded} stand as recorded by hand, and ${asked} were asked for`] : [];
}

/** A line of a sale whose own words say that it was refunded. */
const isMarked = ({ kind, words, manual }: LedgerEntry, run: Run): boolean =>
  kind === 'sale' && !manual && resultOf(words, run.pos.vocabulary) === 'Refunded';

/** What stands as refunded in the line of a sale, in minor units: all of it; `null` where it is a part and not reported. */
function markedRefund({ words, total }: LedgerEntry, run: Run): number | null {
  if (!says(words, run.pos.vocabulary.partly)) return Math.abs(total ?? 0);
  return namedSums(words)[0]?.value ?? null;
}

/** Where the journal tells of a payment, by its id or else its reference. */
const tellsOf = (entry: LedgerEntry, { id, state }: Intent): boolean =>
  same(entry.paymentIntentId, id) ||
  (entry.paymentIntentId === null && same(entry.reference, textAt(state, 'reference')));

/** What looks the same is the same, however its letters are coded. */
const same = (one: string | null, other: string | null): boolean =>
  one === other || (one !== null && other !== null && seenThrough(one) === seenThrough(other));

/** Sales that are marked as refunded in part, where nothing tells how much. */
function vagueRefunds(whole: PaymentEvidence, all: readonly LedgerEntry[], run: Run): LedgerEntry[] {
  const intents = takenIntents(whole);
  return all.filter(
    (entry) =>
      isMarked(entry, run) &&
      markedRefund(entry, run) === null &&
      !all.some(
        (other) =>
          other.kind === 'refund' &&
          (isNameless(other) || intents.some((intent) => tellsOf(entry, intent) && tellsOf(other, intent))),
      ),
  );
}

/** Where the journal's refunds are not what the API says was given back. */
function wrongRefunds(whole: PaymentEvidence, all: readonly LedgerEntry[], run: Run): string[] {
  const entries = all.filter(
    ({ kind, words, manual }) =>
      kind === 'refund' && !manual && resultOf(words, run.pos.vocabulary) === 'Refunded',
  );
  const marked = all.filter((entry) => isMarked(entry, run));
  const wrong: string[] = [];
  const matched = new Set<LedgerEntry>();
  for (const intent of takenIntents(whole)) {
    const { id, state } = intent;
    const reported = numberAt(state, 'refundedAmount') ?? 0;
    const back =
      textAt(state, 'status') === 'Refunded' ? Math.max(reported, takenFrom(state) ?? 0) : reported;
    const named = entries.filter((entry) => tellsOf(entry, intent));
    const nameless = entries.filter((entry) => isNameless(entry) && !matched.has(entry));
    const mine = named.length ? named : summingTo(nameless, back);
    for (const entry of mine) matched.add(entry);
    // A mark on the sale says no more than the refund's own line, where there is one.
    const mark =
      marked.find((entry) => tellsOf(entry, intent)) ??
      marked.find(
        (entry) => isNameless(entry) && !matched.has(entry) && entry.total === takenFrom(state) && back > 0,
      );
    if (mark) matched.add(mark);
    const inPlace = mark && !mine.length ? markedRefund(mark, run) : 0;
    const journal = mine.reduce((sum, { total }) => sum + Math.abs(total ?? 0), 0) + (inPlace ?? back);
    if (journal !== back)
      wrong.push(`of ${id} ${money(back)} were refunded, and ${money(journal)} stand as refunded`);
    else if (mark && back === 0) wrong.push(`${id} stands as refunded, and nothing of it was`);
  }
  for (const entry of marked) {
    if (isNameless(entry) && !matched.has(entry))
      wrong.push(`${line(entry)} stands as refunded, and nothing of it was`);
  }
  const unlinked = whole.sessions.filter(
    ({ type, state }) => type === 'UnlinkedRefund' && textAt(state, 'status') === 'Captured',
  ).length;
  const others = entries.filter((entry) => !matched.has(entry));
  if (others.length !== unlinked)
    wrong.push(`${unlinked} unlinked refunds were made, and ${others.length} stand as refunded`);
  return wrong;
}

/** As many of these refunds, from the first on, as come to that amount; none where they don't. */
function summingTo(entries: readonly LedgerEntry[], amount: number): LedgerEntry[] {
  const taken: LedgerEntry[] = [];
  let left = amount;
  for (const entry of entries) {
    const total = Math.abs(entry.total ?? 0);
    if (total === 0 || total > left) continue;
    taken.push(entry);
    left -= total;
  }
  return left === 0 ? taken : [];
}
