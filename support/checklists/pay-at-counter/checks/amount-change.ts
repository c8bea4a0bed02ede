import { answered, failed, judged, money, noIntent, notTestable, passed } from '../../../checklist/check.ts';
import { ids, jsonOf, numberAt, refusalText, textAt } from '../../../record/evidence.ts';
import type { Exchange } from '../../../record/vocabulary.ts';
import type { Check } from '../../payments/check.ts';
import { ofIntentInHand } from '../../payments/checks/payment-intent.ts';
import { type PaymentEvidence, routeId } from '../../payments/evidence.ts';

/** Requests to change the amount since the last action that asked for it. */
function changes(evidence: PaymentEvidence): Exchange[] {
  const start = evidence.lastAction('changeAmount')?.at ?? Number.POSITIVE_INFINITY;
  return evidence.requests('changeAmount').filter(({ at: time }) => time >= start);
}

/** Sent or not, a change that makes no sense comes to nothing, and for that reason. */
function protectedOr(id: string, what: string, cause: RegExp): Check {
  return {
    id,
    plane: 'wire',
    fault: 'pos',
    expected: () => `${what} is not sent; or the API refuses it for that reason`,
    advice: 'Refuse it before anything is sent, or show what the API answers.',
    judge: ({ evidence }) => {
      const action = evidence.lastAction('changeAmount');
      if (!action) return notTestable('the change was not tried');
      const sent = changes(evidence);
      if (!sent.length) {
        return passed(
          action.answer.answer === 'done'
            ? 'the till sent nothing'
            : `the till does not offer it: ${action.answer.reason}`,
        );
      }
      const last = sent.at(-1)!;
      const refused = (last.response?.status ?? 0) >= 400 && cause.test(refusalText(last));
      return {
        ...judged(
          refused,
          `sent, and answered ${answered(last)}: ${refusalText(last) || 'no reason'}`,
          ids(sent),
        ),
        fault: 'api',
      };
    },
  };
}

export const amountChangeChecks: Check[] = [
  {
    id: 'amount-change-sent',
    plane: 'wire',
    fault: 'pos',
    expected: (params) =>
      `POST /payment-intents/{id}/amount with ${money(Number(params.amount))} for the payment in hand`,
    advice: 'Send the new amount, as an object of value and currency, to the payment intent in hand.',
    judge: ({ evidence }, params) => {
      const intent = evidence.made.at(-1);
      if (!intent) return notTestable(noIntent);
      const sent = changes(evidence);
      const last = sent.at(-1);
      if (!last) return failed('no change of the amount was sent');
      const amount = numberAt(jsonOf(last.request), 'amount', 'value');
      const currency = textAt(jsonOf(last.request), 'amount', 'currencyCode');
      const wanted = textAt(jsonOf(intent.created.request), 'amount', 'currencyCode');
      const to = routeId(last, 'changeAmount');
      return judged(
        amount === params.amount && currency === wanted && to === intent.id && last.response?.status === 200,
        `${money(amount, currency)} to ${to}, answered ${answered(last)}`,
        ids(sent),
      );
    },
  },
  {
    id: 'amount-changed',
    plane: 'state',
    fault: 'api',
    expected: (params) =>
      `the payment intent's amount is ${money(Number(params.amount))}, its status as before`,
    advice: 'A change that was answered 200 has to take effect.',
    judge: ({ evidence }, params) =>
      ofIntentInHand(evidence, (state) => {
        const amount = numberAt(state, 'amount', 'value');
        const status = textAt(state, 'status');
        return [
          amount === params.amount && (status === 'Authorized' || status === 'Created'),
          `${money(amount)}, ${status}`,
        ];
      }),
  },
  {
    id: 'amount-change-authorized',
    plane: 'wire',
    fault: 'api',
    expected: (params) => `the answer says Authorized and ${money(Number(params.amount))}`,
    advice: 'The answer to a change of the amount is the payment intent as it then is.',
    judge: ({ evidence }, params) => {
      const last = changes(evidence).at(-1);
      if (!last) return notTestable('no change of the amount was sent');
      const body = jsonOf(last.response);
      const status = textAt(body, 'status');
      const amount = numberAt(body, 'amount', 'value');
      return judged(
        status === 'Authorized' && amount === params.amount,
        `${status ?? answered(last)}, ${money(amount)}`,
        [last.id],
      );
    },
  },
  {
    id: 'change-of-captured-refused',
    plane: 'wire',
    fault: 'api',
    expected: () => 'the till does not offer the change, or it is refused, because the payment is Captured',
    advice: 'The amount of a captured payment must not change.',
    judge: ({ evidence }) => {
      const action = evidence.lastAction('changeAmount');
      if (!action) return notTestable('the change was not tried');
      const last = changes(evidence).at(-1);
      // A till that never lets it come so far protects its user.
      if (!last && action.answer.answer === 'notOffered')
        return passed(`the till does not offer it: ${action.answer.reason}`);
      if (!last) {
        return {
          outcome: 'review',
          observed: 'the till sent nothing',
          evidence: [],
          fault: 'pos',
          advice:
            'Look whether the till keeps its user from changing a captured payment; a driver then answers `notOffered`.',
        };
      }
      const text = refusalText(last);
      return judged(
        (last.response?.status ?? 0) >= 400 && /Captured/.test(text),
        `answered ${answered(last)}: ${text || 'no reason'}`,
        [last.id],
      );
    },
  },
  protectedOr(
    'unknown-intent-protected',
    'a change of a payment that does not exist',
    /not (be )?found|does(n't| not) exist|no (such )?payment intent/i,
  ),
  protectedOr(
    'zero-amount-protected',
    'a change to an amount of 0',
    /higher than|greater than|must be (more|above)|positive/i,
  ),
  {
    id: 'amount-unchanged',
    plane: 'state',
    fault: 'api',
    expected: (params) => `the payment intent's amount is still ${money(Number(params.amount))}`,
    advice: 'A refused change must change nothing.',
    judge: ({ evidence }, params) =>
      ofIntentInHand(evidence, (state) => {
        const amount = numberAt(state, 'amount', 'value');
        return [amount === params.amount, money(amount)];
      }),
  },
];
