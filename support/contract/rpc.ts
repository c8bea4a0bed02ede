import type { Exchange, Headers, Json } from '../record/vocabulary.ts';
import type { Contract } from './contract.ts';
import { headerOf, jsonOf } from './messages.ts';
import { undeclared } from './names.ts';
import { odditiesIn } from './oddities.ts';
import { judgeAuthorizations } from './request.ts';
import type { Breach } from './violation.ts';
import { show } from './wording.ts';

/** Whether a request opens a WebSocket. */
export const opensSocket = ({ from, request }: Exchange): boolean =>
  from === 'subject' &&
  request.method === 'GET' &&
  /^websocket$/i.test(headerOf(request.headers, 'upgrade') ?? '');

/**
 * The breaches of what is said over a WebSocket: of a handshake, and of an answer in JSON-RPC. What an answer holds is
 * judged by the description of the same operation over HTTP. Pings, closes and what is no answer have none.
 */
export function judgeRpc(exchange: Exchange, own: Contract): Breach[] {
  if (exchange.channel === 'http') return judgeHandshake(exchange);
  const operation = own.description.document['x-methods']?.[exchange.request.method];
  if (exchange.to !== 'subject' || operation === undefined || exchange.response === null) return [];
  const answer = exchange.response.body && jsonOf(exchange.response.body)?.json;
  if (!isObject(answer))
    return [breach('', 'json-body', 'the answer is an object in JSON', show(answer ?? null))];
  return [
    ...odditiesIn(exchange.response.body!, 'should').map(
      ({ pointer, rule, expected, observed, severity }) => ({
        ...breach(pointer, rule, expected, observed),
        severity,
      }),
    ),
    ...judgeEnvelope(exchange, answer),
    ...judgeContent(exchange, answer, operation, own),
  ];
}

function judgeHandshake({ request }: Exchange): Breach[] {
  const house: Breach = {
    ...breach(
      '/software-house-id',
      'required',
      'the handshake has the header `software-house-id`',
      'it is not there',
    ),
    part: 'request-header',
  };
  return [
    ...judgeAuthorizations(request.headers),
    ...(headerOf(request.headers, 'software-house-id') ? [] : [house]),
  ];
}

function judgeEnvelope({ request }: Exchange, answer: { readonly [name: string]: Json }): Breach[] {
  const asked = request.body && jsonOf(request.body)?.json;
  const id = isObject(asked) ? asked.id : undefined;
  const found: Breach[] = [];
  if (answer.jsonrpc !== '2.0')
    found.push(breach('/jsonrpc', 'const', '`jsonrpc` is "2.0"', show(answer.jsonrpc ?? null)));
  if (answer.id !== id)
    found.push(
      breach('/id', 'const', `\`id\` is that of the call, ${show(id ?? null)}`, show(answer.id ?? null)),
    );
  const has = (name: string) => answer[name] !== undefined && answer[name] !== null;
  const observed = `members: ${Object.keys(answer).join(', ')}`;
  const one = 'the answer has either `result` or `error`';
  if (has('result') === has('error')) found.push(breach('', 'oneOf', one, observed));
  else if (answer.result !== undefined && answer.error !== undefined)
    found.push({ ...breach('', 'oneOf', one, observed), severity: 'should' });
  if (typeIn(answer.error) === undefined && typeIn(dataOf(answer.error)) !== undefined)
    found.push({
      ...breach('/error', 'required', '`errorType` stands in `error`', 'it stands in `error.data`'),
      severity: 'should',
    });
  return found;
}

/** Members that the description for WebSocket spells so, and the one for HTTP in another case. */
const spelled = /\/url\/(?:showQR|showURL)$/;

/** What an answer holds, judged as the body of the same answer over HTTP. */
function judgeContent(
  exchange: Exchange,
  { result, error }: { readonly [name: string]: Json },
  operation: string,
  own: Contract,
): Breach[] {
  const [method = '', path = ''] = operation.split(' ');
  const inData = typeIn(error) === undefined && typeIn(dataOf(error)) !== undefined;
  const [content, at] =
    error !== undefined && error !== null
      ? inData
        ? [dataOf(error), '/error/data']
        : [error, '/error']
      : [result, '/result'];
  if (content === undefined || content === null) return [];
  const headers: Headers = [['content-type', 'application/json']];
  return own
    .violations({
      ...exchange,
      channel: 'http',
      request: { method, target: path.replace(/\{\w+\}/g, 'id'), headers, body: null },
      response: { status: exchange.response!.status, headers, body: { json: content } },
    })
    .filter(
      ({ part, rule, pointer }) =>
        part === 'response-body' && !(rule === undeclared && spelled.test(pointer)),
    )
    .map(({ fault: _, ...one }) => ({ ...one, pointer: `${at}${one.pointer}` }));
}

const isObject = (value: unknown): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const dataOf = (error: Json | undefined): Json | undefined => (isObject(error) ? error.data : undefined);

const typeIn = (error: Json | undefined): Json | undefined => (isObject(error) ? error.errorType : undefined);

const breach = (pointer: string, rule: string, expected: string, observed: string): Breach => ({
  part: 'response-body',
  pointer,
  rule,
  expected,
  observed,
  severity: 'must',
});
