import { setTimeout as wait } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { Blocked } from '../record/blocked.ts';
import type { Headers, Json } from '../record/vocabulary.ts';
import { sendDelete } from './deletion.ts';
import { directly, lookUp } from './finding.ts';

/** Who asks, and where: an account at an upstream. */
export interface Access {
  readonly url: string;
  readonly apiKey: string;
  readonly softwareHouseId: string;
  readonly resellerId: string;
  readonly apiVersion: string;
}

/** What the kit asked itself, past the gateway, and what it was answered. Nothing of it is redacted. */
export interface Asked {
  readonly sent: Headers;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** How long an upstream may take to answer, in ms. */
const patience = 30_000;

/** How long the kit stays away altogether when it is asked to, for one request, in ms. */
const longestAbsence = 60_000;

/**
 * One request of the kit itself. A 429 is honoured: it is sent again when its Retry-After (RFC 9110, section
 * 10.2.3) is over, after a second where there is none, until the upstream has asked for a minute in all; then the
 * 429 is the answer. A GET whose connection ended without an answer, as one that was kept alive too long does, is sent
 * once more (RFC 9112, section 9.3.1). Nothing else is sent twice. Throws a `Blocked` when the upstream can't be reached.
 */
export async function ask(
  { url, apiKey, softwareHouseId, resellerId, apiVersion }: Access,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: Json,
): Promise<Asked> {
  const sent: Headers = [
    ['authorization', `Basic ${apiKey}`],
    ['version', apiVersion],
    ['accept', 'application/json'],
    ['software-house-id', softwareHouseId],
    ['reseller-id', resellerId],
    ...(body === undefined ? [] : [['content-type', 'application/json'] as [string, string]]),
  ];
  let absence = 0;
  for (;;) {
    const answer = await once(new URL(path, url), method, sent, body);
    if (answer.status !== 429) return answer;
    const away = retryAfter(answer.headers);
    absence += away;
    if (absence > longestAbsence) return answer;
    await wait(away);
  }
}

async function once(url: URL, method: string, sent: Headers, body?: Json): Promise<Asked> {
  try {
    const answered = await (method === 'DELETE'
      ? sendDelete(url, Object.fromEntries(sent), patience)
      : method === 'GET'
        ? sendGet(url, sent)
        : sendOther(url, method, sent, body));
    const headers = Object.entries(answered.headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]);
    return { sent, status: answered.status, headers, text: answered.text };
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    throw new Blocked(
      'KIT-UPSTREAM-010',
      `The upstream ${url.origin} can't be reached: ${message || code || error}`,
      'Check the address and the network; the simulator is used when --upstream is left out.',
    );
  }
}

/** How a connection ends that the other side had given up. */
const gone: ReadonlySet<string | undefined> = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

async function sendGet(url: URL, sent: Headers) {
  try {
    return await sendOther(url, 'GET', sent);
  } catch (error) {
    if (!gone.has((error as NodeJS.ErrnoException).code)) throw error;
    const fresh = new Agent({ connect: { lookup: lookUp } });
    try {
      return await sendOther(url, 'GET', sent, undefined, fresh);
    } finally {
      await fresh.close();
    }
  }
}

async function sendOther(
  url: URL,
  method: string,
  sent: Headers,
  body?: Json,
  dispatcher = directly().agent,
) {
  const answer = await request(url, {
    method,
    headers: Object.fromEntries(sent),
    headersTimeout: patience,
    bodyTimeout: patience,
    ...(dispatcher && { dispatcher }),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
}

/** What a 429 asks for, in ms: seconds, or a date. */
function retryAfter(headers: Headers): number {
  const value = headers.find(([name]) => name === 'retry-after')?.[1] ?? '1';
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? 1000 : Math.max(0, date - Date.now());
}
