import {
  answered,
  failed,
  judged,
  judgedBothSides,
  listed,
  money,
  noIntent,
  noSession,
  notTestable,
  passed,
  type Result,
  seconds,
} from '../../../checklist/check.ts';
import { counted } from '../../../record/counted.ts';
import {
  at,
  headersOf,
  ids,
  jsonOf,
  listAt,
  numberAt,
  pathOf,
  readableAt,
  refusalText,
  textAt,
} from '../../../record/evidence.ts';
import { isFinal } from '../../../record/session-status.ts';
import type { Exchange } from '../../../record/vocabulary.ts';
import type { Check, Scene } from '../check.ts';
import { type PaymentEvidence, routeId, type Session, type Told, toldEnd } from '../evidence.ts';
import { machineRefused } from './refused.ts';

/**
 * The keys that a request carried, in their redacted form, of which there should be one; the name of the scheme may be
 * in any case (RFC 9110).
 */
function keysOf(exchange: Exchange): string[] {
  const sent = headersOf(exchange, 'authorization').map((value) => value.replace(/^basic\s+/i, ''));
  return sent.length > 0 ? [...new Set(sent)] : ['no key'];
}

/** The only key of a request; `null` where there are several, and nobody can tell which of them counted. */
function keyOf(exchange: Exchange): string | null {
  const [key, ...others] = keysOf(exchange);
  return key !== undefined && others.length === 0 ? key : null;
}

/** The time of an exchange on the clock by which this till's polling is judged. */
const timeOf = (exchange: Exchange, scene: Scene): number =>
  scene.run.pos.clock === 'account' ? (exchange.accountTime ?? exchange.at) : exchange.at;

/** The time in which a session waited for the signature: the first answer that said so, and the one after the last. */
const waitingForSignature = ({ told }: Session) => {
  const asks = ({ status }: Told) => status === 'SignatureVerificationRequired';
  const first = told.find(asks);
  return first ? { first, after: told[told.findLastIndex(asks) + 1] } : null;
};

/** Distances between polls of a session, in ms, up to the poll that told the end. */
function intervals(session: Session, scene: Scene): number[] {
  const end = toldEnd(session)?.exchange;
  const polls = session.polls.filter((poll) => !end || poll.at <= end.at);
  return polls.slice(1).map((poll, index) => timeOf(poll, scene) - timeOf(polls[index]!, scene));
}

/** Fewer intervals than this tell nothing of a pace. */
const fewest = 5;

/** How long a session went on until the till was told of its end, in ms; `null` when it was not. */
function lifetime(session: Session, scene: Scene): number | null {
  const end = toldEnd(session)?.exchange;
  return end ? timeOf(end, scene) - timeOf(session.created, scene) : null;
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** How a pace is put that is no failing yet. */
const aLittleTooSlowly = 'the till polls a little too slowly';

/** What a refusal says of a session that can't be cancelled any more. */
const tooLate = (reason: string): boolean =>
  /\bcancel|\bstatus\b.*\ballow/i.test(reason) && !/\bbelong/i.test(reason);

const asksForCard = new Set(['PresentCard', 'InsertCard']);

/** The card was presented once a prompt came after the one that asked for it. */
const cardPresented = (session: Session, until: number): boolean =>
  session.told.some(({ exchange, prompts }) => {
    if (exchange.until > until) return false;
    const inTime = prompts.toSorted((one, other) => one.createdAt - other.createdAt);
    const asked = inTime.findLastIndex(({ type }) => asksForCard.has(type));
    return inTime.slice(asked + 1).some(({ type }) => asked >= 0 || type !== 'PleaseWait');
  });

/** The till did not let its user cancel any more, and sent nothing: it protects its user. */
function protectedFromCancel(evidence: PaymentEvidence, session: Session): Result | null {
  const action = evidence.lastAction('cancel');
  if (action?.answer.answer !== 'notOffered' || !action.mayBeRefused || session.cancels.length) return null;
  return passed(`the till does not offer to cancel once the card was presented: ${action.answer.reason}`);
}

/** Machines that were chosen on the till, by id, in turn. */
const chosen = (evidence: PaymentEvidence): string[] =>
  evidence
    .all('action')
    .flatMap(({ action }) => (action.name === 'chooseTerminal' ? [action.terminalId] : []));

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

export const wireChecks: Check[] = [
  {
    id: 'configured-keys-sent',
    plane: 'wire',
    fault: 'pos',
    expected: (params) =>
      `each of the ${(params.keys as string[]).length} keys entered in the settings is sent, and the API takes it`,
    advice: 'Read the API key from the settings for each request; do not cache the first one.',
    judge: ({ evidence }, params) => {
      const keys = params.keys as string[];
      if (!keys.length) return notTestable('no key was entered in the settings');
      const sent = evidence.exchanges.filter(({ response }) => response && response.status < 400).map(keyOf);
      const missing = keys.filter((key) => !sent.includes(key));
      return judged(
        missing.length === 0,
        missing.length ? `never sent with success: ${listed(missing)}` : `sent: ${listed(keys)}`,
        ids(evidence.exchanges.slice(0, 8)),
      );
    },
  },
  {
    id: 'no-other-key-sent',
    plane: 'wire',
    fault: 'pos',
    expected: () => 'each request carries the key that stood in the settings when it was sent',
    advice: 'Remove the hard-coded or cached key.',
    judge: ({ whole }) => {
      const settings = whole
        .all('action')
        .flatMap(({ action, at: from, until }) =>
          action.name === 'configure' ? [{ from, until, key: action.settings.apiKey }] : [],
        );
      const wrong = whole.exchanges.flatMap((exchange) => {
        // A key may be sent from when its entry begins until that of the next has ended.
        const allowed = settings
          .filter(
            ({ from }, index) =>
              from <= exchange.at && exchange.at < (settings[index + 1]?.until ?? Number.POSITIVE_INFINITY),
          )
          .map(({ key }) => key);
        return allowed.length > 0
          ? keysOf(exchange).flatMap((key) => (allowed.includes(key) ? [] : [{ exchange, key }]))
          : [];
      });
      if (!settings.length) return notTestable('no key was entered in the settings');
      return judged(
        wrong.length === 0,
        wrong.length
          ? `${counted(wrong.length, 'request')} with another key, first ${wrong[0]!.key}`
          : `${counted(whole.exchanges.length, 'request')}, none with another key`,
        ids(wrong.slice(0, 5).map(({ exchange }) => exchange)),
      );
    },
  },
  {
    id: 'wrong-key-refused',
    plane: 'wire',
    fault: 'api',
    expected: () => 'a request with the invalid key is answered 401',
    advice: 'The API has to refuse a key that it never issued.',
    judge: ({ evidence }, params) => {
      const since = evidence.facts('key-revoked').at(-1)?.at ?? 0;
      const tried = evidence.exchanges.filter(
        (exchange) => exchange.at >= since && keyOf(exchange) === params.key,
      );
      if (!tried.length) {
        return failed('the till sent no request with the invalid key, so its user learns nothing of it', [], {
          fault: 'pos',
          advice: 'Call the API when a key is saved, or at the latest with the next sale.',
        });
      }
      const other = tried.find(({ response }) => response?.status !== 401);
      return judged(
        !other,
        other ? `answered ${answered(other)}` : `${counted(tried.length, 'request')}, each answered 401`,
        ids(tried),
      );
    },
  },
  {
    id: 'terminals-listed',
    plane: 'wire',
    fault: 'pos',
    expected: () => 'the till asks GET /terminals and is answered with the card machines of the account',
    advice: 'Fill the chooser from GET /terminals; the page calls it the preferred way.',
    judge: ({ evidence }, params) => {
      const lists = evidence.requests('listTerminals');
      const good = lists.filter(({ response }) => response?.status === 200);
      const short = good.flatMap((list) => {
        const told = listAt(jsonOf(list.response)).map(
          (machine) => `${textAt(machine, 'properties', 'tid')} (${textAt(machine, 'id')})`,
        );
        const asked = new URLSearchParams(list.request.target.split('?')[1]);
        const missing = (params.machines as string[]).filter((id) => !told.includes(id));
        // A filter may leave some out; the whole list holds each of them.
        return missing.length && ![...asked.keys()].length ? [{ list, missing }] : [];
      });
      if (short[0]) {
        return failed(
          `GET /terminals was answered without ${listed(short[0].missing)}`,
          ids(short.map(({ list }) => list)),
          { fault: 'api', advice: 'The API has to list each card machine of the account.' },
        );
      }
      if (good.length)
        return passed(`GET /terminals answered 200 ${counted(good.length, 'time')}`, ids(good));
      const last = lists.at(-1);
      return last
        ? failed(`GET /terminals answered ${answered(last)}`, ids(lists))
        : { outcome: 'warning', observed: 'the till never asked GET /terminals', evidence: [] };
    },
  },
  {
    id: 'chosen-terminals-used',
    plane: 'wire',
    fault: 'pos',
    expected: () => 'each session is created on the card machine that was chosen for it',
    advice: 'Send the `terminalId` of the card machine that the user chose.',
    judge: ({ evidence }) => {
      const wanted = chosen(evidence);
      const used = evidence
        .requests('createSession')
        .map((exchange) => textAt(jsonOf(exchange.request), 'terminalId') ?? 'none');
      return judged(
        wanted.length > 1 && JSON.stringify(wanted) === JSON.stringify(used),
        `chosen: ${listed(wanted)}; used: ${listed(used)}`,
        ids(evidence.requests('createSession')),
      );
    },
  },
  {
    id: 'one-version-sent',
    plane: 'wire',
    fault: 'pos',
    expected: () => 'every request of the run carries one and the same `version` header',
    advice: 'Send the same API version with every request.',
    judge: ({ everyRow }) => {
      const versions = versionsOf(everyRow);
      if (!versions.size) return notTestable('the run holds no request of the till');
      return judged(
        versions.size === 1,
        [...versions]
          .map(([version, { requests }]) => `${version} (${counted(requests, 'request')})`)
          .join(', '),
        [...versions.values()].flatMap(({ exchanges }) => exchanges.slice(0, 2)),
      );
    },
  },
  {
    id: 'version-as-declared',
    plane: 'wire',
    fault: 'pos',
    expected: (_, run) => `the version on the wire is the declared one, ${run.pos.apiVersion}`,
    advice: 'Correct `apiVersion` in the profile, or the header that the till sends.',
    judge: ({ everyRow, run }) => {
      const versions = versionsOf(everyRow);
      const others = [...versions].filter(([version]) => version !== run.pos.apiVersion);
      if (!versions.size) return notTestable('the run holds no request of the till');
      return judged(
        others.length === 0,
        `on the wire: ${listed([...versions.keys()])}; declared: ${run.pos.apiVersion}`,
        others.flatMap(([, { exchanges }]) => exchanges.slice(0, 2)),
      );
    },
  },
  sentApart('cashback-sent-apart', 'cashbackAmount', 'cashback'),
  sentApart('tip-sent-apart', 'tipsAmount', 'gratuity'),
  {
    id: 'decision-sent',
    plane: 'wire',
    fault: 'pos',
    expected: (params) =>
      `PUT /terminal-sessions/{id}/signature with \`accepted: ${params.accepted}\`, once and after the operator's decision`,
    advice: "Send the operator's decision, and nothing else, to the session that asks for it.",
    judge: ({ evidence, whole }, params) => {
      const session = whole.sessions.find(({ id }) => id === evidence.session?.id);
      if (!session) return notTestable(noSession);
      const action = evidence.lastAction('signature');
      const elsewhere = evidence
        .requests('decideSignature')
        .filter((sent) => !session.decisions.includes(sent));
      const first = session.decisions[0];
      if (!first) {
        return failed(
          elsewhere.length
            ? `sent to ${listed(elsewhere.map((sent) => routeId(sent, 'decideSignature') ?? ''))}, the session is ${session.id}`
            : 'no decision was sent',
          ids(elsewhere),
        );
      }
      const accepted = at(jsonOf(first.request), 'accepted');
      const early = !action || first.at < action.at;
      const sent =
        accepted === params.accepted && session.decisions.length === 1 && !elsewhere.length && !early;
      return judgedBothSides(
        sent,
        first.response?.status === 200,
        `accepted: ${JSON.stringify(accepted)}, sent ${counted(session.decisions.length, 'time')}, ${
          early
            ? 'before the operator decided'
            : `${seconds(first.at - action.at)} after the operator decided`
        }, answered ${answered(first)}`,
        ids([...session.decisions, ...elsewhere]),
      );
    },
  },
  {
    id: 'no-decision-sent',
    plane: 'wire',
    fault: 'pos',
    expected: () => 'no decision is sent while nobody has decided',
    advice: 'Wait for the operator, however long it takes; the API finalises an unanswered signature itself.',
    judge: (scene) => {
      const { evidence } = scene;
      const session = evidence.session;
      if (!session) return notTestable(noSession);
      const waiting = waitingForSignature(session);
      if (!waiting)
        return notTestable(
          'the session never asked for a signature while the till looked',
          ids(session.polls.slice(-3)),
        );
      const decided = evidence.lastAction('signature')?.at ?? Number.POSITIVE_INFINITY;
      const early = evidence.requests('decideSignature').filter(({ at: time }) => time < decided);
      const sent = early[0];
      return judged(
        !sent,
        sent
          ? `\`accepted: ${JSON.stringify(at(jsonOf(sent.request), 'accepted'))}\` was sent ${seconds(timeOf(sent, scene) - timeOf(waiting.first.exchange, scene))} after the signature was asked for`
          : 'no decision was sent',
        ids(early),
      );
    },
  },
  {
    id: 'late-decision-refused',
    plane: 'wire',
    fault: 'api',
    expected: () => 'the till offers no decision after the time-out; or the API answers it 422',
    advice: 'A decision after capture must not change the payment.',
    judge: ({ evidence, run }) => {
      const session = evidence.session;
      if (!session) return notTestable(noSession);
      const action = evidence.lastAction('signature');
      if (!action) return notTestable('the late rejection was not tried');
      const late = session.decisions.filter(({ at: time }) => time >= action.at);
      const sent = late[0];
      if (!sent && run.subject === 'api') return notTestable('no late decision was sent to the API');
      if (!sent) {
        return passed(
          action.answer.answer === 'notOffered'
            ? `the till no longer offers the decision: ${action.answer.reason}`
            : 'the till sent nothing',
        );
      }
      return judged(
        sent.response?.status === 422,
        `the late decision was answered ${answered(sent)}`,
        ids(late),
      );
    },
  },
  {
    id: 'polls-throughout',
    plane: 'wire',
    fault: 'pos',
    timed: true,
    expected: (_, run) =>
      `the till polls as long as the signature is open, with no gap above ${seconds(run.criteria['polling.gap']!)}`,
    advice: 'Keep polling while a dialogue is open.',
    judge: (scene) => {
      const session = scene.evidence.session;
      if (!session) return notTestable(noSession);
      const signature = waitingForSignature(session);
      if (!signature) return notTestable('the session never asked for a signature while the till looked');
      const { first, after } = signature;
      const waiting = session.polls.filter(
        ({ at: time }) => time >= first.exchange.at && (!after || time <= after.exchange.at),
      );
      const gaps = waiting
        .slice(1)
        .map((poll, index) => timeOf(poll, scene) - timeOf(waiting[index]!, scene));
      const longest = gaps.length ? Math.max(...gaps) : Number.POSITIVE_INFINITY;
      const sawEnd = after !== undefined;
      return judged(
        sawEnd && longest <= scene.run.criteria['polling.gap']!,
        `${counted(waiting.length, 'poll')} while the signature was open, longest gap ${Number.isFinite(longest) ? seconds(longest) : 'without end'}${sawEnd ? '' : '; the till stopped before it was closed'}`,
        ids([first.exchange, ...waiting.slice(-1)]),
      );
    },
  },
  {
    id: 'intent-reused',
    plane: 'wire',
    fault: 'pos',
    expected: () => 'the payment is tried again on the same payment intent',
    advice: 'After a decline or an expiry the intent is still Created: create the next session on it.',
    judge: ({ evidence }) => {
      const action = evidence.lastAction('retry');
      if (!action) return notTestable('the payment was not tried again');
      const before = evidence.sessions.filter(({ created }) => created.at < action.at).at(-1);
      const after = evidence.sessions.find(({ created }) => created.at >= action.at);
      const fresh = evidence.requests('createIntent').filter(({ at: time }) => time >= action.at);
      if (!after || !before)
        return notTestable('the till created no session when it tried again', ids(fresh));
      return judged(
        after.intentId === before.intentId && !fresh.length,
        `first ${before.intentId}, then ${after.intentId}${fresh.length ? ` (${fresh.length} new payment intents created)` : ''}`,
        ids([before.created, ...fresh, after.created]),
      );
    },
  },
  {
    id: 'refused-as-unavailable',
    plane: 'wire',
    fault: 'api',
    expected: () =>
      'POST /terminal-sessions is refused because the card machine is busy; or the till saw so in GET /terminals',
    advice: 'The API has to answer 404 (409 is known too) for a card machine in its menu.',
    judge: ({ evidence }, params) => {
      const tries = evidence
        .requests('createSession')
        .filter(({ at: time }) => time >= evidence.paymentStart);
      const last = tries.at(-1);
      if (!last) {
        const list = evidence.requests('listTerminals').at(-1);
        const machine = listAt(jsonOf(list?.response ?? null)).find(
          (entry) => textAt(entry, 'id') === params.terminalId,
        );
        const status = textAt(machine, 'status');
        return status && status !== 'Available'
          ? passed(`the till saw that the card machine is ${status} and sent no session`, ids([list!]))
          : failed(
              'the till created no session, and no answer reported that the card machine is busy',
              list ? [list.id] : [],
              {
                fault: 'pos',
                advice: 'Try the session, or look at the status in GET /terminals.',
              },
            );
      }
      const asked = textAt(jsonOf(last.request), 'terminalId');
      if (asked !== params.terminalId) {
        return failed(
          `the session was asked for on ${asked ?? 'none'}, the card machine is ${params.terminalId}`,
          ids(tries),
          { fault: 'pos', advice: 'Send the `terminalId` of the card machine that the user chose.' },
        );
      }
      return judged(
        machineRefused(last),
        `POST /terminal-sessions was answered ${answered(last)}: ${refusalText(last) || 'no reason'}`,
        ids(tries),
      );
    },
  },
  {
    id: 'no-cancel-sent',
    plane: 'wire',
    fault: 'pos',
    expected: () => 'the till sends no cancellation: the cancelling was done on the card machine',
    advice: 'Leave the session to the card machine while the user has not asked to cancel.',
    judge: ({ evidence }) => {
      const sent = evidence.requests('cancelSession');
      return judged(
        !sent.length,
        sent.length ? `${counted(sent.length, 'cancellation')} sent` : 'none sent',
        ids(sent),
      );
    },
  },
  cancelSent('cancel-sent-before-card', false),
  cancelSent('cancel-sent-after-card', true),
  {
    id: 'cancel-refused',
    plane: 'wire',
    fault: 'api',
    expected: () => 'the cancellation is answered 422, because the session can no longer be cancelled',
    advice: 'A session whose card was presented can no longer be cancelled.',
    judge: ({ evidence }) => {
      const session = evidence.session;
      if (!session) return notTestable(noSession);
      const sent = session.cancels.at(-1);
      const spared = protectedFromCancel(evidence, session);
      if (spared) return spared;
      if (!sent) return notTestable('the till sent no cancellation for this session');
      const reason = refusalText(sent);
      return judged(
        sent.response?.status === 422 && tooLate(reason),
        `answered ${answered(sent)}: ${reason || 'no reason'}`,
        [sent.id],
      );
    },
  },
  {
    id: 'end-confirmed-by-polling',
    plane: 'wire',
    fault: 'pos',
    expected: () => 'after the answer to the cancellation the till polls until the session has ended',
    advice: 'The answer to a cancellation is not a result: go on polling until the status is final.',
    judge: ({ evidence }) => {
      const session = evidence.session;
      if (!session) return notTestable(noSession);
      const cancel =
        session.cancels.at(-1) ?? (protectedFromCancel(evidence, session) ? session.created : undefined);
      if (!cancel) return notTestable('the till sent no cancellation for this session');
      const polled = session.told.filter(({ exchange }) => session.polls.includes(exchange));
      // A session that ends while the cancellation is on its way leaves nothing more to ask.
      const ended = polled.find(
        ({ status, exchange }) => isFinal(status) && exchange.at < readableAt(cancel),
      );
      if (ended) return passed(`the API had reported ${ended.status} by then`, ids([ended.exchange, cancel]));
      const later = session.polls.filter(({ at: time }) => time >= readableAt(cancel));
      const end = polled.filter(({ exchange }) => later.includes(exchange)).at(-1);
      return judged(
        end !== undefined && isFinal(end.status),
        `${counted(later.length, 'poll')} after it, the last said ${end?.status ?? 'nothing'}`,
        ids([cancel, ...later.slice(-2)]),
      );
    },
  },
  {
    id: 'polling-samples',
    plane: 'wire',
    fault: 'pos',
    timed: true,
    expected: (_, run) =>
      `at least ${run.criteria['polling.samples']} intervals between polls of one session`,
    advice: 'Poll GET /terminal-sessions/{id} once per second until the session has ended.',
    judge: (scene) => {
      const session = scene.evidence.session;
      if (!session) return notTestable(noSession);
      const values = intervals(session, scene);
      const { criteria } = scene.run;
      const few = values.length < criteria['polling.samples']!;
      const pace = values.length ? median(values) : Number.POSITIVE_INFINITY;
      const observed = `${counted(values.length, 'interval')}`;
      // A session may be over before a pace that is allowed comes to so many of them. A card machine of the API is
      // quicker than another, and nobody can tell it to wait.
      const enough = pace * criteria['polling.samples']!;
      const lasted = lifetime(session, scene);
      if (few && lasted !== null && pace <= criteria['polling.median.warn']! && lasted < enough) {
        const soon = `${observed} of ${seconds(pace)}, for the session was over after ${seconds(lasted)}`;
        if (values.length < fewest)
          return {
            outcome: 'review',
            observed: soon,
            evidence: ids(session.polls),
            advice: 'Run the row again with a card that takes longer; this session is too short to tell.',
          };
        if (pace <= criteria['polling.median.pass']!) return passed(soon, ids(session.polls));
        return { outcome: 'warning', observed: `${aLittleTooSlowly}: ${soon}`, evidence: ids(session.polls) };
      }
      const slow = few && values.length > 0 && pace > criteria['polling.median.warn']!;
      return judged(
        !few,
        slow
          ? `the till polls too slowly: ${observed} of ${seconds(pace)}`
          : few
            ? `the till polls too few times: ${observed}`
            : observed,
        ids(session.polls),
      );
    },
  },
  {
    id: 'polling-median',
    plane: 'wire',
    fault: 'pos',
    timed: true,
    expected: (_, run) =>
      `about one poll per second: median ${seconds(run.criteria['polling.median.least']!)} to ${seconds(run.criteria['polling.median.pass']!)}`,
    advice: 'Poll once per second.',
    judge: (scene) => {
      const session = scene.evidence.session;
      if (!session) return notTestable(noSession);
      const values = intervals(session, scene);
      if (!values.length) return notTestable('the till did not poll');
      const value = median(values);
      const { criteria } = scene.run;
      const observed = `median ${seconds(value)} of ${counted(values.length, 'interval')}`;
      const within = (most: number) => value >= criteria['polling.median.least']! && value <= most;
      if (within(criteria['polling.median.pass']!)) return passed(observed);
      return within(criteria['polling.median.warn']!)
        ? { outcome: 'warning', observed: `${aLittleTooSlowly}: ${observed}`, evidence: ids(session.polls) }
        : // No machine makes a till poll more often than it does.
          failed(
            `the till polls too ${value < criteria['polling.median.least']! ? 'often' : 'slowly'}: ${observed}`,
            ids(session.polls),
            { timed: value >= criteria['polling.median.least']! },
          );
    },
  },
  {
    id: 'polling-longest-gap',
    plane: 'wire',
    fault: 'pos',
    timed: true,
    expected: (_, run) => `no gap above ${seconds(run.criteria['polling.gap']!)}`,
    advice: 'Keep polling whatever the till is doing besides.',
    judge: (scene) => {
      const session = scene.evidence.session;
      if (!session) return notTestable(noSession);
      const values = intervals(session, scene);
      if (!values.length) return notTestable('the till did not poll');
      const longest = Math.max(...values);
      const steady = longest <= scene.run.criteria['polling.gap']!;
      return judged(
        steady,
        `${steady ? '' : 'the till leaves off polling for too long: '}longest gap ${seconds(longest)}`,
        ids(session.polls),
      );
    },
  },
  {
    id: 'polling-stops',
    plane: 'wire',
    fault: 'pos',
    timed: true,
    expected: () => 'polling ends when the session has ended',
    advice: 'Leave the polling loop at each final status, not at the successful one alone.',
    judge: ({ evidence }) => {
      const session = evidence.session;
      if (!session) return notTestable(noSession);
      const end = toldEnd(session);
      if (!end) return notTestable('the till never saw the end of the session', ids(session.polls.slice(-2)));
      const later = session.polls.filter(({ at: time }) => time > end.exchange.until);
      return judged(
        later.length <= 1,
        `${later.length > 1 ? 'the till polls on after the end: ' : ''}${counted(later.length, 'poll')} after the API reported ${end.status}`,
        ids(later),
      );
    },
  },
  {
    id: 'prompts-delivered',
    plane: 'wire',
    fault: 'api',
    expected: () =>
      "the session tells all of the card machine's prompts in `notificationEvents`, in the order of their time",
    advice: 'The API has to deliver the prompts with the session.',
    judge: ({ evidence }) => {
      const sessions = evidence.sessions.filter(({ told }) => told.length > 0);
      if (!sessions.length) return notTestable(noSession);
      const poor = sessions.filter(({ told }) => {
        const prompts = told.at(-1)!.prompts;
        const types = prompts.map(({ type }) => type);
        const forgotten = told.some((one) => one.prompts.some(({ type }) => !types.includes(type)));
        return (
          !prompts.length ||
          forgotten ||
          prompts.some((prompt, index) => index > 0 && prompt.createdAt < prompts[index - 1]!.createdAt)
        );
      });
      const all = sessions.map(
        ({ told }) =>
          told
            .at(-1)!
            .prompts.map(({ type }) => type)
            .join(' → ') || 'no prompts',
      );
      return judged(
        poor.length === 0,
        all.join('; '),
        poor.map(({ told }) => told.at(-1)!.exchange.id),
      );
    },
  },
];

function cancelSent(id: string, after: boolean): Check {
  return {
    id,
    plane: 'wire',
    fault: 'pos',
    expected: () =>
      `PUT /terminal-sessions/{id}/cancel for the running session, ${after ? 'after' : 'before'} a card was presented`,
    advice: 'Send the cancellation to the session in hand, by PUT, as soon as the user asks for it.',
    judge: ({ evidence }) => {
      const session = evidence.session;
      if (!session) return notTestable(noSession);
      const spared = after ? protectedFromCancel(evidence, session) : null;
      if (spared) return spared;
      const sent = session.cancels[0];
      const action = evidence.lastAction('cancel');
      const elsewhere = evidence.exchanges.filter(
        (exchange) =>
          action &&
          exchange.at >= action.at &&
          exchange.request.method !== 'GET' &&
          /cancel/i.test(pathOf(exchange)) &&
          routeId(exchange, 'cancelSession') !== session.id,
      );
      if (!sent) {
        return failed(
          elsewhere.length
            ? `${elsewhere[0]!.request.method} ${elsewhere[0]!.request.target} instead`
            : 'no cancellation was sent for this session',
          ids(elsewhere),
        );
      }
      // Where the API itself refused it because of the card, the card was there, whatever the prompts tell.
      const presented = cardPresented(session, sent.at) || (after && sent.response?.status === 422);
      const known =
        session.told.filter(({ exchange }) => exchange.until <= sent.at).at(-1)?.status ?? 'nothing yet';
      return judged(
        presented === after && !elsewhere.length,
        `sent when the session was ${known} and ${presented ? 'a' : 'no'} card was presented, answered ${answered(sent)}`,
        ids([sent, ...elsewhere]),
      );
    },
  };
}

/** By version: how many requests of the run carried it, and exchanges that show it. */
function versionsOf(everyRow: Scene['everyRow']): Map<string, { requests: number; exchanges: string[] }> {
  const versions = new Map<string, { requests: number; exchanges: string[] }>();
  for (const sent of everyRow.values()) {
    for (const [version, { requests, exchanges }] of sent.versions) {
      const all = versions.get(version) ?? { requests: 0, exchanges: [] };
      all.requests += requests;
      all.exchanges.push(...exchanges);
      versions.set(version, all);
    }
  }
  return versions;
}
