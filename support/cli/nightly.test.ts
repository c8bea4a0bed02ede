import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { beforeEach, suite, test } from 'node:test';
import type { NightRecord, Part } from '../nightly/index.ts';
import { sample } from '../report/sample.ts';
import type { Verdict } from '../vocabulary.ts';
import { main as nightly } from './nightly.ts';
import { called, command, temporaryFolder } from './testing/command.ts';
import { GitHub } from './testing/github/runner.ts';

const folder = temporaryFolder();
const row = 'PAC-SALE-01';
const { certificate } = sample();

let count = 0;
let hub: string;
let github: GitHub;
beforeEach(() => {
  hub = join(folder, `hub-${++count}`);
  mkdirSync(hub);
  github = new GitHub(hub);
});

/** The environment that GitHub gives a step, with the stand-in for its command line tool. */
const step = (run: number, more: Readonly<Record<string, string>> = {}) => ({
  PATH: `${join(hub, 'bin')}${delimiter}${process.env.PATH}`,
  STAND_IN_GITHUB: hub,
  GITHUB_SERVER_URL: 'https://github.invalid',
  GITHUB_REPOSITORY: 'maker/till',
  GITHUB_REF_NAME: 'main',
  GITHUB_RUN_ID: String(run),
  GITHUB_STEP_SUMMARY: join(hub, `summary-${run}.md`),
  GH_TOKEN: 'token-of-the-job',
  ...more,
});
const summary = (run: number): string => readFileSync(join(hub, `summary-${run}.md`), 'utf8');

/** Tells of a night on which the row came to this verdict; its artifact is where GitHub would keep it. */
async function night(run: number, verdict: Verdict, more: Readonly<Record<string, string>> = {}) {
  const out = github.artifact(run, 'nightly-verdicts');
  mkdirSync(out, { recursive: true });
  const rows = [{ ...certificate.rows[0]!, id: row, level: 'mandatory', verdict, findings: [], trouble: [] }];
  const finishedAt = certificate.run.startedAt;
  writeFileSync(
    join(out, 'certification.json'),
    JSON.stringify({ ...certificate, rows, run: { ...certificate.run, finishedAt } }),
  );
  const told = await called(nightly, ['tell', out, '--watch', 'nightly'], step(run, more));
  const kept = join(out, 'verdicts.json');
  return {
    ...told,
    record: existsSync(kept) ? (JSON.parse(readFileSync(kept, 'utf8')) as NightRecord) : null,
  };
}

suite('nightly tell', () => {
  test('takes an issue that was closed by hand as leave to stand so, and stays red while the row fails', async () => {
    await night(1, 'passed');
    assert.equal((await night(2, 'failed')).record!.issue, 1);
    github.closeByHand(1);
    const { code, record } = await night(3, 'failed');
    assert.equal(code, 1);
    assert.equal(github.issues.length, 1);
    assert.deepEqual([record!.issue, record!.rows[row]!.expected], [null, undefined]);
    assert.match(summary(3), /^## 🔴 1 row failed: PAC-SALE-01$/m);
  });
  test('does not compare a run that is tried again with itself', async () => {
    await night(1, 'passed');
    await night(2, 'failed');
    const { record } = await night(2, 'failed');
    assert.equal(record!.rows[row]!.expected, 'passed');
    assert.equal(github.issues.length, 1, 'the issue of the first try is found again');
    assert.equal(record!.issue, 1);
  });
  test('compares nights of one branch only', async () => {
    await night(1, 'passed');
    await night(2, 'passed', { GITHUB_REF_NAME: 'an-idea' });
    assert.match(summary(2), /no earlier night to compare with/);
  });
  test('leaves the issue of another branch alone', async () => {
    await night(1, 'failed');
    await night(2, 'passed', { GITHUB_REF_NAME: 'an-idea' });
    assert.deepEqual(
      github.issues.map(({ state }) => state),
      ['open'],
    );
  });
  test('starts anew when the last night kept what this version does not read', async () => {
    await night(1, 'failed');
    writeFileSync(github.artifact(1, 'nightly-verdicts', 'verdicts.json'), '{"schema":0}');
    const { code, stdout } = await night(2, 'passed');
    assert.equal(code, 0);
    assert.match(stdout, /of another version of the kit/);
  });
  test('says what a job lacks when GitHub refuses, and ends with 2', async () => {
    const { code, stderr } = await night(1, 'passed', { GH_TOKEN: '' });
    assert.equal(code, 2);
    assert.match(
      stderr,
      /^Expected `gh issue list` to work, but: To use GitHub CLI.* Give the step GH_TOKEN/,
    );
    assert.equal(stderr.trim().split('\n').length, 1);
  });
  test('keeps the verdicts of a night whose issue can’t be opened, so that the next one opens it', async () => {
    await night(1, 'passed');
    const { code, record } = await night(2, 'failed', { STAND_IN_REFUSES: 'issue create' });
    assert.equal(code, 2);
    assert.deepEqual([record!.issue, record!.rows[row]!.expected], [null, 'passed']);
    assert.equal((await night(3, 'failed')).record!.issue, 1);
  });
});

suite('nightly certify', () => {
  const parts = (out: string) =>
    (JSON.parse(readFileSync(join(out, 'outcome.json'), 'utf8')) as { parts: Part[] }).parts;

  test('that is ended from outside ends the run, keeps its record, and is red', async () => {
    const out = join(folder, 'ended');
    const { child, printed, ended } = command(
      ['nightly', 'certify', '--out', out, '--shard', '1/2', '--', '--pos', 'headless', '--no-allure'],
      { cwd: folder },
    );
    await printed(/ 3\/\d+ PAC-/);
    child.kill('SIGTERM');
    assert.equal((await ended).code, 3);
    const [part] = parts(out);
    assert.deepEqual([part!.shard, part!.code, part!.recorded], ['1/2', 3, true]);
    assert.match(part!.said, /^Interrupted by SIGTERM/);
  });
  test('ends with 2 when certify can’t be called so, and keeps what it said', async () => {
    const out = join(folder, 'wrong');
    const { code } = await command(['nightly', 'certify', '--out', out, '--', '--rows', 'PAC-NO-99'], {
      cwd: folder,
    }).ended;
    assert.equal(code, 2);
    assert.match(parts(out)[0]!.said, /no row "PAC-NO-99"/);
  });
});

suite('nightly says what it can’t use, and ends with 2', () => {
  const usage: readonly (readonly [what: string, args: readonly string[], says: RegExp])[] = [
    ['an unknown verb', ['sleep'], /unknown command/],
    ['a verb without its folder', ['tell'], /missing required argument/],
    ['a place to write that is not named', ['merge', '.'], /required option/],
  ];
  for (const [what, args, says] of usage)
    test(what, async () => {
      const { code, stderr } = await called(nightly, args);
      assert.equal(code, 2);
      assert.match(stderr, says);
    });
  test('a stream that was damaged', async () => {
    const shards = join(folder, 'shards');
    mkdirSync(join(shards, 'one'), { recursive: true });
    writeFileSync(join(shards, 'one', 'messages.ndjson'), 'torn\n{}\n');
    const { code, stderr } = await called(nightly, ['merge', shards, '--out', join(folder, 'merged')]);
    assert.equal(code, 2);
    assert.match(stderr, /messages\.ndjson:1: expected a message of a run/);
  });
});
