import {
  failed,
  judged,
  money,
  noDisplay,
  notTestable,
  passed,
  type Result,
  seconds,
} from '../../../../checklist/check.ts';
import { resultOf, says } from '../../../../record/phrases.ts';
import type { ResultName, Run } from '../../../../record/vocabulary.ts';
import type { Check } from '../../check.ts';
import type { PaymentEvidence } from '../../evidence.ts';
import { takenFrom } from '../payment-intent.ts';
import {
  byWords,
  faintly,
  pictureAt,
  pictureOf,
  pictures,
  quoted,
  type Shown,
  shownSince,
  spoken,
  stoodFor,
  unseenIn,
  utterances,
} from './shown.ts';
import {
  hasAmount,
  isOfPayment,
  isPartOfMore,
  namedSums,
  partSums,
  partsNamed,
  reportedBack,
  type Sum,
} from './sums.ts';
import { answeredAt, deedsSince, truths } from './truths.ts';

export function shows(name: string, result: ResultName): Check {
  return {
    id: `shows-${name}`,
    plane: 'display',
    attestable: true,
    fault: 'pos',
    timed: true,
    followsApi: true,
    expected: (_, run) =>
      `after the action the POS shows ${result} (in its words: ${run.pos.vocabulary.results[result].map((word) => `"${word}"`).join(', ')})`,
    advice: byWords(
      'Show the final status of the session in words that mean only that.',
      `results.${result}`,
    ),
    corroborated: ({ evidence }) => {
      const status = evidence.session?.answers.at(-1)?.status;
      if (result === 'Refunded') {
        return truths(evidence, evidence.paymentStart, Number.POSITIVE_INFINITY).has('Refunded');
      }
      return status === result || (result === 'Declined' && status === 'SignatureVerificationRejected');
    },
    judge: ({ evidence, whole, run }) => {
      const start = evidence.paymentStart;
      const shown = shownSince(evidence, start);
      const last = shown.at(-1);
      if (!last) return notTestable(noDisplay);
      const means = (one: Shown) =>
        wasNeverSeen(one, shown) || isElsewhere(one, shown, run)
          ? null
          : resultOf(one.display.outcome, run.pos.vocabulary);
      const before = evidence
        .all('display')
        .filter((one) => one.at < start)
        .at(-1);
      // A result may leave the display again: what counts is the last that the till stated.
      const stated = shown.findLast(means) ?? last;
      const meaning = means(stated);
      const stale =
        before !== undefined &&
        resultOf(before.display.outcome, run.pos.vocabulary) === result &&
        shown.every(({ display }) => display.outcome === before.display.outcome);
      const hiding = isElsewhere(stated, shown, run)
        ? shown.findLast(({ display }) => display.unseen?.some(({ part }) => part === 'outcome'))
        : null;
      const words = stated.display.outcome;
      const named = words ? namedSums(words) : [];
      const foreign = named.length > 0 && !named.some((sum) => isOfPayment(sum, evidence));
      if (!meaning && words && !hiding && statedAfterTheEnd(evidence, words, result)) {
        return {
          outcome: 'review',
          observed: `shows ${quoted(words)}, which the vocabulary of the profile does not know`,
          evidence: pictureAt(evidence),
          mayCome: true,
          advice: `If it means ${result}, add it to \`vocabulary.results.${result}\` in the profile and run the row again.`,
        };
      }
      const { depicted } = last.display;
      if (!meaning && !words && depicted && depicted !== before?.display.depicted) {
        return {
          outcome: 'review',
          observed: `shows a picture without words, labelled ${quoted(depicted)}`,
          evidence: pictureAt(evidence),
          advice: `Look at the picture. If it means ${result}, name it in \`display.symbols\` of the profile, or give its words in \`vocabulary.results.${result}\`.`,
        };
      }
      const left =
        takes.has(result) && meaning === result && !foreign ? leftUnnamed(evidence, stated, named) : 0;
      const stood = meaning ? stoodFor(whole, stated, (one) => means(one) === meaning) : null;
      const flashed = stood !== null && stood < run.criteria['display.readable']!;
      const good = meaning === result && !stale && !foreign && !left && !flashed;
      return inTime(
        evidence,
        run,
        result,
        good ? (one) => means(one) === result : meaning && !left ? null : () => false,
        `shows ${quoted(stated.display.outcome)}${meaning ? `, which stands for ${meaning}` : hiding ? ' in another window only' : stated.display.outcome ? ', which stands for no result' : ''}${stale ? '; it stood there before the action' : ''}${foreign ? '; no amount of this payment is that' : ''}${left ? `, and ${money(left, named[0]?.currency)} more was ${result === 'Authorized' ? 'authorised' : 'taken'}` : ''}${flashed ? `; it was gone after ${Math.round(stood)} ms` : ''}${faintly(stated)}${unseenIn(hiding?.display ?? last.display, 'outcome')}`,
        pictureOf(evidence, stated),
      );
    },
  };
}

/** Results that say that money was taken, or reserved. */
const takes: ReadonlySet<ResultName> = new Set(['Captured', 'Authorized']);

/**
 * How much more was taken than a result names, in minor units; 0 where it names all of it, alone or in parts, where it
 * names no money, and where the rest stands beside it. A line of the journal is not beside it.
 */
function leftUnnamed(evidence: PaymentEvidence, { display }: Shown, named: readonly Sum[]): number {
  const taken = readAsTaken(evidence);
  const values = named.map(({ value }) => value);
  if (taken === null || !values.length || values.some((value) => value >= taken)) return 0;
  if (partSums(values).includes(taken)) return 0;
  const left = taken - Math.max(...partSums(values).filter((sum) => sum < taken));
  const names = display.ledger.flatMap(({ reference, paymentIntentId }) => [reference, paymentIntentId]);
  const beside = display.text
    .split('\n')
    .filter((line) => !names.some((name) => name && line.includes(name)));
  const besides = [taken, left].some((sum) => hasAmount(beside.join('\n'), (sum / 100).toFixed(2)));
  return besides || display.total === taken ? 0 : left;
}

/** What the kit has read to be taken on the payment in hand, or reserved; `null` where it is read no longer. */
function readAsTaken(evidence: PaymentEvidence): number | null {
  const id = evidence.session?.intentId;
  const read = evidence.all('state').findLast((state) => state.id === id);
  const moved = [...evidence.requests('changeAmount'), ...evidence.requests('capture')];
  if (!id || !read || moved.some(({ until }) => until > read.at)) return null;
  return takenFrom(evidence.intents.get(id)?.state ?? null);
}

/**
 * What a result comes to of which `states` says by which displays it is shown; `null` where another one is. One that
 * is shown too late warns, and what is missing is waited for once the API has reported it. A result that stood there when
 * the API reported it was not late.
 */
function inTime(
  evidence: PaymentEvidence,
  run: Run,
  result: ResultName,
  states: ((shown: Shown) => boolean) | null,
  observed: string,
  shown: readonly string[],
): Result {
  if (!states) return failed(observed, shown);
  const start = evidence.paymentStart;
  const since = shownSince(evidence, start);
  const answered = answeredAt(evidence, start, result);
  if (!since.some(states)) return failed(observed, shown, { mayCome: answered !== null });
  if (answered === null) return passed(observed, shown);
  const standing = since.findLast(({ at }) => at <= answered);
  const first =
    standing && states(standing) ? standing : since.find((one) => one.at > answered && states(one));
  const late = first ? first.at - answered : 0;
  const beyond = late - run.criteria['display.within']!;
  if (beyond <= 0) return passed(observed, shown);
  return {
    outcome: 'warning',
    observed: `${observed}, ${seconds(late)} after the API had said it`,
    evidence: shown,
    beyond,
    advice: byWords(tooLate, `results.${result}`),
  };
}

const tooLate =
  'Show the result as soon as the API has said it: until then nobody at the till knows whether the customer has paid.';

/**
 * True of a result that only another window shows, where the till's own page has it and hides it at some time: what a
 * customer sees is of no use to the till's operator.
 */
function isElsewhere({ display }: Shown, shown: readonly Shown[], run: Run): boolean {
  const result = resultOf(display.outcome, run.pos.vocabulary);
  return (
    display.elsewhere === true &&
    shown.some((one) =>
      one.display.unseen?.some(
        ({ part, text }) => part === 'outcome' && result && resultOf(text, run.pos.vocabulary) === result,
      ),
    )
  );
}

/** True of a result that pictures of the page, which come a moment later, have shown to be hidden all the while. */
function wasNeverSeen({ at, display: { outcome } }: Shown, shown: readonly Shown[]): boolean {
  const next = shown.find((one) => one.at > at && one.display.outcome !== outcome);
  return (
    next?.display.unseen?.some(
      ({ part, text, proven }) => proven && part === 'outcome' && text === outcome,
    ) ?? false
  );
}

/**
 * True when the till began to show these words only after it learned of this result: words that stood there
 * while the payment was going on state no result.
 */
function statedAfterTheEnd(evidence: PaymentEvidence, words: string, result: ResultName): boolean {
  const first = evidence.all('display').find(({ display }) => display.outcome === words)?.at ?? 0;
  return truths(evidence, evidence.paymentStart, first).has(result);
}

/** What tells that a sum is what a refund leaves: "£6.00 of £10.00 remain". */
const remains =
  /\b(?:remain\w*|left|kept|rest|balance|outstanding|still|net|retained|not (?:yet )?refunded)\b/i;

/** What a display says, line by line. */
const partsOf = ({ display }: Shown): string[] => [...utterances(display), ...display.text.split('\n')];

export const resultChecks: Check[] = [
  shows('captured', 'Captured'),
  shows('authorized', 'Authorized'),
  shows('refunded', 'Refunded'),
  shows('declined', 'Declined'),
  shows('canceled', 'Canceled'),
  {
    id: 'shows-unconfirmed',
    plane: 'display',
    attestable: true,
    fault: 'pos',
    timed: true,
    followsApi: true,
    expected: () => 'a dialogue says that the result of the payment cannot be confirmed',
    advice: byWords(
      'An expired session is neither a success nor a decline: say that the result is not known.',
      'results.Unconfirmed',
    ),
    judge: ({ evidence, run }) => {
      const shown = shownSince(evidence, evidence.paymentStart);
      const asking = shown.filter(({ display }) =>
        display.dialogues.some(({ text }) => resultOf(text, run.pos.vocabulary) === 'Unconfirmed'),
      );
      const last = shown.at(-1);
      return inTime(
        evidence,
        run,
        'Unconfirmed',
        (one) => asking.includes(one),
        `shows ${quoted(last ? spoken(last.display) : null)}${unseenIn(last?.display, 'dialogue')}`,
        pictures([asking.at(-1)])
          .concat(pictureAt(evidence))
          .slice(0, 1),
      );
    },
  },
  {
    id: 'shows-part-of-refund',
    plane: 'display',
    fault: 'pos',
    timed: true,
    followsApi: true,
    expected: (params) => `the till says that only a part was refunded: ${money(Number(params.amount))}`,
    advice: byWords('Say that the payment was refunded in part, and with what amount.', 'partly'),
    judge: ({ evidence, run }, params) => {
      const amount = (Number(params.amount) / 100).toFixed(2);
      const shown = shownSince(evidence, evidence.paymentStart);
      const sent = deedsSince(evidence, evidence.paymentStart)[0];
      const before = evidence.all('display').findLast(({ at: time }) => sent && time < sent.at);
      // A control for refunds in part, or the line of an earlier one, says nothing of this one.
      const stood = new Set(before ? partsOf(before) : []);
      const back = new Set([Number(params.amount), ...reportedBack(evidence)]);
      const saysOther = (part: string): boolean => {
        const named = partsNamed(part);
        return named.length > 0 && !remains.test(part) && !named.some((sum) => back.has(sum));
      };
      const saying = shown.filter((one) => {
        const anew = partsOf(one).filter((part) => !stood.has(part));
        const saying = anew.filter(
          (part) => says(part, run.pos.vocabulary.partly) || isPartOfMore(part, amount),
        );
        // Who says "refunded in part: £10.00" of £4.00 has named the wrong sum, whatever a field beside it holds.
        const another =
          saying.some(saysOther) ||
          (saying.every((part) => namedSums(part).length > 0 && !hasAmount(part, amount)) &&
            !anew.some((part) => hasAmount(part, amount)));
        return saying.length > 0 && hasAmount(one.display.text, amount) && !another;
      });
      // A result with another part is wrong, whatever a text beside it has said before.
      const next = evidence.all('action').find(({ at: time }) => sent && time > sent.at)?.at;
      const wrong = shown.find(
        ({ at: time, display: { outcome } }) =>
          time < (next ?? Number.POSITIVE_INFINITY) &&
          outcome !== null &&
          !stood.has(outcome) &&
          saysOther(outcome),
      );
      const last = wrong ?? shown.at(-1);
      return judged(
        saying.length > 0 && !wrong,
        `shows ${quoted(last ? spoken(last.display) : null)}`,
        pictureAt(evidence),
      );
    },
  },
  {
    id: 'shows-new-amount',
    plane: 'display',
    fault: 'pos',
    timed: true,
    followsApi: true,
    expected: (params) => `the till shows the new amount, ${money(Number(params.amount))}`,
    advice: 'Show the amount that the answer states.',
    judge: ({ evidence }, params) => {
      const since = evidence.lastAction('changeAmount')?.at ?? 0;
      const amount = (Number(params.amount) / 100).toFixed(2);
      const before = evidence.all('display').findLast((one) => one.at < since);
      const shown = shownSince(evidence, since).some(({ display }) => hasAmount(display.text, amount));
      const now = shown && !(before && hasAmount(before.display.text, amount));
      return judged(
        now,
        now ? `shows ${amount}` : `${amount} is ${shown ? 'shown, and stood there before' : 'not shown'}`,
        pictureAt(evidence),
      );
    },
  },
];
