import { textAt } from '../../../record/evidence.ts';
import type { Body, Exchange, Json } from '../../../record/vocabulary.ts';
import { written } from '../../../record/written.ts';
import type { Redaction } from '../../redaction/index.ts';
import { recordedBody } from '../body.ts';
import { Capture } from '../capture.ts';
import type { Spoken } from './conversation.ts';

/** The record of what was said over a WebSocket; secrets are gone from it. `connection`: the id of its handshake. */
export function recordedSpoken(
  id: string,
  { from, method, content, answer, trouble, at, until, startedAt }: Spoken,
  { connection, target }: { readonly connection: string; readonly target: string },
  redaction: Redaction,
): Exchange {
  const body = answer === null ? null : kept(answer, redaction);
  return {
    id,
    from,
    to: from === 'dojo' ? 'subject' : 'dojo',
    channel: 'socket',
    connection,
    request: { method, target: redaction.target(target), headers: [], body: kept(content, redaction) },
    response: answer === null ? null : { status: statusOf(body), headers: [], body },
    ...(trouble ? { trouble } : {}),
    at,
    until,
    startedAt: new Date(startedAt).toISOString(),
  };
}

const kept = (content: Capture | Json, redaction: Redaction): Body | null =>
  content instanceof Capture ? recordedBody(content, [], redaction) : { json: redaction.json(content) };

const statuses: Readonly<Record<string, number>> = {
  NotFound: 404,
  Conflict: 409,
  InvalidRequest: 400,
  UnexpectedError: 500,
};

/** The status that says over HTTP what an answer in JSON-RPC says: 200, or that of the type of its error. */
export function statusOf(body: Body | null): number {
  const read = body && written(body);
  const json = read && 'json' in read ? read.json : null;
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return 200;
  const { error } = json;
  if (error === undefined || error === null) return 200;
  return statuses[textAt(error, 'errorType') ?? textAt(error, 'data', 'errorType') ?? ''] ?? 500;
}
