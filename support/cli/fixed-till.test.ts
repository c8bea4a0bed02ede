import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import type { Certificate } from '../judging/index.ts';
import { called, command, freePort, temporaryFolder } from '../workshop/testing/command.ts';
import { main } from './certify.ts';

const folder = temporaryFolder();
const secret = 'a-secret-of-the-test-build';
const till = fileURLToPath(new URL('../../fixtures/pay-at-counter/fixed-till/till.ts', import.meta.url));

/** A till that takes its settings from its environment alone, at this port. */
function profile(
  port: number,
  reach: object = {},
  { env: more = {}, ...start }: { env?: object; restart?: string } = {},
): string {
  const file = join(folder, `${port}.yaml`);
  const env = {
    TILL_PORT: String(port),
    TILL_FOLDER: '{folder}',
    TILL_ADDRESS: '{baseUrl}',
    TILL_KEY: '{apiKey}',
    TILL_SOFTWARE_HOUSE: '{softwareHouseId}',
    TILL_RESELLER: '{resellerId}',
    TILL_SECRET: secret,
    ...more,
  };
  writeFileSync(
    file,
    stringify({
      name: 'Reference POS',
      version: '1.0.0',
      apiVersion: '2026-02-27',
      driver: { kind: 'http', url: `http://127.0.0.1:${port}/dojo-test`, answerWithin: 30_000 },
      reach: { configure: 'start', ...reach, start: { command: [process.execPath, till], env, ...start } },
    }),
  );
  return file;
}

const certify = (file: string, ...args: string[]) =>
  command(['certify', '--profile', file, '--no-allure', '--fast', ...args], {
    cwd: folder,
    env: { DOJO_TILL_SECRET: secret, DOJO_KEYS: join(folder, 'keys') },
  });

const certificate = (name: string): Certificate =>
  JSON.parse(readFileSync(join(folder, name, 'certification.json'), 'utf8'));

/** Whether anything listens there. */
const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });

suite('a till that takes address and key from its environment as it starts', () => {
  test('is started, kept from row to row, and started anew for the row that wants another key, which comes last', async () => {
    const port = await freePort();
    const gateway = await freePort();
    const { code, stdout, stderr } = await certify(
      profile(port),
      ...['--rows', 'PAC-CFG-01,PAC-CFG-04,PAC-SALE-01', '--out', 'kept', '--gateway-port', String(gateway)],
    ).ended;
    assert.equal(code, 1, stdout + stderr);
    const { rows, ranOn } = certificate('kept');
    const verdicts = Object.fromEntries(rows.map(({ id, verdict }) => [id, verdict]));
    // Who enters the credentials is declared by nobody.
    assert.deepEqual(verdicts, {
      'PAC-CFG-01': 'review',
      'PAC-CFG-04': 'passed',
      'PAC-SALE-01': 'passed',
    });
    assert.match(stdout, /1\/3 PAC-CFG-04.*2\/3 PAC-SALE-01.*3\/3 PAC-CFG-01/s);
    assert.match(stdout, /The POS was set up 2 times, 1 of them anew, for PAC-CFG-01\./);
    assert.deepEqual(ranOn.environment?.reach, { configured: 'start' });
    const page = readFileSync(join(folder, 'kept', 'certification.html'), 'utf8');
    assert.match(page, /the kit started it, with address and key in its environment/);
    assert.equal(await listens(port), false, 'it is stopped at the end');
  });
  test('that does not start ends a run with 3, and says what it said last', async () => {
    const port = await freePort();
    const broken = profile(port, {}, { env: { TILL_FOLDER: '' } });
    const { code, stdout } = await certify(broken, '--rows', 'PAC-SALE-01', '--out', 'broken').ended;
    assert.equal(code, 3, stdout);
    assert.match(stdout, /it ended by itself with exit code 1.*TILL_FOLDER is not set.*\(KIT-POS-002\)/);
  });
  test('is stopped when the kit is killed', async () => {
    const port = await freePort();
    const run = certify(profile(port), '--rows', 'PAC-CFG-04,PAC-SALE-01', '--out', 'killed');
    await run.printed(/1\/2 /);
    const held = connect(port, '127.0.0.1');
    await once(held, 'connect');
    const gone = once(held.on('error', () => {}).resume(), 'close');
    run.child.kill('SIGKILL');
    await gone;
  });
});

/** It has the address built in that the API has in production. */
const builtIn = { TILL_ADDRESS: '', NODE_EXTRA_CA_CERTS: '{ca}' };
const verdicts = (name: string) =>
  certificate(name).rows.map(({ id, verdict, findings }) => [
    id,
    verdict,
    ...findings.filter(({ outcome }) => outcome === 'failed').map(({ observed }) => observed),
  ]);

suite('a till with https://api.dojo.tech built in', () => {
  test('is certified through the kit’s proxy, which shows the API’s name and lets nothing else through', async () => {
    const port = await freePort();
    const file = profile(
      port,
      { way: 'proxy' },
      { env: { ...builtIn, HTTPS_PROXY: '{proxy}', NODE_USE_ENV_PROXY: '1', NO_PROXY: '127.0.0.1' } },
    );
    const { code, stdout, stderr } = await certify(
      file,
      '--rows',
      'PAC-SALE-01,PAC-CFG-04',
      '--out',
      'proxied',
    ).ended;
    assert.equal(code, 0, stdout + stderr);
    assert.deepEqual(verdicts('proxied'), [
      ['PAC-CFG-04', 'passed'],
      ['PAC-SALE-01', 'passed'],
    ]);
    const { ranOn } = certificate('proxied');
    assert.deepEqual(ranOn.environment?.reach, { configured: 'start', way: 'proxy' });
    const page = readFileSync(join(folder, 'proxied', 'certification.html'), 'utf8');
    assert.match(page, /through the kit&#39;s proxy|through the kit's proxy/);
  });
  test('at another address is certified over TLS', async () => {
    const port = await freePort();
    const file = profile(port, {}, { env: { NODE_EXTRA_CA_CERTS: '{ca}' } });
    const { code, stdout, stderr } = await certify(
      file,
      ...['--listen', '127.0.0.2', '--client', '127.0.0.1', '--rows', 'PAC-SALE-01', '--out', 'elsewhere'],
    ).ended;
    assert.equal(code, 0, stdout + stderr);
    assert.deepEqual(certificate('elsewhere').ranOn.environment?.reach, {
      configured: 'start',
      elsewhere: 'tls',
    });
  });
});

suite('what makes no sense ends with 2, and one message', () => {
  for (const [what, args, says] of [
    ['an address of another machine', ['--listen', '192.0.2.1', '--client', '192.0.2.2'], /KIT-REACH-004/],
    ['every address at once', ['--listen', '0.0.0.0', '--client', '192.0.2.2'], /KIT-REACH-004/],
    ['no client', ['--listen', '127.0.0.2'], /address of each machine that may use the kit.*KIT-REACH-004/],
    ['a client without an address to come to', ['--client', '127.0.0.2'], /KIT-REACH-004/],
    ['plain http on this machine alone', ['--plain-http'], /KIT-REACH-004/],
    ['a name for an address', ['--listen', 'till.local'], /Expected an IP address.*KIT-OPTION-001/s],
    [
      'an upstream that is the kit',
      [
        '--gateway-port',
        '4099',
        '--upstream',
        'http://localhost:4099',
        '--admin-url',
        'http://localhost:4098',
      ],
      /leads to port 4099 of this machine.*KIT-REACH-001/,
    ],
  ] as const)
    test(what, async () => {
      const { code, stderr } = await called(
        main,
        ['--profile', profile(1), '--no-allure', ...args, '--out', join(folder, 'none')],
        { DOJO_TILL_SECRET: secret, DOJO_KEYS: join(folder, 'keys') },
      );
      assert.equal(code, 2, stderr);
      assert.match(stderr, says);
    });
});

suite('doctor', () => {
  const looked = (reach: object, ...more: string[]) =>
    called(
      main,
      ['doctor', '--profile', profile(2, reach), '--no-allure', ...more, '--out', join(folder, 'none')],
      { DOJO_TILL_SECRET: secret, DOJO_KEYS: join(folder, 'keys') },
    );
  test('tries the way of the POS, and says what to enter there and what to trust', async () => {
    const { stdout } = await looked({ way: 'proxy' });
    assert.match(
      stdout,
      /✔ way +tried from here\. At the POS, enter 127\.0\.0\.1:.* as the proxy for https, and let it trust \S+ca\.pem \(SHA-256 [0-9A-F:]{95}\)/,
    );
    const elsewhere = await looked({
      listen: '127.0.0.2',
      clients: ['127.0.0.3'],
      gatewayPort: await freePort(),
    });
    assert.match(elsewhere.stdout, /✔ way .*enter https:\/\/127\.0\.0\.2:\d+ as the address of the API/);
  });
  test('names what stops it', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { code, stdout } = await looked({ way: 'name' }, '--gateway-port', String(port));
    server.close();
    assert.equal(code, 2, stdout);
    assert.match(stdout, /✘ way .*something else listens there.*KIT-REACH-003/);
  });
});
