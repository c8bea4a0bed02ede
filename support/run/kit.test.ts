import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, suite, test } from 'node:test';
import { temporaryFolder } from '../workshop/testing/command.ts';
import { root } from '../workshop/testing/github/stand-in.ts';
import { digestOfKit, digestOfLock } from './kit-digest.ts';

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
  for (const name of [
    'package.json',
    'support/run/kit.ts',
    'support/run/kit-digest.ts',
    'support/record/vocabulary.ts',
  ])
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

suite('the digest of the kit', () => {
  /** A kit with a source of each kind, and a package; `change` is given its root. */
  let made = 0;
  function kitWith(
    change: (write: (name: string, content: string) => void, root: string) => void = () => {},
  ) {
    const place = join(folder, `kit ${++made}`);
    const write = (name: string, content: string) => {
      mkdirSync(join(place, name, '..'), { recursive: true });
      writeFileSync(join(place, name), content);
    };
    write('package.json', '{\n  "name": "kit",\n  "dependencies": { "parser": "1.0.0" }\n}\n');
    write('package-lock.json', '{\n}\n');
    for (const name of ['support/Zeta.ts', 'support/alpha.ts', 'steps/a.steps.ts', 'features/ä/a.feature'])
      write(name, `${name}\nsecond line\n`);
    write('fixtures/openapi/contract.yaml', 'openapi: 3.0.0\n');
    write('node_modules/parser/package.json', '{"version":"1.0.0"}');
    change(write, place);
    return place;
  }
  const usual = digestOfKit(kitWith());

  const same: [what: string, change: Parameters<typeof kitWith>[0]][] = [
    ['in another folder', () => {}],
    [
      'with reports and settings',
      (write) => ['reports/1/messages.ndjson', '.env', 'notes.txt'].forEach((name) => void write(name, 'x')),
    ],
    [
      'with what tools leave beside the sources',
      (write) =>
        [
          'support/.DS_Store',
          'support/a.ts.orig',
          'fixtures/__pycache__/a.pyc',
          'support/.idea/a.ts',
        ].forEach((name) => void write(name, 'x')),
    ],
    ['with more in its packages', (write) => write('node_modules/parser/index.js', 'x')],
    [
      'with packages of its own tools',
      (write) => write('node_modules/other/package.json', '{"version":"1"}'),
    ],
    [
      'with CRLF',
      (write, root) =>
        ['support/alpha.ts', 'package.json'].forEach(
          (name) => void write(name, readFileSync(join(root, name), 'utf8').replaceAll('\n', '\r\n')),
        ),
    ],
    ['without the lock file, as an installed package', (_, root) => rmSync(join(root, 'package-lock.json'))],
    [
      'with packages above it, as an installed package',
      (_, root) => {
        rmSync(join(root, 'node_modules'), { recursive: true });
        mkdirSync(join(folder, 'node_modules/parser'), { recursive: true });
        writeFileSync(join(folder, 'node_modules/parser/package.json'), '{"version":"1.0.0"}');
      },
    ],
    ['with another list of known kits', (write) => write('support/review/kits/known-kits.json', '{}')],
  ];
  for (const [what, change] of same)
    test(`is the same ${what}`, () => assert.equal(digestOfKit(kitWith(change)), usual));

  const other: [what: string, change: Parameters<typeof kitWith>[0]][] = [
    ['a changed source', (write) => write('support/alpha.ts', 'export {}\n')],
    ['a changed feature', (write) => write('features/ä/a.feature', 'Feature:\n')],
    ['a changed contract', (write) => write('fixtures/openapi/contract.yaml', 'openapi: 3.1.0\n')],
    ['a source more, which the runner would load', (write) => write('steps/b.steps.ts', 'x')],
    ['a source less', (_, root) => rmSync(join(root, 'support/alpha.ts'))],
    [
      'a source under another name',
      (write, root) => {
        rmSync(join(root, 'support/alpha.ts'));
        write('support/beta.ts', 'support/alpha.ts\nsecond line\n');
      },
    ],
    [
      'another version of a package',
      (write) => write('node_modules/parser/package.json', '{"version":"1.0.1"}'),
    ],
    [
      'a link to a source elsewhere',
      (write, root) => {
        write('elsewhere.ts', 'x');
        symlinkSync(join(root, 'elsewhere.ts'), join(root, 'steps/c.steps.ts'));
      },
    ],
  ];
  for (const [what, change] of other)
    test(`is another with ${what}`, () => assert.notEqual(digestOfKit(kitWith(change)), usual));

  test('does not depend on the locale', () => {
    const script = `import(${JSON.stringify(new URL('./kit-digest.ts', import.meta.url).href)}).then((m) => process.stdout.write(m.digestOfKit(${JSON.stringify(kitWith())})))`;
    for (const locale of ['C', 'de_DE.UTF-8', 'tr_TR.UTF-8'])
      assert.equal(
        execFileSync(process.execPath, ['-e', script], {
          env: { ...clean, LC_ALL: locale, LANG: locale },
          encoding: 'utf8',
        }),
        usual,
      );
  });
  test('leaves the lock file to a digest of its own', () => {
    const changed = kitWith((write) => write('package-lock.json', '{ "a": 1 }'));
    assert.notEqual(digestOfLock(changed), digestOfLock(kitWith()));
    const crlf = kitWith((write) => write('package-lock.json', '{\r\n}\r\n'));
    assert.equal(digestOfLock(crlf), digestOfLock(kitWith()));
  });
});
