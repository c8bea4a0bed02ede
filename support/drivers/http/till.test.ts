import '../../checklists/index.ts';
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, suite, test } from 'node:test';
import { Blocked } from '../../record/blocked.ts';
import { blank } from '../../record/display.ts';
import type { Action, Answer, Display } from '../../record/vocabulary.ts';
import type { Screen } from '../screen.ts';
import type { HttpDriver } from '../settings.ts';
import { http } from './kind.ts';
import { HttpTill } from './till.ts';

const secret = 'open sesame';
const hello = { name: 'Tablet till', version: '1', apiVersion: '2026-02-27' };
const settings = { baseUrl: 'http://127.0.0.1:1', apiKey: 'k', softwareHouseId: 's', resellerId: 'r' };
const sale: Action = { name: 'sale', sale: { amount: 1000, currency: 'GBP' } };

type Message = { readonly id: number; readonly call: string; readonly token?: string };
type Handler = (message: Message, answer: ServerResponse, request: IncomingMessage) => unknown;

const says = (answer: ServerResponse, body: unknown, status = 200): void => {
  answer.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};
const done: Handler = ({ id }, answer) => says(answer, { id, answer: 'done' });
const event = (text: string, more: object = {}): string =>
  `data: ${JSON.stringify({ event: 'display', display: { text, ...more } })}\n\n`;

/** What a POS answers that does everything right; it shows "ready". */
const right: Readonly<Record<string, Handler>> = {
  hello: ({ id }, answer) => says(answer, { id, hello }),
  configure: done,
  act: done,
  reset: done,
  display: ({ id }, answer) => says(answer, { id, display: { text: 'ready' } }),
  events: (_message, answer) =>
    answer.writeHead(200, { 'content-type': 'text/event-stream' }).write(event('ready')),
};

let open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.reverse()) await one.close();
  open = [];
});

/** A POS with a test endpoint that differs from what is right in these answers. */
async function pos(
  different: Readonly<Record<string, Handler>> = {},
  port = 0,
): Promise<Server & { url: string }> {
  const answers = { ...right, ...different };
  const server = createServer(async (request, answer) => {
    if (request.headers.authorization !== `Bearer ${secret}`) return says(answer, {}, 401);
    let text = '';
    for await (const chunk of request) text += chunk;
    const name = request.url?.replace('/test/', '') ?? '';
    const message = text ? JSON.parse(text) : {};
    if (text && message.call !== name) return says(answer, {}, 400);
    return answers[name]?.(message, answer, request) ?? undefined;
  });
  await once(server.listen(port, '127.0.0.1'), 'listening');
  open.push({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  return Object.assign(server, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/test` });
}

function tillAt(url: string, more: Partial<HttpDriver> = {}, shown = secret): HttpTill {
  const till = new HttpTill({ kind: 'http', url, ...more }, url, shown, hello);
  open.push(till);
  return till;
}

async function ready(different: Readonly<Record<string, Handler>> = {}, more: Partial<HttpDriver> = {}) {
  const till = tillAt((await pos(different)).url, more);
  await till.hello();
  assert.deepEqual(await till.configure(settings), { answer: 'done' });
  return till;
}

async function blocked(promise: Promise<unknown>, ...patterns: RegExp[]): Promise<void> {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof Blocked, String(error));
    for (const pattern of patterns) assert.match(`${error.message} / ${error.advice}`, pattern);
    assert.doesNotMatch(`${error.message} / ${error.advice}`, /open sesame/);
    return true;
  });
}

function answers(answer: Answer, kind: Answer['answer'], pattern: RegExp): void {
  assert.equal(answer.answer, kind, JSON.stringify(answer));
  assert.match(answer.answer === 'done' ? '' : answer.reason, pattern);
}

/** Resolves with the first display, from now on, whose text is this. */
const seen = (till: HttpTill, text: string): Promise<Display> =>
  new Promise((resolve) => till.onChange((display) => display.text === text && resolve(display)));

suite('a POS with a test endpoint', () => {
  test('is asked by the messages of the protocol, with the token of the row', async () => {
    const till = await ready({
      act: ({ id, token = 'none' }, answer) => says(answer, { id, answer: 'notOffered', reason: token }),
    });
    answers(await till.act({ name: 'retry' }), 'notOffered', /^none$/);
    till.mark('00ff00ff00ff00ff');
    answers(await till.act({ name: 'retry' }), 'notOffered', /^00ff00ff00ff00ff$/);
    assert.deepEqual(await till.reset(), { answer: 'done' });
    assert.equal((await till.look()).text, 'ready');
    answers(await till.restart(), 'notOffered', /cannot switch it off/);
  });
  test('tells what it shows as it changes, while a call is open as well', async () => {
    let show: (text: string) => void = () => {};
    const till = await ready({
      events: (_message, answer) => {
        answer.writeHead(200, { 'content-type': 'text/event-stream' });
        show = (text) => answer.write(`: a comment\nevent: display\n${text}`);
        show(event('ready'));
      },
      act: ({ id }, answer) => {
        show(event('waiting for the card', { prompt: 'Present card' }));
        setTimeout(() => says(answer, { id, answer: 'done' }), 50);
      },
    });
    const shown = seen(till, 'waiting for the card');
    const acted = till.act(sale);
    assert.equal((await shown).prompt, 'Present card');
    assert.deepEqual(await acted, { answer: 'done' });
    show('data: no JSON\n\n');
    show(`data: {"id":1,"answer":"done"}\n\n`);
    const last = seen(till, 'after that');
    show(event('after that'));
    await last;
    assert.equal(till.unreadable, null, 'what is no display is passed over');
  });
  test('has a display that breaks the schema: nobody knows what it shows', async () => {
    const till = await ready({
      display: ({ id }, answer) => says(answer, { id, display: { text: 'ready', total: '10.00' } }),
    });
    await till.look();
    assert.match(till.unreadable?.message ?? '', /`total` is "10.00" and has to be a whole number/);
  });
  test('tells a display that breaks the schema, and is known again after the next reset', async () => {
    const till = await ready({
      events: (_message, answer) =>
        answer.writeHead(200).write(event('ready', { ledger: [{ kind: 'Sale', words: 'Paid', total: 1 }] })),
    });
    while (till.unreadable === null) await till.live(1000);
    assert.match(till.unreadable.message, /`ledger.0.kind`/);
    answers(await till.reset(), 'failed', /cannot be read/);
    assert.equal(till.unreadable, null);
  });
  test('may close the stream of what it shows: it is opened again', async () => {
    let times = 0;
    const till = await ready({
      events: (_message, answer) => {
        answer.writeHead(200).write(event(`time ${++times}`));
        if (times < 3) answer.end();
      },
    });
    await seen(till, 'time 3');
    assert.deepEqual(await till.act(sale), { answer: 'done' });
  });
});

test('where the kit sees the display on a page, that alone counts, and no events are asked for', async () => {
  const asked: string[] = [];
  const opened: string[] = [];
  const { url } = await pos({
    events: () => asked.push('events'),
    display: () => asked.push('display'),
  });
  const shown: Display = { ...blank, text: 'on the page' };
  const screen: Screen = {
    lost: null,
    tab: null,
    open: async (page) => void opened.push(page),
    look: async () => shown,
    onChange: () => {},
    screenshot: async () => null,
    departed: () => [],
    typed: async () => '',
    close: async () => {},
  };
  const display = { outcome: '#o', prompt: '#p', notice: '#n', dialogue: '#d' };
  const till = new HttpTill(
    { kind: 'http', url, see: { page: '/display', display } },
    url,
    secret,
    hello,
    screen,
  );
  open.push(till);
  await till.hello();
  assert.deepEqual(opened, [new URL('/display', url).href]);
  assert.equal(till.display, 'observed');
  assert.equal((await till.look()).text, 'on the page');
  assert.deepEqual(await till.act(sale), { answer: 'done' });
  assert.deepEqual(asked, []);
});

suite('a test endpoint that the kit cannot begin with blocks the row, and says what was tried', () => {
  test('nothing is there', async () => {
    const gone = await pos();
    gone.close();
    await blocked(
      tillAt(gone.url).hello(),
      /nothing listens at 127\.0\.0\.1:\d+/,
      /answers POST http.*\/hello/,
    );
  });
  test('it refuses the secret', async () => {
    const { url } = await pos();
    await blocked(
      tillAt(url, {}, 'wrong').hello(),
      /refuses the kit's secret: it answered 401/,
      /DOJO_TILL_SECRET/,
    );
  });
  test('it has no such path', async () => {
    const { url } = await pos({ hello: (_message, answer) => says(answer, {}, 404) });
    await blocked(tillAt(url).hello(), /POST \/hello was answered with the status 404/);
  });
  test('it has no events', async () => {
    const { url } = await pos({ events: (_message, answer) => says(answer, {}, 404) });
    await blocked(tillAt(url).hello(), /GET \/events was answered with the status 404/);
  });
  test('its stream of events ends before it has reported anything', async () => {
    const { url } = await pos({ events: (_message, answer) => answer.writeHead(200).end() });
    await blocked(tillAt(url).hello(), /GET \/events ended before it had sent what the POS shows/);
  });
  test('it is another POS than the profile says', async () => {
    const { url } = await pos({
      hello: ({ id }, answer) => says(answer, { id, hello: { ...hello, version: '2' } }),
    });
    await blocked(tillAt(url).hello(), /its version is 1, and the driver says 2/, /Correct the profile/);
  });
  const odd: [what: string, body: unknown, pattern: RegExp][] = [
    ['is no JSON object', 'hello', /it is not a JSON object/],
    ['has another id', { id: 7, hello }, /its id is 7, and has to be 1/],
    ['answers something else', { id: 1, answer: 'done' }, /it has no `hello`/],
    ['is an event', { event: 'display', display: { text: '' } }, /it is an event/],
    ['is too long', { id: 1, hello: { ...hello, name: 'x'.repeat(1_000_001) } }, /longer than 1000000 bytes/],
  ];
  for (const [what, body, pattern] of odd)
    test(`its answer to hello ${what}`, async () => {
      const { url } = await pos({ hello: (_message, answer) => says(answer, body) });
      await blocked(tillAt(url).hello(), /its reply cannot be read/, pattern);
    });
  test('it is late, and is greeted anew the next time', async () => {
    let greeted = 0;
    const { url } = await pos({
      hello: (message, answer, request) => (++greeted > 1 ? right.hello!(message, answer, request) : null),
    });
    const till = tillAt(url, { answerWithin: 300 });
    await blocked(till.hello(), /no answer to hello within 0.3 s/, /answerWithin/);
    assert.deepEqual(await till.hello(), hello);
    assert.equal(greeted, 2);
  });
});

suite('what goes wrong after that', () => {
  test('a late answer is no failing of the POS: the row is blocked', async () => {
    const till = await ready({ act: () => {} }, { answerWithin: 300 });
    await blocked(till.act(sale), /no answer to the action sale within 0.3 s/);
    assert.deepEqual(await till.reset(), { answer: 'done' }, 'it is there for the next row');
  });
  test('an answer that is none has failed', async () => {
    const till = await ready({ act: ({ id }, answer) => says(answer, { id, answer: 'maybe' }) });
    answers(await till.act(sale), 'failed', /reply cannot be read: it is neither a reply nor an event/);
    const broken = await ready({ act: (_message, answer) => says(answer, {}, 500) });
    answers(await broken.act(sale), 'failed', /POST \/act was answered with the status 500/);
  });
  test('a secret that is not right any more', async () => {
    const till = await ready({ act: (_message, answer) => says(answer, {}, 403) });
    await blocked(till.act(sale), /it answered 403/);
  });
  test('a POS that goes away in an action has crashed, and is reached again once it is back', async () => {
    const server = await pos({ act: (_message, _answer, request) => request.socket.destroy() });
    const till = tillAt(server.url);
    await till.hello();
    await till.configure(settings);
    answers(await till.act(sale), 'crashed', /closed the connection before it had answered/);
    assert.equal((await till.look()).text, '', 'a till that is lost shows nothing');
    assert.deepEqual(await till.hello(), hello);
    assert.deepEqual(await till.reset(), { answer: 'done' });
  });
  test('a POS that has ended is lost without being asked', async () => {
    const server = await pos();
    const till = tillAt(server.url);
    await till.hello();
    await till.configure(settings);
    server.close();
    server.closeAllConnections();
    assert.ok((await till.live(10_000)) < 10_000, 'its end wakes who waits for it');
    answers(await till.act(sale), 'crashed', /nothing listens|closed the connection/);
    await blocked(till.hello(), /nothing listens/);
  });
});

suite('an address in a profile', () => {
  const mistake = (url: string, more: object = {}) =>
    http.mistake!({ kind: 'http', url, ...more })?.says ?? '';
  test('is one of this machine', () => {
    assert.equal(mistake('http://127.0.0.1:8080/test, https://localhost:8081'), '');
    for (const url of ['http://10.0.0.7:80/', '127.0.0.1:80', 'ftp://127.0.0.1', 'http://127.0.0.1/?x=1', ''])
      assert.match(mistake(url), /to be an address of this machine/, url);
  });
  test('of a page is one for each POS', () => {
    const display = { outcome: '#o', prompt: '#p', notice: '#n', dialogue: '#d' };
    const two = 'http://127.0.0.1:8080,http://127.0.0.1:8081';
    assert.match(mistake(two, { see: { page: 'http://127.0.0.1:8080/', display } }), /one for all/);
    assert.equal(mistake(two, { see: { page: '/display', display } }), '');
  });
});
