import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import type { Exchange } from '../../record/vocabulary.ts';
import { createRedaction, startGateway } from '../../traffic/gateway/index.ts';
import type { Dice, Target } from './target.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const packed = (coding: string, content: Buffer) =>
  Buffer.concat([
    bytes(`HTTP/1.1 200 OK\r\nContent-Encoding: ${coding}\r\nContent-Length: ${content.length}\r\n\r\n`),
    content,
  ]);

const requests = [
  'GET /payment-intents/pi_1 HTTP/1.1\r\nHost: till\r\nversion: 2026-02-27\r\n\r\n',
  'POST /payment-intents HTTP/1.1\r\nHost: till\r\nContent-Type: application/json\r\nContent-Length: 58\r\n\r\n{"amount":{"value":1000,"currencyCode":"GBP"},"reference":"',
  'POST /a HTTP/1.1\r\nHost: till\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n4;x=y\r\n0.50\r\n1\r\n}\r\n0\r\nX: y\r\n\r\n',
  'PUT /a HTTP/1.1\r\nHost: till\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n{}',
  'GET /a HTTP/1.1\r\nHost: till\r\n\r\nGET /b HTTP/1.1\r\nHost: till\r\nConnection: close\r\n\r\n',
  'CONNECT till:443 HTTP/1.1\r\nHost: till\r\n\r\nrest',
  'HEAD http://till/a?b=c HTTP/1.0\r\nConnection: keep-alive\r\n\r\n',
  'DELETE /a HTTP/1.1\r\nHost: till\r\nTransfer-Encoding: identity\r\n\r\n',
].map(bytes);

const responses = [
  bytes('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n{"feeRate":0.500}'),
  bytes('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201\r\nContent-Length: 2\r\n\r\n{}'),
  bytes('HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n'),
  bytes('HTTP/1.0 404  Not Found\r\n\r\nuntil the end'),
  bytes('HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n'),
  bytes('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nother'),
  bytes(`HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n${'['.repeat(2000)}${']'.repeat(2000)}`),
  packed('gzip', Buffer.concat([gzipSync('{"a":'), gzipSync('1}')])),
  packed('zstd', zstdCompressSync('{"a":1e3,"a":2}')),
];

/** How long (ms) a client waits for an answer before it goes. */
const clientsPatience = 5;

/** The gateway between a client and an upstream that send mutated bytes, cut anywhere, and end however they like. */
export async function gatewayTarget(): Promise<Target> {
  const before = openSockets();
  const carried = new Set<Socket>();
  let dice: Dice | undefined;
  const upstream = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    carried.add(socket);
    socket.on('error', () => {}).on('close', () => carried.delete(socket));
    // A client that has gone may only have ended its side: its request still comes here.
    if (!dice) socket.resume().destroySoon();
    socket.once('data', () => {
      if (dice) talk(socket, mutated(dice.pick(responses), dice), dice);
    });
  });
  upstream.listen(0, '127.0.0.1');
  await once(upstream, 'listening');
  const { port } = upstream.address() as AddressInfo;
  const gateway = await startGateway({
    upstream: `http://127.0.0.1:${port}`,
    redaction: createRedaction(),
    onExchange: keepable,
  });
  const entrance = Number(new URL(gateway.url).port);
  let ended = false;

  return {
    what: 'bytes of HTTP, mutated, in both directions',
    async try(given) {
      dice = given;
      const client = connect({ port: entrance, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
      const ended = Promise.withResolvers<void>();
      const closed = Promise.withResolvers<void>();
      client.on('end', ended.resolve).on('close', () => closed.resolve());
      client.on('error', () => {}).resume();
      talk(client, mutated(dice.pick(requests), dice), dice);
      await Promise.race([ended.promise, closed.promise, wait(clientsPatience)]);
      client.destroy();
      await closed.promise;
      dice = undefined;
      for (const socket of carried) socket.destroy();
      await gateway.idle();
    },
    async end() {
      if (ended) return;
      ended = true;
      try {
        // What has been ended takes a few turns to be gone.
        while (openSockets() > before) await wait(10);
      } finally {
        await gateway.close();
        for (const socket of carried) socket.destroy();
        upstream.close();
      }
    },
  };
}

/** What is recorded must be fit for the stream. */
function keepable(exchange: Exchange): void {
  JSON.parse(JSON.stringify(exchange));
}

const openSockets = () => process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;

/** Sends bytes in pieces of any length, and then ends its side, resets the connection, or leaves it open. */
function talk(socket: Socket, sent: Buffer, dice: Dice): void {
  let at = 0;
  while (at < sent.length) {
    const end = dice.once(2) ? sent.length : at + 1 + dice.below(sent.length - at);
    socket.write(sent.subarray(at, end));
    at = end;
  }
  const how = dice.below(4);
  if (how === 0) socket.end();
  if (how === 1) socket.write('', () => socket.resetAndDestroy());
}

/** Pieces that make a difference to whoever reads HTTP. */
const pieces = [
  '\r\n',
  '\n',
  '\r',
  ' ',
  '\t',
  ':',
  '\0',
  ',',
  '0',
  '-1',
  'chunked',
  'é',
  '\r\n\r\n',
  '9'.repeat(20),
].map(bytes);

function mutated(from: Buffer, dice: Dice): Buffer {
  let made = from;
  for (let left = dice.below(4); left > 0; left -= 1) {
    const at = dice.below(made.length + 1);
    const until = Math.min(made.length, at + dice.below(12));
    const between = dice.pick([
      () => Buffer.alloc(0),
      () => dice.pick(pieces),
      () => Buffer.from([dice.below(256)]),
      () => Buffer.concat([made.subarray(at, until), made.subarray(at, until)]),
      () => dice.pick([...requests, ...responses]),
    ])();
    made = Buffer.concat([made.subarray(0, at), between, made.subarray(until)]);
  }
  return made;
}
