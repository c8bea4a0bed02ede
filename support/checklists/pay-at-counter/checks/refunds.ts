import { answered, failed, judged, money, noIntent, notTestable, unread } from '../../../checklist/check.ts';
import { counted } from '../../../record/counted.ts';
import { at, headersOf, ids, jsonOf, numberAt, readableAt, textAt } from '../../../record/evidence.ts';
import { resultOf } from '../../../record/phrases.ts';
import type { Display } from '../../../record/vocabulary.ts';
import type { Check } from '../check.ts';
import { type Intent, type PaymentEvidence, routeId, toldEnd } from '../evidence.ts';
import { byWords } from './display/shown.ts';

/** Statuses of a payment intent whose money was taken. */
const wasTaken: ReadonlySet<string | null> = new Set(['Captured', 'Refunded']);

/**
 * The payment that refunds are about: the first that the kit read as taken, else the first for which a card machine
 * was asked, else the first that was made. A till may give up a payment intent and pay on another.
 */
function original(evidence: PaymentEvidence): Intent | null {
  const { made } = evidence;
  const taken = new Set(
    evidence
      .all('state')
      .filter(({ exchange }) => wasTaken.has(textAt(jsonOf(exchange.response), 'status')))
      .map(({ id }) => id),
  );
  const charged = new Set(
    evidence.sessions.filter(({ type }) => type === 'Sale').map(({ intentId }) => intentId),
  );
  return made.find(({ id }) => taken.has(id)) ?? made.find(({ id }) => charged.has(id)) ?? made[0] ?? null;
}

/** The request that refunded: on the intent, or the session's creation. */
function refundRequest(evidence: PaymentEvidence): { end: number } | null {
  const direct = evidence.requests('refund').at(-1);
  if (direct) return { end: readableAt(direct) };
  const session = evidence.session;
  return session && session.type !== 'Sale'
    ? {
        end: readableAt((toldEnd(session) ?? session.told.at(-1))?.exchange ?? session.created),
      }
    : null;
}

function intentAfter(id: string, status: 'Refunded' | 'Captured'): Check {
  return {
    id,
    plane: 'state',
    fault: 'api',
    expected: (given) => `the payment intent is ${status}, with ${money(Number(given.amount))} refunded`,
    advice: 'A full refund ends as Refunded; a part leaves Captured, and refundedAmount grows.',
    judge: ({ evidence }, given) => {
      const intent = original(evidence);
      if (!intent) return notTestable('there is no payment intent to read');
      if (!intent.state) return unread(evidence, 'the payment intent', [intent.id]);
      const seen = textAt(intent.state, 'status');
      const refunded = numberAt(intent.state, 'refundedAmount') ?? 0;
      // A matched refund whose amount was left out is in full; the amount it reports may be left to the status.
      const fits = refunded === given.amount || (refunded === 0 && status === 'Refunded');
      return judged(
        seen === status && fits,
        `${seen}, ${money(refunded)} refunded`,
        evidence.lastReading(intent.id),
      );
    },
  };
}

const isRefund = /^\/payment-intents\/[^/]+\/refunds\/?$/;

export const refundChecks: Check[] = [
  {
    id: 'refund-sent',
    plane: 'wire',
    fault: 'pos',
    expected: (params) =>
      `POST /payment-intents/{id}/refunds for the captured payment, with the amount ${Number(params.amount)} (a bare number of minor units) and an idempotencyKey`,
    advice: 'Send the amount as a bare integer, and an idempotencyKey header of its own with each refund.',
    judge: ({ evidence, whole }, params) => {
      const intent = original(evidence);
      if (!intent) return notTestable(noIntent);
      const since = evidence.lastAction('refundIntent')?.at ?? 0;
      // The row as a whole: a second refund may be sent long after the first was seen.
      const end = whole.nextStart(since);
      const sent = whole.requests('refund').filter(({ at: time }) => time >= since && time < end);
      const last = sent.at(-1);
      if (!last) return failed('no refund was sent');
      const amount = at(jsonOf(last.request), 'amount');
      const keys = new Set(headersOf(last, 'idempotencykey').filter(Boolean));
      const to = routeId(last, 'refund');
      return judged(
        amount === params.amount && keys.size === 1 && to === intent.id && sent.length === 1,
        `amount ${JSON.stringify(amount)} to ${to}, ${['without an idempotencyKey', 'with an idempotencyKey'][keys.size] ?? `with ${keys.size} idempotencyKeys`}, sent ${counted(sent.length, 'time')}`,
        ids(sent),
      );
    },
  },
  {
    id: 'refund-id-returned',
    plane: 'wire',
    fault: 'api',
    expected: () => 'the refund is answered 200 with a refundId',
    advice:
      'Where the sandbox refuses to refund a fresh capture of a card machine (400), refund on the card machine instead.',
    judge: ({ evidence }) => {
      const last = evidence.requests('refund').at(-1);
      if (!last) return notTestable('no refund was sent');
      const id = textAt(jsonOf(last.response), 'refundId');
      return judged(
        last.response?.status === 200 && Boolean(id),
        `answered ${last.response?.status ?? 'nothing'}, refundId ${id || 'missing'}`,
        [last.id],
      );
    },
  },
  {
    id: 'refund-keys-differ',
    plane: 'wire',
    fault: 'pos',
    expected: () => 'no two refunds of the run carry the same idempotencyKey',
    advice: 'Make a new key for each refund; the API refuses, or ignores, a refund whose key it knows.',
    judge: ({ everyRow }) => {
      const refunds = [...everyRow.values()].flatMap(({ posts }) =>
        posts.filter(({ path }) => isRefund.test(path)),
      );
      const keys = refunds.flatMap(({ keys }) => (keys.length > 0 ? keys : ['no key']));
      const twice = keys.filter((key, index) => keys.indexOf(key) !== index);
      if (!refunds.length) return notTestable('no refund was sent');
      return judged(
        twice.length === 0,
        twice.length
          ? `sent more than once: ${[...new Set(twice)].join(', ')}`
          : `${counted(refunds.length, 'refund')}, no key twice`,
        refunds.map(({ exchange }) => exchange),
      );
    },
  },
  {
    id: 'intent-read-after-refund',
    plane: 'wire',
    fault: 'pos',
    expected: () => 'GET /payment-intents/{id} after the refund',
    advice: 'Read the payment intent after the refund; its status is the result.',
    judge: ({ evidence }) => {
      const intent = original(evidence);
      const refund = refundRequest(evidence);
      if (!intent || !refund) return notTestable('no refund was sent');
      const later = evidence
        .requests('getIntent')
        .filter((one) => one.at >= refund.end && routeId(one, 'getIntent') === intent.id);
      return judged(later.length > 0, `${counted(later.length, 'reading')} after the refund`, ids(later));
    },
  },
  intentAfter('intent-refunded', 'Refunded'),
  intentAfter('intent-refunded-in-part', 'Captured'),
  {
    id: 'over-refund-refused',
    plane: 'state',
    fault: 'api',
    expected: () => 'a refund of more than is left of the payment is refused, and nothing more is given back',
    advice: 'The API has to refuse a refund that would bring the sum of refunds above what was captured.',
    judge: ({ evidence }) => {
      const intent = original(evidence);
      const action = evidence.lastAction('refundIntent');
      const asked = evidence.requests('refund').findLast(({ at: time }) => action && time >= action.at);
      if (!intent || !asked) return notTestable('no refund was asked for');
      if (!intent.state) return unread(evidence, 'the payment intent', [intent.id]);
      const taken = numberAt(intent.state, 'totalAmount', 'value') ?? 0;
      const back = numberAt(intent.state, 'refundedAmount') ?? 0;
      const status = asked.response?.status ?? 0;
      return judged(
        status >= 400 && status < 500 && back <= taken,
        `asked for ${money(numberAt(jsonOf(asked.request), 'amount'))} and answered ${answered(asked)}; ${money(back)} of ${money(taken)} are given back`,
        [asked.id, ...evidence.lastReading(intent.id)],
      );
    },
  },
  {
    id: 'nothing-refunded',
    plane: 'state',
    fault: 'api',
    expected: () => 'the payment intent is still Captured, and nothing of it refunded',
    advice: 'A refund that did not succeed must move no money.',
    judge: ({ evidence }) => {
      const intent = original(evidence);
      if (!intent) return notTestable('there is no payment intent to read');
      if (!intent.state) return unread(evidence, 'the payment intent', [intent.id]);
      const status = textAt(intent.state, 'status');
      const refunded = numberAt(intent.state, 'refundedAmount') ?? 0;
      return judged(
        status === 'Captured' && refunded === 0,
        `${status}, ${money(refunded)} refunded`,
        evidence.lastReading(intent.id),
      );
    },
  },
  {
    id: 'refund-session-sent',
    plane: 'wire',
    fault: 'pos',
    expected: (params) =>
      params.type === 'MatchedRefund'
        ? 'POST /terminal-sessions with the sessionType MatchedRefund on the original payment intent'
        : `POST /terminal-sessions with the sessionType UnlinkedRefund and the amount ${money(Number(params.amount))}`,
    advice: 'Send sessionType and the one details object that belongs to it.',
    judge: ({ evidence, whole }, params) => {
      const action = evidence.lastAction(
        params.type === 'MatchedRefund' ? 'matchedRefund' : 'unlinkedRefund',
      );
      // The row as a whole: a second refund may be begun long after the first was seen.
      const next = action ? whole.nextStart(action.at) : 0;
      const sent = whole
        .requests('createSession')
        .filter(({ at: time }) => action && time >= action.at && time < next);
      const last = sent.at(-1);
      if (!last) return failed('no terminal session was asked for');
      const body = jsonOf(last.request);
      const type = textAt(body, 'details', 'sessionType');
      const matched = params.type === 'MatchedRefund';
      const details = at(body, 'details', matched ? 'matchedRefund' : 'unlinkedRefund');
      const amount = numberAt(details, 'amount', 'value');
      const currency = textAt(details, 'amount', 'currencyCode');
      // Without an amount a matched refund gives back all.
      const right = (matched && amount === null) || (amount === params.amount && currency === 'GBP');
      const to = textAt(details, 'paymentIntentId');
      const wanted = matched ? (original(evidence)?.id ?? null) : null;
      const begun = sent.filter(({ response }) => (response?.status ?? 0) < 400);
      return judged(
        type === params.type && right && to === wanted && begun.length === 1,
        `${type} of ${matched && amount === null ? 'all' : money(amount, currency)}${
          matched ? ` on ${to ?? 'none'}; the original is ${wanted ?? 'unknown'}` : ''
        }${begun.length === 1 ? '' : `; ${counted(begun.length, 'session')} were begun`}`,
        ids(sent),
      );
    },
  },
  {
    id: 'never-says-paid',
    plane: 'display',
    fault: 'pos',
    expected: () =>
      'once the refund was asked for on the card machine, no result on the display says that something was paid',
    advice: byWords('Use words of their own for refunds.', 'results'),
    judge: ({ evidence, run }) => {
      const action = evidence.lastAction('matchedRefund') ?? evidence.lastAction('unlinkedRefund');
      if (!action) return notTestable('no refund was asked for');
      const meaning = (one: { readonly display: Display } | undefined) =>
        resultOf(one?.display.outcome ?? null, run.pos.vocabulary);
      // On the way to the refund the till may show the sale, which is paid until the refund was begun.
      const own = evidence.requests('createSession').find(({ at: time }) => time >= action.at);
      const from = own?.until ?? action.at;
      const all = evidence.all('display');
      const shown = all.filter(({ at: time }) => time > from);
      const standing = all.findLast(({ at: time }) => time <= from);
      // What stood there of the sale may go on standing there: it is said anew only where it changes to that.
      const wrong = shown.find(
        (one, index) =>
          meaning(one) === 'Captured' && meaning(index ? shown[index - 1] : standing) !== 'Captured',
      );
      const words = [...new Set(shown.map(({ display }) => display.outcome).filter(Boolean))];
      return judged(
        !wrong,
        wrong
          ? `shows "${wrong.display.outcome}"`
          : `results shown: ${words.map((one) => `"${one}"`).join(', ') || 'none'}`,
        [],
        // It may have been shown before the refund began, and read late.
        { timed: wrong !== undefined && wrong.at - from <= run.criteria['display.within']! },
      );
    },
  },
];
