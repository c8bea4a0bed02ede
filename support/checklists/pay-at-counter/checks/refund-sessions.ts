import { failed, judged, money, notTestable } from '../../../checklist/check.ts';
import { counted } from '../../../record/counted.ts';
import { at, ids, jsonOf, numberAt, textAt } from '../../../record/evidence.ts';
import { resultOf } from '../../../record/phrases.ts';
import type { Display } from '../../../record/vocabulary.ts';
import type { Check } from '../../payments/check.ts';
import { byWords } from '../../payments/checks/display/shown.ts';
import { original } from '../../payments/checks/payment-intent.ts';

export const refundSessionChecks: Check[] = [
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
    attestable: true,
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
