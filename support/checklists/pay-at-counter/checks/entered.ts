import { judged, money } from '../../../checklist/check.ts';
import { counted } from '../../../record/counted.ts';
import {
  at,
  headersOf,
  ids,
  jsonOf,
  numberAt,
  pathOf,
  readableAt,
  textAt,
} from '../../../record/evidence.ts';
import type { Action, Exchange } from '../../../record/vocabulary.ts';
import type { Sale } from '../../payments/actions.ts';
import type { Check } from '../../payments/check.ts';
import { amountIn } from '../../payments/checks/payment-intent.ts';
import {
  answeredEnd,
  type PaymentEvidence,
  type RouteName,
  routeId,
  startsPayment,
} from '../../payments/evidence.ts';

/** When the kit began to tidy up at the till; never where it did not. */
export const clearedAt = (whole: PaymentEvidence): number =>
  whole.facts('tidying-up')[0]?.at ?? Number.POSITIVE_INFINITY;

/** A sale that was entered in the till, and the time until the next payment was started. */
export interface EnteredSale {
  readonly sale: Sale;
  readonly from: number;
  readonly to: number;
}

/** The sales of a row, in turn. */
export function enteredSales(evidence: PaymentEvidence): EnteredSale[] {
  const starts = evidence.starts.filter(({ action }) => action.name !== 'retry');
  return starts.flatMap(({ action, at: from }, index) =>
    action.name === 'sale'
      ? [{ sale: action.sale, from, to: starts[index + 1]?.at ?? Number.POSITIVE_INFINITY }]
      : [],
  );
}

/** Whether something of that time belongs to a sale. */
export const fallsTo = ({ from, to }: EnteredSale, time: number): boolean => time >= from && time < to;

/** What a request for a payment intent asks for, where it is not what was entered. */
export function wrongIntent(created: Exchange, sale: Sale): string[] {
  const request = jsonOf(created.request);
  const parts: [name: string, words: string, entered: number | undefined][] = [
    ['amount', 'amount', sale.amount],
    ['tipsAmount', 'tip', sale.tip],
    ['cashbackAmount', 'cashback', sale.cashback],
  ];
  const wrong = parts.flatMap(([name, words, entered = 0]) => {
    const value = numberAt(request, name, 'value');
    // A tip or cashback of nothing may be said or left out; whether one that was entered is asked for is for its row.
    if (name !== 'amount' && !value) return [];
    if (value === entered && textAt(request, name, 'currencyCode') === sale.currency) return [];
    return [`${words} ${amountIn(request, name)} where ${money(entered, sale.currency)} was entered`];
  });
  const mode = textAt(request, 'captureMode') ?? 'Auto';
  const entered = sale.manualCapture ? 'Manual' : 'Auto';
  if (mode !== entered) wrong.push(`captureMode ${mode} where ${entered} was entered`);
  if (at(request, 'cardHolderNotPresent') === true && !sale.cardHolderNotPresent)
    wrong.push('cardHolderNotPresent where the cardholder is present');
  return wrong;
}

/** The card machine that was chosen on the till by then, where one was; `null` while it is being chosen. */
function chosenBy(evidence: PaymentEvidence, time: number): string | null {
  const last = evidence
    .all('action')
    .findLast(({ action, at: from }) => action.name === 'chooseTerminal' && from <= time);
  if (last?.action.name !== 'chooseTerminal' || last.answer.answer !== 'done' || last.answer.idle)
    return null;
  return last.until <= time ? last.action.terminalId : null;
}

/** Whose machine and whose payment a request for a session names, where they are not the ones in hand. */
function wrongSession(evidence: PaymentEvidence, request: Exchange, sale: EnteredSale | undefined): string[] {
  const body = jsonOf(request.request);
  const terminalId = textAt(body, 'terminalId');
  const chosen = chosenBy(evidence, request.at);
  const wrong =
    chosen && terminalId !== chosen ? [`a session on ${terminalId ?? 'none'}, ${chosen} was chosen`] : [];
  // No till of this checklist is asked to refund to a card that is not there.
  if (at(body, 'details', 'unlinkedRefund', 'cardholderNotPresent') === true)
    wrong.push('a refund without the card, where the card was to be presented');
  const intentId = textAt(body, 'details', 'sale', 'paymentIntentId');
  if (!sale || intentId === null) return wrong;
  const created = evidence.intents.get(intentId)?.created;
  return created && fallsTo(sale, created.at)
    ? wrong
    : [...wrong, `a session for ${intentId}, which was not made for this sale`];
}

/** Headers that carry what was entered in the settings, and where it was entered. */
const partnerHeaders = [
  ['software-house-id', 'softwareHouseId'],
  ['reseller-id', 'resellerId'],
] as const;

/** Partner ids of a request that are not those that had been entered by then; one left out is the contract's affair. */
function wrongPartner(evidence: PaymentEvidence, request: Exchange): string[] {
  const settings = evidence
    .all('action')
    .flatMap(({ action, at: from, until }) =>
      action.name === 'configure' && from < request.at ? { until, entered: action.settings } : [],
    );
  // While it is being set up a till may have the one or the other.
  const stands = settings.findLastIndex(({ until }) => until < request.at);
  const known = settings.slice(Math.max(stands, 0)).map(({ entered }) => entered);
  if (stands < 0) return [];
  return partnerHeaders.flatMap(([header, setting]) => {
    const entered = known.flatMap((one) => one[setting] ?? []);
    if (entered.length < known.length) return [];
    return headersOf(request, header).flatMap((sent) =>
      entered.includes(sent) ? [] : [`${header} ${sent} where ${entered.at(-1)} was entered`],
    );
  });
}

/**
 * What the operator asks for before a till may send a request. Who tries again asks for what was asked for before,
 * and has nothing against the end of the session that is in doubt. Nobody asks for a reversal: the API makes it,
 * of a pre-authorization that is not captured in time.
 */
const askedBy: readonly (readonly [RouteName, readonly Action['name'][]])[] = [
  ['cancelSession', ['cancel', 'retry']],
  ['decideSignature', ['signature']],
  ['changeAmount', ['changeAmount']],
  ['capture', ['capture']],
  ['refund', ['refundIntent']],
  ['reverse', []],
];

/** What the operator asks for before a till may begin a session of that type. */
const begunBy: ReadonlyMap<string | null, Action['name']> = new Map([
  ['Sale', 'sale'],
  ['MatchedRefund', 'matchedRefund'],
  ['UnlinkedRefund', 'unlinkedRefund'],
]);

const sessionTypeOf = ({ request }: Exchange): string | null =>
  textAt(jsonOf(request), 'details', 'sessionType');

/** Requests that move money, or keep it from moving, and that no action of the operator stands behind. */
function unaskedDeeds(whole: PaymentEvidence): Exchange[] {
  const cleared = clearedAt(whole);
  const actions = whole.all('action');
  const asked = (exchange: Exchange, names: readonly string[], since = 0) =>
    actions.some(
      ({ action, at: time }) => names.includes(action.name) && time >= since && time <= exchange.at,
    );
  const deeds = askedBy.flatMap(([route, names]) =>
    whole.requests(route).filter((exchange) => {
      const session = whole.sessions.find(({ id }) => id === routeId(exchange, route))?.created.at;
      // A session may be ended for the sake of the next payment that is asked for.
      const next = asked(exchange, [...startsPayment], session ?? Number.POSITIVE_INFINITY);
      return !next && !asked(exchange, names, session);
    }),
  );
  const sales = enteredSales(whole);
  const tipped = whole.requests('setTips').filter((exchange) => {
    const value = numberAt(jsonOf(exchange.request), 'tipsAmount', 'value');
    return value !== 0 && !sales.some(({ sale }) => sale.tip === value);
  });
  const refunds = whole.requests('createSession').filter((exchange) => {
    const name = begunBy.get(sessionTypeOf(exchange));
    return name !== undefined && !asked(exchange, [name]);
  });
  const unasked = new Set([
    ...deeds,
    ...tipped,
    ...refunds,
    ...begunAgain(whole),
    ...refundedAgain(whole),
    ...hammered(whole),
  ]);
  return [...unasked].filter(({ at: time }) => time < cleared);
}

/** What was asked last before a request, of all that begins a payment. */
const askedBefore = (whole: PaymentEvidence, { at: time }: Exchange): number | undefined =>
  whole
    .all('action')
    .findLast(
      ({ action, at: from }) =>
        from <= time && (startsPayment.has(action.name) || action.name === 'payElsewhere'),
    )?.at;

/** Sessions that the till began once it knew how the one before had ended: to try again is for its operator to ask. */
function begunAgain(whole: PaymentEvidence): Exchange[] {
  return whole.requests('createSession').filter((exchange) => {
    if (!begunBy.has(sessionTypeOf(exchange))) return false;
    const asked = askedBefore(whole, exchange) ?? Number.POSITIVE_INFINITY;
    return whole.sessions.some((session) => {
      const end = session.created.at >= asked ? answeredEnd(session) : null;
      return end !== null && readableAt(end.exchange) <= exchange.at;
    });
  });
}

/** Refunds that follow one that the API had settled, where one was asked for. The same key is the same refund. */
function refundedAgain(whole: PaymentEvidence): Exchange[] {
  const sent = whole.requests('refund');
  const keyOf = (refund: Exchange) => headersOf(refund, 'idempotencykey').join() || refund.id;
  return sent.filter((exchange) => {
    const asked = askedBefore(whole, exchange) ?? Number.POSITIVE_INFINITY;
    return sent.some(
      (other) =>
        other.at >= asked &&
        readableAt(other) <= exchange.at &&
        isSettled(other) &&
        keyOf(other) !== keyOf(exchange),
    );
  });
}

/**
 * Requests that were sent a third time and more, although the API had settled it twice since the operator last did
 * something. A client may try once more, and again where an answer was lost; the operator has pressed once.
 */
function hammered(whole: PaymentEvidence): Exchange[] {
  const actions = whole.all('action');
  return (['cancelSession', 'changeAmount', 'capture'] as const).flatMap((route) => {
    const sent = whole.requests(route);
    return sent.filter((exchange) => {
      const pressed = actions.findLast(({ at: time }) => time <= exchange.at)?.at ?? 0;
      const settled = sent.filter(
        (other) =>
          other.at >= pressed &&
          readableAt(other) <= exchange.at &&
          routeId(other, route) === routeId(exchange, route) &&
          isSettled(other),
      );
      return settled.length > 1;
    });
  });
}

/** Whether an answer leaves nothing open: one that never came, an error of the server or "later" may be followed up. */
const isSettled = ({ response, trouble }: Exchange): boolean =>
  response !== null &&
  trouble === undefined &&
  response.status < 500 &&
  response.status !== 408 &&
  response.status !== 429;

const deedOf = (exchange: Exchange): string => `${exchange.request.method} ${pathOf(exchange)}`;

export const enteredChecks: Check[] = [
  {
    id: 'sent-as-entered',
    plane: 'wire',
    fault: 'pos',
    expected: () =>
      'each payment intent asks for the amount and the currency that were entered, each session is for it and on the card machine that was chosen, and each request carries the partner ids of the settings',
    advice:
      'Send what the operator entered: its amount in minor units, its currency, the chosen card machine; and the software house and reseller ids of the settings.',
    judge: ({ whole }) => {
      const sales = enteredSales(whole);
      const saleAt = (time: number) => sales.find((sale) => fallsTo(sale, time));
      const intents = whole.requests('createIntent').flatMap((exchange) => {
        const entered = saleAt(exchange.at);
        return entered ? [{ exchange, wrong: wrongIntent(exchange, entered.sale) }] : [];
      });
      const sessions = whole
        .requests('createSession')
        .map((exchange) => ({ exchange, wrong: wrongSession(whole, exchange, saleAt(exchange.at)) }));
      const partners = whole.exchanges.map((exchange) => ({
        exchange,
        wrong: wrongPartner(whole, exchange),
      }));
      const wrong = [...intents, ...sessions, ...partners].filter((one) => one.wrong.length > 0);
      return judged(
        wrong.length === 0,
        wrong.length
          ? [...new Set(wrong.flatMap((one) => one.wrong))].join('; ')
          : `${counted(intents.length, 'payment intent')} and ${counted(sessions.length, 'session')}, as entered`,
        wrong.map(({ exchange }) => exchange.id),
      );
    },
  },
  {
    id: 'nothing-unasked',
    plane: 'wire',
    fault: 'pos',
    expected: () =>
      'the till pays, cancels, decides, changes, captures, reverses and refunds only when its operator asks for it, and once for each time',
    advice: 'Leave to the operator what moves money; a till that acts by itself surprises customers.',
    judge: ({ whole }) => {
      const unasked = unaskedDeeds(whole);
      return judged(
        unasked.length === 0,
        [...new Set(unasked.map(deedOf))]
          .map((deed) => `${deed} was sent, and nobody had asked for it`)
          .join('; ') || 'the till did nothing by itself',
        ids(unasked),
      );
    },
  },
];
