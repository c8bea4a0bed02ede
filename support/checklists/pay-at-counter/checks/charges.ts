import { failed, judged, listed, money, passed, unread } from '../../../checklist/check.ts';
import { counted } from '../../../record/counted.ts';
import { at, jsonOf, numberAt, textAt } from '../../../record/evidence.ts';
import type { Exchange } from '../../../record/vocabulary.ts';
import type { Check } from '../../payments/check.ts';
import { capturedOf } from '../../payments/checks/payment-intent.ts';
import { type MadeIntent, type PaymentEvidence, type RouteName, routeId } from '../../payments/evidence.ts';
import { isFinal } from '../../payments/statuses.ts';
import { type EnteredSale, enteredSales, fallsTo, wrongIntent } from './entered.ts';

/** Statuses of a payment intent for which the customer's money was reserved or taken. */
const holdsMoney: ReadonlySet<string | null> = new Set(['Authorized', 'Captured', 'Refunded']);

/** What one sale came to, in minor units. */
interface Charge {
  /** The most that may be taken: what was entered, with what was given on the card machine. */
  readonly asked: number;
  /** The least that has to be taken, by what the till sent: nothing where it captured or changed the amount since. */
  readonly due: number;
  readonly taken: number;
  readonly intents: readonly MadeIntent[];
  readonly holding: readonly MadeIntent[];
  readonly foreign: boolean;
  /** Whether the till asked for nothing but what was entered: what is taken otherwise is then the API's doing. */
  readonly askedRightly: boolean;
}

function chargeOf(entered: EnteredSale, whole: PaymentEvidence): Charge {
  const { sale, from } = entered;
  const intents = whole.made.filter(({ created }) => fallsTo(entered, created.at));
  const holding = intents.filter(({ state }) => holdsMoney.has(textAt(state, 'status')));
  const changed = whole
    .all('action')
    .flatMap(({ action, at: time }) =>
      action.name === 'changeAmount' && fallsTo(entered, time) ? [action.amount] : [],
    );
  const { amount, tip = 0, cashback = 0, currency } = sale;
  const given = givenFor(whole, from);
  const [one] = holding;
  return {
    asked: Math.max(amount, ...changed) + tip + cashback + given,
    due: one ? dueOn(one, whole, given) : 0,
    taken: holding.reduce((sum, { state }) => sum + (numberAt(state, 'totalAmount', 'value') ?? 0), 0),
    intents,
    holding,
    foreign: holding.some(({ state }) => textAt(state, 'totalAmount', 'currencyCode') !== currency),
    askedRightly: holding.length < 2 && holding.every(({ created }) => !wrongIntent(created, sale).length),
  };
}

/** The least that is due on an intent by the till's own requests, and by what was given on the card machine. */
function dueOn({ id, created }: MadeIntent, whole: PaymentEvidence, given: number): number {
  const about = (route: RouteName) =>
    whole.requests(route).filter((exchange) => routeId(exchange, route) === id);
  if (about('changeAmount').length || about('capture').length) return 0;
  const asked = jsonOf(created.request);
  const later = about('setTips').findLast(({ response }) => response?.status === 200);
  const tip = numberAt(later ? jsonOf(later.request) : asked, 'tipsAmount', 'value') ?? 0;
  return (
    (numberAt(asked, 'amount', 'value') ?? 0) +
    tip +
    (numberAt(asked, 'cashbackAmount', 'value') ?? 0) +
    given
  );
}

/** Payment intents of which the kit read nothing. */
const blankOf = ({ intents }: Charge): MadeIntent[] => intents.filter(({ state }) => !state);

const isWrong = (charge: Charge): boolean =>
  isTooMuch(charge) || (charge.taken < charge.due && !blankOf(charge).length);

const isTooMuch = ({ asked, taken, holding, foreign }: Charge): boolean =>
  holding.length > 1 ||
  taken > asked ||
  foreign ||
  holding.some(
    (intent) => (capturedOf(intent.state) ?? 0) > (numberAt(intent.state, 'totalAmount', 'value') ?? 0),
  );

function answered({ asked, taken, holding, foreign }: Charge): string {
  const captured = holding.reduce((sum, { state }) => sum + (capturedOf(state) ?? 0), 0);
  return `asked for ${money(asked)}, taken ${money(taken)} on ${counted(holding.length, 'payment intent')}${
    captured > taken ? `, captured ${money(captured)}` : ''
  }${foreign ? ', in another currency' : ''}`;
}

/** Intents of the till on which money was taken, and that belong to no sale that was entered. */
function strays(whole: PaymentEvidence): MadeIntent[] {
  const sales = enteredSales(whole);
  return whole.made.filter(
    ({ created, state }) =>
      holdsMoney.has(textAt(state, 'status')) && !sales.some((sale) => fallsTo(sale, created.at)),
  );
}

/** What was given on the card machine for the sale of that time, in minor units: a cardholder is prepared before. */
function givenFor(evidence: PaymentEvidence, saleAt: number): number {
  const actions = evidence
    .all('action')
    .filter(({ action }) => action.name === 'sale' || action.name === 'retry');
  return evidence
    .facts('tip-given')
    .filter(({ at: time }) => {
      const next = actions.findIndex((action) => action.at >= time);
      return actions.slice(0, next + 1).findLast(({ action }) => action.name === 'sale')?.at === saleAt;
    })
    .reduce((sum, { detail }) => sum + detail.value, 0);
}

/** What a payment intent can be once the last session of a sale on it has ended so. */
const after: Readonly<Record<string, readonly string[]>> = {
  Captured: ['Captured', 'Refunded', 'Reversed'],
  Authorized: ['Authorized', 'Captured', 'Refunded', 'Reversed'],
  Declined: ['Created', 'Canceled'],
  Canceled: ['Created', 'Canceled'],
  Expired: ['Created', 'Canceled'],
};

/** Readings by the kit in which a payment intent stands otherwise than its last session ended. */
function disagreements(whole: PaymentEvidence): { exchange: Exchange; words: string }[] {
  const reads = whole.all('state').filter(({ exchange }) => exchange.response?.status === 200);
  const statusIn = (read: (typeof reads)[number]) =>
    textAt(jsonOf(read.exchange.response), 'status') ?? 'not reported';
  return reads.flatMap((read) => {
    const session = whole.sessions.findLast(
      ({ type, intentId, created }) => type === 'Sale' && intentId === read.id && created.at < read.at,
    );
    const ended = reads.findLast(({ id, at: time }) => id === session?.id && time < read.at);
    if (!session || !ended || !isFinal(statusIn(ended))) return [];
    const can = after[statusIn(ended)];
    return !can || can.includes(statusIn(read))
      ? []
      : [
          {
            exchange: read.exchange,
            words: `${read.id} is ${statusIn(read)}, its session ${statusIn(ended)}`,
          },
        ];
  });
}

export const chargeChecks: Check[] = [
  {
    id: 'charged-once',
    deed: true,
    plane: 'state',
    fault: 'pos',
    followsApi: true,
    expected: () =>
      'for each basket at most one payment intent is authorized or captured, never above what was asked for',
    advice:
      'Find out what became of a payment before another one is started; never send a POST again blindly.',
    judge: ({ whole }) => {
      const charges = enteredSales(whole).map((sale) => chargeOf(sale, whole));
      const seen = charges.flatMap(({ intents }) => intents.flatMap(({ id }) => whole.lastReading(id)));
      const wrong = charges.filter(isWrong);
      const [stray] = strays(whole);
      if (stray) {
        return failed(
          `${stray.id} was charged, and no sale was entered for it`,
          whole.lastReading(stray.id),
          {
            at: stray.created.at,
          },
        );
      }
      const blank = charges.flatMap(blankOf);
      if (!wrong.length && blank.length)
        return unread(
          whole,
          'the payment intent',
          blank.map(({ id }) => id),
        );
      if (!wrong.length) return passed(charges.map(answered).join('; ') || 'no sale was taken', seen);
      // The last request for a payment of the basket is the one too many.
      const own = wrong.find(({ askedRightly }) => !askedRightly)?.holding.at(-1);
      return failed(
        listed(charges.map(answered)),
        seen,
        own ? { fault: 'pos', at: own.created.at } : { fault: 'api' },
      );
    },
  },
  {
    id: 'intent-follows-session',
    plane: 'state',
    fault: 'api',
    expected: () => 'whenever the kit reads it, a payment intent stands as its last session ended',
    advice:
      'Compare the statuses of session and payment intent with the flow diagrams of the terminals page.',
    judge: ({ whole }) => {
      const wrong = disagreements(whole);
      const read = [...whole.intents.values()].filter(({ state }) => at(state, 'status'));
      const result = judged(
        wrong.length === 0,
        wrong.map(({ words }) => words).join('; ') ||
          `${counted(read.length, 'payment intent')}, each as its session`,
        wrong.map(({ exchange }) => exchange.id),
      );
      return wrong[0] ? { ...result, at: wrong[0].exchange.at } : result;
    },
  },
];
