import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { command, type Ended } from '../workshop/testing/command.ts';
import { resolve, sandboxRig } from '../workshop/testing/sandbox.ts';

test('a run that was killed goes on: what its row left open is ended first, then that row is run again', async () => {
  const reached = Promise.withResolvers<void>();
  const killed = Promise.withResolvers<Ended>();
  // The run does not get to reverse what the row has authorized.
  const { sandbox, start, env, folder, verdicts } = await sandboxRig({
    outOfOrder: async (_, path) => {
      if (!path.endsWith('/reversal')) return null;
      reached.resolve();
      return (await killed.promise) && left ? null : 503;
    },
  });
  let left = '';
  const { child, ended } = start('run', ['--rows', 'PAC-CFG-04,PAC-PI-02']);
  await Promise.race([reached.promise, ended]);
  child.kill('SIGKILL');
  killed.resolve(await ended);
  left = (await sandbox.open()).join('\n');
  const [, intent] = /payment intent (\S+) Authorized/.exec(left) ?? [];
  assert.ok(intent, left);

  const before = sandbox.arrivals.length;
  const words = ['certify', '--resume', join(folder, 'run'), '--no-allure'];
  const { code, stdout, stderr } = await command(words, { cwd: folder, env, preload: resolve }).ended;
  assert.equal(code, 0, stdout + stderr);
  assert.match(stdout, /goes on with 1 row\b/);
  const since = sandbox.arrivals.slice(before).map(({ method, path }) => `${method} ${path}`);
  const reversed = since.indexOf(`POST /payment-intents/${intent}/reversal`);
  assert.ok(reversed >= 0 && reversed < since.indexOf('POST /payment-intents'), since.join('\n'));
  assert.deepEqual(await sandbox.open(), []);
  assert.deepEqual(verdicts('run'), { 'PAC-CFG-04': 'passed', 'PAC-PI-02': 'passed' });
});
