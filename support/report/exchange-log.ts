import type { RowRecord } from '../record/stream.ts';
import type { Body, Exchange, Headers, Json } from '../record/vocabulary.ts';
import { differences, jsonText } from './json-text.ts';

/** A part of a message as it is shown: its text, or the exchange that already shows the same. */
export interface Part {
  readonly text: string;
  /**
   * Id of an earlier exchange of the row whose part says the same, times aside; where there is a text too, it holds the
   * members that are otherwise.
   */
  readonly sameAs: string | null;
  /** How many characters were left out at the end. */
  readonly cut: number;
}

export interface Entry {
  readonly exchange: Exchange;
  readonly requestHeaders: Part;
  readonly requestBody: Part;
  readonly responseHeaders: Part;
  readonly responseBody: Part;
}

/** Requests in a row that brought the same answer as the first of them; mostly one alone. */
export interface Stretch {
  readonly first: Entry;
  readonly again: readonly Exchange[];
}

/** Characters of a part that a report shows. The stream holds all of it. */
const longest = 4000;
/** A part shorter than this is shown again rather than referred to. */
const worthReferring = 80;
/** Headers that differ from answer to answer and say nothing that its body does not show. */
const passing =
  /^(date|x-account-time|traceparent|x-request-id|x-trace-id|x-correlation-id|cf-ray|age|etag|content-length): .*$/gim;
const times = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?/g;

/** All exchanges of a row, the till's and the kit's own, in the order of their start, without repetitions. */
export function exchangeLog(record: RowRecord): Stretch[] {
  const exchanges = record.observations
    .flatMap((one) => (one.kind === 'exchange' || one.kind === 'state' ? [one.exchange] : []))
    .sort((one, other) => one.at - other.at);
  const shown: Shown = { texts: new Map(), bodies: new Map() };
  const stretches: { first: Entry; again: Exchange[] }[] = [];
  for (const exchange of exchanges) {
    const last = stretches.at(-1);
    if (last && repeats(exchange, last.first.exchange)) last.again.push(exchange);
    else stretches.push({ first: entry(exchange, shown), again: [] });
  }
  return stretches;
}

function repeats(exchange: Exchange, before: Exchange): boolean {
  return (
    exchange.request.method === 'GET' &&
    before.request.method === 'GET' &&
    exchange.from === before.from &&
    exchange.to === before.to &&
    exchange.armed === before.armed &&
    exchange.trouble === before.trouble &&
    exchange.request.target === before.request.target &&
    exchange.response?.status === before.response?.status &&
    essence(headerText(exchange.request.headers)) === essence(headerText(before.request.headers)) &&
    essence(headerText(exchange.response?.headers)) === essence(headerText(before.response?.headers)) &&
    essence(bodyText(exchange.request.body)) === essence(bodyText(before.request.body)) &&
    essence(bodyText(exchange.response?.body)) === essence(bodyText(before.response?.body))
  );
}

const essence = (text: string): string => text.replace(passing, '').replace(times, '');

/** What of a row has been shown so far: by what it says, and the last JSON of each thing. */
interface Shown {
  readonly texts: Map<string, string>;
  readonly bodies: Map<string, { readonly id: string; readonly json: Json }>;
}

function entry(exchange: Exchange, { texts, bodies }: Shown): Entry {
  const part = (kind: string, text: string, json?: Json): Part => {
    const key = `${kind}\n${essence(text)}`;
    const sameAs = texts.get(key);
    if (sameAs !== undefined && text.length > worthReferring) return { text: '', sameAs, cut: 0 };
    const of = kind === 'response body' && json !== undefined ? identity(json) : null;
    const last = of === null ? undefined : bodies.get(of);
    const otherwise = last && apart(json!, text, last.json);
    if (sameAs === undefined) texts.set(key, exchange.id);
    if (otherwise) return { text: otherwise, sameAs: last.id, cut: 0 };
    if (of !== null) bodies.set(of, { id: exchange.id, json: json! });
    return { text: text.slice(0, longest), sameAs: null, cut: Math.max(0, text.length - longest) };
  };
  const { request, response } = exchange;
  return {
    exchange,
    requestHeaders: part('request headers', headerText(request.headers)),
    requestBody: part('request body', bodyText(request.body), jsonIn(request.body)),
    responseHeaders: part('response headers', headerText(response?.headers)),
    responseBody: part('response body', bodyText(response?.body), jsonIn(response?.body)),
  };
}

/** In what a body departs from one that was shown; `null` where that would be half of the body. */
function apart(json: Json, text: string, from: Json): string | null {
  const lines: string[] = [];
  let length = 0;
  for (const line of differences(json, from)) {
    lines.push(line);
    length += line.length + 1;
    if (length > Math.min(text.length / 2, longest)) return null;
  }
  return lines.join('\n');
}

/** Bodies are compared with those of the same thing, or of the same shape where they name none. */
const identity = (json: Json): string =>
  typeof json === 'object' && json !== null && !Array.isArray(json)
    ? JSON.stringify('id' in json ? json.id : Object.keys(json))
    : '';

const jsonIn = (body: Body | null | undefined): Json | undefined =>
  body && 'json' in body ? body.json : undefined;

const headerText = (headers: Headers | undefined): string =>
  (headers ?? []).map(([name, value]) => `${name}: ${value}`).join('\n');

function bodyText(body: Body | null | undefined): string {
  if (!body) return '';
  if ('json' in body) return jsonText(body.json);
  if ('text' in body) return body.text;
  return `[binary, base64] ${body.base64}`;
}
