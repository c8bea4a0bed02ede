import assert from 'node:assert/strict';
import dns, { type LookupOptions } from 'node:dns';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import { mock, suite, test } from 'node:test';
import { deliverEvents } from '../actors/event-sender.ts';
import { isOnLoopback, loopbackAddress } from '../record/loopback.ts';
import type { Exchange } from '../record/vocabulary.ts';
import { ask } from './caller.ts';
import { createRedaction, startGateway } from './gateway/index.ts';

const six = Object.values(os.networkInterfaces()).some((own) =>
  own?.some(({ address }) => address === '::1'),
);

/** `localhost` is both addresses, that of IPv6 first, whatever this machine's own files say. */
const lookup = dns.lookup as (name: string, options: LookupOptions, found: unknown) => void;
const both = [
  { address: '::1', family: 6 },
  { address: '127.0.0.1', family: 4 },
];
mock.method(
  dns,
  'lookup',
  (name: string, options: LookupOptions, found: (...answered: unknown[]) => void) => {
    if (name !== 'localhost') lookup(name, options, found);
    else if (options.all) found(null, both);
    else found(null, '::1', 6);
  },
);

suite('a server', { skip: !six && 'this machine has no ::1' }, () => {
  for (const [listens, named] of [
    ['::1', '[::1]'],
    ['::1', 'localhost'],
    ['127.0.0.1', 'localhost'],
  ] as const)
    test(`that listens on ${listens} alone is reached as ${named}: by the gateway, the kit's own calls and events`, async (t) => {
      const came: string[] = [];
      const server = createServer((incoming, outgoing) => {
        came.push(`${incoming.method} ${incoming.headers.host}`);
        incoming.resume().on('end', () => outgoing.end('{}'));
      }).listen(0, listens);
      await once(server, 'listening');
      const at = `${named}:${(server.address() as AddressInfo).port}`;
      const exchanges: Exchange[] = [];
      const gateway = await startGateway({
        upstream: `http://${at}`,
        host: listens,
        redaction: createRedaction(),
        onExchange: (exchange) => exchanges.push(exchange),
      });
      t.after(async () => {
        await gateway.close();
        server.closeAllConnections();
        server.close();
      });
      const account = { apiKey: 'k', softwareHouseId: 's', resellerId: 'r', apiVersion: '2026-02-27' };
      for (const url of [gateway.url, `http://${at}`])
        for (const method of ['GET', 'POST', 'DELETE'] as const)
          assert.equal((await ask({ url, ...account }, method, '/terminals')).status, 200);
      assert.equal(exchanges.length, 3);
      const delivered = await deliverEvents(`http://${at}/events`, 'secret', 'pi_1');
      assert.deepEqual([...new Set(delivered.map(({ status }) => status))], [200]);
      assert.deepEqual([...new Set(came)].sort(), [`DELETE ${at}`, `GET ${at}`, `POST ${at}`]);
    });
});

test('the kit listens on the address of IPv4, and on that of IPv6 where there is no other', (t) => {
  const lo = (...addresses: string[]) => ({
    lo: addresses.map((address) => ({
      address,
      internal: true,
      family: address.includes(':') ? 'IPv6' : 'IPv4',
    })),
    eth0: [{ address: '10.0.0.1', internal: false, family: 'IPv4' }],
  });
  const interfaces = t.mock.method(os, 'networkInterfaces');
  for (const [expected, found] of [
    ['127.0.0.1', lo('127.0.0.1', '::1')],
    ['127.0.0.1', lo('::1', '127.0.0.1')],
    ['::1', lo('::1')],
    ['127.0.0.1', {}],
  ] as const) {
    interfaces.mock.mockImplementation(() => found as never);
    assert.equal(loopbackAddress(), expected);
  }
});

test('what leads nowhere but to this machine is known by any of its addresses', () => {
  const urls = [
    'http://127.0.0.1:80/',
    'https://127.0.0.2/',
    'http://localhost/',
    'http://[::1]:1/',
    'http://[0:0:0:0:0:0:0:1]/',
    'http://LOCALHOST/',
  ];
  assert.deepEqual(urls.filter(isOnLoopback), urls);
  for (const url of ['http://127.0.0.1.example/', 'http://localhost.example/', 'http://[::2]/', 'here', ''])
    assert.equal(isOnLoopback(url), false, url);
});
