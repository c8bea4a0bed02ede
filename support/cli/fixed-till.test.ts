import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import type { Certificate } from '../judging/index.ts';
import { command, freePort, temporaryFolder } from '../workshop/testing/command.ts';

const folder = temporaryFolder();
const secret = 'a-secret-of-the-test-build';
const till = fileURLToPath(new URL('../../fixtures/pay-at-counter/fixed-till/till.ts', import.meta.url));

/** A till that takes its settings from its environment alone, at this port. */
function profile(port: number, reach: object = {}, start: object = {}): string {
  const file = join(folder, `${port}.yaml`);
  const env = {
    TILL_PORT: String(port),
    TILL_FOLDER: '{folder}',
    TILL_ADDRESS: '{baseUrl}',
    TILL_KEY: '{apiKey}',
    TILL_SOFTWARE_HOUSE: '{softwareHouseId}',
    TILL_RESELLER: '{resellerId}',
    TILL_SECRET: secret,
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
    env: { DOJO_TILL_SECRET: secret },
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
    const broken = profile(port, {}, { env: { TILL_PORT: String(port) } });
    const { code, stdout } = await certify(broken, '--rows', 'PAC-SALE-01', '--out', 'broken').ended;
    assert.equal(code, 3, stdout);
    assert.match(stdout, /it ended by itself with exit code 1.*TILL_FOLDER is not set.*\(KIT-POS-002\)/);
  });
  test('is stopped when the run is broken off', async () => {
    const port = await freePort();
    const file = profile(port, {}, { restart: 'per-row' });
    const run = certify(file, '--rows', 'PAC-CFG-04,PAC-SALE-01', '--out', 'aborted');
    await run.printed(/1\/2 /);
    run.child.kill('SIGINT');
    await run.ended;
    assert.equal(await listens(port), false);
  });
});
