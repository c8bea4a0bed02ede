import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { after, before, suite, test } from 'node:test';
import { Blocked } from '../record/blocked.ts';
import { findPast, goDirectly, lookUp } from './finding.ts';

/** A name server that knows one address of IPv4 for one name, and nothing of any other. */
function answerTo(question: Buffer): Buffer {
  const end = question.indexOf(0, 12) + 5;
  const asked = question.subarray(12, end);
  const known = asked.toString('latin1').includes('\x03api\x04dojo\x04tech') && asked.at(-3) === 1;
  const head = Buffer.from(question.subarray(0, 12));
  head.writeUInt16BE(known ? 0x8180 : 0x8183, 2);
  head.writeUInt16BE(known ? 1 : 0, 6);
  head.writeUInt16BE(0, 8);
  head.writeUInt16BE(0, 10);
  const answer = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 7]);
  return Buffer.concat([head, asked, ...(known ? [answer] : [])]);
}

suite('where the upstream is', () => {
  let server: Socket;
  let nameServer = '';
  before(async () => {
    server = createSocket('udp4');
    server.on('message', (question, { port, address }) => server.send(answerTo(question), port, address));
    server.bind(0, '127.0.0.1');
    await once(server, 'listening');
    nameServer = `127.0.0.1:${server.address().port}`;
  });
  after(() => server.close());

  test('is asked of a name server, past the hosts file', async () => {
    assert.deepEqual(await findPast('https://api.dojo.tech', nameServer), {
      host: 'api.dojo.tech',
      addresses: ['192.0.2.7'],
    });
  });
  test('is nothing to ask for where it has an address', async () => {
    assert.equal(await findPast('http://127.0.0.1:4010', nameServer), null);
    assert.equal(await findPast('http://[::1]:4010', nameServer), null);
    assert.equal(await findPast('http://localhost:4010', nameServer), null);
  });
  test('which nobody knows keeps the kit from judging, and says who was asked', async () => {
    await assert.rejects(
      findPast('https://nowhere.test', nameServer),
      (error) => error instanceof Blocked && error.message.includes(nameServer),
    );
  });
  test('is gone to by all of the kit, and other names are looked up as ever', async (t) => {
    goDirectly({ host: 'api.dojo.tech', addresses: ['192.0.2.7', '2001:db8::7'] });
    t.after(() => goDirectly(null));
    const found = (host: string, all: boolean) =>
      new Promise((resolve) => lookUp(host, { all }, (_error, address) => resolve(address)));
    assert.equal(await found('api.dojo.tech', false), '192.0.2.7');
    assert.deepEqual(await found('api.dojo.tech', true), [
      { address: '192.0.2.7', family: 4 },
      { address: '2001:db8::7', family: 6 },
    ]);
    assert.equal(await found('127.0.0.1', false), '127.0.0.1');
  });
});
