import {
  failed,
  judged,
  listed,
  noSession,
  notTestable,
  passed,
  seconds,
} from '../../../../checklist/check.ts';
import { listAt, readableAt, textAt } from '../../../../record/evidence.ts';
import { says } from '../../../../record/phrases.ts';
import type { Display, Run } from '../../../../record/vocabulary.ts';
import type { Check, Scene } from '../../check.ts';
import { answeredEnd, type PaymentEvidence, type Session, type SessionAnswer } from '../../evidence.ts';
import { isFinal } from '../../statuses.ts';
import { byWords, pictureAt, quoted, seenToAct, wordsOfPrompt } from './shown.ts';

export const promptChecks: Check[] = [
  {
    id: 'prompts-shown',
    plane: 'display',
    fault: 'pos',
    timed: true,
    followsApi: true,
    expected: (_, run) =>
      `each prompt of the card machine that lasts ${seconds(run.criteria['display.prompt']!)} or more is on the display while it lasts, and of shorter ones that follow each other for as long, one`,
    advice: byWords('Show the latest of `notificationEvents` after each poll.', 'prompts'),
    judge: (scene) => {
      const { evidence, run } = scene;
      const shown = evidence.all('display');
      const missed: string[] = [];
      let beyond = 0;
      const seen: string[] = [];
      for (const session of evidence.sessions) {
        for (const { types, from, to } of lasting(session, run.criteria['display.prompt']!)) {
          const words = types.flatMap((type) => wordsOfPrompt(type, run));
          const live = shown.some((one, index) => {
            const gone = shown[index + 1]?.at ?? Number.POSITIVE_INFINITY;
            return gone > from && one.at < to && says(one.display.prompt, words);
          });
          (live ? seen : missed).push(types.join(' or '));
          // As much later than it polls would the till have had to be.
          if (!live) beyond = Math.max(beyond, to - from - run.criteria['polling.median.pass']!);
        }
      }
      if (!seen.length && !missed.length) return notTestable('no prompt lasted long enough to be seen');
      const all = shown.find(({ display }) => named(display.prompt, scene).size > 2)?.display.prompt;
      if (all) {
        const types = [...named(all, scene)];
        return failed(`shows ${quoted(all)}, which stands for ${listed(types)} at once`, pictureAt(evidence));
      }
      return judged(
        missed.length === 0,
        missed.length ? `never shown while it lasted: ${listed(missed)}` : `shown live: ${listed(seen)}`,
        pictureAt(evidence),
        { beyond },
      );
    },
  },
  {
    id: 'prompts-cleared',
    plane: 'display',
    fault: 'pos',
    timed: true,
    followsApi: true,
    expected: (_, run) =>
      `once a session has ended, no prompt of its card machine and no question about its signature stays on the display for longer than ${seconds(run.criteria['display.within']!)}; "remove card" may`,
    advice: byWords('Take prompt and question off the display when the session has ended.', 'prompts'),
    judge: ({ evidence, run }) => {
      const ended = evidence.sessions.map((session) => leftOn(session, evidence, run));
      const left = ended.find((one) => one);
      if (left)
        return failed(`still shows ${quoted(left)} after the end of its session`, pictureAt(evidence));
      return ended.at(-1) === null
        ? passed('no prompt was left on')
        : notTestable('no session has ended, with time to take its prompt off');
    },
  },
  {
    id: 'signature-question-closed',
    plane: 'display',
    fault: 'pos',
    timed: true,
    followsApi: true,
    expected: (_, run) =>
      `the question about the signature goes once the operator has decided and the session has ended, within ${seconds(run.criteria['display.within']!)}`,
    corroborated: seenToAct,
    advice: byWords(
      'Close the dialogue: a question that still stands invites a decision about the next payment.',
      'signature',
      'accept',
      'reject',
    ),
    judge: ({ evidence, run }) => {
      const { session } = evidence;
      if (!session) return notTestable(noSession);
      const taken = session.decisions.find(({ response }) => response?.status === 200);
      const over = answeredEnd(session);
      if (!taken || !over) return notTestable('the session did not end by a decision that the till has sent');
      const left = evidence.display && questionOf(evidence.display, run);
      return judged(
        !left,
        left ? `still asks ${quoted(left)} when the session is ${over.status}` : 'the question has gone',
        pictureAt(evidence),
      );
    },
  },
];

/** Prompts that ask for the card, in one way or another: one wording may do for all of them. */
const forCard: ReadonlySet<string> = new Set([
  'PresentCard',
  'InsertCard',
  'PresentOnlyOneCard',
  'ReEnterCard',
]);

/** The prompts of the row's sessions that a text names, those that ask for the card counted as one. */
function named(text: string | null, { evidence, run }: Scene): Set<string> {
  const types = new Set(
    evidence.sessions.flatMap(({ answers }) => answers.at(-1)?.prompts ?? []).map(({ type }) => type),
  );
  return new Set(
    [...types]
      .filter((type) => says(text, wordsOfPrompt(type, run)))
      .map((type) => (forCard.has(type) ? 'PresentCard' : type)),
  );
}

/** Prompts that a till has the time to show: one that lasts, or several short ones of which it may miss some. */
interface Lasting {
  readonly types: readonly string[];
  /** When the till learned of the first of them, and of what came after them. */
  readonly from: number;
  readonly to: number;
}

/**
 * Prompts of a session that lasted at least that long, and unbroken stretches of shorter ones that did. Without these
 * a display that is frozen at the first prompt would look right wherever the later ones are short.
 */
function lasting(session: Session, least: number): Lasting[] {
  const last = session.answers.at(-1);
  if (!last) return [];
  const ends = listAt(session.state, 'statusEvents')
    .filter(
      (event) =>
        isFinal(textAt(event, 'status') ?? '') || textAt(event, 'status') === 'SignatureVerificationRequired',
    )
    .map((event) => Date.parse(textAt(event, 'createdAt') ?? ''));
  const endOf = (index: number): number | undefined =>
    last.prompts[index + 1]?.createdAt ?? ends.find((time) => time >= last.prompts[index]!.createdAt);
  const long = last.prompts.map(({ createdAt }, index) => (endOf(index) ?? createdAt) - createdAt >= least);
  const found: Lasting[] = [];
  for (let first = 0, index = 0; index < last.prompts.length; index++) {
    if (!long[index] && long[index + 1] === false) continue;
    const end = endOf(index);
    const begun = last.prompts[first]!;
    if (end !== undefined && end - begun.createdAt >= least) {
      const answered = session.answers.find(({ prompts }) => prompts.length > first) ?? last;
      const gone = session.answers.find(
        ({ prompts, status }) => prompts.length > index + 1 || isFinal(status),
      );
      const from = answered.exchange.until;
      const to = (gone ?? last).exchange.until;
      // Once its user cancels, a till may say so in place of the prompt.
      const cancelled = session.cancels.find(({ at }) => at >= from && at < to)?.at;
      if (cancelled === undefined || cancelled - from >= least)
        found.push({
          types: [...new Set(last.prompts.slice(first, index + 1).map(({ type }) => type))],
          from,
          to: cancelled ?? to,
        });
    }
    first = index + 1;
  }
  return found;
}

/** What a card machine says of its end, and what it asks for until the card was taken out, may stay. */
const mayStay: ReadonlySet<string> = new Set(['Approved', 'Declined']);

/**
 * What a display still says of a session that has ended, as its till knows: a prompt of the card machine, or the
 * question whether the signature is right. `null` where it says no such thing.
 */
export function leftOf(display: Display, { prompts }: SessionAnswer, run: Run): string | null {
  const { vocabulary } = run.pos;
  const asked = prompts.at(-1)?.type === 'RemoveCard' ? new Set(['RemoveCard', ...mayStay]) : mayStay;
  const types = [...Object.keys(vocabulary.prompts), ...prompts.map(({ type }) => type)];
  const words = types.filter((type) => !asked.has(type)).flatMap((type) => wordsOfPrompt(type, run));
  const stays = [...asked].flatMap((type) => wordsOfPrompt(type, run));
  if (says(display.prompt, words) && !says(display.prompt, stays)) return display.prompt;
  return questionOf(display, run);
}

/** The question whether the signature is right, which asks for it to be accepted or rejected; `null` where there is none. */
export function questionOf(display: Display, run: Run): string | null {
  const { signature, accept, reject } = run.pos.vocabulary;
  const question = display.dialogues.find(
    ({ text, options }) =>
      says(text, signature) && [accept, reject].every((word) => options.some((option) => says(option, word))),
  );
  return question?.text ?? null;
}

/**
 * What is left on the display once a session has ended, and its till has had its time to take it off; `null` where
 * that is nothing, `undefined` where the till has had no time yet.
 */
function leftOn(session: Session, evidence: PaymentEvidence, run: Run): string | null | undefined {
  const over = answeredEnd(session);
  if (!over) return undefined;
  const until = Math.min(evidence.nextStart(session.created.at), evidence.end);
  const due = readableAt(over.exchange) + run.criteria['display.within']!;
  const last = evidence.all('display').findLast(({ at }) => at <= until);
  const left = last ? leftOf(last.display, over, run) : null;
  return left !== null && until < due ? undefined : left;
}
