import { judged, money, noIntent, notTestable, unread, unseenScreen } from '../../../checklist/check.ts';
import { ids, jsonOf, numberAt, textAt } from '../../../record/evidence.ts';
import type { Check } from '../../payments/check.ts';
import { routeId } from '../../payments/evidence.ts';

/** An optional part of the payment is asked for in its own member and not folded into the amount. */
function sentApart(id: string, member: 'tipsAmount' | 'cashbackAmount', words: string): Check {
  return {
    id,
    plane: 'wire',
    fault: 'pos',
    expected: (params) =>
      typeof params.value === 'number'
        ? `the payment intent asks for ${money(Number(params.amount))} and, apart from it, ${words} of ${money(Number(params.value))}`
        : `the payment intent asks for ${money(Number(params.amount))}, and the ${words} is left to the card machine`,
    advice: `Send the ${words} in \`${member}\`; \`amount\` excludes it.`,
    judge: ({ evidence }, params) => {
      const created = evidence
        .requests('createIntent')
        .filter(({ at: time }) => time >= evidence.paymentStart);
      const last = created.at(-1);
      if (!last) return notTestable(noIntent);
      const body = jsonOf(last.request);
      const amount = numberAt(body, 'amount', 'value');
      const intent = textAt(jsonOf(last.response), 'id');
      const setLater = evidence.requests('setTips').filter((one) => routeId(one, 'setTips') === intent);
      const later =
        member === 'tipsAmount' ? numberAt(jsonOf(setLater.at(-1)?.request ?? null), member, 'value') : null;
      const value = later ?? numberAt(body, member, 'value');
      return judged(
        amount === params.amount && (value ?? 0) === (params.value ?? 0),
        `amount ${money(amount)}, ${words} ${value === null ? 'not sent' : money(value)}`,
        ids([last, ...setLater]),
      );
    },
  };
}

export const amountChecks: Check[] = [
  sentApart('cashback-sent-apart', 'cashbackAmount', 'cashback'),
  sentApart('tip-sent-apart', 'tipsAmount', 'gratuity'),
  {
    id: 'total-adds-up',
    plane: 'state',
    fault: 'api',
    expected: (params) => `the payment intent's total is ${money(Number(params.total))}`,
    advice: '`totalAmount` is `amount` with tips, service charge and cashback.',
    judge: ({ evidence }, params) => {
      const id = evidence.session?.intentId;
      const intent = evidence.intents.get(id ?? '')?.state ?? null;
      if (!id) return notTestable('there is no payment intent to read');
      if (!intent) return unread(evidence, 'the payment intent', [id]);
      const part = (name: string) => numberAt(intent, name, 'value');
      const sum =
        (part('amount') ?? 0) +
        (part('tipsAmount') ?? 0) +
        (part('cashbackAmount') ?? 0) +
        (part('serviceChargeAmount') ?? 0);
      return judged(
        part('totalAmount') === params.total && sum === params.total,
        `amount ${money(part('amount'))}, tip ${money(part('tipsAmount'))}, cashback ${money(part('cashbackAmount'))}, total ${money(part('totalAmount'))}`,
        evidence.lastReading(id),
      );
    },
  },
  {
    id: 'machine-shows-total',
    plane: 'state',
    fault: 'api',
    expected: (params) => `the card machine asks for ${money(Number(params.total))}`,
    advice: 'Cashback belongs to the amount that the card machine shows.',
    judge: ({ evidence }, params) => {
      const screen = evidence.facts('card-machine-screen').at(-1);
      if (!screen) return unseenScreen('Compare a photo of the card machine with the total.');
      const { amount } = screen.detail;
      return judged(amount === params.total, `the card machine shows ${money(amount)}`);
    },
  },
];
