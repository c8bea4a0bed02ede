import { passed, type Result } from '../../../../checklist/check.ts';
import { aboutOthers, resultWords, type Stated } from '../../../../profile/languages.ts';
import { jsonOf, readableAt } from '../../../../record/evidence.ts';
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
import { truths } from './truths.ts';

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

const amountsIn = (text: string): number[] =>
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

/** What a text states of a payment with these amounts, and of nothing else; `null` where that is not sure. */
function statedBy(
  { text, near, heading }: Aside,
  own: string,
  amounts: ReadonlySet<number>,
  run: Run,
): ResultName | null {
  if (heading && !namesPayment.test(text)) return null;
  if (/\?/.test(text) || [text, near].some((one) => ofOthers.test(one) || aboutOthers.test(one))) return null;
  for (const around of [text, near]) {
    const found = amountsIn(around);
    if (found.includes(0) || (found.length && !found.some((amount) => amounts.has(amount)))) return null;
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

/** The first text beside what the profile selects that appears after a payment began, and is not so. */
function falselyStated(
  whole: PaymentEvidence,
  run: Run,
): { one: Shown; text: string; result: ResultName } | null {
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
  for (const one of shown) {
    const begun = starts.filter((at) => at <= one.at);
    if (!begun.length || one.at >= (byHand ?? Number.POSITIVE_INFINITY)) continue;
    for (const aside of one.display.beside ?? []) {
      if (before.has(aside.text)) continue;
      if (refusals(whole, one.at).some((reason) => plain(reason).includes(plain(aside.text)))) continue;
      const own = withoutPrompts(aside.text, one.display.prompt, promptsBy(whole, one.at, run), run).trim();
      if (!own || says(own, run.pos.vocabulary.partly)) continue;
      const result = statedBy(aside, own, amountsSince(whole, first), run);
      // What was so of a payment before it may be said of that.
      const known = new Set(begun.flatMap((start) => [...truths(whole, start, one.at)]));
      if (result && contradicts(result, known)) return { one, text: aside.text, result };
    }
  }
  return null;
}

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
      const { one, text, result } = found;
      const session = whole.sessions.findLast(({ created }) => readableAt(created) <= one.at);
      const answered = session?.answers.findLast(({ exchange }) => readableAt(exchange) <= one.at);
      const status =
        answered && (isKnown(answered.status) ? answered.status : `${answered.status}, which is not known`);
      const later = whole.all('display').filter(({ at }) => at >= one.at);
      return {
        outcome: 'review',
        observed: `beside what the profile selects, the page says ${quoted(text)} (${result}) when the session was ${status ?? 'not yet created'}`,
        evidence: [...(answered ? [answered.exchange.id] : []), ...pictures(later).slice(0, 1)],
      };
    },
  },
];
