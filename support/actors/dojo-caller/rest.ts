import { errors, request } from 'undici';
import { monotonic } from '../../record/monotonic.ts';
import type { Exchange, Headers, Json } from '../../record/vocabulary.ts';
import { bodyOf, readJson } from '../../record/written.ts';
import type { Redaction } from '../../traffic/redaction/index.ts';

/** With what Dojo signs in to an EPOS, as that registered it. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** What an EPOS is asked for; the headers say who asks, as far as that is known. */
export interface Call {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly target: string;
  readonly headers?: Headers;
  readonly body?: Json;
}

/** How an EPOS is called over REST. */
export interface RestCaller {
  /** Below which it is called; see `baseOf`. */
  readonly address: string;
  /** `null`: it is called without any. */
  readonly credentials: Credentials | null;
  /** How long an answer may take, in ms. */
  readonly within: number;
  readonly redaction: Redaction;
}

/**
 * Below which address an EPOS is called. It stands where the profile says, which need not be where a public address leads
 * to. A profile that names a host alone leaves the path to what the EPOS has registered.
 */
export function baseOf(inProfile: string, registered: string): string {
  const { origin, pathname } = new URL(inProfile);
  const namesHostAlone = /^\w+:\/\/[^/]*$/.test(inProfile);
  const path = namesHostAlone && URL.canParse(registered) ? new URL(registered).pathname : pathname;
  return `${origin}${path.replace(/\/+$/, '')}`;
}

/**
 * Calls an EPOS as Dojo does over REST, once: what comes of it is one exchange, in which what was sent and answered is
 * redacted. It never throws over what the EPOS does: silence and a lost connection are facts about it. Calls may overlap.
 */
export async function callOverRest(
  { address, credentials, within, redaction }: RestCaller,
  { id, method, target, headers = [], body }: Call,
): Promise<Exchange> {
  const text = body === undefined ? null : JSON.stringify(body);
  const sent: Headers = [
    ...(credentials ? [['authorization', authorizationOf(credentials)] as [string, string]] : []),
    ['accept', 'application/json'],
    ['dojo-requesting-product', 'PayAtTable'],
    ...headers,
    ...(text === null ? [] : [['content-type', 'application/json'] as [string, string]]),
  ];
  const startedAt = new Date().toISOString();
  const at = monotonic();
  const { response, trouble } = await answerOf(new URL(`${address}${target}`), method, sent, text, within);
  return {
    id,
    from: 'dojo',
    to: 'subject',
    channel: 'http',
    request: {
      method,
      target: redaction.target(target),
      headers: redaction.headers(sent),
      body: text === null ? null : bodyOf(redaction.jsonText(text)),
    },
    response: response && {
      status: response.status,
      headers: redaction.headers(response.headers),
      body: response.text ? bodyOf(shown(response.text, redaction)) : null,
    },
    ...(trouble ? { trouble } : {}),
    at,
    until: monotonic(),
    startedAt,
  };
}

const authorizationOf = ({ username, password }: Credentials): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

/** A body as it may be kept. */
const shown = (text: string, redaction: Redaction): string =>
  'json' in readJson(text) ? redaction.jsonText(text) : redaction.text(text);

interface Answer {
  readonly response: { readonly status: number; readonly headers: Headers; readonly text: string } | null;
  readonly trouble?: NonNullable<Exchange['trouble']>;
}

async function answerOf(
  url: URL,
  method: Call['method'],
  sent: Headers,
  body: string | null,
  within: number,
): Promise<Answer> {
  const signal = AbortSignal.timeout(within);
  try {
    // A connection of its own for each: what one call does to it is no other's affair.
    const answer = await request(url, {
      method,
      headers: Object.fromEntries(sent),
      body,
      signal,
      reset: true,
    });
    const headers = Object.entries(answer.headers).flatMap(([name, value = '']) =>
      [value].flat().map((one): [string, string] => [name, one]),
    );
    return { response: { status: answer.statusCode, headers, text: await answer.body.text() } };
  } catch (error) {
    if (signal.aborted) return { response: null, trouble: 'client-dropped' };
    const { code } = error as NodeJS.ErrnoException;
    const unreachable =
      error instanceof errors.ConnectTimeoutError || /^(ECONNREFUSED|ENOTFOUND|EAI_)/.test(code ?? '');
    return { response: null, trouble: unreachable ? 'upstream-unreachable' : 'upstream-dropped' };
  }
}
