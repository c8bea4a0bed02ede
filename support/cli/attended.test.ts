import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { command, temporaryFolder } from '../workshop/testing/command.ts';

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
    assert.equal((await fetch(url.replace(/[^/]+\/$/, 'guessed/'))).status, 404);
    assert.match((await post('begin', { by: ' ' })) ?? '', /Write your name/);
    assert.equal(await post('begin', { by: 'Anna Smith' }), undefined);
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
    assert.match(stderr, /Interrupted by SIGINT: 2 of 2 rows did not end/);
  });
  test('runs one row after the other', async () => {
    const { code, stderr } = await command(
      ['certify', '--profile', profile, '--parallel', '2', '--out', 'two'],
      { cwd: folder },
    ).ended;
    assert.equal(code, 2);
    assert.match(
      stderr,
      /Expected one row after the other where a person drives the POS.*\(KIT-PARALLEL-003\)/,
    );
  });
});
