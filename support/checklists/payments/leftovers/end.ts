import { setTimeout as wait } from 'node:timers/promises';
import type { AskAccount, Leftover } from '../../../checklist/index.ts';
import { Blocked } from '../../../record/blocked.ts';
import { coded } from '../../../record/error-codes.ts';
import { listAt, textAt } from '../../../record/evidence.ts';
import { monotonic } from '../../../record/monotonic.ts';
import type { Json } from '../../../record/vocabulary.ts';
import { isFinal } from '../statuses.ts';

/** Longer than a session lives on in which a card was presented, its signature's 80 s included; in ms. */
const longestSession = 110_000;

/** Between two looks at a session, in ms. */
const interval = 500;

/** Within this a rejected signature comes to the end that it has, ms; a session may also stay as it is. */
const settling = 5_000;

/** How much an account's clock may be behind this machine's, in ms. */
const clocksDiffer = 600_000;

/**
 * Brings to an end what is open: sessions are cancelled, a signature that is waited for is rejected, payment
 * intents that nobody paid are deleted, authorizations reversed, subscriptions deleted. What was captured stays
 * as it is. Returns what could not be ended, with the reason. It never throws.
 */
export async function endAll(ask: AskAccount, open: readonly Leftover[]): Promise<Leftover[]> {
  const left: Leftover[] = [];
  let unreachable = '';
  for (const thing of open) {
    try {
      const why = unreachable || (await ends[thing.kind]!(ask, thing));
      if (why) left.push({ ...thing, why });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const why = error instanceof Blocked ? coded(error.code, message) : message;
      if (error instanceof Blocked) unreachable = why;
      left.push({ ...thing, why });
    }
  }
  return left;
}

/** How each kind is ended; they say why it could not be, and '' when it is over. */
const ends: Readonly<Record<string, (ask: AskAccount, thing: Leftover) => Promise<string>>> = {
  'terminal session': (ask, { id }) =>
    id ? endSession(ask, id) : Promise.resolve('the answer with its id was lost'),
  'payment intent': async (ask, thing) => {
    if (thing.id === null) return endLostIntent(ask, thing);
    // Most were never paid: one request is enough for them.
    if (thing.status === 'Created' && !(await refusal(ask, 'DELETE', `/payment-intents/${thing.id}`)))
      return '';
    return endIntent(ask, thing.id);
  },
  'webhook subscription': (ask, { id }) =>
    id ? refusal(ask, 'DELETE', `/webhooks/${id}`) : Promise.resolve('the answer with its id was lost'),
};

async function endSession(ask: AskAccount, id: string): Promise<string> {
  const path = `/terminal-sessions/${id}`;
  const until = monotonic() + longestSession;
  let rejected: number | null = null;
  for (;;) {
    const { status, text } = await ask('GET', path);
    if (status === 404) return '';
    const state = textAt(parsed(text), 'status') ?? '';
    const rejecting = state === 'SignatureVerificationRejected';
    rejected ??= rejecting ? monotonic() : null;
    if (isFinal(state) && !(rejecting && monotonic() - rejected! < settling)) return '';
    if (status !== 200 || monotonic() > until)
      return `it is still ${state || 'unknown'} (answered ${status})`;
    if (state === 'SignatureVerificationRequired') await ask('PUT', `${path}/signature`, { accepted: false });
    // Once the card was presented this is refused, and the session soon ends by itself.
    if (state === 'InitiateRequested' || state === 'Initiated') await ask('PUT', `${path}/cancel`);
    await wait(interval);
  }
}

async function endIntent(ask: AskAccount, id: string): Promise<string> {
  const path = `/payment-intents/${id}`;
  const before = await ask('GET', `${path}?returnCanceled=true`);
  if (before.status !== 200) return unread(before);
  for (const session of openSessions(parsed(before.text))) {
    const why = await endSession(ask, session);
    if (why) return `its session ${session}: ${why}`;
  }
  const after = await ask('GET', `${path}?returnCanceled=true`);
  const status = textAt(parsed(after.text), 'status');
  if (after.status !== 200 || status === null) return unread(after);
  if (status === 'Created') return refusal(ask, 'DELETE', path);
  if (status === 'Authorized') return refusal(ask, 'POST', `${path}/reversal`);
  return '';
}

/** An intent whose id was never reported is found by its reference, which no other has. */
async function endLostIntent(ask: AskAccount, { reference, since }: Leftover): Promise<string> {
  if (!reference) return 'the answer with its id was lost';
  const startDate = new Date(Date.parse(since) - clocksDiffer).toISOString();
  let after: string | null = null;
  do {
    const cursor: Json = { limit: 100, ...(after ? { after } : {}) };
    const { status, text } = await ask('POST', '/payment-intents/search', { startDate, cursor });
    if (status !== 200) return `it could not be looked for: the search was answered ${status}`;
    const page = parsed(text);
    const data = listAt(page, 'data');
    for (const intent of data) {
      const id = textAt(intent, 'id');
      if (id && textAt(intent, 'reference') === reference) return endIntent(ask, id);
    }
    after = data.length ? textAt(page, 'after') : null;
  } while (after);
  return '';
}

/** What can't be read may be open as well as over; only what is not there any more is over. */
const unread = ({ status }: Pick<Awaited<ReturnType<AskAccount>>, 'status'>): string =>
  status === 404 ? '' : `how it stands could not be read (answered ${status})`;

const openSessions = (intent: Json): string[] =>
  listAt(intent, 'terminalSessionHistory').flatMap((entry) => {
    const id = textAt(entry, 'terminalSession', 'id');
    return id && !isFinal(textAt(entry, 'terminalSession', 'status') ?? '') ? [id] : [];
  });

/** Why a request was refused; '' when it was not, or what it is about is not there any more. */
async function refusal(ask: AskAccount, method: 'POST' | 'DELETE', path: string): Promise<string> {
  const { status, text } = await ask(method, path);
  if (status < 300 || status === 404) return '';
  const body = parsed(text);
  return `${method} ${path} was answered ${status}: ${textAt(body, 'detail') ?? textAt(body, 'Detail') ?? 'no reason given'}`;
}

function parsed(text: string): Json {
  try {
    return text ? (JSON.parse(text) as Json) : null;
  } catch {
    return null;
  }
}
