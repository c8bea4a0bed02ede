import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Exchange } from '../../record/vocabulary.ts';
import { createRedaction, startGateway } from './index.ts';
import { rawClient, rawUpstream } from './testing/raw-peers.ts';

/** One exchange as bytes. `HOST` stands for each side's own authority, the one thing that may differ. */
interface Odd {
  readonly name: string;
  readonly request: string;
  readonly response: string;
  /** What the record says, where it is worth telling. */
  readonly recorded?: (exchange: Exchange) => unknown;
  readonly expected?: unknown;
  /** The upstream ends the connection after its response, and so must the gateway. */
  readonly ends?: true;
}

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const bodyOf = (exchange: Exchange) => exchange.response?.body;
const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const get = (path = '/') => `GET ${path} HTTP/1.1\r\nHost: HOST\r\n\r\n`;

function encoded(coding: string, bytes: Buffer): string {
  return `HTTP/1.1 200 OK\r\nContent-Encoding: ${coding}\r\nContent-Length: ${bytes.length}\r\n\r\n${latin1(bytes)}`;
}

const ODD: Odd[] = [
  {
    name: 'a PUT without body and length',
    request: 'PUT /terminal-sessions/ts_1/cancel HTTP/1.1\r\nHost: HOST\r\nversion: 2026-02-27\r\n\r\n',
    response:
      'HTTP/1.1 411 Length Required\r\nContent-Type: text/html; charset=us-ascii\r\nContent-Length: 24\r\n\r\n<h2>Length Required</h2>',
    recorded: ({ request, response }) => [request.body, response?.status, response?.body],
    expected: [null, 411, { text: '<h2>Length Required</h2>' }],
  },
  {
    name: 'a PUT with Content-Length: 0',
    request: 'PUT /x HTTP/1.1\r\nHost: HOST\r\nContent-Length: 0\r\n\r\n',
    response: OK,
    recorded: ({ request }) => [request.headers, request.body],
    expected: [
      [
        ['Host', 'GATEWAY'],
        ['Content-Length', '0'],
      ],
      null,
    ],
  },
  {
    name: 'a DELETE without length',
    request: 'DELETE /payment-intents/pi_1 HTTP/1.1\r\nHost: HOST\r\n\r\n',
    response: OK,
  },
  {
    name: 'a DELETE with Content-Length: 0',
    request: 'DELETE /payment-intents/pi_1 HTTP/1.1\r\nHost: HOST\r\nContent-Length: 0\r\n\r\n',
    response: OK,
  },
  {
    name: 'a GET with a body',
    request: 'GET / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 3\r\n\r\nabc',
    response: OK,
  },
  {
    name: 'header order, case, doubles and unknown names',
    request:
      'POST /payment-intents HTTP/1.1\r\nzeta: 1\r\nVERSION: 2026-02-27\r\nhOsT: HOST\r\nX-Twice: a\r\nAlpha:no-space\r\nx-twice:  b \r\nX-Empty:\r\ncontent-length: 2\r\nConnection: keep-alive\r\n\r\n{}',
    response:
      'HTTP/1.1 201 Made Just So\r\nserver: x\r\nSET-COOKIE: a=1\r\nX-Odd:   v\r\nset-cookie: b=2; Path=/\r\nContent-Length: 0\r\nX-Last:\r\n\r\n',
    recorded: ({ request }) => request.headers.map(([name]) => name),
    expected: [
      'zeta',
      'VERSION',
      'hOsT',
      'X-Twice',
      'Alpha',
      'x-twice',
      'X-Empty',
      'content-length',
      'Connection',
    ],
  },
  {
    name: 'chunks with extensions and trailers, both ways',
    request:
      'POST /x HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n5;ext="a"\r\n{"a":\r\n02\r\n1}\r\n0\r\nX-Sum: 7\r\n\r\n',
    response:
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n[\r\nA\r\n1,2,3,4,5]\r\n000\r\nX-After: y\r\n\r\n',
    recorded: ({ request, response }) => [request.body, response?.body],
    expected: [{ json: { a: 1 } }, { json: [1, 2, 3, 4, 5] }],
  },
  {
    name: 'gzip',
    request: get(),
    response: encoded('gzip', gzipSync('{"status":"Created"}')),
    recorded: bodyOf,
    expected: { json: { status: 'Created' } },
  },
  {
    name: 'brotli',
    request: get(),
    response: encoded('br', brotliCompressSync('plain')),
    recorded: bodyOf,
    expected: { text: 'plain' },
  },
  {
    name: 'a content coding that is not what it says',
    request: get(),
    response: 'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain',
    recorded: bodyOf,
    expected: { text: 'plain' },
  },
  {
    name: 'bytes that are no text',
    request: get(),
    response: 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n\xff\x00\xfe\x01',
    recorded: bodyOf,
    expected: { base64: '/wD+AQ==' },
  },
  {
    name: 'a text in an old charset',
    request: get(),
    response:
      'HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Length: 3\r\n\r\n\xa310',
    recorded: bodyOf,
    expected: { text: '£10' },
  },
  {
    name: '204 with a length',
    request: get(),
    response: 'HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n',
    recorded: bodyOf,
    expected: null,
  },
  {
    name: '304',
    request: get(),
    response: 'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\nContent-Length: 9\r\n\r\n',
  },
  {
    name: 'the answer to HEAD',
    request: 'HEAD / HTTP/1.1\r\nHost: HOST\r\n\r\n',
    response: 'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n',
    recorded: bodyOf,
    expected: null,
  },
  {
    name: 'a response without reason',
    request: get(),
    response: 'HTTP/1.1 500 \r\nContent-Length: 0\r\n\r\n',
  },
  {
    name: 'a status that nobody knows',
    request: get(),
    response: 'HTTP/1.1 599\r\nContent-Length: 0\r\n\r\n',
  },
  {
    name: 'interim responses',
    request: get(),
    response: `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n${OK}`,
    recorded: ({ response }) => response?.status,
    expected: 200,
  },
  {
    name: 'a redirect, which is not followed',
    request: get(),
    response: 'HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/elsewhere\r\nContent-Length: 0\r\n\r\n',
    recorded: ({ response }) => response?.status,
    expected: 302,
  },
  {
    name: 'odd bytes in the target',
    request: get("//a/../b;c?q=%zz&q=a%20b&x='\\^`{|}\xe9"),
    response: OK,
    recorded: ({ request }) => request.target,
    expected: "//a/../b;c?q=%zz&q=a%20b&x='\\^`{|}\xe9",
  },
  { name: 'lines that end in LF alone', request: 'GET / HTTP/1.1\nHost: HOST\nX-A: b\n\n', response: OK },
  {
    name: 'a folded header',
    request: 'GET / HTTP/1.1\r\nHost: HOST\r\nX-Folded: a\r\n  b\r\n\r\n',
    response: OK,
    recorded: ({ request }) => request.headers.at(-1),
    expected: ['X-Folded', 'a b'],
  },
  {
    name: 'a request without Host',
    request: 'GET / HTTP/1.1\r\nX-A: b\r\n\r\n',
    response: 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n',
  },
  {
    name: 'a body that only the end of the connection ends',
    request: get(),
    response: 'HTTP/1.1 200 OK\r\n\r\nto the end',
    recorded: bodyOf,
    expected: { text: 'to the end' },
    ends: true,
  },
  {
    name: 'HTTP/1.0',
    request: 'GET / HTTP/1.0\r\nHost: HOST\r\n\r\n',
    response: 'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok',
    ends: true,
  },
  {
    name: 'Connection: close',
    request: 'GET / HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n',
    response: 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok',
    ends: true,
  },
  {
    name: 'a request that is no HTTP',
    request: 'nonsense\r\n\r\n',
    response: 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
    recorded: ({ request, response }) => [request.method, request.body, response?.status],
    expected: ['', { text: 'nonsense\r\n\r\n' }, 400],
    ends: true,
  },
  {
    name: 'a TLS greeting',
    request: '\x16\x03\x01\x00\x05hello',
    response: 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n',
    ends: true,
  },
];

for (const { name, request, response, recorded, expected, ends } of ODD) {
  for (const piecemeal of [false, true]) {
    test(`${name} goes through byte for byte${piecemeal ? ', a byte at a time' : ''}`, async (t) => {
      const upstream = await rawUpstream();
      const exchanges: Exchange[] = [];
      const gateway = await startGateway({
        upstream: upstream.url,
        redaction: createRedaction(),
        onExchange: (exchange) => exchanges.push(exchange),
      });
      const authority = new URL(gateway.url).host;
      const client = await rawClient(gateway.url);
      t.after(async () => {
        client.socket.destroy();
        await gateway.close();
        await upstream.close();
      });

      const sent = request.replaceAll('HOST', authority);
      for (const part of piecemeal ? sent : [sent]) client.write(part);
      const carried = await upstream.connection(0);
      const due = request.replaceAll('HOST', new URL(upstream.url).host);
      assert.equal(await carried.until((got) => got.length >= due.length), due);

      for (const part of piecemeal ? response : [response]) carried.write(part);
      if (ends) carried.socket.end();
      assert.equal(await client.until((got) => got.length >= response.length), response);
      if (ends) assert.equal(await client.end(), 'end');

      await gateway.idle();
      assert.equal(exchanges.length, 1);
      const [exchange] = exchanges;
      assert.equal(exchange?.trouble, undefined);
      assert.equal(exchange?.armed, undefined);
      const answered = JSON.parse(
        JSON.stringify(recorded?.(exchange!) ?? null).replaceAll(authority, 'GATEWAY'),
      );
      assert.deepEqual(answered, expected ?? null);
      assert.equal(carried.received, due, 'nothing more went upstream');
    });
  }
}
