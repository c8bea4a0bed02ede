import { answered, judged, noSession, notTestable, passed, type Result } from '../../../checklist/check.ts';
import { counted } from '../../../record/counted.ts';
import { ids, readableAt } from '../../../record/evidence.ts';
import type { Exchange } from '../../../record/vocabulary.ts';
import type { Check } from '../../payments/check.ts';
import { askedBetween, hadEnded } from '../../payments/checks/knowledge.ts';
import { intentMeant } from '../../payments/checks/payment-intent.ts';
import { type PaymentEvidence, type RouteName, routeId, type Session } from '../../payments/evidence.ts';
import { clearedAt } from './entered.ts';

/** Requests of the till to that route that are its own deeds, and not the kit's tidying up. */
const ownRequests = (whole: PaymentEvidence, route: RouteName): Exchange[] =>
  whole.requests(route).filter(({ at }) => at < clearedAt(whole));

/** When the sale or refund was entered that is in hand at that time; another attempt belongs to the same. */
function enteredBy(whole: PaymentEvidence, time: number): number {
  return whole.starts.findLast(({ action, at }) => action.name !== 'retry' && at <= time)?.at ?? 0;
}

/** Requests to start a card machine that are both for one payment: of one payment intent, or of one sale. */
const ofOnePayment = (whole: PaymentEvidence, one: Exchange, other: Exchange): boolean =>
  (intentMeant(one) !== null && intentMeant(one) === intentMeant(other)) ||
  enteredBy(whole, one.at) === enteredBy(whole, other.at);

/** What may still take the payment when the card machine is started again, in words; `null` where nothing may. */
function stillOpen(whole: PaymentEvidence, first: Exchange, again: Exchange): string | null {
  const session = whole.sessions.find(({ created }) => created === first);
  // The till cannot know by its id a session whose start went unanswered.
  const known = session && !first.trouble;
  if (known) return hadEnded(whole, session, again.at) ? null : `${session.id} had not ended`;
  const refused = first.response !== null && !first.trouble && first.response.status < 500;
  if (refused || (session && hadEnded(whole, session, again.at))) return null;
  return askedBetween(whole, first, again)
    ? null
    : `nobody had asked what became of the start ${first.trouble ? 'whose answer was lost' : `that was answered ${answered(first)}`}`;
}

/** Whether a person did anything at the till between two requests. */
const personBetween = (whole: PaymentEvidence, first: Exchange, again: Exchange): boolean =>
  whole.all('action').some(({ at }) => at >= first.at && at <= again.at);

/** Starts of a card machine that the API refused because of the machine, and that the till sent again by itself. */
function pressing(whole: PaymentEvidence, starts: readonly Exchange[]): Exchange[] {
  return starts.slice(1).flatMap((again, index) => {
    const first = starts[index]!;
    const status = first.response?.status;
    const unavailable = status === 404 || status === 409;
    return unavailable && !first.trouble && !personBetween(whole, first, again) ? [first, again] : [];
  });
}

/** Sessions that were running, as far as anybody knew, when their payment intent was cancelled. */
const runningOn = (whole: PaymentEvidence, deletion: Exchange): Session[] =>
  whole.sessions.filter(
    (session) =>
      session.intentId === routeId(deletion, 'deleteIntent') &&
      session.created.at < deletion.at &&
      !hadEnded(whole, session, deletion.at) &&
      // The till cannot know of a session whose start went unanswered, and that its payment intent did not tell.
      !(session.created.trouble && askedBetween(whole, session.created, deletion)),
  );

/** The status that the till knew of a session when it sent something. */
const lastKnown = ({ answers }: Session, sent: Exchange): string =>
  answers.findLast(({ exchange }) => readableAt(exchange) <= sent.at)?.status ?? 'being started';

export const sessionChecks: Check[] = [
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
    id: 'prompts-delivered',
    plane: 'wire',
    fault: 'api',
    expected: () =>
      "the session tells all of the card machine's prompts in `notificationEvents`, in the order of their time",
    advice: 'The API has to deliver the prompts with the session.',
    judge: ({ evidence }) => {
      const sessions = evidence.sessions.filter(({ answers }) => answers.length > 0);
      if (!sessions.length) return notTestable(noSession);
      const poor = sessions.filter(({ answers }) => {
        const prompts = answers.at(-1)!.prompts;
        const types = prompts.map(({ type }) => type);
        const forgotten = answers.some((one) => one.prompts.some(({ type }) => !types.includes(type)));
        return (
          !prompts.length ||
          forgotten ||
          prompts.some((prompt, index) => index > 0 && prompt.createdAt < prompts[index - 1]!.createdAt)
        );
      });
      const all = sessions.map(
        ({ answers }) =>
          answers
            .at(-1)!
            .prompts.map(({ type }) => type)
            .join(' → ') || 'no prompts',
      );
      return judged(
        poor.length === 0,
        all.join('; '),
        poor.map(({ answers }) => answers.at(-1)!.exchange.id),
      );
    },
  },
  {
    id: 'one-session-at-a-time',
    plane: 'wire',
    fault: 'pos',
    expected: () =>
      'a payment is put on a card machine only when each earlier session of it has ended, so that no two can be paid',
    advice:
      'Poll a session until it has ended before the card machine is started again. When the start is not answered, or answered 5xx, read the payment intent first; when it is refused, leave it to the operator to try again.',
    judge: ({ whole }): Result => {
      const starts = ownRequests(whole, 'createSession');
      const twice = starts.flatMap((again, index) =>
        starts.slice(0, index).flatMap((first) => {
          const open = ofOnePayment(whole, first, again) ? stillOpen(whole, first, again) : null;
          return open === null ? [] : [{ first, again, open }];
        }),
      );
      if (twice.length)
        return judged(
          false,
          twice.map(({ open }) => `the card machine was started again while ${open}`).join('; '),
          ids([...new Set(twice.flatMap(({ first, again }) => [first, again]))]),
        );
      const pressed = pressing(whole, starts);
      const [first] = pressed;
      return first
        ? {
            outcome: 'warning',
            observed: `POST /terminal-sessions was answered ${answered(first)} and sent again, and no person had asked for it`,
            evidence: ids([...new Set(pressed)]),
          }
        : passed(
            `${counted(starts.length, 'start')} of a card machine, each when no other could be paid`,
            ids(starts),
          );
    },
  },
  {
    id: 'intent-kept-for-session',
    plane: 'wire',
    fault: 'pos',
    expected: () => 'no payment intent is cancelled while a session on it runs',
    advice:
      'Cancel the session, poll until it has ended, and only then cancel the payment intent: until then the card machine may take the payment.',
    judge: ({ whole }) => {
      const deletions = ownRequests(whole, 'deleteIntent');
      const wrong = deletions.flatMap((deletion) =>
        runningOn(whole, deletion).map((session) => ({ deletion, session })),
      );
      return judged(
        wrong.length === 0,
        wrong
          .map(
            ({ deletion, session }) =>
              `DELETE ${deletion.request.target} was sent while ${session.id} was ${lastKnown(session, deletion)}`,
          )
          .join('; ') || `${counted(deletions.length, 'payment intent')} cancelled, none while a session ran`,
        ids(wrong.flatMap(({ deletion, session }) => [session.created, deletion])),
      );
    },
  },
];
