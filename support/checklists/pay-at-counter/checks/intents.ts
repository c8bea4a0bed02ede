import {
  answered,
  judged,
  judgedBothSides,
  listed,
  noIntent,
  noSession,
  notTestable,
} from '../../../checklist/check.ts';
import { counted } from '../../../record/counted.ts';
import { ids, jsonOf, readableAt, refusalText, textAt } from '../../../record/evidence.ts';
import type { Check, Scene } from '../../payments/check.ts';
import { ofIntentInHand } from '../../payments/checks/payment-intent.ts';
import { answeredEnd, routeId } from '../../payments/evidence.ts';

export const intentChecks: Check[] = [
  {
    id: 'references-differ',
    plane: 'wire',
    fault: 'pos',
    expected: () => 'each payment intent has a `reference` of its own',
    advice: "Send the order's own number as `reference`, not a constant.",
    judge: ({ evidence }) => {
      // A payment that was given up may hand its reference on.
      const given = new Set(evidence.requests('deleteIntent').map((one) => routeId(one, 'deleteIntent')));
      const created = evidence
        .requests('createIntent')
        .filter(({ response }) => !given.has(textAt(jsonOf(response), 'id')));
      const references = created.map(({ request }) => textAt(jsonOf(request), 'reference') ?? 'none');
      if (references.length < 2)
        return notTestable('the till created fewer than two payment intents', ids(created));
      return judged(new Set(references).size === references.length, listed(references), ids(created));
    },
  },
  {
    id: 'intent-read-after-end',
    plane: 'wire',
    fault: 'pos',
    expected: () => 'GET /payment-intents/{id} after the session has ended',
    advice: 'Read the payment intent for the final result once the session has ended.',
    judge: ({ evidence }) => {
      const session = evidence.session;
      if (!session) return notTestable(noSession);
      const end = answeredEnd(session);
      if (!end) return notTestable('the till never saw the end of the session');
      const later = evidence
        .requests('getIntent')
        .filter(
          (exchange) =>
            exchange.at >= readableAt(end.exchange) && routeId(exchange, 'getIntent') === session.intentId,
        );
      return judged(
        later.length > 0,
        `${counted(later.length, 'reading')} of ${session.intentId} after the end`,
        ids(later),
      );
    },
  },
  {
    id: 'intent-cancel-sent',
    plane: 'wire',
    fault: 'pos',
    expected: () => 'DELETE /payment-intents/{id} for the open payment, answered 200',
    advice: 'Cancel an open payment intent with DELETE.',
    judge: ({ evidence }) => {
      const intent = evidence.made.at(-1);
      if (!intent) return notTestable(noIntent);
      const sent = evidence
        .requests('deleteIntent')
        .filter((one) => routeId(one, 'deleteIntent') === intent.id);
      const last = sent.at(-1);
      return judgedBothSides(
        last !== undefined,
        last?.response?.status === 200,
        last ? `answered ${answered(last)}` : 'none was sent',
        ids(sent),
      );
    },
  },
  {
    id: 'intent-canceled',
    plane: 'state',
    fault: 'api',
    expected: () => 'the payment intent is Canceled',
    advice: 'An intent whose cancellation was answered 200 has to be Canceled.',
    judge: ({ evidence }) =>
      ofIntentInHand(evidence, (state) => {
        const status = textAt(state, 'status');
        return [status === 'Canceled', `the payment intent is ${status}`];
      }),
  },
  {
    id: 'no-bad-request',
    plane: 'wire',
    fault: 'pos',
    expected: () => 'no request of the whole run is answered 400, but for those that rows provoke on purpose',
    advice: 'Correct the request; the answer says what is wrong with it.',
    judge: ({ everyRow, provoked, violations }: Scene) => {
      const requests = [...everyRow.values()].reduce((sum, sent) => sum + sent.requests, 0);
      if (!requests) return notTestable('the run holds no request of the till');
      const bad = [...everyRow].flatMap(([row, sent]) =>
        sent.bad
          .filter((exchange) => !provoked(row, exchange, refusalText(exchange)))
          .map((exchange) => ({ row, exchange })),
      );
      const result = judged(
        bad.length === 0,
        bad.length
          ? bad
              .slice(0, 3)
              .map(
                ({ row, exchange }) =>
                  `${row}: ${exchange.request.method} ${exchange.request.target}: ${refusalText(exchange)}`,
              )
              .join('; ')
          : `${counted(requests, 'request')}, none of them bad`,
        bad.map(({ exchange }) => exchange.id),
      );
      // What the contract allows, and the API calls bad all the same, may be the doing of either.
      const unexplained = bad.every(
        ({ exchange }) => !violations(exchange).some(({ fault }) => fault === 'pos'),
      );
      return bad.length && unexplained
        ? {
            ...result,
            outcome: 'review',
            advice: 'The contract has nothing against it: look at what the API says.',
          }
        : result;
    },
  },
];
