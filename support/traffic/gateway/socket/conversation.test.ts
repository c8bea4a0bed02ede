import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../../../record/vocabulary.ts';
import { Capture } from '../capture.ts';
import { Conversation, type Spoken } from './conversation.ts';
import { closing, type Framed, frame, ofClient } from './testing/frames.ts';

const plain = (content: Capture | Json): Json =>
  content instanceof Capture ? content.bytes().toString('utf8') : content;

/** A conversation, and what came of it so far, in short. */
function conversation() {
  const spoken: Spoken[] = [];
  const it = new Conversation(null, (one) => spoken.push(one));
  return {
    it,
    spoken,
    dojo: (framed: Framed | string) =>
      it.read('dojo', frame(typeof framed === 'string' ? { payload: framed } : framed)),
    pos: (framed: Framed | string) =>
      it.read('subject', ofClient(typeof framed === 'string' ? { payload: framed } : framed)),
    get said() {
      return spoken.map(({ from, method, content, answer, trouble }) => [
        from,
        method,
        plain(content),
        ...(answer === null ? [] : [plain(answer)]),
        ...(trouble ? [trouble] : []),
      ]);
    },
  };
}

const call = (id: Json, method = 'SearchOrdersV1') => JSON.stringify({ jsonrpc: '2.0', id, method });
const answer = (id: Json, result: Json = {}) => JSON.stringify({ jsonrpc: '2.0', id, result });

test('calls that overlap are answered in any order, each by its id', () => {
  const talk = conversation();
  talk.dojo(call('a'));
  talk.dojo(call('b', 'GetOrderByIdV1'));
  talk.pos(answer('b'));
  talk.pos(answer('a'));
  assert.deepEqual(talk.said, [
    ['dojo', 'GetOrderByIdV1', call('b', 'GetOrderByIdV1'), answer('b')],
    ['dojo', 'SearchOrdersV1', call('a'), answer('a')],
  ]);
});

test('an id that comes back as a number is that of the call; the contract has its say about it', () => {
  const talk = conversation();
  talk.dojo(call('7'));
  talk.pos(answer(7));
  assert.deepEqual(talk.said, [['dojo', 'SearchOrdersV1', call('7'), answer(7)]]);
});

test('an answer that nobody waits for, a second one, a request of the POS and what is no JSON stand alone', () => {
  const talk = conversation();
  talk.dojo(call('a'));
  talk.pos(answer('a'));
  for (const text of [answer('a'), answer('z'), call('x'), 'hello', '[]', 'null']) talk.pos(text);
  talk.dojo('{"jsonrpc":"2.0","method":"Noted"}');
  talk.pos({ opcode: 2, payload: 'bytes' });
  assert.deepEqual(talk.said.slice(1), [
    ['subject', 'message', answer('a')],
    ['subject', 'message', answer('z')],
    ['subject', 'message', call('x')],
    ['subject', 'message', 'hello'],
    ['subject', 'message', '[]'],
    ['subject', 'message', 'null'],
    ['dojo', 'message', '{"jsonrpc":"2.0","method":"Noted"}'],
    ['subject', 'message', 'bytes'],
  ]);
});

test('two calls of one id are answered in turn', () => {
  const talk = conversation();
  talk.dojo(call('a'));
  talk.dojo(call('a', 'ListAreasV1'));
  talk.pos(answer('a', 1));
  talk.pos(answer('a', 2));
  assert.deepEqual(
    talk.said.map(([, method, , result]) => [method, result]),
    [
      ['SearchOrdersV1', answer('a', 1)],
      ['ListAreasV1', answer('a', 2)],
    ],
  );
});

test('a pong answers its ping and those before it; one that answers none is a sign of life', () => {
  const talk = conversation();
  talk.pos({ opcode: 9, payload: '1' });
  talk.pos({ opcode: 9, payload: '2' });
  talk.dojo({ opcode: 10, payload: '2' });
  talk.pos({ opcode: 10, payload: '' });
  talk.dojo({ opcode: 9, payload: '3' });
  talk.it.end();
  assert.deepEqual(talk.said, [
    ['subject', 'ping', '1', '2'],
    ['subject', 'ping', '2', '2'],
    ['subject', 'pong', ''],
    ['dojo', 'ping', '3'],
  ]);
});

test('a close is answered by a close, or by the end', () => {
  const answered = conversation();
  answered.dojo({ opcode: 8, payload: closing(1001, 'away') });
  answered.pos({ opcode: 8, payload: closing(1001) });
  answered.it.end();
  assert.deepEqual(answered.said, [
    ['dojo', 'close', { code: 1001, reason: 'away' }, { code: 1001, reason: '' }],
  ]);
  const gone = conversation();
  gone.pos({ opcode: 8 });
  gone.it.end();
  assert.deepEqual(gone.said, [['subject', 'close', { code: null, reason: '' }]]);
});

test('with the connection go the calls that wait; one may be given up before', () => {
  const talk = conversation();
  talk.dojo(call('a'));
  talk.dojo(call('b'));
  assert.deepEqual([talk.it.giveUp('a'), talk.it.giveUp('a'), talk.it.giveUp('z')], [true, false, false]);
  talk.it.end();
  talk.it.end();
  talk.pos(answer('b'));
  assert.deepEqual(talk.said, [
    ['dojo', 'SearchOrdersV1', call('a'), 'client-dropped'],
    ['dojo', 'SearchOrdersV1', call('b'), 'upstream-dropped'],
  ]);
});

test('a broken frame ends the reading of its side alone', () => {
  const talk = conversation();
  talk.dojo(call('a'));
  talk.pos({ masked: false, payload: answer('a') });
  talk.pos(answer('a'));
  talk.dojo({ opcode: 9, payload: 'p' });
  talk.it.end();
  assert.deepEqual(
    talk.said.map(([from, method, , end]) => [from, method, end]),
    [
      ['subject', 'unreadable', undefined],
      ['dojo', 'SearchOrdersV1', 'upstream-dropped'],
      ['dojo', 'ping', undefined],
    ],
  );
});

test('who asks without end fills no memory: the oldest calls are given up, and pings are counted alone', () => {
  const talk = conversation();
  for (let at = 0; at < 10_050; at += 1) talk.dojo(call(String(at)));
  assert.equal(talk.spoken.length, 50);
  assert.deepEqual([talk.spoken[0]!.id, talk.spoken[49]!.id], ['0', '49']);
  const flood = conversation();
  for (let at = 0; at < 5000; at += 1) flood.pos({ opcode: 10, payload: '' });
  assert.equal(flood.spoken.length, 1000);
});
