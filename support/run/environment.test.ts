import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import '../checklists/index.ts';
import { builtIn, loadProfile } from '../profile/index.ts';
import { readStream, recordingOf } from '../record/disk/stored-stream.ts';
import { createRedaction } from '../traffic/redaction/index.ts';
import { command, temporaryFolder } from '../workshop/testing/command.ts';
import { environmentOf, profileRecord } from './environment.ts';

const folder = temporaryFolder();
const key = 'sk_sandbox_AbCdEf0123456789AbCdEf01';

suite('the record of how a run was started', () => {
  const profile = loadProfile(builtIn.headless);

  test('holds the command line without secrets and without places on the machine', () => {
    const env = { DOJO_CANARY: 'canary-7f3e9c1b2a', DOJO_API_KEY: key };
    const words = [
      `--import=${pathToFileURL('/home/somebody/hook.mjs').href}`,
      'certify',
      '--profile',
      join(folder, 'till.yaml'),
      `--out=${join(folder, 'out')}`,
      '--upstream',
      'https://user:pass-word-1@api.example.com',
      'canary-7f3e9c1b2a',
      key,
    ];
    const { commandLine } = environmentOf(words, profile, env);
    const said = commandLine.join(' ');
    for (const secret of ['somebody', folder, 'pass-word-1', 'canary-7f3e9c1b2a', key])
      assert.ok(!said.includes(secret), said);
    assert.deepEqual(commandLine.slice(0, 5), [
      '--import=hook.mjs',
      'certify',
      '--profile',
      'till.yaml',
      '--out=out',
    ]);
  });
  test('says whether servers were verified, and what serves the display', () => {
    const plain = environmentOf([], profile, {});
    assert.equal(plain.unverifiedServers, false);
    assert.equal(plain.nodeOptionsCleared, false);
    assert.equal(plain.display, undefined);
    assert.equal(environmentOf([], profile, { NODE_TLS_REJECT_UNAUTHORIZED: '0' }).unverifiedServers, true);
    const page = 'http://127.0.0.1:{port}/';
    const driver = { kind: 'command', command: ['till'], see: { page, display: {} } };
    assert.deepEqual(environmentOf([], { ...profile, driver: driver as never }, {}).display, {
      servedBy: 'command',
      page,
    });
  });
  test('holds what the profile says, by a digest that is the same for the same words', () => {
    const secret = { ...profile, written: { name: 'Till', login: { password: 'open sesame 12' }, key } };
    const one = profileRecord(secret, {});
    assert.deepEqual(one.content, { name: 'Till', login: { password: '…' }, key: '…' });
    assert.equal(profileRecord(secret, {}).sha256, one.sha256);
    const turned = { ...profile, written: { key, login: { password: 'another one' }, name: 'Till' } };
    assert.equal(
      profileRecord(turned, {}).sha256,
      one.sha256,
      'neither the order nor a secret is part of it',
    );
    const other = { ...profile, written: { ...secret.written, name: 'Till 2' } };
    assert.notEqual(profileRecord(other, {}).sha256, one.sha256);
    const text = JSON.stringify(one);
    assert.equal(createRedaction().jsonText(text), text, 'what sealing searches for secrets holds none');
  });
});

test('a kit that finds NODE_OPTIONS starts its own Node without it, and says so', async () => {
  const hook = join(folder, 'hook.mjs');
  writeFileSync(hook, 'process.stdout.write("hooked " + process.argv.length + "\\n");');
  const run = ['--pos', 'headless', '--rows', 'PAC-PI-01', '--no-allure', '--out', 'run'];
  const { code, stdout, stderr } = await command(['certify', ...run], {
    cwd: folder,
    env: { NODE_OPTIONS: `--import=${pathToFileURL(hook).href}` },
  }).ended;
  assert.equal(code, 0, stdout + stderr);
  assert.match(
    stderr,
    /^Note: NODE_OPTIONS is set \(--import=.*hook\.mjs\)\. The kit starts its own Node without it\.$/m,
  );
  assert.equal(stdout.match(/hooked/g)?.length, 1, 'in the Node that only starts the other');
  const { environment, kit, profile } = recordingOf(readStream(join(folder, 'run'))).run;
  assert.equal(environment?.nodeOptionsCleared, true);
  assert.deepEqual(environment?.commandLine, ['certify', ...run]);
  assert.match(kit.digest ?? '', /^[0-9a-f]{64}$/);
  assert.equal((profile!.content as { name: string }).name, 'Headless till');
  const usage = await command(['certify', '--nonsense'], {
    cwd: folder,
    env: { NODE_OPTIONS: '--no-warnings' },
  }).ended;
  assert.equal(usage.code, 2, 'its exit code is passed on');
});
