import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import '../checklists/index.ts';
import { loadChecklist } from '../checklist/index.ts';
import type { CertificateRow } from '../judging/index.ts';
import { builtIn, loadProfile } from '../profile/index.ts';
import { Blocked } from '../record/blocked.ts';
import { readStream, recordingOf } from '../record/disk/stored-stream.ts';
import type { Write } from '../record/disk/stream-file.ts';
import { media } from '../record/stream.ts';
import { contractFrom } from '../run/contract.ts';
import { exitCodeOf, summary } from '../run/progress.ts';
import { type RunOptions, runRows } from '../run/run.ts';
import { called, temporaryFolder } from '../workshop/testing/command.ts';
import { main as certify } from './certify.ts';

const folder = temporaryFolder();
const checklist = loadChecklist();
const contract = contractFrom(undefined);
const profile = loadProfile(builtIn.headless);
const row = checklist.rows.find(({ id }) => id === 'PAC-SALE-01')!;

/** Steps and hooks that go wrong, each in a way of its own. */
const steps = join(folder, 'wrong.steps.ts');
writeFileSync(
  steps,
  `import { After, Before, Given, Then } from ${JSON.stringify(import.meta.resolve('@cucumber/cucumber'))};
Given('a pending step', () => 'pending');
Given('a skipped step', () => 'skipped');
Given('an ambiguous step', () => {});
Given(/^an ambiguous (step)$/, (_) => {});
Given('a step that throws', () => { throw new Error('the step broke'); });
Given('a step that throws nothing', () => { throw undefined; });
Given('a step that never waits for what fails', () => { Promise.reject(new Error('nobody waited for it')); });
Given('a step whose worker ends', () => { process.exit(0); });
Given('a step whose worker breaks', () => {
  setImmediate(() => {
    process.removeAllListeners('uncaughtException');
    throw new Error('the worker broke');
  });
  return new Promise(() => {});
});
Then('a Then that returns early', () => {});
Before({ tags: '@broken-before' }, () => { throw new Error('the hook before broke'); });
Before({ tags: '@skipping-before' }, () => 'skipped');
After({ tags: '@broken-after' }, () => { throw new Error('the hook after broke'); });
`,
);

const whole = [
  'Given a card machine whose next card is inserted',
  'When the POS takes a sale of £A',
  'Then the terminal session ends as "Captured"',
  'And the card was inserted',
  'And the POS shows the outcome "Captured"',
];

let runs = 0;
/** Runs a feature of the test's own in the place of the kit's. */
async function run(feature: string, more: Partial<RunOptions> = {}) {
  const name = `run-${++runs}`;
  mkdirSync(join(folder, name), { recursive: true });
  const features = join(folder, name, 'wrong.feature');
  writeFileSync(features, feature);
  const { certificate, said } = await runRows({
    profile,
    ownTill: false,
    upstream: { kind: 'embedded' },
    rows: [row],
    checklist,
    contract,
    workers: 0,
    fast: false,
    allure: false,
    out: join(folder, name),
    id: name,
    say: () => {},
    features,
    steps: [steps],
    ...more,
  });
  return {
    row: certificate.rows[0]!,
    certificate,
    said,
    code: exitCodeOf(certificate),
    shown: summary(certificate),
  };
}

const scenario = (lines: readonly string[], tags = '', { id } = row): string =>
  [
    'Feature: Wrong',
    `  @${id} @mandatory ${tags}`,
    '  Scenario: Wrong',
    ...lines.map((line) => `    ${line}`),
  ].join('\n');

const explained = ({ why, trouble }: CertificateRow): string =>
  [why, ...trouble.map(({ message }) => message)].join('\n');

suite('a row is never green by accident', () => {
  test('the same scenario without a mistake is passed, so that it is the mistakes that count', async () => {
    const { row: judged, code } = await run(scenario(whole));
    assert.equal(judged.verdict, 'passed', explained(judged));
    assert.equal(code, 0);
  });

  const mistakes: [what: string, lines: string[], says: RegExp, tags?: string][] = [
    ['a step is undefined', [...whole, 'And the moon is full'], /"the moon is full" was undefined/],
    ['a step is pending', [...whole, 'And a pending step'], /"a pending step" was pending/],
    ['a step skips the rest', [...whole, 'And a skipped step'], /"a skipped step" was skipped/],
    ['a step is ambiguous', [...whole, 'And an ambiguous step'], /"an ambiguous step" was ambiguous/],
    ['a step throws', [...whole, 'And a step that throws'], /the step broke/],
    [
      'a step throws nothing',
      [...whole, 'And a step that throws nothing'],
      /"a step that throws nothing" was failed|undefined/,
    ],
    ['a hook before it fails', whole, /the hook before broke/, '@broken-before'],
    ['a hook before it skips it', whole, /was skipped|not executed/, '@skipping-before'],
    ['a hook after it fails', whole, /the hook after broke/, '@broken-after'],
    ['it ends too early', whole.slice(0, 3), /not executed: card-was-inserted/],
    [
      'a Then asks for nothing',
      [...whole.slice(0, 3), 'Then a Then that returns early'],
      /not executed: card-was-inserted/,
    ],
    ['it has no step at all', [], /not executed|not run|broken off/],
  ];
  for (const [what, lines, says, tags] of mistakes)
    test(`when ${what}`, async () => {
      const { row: judged, code, shown } = await run(scenario(lines, tags));
      assert.match(judged.verdict, /^(incomplete|blocked)$/, explained(judged));
      assert.match(explained(judged), says);
      assert.equal(code, 3);
      assert.match(shown, says);
    });

  test('when there is no feature file', async () => {
    const { row: judged, code } = await run('', { features: 'nowhere/*.feature' });
    assert.equal(judged.verdict, 'incomplete');
    assert.match(judged.why, /was not run/);
    assert.equal(code, 3);
  });
  test('when its scenario is not there', async () => {
    const { row: judged, code } = await run('Feature: Empty');
    assert.equal(judged.verdict, 'incomplete');
    assert.match(judged.why, /was not run/);
    assert.equal(code, 3);
  });
  test('when its feature file cannot be read', async () => {
    const { row: judged, code, said } = await run(`${scenario(whole)}\n    Whatever this is`);
    assert.equal(judged.verdict, 'incomplete');
    assert.equal(code, 3);
    assert.match(said, /wrong\.feature.*\n?.*expected/i);
  });
  test('when it is there twice', async () => {
    const twice = `${scenario(whole)}\n${scenario(whole).split('\n').slice(1).join('\n')}`;
    await assert.rejects(run(twice), /PAC-SALE-01 is in the stream more often/);
  });
});

suite('a run that breaks is not green', () => {
  const other = checklist.rows.find(({ id }) => id === 'PAC-SALE-05')!;
  const [, ...second] = scenario(whole, '', other).split('\n');
  for (const [step, says] of [
    ['a step whose worker ends', /broken off: .*Worker \d exited unexpectedly.*run again/],
    ['a step whose worker breaks', /broken off: .*Error on worker \d.*run again/],
  ] as const)
    test(`by ${step}`, async () => {
      const feature = [scenario([...whole, `And ${step}`]), ...second].join('\n');
      const { row: judged, certificate, code, said } = await run(feature, { rows: [row, other], workers: 2 });
      assert.equal(judged.verdict, 'incomplete', explained(judged));
      assert.equal(certificate.run.finishedAt, null, 'a run whose worker died did not come to its end');
      assert.equal(code, 3);
      assert.match(said, says);
    });

  const full = () => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  /** A disk that takes so many bytes, and of what is more nothing but a part. */
  const diskOf = (space: number): Write => {
    let left = space;
    return (file, bytes, from) => {
      if (left <= 0) throw full();
      const count = Math.min(left, bytes.length - from);
      left -= count;
      return writeSync(file, bytes, from, count);
    };
  };
  /** A disk that takes all but the record of the end. */
  const fullAtTheEnd: Write = (file, bytes, from) => {
    if (Buffer.from(bytes).includes(media.finished)) throw full();
    return writeSync(file, bytes, from);
  };
  for (const [when, disk] of [
    ['at once', () => diskOf(0)],
    ['in the middle', (size: number) => diskOf(Math.floor(size / 2))],
    ['just before its end', () => fullAtTheEnd],
  ] as const)
    test(`by a disk that is full ${when}`, async () => {
      let size = 0;
      const counted: Write = (file, bytes, from) => {
        size += bytes.length - from;
        return writeSync(file, bytes, from);
      };
      await run(scenario(whole), { write: counted });
      await assert.rejects(
        run(scenario(whole), { write: disk(size) }),
        (error) =>
          error instanceof Blocked &&
          /messages\.ndjson, but there is no space left on its disk \(ENOSPC\)/.test(error.message) &&
          /run again/.test(error.advice),
      );
      const out = join(folder, `run-${runs}`);
      for (const view of ['certification.json', 'certification.html'])
        assert.ok(!existsSync(join(out, view)));
      const { lines, chain, left } = readStream(out);
      assert.ok(
        chain!.links.length === lines.length || left?.why === 'not chained',
        `${lines.length} lines, ${chain!.links.length} of them chained; left over: ${JSON.stringify(left)}`,
      );
      if (lines.length) assert.equal(recordingOf(readStream(out)).finishedAt, null);
    });
  test('by a disk that refuses the certificate', async () => {
    mkdirSync(join(folder, `run-${runs + 1}`, 'certification.json'), { recursive: true });
    await assert.rejects(
      run(scenario(whole)),
      (error) => error instanceof Blocked && /certification\.json/.test(error.message),
    );
    assert.ok(!existsSync(join(folder, `run-${runs}`, 'certification.html')));
  });
  test('by a shard that holds nothing', async () => {
    const args = ['--pos', 'headless', '--rows', row.id, '--shard', '2/2', '--out', join(folder, 'empty')];
    const { code, stdout, stderr } = await called(certify, args);
    assert.equal(code, 2, stdout);
    assert.match(stderr, /Expected at least one row, but .*--shard together select none/);
    assert.ok(!existsSync(join(folder, 'empty')));
  });
});
