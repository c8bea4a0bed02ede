import { answered, failed, judged, money, noIntent, notTestable, unread } from '../../../checklist/check.ts';
import { counted } from '../../../record/counted.ts';
import { at, headersOf, ids, jsonOf, numberAt, readableAt, textAt } from '../../../record/evidence.ts';
import type { Check } from '../../payments/check.ts';
import { original } from '../../payments/checks/payment-intent.ts';
import { answeredEnd, type PaymentEvidence, routeId } from '../../payments/evidence.ts';

/** The request that refunded: on the intent, or the session's creation. */
function refundRequest(evidence: PaymentEvidence): { end: number } | null {
  const direct = evidence.requests('refund').at(-1);
  if (direct) return { end: readableAt(direct) };
  const session = evidence.session;
  return session && session.type !== 'Sale'
    ? {
        end: readableAt((answeredEnd(session) ?? session.answers.at(-1))?.exchange ?? session.created),
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
];
