import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { before, suite, test } from 'node:test';
import { temporaryFolder } from '../workshop/testing/command.ts';
import { root } from '../workshop/testing/github/stand-in.ts';

const folder = temporaryFolder();
const clean = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(GIT_|NODE_TEST)/.test(name)),
);
const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
    cwd,
    env: clean,
    encoding: 'utf8',
  }).trim();

/** What a kit in that folder says it is. */
const commitOf = (kit: string, env: Readonly<Record<string, string>> = {}): string =>
  execFileSync(
    process.execPath,
    ['-e', "import('./support/run/kit.ts').then(({ kit }) => process.stdout.write(kit().commit))"],
    { cwd: kit, env: { ...clean, ...env }, encoding: 'utf8' },
  );

/** As much of the kit as says what it is. */
function copied(to: string): string {
  for (const folder of ['run', 'record']) mkdirSync(join(to, 'support', folder), { recursive: true });
  for (const name of ['package.json', 'support/run/kit.ts', 'support/record/vocabulary.ts'])
    cpSync(join(root, name), join(to, name));
  symlinkSync(join(root, 'node_modules'), join(to, 'node_modules'), 'junction');
  return to;
}

suite('the commit of the kit', () => {
  const shop = join(folder, 'shop');
  const own = join(folder, 'own');
  let inShop = '';
  before(() => {
    git(folder, 'init', '--quiet', shop);
    git(shop, 'commit', '--quiet', '--allow-empty', '--message', "the shop's own");
    inShop = copied(join(shop, 'tools', 'kit'));
    copied(own);
    git(own, 'init', '--quiet');
    git(own, 'add', 'package.json', 'support');
    git(own, 'commit', '--quiet', '--message', 'the kit');
  });

  test('is that of its own repository, and says whether files are changed', () => {
    const commit = git(own, 'rev-parse', '--short=12', 'HEAD');
    assert.equal(commitOf(own), `${commit}-changed`, 'node_modules is neither ignored nor committed');
    git(own, 'add', 'node_modules');
    git(own, 'commit', '--quiet', '--message', 'and what it needs');
    assert.equal(commitOf(own), git(own, 'rev-parse', '--short=12', 'HEAD'));
  });
  test('is unknown in a repository that merely holds a copy of it', () => {
    assert.equal(commitOf(inShop), 'unknown');
  });
  test('is never that of the repository whose hook runs it', () => {
    const hook = {
      GIT_DIR: join(shop, '.git'),
      GIT_WORK_TREE: shop,
      GIT_INDEX_FILE: join(shop, '.git', 'index'),
    };
    assert.equal(commitOf(own, hook), commitOf(own));
    assert.equal(commitOf(inShop, hook), 'unknown');
  });
  test('is unknown without a repository', () => {
    assert.equal(commitOf(copied(join(folder, 'unpacked'))), 'unknown');
  });
});
