import { money, passed, type Result } from '../../../../checklist/check.ts';
import { aboutOthers, resultWords, type Stated } from '../../../../profile/languages.ts';
import { jsonOf, readableAt, textAt } from '../../../../record/evidence.ts';
import { resultOf, says } from '../../../../record/phrases.ts';
import type {
  Action,
  Aside,
  DisplayVocabulary,
  Json,
  ResultName,
  Run,
} from '../../../../record/vocabulary.ts';
import type { Check } from '../../check.ts';
import type { PaymentEvidence } from '../../evidence.ts';
import { isKnown } from '../../statuses.ts';
import { promptsBy, refusals, withoutPrompts } from './claims.ts';
import { ofPayments, pictures, plain, quoted, type Shown, seenToAct } from './shown.ts';
import { isOfPayment, namedSums } from './sums.ts';
import { attempted, requestOf, truths } from './truths.ts';

/** The run's words of results, and those of the languages that the kit knows; the page was read by its own alone. */
function inAllLanguages(own: DisplayVocabulary): DisplayVocabulary {
  const results = Object.entries(own.results).map(([name, phrases]) => [
    name,
    [...phrases, ...Object.values(resultWords).flatMap((words) => words[name as Stated] ?? [])],
  ]);
  return { ...own, results: Object.fromEntries(results) };
}

/** What tells that a text, or what stands around it, is about other payments, or about none. */
const ofOthers =
  /\b(?:last|latest|previous|prior|recent|earlier|history|journal|today|yesterday|ago|reports?|totals|summary|list|log|activity|other|parked|pending|held|week|month|shift|z-?read|statistics|sales|payments|transactions|refunds|orders|bills|tabs|tables?|seats?|rooms?|legend|key|help|tips?|training|demo|examples?|receipts|filters?|how|ads?|offers?)\b|\b(?:order|bill|ticket|tab|check|invoice|no\.?|number|ref(?:erence)?)[ :.#]*(?:[a-z]{0,4}-?)?\d/i;

/** A heading names the payment, or is the name of what stands below it. */
const namesPayment = /\b(?:payment|transaction|sale|purchase|card|order)\b|thank|!/i;

/** Each amount that a text shows, in minor units. */
export const amountsIn = (text: string): number[] =>
  [...text.matchAll(/\d[\d,]*[.,]\d{2}(?!\d)/g)].map(([amount]) => Number(amount.replace(/\D/g, '')));

/** Each amount that the payment may be shown with: as it was asked for, and as it stood on the wire since. */
function amountsSince(whole: PaymentEvidence, start: number): ReadonlySet<number> {
  const amounts = new Set<number>();
  const asked = (action: Action | { readonly name: string }): void => {
    if ('sale' in action) {
      const { amount, tip = 0, cashback = 0 } = action.sale;
      for (const sum of [amount, amount + tip, amount + cashback, amount + tip + cashback]) amounts.add(sum);
    }
    if ('amount' in action && action.amount) amounts.add(action.amount);
  };
  for (const { action, at } of whole.all('action')) if (at >= start) asked(action);
  const answered = (json: Json): void => {
    if (typeof json === 'number') amounts.add(json);
    else if (json && typeof json === 'object') Object.values(json).forEach(answered);
  };
  for (const exchange of whole.exchanges)
    if (exchange.at >= start) {
      answered(jsonOf(exchange.request));
      answered(jsonOf(exchange.response));
    }
  return amounts;
}

/**
 * What a text states of a payment with these amounts, and of nothing else; `null` where that is not sure. Of one that
 * it names the amounts are no matter (`null`).
 */
function statedBy(
  { text, near, heading }: Aside,
  own: string,
  amounts: ReadonlySet<number> | null,
  run: Run,
): ResultName | null {
  if (heading && !namesPayment.test(text)) return null;
  if (/\?/.test(text) || [text, near].some((one) => ofOthers.test(one) || aboutOthers.test(one))) return null;
  for (const around of amounts ? [text, near] : []) {
    const found = amountsIn(around);
    if (found.includes(0) || (found.length && !found.some((amount) => amounts!.has(amount)))) return null;
  }
  const vocabulary = inAllLanguages(run.pos.vocabulary);
  const result = resultOf(own, vocabulary);
  if (!result) return null;
  if (/\brefund/i.test(own) && result !== 'Refunded') return null;
  const others = vocabulary.results[result]
    .toSorted((one, other) => other.length - one.length)
    .reduce((rest, phrase) => rest.toLowerCase().replaceAll(phrase.toLowerCase(), ' '), own.toLowerCase())
    .replace(/\bin full\b|[\p{Sc}]?\s?\d[\d,]*[.,]\d{2}(?!\d)/gu, ' ')
    // A code of the authorisation, and what is left of a card's number.
    .replace(/\b(?:auth\w*|approval)? ?code:? ?\w*\d\w*|(?:[*•x.]{2,} ?)+\d{4}\b/g, ' ');
  const words = others.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length <= 8 && words.every((word) => ofPayments.has(word)) ? result : null;
}

const moved: ReadonlySet<ResultName> = new Set(['Captured', 'Authorized', 'Refunded']);
const notMoved: ReadonlySet<ResultName> = new Set(['Declined', 'Canceled', 'Unconfirmed']);
const any = (known: ReadonlySet<ResultName>, side: ReadonlySet<ResultName>): boolean =>
  [...known].some((result) => side.has(result));

/**
 * Whether a statement contradicts what was known by then. That money moved contradicts as long as nothing says
 * so; that it did not, once something says that it did.
 */
function contradicts(result: ResultName, known: ReadonlySet<ResultName>): boolean {
  if (result === 'Refunded') return !known.has('Refunded') && !known.has('Canceled');
  return moved.has(result) ? !any(known, moved) : any(known, moved) && !any(known, notMoved);
}

/** A payment that the till began in the row, and what it sent for it. */
interface Payment {
  /** When the sale was begun. */
  readonly origin: number;
  readonly reference: string;
}

/** A text that is not so, and why. */
interface Falsehood {
  readonly one: Shown;
  readonly text: string;
  readonly result: ResultName;
  /** What is wrong with it, where it is not the result. */
  readonly but?: string;
}

/** Too short to be known again among other numbers and words. */
const leastReference = 4;

/** The payments of the row by the references and the ids under which the API knows them. */
const paymentsOf = (whole: PaymentEvidence): Payment[] =>
  whole.made.flatMap(({ id, created }) => {
    const origin = attempted(whole.starts, created.at)?.at;
    const names = [textAt(jsonOf(created.request), 'reference'), id];
    return origin === undefined
      ? []
      : names.flatMap((name) => ((name?.length ?? 0) < leastReference ? [] : { origin, reference: name! }));
  });

const names = (text: string, reference: string): boolean => {
  const at = text.indexOf(reference);
  const around = at < 0 ? 'x' : `${text[at - 1] ?? ' '}${text[at + reference.length] ?? ' '}`;
  return !/[\p{L}\p{N}]/u.test(around);
};

/** The starts of that payment by a time, of its further attempts, and of what gives money back, which may be its. */
const startsOf = (whole: PaymentEvidence, origin: number, time: number): number[] =>
  whole.starts
    .filter(({ action, at }) => {
      if (at < origin || at > time) return false;
      const begun = action.name === 'retry' ? attempted(whole.starts, at) : { action, at };
      return begun?.at === origin || begun?.action.name !== 'sale';
    })
    .map(({ at }) => at);

/** A sum that a text names of payments of which none has that amount. */
function otherSum(whole: PaymentEvidence, text: string, starts: readonly number[]): string | undefined {
  const named = namedSums(text);
  const known = starts.map((start) => whole.upTo(whole.nextStart(start) - 1));
  const own = named.some((sum) => known.some((evidence) => isOfPayment(sum, evidence)));
  return own ? undefined : named.map(({ value, currency }) => money(value, currency))[0];
}

/** True once the till itself shows what has come of the payment that was begun then. */
function endShown(whole: PaymentEvidence, { at, display }: Shown, start: number, run: Run): boolean {
  const known = truths(whole, start, at);
  return [display.outcome, ...display.dialogues.map(({ text }) => text)].some((text) => {
    const stated = resultOf(text, run.pos.vocabulary);
    return stated !== null && known.has(stated);
  });
}

const isSale = (whole: PaymentEvidence, start: number): boolean =>
  whole.starts.some(({ action, at }) => at === start && (action.name === 'sale' || action.name === 'retry'));

const stands = ({ display }: Shown, text: string): boolean =>
  display.beside?.some((aside) => aside.text === text) ?? false;

/** Until when a text stands that a display has: until it goes, or the till is asked for something else. */
function standsUntil(whole: PaymentEvidence, { at }: Shown, text: string): number {
  const gone = whole.all('display').find((other) => other.at > at && !stands(other, text));
  const asked = Math.min(whole.nextStart(at), whole.facts('tidying-up')[0]?.at ?? whole.end);
  return Math.min(gone?.at ?? Number.POSITIVE_INFINITY, asked);
}

/** True of a text that was nowhere from the payment's own request on until it was stated. */
function statedFor(whole: PaymentEvidence, one: Shown, text: string, start: number): boolean {
  const from = requestOf(whole, start, one.at)?.at ?? start;
  const all = whole.all('display');
  const shown = all.slice(0, all.indexOf(one) + 1);
  const since = shown.findLastIndex((other) => !stands(other, text)) + 1;
  return (
    shown[since]!.at >= from &&
    !shown.slice(0, since).some((other) => other.at >= from && stands(other, text))
  );
}

/**
 * The first text beside what the profile selects that appears after a payment began, and is not so. What was so of a
 * payment before may stand for so long (`within`, in ms) beside the end of the next.
 */
function falselyStated(
  whole: PaymentEvidence,
  run: Run,
  within = run.criteria['display.within']!,
): Falsehood | null {
  const shown = whole.all('display');
  const starts = whole.starts.map(({ at }) => at);
  const first = starts[0];
  if (first === undefined) return null;
  const before = new Set(
    shown
      .filter(({ at }) => at < first)
      .flatMap(({ display }) => display.beside?.map(({ text }) => text) ?? []),
  );
  const byHand = whole.all('action').find(({ action }) => action.name === 'recordManually')?.at;
  const payments = paymentsOf(whole);
  for (const one of shown) {
    const begun = starts.filter((at) => at <= one.at);
    const start = begun.at(-1);
    if (start === undefined || one.at >= (byHand ?? Number.POSITIVE_INFINITY)) continue;
    for (const aside of one.display.beside ?? []) {
      const { text } = aside;
      if (before.has(text)) continue;
      if (refusals(whole, one.at).some((reason) => plain(reason).includes(plain(text)))) continue;
      const own = withoutPrompts(text, one.display.prompt, promptsBy(whole, one.at, run), run).trim();
      if (!own || says(own, run.pos.vocabulary.partly)) continue;
      const named = payments.findLast(
        ({ origin, reference }) =>
          origin <= one.at && (names(text, reference) || names(aside.near, reference)),
      );
      const amounts = named ? null : amountsSince(whole, first);
      const result = statedBy(
        withoutName(aside, named),
        withoutName({ ...aside, text: own }, named).text,
        amounts,
        run,
      );
      if (!result) continue;
      // What was so of a payment before it may be said of that.
      const about = named ? startsOf(whole, named.origin, one.at) : begun;
      const known = new Set(about.flatMap((at) => [...truths(whole, at, one.at)]));
      if (contradicts(result, known)) return { one, text, result };
      const over = endShown(whole, one, start, run);
      const anew = over && statedFor(whole, one, text, start);
      const other = (named || anew) && otherSum(whole, text, named ? about : [start]);
      if (other) return { one, text, result, but: `${other} is not an amount of that payment` };
      if (!over || !isSale(whole, start) || !contradicts(result, truths(whole, start, one.at))) continue;
      const lingers = !anew && standsUntil(whole, one, text) - one.at >= within;
      if (lingers || (anew && !named)) return { one, text, result, but: ofEarlier };
    }
  }
  return null;
}

const ofEarlier = 'it was so of a payment before, and stands beside the end of this one';

/** Since when a text has stood beside the end of a payment that is so of the one before; `null` where none does now. */
export function outstayingSince(whole: PaymentEvidence, run: Run): number | null {
  const found = falselyStated(whole, run, 0);
  const last = whole.all('display').at(-1);
  return found?.but === ofEarlier && last && stands(last, found.text) ? found.one.at : null;
}

/** The same without the name of the payment that it is about. */
const withoutName = (aside: Aside, named: Payment | undefined): Aside =>
  named
    ? {
        ...aside,
        text: aside.text.replaceAll(named.reference, ' '),
        near: aside.near.replaceAll(named.reference, ' '),
      }
    : aside;

export const besideChecks: Check[] = [
  {
    id: 'nothing-else-claimed',
    plane: 'display',
    fault: 'pos',
    leftToReview: true,
    expected: () => 'nothing else on the page states a result of the payment that is not so',
    corroborated: seenToAct,
    advice:
      'Look at the picture. Where the text is about this payment, the till shows something false. Where it is about others, name that part of the page in `display.regions` of the profile; where it means something else, give the words of your till in `vocabulary.results`.',
    judge: ({ whole, run }): Result => {
      const found = falselyStated(whole, run);
      if (!found) return passed('no other text states a result that is not so');
      const { one, text, result, but } = found;
      const session = whole.sessions.findLast(({ created }) => readableAt(created) <= one.at);
      const answered = session?.answers.findLast(({ exchange }) => readableAt(exchange) <= one.at);
      const status =
        answered && (isKnown(answered.status) ? answered.status : `${answered.status}, which is not known`);
      const later = whole.all('display').filter(({ at }) => at >= one.at);
      return {
        outcome: 'review',
        observed: `beside what the profile selects, the page says ${quoted(text)} (${result}) when the session was ${status ?? 'not yet created'}${but ? `; ${but}` : ''}`,
        evidence: [...(answered ? [answered.exchange.id] : []), ...pictures(later).slice(0, 1)],
      };
    },
  },
];
