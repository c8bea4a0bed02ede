import { failed, judged, money, passed } from '../../../checklist/check.ts';
import { counted } from '../../../record/counted.ts';
import { at, headersOf, ids, jsonOf, listAt, numberAt, pathOf, textAt } from '../../../record/evidence.ts';
import type { Action, Exchange, Json, Sale, SessionStatus } from '../../../record/vocabulary.ts';
import type { Check } from '../check.ts';
import { type PaymentEvidence, type RouteName, routeId, type Session, startsPayment } from '../evidence.ts';

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
  const wrong = parts.flatMap(([name, words, entered = 0]) => {
    const value = numberAt(request, name, 'value');
    // A tip or cashback of nothing may be said or left out; whether one that was entered is asked for is for its row.
    if (name !== 'amount' && !value) return [];
    if (value === entered && textAt(request, name, 'currencyCode') === sale.currency) return [];
    return [`${words} ${told(request, name)} where ${money(entered, sale.currency)} was entered`];
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
  if (last?.action.name !== 'chooseTerminal' || last.answer.answer !== 'done') return null;
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
  const last = evidence
    .all('action')
    .findLast(({ action, until }) => action.name === 'configure' && until < request.at)?.action;
  if (last?.name !== 'configure') return [];
  return partnerHeaders.flatMap(([header, setting]) => {
    const entered = last.settings[setting];
    return headersOf(request, header).flatMap((sent) =>
      entered === undefined || sent === entered ? [] : [`${header} ${sent} where ${entered} was entered`],
    );
  });
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

const ofSignature = (status: SessionStatus): boolean => status.startsWith('SignatureVerification');

/** Two statuses of which the second can't follow the first, as the till was told them; `null` where none are. */
function stepBack({ told }: Session): [Session['told'][number], Session['told'][number]] | null {
  for (const later of told) {
    // Of two answers that were under way at once nobody knows which is the newer.
    const earlier = told.findLast(({ exchange }) => exchange.until <= later.exchange.at);
    if (!earlier || earlier.status === later.status) continue;
    // A sale may be authorized before its signature is checked, and not after that.
    const checked = told.some(
      ({ status, exchange }) => ofSignature(status) && exchange.until <= earlier.exchange.at,
    );
    if (earlier.status === 'Authorized' && ofSignature(later.status) && !checked) continue;
    const from = ranks[earlier.status];
    // All ends are of one rank: from none of them it goes on.
    if (ranks[later.status] < from || from === ranks.Captured) return [earlier, later];
  }
  return null;
}

/** The amount of an intent that the API has agreed to: what was asked for, or the last change of it. */
function agreedAmount(evidence: PaymentEvidence, created: Exchange, id: string): Json | undefined {
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
    if (was !== null && is !== was) other.push(`${name} ${is ?? 'not reported'}, asked for ${was}`);
  }
  if (at(asked, 'cardHolderNotPresent') === true && at(answer, 'cardHolderNotPresent') === false)
    other.push('cardHolderNotPresent false, asked for true');
  return other;
}

/** Item lines that were sent and that the payment intent, as it is read, does not hold so. */
function lostLines(asked: Json, read: Json): string[] {
  const lines = (json: Json): string[] => {
    return listAt(json, 'itemLines').map((line) => {
      const parts = listAt(line, 'modifiers').map((one) => told(one, 'amountPerModifier'));
      return [
        textAt(line, 'name') ?? textAt(line, 'caption') ?? 'no name',
        told(line, 'amountTotal'),
        ...parts,
      ].join(' ');
    });
  };
  const [sent, kept] = [lines(asked), lines(read)];
  if (sent.length !== kept.length) return [`${kept.length} item lines, ${sent.length} were sent`];
  const other = sent.findIndex((line, index) => line !== kept[index]);
  return other < 0 ? [] : [`item line "${kept[other]}", "${sent[other]}" was sent`];
}

/** Answers that are about another resource than the one that was asked about. */
function mistaken(exchanges: readonly Exchange[]): { exchange: Exchange; words: string }[] {
  return exchanges.flatMap((exchange) => {
    const asked = routeId(exchange, 'getSession') ?? routeId(exchange, 'getIntent');
    const answered = exchange.response?.status === 200 ? textAt(jsonOf(exchange.response), 'id') : null;
    return asked && answered !== null && answered !== asked
      ? [{ exchange, words: `asked for ${asked}, answered ${answered}` }]
      : [];
  });
}

/** What the answer to a request that moves a session or an intent on must say of its status. */
const moved: readonly (readonly [RouteName, (status: string) => boolean])[] = [
  ['createIntent', (status) => status === 'Created'],
  ['deleteIntent', (status) => status === 'Canceled'],
  ['cancelSession', (status) => status === 'CancelRequested' || status === 'Canceled'],
  ['decideSignature', (status) => status !== 'SignatureVerificationRequired'],
];

/** Answers of 200 after which nothing has moved on. */
function unmoved(whole: PaymentEvidence): { exchange: Exchange; words: string }[] {
  return moved.flatMap(([route, fits]) =>
    whole.requests(route).flatMap((exchange) => {
      const status = textAt(jsonOf(exchange.response), 'status');
      if (exchange.response?.status !== 200 || status === null || fits(status)) return [];
      const path = pathOf(exchange);
      return [
        { exchange, words: `${exchange.request.method} ${path} answered 200 with the status ${status}` },
      ];
    }),
  );
}

/** Where a session as it is read is another than the one that was asked for. */
function otherSession({ created, state, type }: Session): string[] {
  const asked = jsonOf(created.request);
  const details =
    { Sale: 'sale', MatchedRefund: 'matchedRefund', UnlinkedRefund: 'unlinkedRefund' }[type] ?? '';
  const paths = [['terminalId'], ['details', 'sessionType'], ['details', details, 'paymentIntentId']];
  const other = paths.flatMap((path) => {
    const was = textAt(asked, ...path);
    const is = textAt(state, ...path);
    return was === null || is === was ? [] : [`${path.at(-1)} ${is ?? 'not reported'}, asked for ${was}`];
  });
  const was = at(asked, 'details', details, 'amount');
  if (was === undefined) return other;
  const [is, wanted] = [told(at(state, 'details', details), 'amount'), told({ amount: was }, 'amount')];
  return is === wanted ? other : [...other, `amount ${is}, asked for ${wanted}`];
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
    const name = begunBy.get(textAt(jsonOf(exchange.request), 'details', 'sessionType'));
    return name !== undefined && !asked(exchange, [name]);
  });
  return [...deeds, ...tipped, ...refunds].filter(({ at: time }) => time < cleared);
}

/** Checks of every payment: that what was entered is sent, and that what was sent is what the API goes by. */
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
      'the till cancels, decides, changes, captures, reverses and refunds only when its operator asks for it',
    advice: 'Leave to the operator what moves money; a till that acts by itself surprises customers.',
    judge: ({ whole }) => {
      const unasked = unaskedDeeds(whole);
      return judged(
        unasked.length === 0,
        unasked
          .map(
            (exchange) =>
              `${exchange.request.method} ${pathOf(exchange)} was sent, and nobody had asked for it`,
          )
          .join('; ') || 'the till did nothing by itself',
        ids(unasked),
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
      const note = (id: string, found: string[], shownBy: readonly string[]) => {
        if (!found.length) return;
        other.push(`${id}: ${found.join(', ')}`);
        evidence.push(...shownBy);
      };
      const reads = whole.all('state');
      const readOf = (id: string) =>
        reads
          .filter((read) => read.id === id && read.exchange.response?.status === 200)
          .slice(-1)
          .map(({ exchange }) => exchange.id);
      let count = 0;
      for (const { id, created, state } of whole.intents.values()) {
        if (!created) continue;
        count += 1;
        const asked = jsonOf(created.request);
        note(id, otherIntent(asked, jsonOf(created.response), at(asked, 'amount')), [created.id]);
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
      const answers = [...whole.exchanges, ...reads.map(({ exchange }) => exchange)];
      for (const { exchange, words } of [...mistaken(answers), ...unmoved(whole)]) {
        other.push(words);
        evidence.push(exchange.id);
      }
      if (!count && !other.length) return passed('no payment intent and no session was made');
      return other.length
        ? failed(other.join('; '), evidence)
        : passed(`${counted(count, 'resource')}, as asked for`);
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
