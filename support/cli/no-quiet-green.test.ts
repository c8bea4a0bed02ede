import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { type Catalogue, loadCatalogue } from '../checklist/index.ts';
import { builtIn, loadProfile } from '../profile/index.ts';
import type { CertificateRow } from '../verdict/index.ts';
import { contractFrom } from './contract.ts';
import { exitCodeOf, summary } from './progress.ts';
import { type RunOptions, runRows } from './run.ts';
import { temporaryFolder } from './testing/command.ts';

const folder = temporaryFolder();
const catalogue: Catalogue = loadCatalogue();
const contract = contractFrom(undefined);
const profile = loadProfile(builtIn.headless);
const row = catalogue.rows.find(({ id }) => id === 'PAC-SALE-01')!;

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
Then('a Then that returns early', () => {});
Before({ tags: '@broken-before' }, () => { throw new Error('the hook before broke'); });
Before({ tags: '@skipping-before' }, () => 'skipped');
After({ tags: '@broken-after' }, () => { throw new Error('the hook after broke'); });
`,
);

const whole = [
  'Given a card machine whose next card is inserted',
  'When the POS takes a sale of £10.00',
  'Then the terminal session ends as "Captured"',
  'And the card was inserted',
  'And the POS shows the outcome "Captured"',
];

let runs = 0;
/** Runs a feature of the test's own in the place of the kit's. */
async function run(feature: string, more: Partial<RunOptions> = {}) {
  const name = `run-${++runs}`;
  mkdirSync(join(folder, name));
  const features = join(folder, name, 'wrong.feature');
  writeFileSync(features, feature);
  const { certificate, said } = await runRows({
    profile,
    ownTill: false,
    upstream: { kind: 'embedded' },
    rows: [row],
    catalogue,
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

const scenario = (lines: readonly string[], tags = ''): string =>
  [
    'Feature: Wrong',
    `  @${row.id} @mandatory ${tags}`,
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
    await assert.rejects(run(twice), /PAC-SALE-01 is in the stream twice/);
  });
});
