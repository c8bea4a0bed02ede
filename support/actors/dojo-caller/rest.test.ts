import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { suite, test } from 'node:test';
import { createRedaction } from '../../traffic/redaction/index.ts';
import { baseOf, callOverRest } from './index.ts';

const here = 'http://127.0.0.1:8080';
const bases: readonly [inProfile: string, registered: string, base: string, when: string][] = [
  [here, 'https://epos.example', here, 'no path is named'],
  [here, 'https://epos.example/dojo/', `${here}/dojo`, 'a path is registered'],
  [`${here}/till`, 'https://epos.example/dojo', `${here}/till`, 'the profile names another'],
  [`${here}/`, 'https://epos.example/dojo', here, 'the profile names the root'],
  [here, 'nowhere', here, 'what is registered is no address'],
];

suite('where an EPOS is called', () => {
  for (const [inProfile, registered, base, when] of bases)
    test(`is ${base} where ${when}`, () => assert.equal(baseOf(inProfile, registered), base));

  test('is below that address, with all of its path', async () => {
    const asked: (string | undefined)[] = [];
    const server = createServer(({ url }, response) => {
      asked.push(url);
      response.end('{}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const exchange = await callOverRest(
      {
        address: baseOf(`http://127.0.0.1:${port}`, 'https://epos.example/dojo/'),
        credentials: { username: 'dojo', password: 'secret' },
        within: 10_000,
        redaction: createRedaction(),
      },
      { id: 'call', method: 'GET', target: '/v1/orders/a%2Fb' },
    );
    server.close();
    assert.deepEqual(asked, ['/dojo/v1/orders/a%2Fb']);
    // What is recorded is the operation, as the description has it.
    assert.equal(exchange.request.target, '/v1/orders/a%2Fb');
  });
});
