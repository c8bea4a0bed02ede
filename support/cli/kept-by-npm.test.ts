import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { suite, test } from 'node:test';
import { root } from '../workshop/testing/github/stand-in.ts';

/** What `npm run` with these words says and ends with, in the kit's own folder. */
function npmRun(...words: string[]): Promise<{ code: number | null; said: string }> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_TEST|DOJO_)/.test(name)),
  );
  const child = spawn('npm', ['run', '--silent', ...words], {
    cwd: root,
    env,
    shell: process.platform === 'win32',
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  return new Promise((ended) => child.on('close', (code) => ended({ code, said: said.trim() })));
}

suite('an option that npm kept for itself is refused, with the words to type', () => {
  const cases: [typed: string[], kept: string, words: string][] = [
    [
      ['certify', '--profile=/no/till.yaml', '--rows=PAC-CFG-05'],
      '--profile, --rows',
      'certify -- --profile=/no/till.yaml --rows=PAC-CFG-05',
    ],
    [['certify', '--rows', 'PAC-CFG-05'], '--rows', 'certify -- --rows=PAC-CFG-05'],
    [
      ['certify', '--pos', 'headless', '--rows', 'PAC-CFG-05'],
      '--pos, --rows',
      'certify -- --pos=<till> --rows=<ids>',
    ],
    [
      ['certify', 'doctor', '--fast', '--no-allure', '--out=a folder'],
      '--fast, --out, --no-allure',
      'certify -- doctor --fast "--out=a folder" --no-allure',
    ],
    [['certify', 'verify', 'runs/1', '--head=00'], '--head', 'certify -- verify runs/1 --head=00'],
    [['report', 'runs/1', '--no-allure'], '--no-allure', 'report -- runs/1 --no-allure'],
    [['prove', '--kind=till'], '--kind', 'prove -- --kind=till'],
    [['simulator', '--admin-port', '0'], '--admin-port', 'simulator -- --admin-port=0'],
    [
      ['nightly', 'certify', '--out=x', '--rows=PAC-CFG-05'],
      '--rows, --out',
      'nightly -- certify --rows=PAC-CFG-05 --out=x',
    ],
    [['nightly', 'tell', 'night', '--watch=x'], '--watch', 'nightly -- tell night --watch=x'],
  ];
  for (const [typed, kept, words] of cases)
    test(`npm run ${typed.join(' ')}`, async () => {
      const { code, said } = await npmRun(...typed);
      assert.equal(
        said,
        `npm kept ${kept} for itself, because no -- stands before the options. Type: npm run ${words} (KIT-OPTION-002)`,
      );
      assert.equal(code, 2);
    });
});

test('what stands after -- reaches the command, whatever npm knows of the same name', async () => {
  const { code, said } = await npmRun('certify', '--rows=PAC-NO-01', '--', '--rows=PAC-NO-02');
  assert.match(said, /no row "PAC-NO-02"/);
  assert.equal(code, 2);
});
