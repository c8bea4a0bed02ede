import assert from 'node:assert/strict';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { called } from '../workshop/testing/command.ts';
import { sandboxRig } from '../workshop/testing/sandbox.ts';
import { main as verify } from './verify.ts';

/** Numbers of requests after which a run is interrupted; the first lists the card machines, before anything is made. */
const moments = [2, 8, 24, 45, 73];

/** Between them they make sessions of every kind, authorizations, refunds and a subscription. */
const payments = ['PAC-PI-09', 'PAC-SALE-05', 'PAC-SALE-12', 'PAC-AUTH-02', 'PAC-AUTH-04', 'PAC-RFS-01'];

/** This one has the kit itself make sixty payment intents. */
const list = ['PAC-PI-06'];

/** What the runs have left. It is looked at once they are over: to do so keeps this process, and their upstream in it, busy. */
const left: string[] = [];

suite('a run that is interrupted at any moment leaves nothing open', {
  concurrency: 4,
}, () => {
  for (const [index, after] of moments.entries()) {
    // Every third run has two tills, in threads of their own.
    const parallel = index % 3 === 2 ? '2' : '1';
    const rows = index % 4 === 1 ? list : payments;
    test(`${rows[0]} and so on, after ${after} requests, ${parallel} at a time`, async () => {
      const { sandbox, start, folder } = await sandboxRig({ latencyMs: 40 });
      const { child, ended } = start('run', ['--rows', rows.join(), '--parallel', parallel]);
      await Promise.race([sandbox.arrived((_, count) => count >= after), ended]);
      child.kill('SIGINT');
      const { code, stdout, stderr } = await ended;
      assert.equal(code, 3, stdout + stderr);
      assert.match(stderr, /^Interrupted by SIGINT: /m);
      assert.doesNotMatch(stdout, /could not be ended|did not come to rest/);
      assert.deepEqual(await sandbox.open(), []);
      left.push(join(folder, 'run'));
    });
  }
});

test('what they leave is whole as far as it goes', async () => {
  assert.equal(left.length, moments.length);
  for (const run of left) {
    const verified = await called(verify, [run]);
    assert.equal(verified.code, 0, verified.stderr);
  }
});
