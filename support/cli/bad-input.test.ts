import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { type Simulator, startSimulator } from '../../fixtures/simulator/index.ts';
import { loadCatalogue } from '../checklist/index.ts';
import { aRun } from '../checklists/payments/stories/scene.ts';
import { media } from '../record/stream.ts';
import { called, command, type Ended, freePort, temporaryFolder } from '../workshop/testing/command.ts';
import { main as certify } from './certify.ts';
import { main as report } from './report.ts';

const folder = temporaryFolder();
const home = process.cwd();
const [row] = loadCatalogue().rows;

/** A file of the test's folder. */
function file(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const key = 'sk_sandbox_some_secret_key';
const account = { DOJO_API_KEY: key, DOJO_SOFTWARE_HOUSE_ID: 'house', DOJO_RESELLER_ID: 'reseller' };
let simulator: Simulator;
let closed = '';
before(async () => {
  // Where a command is started, a file .env may hold settings: here there is none.
  process.chdir(folder);
  simulator = await startSimulator();
  closed = `http://127.0.0.1:${await freePort()}`;
});
after(() => {
  process.chdir(home);
  return simulator.close();
});

interface Expected {
  readonly code: number;
  readonly says: RegExp;
}

/** The command ended with that code and with one message that says what was expected; and shows no secret. */
function refused({ code: seen, stdout, stderr }: Ended, { code, says }: Expected): void {
  const all = stdout + stderr;
  assert.match(stderr, says);
  assert.equal(seen, code, all);
  assert.doesNotMatch(all, /^\s+at .+:\d+|kit itself broke|undefined|\[object|ExperimentalWarning/m);
  assert.doesNotMatch(all, /some_secret|very_secret/);
  assert.ok(stderr.trim().split('\n').length <= 2, `it is said in one message: ${stderr}`);
}

const headless = (...args: string[]) => ['--pos', 'headless', '--out', join(folder, 'out'), ...args];

suite('certify says what it cannot use, and ends with 2', () => {
  const usage: [what: string, args: () => string[], says: RegExp, env?: Record<string, string>][] = [
    ['a profile whose name is empty', () => ['--profile', ''], /a value for --profile, but it is empty/],
    [
      'a folder whose name is empty',
      () => ['--pos', 'headless', '--out='],
      /a value for --out, but it is empty/,
    ],
    [
      'a file in place of a folder',
      () => ['--pos', 'headless', '--out', join(file('a-file', 'x'), 'below')],
      /Expected --out to be a folder, but .*a-file is a file\..*KIT-OUT-001/,
    ],
    [
      'a second list of rows, with one that is not there',
      () => headless('--rows', 'PAC-NO-99', '--rows', row!.id),
      /no row "PAC-NO-99"/,
    ],
    ['a row that is not there', () => headless('--rows', 'PAC-NO-99'), /no row "PAC-NO-99".*docs\/rows\.md/],
    [
      'a section that is not there',
      () => headless('--section', 'XYZ'),
      /--section to be one of .*SALE.*"XYZ"/,
    ],
    [
      'rows and a section that have nothing in common',
      () => headless('--rows', row!.id, '--section', 'SALE'),
      /Expected at least one row, .*together select none/,
    ],
    ['a list of rows that is empty', () => headless('--rows', ','), /row/],
    ['an option that is unknown', () => headless('--frobnicate'), /unknown option '--frobnicate'/],
    ['a word too many', () => headless('everything'), /too many arguments/],
    ['no tills side by side', () => headless('--parallel', '0'), /whole number from 1 to 32/],
    ['half a till', () => headless('--parallel', '1.5'), /whole number from 1 to 32/],
    ['a shard beyond the last', () => headless('--shard', '5/4'), /Expected I\/N/],
    ['a seed of two words', () => headless('--seed', 'one two'), /1 to 64 letters, digits/],
    [
      'a challenge that is empty',
      () => headless('--challenge', ''),
      /a value for --challenge, but it is empty/,
    ],
    [
      'a seed and a challenge',
      () => headless('--seed', 'one', '--challenge', 'two'),
      /cannot be used with option '--seed/,
    ],
    ['a till that is unknown', () => ['--pos', 'abacus'], /headless, reference/],
    ['a till and a profile', () => headless('--profile', 'x.yaml'), /cannot be used with/],
    [
      'a checklist that is unknown',
      () => headless('--checklist', 'pay-by-shell'),
      /none called "pay-by-shell"/,
    ],
    [
      'a profile that is not there',
      () => ['--profile', 'none.yaml'],
      /Expected a profile at none\.yaml.*ENOENT/,
    ],
    [
      'a profile that is broken',
      () => ['--profile', file('broken.yaml', 'name: x\nversion: [')],
      /broken\.yaml:2: expected YAML/,
    ],
    [
      'a contract that is not there',
      () => headless('--contract', 'none.yaml'),
      /none\.yaml.*cannot be opened/,
    ],
    [
      'a contract that is broken',
      () => headless('--contract', file('broken.json', '{"openapi":')),
      /broken\.json.*cannot be read/,
    ],
    [
      'a contract that is no OpenAPI 3.0',
      () => headless('--contract', file('swagger.yaml', 'swagger: "2.0"')),
      /Expected an OpenAPI 3\.0 or 3\.1 description .*Swagger 2\.0/,
    ],
    ['an upstream that is no URL', () => headless('--upstream', 'dojo'), /--upstream to be .*URL/],
    [
      'an upstream of another kind',
      () => headless('--upstream', 'ftp://127.0.0.1'),
      /--upstream to be .*URL/,
    ],
    [
      'an admin URL for the embedded simulator',
      () => headless('--admin-url', closed),
      /--admin-url together with --upstream/,
    ],
    ['no key for an upstream', () => headless('--upstream', closed), /DOJO_API_KEY, .*in the environment/],
    [
      'no partner ids for an upstream',
      () => headless('--upstream', closed),
      /Expected DOJO_SOFTWARE_HOUSE_ID, DOJO_RESELLER_ID/,
      { DOJO_API_KEY: key },
    ],
    [
      'an upstream with a path',
      () => headless('--upstream', `${closed}/v1`),
      /--upstream to be a host alone, like http:.* but it has a path/,
    ],
    [
      'an upstream with credentials',
      () => headless('--upstream', closed.replace('//', '//user:very_secret@')),
      /--upstream to be a host alone/,
    ],
    [
      'an upstream of another kind, with credentials',
      () => headless('--upstream', 'htp://user:very_secret@api.dojo.tech'),
      /--upstream to be "simulator".* but it is "htp:\/\/…@api/,
    ],
    [
      'a key with a blank within',
      () => headless('--upstream', closed),
      /Expected DOJO_API_KEY to be as the developer portal shows it/,
      { ...account, DOJO_API_KEY: `${key} ${key}` },
    ],
    [
      'a production key that was copied with a blank, in capitals',
      () => headless('--upstream', closed),
      /production key \(sk_prod_…\)/,
      { ...account, DOJO_API_KEY: ' SK_PROD_very_secret\n' },
    ],
    [
      'a production key',
      () => headless('--upstream', closed),
      /production key \(sk_prod_…\).*sk_sandbox_/,
      { ...account, DOJO_API_KEY: 'sk_prod_very_secret' },
    ],
    [
      'a key that is refused',
      () => headless('--upstream', simulator.url),
      /answered 401.*DOJO_API_KEY/,
      account,
    ],
    [
      'a folder that holds a run already',
      () => ['--pos', 'headless', '--out', join(file('old/messages.ndjson', ''), '..')],
      /to hold no run yet, but it does/,
    ],
    [
      'a browser that is not there',
      () => ['--pos', 'reference', '--out', join(folder, 'browser'), '--rows', row!.id],
      /Expected a browser at \/no\/such\/browser, as DOJO_BROWSER says/,
      { DOJO_BROWSER: '/no/such/browser' },
    ],
  ];
  for (const [what, args, says, env] of usage)
    test(what, async () => refused(await called(certify, args(), env), { code: 2, says }));
});

suite('certify ends with 3 when it is the surroundings that fail', () => {
  test('an upstream that refuses connections', async () => {
    const says = /The upstream http:\/\/127\.0\.0\.1:\d+ can't be reached.*Check the address/;
    refused(await called(certify, headless('--upstream', closed), account), { code: 3, says });
  });
  test('a simulator elsewhere that is not there: after some rows the run is stopped', async () => {
    const out = join(folder, 'elsewhere');
    const args = ['--upstream', closed, '--admin-url', closed, '--section', 'SALE', '--no-allure'];
    const { code, stdout } = await called(certify, ['--pos', 'headless', '--out', out, ...args]);
    assert.equal(code, 3, stdout);
    const rows = stdout.split('\n').filter((line) => /^■ +\d+\//.test(line));
    assert.match(rows[0]!, /admin port did not do .*Check that the simulator is running/);
    assert.match(rows.at(-1)!, /The run was stopped before this row/);
  });
});

suite('report says what it cannot use, and ends with 2', () => {
  const run = (schema: number, name: string) =>
    JSON.stringify({
      attachment: {
        mediaType: media.run,
        body: JSON.stringify({
          ...aRun(),
          schema,
          checklist: { name, sha256: '' },
        }),
      },
    });
  const stream = (name: string, ...lines: string[]) =>
    join(file(`${name}/messages.ndjson`, lines.map((line) => `${line}\n`).join('')), '..');
  const usage: [what: string, args: () => string[], says: RegExp][] = [
    ['no folder', () => [], /missing required argument 'dir'/],
    ['a folder without a stream', () => ['nowhere'], /message stream of a run at nowhere.messages\.ndjson/],
    [
      'a stream that is empty',
      () => [stream('empty', '')],
      /empty.messages\.ndjson, but the stream holds no run/,
    ],
    ['the stream of another runner', () => [stream('other', '{"meta":{}}')], /holds no run record/],
    [
      'a stream that is damaged in the middle',
      () => [stream('damaged', run(1, 'pay-at-counter'), '{"pick', '{}')],
      /damaged.messages\.ndjson:2: expected a message.*not JSON/,
    ],
    [
      'a stream that holds something else',
      () => [stream('else', run(1, 'pay-at-counter'), 'null')],
      /else.messages\.ndjson:2: expected a message/,
    ],
    [
      'an observation that is damaged',
      () => [stream('half', JSON.stringify({ attachment: { mediaType: media.run, body: '{"sch' } }))],
      /half.messages\.ndjson:1: expected a message/,
    ],
    [
      'a run of a later version',
      () => [stream('later', run(3, 'pay-at-counter'))],
      /later.messages\.ndjson:1: .*schema 3/,
    ],
    ['a checklist that is unknown', () => [stream('list', run(1, 'pay-by-shell'))], /"pay-by-shell"/],
    [
      'a contract that is broken',
      () => ['--contract', file('bad.yaml', '- a'), stream('contract', run(1, 'pay-at-counter'))],
      /Expected an OpenAPI 3\.0 or 3\.1 description/,
    ],
    ['an option that is unknown', () => ['--frobnicate', 'x'], /unknown option/],
  ];
  for (const [what, args, says] of usage)
    test(what, async () => refused(await called(report, args()), { code: 2, says }));
});

suite('started as a user starts it, a command says so in the same way, and ends', () => {
  const started = async (...args: string[]) => command(args, { cwd: folder }).ended;
  test('certify', async () => {
    refused(await started('certify', '--rows', 'PAC-NO-99'), { code: 2, says: /no row "PAC-NO-99"/ });
  });
  test('report', async () => {
    refused(await started('report', 'nowhere'), { code: 2, says: /message stream of a run at nowhere/ });
  });
  test('simulator, when a port is none', async () => {
    refused(await started('simulator', '--port', '70000'), { code: 2, says: /a port from 0 to 65535/ });
  });
  for (const [option, other] of [
    ['--port', '--admin-port'],
    ['--admin-port', '--port'],
  ] as const)
    test(`simulator, when its ${option} is in use`, async () => {
      const { port } = new URL(simulator.url);
      refused(await started('simulator', option, port, other, '0'), {
        code: 2,
        says: new RegExp(`Expected port ${port} .* to be free .*in use`),
      });
    });
});
