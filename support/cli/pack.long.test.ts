import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, suite, test } from 'node:test';
import { withoutKit } from '../drivers/command/path.ts';
import { digestOfKit } from '../run/kit-digest.ts';
import { asTyped } from '../run/terminal.ts';
import { temporaryFolder } from '../workshop/testing/command.ts';
import { root } from '../workshop/testing/github/stand-in.ts';

/** The folder of a project that has installed the kit as a package, as a partner does. */
const project = temporaryFolder();
const program = join(project, 'node_modules', 'dojo-conformance', 'dist', 'support', 'cli', 'installed.mjs');

const environment = (path = process.env.PATH!): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_|DOJO_)/.test(name))),
  PATH: path,
  NO_COLOR: '1',
});

function run(node: string, args: readonly string[]): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(node, args, {
    cwd: project,
    env: environment(withoutKit(process.env.PATH!)),
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

suite('the kit as a package of another project', () => {
  before(() => {
    const npm = (cwd: string, ...args: string[]) => {
      const { status, stdout, stderr } = spawnSync('npm', args, {
        cwd,
        env: environment(),
        encoding: 'utf8',
        shell: process.platform === 'win32',
      });
      assert.equal(status, 0, `npm ${args[0]}: ${stdout}${stderr}`);
    };
    npm(root, 'pack', '--pack-destination', project);
    writeFileSync(join(project, 'package.json'), '{"name":"a-shop","version":"1.0.0"}\n');
    const [file] = globSync('dojo-conformance-*.tgz', { cwd: project });
    npm(project, 'install', '--save-dev', '--prefer-offline', `./${file}`);
  });

  test('certifies the API, started by the Node of the machine', () => {
    const { code, stdout, stderr } = run('node', [
      program,
      ...['certify', '--pos', 'headless', '--fast', '--no-allure', '--rows', 'PAC-SALE-05'],
    ]);
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /PAC-SALE-05 +passed/);
    const page = /^Report: .*\((.*)\)$/m.exec(stdout)![1]!;
    assert.match(readFileSync(join(project, page, 'certification.html'), 'utf8'), /PAC-SALE-05/);
  });

  test('has the commands that a partner needs, started by its own Node too, and says what there is besides a wrong one', () => {
    const doctor = run(process.execPath, [program, 'doctor', '--pos', 'headless']);
    assert.deepEqual([doctor.code, doctor.stderr], [0, '']);
    assert.match(doctor.stdout, /A run can start/);
    const wrong = run(process.execPath, [program, 'certfy']);
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /^Expected a command of the kit, but "certfy" is none\./);
    const row = run(process.execPath, [program, 'row']);
    assert.equal(row.code, 2);
    assert.match(row.stderr, /npx dojo-conformance row PAC-SALE-05/);
  });

  test('is the same kit as the sources that it was built of, and another once it was changed', () => {
    const said = () => run(process.execPath, [program, 'kits']).stdout;
    const own = digestOfKit(root);
    assert.match(said(), new RegExp(`with the digest ${own}\\.`));
    const file = join(project, 'node_modules', 'dojo-conformance', 'dist', 'support', 'judging', 'judge.js');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, `${before}// changed\n`);
    assert.doesNotMatch(said(), new RegExp(own));
    writeFileSync(file, before.replaceAll('\n', '\r\n'));
    assert.match(said(), new RegExp(own));
  });

  test('holds no TypeScript, no tests and no wrong subjects, and types beside each module', () => {
    const dist = join(project, 'node_modules', 'dojo-conformance', 'dist');
    const files = globSync('**/*', { cwd: dist });
    assert.deepEqual(
      files.filter((file) =>
        /(?<!\.d)\.ts$|\.test\.|(^|[/\\])(mutants|testing|workshop)([/\\]|$)/.test(file),
      ),
      [],
    );
    for (const file of files.filter((one) => /\.js$/.test(one) && !/public/.test(one)))
      assert.ok(existsSync(join(dist, file.replace(/js$/, 'd.ts'))), file);
  });
});

test('names its commands as they are typed', () => {
  const text =
    'Type npm run certify -- doctor, npm run report -- DIR, or npm run row PAC-SALE-05; npm run fix is not there.';
  assert.equal(asTyped(text, false), text);
  assert.equal(
    asTyped(text, true),
    'Type npx dojo-conformance certify doctor, npx dojo-conformance report DIR, or npx dojo-conformance row PAC-SALE-05; npm run fix is not there.',
  );
});
