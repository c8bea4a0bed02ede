import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../../record/disk/temporary.ts';
import { withoutKit } from './path.ts';

const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url));
const joined = (...folders: string[]): string => folders.join(delimiter);

suite('where the programs of a driver are looked for', () => {
  test('is not among the modules of the kit', (t) => {
    const machine = temporaryFolder('machine');
    t.after(() => rmSync(machine, { recursive: true }));
    writeFileSync(join(machine, process.platform === 'win32' ? 'node.exe' : 'node'), '');
    const path = joined(
      join(modules, '.bin'),
      join(modules, 'node', 'bin'),
      '/elsewhere/node_modules/.bin',
      machine,
    );
    assert.equal(withoutKit(path), joined('/elsewhere/node_modules/.bin', machine));
  });
  test('is there all the same, where the machine has no node of its own', () => {
    const path = joined(join(modules, '.bin'), '/nowhere');
    assert.equal(withoutKit(path), path);
  });
});
