import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { mutants } from '../../fixtures/pay-at-counter/mutants/index.ts';
import { type Simulator, startSimulator } from '../../fixtures/simulator/index.ts';
import type { NightRecord } from '../nightly/index.ts';
import { freePort, temporaryFolder } from './testing/command.ts';
import { GitHub, type Ran, root } from './testing/github/runner.ts';

const folder = temporaryFolder();
const rows = ['PAC-CFG-05', 'PAC-PI-01', 'PAC-SALE-01', 'PAC-SALE-02'];
const secrets = {
  DOJO_API_KEY: 'sk_sandbox_some_secret_key',
  DOJO_SOFTWARE_HOUSE_ID: 'softwareHouse1',
  DOJO_RESELLER_ID: 'reseller1',
};
/** An upstream that changed one answer: `totalAmount` leaves out the gratuity of PAC-SALE-02. */
const changed = mutants.find(({ id }) => id === 'total-without-parts')!.upstream!;

/** The commands and their output, for a test that fails. */
const log = ({ commands }: Ran): string =>
  commands.map(({ name, code, output }) => `--- ${name}: ${code}\n${output}`).join('\n');

const codes = ({ commands }: Ran): (number | null)[] =>
  commands.filter(({ name }) => name !== 'npm ci').map(({ code }) => code);

/** The artifacts of a run that have such a name. */
const named = (github: GitHub, run: number, name: RegExp): string[] =>
  readdirSync(github.artifact(run)).filter((one) => name.test(one));

/** The line of a table that begins with a row. */
const line = (markdown: string, id: string): string =>
  markdown.split('\n').find((text) => text.startsWith(`| [${id}](`)) ?? '';

suite('nights in GitHub Actions', () => {
  const hub = join(folder, 'nights');
  let github: GitHub;
  let simulator: Simulator;
  after(() => simulator.close());
  const nights: Record<'good' | 'bad' | 'dark' | 'mended', Ran> = {} as never;
  const issues: Record<string, GitHub['issues']> = {};
  const night = (id: number, options: string) =>
    github.run({
      workflow: '.github/workflows/nightly.yml',
      id,
      inputs: { options: `--pos headless --rows ${rows.join()} ${options}` },
      secrets,
    });
  const kept = (id: number): NightRecord =>
    JSON.parse(readFileSync(github.artifact(id, 'nightly-verdicts', 'verdicts.json'), 'utf8'));

  before(async () => {
    mkdirSync(hub);
    github = new GitHub(hub);
    simulator = await startSimulator();
    const { url, adminUrl } = simulator;
    const ports = { port: Number(new URL(url).port), adminPort: Number(new URL(adminUrl).port) };
    const there = `--upstream ${url} --admin-url ${adminUrl}`;
    nights.good = await night(101, there);
    issues.good = github.issues;
    await simulator.close();
    simulator = await startSimulator({ ...ports, behaviour: changed });
    nights.bad = await night(102, there);
    issues.bad = github.issues;
    nights.dark = await night(103, `--upstream http://127.0.0.1:${await freePort()}`);
    issues.dark = github.issues;
    await simulator.close();
    simulator = await startSimulator(ports);
    nights.mended = await night(104, there);
    issues.mended = github.issues;
  });

  test('a good one is green, tells of each row, and opens no issue', () => {
    assert.ok(nights.good.ok, log(nights.good));
    assert.deepEqual(codes(nights.good), [0, 0, 0, 0, 0], log(nights.good));
    const { summary } = nights.good;
    assert.match(summary, /^## 🟢 All rows stand as expected$/m);
    assert.match(summary, /no earlier night to compare with/);
    assert.match(
      summary,
      /\[certificate and evidence\]\(https:\/\/github\.invalid\/artifacts\/certificate\)/,
    );
    assert.match(summary, /\[log of the run\]\(https:\/\/github\.invalid\/maker\/till\/actions\/runs\/101\)/);
    for (const id of rows)
      assert.match(line(summary, id), id === 'PAC-CFG-05' ? /➖ Not applicable/ : /✅ Passed/);
    assert.match(
      line(summary, 'PAC-SALE-01'),
      /\(https:\/\/github\.invalid\/maker\/till\/blob\/0123abc\/docs\/rows\.md#pac-sale-01-/,
    );
    assert.deepEqual(issues.good, []);
  });
  test('a bad one is red, shows the row that changed first, and opens one issue', () => {
    assert.equal(nights.bad.ok, false);
    assert.deepEqual(codes(nights.bad), [0, 0, 0, 0, 1], log(nights.bad));
    const { summary } = nights.bad;
    assert.match(summary, /^## 🔴 1 mandatory row not as expected: PAC-SALE-02$/m);
    assert.match(
      line(summary, 'PAC-SALE-02'),
      /mandatory \| 🔴 not as expected \| ✅ Passed \| ✅ Passed \| ❌ Failed \| .*total-adds-up: .*total £10\.45/,
    );
    assert.match(
      summary,
      /Compared with the night of \[.*\]\(https:\/\/github\.invalid\/maker\/till\/actions\/runs\/101\)/,
    );
    const [issue, ...more] = issues.bad!;
    assert.deepEqual(more, []);
    assert.deepEqual(
      [issue!.state, issue!.label, issue!.title],
      ['open', 'nightly', 'nightly: PAC-SALE-02 was passed and is failed'],
    );
    assert.match(line(issue!.body, 'PAC-SALE-02'), /\| ✅ Passed \| ❌ Failed \| .* \| total-adds-up: /);
    assert.match(issue!.body, /actions\/runs\/102/);
    assert.match(issue!.body, /closes by itself once/);
  });
  test('one without network is red, says why, blames no row, and leaves the issue open', () => {
    assert.equal(nights.dark.ok, false);
    assert.deepEqual(codes(nights.dark), [3, 3, 3, 0, 3], log(nights.dark));
    const { summary } = nights.dark;
    assert.match(summary, /^## ⛔ Not judged tonight$/m);
    assert.match(
      summary,
      /^- Shards 1\/3, 2\/3, 3\/3 left no record: The upstream .* can't be reached: .*ECONNREFUSED/m,
    );
    assert.doesNotMatch(summary, /❌ Failed \|/);
    const [issue] = issues.dark!;
    assert.equal(issue!.state, 'open');
    assert.equal(issue!.body, issues.bad![0]!.body);
    assert.equal(issue!.comments.length, 1);
    assert.match(
      issue!.comments[0]!,
      /^Not judged tonight, so this stays open\. .*runs\/103.*\n\n- Shards .* can't be reached/,
    );
    assert.deepEqual(kept(103), kept(102));
  });
  test('one on which the row is back is green, and closes the issue', () => {
    assert.ok(nights.mended.ok, log(nights.mended));
    assert.match(nights.mended.summary, /^## 🟢 Back as expected: PAC-SALE-02$/m);
    const [issue, ...more] = issues.mended!;
    assert.deepEqual(more, []);
    assert.equal(issue!.state, 'closed');
    assert.match(
      issue!.comments.at(-1)!,
      /^🟢 Closed, for tonight back as expected: PAC-SALE-02\. .*runs\/104/,
    );
    assert.equal(kept(104).issue, null);
  });
  test('each keep certificate, evidence and verdicts, as far as there are any', () => {
    for (const id of [101, 102, 104]) {
      assert.ok(existsSync(github.artifact(id, 'certificate', 'certification.html')));
      assert.ok(existsSync(github.artifact(id, 'shard-2', 'messages.ndjson')));
      assert.ok(kept(id).rows['PAC-SALE-01']);
    }
    assert.ok(existsSync(github.artifact(103, 'shard-0', 'outcome.json')));
  });
  test('show no key', () => {
    for (const { summary, commands } of Object.values(nights))
      assert.doesNotMatch(summary + commands.map(({ output }) => output).join(''), /some_secret/);
  });
});

suite('a till that is certified from its own repository', () => {
  const repository = join(folder, 'till');
  const call = (id: number, inputs: Readonly<Record<string, string>>) => {
    const hub = join(folder, `hub-${id}`);
    mkdirSync(hub);
    const github = new GitHub(hub);
    const profile = { kit: 'maker/kit', 'kit-ref': 'v1', profile: 'dojo/till.yaml' };
    const run = {
      workflow: '.github/workflows/certify.yml',
      id,
      inputs: { ...profile, ...inputs },
      repository,
    };
    return github.run(run).then((ran) => ({ ran, github }));
  };
  before(() => {
    mkdirSync(join(repository, 'dojo'), { recursive: true });
    copyFileSync(
      join(root, 'fixtures/pay-at-counter/profiles/headless.yaml'),
      join(repository, 'dojo', 'till.yaml'),
    );
  });

  test('is started by its own command, judged by its profile, and its rows link to the pages of the kit', async () => {
    const { ran, github } = await call(201, {
      options: '--rows PAC-SALE-01 --no-allure',
      'start-till': 'echo the till "is up" > till.log',
      watch: 'my-till',
    });
    assert.ok(ran.ok, log(ran));
    assert.match(ran.summary, /^## 🟢 All rows stand as expected$/m);
    assert.match(line(ran.summary, 'PAC-SALE-01'), /maker\/kit\/blob\/v1\/docs\/rows\.md.*✅ Passed/);
    const [certificate] = named(github, 201, /^certificate-till-\d+$/);
    assert.ok(existsSync(github.artifact(201, certificate!, 'certification.html')));
    assert.deepEqual(ran.outputs, { certificate: `https://github.invalid/artifacts/${certificate}` });
    assert.ok(existsSync(github.artifact(201, 'my-till-verdicts', 'verdicts.json')));
    assert.deepEqual(github.issues, []);
  });
  test('in legs of a matrix leaves an artifact for each, whether the matrix is of the action or of the workflow', async () => {
    const hub = join(folder, 'hub-legs');
    mkdirSync(hub);
    const github = new GitHub(hub);
    const workflow = join(folder, 'legs.yml');
    // What can't be certified leaves an artifact too, and soon.
    const step = { uses: './.kit', with: { profile: 'dojo/none.yaml' } };
    const checkouts = [
      { uses: 'actions/checkout@v5' },
      { uses: 'actions/checkout@v5', with: { path: '.kit' } },
    ];
    const legs = { strategy: { matrix: { till: ['one', 'other'] } }, steps: [...checkouts, step] };
    writeFileSync(workflow, JSON.stringify({ on: {}, jobs: { first: legs, second: { steps: legs.steps } } }));
    await github.run({ workflow, id: 203, repository });
    assert.equal(named(github, 203, /^certificate-none-\d+$/).length, 3);
    const called = { workflow: '.github/workflows/certify.yml', id: 204, repository };
    const inputs = { kit: 'maker/kit', 'kit-ref': 'v1', profile: 'dojo/none.yaml' };
    for (const own of [{}, { options: '--rows PAC-PI-01' }, { watch: 'till' }, { 'start-till': 'true' }])
      await github.run({ ...called, inputs: { ...inputs, ...own } });
    assert.equal(named(github, 204, /^certificate-none-\d+$/).length, 4);
  });
  test('that can’t be certified is told why on the page of the run', async () => {
    const { ran } = await call(202, { profile: 'dojo/none.yaml' });
    assert.equal(ran.ok, false);
    assert.match(ran.summary, /^## ⛔ Not judged$/m);
    assert.match(ran.summary, /left no record: Expected .*none\.yaml/);
    assert.equal(codes(ran).at(-1), 2, log(ran));
  });
});
