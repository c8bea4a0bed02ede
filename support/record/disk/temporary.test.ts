import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { sweepTemporary, temporaryFolder } from './temporary.ts';

const module = pathToFileURL(join(import.meta.dirname, 'temporary.ts')).href;

test('what a killed process left goes at the next start, and what is in use stays', async () => {
  const own = temporaryFolder('test');
  const other = spawn(process.execPath, [
    '--input-type=module',
    '-e',
    `const { temporaryFolder } = await import(${JSON.stringify(module)});
     console.log(temporaryFolder('test')); setInterval(() => {}, 1000);`,
  ]);
  const [line] = (await once(other.stdout, 'data')) as [Buffer];
  const left = String(line).trim();
  const reused = own.replace(/-(\d+)-(\d+)-test-/, (_, pid: string) => `-${pid}-1000-test-`);
  mkdirSync(reused);
  try {
    assert.ok(existsSync(left));
    sweepTemporary();
    assert.ok(existsSync(own) && existsSync(left));
    // Only Linux tells when a process began.
    assert.equal(existsSync(reused), process.platform !== 'linux');
    other.kill('SIGKILL');
    await once(other, 'close');
    sweepTemporary();
    assert.ok(existsSync(own) && !existsSync(left));
  } finally {
    other.kill('SIGKILL');
    for (const folder of [own, left, reused]) rmSync(folder, { recursive: true, force: true });
  }
});

test('the kit and its tests make temporary folders in no other way', () => {
  const root = join(import.meta.dirname, '..', '..', '..');
  const makers = globSync('{fixtures,steps,support}/**/*.{ts,mjs}', { cwd: root }).filter((file) =>
    /\bmkdtemp\w*\(join\(tmpdir\(/.test(readFileSync(join(root, file), 'utf8')),
  );
  assert.deepEqual(makers, [join('support', 'record', 'disk', 'temporary.ts')]);
});
