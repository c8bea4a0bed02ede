import type { Exchange, Json, Sale, SessionStatus } from '../../vocabulary.ts';
import { at, type Evidence, jsonOf, numberAt, type Session, startsPayment, textAt } from '../evidence.ts';
import { type Check, failed, judged, money, passed } from './check.ts';

/** A sale that was entered in the till, and the time until the next payment was started. */
export interface EnteredSale {
  readonly sale: Sale;
  readonly from: number;
  readonly to: number;
}

/** The sales of a row, in turn. */
export function enteredSales(evidence: Evidence): EnteredSale[] {
  const starts = evidence
    .all('action')
    .filter(({ action }) => startsPayment.has(action.name) && action.name !== 'retry');
  return starts.flatMap(({ action, at: from }, index) =>
    action.name === 'sale'
      ? [{ sale: action.sale, from, to: starts[index + 1]?.at ?? Number.POSITIVE_INFINITY }]
      : [],
  );
}

/** An amount of money as a request or an answer tells it: `£10.00`, or that it is missing. */
function told(json: Json | undefined, name: string): string {
  const value = numberAt(json, name, 'value');
  return value === null ? 'none' : money(value, textAt(json, name, 'currencyCode') ?? 'no currency');
}

/** What a request for a payment intent asks for, where it is not what was entered. */
export function wrongIntent(created: Exchange, sale: Sale): string[] {
  const request = jsonOf(created.request);
  const parts: [name: string, words: string, entered: number | undefined][] = [
    ['amount', 'amount', sale.amount],
    ['tipsAmount', 'tip', sale.tip],
    ['cashbackAmount', 'cashback', sale.cashback],
  ];
  return parts.flatMap(([name, words, entered = 0]) => {
    if (name !== 'amount' && at(request, name) === undefined) return [];
    // A tip or cashback of nothing may be said or left out.
    const value = numberAt(request, name, 'value');
    const currency = textAt(request, name, 'currencyCode');
    if (value === entered && (currency === sale.currency || (value === 0 && name !== 'amount'))) return [];
    return [`${words} ${told(request, name)} where ${money(entered, sale.currency)} was entered`];
  });
}

/** The card machine that was chosen on the till by then, where one was; `null` while it is being chosen. */
function chosenBy(evidence: Evidence, time: number): string | null {
  const choices = evidence
    .all('action')
    .filter(({ action, at: from }) => action.name === 'chooseTerminal' && from <= time);
  const last = choices.at(-1);
  return last && last.until <= time && last.answer.answer === 'done' && last.action.name === 'chooseTerminal'
    ? last.action.terminalId
    : null;
}

/** Whose machine and whose payment a request for a session names, where they are not the ones in hand. */
function wrongSession(evidence: Evidence, request: Exchange, sale: EnteredSale | undefined): string[] {
  const body = jsonOf(request.request);
  const terminalId = textAt(body, 'terminalId');
  const chosen = chosenBy(evidence, request.at);
  const wrong =
    chosen && terminalId !== chosen ? [`a session on ${terminalId ?? 'none'}, ${chosen} was chosen`] : [];
  const intentId = textAt(body, 'details', 'sale', 'paymentIntentId');
  if (!sale || intentId === null) return wrong;
  const created = evidence.intents.get(intentId)?.created;
  const own = created && created.at >= sale.from && created.at < sale.to;
  return own ? wrong : [...wrong, `a session for ${intentId}, which was not made for this sale`];
}

const ranks: Readonly<Record<SessionStatus, number>> = {
  InitiateRequested: 0,
  Initiated: 1,
  CancelRequested: 1,
  SignatureVerificationRequired: 2,
  SignatureVerificationAccepted: 3,
  SignatureVerificationRejected: 3,
  Authorized: 4,
  Captured: 5,
  Canceled: 5,
  Expired: 5,
  Declined: 5,
};

/** Two statuses of which the second can't follow the first, as the till was told them; `null` where none are. */
function stepBack({ told }: Session): [Session['told'][number], Session['told'][number]] | null {
  for (const [index, later] of told.entries()) {
    const earlier = told
      .slice(0, index)
      // Of two answers that were under way at once nobody knows which is the newer.
      .findLast(({ exchange }) => exchange.until <= later.exchange.at);
    if (!earlier || earlier.status === later.status) continue;
    const from = ranks[earlier.status];
    const to = ranks[later.status];
    if (to < from || (to === from && from === 5)) return [earlier, later];
  }
  return null;
}

/** The amount of an intent that the API has agreed to: what was asked for, or the last change of it. */
function agreedAmount(evidence: Evidence, created: Exchange, id: string): Json | undefined {
  const change = evidence
    .requests('changeAmount')
    .findLast(({ request, response }) => response?.status === 200 && request.target.includes(`/${id}/`));
  return at(jsonOf((change ?? created).request), 'amount');
}

/** Where an intent that the API tells is another than the one that was asked for. */
function otherIntent(asked: Json, answer: Json, amount: Json | undefined): string[] {
  const other: string[] = [];
  const wanted = told({ amount: amount ?? null }, 'amount');
  if (told(answer, 'amount') !== wanted) other.push(`amount ${told(answer, 'amount')}, asked for ${wanted}`);
  for (const name of ['reference', 'captureMode']) {
    const was = textAt(asked, name);
    const is = textAt(answer, name);
    if (was !== null && is !== was) other.push(`${name} ${is ?? 'not told'}, asked for ${was}`);
  }
  if (at(asked, 'cardHolderNotPresent') === true && at(answer, 'cardHolderNotPresent') === false)
    other.push('cardHolderNotPresent false, asked for true');
  return other;
}

/** Item lines that were sent and that the payment intent, as it is read, does not hold. */
function lostLines(asked: Json, read: Json): string[] {
  const count = (json: Json): number => {
    const lines = at(json, 'itemLines');
    return Array.isArray(lines) ? lines.length : 0;
  };
  const [sent, kept] = [count(asked), count(read)];
  return sent === kept ? [] : [`${kept} item lines, ${sent} were sent`];
}

/** Where a session as it is read is another than the one that was asked for. */
function otherSession({ created, state }: Session): string[] {
  const asked = jsonOf(created.request);
  const type = textAt(asked, 'details', 'sessionType') ?? '';
  const details =
    { Sale: 'sale', MatchedRefund: 'matchedRefund', UnlinkedRefund: 'unlinkedRefund' }[type] ?? '';
  const paths = [['terminalId'], ['details', 'sessionType'], ['details', details, 'paymentIntentId']];
  const other = paths.flatMap((path) => {
    const was = textAt(asked, ...path);
    const is = textAt(state, ...path);
    return was === null || is === was ? [] : [`${path.at(-1)} ${is ?? 'not told'}, asked for ${was}`];
  });
  const was = at(asked, 'details', details, 'amount');
  if (was === undefined) return other;
  const [is, wanted] = [told(at(state, 'details', details), 'amount'), told({ amount: was }, 'amount')];
  return is === wanted ? other : [...other, `amount ${is}, asked for ${wanted}`];
}

/** Checks of every payment: that what was entered is sent, and that what was sent is what the API goes by. */
export const enteredChecks: Check[] = [
  {
    id: 'sent-as-entered',
    plane: 'wire',
    fault: 'pos',
    expected: () =>
      'each payment intent asks for the amount and the currency that were entered, and each session is for it and on the card machine that was chosen',
    advice:
      'Send what the operator entered: its amount in minor units, its currency, the chosen card machine.',
    judge: ({ whole }) => {
      const sales = enteredSales(whole);
      const saleAt = (time: number) => sales.find(({ from, to }) => time >= from && time < to);
      const intents = whole.requests('createIntent').flatMap((exchange) => {
        const entered = saleAt(exchange.at);
        return entered ? [{ exchange, wrong: wrongIntent(exchange, entered.sale) }] : [];
      });
      const sessions = whole
        .requests('createSession')
        .map((exchange) => ({ exchange, wrong: wrongSession(whole, exchange, saleAt(exchange.at)) }));
      const wrong = [...intents, ...sessions].filter((one) => one.wrong.length > 0);
      return judged(
        wrong.length === 0,
        wrong.length
          ? wrong.flatMap((one) => one.wrong).join('; ')
          : `${intents.length} payment intents and ${sessions.length} sessions, as entered`,
        wrong.map(({ exchange }) => exchange.id),
      );
    },
  },
  {
    id: 'kept-as-asked',
    plane: 'state',
    fault: 'api',
    expected: () =>
      'each payment intent and each session has the amount, currency, reference and card machine that were asked for',
    advice: 'The API has to go by what it was asked for and answered with 200.',
    judge: ({ whole }) => {
      const other: string[] = [];
      const evidence: string[] = [];
      const note = (id: string, found: string[], exchange: string | undefined) => {
        if (!found.length) return;
        other.push(`${id}: ${found.join(', ')}`);
        if (exchange) evidence.push(exchange);
      };
      const readOf = (id: string) =>
        whole.all('state').findLast((state) => state.id === id && state.exchange.response?.status === 200)
          ?.exchange.id;
      let count = 0;
      for (const { id, created, state } of whole.intents.values()) {
        if (!created) continue;
        count += 1;
        const asked = jsonOf(created.request);
        note(id, otherIntent(asked, jsonOf(created.response), at(asked, 'amount')), created.id);
        if (!state) continue;
        const read = [
          ...otherIntent(asked, state, agreedAmount(whole, created, id)),
          ...lostLines(asked, state),
        ];
        note(id, read, readOf(id));
      }
      for (const session of whole.sessions) {
        count += 1;
        if (session.state) note(session.id, otherSession(session), readOf(session.id));
      }
      if (!count) return passed('no payment intent and no session was made');
      return other.length ? failed(other.join('; '), evidence) : passed(`${count} resources, as asked for`);
    },
  },
  {
    id: 'statuses-go-forward',
    plane: 'wire',
    fault: 'api',
    expected: () => 'the status of a session only moves on, and never from one end to another',
    advice: 'Compare the answers with the state diagram of the terminals page.',
    judge: ({ whole }) => {
      const back = whole.sessions.flatMap((session) => {
        const step = stepBack(session);
        return step ? [{ session, step }] : [];
      });
      const seen = whole.sessions.map(({ told: all }) =>
        [...new Set(all.map(({ status }) => status))].join(' → '),
      );
      return judged(
        back.length === 0,
        back.length
          ? back
              .map(({ session, step: [one, two] }) => `${session.id} was ${one.status}, then ${two.status}`)
              .join('; ')
          : seen.join('; ') || 'no session was made',
        back.flatMap(({ step }) => step.map(({ exchange }) => exchange.id)),
      );
    },
  },
];
