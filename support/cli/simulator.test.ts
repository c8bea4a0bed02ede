import assert from 'node:assert/strict';
import { test } from 'node:test';
import { command, freePort, temporaryFolder } from '../workshop/testing/command.ts';

const folder = temporaryFolder();

for (const signal of ['SIGTERM', 'SIGINT'] as const)
  test(`the simulator prints its one line when it is ready, serves, and stops on ${signal}`, async () => {
    const [port, adminPort] = [await freePort(), await freePort()];
    const { child, printed, ended } = command(
      ['simulator', '--port', String(port), '--admin-port', String(adminPort)],
      { cwd: folder },
    );
    try {
      const line = JSON.parse(await printed(/\n/));
      const url = `http://127.0.0.1:${port}`;
      const adminUrl = `http://127.0.0.1:${adminPort}`;
      assert.deepEqual(line, { ready: true, url, adminUrl });
      const headers = {
        authorization: 'Basic sk_sandbox_simulator',
        version: '2026-02-27',
        'software-house-id': 'softwareHouse1',
        'reseller-id': 'reseller1',
      };
      const terminals = await fetch(`${url}/terminals`, { headers });
      assert.equal(terminals.status, 200);
      assert.ok((await terminals.json()).length >= 4);
    } finally {
      child.kill(signal);
    }
    const { code, stdout, stderr } = await ended;
    assert.equal(code, 0, stderr);
    assert.equal(stdout.trim().split('\n').length, 1);
    assert.equal(stderr, '');
  });
