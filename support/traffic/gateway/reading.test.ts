import assert from 'node:assert/strict';
import http, { type IncomingMessage } from 'node:http';
import { Duplex } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type { Headers } from '../../record/vocabulary.ts';
import { RequestReader } from './request.ts';
import { ResponseReader } from './response.ts';

/**
 * What the gateway reads of a message is what node:http reads of the same bytes, however they are cut, wherever node:http
 * reads them at all. The differences are those that CONTRIBUTING lists.
 */

interface Read {
  /** Method and target, or the status. */
  readonly line: readonly (string | number)[];
  readonly headers: Headers;
  readonly body: string;
}

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const pairs = (raw: readonly string[]): Headers =>
  raw.flatMap((name, i): Headers => (i % 2 === 0 ? [[name, raw[i + 1]!]] : []));

/** Bytes in pieces that end at these parts of the whole. */
function pieces(text: string, cuts: readonly number[]): Buffer[] {
  const bytes = Buffer.from(text, 'latin1');
  const ends = [...new Set(cuts.map((cut) => Math.floor(cut * bytes.length)))].sort((a, b) => a - b);
  return [...ends, bytes.length].map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end));
}

/** A connection whose other side sends these pieces, and then ends. */
function wire(sent: readonly Buffer[]): Duplex {
  const left = [...sent].filter((piece) => piece.length > 0);
  const stream = new Duplex({
    read() {
      setImmediate(() => stream.push(left.shift() ?? null));
    },
    write: (_chunk, _encoding, done) => done(),
  });
  return stream;
}

/** The requests that node:http reads; null where it refuses any. */
function requestsOfNode(sent: readonly Buffer[]): Promise<Read[] | null> {
  const { promise, resolve } = Promise.withResolvers<Read[] | null>();
  const read: Promise<Read>[] = [];
  const server = http.createServer({ requireHostHeader: false }, (request, response) => {
    read.push(
      buffer(request).then((body) => ({
        // The gateway records path and query, whichever form a target came in.
        line: [request.method!, request.url!.replace(/^http:\/\/[^/]*/, '')],
        headers: pairs(request.rawHeaders),
        body: latin1(body),
      })),
    );
    request.on('end', () => response.end());
  });
  server.on('clientError', () => resolve(null));
  const stream = wire(sent);
  stream.on('error', () => {}).on('close', () => Promise.all(read).then(resolve, () => resolve(null)));
  server.emit('connection', stream);
  return promise;
}

/** The response that node:http reads; null where it refuses it, or it is not whole. */
function responseOfNode(sent: readonly Buffer[], method: string): Promise<Read | null> {
  const { promise, resolve } = Promise.withResolvers<Read | null>();
  const request = http.request({ method, createConnection: () => wire(sent) as never });
  const whole = async (response: IncomingMessage) => {
    const body = latin1(await buffer(response));
    resolve(
      response.complete ? { line: [response.statusCode!], headers: pairs(response.rawHeaders), body } : null,
    );
  };
  request.on('response', (response) => void whole(response).catch(() => resolve(null)));
  request.on('error', () => resolve(null));
  request.end();
  return promise;
}

function requestsOfGateway(sent: readonly Buffer[]): Read[] {
  const read: Read[] = [];
  let reader = new RequestReader();
  let fresh = true;
  for (const piece of sent)
    for (let rest: Buffer | null = piece; rest && rest.length > 0; ) {
      if (!reader.begun) {
        // As the connection does, before it gives a reader its first bytes.
        const first: number = fresh ? rest.findIndex((byte) => byte !== 13 && byte !== 10) : 0;
        if (first < 0) break;
        fresh = false;
        const got = reader.readHead(rest.subarray(first));
        if (!got) break;
        rest = got.rest;
      }
      rest = rest.subarray(reader.readBody(rest));
      if (!reader.complete) continue;
      const { method, target, headers, content } = reader;
      read.push({ line: [method, target], headers, body: latin1(content.bytes()) });
      reader = new RequestReader();
      fresh = true;
    }
  return read;
}

function responseOfGateway(sent: readonly Buffer[], method: string): Read | null {
  const reader = new ResponseReader(method);
  for (const piece of sent) if (!reader.complete) reader.read(piece);
  if (!reader.completeAtEnd) return null;
  return { line: [reader.status], headers: reader.headers, body: latin1(reader.content.bytes()) };
}

const token = fc.string({ unit: fc.constantFrom(...'abzABZ09!#$%&*+-.^_`|~'), minLength: 1, maxLength: 8 });
const text = fc.string({ unit: fc.constantFrom(...'azAZ09 \t"\'(),/:;<=>?@[]{}\\-é~\x80'), maxLength: 12 });
const blank = fc.constantFrom('', ' ', '\t', '  ');
const header = fc
  .tuple(token, blank, text, blank)
  .filter(
    ([name]) => !/^(?:connection|upgrade|content-length|transfer-encoding|expect|te|trailer)$/i.test(name),
  )
  .map(([name, before, value, after]) => `${name}:${before}${value}${after}\r\n`);
const extra = fc.array(header, { maxLength: 5 }).map((lines) => lines.join(''));
const content = fc.string({ unit: fc.constantFrom(...'{}"a0\r\n :\x00\xff'), maxLength: 40 });

/** A body with the headers that announce it. */
const body = fc.oneof(
  fc.constant({ headers: '', bytes: '' }),
  fc.tuple(content, fc.constantFrom('Content-Length', 'content-length')).map(([held, name]) => ({
    headers: `${name}: ${held.length}\r\n`,
    bytes: held,
  })),
  fc
    .tuple(
      fc.array(content.filter((held) => held !== '')),
      fc.constantFrom('', ';a', ';a=b', ';a="b c"'),
      fc.constantFrom('chunked', 'Chunked', 'gzip, chunked'),
      extra,
    )
    .map(([chunks, extension, coding, trailers]) => ({
      headers: `Transfer-Encoding: ${coding}\r\n`,
      bytes: [
        ...chunks.map((held) => `${held.length.toString(16)}${extension}\r\n${held}\r\n`),
        `0${extension}\r\n${trailers}\r\n`,
      ].join(''),
    })),
);
const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 });
const target = fc
  .string({ unit: fc.constantFrom(...'abAB09-._~!$&\'()*+,;=:@/?%20é"<>\\^`{|}[]'), maxLength: 12 })
  .chain((path) => fc.constantFrom(`/${path}`, `http://till.example:80/${path}`, '*'));
const request = fc
  .tuple(
    fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'),
    target,
    extra,
    extra,
    body,
  )
  .map(
    ([method, path, before, after, { headers, bytes }]) =>
      `${method} ${path} HTTP/1.1\r\n${before}${headers}${after}\r\n${bytes}`,
  );
const response = fc
  .tuple(
    fc.constantFrom('', 'HTTP/1.1 100 Continue\r\n\r\n', 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'),
    fc.constantFrom('1.1', '1.0'),
    fc.constantFrom(200, 201, 204, 304, 400, 404, 422, 500, 599),
    fc.constantFrom('', ' ', ' OK', ' Not Found', ' é  x'),
    extra,
    body,
    fc.constantFrom('', 'until the end'),
  )
  .map(([interim, version, status, reason, headers, { headers: announced, bytes }, rest]) => {
    const sent = announced === '' && rest ? rest : bytes;
    return `${interim}HTTP/${version} ${status}${reason}\r\n${headers}${announced}\r\n${sent}`;
  });

/** Pieces that make a difference to whoever reads HTTP, put anywhere into a message. */
const odd = fc.constantFrom(
  '\r\n',
  '\n',
  '\r',
  ' ',
  '\r\n ',
  '\n\t',
  ':',
  ',',
  '\0',
  '0',
  '1',
  'Content-Length: 2\r\n',
  'Content-Length: 2, 2\r\n',
  'Transfer-Encoding: chunked\r\n',
  'Transfer-Encoding: identity\r\n',
  'Transfer-Encoding: chunked, gzip\r\n',
  'Connection: close\r\n',
  'Connection: keep-alive\r\n',
  'Expect: 100-continue\r\n',
  'http://till.example:80',
  'HTTP/1.0',
);
const place = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), odd, fc.nat({ max: 2 }), fc.boolean());
const mutated = (message: fc.Arbitrary<string>) =>
  fc.tuple(message, fc.array(place, { maxLength: 3 })).map(([whole, places]) =>
    places.reduce((made, [at, piece, lost, atLine]) => {
      const near = Math.floor(at * made.length);
      const from = atLine ? made.indexOf('\n', near) + 1 || near : near;
      return made.slice(0, from) + piece + made.slice(from + lost);
    }, whole),
  );

const runs = { seed: 20_260_227, numRuns: Number(process.env.RUNS ?? 500), endOnFailure: true };
/** Of so many, node:http reads at least this share; what it refuses can't be compared. */
const share = 1 / 8;

suite('the gateway reads as node:http does', () => {
  test('requests, one or two on a connection', async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(mutated(request), { minLength: 1, maxLength: 2 }),
        cuts,
        async (messages, at) => {
          const sent = pieces(messages.join(''), at);
          const due = await requestsOfNode(sent);
          if (due === null) return;
          taken += 1;
          assert.deepEqual(requestsOfGateway(sent), due);
        },
      ),
      runs,
    );
    assert.ok(taken > runs.numRuns * share, `${taken} are compared`);
  });
  test('responses', async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(
        mutated(response),
        fc.constantFrom('GET', 'POST', 'HEAD'),
        cuts,
        async (message, method, at) => {
          const sent = pieces(message, at);
          const due = await responseOfNode(sent, method);
          if (due === null) return;
          taken += 1;
          assert.deepEqual(responseOfGateway(sent, method), due);
        },
      ),
      runs,
    );
    assert.ok(taken > runs.numRuns * share, `${taken} are compared`);
  });
});
