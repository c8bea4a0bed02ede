import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { command, temporaryFolder } from '../workshop/testing/command.ts';

const nowhere = {
  HTTP_PROXY: 'http://127.0.0.1:9',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  NO_PROXY: 'example.com',
};

for (const [how, env] of [
  ['NODE_USE_ENV_PROXY', { NODE_USE_ENV_PROXY: '1' }],
  ['--use-env-proxy', { NODE_OPTIONS: '--use-env-proxy' }],
] as const)
  test(`a proxy of the environment (${how}) reaches neither simulator nor gateway`, async () => {
    const folder = temporaryFolder();
    const run = ['--pos', 'headless', '--rows', 'PAC-PI-01', '--no-allure', '--out', join(folder, 'run')];
    const { code, stdout, stderr } = await command(['certify', ...run], {
      cwd: folder,
      env: { ...nowhere, ...env },
    }).ended;
    assert.match(stdout, /PAC-PI-01 +passed/, stdout + stderr);
    assert.equal(code, 0);
  });
