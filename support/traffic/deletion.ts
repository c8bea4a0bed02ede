import { type IncomingMessage, request as plain } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { directly } from './finding.ts';

/**
 * A DELETE that has no body and says so. undici sends no Content-Length with it, which the front of the API was seen
 * to answer with 411. Rejects when no answer comes within `patience` ms.
 */
export async function sendDelete(
  url: URL,
  headers: Readonly<Record<string, string>>,
  patience = 30_000,
): Promise<{ status: number; headers: IncomingMessage['headers']; text: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = url.protocol === 'https:' ? tlsRequest : plain;
  const { secure } = directly();
  const outgoing = request(
    url,
    {
      method: 'DELETE',
      headers: { ...headers, 'content-length': '0' },
      ...(secure && url.protocol === 'https:' ? { agent: secure } : {}),
    },
    resolve,
  );
  outgoing.on('error', reject);
  outgoing.setTimeout(patience, () => outgoing.destroy(new Error('it did not answer in time')));
  outgoing.end();
  const answer = await promise;
  return { status: answer.statusCode!, headers: answer.headers, text: await text(answer) };
}
