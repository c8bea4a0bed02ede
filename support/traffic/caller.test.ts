import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { Blocked } from '../record/blocked.ts';
import { ask } from './caller.ts';

async function upstream(t: TestContext, ...answers: ((outgoing: ServerResponse) => void)[]) {
  const came: { method: string; headers: IncomingHttpHeaders }[] = [];
  const server = createServer((incoming, outgoing) => {
    came.push({ method: incoming.method!, headers: incoming.headers });
    incoming.resume().on('end', () => answers[Math.min(came.length, answers.length) - 1]!(outgoing));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const access = {
    url: `http://127.0.0.1:${port}`,
    apiKey: 'sk_sandbox_test',
    softwareHouseId: 'softwareHouse1',
    resellerId: 'reseller1',
    apiVersion: '2026-02-27',
  };
  return { came, access };
}

const tooMany = (retryAfter?: string) => (outgoing: ServerResponse) =>
  outgoing.writeHead(429, retryAfter === undefined ? {} : { 'retry-after': retryAfter }).end();
const fine = (outgoing: ServerResponse) => outgoing.end('{}');

test('a request is sent again when the upstream’s Retry-After is over, seconds or a date', async (t) => {
  const { came, access } = await upstream(t, tooMany('0'), tooMany(new Date().toUTCString()), fine);
  const { status } = await ask(access, 'POST', '/payment-intents', { amount: 1 });
  assert.deepEqual([status, came.length], [200, 3]);
});

test('an upstream that asks for longer than a minute is not waited for: its 429 is the answer', async (t) => {
  const { came, access } = await upstream(t, tooMany('3600'), fine);
  const { status } = await ask(access, 'GET', '/terminals');
  assert.deepEqual([status, came.length], [429, 1]);
});

test('nothing else is sent twice', async (t) => {
  const { came, access } = await upstream(t, (outgoing) => outgoing.writeHead(503).end(), fine);
  assert.equal((await ask(access, 'POST', '/payment-intents', {})).status, 503);
  assert.equal(came.length, 1);
});

test('requests without a body say that their length is 0', async (t) => {
  const { came, access } = await upstream(t, fine);
  for (const method of ['PUT', 'DELETE', 'POST'] as const) await ask(access, method, '/x');
  assert.deepEqual(
    came.map(({ method, headers }) => [method, headers['content-length']]),
    [
      ['PUT', '0'],
      ['DELETE', '0'],
      ['POST', '0'],
    ],
  );
});

test('an upstream that is out of reach is no answer, whatever is asked', async (t) => {
  const { access } = await upstream(t, (outgoing) => outgoing.destroy());
  for (const method of ['GET', 'DELETE'] as const)
    await assert.rejects(ask(access, method, '/x'), (error) => error instanceof Blocked);
});

test('a GET on a connection that the upstream gave up is asked again, on a new one; a POST is not', async (t) => {
  const drop = (outgoing: ServerResponse) => outgoing.socket!.destroy();
  const { came, access } = await upstream(t, fine, drop, fine, drop, fine);
  assert.equal((await ask(access, 'GET', '/a')).status, 200);
  assert.equal((await ask(access, 'GET', '/a')).status, 200);
  await assert.rejects(ask(access, 'POST', '/a', {}), Blocked);
  assert.equal(came.length, 4);
});

test('a GET that finds no answer twice is reported as out of reach', async (t) => {
  const { came, access } = await upstream(t, (outgoing) => outgoing.socket!.destroy());
  await assert.rejects(ask(access, 'GET', '/a'), Blocked);
  assert.equal(came.length, 2);
});
