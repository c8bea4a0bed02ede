import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { publicAccount, type Simulator, startSimulator } from '../../fixtures/simulator/index.ts';
import type { Certificate } from '../judging/index.ts';
import { called, freePort, temporaryFolder } from '../workshop/testing/command.ts';
import { main as certify } from './certify.ts';

const folder = temporaryFolder();
const home = process.cwd();
const wayward = fileURLToPath(new URL('../drivers/command/testing/wayward.mjs', import.meta.url));
let simulator: Simulator;
let outOfOrder: Server;
let closed = '';
before(async () => {
  // Where a command is started, a file .env may hold settings: here there is none.
  process.chdir(folder);
  simulator = await startSimulator();
  outOfOrder = createServer((_, response) => response.writeHead(503).end());
  await new Promise<void>((resolve) => outOfOrder.listen(0, '127.0.0.1', resolve));
  closed = `http://127.0.0.1:${await freePort()}`;
});
after(async () => {
  process.chdir(home);
  outOfOrder.close();
  await simulator.close();
});

const account = {
  DOJO_API_KEY: publicAccount.apiKey,
  DOJO_SOFTWARE_HOUSE_ID: publicAccount.softwareHouseId,
  DOJO_RESELLER_ID: publicAccount.resellerId,
};
const headless = (...args: string[]) => ['--pos', 'headless', '--no-allure', ...args];
const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function doctor(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { code, stdout, stderr } = await called(certify, ['doctor', ...args], env);
  const lines = new Map(
    stdout.split('\n').flatMap((line) => {
      const [, mark, name, said] = /^([✔!✘]) (\S+(?: \S+)?) +(.+)$/.exec(line) ?? [];
      return mark && name && said ? [[name, `${mark} ${said}`] as const] : [];
    }),
  );
  return { code, lines, stdout, stderr, line: (name: string) => lines.get(name) ?? `no ${name}: ${stdout}` };
}

let profiles = 0;
/** A profile with that driver, whose till says that its version is 1. */
function profileOf(driver: object, version = '1'): string {
  const file = join(folder, `till-${++profiles}.json`);
  const till = { name: 'Wayward till', version, apiVersion: '2026-02-27', driver };
  writeFileSync(file, JSON.stringify(till));
  return file;
}
const commandProfile = (command: readonly string[], version?: string) =>
  profileOf({ kind: 'command', command }, version);

suite('doctor finds nothing wrong', () => {
  test('with the headless till and the embedded simulator, and leaves nothing behind', async () => {
    const { code, lines, stdout, stderr } = await doctor(headless('--out', 'new/reports/run'));
    assert.equal(code, 0, stdout);
    assert.equal(stderr, '');
    assert.deepEqual(
      [...lines.keys()],
      ['Node', 'profile', 'loopback', 'disk', 'upstream', 'card machines'],
      stdout,
    );
    for (const [name, said] of lines) assert.match(said, /^✔ .*; expected .+\.$/, name);
    assert.match(stdout, /^A run can start\.$/m);
    assert.ok(!existsSync('new'));
  });
  test("with the kit's own till in a browser", async () => {
    const { code, line, stdout } = await doctor(['--pos', 'reference', '--no-allure']);
    assert.equal(code, 0, stdout);
    assert.match(line('browser'), /^✔ .*Chrome\w* \d+\./);
    assert.match(line("till's page"), /^✔ .*answered 200/);
  });
  test('with a till that is a program', async () => {
    const { code, line, stdout } = await doctor([
      '--profile',
      commandProfile([process.execPath, wayward, 'right']),
    ]);
    assert.equal(code, 0, stdout);
    assert.match(line('driver'), /^✔ it said Wayward till 1, API 2026-02-27/);
    assert.match(line('Java'), /^[✔!] /);
  });
  test('with a simulator elsewhere', async () => {
    const { code, line, stdout } = await doctor(
      headless('--upstream', simulator.url, '--admin-url', simulator.adminUrl),
    );
    assert.equal(code, 0, stdout);
    assert.match(line('upstream'), /^✔ /);
    assert.doesNotMatch(stdout, /DOJO_API_KEY/);
  });
  test('with a missing Java, which is a note', async () => {
    const { code, line } = await doctor(['--pos', 'headless'], { JAVA_HOME: '/no/such/java' });
    assert.equal(code, 0);
    assert.match(line('Java'), /^! none; expected Java 8 .*--no-allure/);
  });
});

suite('doctor says what is wrong, and whose it is', () => {
  interface Wrong {
    readonly what: string;
    readonly args: () => string[];
    readonly env?: Record<string, string>;
    readonly name: string;
    readonly says: RegExp;
    readonly code: 2 | 3;
  }
  const wrongs: Wrong[] = [
    {
      what: 'a profile that is broken',
      args: () => {
        writeFileSync('broken.yaml', 'name: x\nversion: [');
        return ['--profile', 'broken.yaml'];
      },
      name: 'profile',
      says: /broken\.yaml:2: expected YAML/,
      code: 2,
    },
    {
      what: 'no key',
      args: () => headless('--upstream', simulator.url),
      env: { ...account, DOJO_API_KEY: '' },
      name: 'key',
      says: /Expected DOJO_API_KEY in the environment/,
      code: 2,
    },
    {
      what: 'a production key',
      args: () => headless('--upstream', simulator.url),
      env: { ...account, DOJO_API_KEY: 'sk_prod_very_secret' },
      name: 'key',
      says: /production key .*Use a key that starts with sk_sandbox_/,
      code: 2,
    },
    {
      what: 'no reseller',
      args: () => headless('--upstream', simulator.url),
      env: { ...account, DOJO_RESELLER_ID: '' },
      name: 'partner ids',
      says: /Expected DOJO_RESELLER_ID in/,
      code: 2,
    },
    {
      what: 'a key that the upstream refuses',
      args: () => headless('--upstream', simulator.url),
      env: { ...account, DOJO_API_KEY: 'sk_sandbox_very_secret' },
      name: 'upstream',
      says: /answered 401.*Check DOJO_API_KEY.*\(KIT-UPSTREAM-008\)$/m,
      code: 2,
    },
    {
      what: 'an upstream that refuses connections',
      args: () => headless('--upstream', closed),
      env: account,
      name: 'upstream',
      says: /can't be reached: .*ECONNREFUSED.*Check the address.*\(KIT-UPSTREAM-010\)$/m,
      code: 3,
    },
    {
      what: 'an upstream that is out of order',
      args: () => headless('--upstream', urlOf(outOfOrder)),
      env: account,
      name: 'upstream',
      says: /was answered 503.*try again later.*\(KIT-UPSTREAM-012\)$/m,
      code: 3,
    },
    {
      what: 'a simulator that is not there',
      args: () => headless('--upstream', closed, '--admin-url', closed),
      name: 'upstream',
      says: /admin port did not do .*ECONNREFUSED/,
      code: 3,
    },
    {
      what: 'an account without the only card machine that the row needs',
      args: () => headless('--upstream', simulator.url, '--rows', 'PAC-SALE-04'),
      env: account,
      name: 'card machines',
      says: /none that ends in SCN0, for PAC-SALE-04/,
      code: 3,
    },
    {
      what: 'a program that is not there',
      args: () => ['--profile', commandProfile(['no-such-till'])],
      name: 'driver',
      says: /there is no program no-such-till.*Run `no-such-till`/,
      code: 3,
    },
    {
      what: 'a driver that dies when greeted',
      args: () => ['--profile', commandProfile([process.execPath, wayward, 'dies when greeted'])],
      name: 'driver',
      says: /exit code 3.*fatal: no paper.*\(KIT-DRIVER-001\)$/m,
      code: 3,
    },
    {
      what: 'a driver of another version than the profile',
      args: () => ['--profile', commandProfile([process.execPath, wayward, 'right'], '9.9')],
      name: 'driver',
      says: /version is 9\.9, and the driver says 1.*Correct the profile/,
      code: 3,
    },
    {
      what: 'a till whose page does not answer',
      args: () => [
        '--profile',
        profileOf({
          kind: 'browser',
          url: closed,
          actions: { configure: [{ click: '#save' }], sale: [{ click: '#charge' }] },
          display: { outcome: '#o', prompt: '#p', notice: '#n', dialogue: '#d' },
        }),
      ],
      name: "till's page",
      says: /could not be opened: nothing listens there\. Start the till, and check `driver\.url`/,
      code: 3,
    },
    {
      what: 'a browser that is not there',
      args: () => ['--pos', 'reference'],
      env: { DOJO_BROWSER: '/no/such/browser' },
      name: 'browser',
      says: /Expected a browser at \/no\/such\/browser/,
      code: 2,
    },
    {
      what: 'a folder that holds a run',
      args: () => {
        mkdirSync('held', { recursive: true });
        writeFileSync('held/messages.ndjson', '');
        return headless('--out', 'held');
      },
      name: 'disk',
      says: /Expected held to hold no run yet/,
      code: 2,
    },
    {
      what: 'a folder that cannot be made',
      args: () => {
        writeFileSync('in-the-way', '');
        return headless('--out', 'in-the-way/run');
      },
      name: 'disk',
      says: /in-the-way.*a file stands where a folder should be.*another folder/,
      code: 2,
    },
  ];
  for (const { what, args, env, name, says, code: expected } of wrongs)
    test(what, async () => {
      const { code, lines, line, stdout, stderr } = await doctor(args(), env);
      assert.match(line(name), says);
      assert.match(line(name), /^✘ .*[Ee]xpected/);
      assert.equal(code, expected, stdout);
      assert.deepEqual(
        [...lines].filter(([, said]) => said.startsWith('✘')).map(([wrong]) => wrong),
        [name],
        stdout,
      );
      assert.doesNotMatch(stdout + stderr, /very_secret|undefined|\[object/);
    });

  test('an account that lacks some of the card machines, which is a note', async () => {
    const { code, line } = await doctor(headless('--upstream', simulator.url), account);
    assert.match(line('card machines'), /^! none that ends in SCN0, for PAC-.*Ask Dojo/);
    assert.equal(code, 0);
  });
});

suite('what doctor finds wrong is never held against the till: the run ends with blocked rows', () => {
  const row = 'PAC-SALE-04';
  const runs: [what: string, args: () => string[], env?: Record<string, string>][] = [
    ['a missing card machine', () => headless('--upstream', simulator.url), account],
    ['a missing program', () => ['--no-allure', '--profile', commandProfile(['no-such-till'])]],
    [
      'a driver of another version',
      () => ['--no-allure', '--profile', commandProfile([process.execPath, wayward, 'right'], '9.9')],
    ],
  ];
  for (const [place, [what, args, env]] of runs.entries())
    test(what, async () => {
      const out = join(folder, `blocked-${place}`);
      const { code, stdout, stderr } = await called(certify, [...args(), '--rows', row, '--out', out], env);
      assert.equal(code, 3, stdout + stderr);
      const { rows } = JSON.parse(readFileSync(join(out, 'certification.json'), 'utf8')) as Certificate;
      assert.deepEqual(
        rows.map(({ id, verdict }) => [id, verdict]),
        [[row, 'blocked']],
      );
      assert.ok(rows[0]!.trouble[0]!.advice);
      if (what === 'a missing card machine')
        assert.match(stdout, /^The account has no card machine whose TID ends in SCN0: PAC-SALE-04 will be/m);
    });
});
