import { failed, judged, passed } from '../../../checklist/check.ts';
import { counted } from '../../../record/counted.ts';
import { at, jsonOf, listAt, pathOf, textAt } from '../../../record/evidence.ts';
import type { Exchange, Json } from '../../../record/vocabulary.ts';
import type { Check } from '../../payments/check.ts';
import { amountIn } from '../../payments/checks/payment-intent.ts';
import { type PaymentEvidence, type RouteName, routeId, type Session } from '../../payments/evidence.ts';
import type { SessionStatus } from '../../payments/statuses.ts';

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

/** Two statuses of which the second can't follow the first, as the till observed them; `null` where none are. */
function stepBack({ answers }: Session): [Session['answers'][number], Session['answers'][number]] | null {
  for (const later of answers) {
    // Of two answers that were under way at once nobody knows which is the newer.
    const earlier = answers.findLast(({ exchange }) => exchange.until <= later.exchange.at);
    if (!earlier || earlier.status === later.status) continue;
    // A sale may be authorized before its signature is checked, and not after that.
    const checked = answers.some(
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
  const wanted = amountIn({ amount: amount ?? null }, 'amount');
  if (amountIn(answer, 'amount') !== wanted)
    other.push(`amount ${amountIn(answer, 'amount')}, asked for ${wanted}`);
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
  // Versions before 2024-02-05 say `caption`; later ones need not keep it.
  const member = listAt(read, 'itemLines').some((line) => textAt(line, 'caption') !== null)
    ? 'caption'
    : 'name';
  const lines = (json: Json): string[] =>
    listAt(json, 'itemLines').map((line) => {
      const parts = listAt(line, 'modifiers').map((one) => amountIn(one, 'amountPerModifier'));
      return [textAt(line, member) ?? 'no name', amountIn(line, 'amountTotal'), ...parts].join(' ');
    });
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
  const [is, wanted] = [
    amountIn(at(state, 'details', details), 'amount'),
    amountIn({ amount: was }, 'amount'),
  ];
  return is === wanted ? other : [...other, `amount ${is}, asked for ${wanted}`];
}

export const keptChecks: Check[] = [
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
      const seen = whole.sessions.map(({ answers: all }) =>
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
