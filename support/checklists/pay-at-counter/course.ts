import type { Course, CourseNames, Mark, Span, Tone } from '../../checklist/index.ts';
import { at, jsonOf, textAt } from '../../record/evidence.ts';
import type { Display, Exchange, Json, Run } from '../../record/vocabulary.ts';
import { type PaymentEvidence, routeId, type Session } from '../payments/evidence.ts';
import { isFinal } from '../payments/statuses.ts';
import { type SessionClock, sessionClock } from './clock.ts';

/** What happens later than this after the last word on a session does not belong to it any more, ms. */
const afterglow = 5000;
/** The picture goes on a little after the last thing seen, which would stand on its edge. */
const margin = 0.06;
/** A picture of a session that was over at once still has an axis, ms. */
const shortest = 1000;

const statusTones: Readonly<Record<string, Tone>> = {
  InitiateRequested: 'quiet',
  Initiated: 'active',
  CancelRequested: 'asking',
  SignatureVerificationRequired: 'asking',
  SignatureVerificationAccepted: 'active',
  Authorized: 'good',
  Captured: 'good',
};

const statusTone = (status: string): Tone => statusTones[status] ?? (isFinal(status) ? 'bad' : 'quiet');

const promptTones: Readonly<Record<string, Tone>> = {
  PleaseWait: 'quiet',
  Approved: 'good',
  Declined: 'bad',
  CardError: 'bad',
  CardUnsupported: 'bad',
};

const names: CourseNames = {
  kind: 'terminal session',
  one: 'session',
  statuses: 'Session status',
  prompts: 'Card machine',
  requests: 'Till’s requests',
  polls: 'Polls',
  operator: 'Operator',
  display: 'Till’s display',
};

interface Event {
  readonly name: string;
  readonly at: number;
}

/** An answer about the session, whoever asked for it, and when the asker had it. */
interface Answer {
  readonly state: Json;
  readonly asked: number;
  readonly had: number;
}

/** The courses of a row's terminal sessions, in the order of their creation. */
export function courses(evidence: PaymentEvidence, run: Run): Course[] {
  return evidence.sessions.map((session, index) => {
    return courseOf(session, nextPayment(session, evidence.sessions[index + 1], evidence), evidence, run);
  });
}

/** When the payment of the next session began; the till makes its requests before the session is there. */
function nextPayment(session: Session, next: Session | undefined, evidence: PaymentEvidence): number {
  if (!next) return Number.POSITIVE_INFINITY;
  const starts = evidence
    .all('action')
    .filter(
      ({ action, at }) => (action.name === 'sale' || action.name === 'retry') && at > session.created.at,
    );
  return Math.min(next.created.at, ...starts.map(({ at }) => at));
}

function courseOf(session: Session, next: number, evidence: PaymentEvidence, run: Run): Course {
  const clock = sessionClock(session, evidence, run.pos.clock);
  const within = ({ at: time }: { readonly at: number }): boolean =>
    time >= session.created.at && time < next;
  const own = [session.created, ...session.polls, ...session.cancels, ...session.decisions];
  const answers = answersAbout(session, evidence, clock);
  const statuses = events(answers, 'statusEvents', 'status', clock);
  const prompts = events(answers, 'notificationEvents', 'notificationType', clock);

  const lastWord = Math.max(...own.map((one) => clock.answer(one)), ...statuses.map((event) => event.at));
  const near = (event: { readonly at: number }): boolean => event.at <= lastWord + afterglow;
  const displays = displayed(session, next, evidence, run, clock).filter(near);
  const operator = actions(evidence, within, clock).filter(near);
  const exchanges = evidence.exchanges.filter(
    (exchange) => own.includes(exchange) || (within(exchange) && near({ at: clock.answer(exchange) })),
  );
  const seen = Math.max(
    lastWord,
    ...exchanges.map((exchange) => clock.answer(exchange)),
    ...[...operator, ...displays].map((event) => event.at),
  );
  const duration = Math.max(shortest, seen * (1 + margin));
  const end = statuses.find(({ name }) => isFinal(name))?.at ?? duration;
  return {
    names,
    session: session.id,
    type: session.type,
    duration,
    statuses: spans(statuses, duration, statusTone),
    prompts: spans(prompts, Math.max(end, prompts.at(-1)?.at ?? 0), (type) => promptTones[type] ?? 'active'),
    polls: exchanges.filter((exchange) => isPoll(exchange, session)).map((poll) => clock.request(poll)),
    requests: repeatsFolded(
      exchanges
        .filter((exchange) => !isPoll(exchange, session) || exchange.response?.status !== 200)
        .map((exchange) => ({ at: clock.request(exchange), ...requestWords(exchange) })),
    ),
    operator,
    display: spans(displays, duration, (_, index) => displays[index]!.tone).filter(({ text }) => text !== ''),
  };
}

const isPoll = (exchange: Exchange, session: Session): boolean =>
  routeId(exchange, 'getSession') === session.id;

function answersAbout(session: Session, evidence: PaymentEvidence, clock: SessionClock): Answer[] {
  const answered = session.answers.map(({ exchange }) => exchange);
  const read = evidence
    .all('state')
    .filter(({ resource, id }) => resource === 'terminal-session' && id === session.id)
    .map(({ exchange }) => exchange);
  return [...answered, ...read]
    .filter(({ response }) => response !== null && response.status < 300)
    .map((exchange) => ({
      state: jsonOf(exchange.response),
      asked: clock.request(exchange),
      had: clock.answer(exchange),
    }))
    .sort((one, other) => one.had - other.had);
}

/**
 * What the API says has happened, at the time that it says, as far as that agrees with when it was first reported:
 * after the answer before, and no later than the answer that tells it. (An API whose clock was moved, or is
 * not ours, would otherwise write its events beside the polls that saw them.)
 */
function events(answers: readonly Answer[], list: string, member: string, clock: SessionClock): Event[] {
  const seen = new Set<string>();
  const found: Event[] = [];
  let before = 0;
  for (const { state, asked, had } of answers) {
    const note = (name: string, time: number | null): void => {
      const earliest = Math.max(before, found.at(-1)?.at ?? 0);
      found.push({ name, at: Math.max(earliest, Math.min(time ?? had, had)) });
    };
    const answered = at(state, list);
    for (const event of Array.isArray(answered) ? answered : []) {
      const name = textAt(event, member);
      const createdAt = textAt(event, 'createdAt');
      if (name === null || seen.has(`${name} ${createdAt}`)) continue;
      seen.add(`${name} ${createdAt}`);
      note(name, clock.api(createdAt));
    }
    const current = textAt(state, member);
    if (current !== null && current !== found.at(-1)?.name) note(current, null);
    before = asked;
  }
  return found;
}

interface Shown extends Event {
  readonly tone: Tone;
}

function displayed(
  session: Session,
  next: number,
  evidence: PaymentEvidence,
  run: Run,
  clock: SessionClock,
): Shown[] {
  if (run.pos.display === 'none') return [];
  const seen = evidence
    .all('display')
    .filter(({ at: time }) => time < next)
    .sort((one, other) => one.at - other.at);
  const atStart = seen.findLast(({ at: time }) => time <= session.created.at);
  const changes = [
    ...(atStart ? [atStart] : []),
    ...seen.filter(({ at: time }) => time > session.created.at),
  ];
  return changes
    .map(({ at: time, display }) => ({ at: Math.max(0, clock.moment(time)), ...displayWords(display) }))
    .filter(({ name }, index, all) => name !== all[index - 1]?.name);
}

function displayWords({ outcome, prompt, notice, dialogues }: Display): { name: string; tone: Tone } {
  const boxes = dialogues.map(({ text, options }) => `${text} [${options.join(' | ')}]`);
  const name = [outcome, ...boxes, prompt, notice]
    .filter((text): text is string => Boolean(text))
    .map((text) => text.replace(/\s+/g, ' ').trim())
    .join(' · ');
  return { name, tone: dialogues.length ? 'asking' : outcome ? 'active' : 'quiet' };
}

function actions(
  evidence: PaymentEvidence,
  within: (one: { at: number }) => boolean,
  clock: SessionClock,
): Mark[] {
  return evidence
    .all('action')
    .filter((one) => within(one))
    .map(({ at: time, action, answer }) => {
      const name =
        action.name === 'signature' ? `${action.accepted ? 'accept' : 'reject'} signature` : action.name;
      return {
        at: clock.moment(time),
        text: answer.answer === 'done' ? name : `${name}: ${answer.answer}`,
        tone: answer.answer === 'done' ? 'active' : 'bad',
      };
    });
}

const requestNames = {
  createSession: 'create session',
  getSession: 'poll',
  createIntent: 'create intent',
  getIntent: 'read intent',
  deleteIntent: 'delete intent',
  listTerminals: 'list terminals',
} as const;

function requestWords(exchange: Exchange): { text: string; tone: Tone } {
  const { response, trouble } = exchange;
  const came = response ? `${response.status}` : (trouble ?? 'no answer');
  const tone = !response || response.status >= 400 ? 'bad' : 'active';
  return { text: `${requestName(exchange)}: ${came}`, tone };
}

function requestName(exchange: Exchange): string {
  if (routeId(exchange, 'cancelSession') !== null) return 'cancel';
  if (routeId(exchange, 'decideSignature') !== null) {
    const accepted = at(jsonOf(exchange.request), 'accepted');
    return accepted === true
      ? 'signature accepted'
      : accepted === false
        ? 'signature rejected'
        : 'signature (unclear)';
  }
  for (const [route, name] of Object.entries(requestNames)) {
    if (routeId(exchange, route as keyof typeof requestNames) !== null) return name;
  }
  return `${exchange.request.method} ${exchange.request.target.split('?')[0]}`;
}

/** Each event lasts until the next one. */
function spans(list: readonly Event[], end: number, tone: (name: string, index: number) => Tone): Span[] {
  return list.map(({ at: from, name }, index) => ({
    from,
    until: Math.max(from, list[index + 1]?.at ?? end),
    lasts: index === list.length - 1,
    text: name,
    tone: tone(name, index),
  }));
}

/** The same again and again is one mark that says how often, at its first time. */
function repeatsFolded(marks: readonly Mark[]): Mark[] {
  const runs: { first: Mark; times: number }[] = [];
  for (const mark of [...marks].sort((one, other) => one.at - other.at)) {
    const last = runs.at(-1);
    if (last?.first.text === mark.text) last.times += 1;
    else runs.push({ first: mark, times: 1 });
  }
  return runs.map(({ first, times }) => (times > 1 ? { ...first, text: `${first.text} ×${times}` } : first));
}
