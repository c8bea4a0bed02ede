import { failed, passed, type Result, seconds } from '../../../../checklist/check.ts';
import { readableAt, refusalText } from '../../../../record/evidence.ts';
import { resultOf, says, seenThrough, statedOutright } from '../../../../record/phrases.ts';
import type { Dialogue, Display, ResultName, Run } from '../../../../record/vocabulary.ts';
import type { Check } from '../../check.ts';
import type { PaymentEvidence } from '../../evidence.ts';
import { isFinal, isKnown } from '../../statuses.ts';
import { ofOtherMoney } from './other-money.ts';
import { byWords, causes, pictures, plain, quoted, type Shown, seenToAct, wordsOfPrompt } from './shown.ts';
import { deedsSince, requestOf, truths } from './truths.ts';

/** What the API had refused by then, in its own words: a till that quotes it claims nothing of its own. */
export const refusals = (evidence: PaymentEvidence, time: number): string[] =>
  evidence.exchanges
    .filter((exchange) => readableAt(exchange) <= time && (exchange.response?.status ?? 0) >= 400)
    .map(refusalText)
    .filter(Boolean);

/**
 * What the card machine had said by then, in the till's words: "Approved" and "Declined" are prompts too, and a till
 * that passes one on claims nothing. Once the till learned how the session ended, it is no prompt any more.
 */
export function promptsBy(evidence: PaymentEvidence, time: number, run: Run): string[] {
  const session = evidence.sessions.findLast(({ created }) => readableAt(created) <= time);
  const answered = session?.answers.filter(({ exchange }) => readableAt(exchange) <= time) ?? [];
  const over = answered.find(({ status }) => isFinal(status));
  // The kit sees a display a moment after it was drawn.
  if (over && time - readableAt(over.exchange) > run.criteria['display.readable']!) return [];
  const types = new Set(answered.flatMap(({ prompts }) => prompts.map(({ type }) => type)));
  return [...types].flatMap((type) => wordsOfPrompt(type, run));
}

/** What a text says besides passing on what the card machine says. The prompts of several windows are one text. */
export function withoutPrompts(
  text: string,
  prompt: string | null,
  words: readonly string[],
  run: Run,
): string {
  return (prompt?.split(' · ') ?? [])
    .map((own) => own.trim())
    .filter((own) => says(own, words))
    .reduce((rest, own) => rest.replace(own, '\n'), text)
    .split(/\n|(?<=[.!?…])\s/)
    .filter((part) => !words.some((word) => passesOn(part, word, run)))
    .join('\n');
}

/** True when a text is that prompt, and not a sentence about the payment: "Approved", and not "Payment approved". */
function passesOn(text: string, word: string, { pos: { vocabulary } }: Run): boolean {
  if (!says(text, [word])) return false;
  const seen = seenThrough(text);
  const from = seen.toLowerCase().indexOf(seenThrough(word).toLowerCase());
  const besides = `${seen.slice(0, from)} ${seen.slice(from + word.length)}`;
  const { sale, refund } = vocabulary.kinds;
  return (
    from >= 0 &&
    resultOf(besides, vocabulary) === null &&
    !says(besides, [...sale, ...refund, 'transaction', 'order', 'thank you', 'thanks'])
  );
}

interface Claim {
  readonly text: string;
  readonly result: ResultName;
}

/**
 * The results that a display states anew. Its result line claims whatever it stands for; a notice or a dialogue
 * only what it says outright of money, for it may ask, advise, quote what the API refused, or pass on what the card
 * machine says; and a dialogue that
 * has its user record the payment by hand, that its result cannot be confirmed.
 */
function claims(
  display: Display,
  before: Display,
  run: Run,
  refused: readonly string[],
  prompts: readonly string[],
): Claim[] {
  const { vocabulary } = run.pos;
  const stated = resultOf(display.outcome, vocabulary);
  const line =
    stated && stated !== 'RecordedByHand' && stated !== resultOf(before.outcome, vocabulary)
      ? [{ text: display.outcome ?? '', result: stated }]
      : [];
  const earlier = new Set(asides(before));
  const said = asides(display).flatMap((text): Claim[] => {
    if (earlier.has(text) || refused.some((reason) => plain(text).includes(plain(reason)))) return [];
    if (causes.some((cause) => says(text, vocabulary[cause]))) return [];
    return statedOutright(withoutPrompts(text, display.prompt, prompts, run), vocabulary).flatMap((result) =>
      outright.has(result) ? [{ text, result }] : [],
    );
  });
  const open = new Set(before.dialogues.map(({ text }) => text));
  const unsure = display.dialogues.flatMap(({ text, options }): Claim[] =>
    !open.has(text) &&
    resultOf(text, vocabulary) === 'Unconfirmed' &&
    options.some((option) => says(option, vocabulary.recordByHand))
      ? [{ text, result: 'Unconfirmed' }]
      : [],
  );
  return [...line, ...said, ...unsure];
}

/** What a display says beside its result. What a dialogue offers to do says nothing of what is so. */
const asides = ({ notice, dialogues }: Display): string[] =>
  [notice, ...dialogues.map(withoutOptions)].filter((text) => text !== null);

/** The text of a dialogue without its controls, which a page may tell at its end. */
function withoutOptions({ text, options }: Dialogue): string {
  let rest = text.trim();
  for (let next: string | undefined = ''; next !== undefined; ) {
    rest = rest.slice(0, rest.length - next.length).trimEnd();
    next = options.find((option) => option !== '' && rest !== option && rest.endsWith(option));
  }
  return rest;
}

const outright: ReadonlySet<ResultName> = new Set(['Captured', 'Authorized', 'Declined', 'Refunded']);

/**
 * The result of the payment before that a till still shows as a new sale, or a further attempt, goes on: from the
 * request with which that shows on the wire it has `display.within` to take it away. Until then it may stand.
 */
function lingering(whole: PaymentEvidence, run: Run): Result | null {
  const shown = whole.all('display');
  const { end } = whole;
  for (const { action, at: start } of whole.starts) {
    if (action.name !== 'sale' && action.name !== 'retry') continue;
    const next = whole.nextStart(start);
    const own = action.name === 'sale' ? requestOf(whole, start, next) : deedsSince(whole, start)[0];
    if (!own || own.at >= next) continue;
    const due = own.at + run.criteria['display.within']!;
    const first = shown.findLastIndex((one) => one.at <= start);
    const last = shown.findLastIndex((one) => one.at <= due);
    const result = resultOf(shown[first]?.display.outcome ?? null, run.pos.vocabulary);
    if (!result || result === 'RecordedByHand' || due >= Math.min(next, end)) continue;
    const stayed = shown
      .slice(first, last + 1)
      .every(({ display }) => resultOf(display.outcome, run.pos.vocabulary) === result);
    if (!stayed || truths(whole, start, due).has(result)) continue;
    return failed(
      `still showed ${quoted(shown[last]!.display.outcome)} (${result}), the result of the payment before, ${seconds(due - own.at)} after it had begun the next one`,
      [own.id, ...pictures(shown.slice(first)).slice(0, 1)],
      { timed: true },
    );
  }
  return null;
}

/** Words that state no result of their own, and that nobody says of a payment that came to nothing. */
const wellEnded = ['complete', 'completed', 'successful', 'successfully', 'success', 'approved', 'thank you'];

/** Words of something that went another way, or of an end that is no payment's: "Cancellation complete". */
const wentWrong = /cancel|declin|fail|reject|void|expire|refus|error|unknown/i;

/**
 * A payment that came to nothing is shown as done: "Transaction complete" of a declined sale, with its true result
 * nowhere beside it. What an operator asked for after the end may have gone well.
 */
function endedAsIfWell(whole: PaymentEvidence, run: Run): Result | null {
  const { vocabulary } = run.pos;
  const shown = whole.all('display');
  for (const session of whole.sessions) {
    const over = session.answers.find(({ status }) => isFinal(status));
    if (!over || over.status === 'Captured' || over.status === 'Authorized') continue;
    const ended = readableAt(over.exchange);
    const begun = whole.starts.findLast(({ at }) => at <= session.created.at)?.at;
    if (begun === undefined || whole.nextStart(begun) <= ended) continue;
    const asked = whole.all('action').find(({ at }) => at >= ended)?.at ?? Number.POSITIVE_INFINITY;
    const before = shown.findLast(({ at }) => at < begun)?.display;
    const wrongly = (text: string | null, words: readonly string[]) =>
      text !== null && says(text, words) && !wentWrong.test(text);
    let doubtful: (typeof shown)[number] | null = null;
    for (const one of shown) {
      if (one.at <= ended || one.at >= asked) continue;
      const { outcome, notice, dialogues, text } = one.display;
      const known = truths(whole, begun, one.at);
      if (known.has('Captured') || known.has('Authorized') || known.has('Refunded')) continue;
      const answered = [outcome, notice, ...dialogues.map((dialogue) => dialogue.text)].some((words) =>
        known.has(resultOf(words, vocabulary) ?? 'RecordedByHand'),
      );
      if (answered) continue;
      const said =
        (outcome !== before?.outcome && wrongly(outcome, [...wellEnded, 'finished', 'done']) && outcome) ||
        (notice !== before?.notice && wrongly(notice, wellEnded) && notice);
      if (said)
        return failed(
          `showed ${quoted(said)}, and not the true result, when the session was ${over.status}`,
          [over.exchange.id, ...pictures([one])],
        );
      // What the card machine said last may stand there for a moment.
      if (one.at - ended < run.criteria['display.readable']!) continue;
      if (wrongly(text, wellEnded) && !says(before?.text ?? null, wellEnded)) doubtful ??= one;
    }
    if (doubtful)
      return {
        outcome: 'review',
        observed: `its page says that something went well, and nowhere the true result, when the session was ${over.status}`,
        evidence: [over.exchange.id, ...pictures([doubtful])],
        advice: byWords('Look whether the page says so of this payment: then it fails.', 'results'),
      };
  }
  return null;
}

/** True when nothing of what a display states was false at some moment not long before: it may have been read late. */
function wasSo(whole: PaymentEvidence, start: number, one: Shown, before: Display, run: Run): boolean {
  const from = Math.max(start, one.at - run.criteria['display.within']!);
  const known = new Set([...truths(whole, start, from), ...truths(whole, start, one.at)]);
  const moments = whole.exchanges.map(readableAt).filter((time) => time > from && time <= one.at);
  const refused = refusals(whole, one.at);
  return [from, ...moments].some((time) =>
    claims(one.display, before, run, refused, promptsBy(whole, time, run)).every(({ result }) =>
      known.has(result),
    ),
  );
}

/** True when that was the result of the payment before the one that began at that time. */
function isOld(whole: PaymentEvidence, start: number, result: ResultName): boolean {
  const before = whole.starts.findLast(({ at }) => at < start);
  return before !== undefined && truths(whole, before.at, start).has(result);
}

export const claimChecks: Check[] = [
  {
    id: 'shows-nothing-false',
    standsAfterBlock: true,
    plane: 'display',
    attestable: true,
    fault: 'pos',
    expected: () => 'the API has reported each result before the POS shows it',
    corroborated: seenToAct,
    advice: byWords(
      "Show a result only when the session's final status, or the payment intent, says so; take it away when the next payment begins.",
      'results',
    ),
    judge: ({ whole, run }) => {
      const shown = whole.all('display');
      const starts = whole.starts.map((action) => action.at);
      for (const [index, one] of shown.entries()) {
        const before = shown[index - 1];
        const start = starts.filter((time) => time <= one.at).at(-1);
        if (!before || start === undefined) continue;
        const known = truths(whole, start, one.at);
        const claim = claims(
          one.display,
          before.display,
          run,
          refusals(whole, one.at),
          promptsBy(whole, one.at, run),
        ).find(({ result }) => !known.has(result));
        if (!claim) continue;
        // The session of a payment before says nothing of this one.
        const session = whole.sessions.findLast(
          ({ created }) => created.at >= start && readableAt(created) <= one.at,
        );
        const status = session?.answers.findLast(({ exchange }) => readableAt(exchange) <= one.at)?.status;
        const result = failed(
          `showed ${quoted(claim.text)} (${claim.result}) ${status ? `when the session was ${status}` : isOld(whole, start, claim.result) ? 'of the payment before, when the next one had begun and nothing of it was known' : 'when the session was not yet created'}`,
          pictures(shown.slice(index)).slice(0, 1),
          // It may have been so when it was shown, and read late.
          {
            timed: wasSo(whole, start, one, before.display, run),
          },
        );
        // What a status means that the API's description does not name, the till can only guess.
        return status === undefined || isKnown(status) ? result : { ...result, outcome: 'review' };
      }
      return (
        lingering(whole, run) ??
        endedAsIfWell(whole, run) ??
        ofOtherMoney(whole, run) ??
        passed('no result was shown before it was so')
      );
    },
  },
];
