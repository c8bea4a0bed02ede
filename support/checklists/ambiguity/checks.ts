import {
  answered,
  failed,
  judged,
  listed,
  money,
  noDisplay,
  noIntent,
  notTestable,
  passed,
  unread,
} from '../../checklist/check.ts';
import { counted } from '../../record/counted.ts';
import { headersOf, ids, jsonOf, numberAt, pathOf, readableAt, textAt } from '../../record/evidence.ts';
import { resultOf } from '../../record/phrases.ts';
import type { Exchange, Json, Observation, ResultName, Run } from '../../record/vocabulary.ts';
import type { Check } from '../payments/check.ts';
import { byWords } from '../payments/checks/display/shown.ts';
import { askedBetween, heard } from '../payments/checks/knowledge.ts';
import { answeredEnd, type PaymentEvidence, routeId } from '../payments/evidence.ts';

/** Requests that move money, or start a card machine that does. */
const moving = ['createSession', 'capture', 'refund'] as const;

const routeOf = (exchange: Exchange) => moving.find((name) => routeId(exchange, name) !== null) ?? null;

/** What a refund is known by: all of its keys, should it have several. */
const keyOf = (exchange: Exchange): string | null => headersOf(exchange, 'idempotencykey').join(', ') || null;

/** An answer that says that the API is out of order tells nothing of what became of the request. */
const isOutOfOrder = ({ response }: Exchange): boolean => (response?.status ?? 0) >= 500;

/** What a till may state last of a payment intent that stands so; none has to be stated of one that is not paid. */
function holding(intent: Json): { results: readonly ResultName[]; mustSay: boolean } {
  const status = textAt(intent, 'status');
  if (status === 'Refunded' || (numberAt(intent, 'refundedAmount') ?? 0) > 0)
    return { results: ['Refunded'], mustSay: true };
  if (status === 'Captured' || status === 'Authorized') return { results: [status], mustSay: true };
  const open: ResultName[] = ['Unconfirmed', 'Declined', 'Canceled'];
  return { results: status === 'Reversed' ? ['Canceled', 'Refunded'] : open, mustSay: false };
}

type Shown = Extract<Observation, { kind: 'display' }>;

/** The result that a display states, and its words for it: those on its line, else those in a dialogue. */
function statedBy({ display }: Shown, { pos }: Run): { result: ResultName; words: string | null } | null {
  const texts = [display.outcome, ...display.dialogues.map(({ text }) => text)];
  const stated = texts.flatMap((words) => {
    const result = resultOf(words, pos.vocabulary);
    return result ? [{ result, words }] : [];
  });
  return stated[0] ?? null;
}

/** When the sale, or the refund, in hand was entered. */
const entered = (evidence: PaymentEvidence): number =>
  evidence.all('action').findLast(({ action }) => action.name === 'sale' || action.name === 'refundIntent')
    ?.at ?? 0;

/** How many displays, from the entering on, still state what had been stated before it. */
function standing(evidence: PaymentEvidence, run: Run): number {
  const start = entered(evidence);
  const before = evidence.all('display').findLast(({ at: time }) => time < start);
  const old = before && statedBy(before, run)?.result;
  const shown = evidence.all('display').filter(({ at: time }) => time >= start);
  const changed = shown.findIndex((one) => statedBy(one, run)?.result !== old);
  return changed < 0 ? shown.length : changed;
}

/** Minor units that the operator asked to be given back, of what was taken in all. */
function askedBack(evidence: PaymentEvidence, taken: number): number {
  return evidence
    .all('action')
    .flatMap(({ action, answer }) =>
      answer.answer === 'done' && (action.name === 'refundIntent' || action.name === 'matchedRefund')
        ? [action.amount ?? taken]
        : [],
    )
    .reduce((sum, amount) => sum + amount, 0);
}

/** Checks of what a till makes of answers that are lost, late or sent twice. */
export const ambiguityChecks: Check[] = [
  {
    id: 'fault-met',
    plane: 'wire',
    fault: 'environment',
    expected: (params) =>
      `${params.times === 1 ? '' : `${counted(params.times as number, 'time')}: `}${params.fault}`,
    advice: 'The POS never reached what this row is about: look at what it sent, then run the row again.',
    judge: ({ whole }, params) => {
      const met = whole.exchanges.filter(({ armed }) => armed === params.fault);
      return judged(
        met.length === params.times,
        met.length
          ? met.map((exchange) => `${exchange.request.method} ${pathOf(exchange)}`).join('; ')
          : 'no request of the till met it',
        ids(met),
      );
    },
  },
  {
    id: 'not-sent-blindly-again',
    plane: 'wire',
    fault: 'pos',
    expected: () =>
      'what was sent and not answered, or answered 5xx, is not sent again before the till has asked what became of it',
    advice:
      'A lost answer is not a refusal: read the payment intent first, and send again only what had no effect.',
    judge: ({ evidence }) => {
      const lost = evidence.exchanges.filter(
        (exchange) => exchange.armed && (exchange.trouble || isOutOfOrder(exchange)) && routeOf(exchange),
      );
      if (!lost.length) return notTestable('no answer was lost');
      const blind = lost.flatMap((first) => {
        const again = evidence.exchanges.find(
          (exchange) => exchange.at >= readableAt(first) && routeOf(exchange) === routeOf(first),
        );
        // The API takes a refund with the same key once.
        const safe = again && keyOf(first) !== null && keyOf(first) === keyOf(again);
        return again && !safe && !askedBetween(evidence, first, again) ? [{ first, again }] : [];
      });
      const [one] = blind;
      return judged(
        !one,
        one
          ? `${one.first.request.method} ${one.first.request.target} was sent again ${Math.round(one.again.at - one.first.until)} ms after ${one.first.trouble ? 'its answer was lost' : `it was answered ${answered(one.first)}`}, and nothing was read between`
          : `${lost.length} answers were lost; nothing was sent again unasked`,
        one ? [one.first.id, one.again.id] : ids(lost),
      );
    },
  },
  {
    id: 'paid-from-one-place',
    plane: 'wire',
    fault: 'pos',
    expected: () =>
      'while a sale is being paid, a second window or device of the till starts no other payment of it',
    advice:
      'Keep the payment under way where every window of the till looks before it starts one, and show it there.',
    judge: ({ evidence }) => {
      const second = evidence.lastAction('payElsewhere');
      if (!second) return notTestable('the sale was not paid from a second window');
      const { answer } = second;
      if (answer.answer === 'notOffered') {
        const unknown = answer.reason.startsWith('the profile has no');
        return passed(`${unknown ? 'not tried' : 'the second window does not offer it'}: ${answer.reason}`);
      }
      const from = evidence.sessions.findLast(({ created }) => created.at < second.at);
      if (!from) return notTestable('the till created no terminal session for the sale');
      const over = answeredEnd(from);
      const others = [...evidence.requests('createIntent'), ...evidence.requests('createSession')].filter(
        ({ at: time }) =>
          time >= second.at && time < evidence.nextStart(second.at) && (!over || time < over.exchange.until),
      );
      const sent = others.map(({ request }) => `${request.method} ${request.target}`);
      return judged(
        !others.length,
        others.length
          ? `while ${from.id} was being paid, the second window sent ${listed(sent)}`
          : 'the second window started nothing',
        ids(others),
      );
    },
  },
  {
    id: 'goes-on-after-restart',
    plane: 'wire',
    fault: 'pos',
    expected: () =>
      'once it is back the till asks what has become of its payment, and neither cancels it nor starts another',
    advice: 'Keep the payment under way where a power cut leaves it, and go on with it before anything else.',
    judge: ({ evidence }) => {
      const back = evidence.all('action').findLast(({ action }) => action.name === 'restart');
      if (back?.answer.answer !== 'done') return notTestable('the till was not restarted');
      const within = (exchanges: readonly Exchange[]) =>
        exchanges.filter(({ at: time }) => time >= back.at && time < evidence.nextStart(back.at));
      const reads = within([...evidence.requests('getSession'), ...evidence.requests('getIntent')]);
      const others = within([
        ...evidence.requests('createIntent'),
        ...evidence.requests('createSession'),
        ...evidence.requests('cancelSession'),
        ...evidence.requests('deleteIntent'),
      ]);
      const sent = others.map(({ request }) => `${request.method} ${request.target}`);
      return judged(
        reads.some(heard) && !others.length,
        `it asked ${counted(reads.length, 'time')}${sent.length ? `, and sent ${listed(sent)}` : ''}`,
        ids(others.length ? others : reads.slice(-2)),
      );
    },
  },
  {
    id: 'shows-what-holds',
    plane: 'display',
    attestable: true,
    fault: 'pos',
    timed: true,
    followsApi: true,
    expected: () => 'the last result that the till states is the one that the payment intent has',
    advice: byWords(
      'Before a result is stated, and when the operator tries again, read the payment intent: it has the last word.',
      'results',
    ),
    corroborated: ({ evidence }) => {
      const intent = evidence.made.at(-1);
      const read = evidence.requests('getIntent').filter(heard).at(-1);
      return (
        read !== undefined &&
        routeId(read, 'getIntent') === intent?.id &&
        textAt(jsonOf(read.response), 'status') === textAt(intent.state, 'status')
      );
    },
    judge: ({ evidence, run }) => {
      const intent = evidence.made.at(-1);
      if (!intent) return notTestable(noIntent);
      if (!intent.state) return unread(evidence, 'the payment intent', [intent.id]);
      const shown = evidence.all('display').filter(({ at: time }) => time >= entered(evidence));
      if (!shown.length) return notTestable(noDisplay);
      const stated = shown
        .slice(standing(evidence, run))
        .flatMap((one) => statedBy(one, run) ?? [])
        .at(-1);
      const { results, mustSay } = holding(intent.state);
      return judged(
        stated ? results.includes(stated.result) : !mustSay,
        `${stated ? `the till says "${stated.words}", which stands for ${stated.result}` : 'the till states no result'}; the payment intent is ${textAt(intent.state, 'status')}${
          numberAt(intent.state, 'refundedAmount')
            ? `, ${money(numberAt(intent.state, 'refundedAmount'))} of it refunded`
            : ''
        }`,
        [
          ...shown.flatMap(({ screenshot }) => screenshot ?? []).slice(-1),
          ...evidence.lastReading(intent.id),
        ],
      );
    },
  },
  {
    id: 'refunded-once',
    plane: 'state',
    fault: 'pos',
    expected: () => 'no more is given back than the operator has asked for',
    advice:
      'Find out from the payment intent whether a refund took effect, and send it again only with the same idempotencyKey.',
    judge: ({ whole }) => {
      const intents = whole.made;
      if (!intents.length) return notTestable(noIntent);
      const blank = intents.filter(({ state }) => !state);
      if (blank.length)
        return unread(
          whole,
          'the payment intent',
          blank.map(({ id }) => id),
        );
      const sum = (name: (state: Json) => number) =>
        intents.reduce((total, { state }) => total + name(state!), 0);
      const back = sum((state) => numberAt(state, 'refundedAmount') ?? 0);
      const wanted = askedBack(
        whole,
        sum((state) => numberAt(state, 'totalAmount', 'value') ?? 0),
      );
      const observed = `asked to give back ${money(wanted)}, given back ${money(back)}`;
      const seen = intents.flatMap(({ id }) => whole.lastReading(id));
      return back > wanted ? failed(observed, seen) : passed(observed, seen);
    },
  },
  {
    id: 'refunded-once-a-key',
    plane: 'state',
    fault: 'api',
    expected: () => 'a refund that is sent again with the same idempotencyKey is not made again',
    advice: 'The API has to know the key again: it refuses the request, or answers what it answered before.',
    judge: ({ whole }) => {
      const sent = whole.requests('refund').filter((refund) => keyOf(refund) !== null);
      const again = sent.filter((refund, place) =>
        sent.slice(0, place).some((one) => keyOf(one) === keyOf(refund)),
      );
      if (!again.length) return notTestable('no refund was sent twice with one key');
      const amounts = new Map(
        sent.map((refund) => [keyOf(refund), numberAt(jsonOf(refund.request), 'amount') ?? 0]),
      );
      const most = [...amounts.values()].reduce((sum, amount) => sum + amount, 0);
      const back = whole.made.reduce((sum, { state }) => sum + (numberAt(state, 'refundedAmount') ?? 0), 0);
      return judged(
        back <= most,
        `${counted(sent.length, 'request')} with ${counted(amounts.size, 'key')} asked for ${money(most)}, given back ${money(back)}`,
        ids(sent),
      );
    },
  },
];
