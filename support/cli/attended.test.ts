import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { browserRig } from '../drivers/browser/testing/rig.ts';
import { type ByHandResult, certifyByHand } from '../workshop/by-hand.ts';
import { called, command, temporaryFolder, within } from '../workshop/testing/command.ts';
import { resolve, sandboxRig } from '../workshop/testing/sandbox.ts';
import { main as certify } from './certify.ts';

const rig = browserRig();
const folder = temporaryFolder();
const profile = fileURLToPath(
  new URL('../../fixtures/pay-at-counter/profiles/attended.yaml', import.meta.url),
);

suite('certify with a POS that a person drives', { timeout: 120_000 }, () => {
  test('serves its console under a token, begins when the person does, and ends at once when the person ends it', async () => {
    const run = command(
      ['certify', '--profile', profile, '--rows', 'PAC-SALE-01,PAC-SALE-04', '--no-allure', '--out', 'run'],
      { cwd: folder },
    );
    const printed = await run.printed(/begin there: http\S+/);
    const url = /begin there: (http:\/\/127\.0\.0\.1:\S+)/.exec(printed)![1]!;
    const post = async (what: string, body: object = {}) => {
      const answer = await fetch(url + what, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return ((await answer.json()) as { wrong?: string }).wrong;
    };
    assert.match(
      await (await fetch(url)).text(),
      /Before you begin[\s\S]*No card machine, no cards and no PIN/,
    );
    const { origin, pathname } = new URL(url);
    for (const path of ['/', '/now', '/photo', '/guessed/', '/guessed/now', pathname.slice(0, -2)])
      for (const method of ['GET', 'POST'])
        assert.equal((await fetch(origin + path, { method })).status, 404, `${method} ${path}`);
    // All of 127.0.0.0/8 is this machine, but the console is at one address of it, and at none of its network.
    await assert.rejects(fetch(url.replace('127.0.0.1', '127.0.0.2')));
    assert.match((await post('begin', { by: ' ' })) ?? '', /Write your name/);
    assert.match((await post('begin', { by: 'Anna Smith', only: [] })) ?? '', /at least one row/);
    assert.equal(await post('begin', { by: 'Anna Smith', only: ['PAC-SALE-04'] }), undefined);
    let now = { version: -1, now: '' };
    while (!now.now.includes('Enter these settings'))
      now = (await (await fetch(`${url}now?after=${now.version}`)).json()) as typeof now;
    assert.match(now.now, /sk_sandbox_/);
    await post('pause');
    assert.match(await (await fetch(url)).text(), /Paused/);
    await post('resume');
    await post('abort');
    const { code, stderr } = await run.ended;
    assert.equal(code, 3, stderr);
    assert.match(stderr, /Interrupted by SIGINT: 1 of 1 row did not end/);
  });
  test('runs one row after the other', async () => {
    const { code, stderr } = await called(within(folder, certify), [
      '--profile',
      profile,
      '--parallel',
      '2',
      '--out',
      'two',
    ]);
    assert.equal(code, 2);
    assert.match(
      stderr,
      /Expected one row after the other where a person drives the POS.*\(KIT-PARALLEL-003\)/,
    );
  });
});

suite('a run by hand that is killed while money is open goes on', { timeout: 240_000 }, () => {
  let result: ByHandResult;
  const open: string[][] = [];
  before(async () => {
    const { sandbox, env, folder: own } = await sandboxRig();
    let killed = false;
    result = await certifyByHand({
      script: `
name: Anna Smith
says: as shown
rows:
  PAC-SALE-01: { says: Declined }
`,
      options: ['--upstream', 'sandbox', '--rows', 'PAC-SALE-01,PAC-AUTH-01'],
      folder: own,
      browser: rig.browser,
      env,
      preload: resolve,
      kill: ({ row, question }) => {
        const now = row === 'PAC-AUTH-01' && question && !killed;
        killed ||= now;
        return now;
      },
      killed: async () => void open.push(await sandbox.open()),
    });
    open.push(await sandbox.open());
  });

  test('what was open when it was killed is ended', () => {
    assert.equal(open[0]?.length, 1, 'the authorization of the row that was under way');
    assert.deepEqual(open[1], []);
  });
  test('nothing is asked again that was answered in a row that is over', () => {
    const [before, since] = result.steps.map((steps) => [...new Set(steps.map(({ row }) => row))]);
    assert.deepEqual(before, ['PAC-SALE-01', 'PAC-AUTH-01']);
    assert.deepEqual(since, ['PAC-AUTH-01']);
  });
  test('an answer that differs from what came of the payment fails its row, and no other', () => {
    const { rows } = result.certificate;
    const of = (id: string) => rows.find((row) => row.id === id)!;
    assert.equal(of('PAC-SALE-01').verdict, 'failed');
    const failed = of('PAC-SALE-01').findings.flatMap(({ check, outcome }) =>
      outcome === 'failed' ? check.split('/')[1] : [],
    );
    assert.deepEqual(failed, ['shows-captured', 'shows-nothing-false']);
    assert.equal(of('PAC-AUTH-01').verdict, 'review');
    assert.deepEqual(
      of('PAC-AUTH-01').attempts?.map(({ counts }) => counts),
      [false, true],
    );
  });
});
