import type { Exchange } from '../../record/vocabulary.ts';
import type { Redaction } from '../redaction/index.ts';
import { recordedBody } from './body.ts';
import { valuesOf } from './head.ts';
import type { ResponseReader } from './response.ts';
import type { Transit } from './transit.ts';

/**
 * The record of a transit that is over; secrets are gone from it. A response that came back whole is in it
 * even if the till never got it, and `trouble` says so.
 */
export function recorded(id: string, transit: Transit, redaction: Redaction): Exchange {
  const { request, response } = transit;
  const accountTime = response?.complete ? accountTimeOf(response) : undefined;
  return {
    id,
    from: 'subject',
    to: 'dojo',
    channel: 'http',
    request: {
      method: request.method,
      target: redaction.target(request.target),
      headers: redaction.headers(request.headers),
      body: recordedBody(request.content, request.headers, redaction),
    },
    response:
      response && (response.complete || response.switches) ? recordedResponse(response, redaction) : null,
    ...(transit.trouble ? { trouble: transit.trouble } : {}),
    ...(transit.fault ? { armed: transit.fault.id } : {}),
    at: transit.at,
    ...(transit.readableAt === null ? {} : { readableAt: transit.readableAt }),
    until: transit.until!,
    startedAt: new Date(transit.startedAt).toISOString(),
    ...(accountTime === undefined ? {} : { accountTime }),
  };
}

function recordedResponse(response: ResponseReader, redaction: Redaction): Exchange['response'] {
  return {
    status: response.status,
    headers: redaction.headers(response.headers),
    body: response.switches ? null : recordedBody(response.content, response.headers, redaction),
  };
}

/** The simulator tells its account's own time with each answer; other upstreams do not. */
function accountTimeOf(response: ResponseReader): number | undefined {
  const time = Number.parseFloat(valuesOf(response.headers, 'x-account-time')[0] ?? '');
  return Number.isFinite(time) ? time : undefined;
}
