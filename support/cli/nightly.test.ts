import assert from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { before, beforeEach, suite, test } from 'node:test';
import type { NightRecord, Part } from '../nightly/index.ts';
import type { Verdict } from '../record/vocabulary.ts';
import { sample } from '../report/sample.ts';
import { called, command, temporaryFolder } from '../workshop/testing/command.ts';
import { GitHub } from '../workshop/testing/github/stand-in.ts';
import { main as nightly } from './nightly.ts';

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
  const answered = await called(nightly, ['tell', out, '--watch', 'nightly'], {
    ...github.env(run),
    ...more,
  });
  const kept = join(out, 'verdicts.json');
  return {
    ...answered,
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
    assert.match(github.summary(3), /^## 🔴 1 row failed: PAC-SALE-01$/m);
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
    assert.match(github.summary(2), /no earlier night to compare with/);
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
  const kept = (run: number) => github.artifact(run, 'nightly-verdicts', 'verdicts.json');
  const losses: readonly (readonly [what: string, lose: () => void, says: RegExp])[] = [
    [
      'was cut',
      () => writeFileSync(kept(2), readFileSync(kept(2), 'utf8').slice(0, 60)),
      /what the last night kept \(run 2\) is damaged: it is not JSON/,
    ],
    [
      'has rows in a list',
      () => writeFileSync(kept(2), '{"schema":1,"night":{},"issue":null,"rows":[]}'),
      /is damaged/,
    ],
    ['is not in its artifact', () => rmSync(kept(2)), /the artifact holds no verdicts\.json/],
    [
      'is of another version',
      () => writeFileSync(kept(2), '{"schema":2}'),
      /is of another version of the kit/,
    ],
    [
      'is gone, as that of every night',
      () => rmSync(join(hub, 'artifacts'), { recursive: true }),
      /no earlier run of this branch left its verdicts/,
    ],
  ];
  for (const [what, lose, says] of losses)
    test(`closes no issue, and calls nothing as expected, when the last record ${what}`, async () => {
      await night(1, 'passed');
      await night(2, 'review');
      lose();
      const { code, record } = await night(3, 'review');
      assert.equal(code, 3);
      assert.match(
        github.summary(3),
        /^## 🟠 Nothing to compare with, and 1 mandatory row not acceptable: PAC-SALE-01$/m,
      );
      assert.match(github.summary(3).replaceAll('\\', ''), says);
      assert.deepEqual([github.issues[0]!.state, record!.issue, record!.blind], ['open', 1, true]);
      assert.match(github.issues[0]!.comments.at(-1)!, /^This stays open/);
      // After each of the others it goes on as after these.
      if (!/^was cut|^is gone/.test(what)) return;
      // An older night that knows of those before it is better than one that does not.
      assert.equal((await night(4, 'review')).code, what.startsWith('is gone') ? 3 : 1);
      assert.equal(github.issues[0]!.state, 'open');
      assert.equal((await night(5, 'passed')).code, 0);
      assert.equal(github.issues[0]!.state, 'closed');
    });
  test('takes the issue that a lost record left open, and that was closed by hand, as leave to stand so', async () => {
    await night(1, 'passed');
    await night(2, 'review');
    writeFileSync(kept(2), '{');
    await night(3, 'review');
    github.closeByHand(1);
    const { code, record } = await night(4, 'review');
    assert.deepEqual([code, record!.issue, record!.blind], [0, null, undefined]);
    assert.equal(github.issues.length, 1);
  });
  for (const refused of ['issue list', 'api', 'run download'])
    test(`writes summary and verdicts though GitHub refuses \`gh ${refused}\``, async () => {
      await night(1, 'passed');
      const { code, record, stderr } = await night(2, 'review', { STAND_IN_REFUSES: refused });
      assert.equal(code, 2);
      assert.match(stderr, new RegExp(`^Expected \`gh ${refused}.* HTTP 502`));
      assert.match(github.summary(2), /PAC-SALE-01/);
      assert.match(github.summary(2), /HTTP 502: Bad Gateway/);
      assert.equal(record!.rows[row]!.verdict, 'review');
      assert.equal((await night(3, 'review')).code, 1, 'the night before that is still compared with');
      assert.equal(github.issues.length, 1);
    });
  test('says that a certificate was cut', async () => {
    const out = join(folder, 'cut-certificate');
    mkdirSync(out);
    for (const [text, says] of [
      [JSON.stringify(certificate).slice(0, 100), /it is not JSON/],
      ['{"schema":1}', /must have required property/],
    ] as const) {
      writeFileSync(join(out, 'certification.json'), text);
      const { code, stderr } = await called(nightly, ['tell', out]);
      assert.equal(code, 2);
      assert.match(stderr, /^Expected .*certification\.json to be a certificate/);
      assert.match(stderr, says);
    }
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
    const { code } = await called(nightly, ['certify', '--out', out, '--', '--rows', 'PAC-NO-99']);
    assert.equal(code, 2);
    assert.match(parts(out)[0]!.said, /no row "PAC-NO-99"/);
  });
});

suite('shards of a night', () => {
  const made = join(folder, 'made');
  const shard = (at: string, number: number) => join(at, String(number));
  const args = (out: string, number: number, ...more: string[]) => [
    ...['certify', '--out', out, '--shard', `${number}/3`, '--'],
    ...['--pos', 'headless', '--no-allure', '--rows', 'PAC-PI-01,PAC-REF-01,PAC-REF-02', ...more],
  ];
  before(async () => {
    for (const number of [1, 2, 3]) {
      const { code, stderr } = await called(nightly, args(shard(made, number), number));
      assert.equal(code, 0, stderr);
    }
  });
  let shards: string;
  let out: string;
  const answered = () => called(nightly, ['tell', out]);
  const merged = () => called(nightly, ['merge', shards, '--out', out]);
  const rowsIn = (at: string): number =>
    (JSON.parse(readFileSync(join(at, 'certification.json'), 'utf8')) as { rows: unknown[] }).rows.length;
  const stream = (number: number) => join(shard(shards, number), 'messages.ndjson');
  const filesIn = (at: string) => readdirSync(at).map((name) => [name, readFileSync(join(at, name), 'utf8')]);
  beforeEach(() => {
    shards = join(hub, 'shards');
    out = join(hub, 'night');
    cpSync(made, shards, { recursive: true });
  });

  test('are merged and reported', async () => {
    assert.equal((await merged()).code, 0);
    assert.equal((await answered()).code, 0);
  });
  test('are not taken for tonight’s when they are of another night', async () => {
    await merged();
    const before = filesIn(shard(shards, 1));
    for (const number of [1, 2, 3]) {
      const { code, stderr } = await called(
        nightly,
        args(shard(shards, number), number, '--upstream', 'http://127.0.0.1:9'),
      );
      assert.equal(code, 2);
      assert.match(stderr, /^Expected .* to hold no run yet, but it does/);
    }
    assert.deepEqual(
      filesIn(shard(shards, 1)).filter(([name]) => name !== 'refused.json'),
      before,
    );
    assert.match((await merged()).stdout, /nothing was judged/);
    const { code, stdout } = await answered();
    assert.equal(code, 3);
    assert.match(stdout, /^## ⛔ Not judged$/m);
    assert.match(stdout, /to hold no run yet/);
  });
  test('are judged again in a folder whose refusal was taken away with the older run', async () => {
    const one = shard(shards, 1);
    assert.equal((await called(nightly, args(one, 1))).code, 2);
    for (const name of ['messages.ndjson', 'certification.json']) rmSync(join(one, name));
    assert.equal((await called(nightly, args(one, 1))).code, 0);
    assert.equal((await merged()).code, 0);
    assert.equal((await answered()).code, 0);
  });
  test('of which a certificate alone is left are not run over it', async () => {
    rmSync(stream(1));
    const { code } = await called(nightly, args(shard(shards, 1), 1, '--upstream', 'http://127.0.0.1:9'));
    assert.equal(code, 2);
  });
  test('that are gone leave nothing of an older night', async () => {
    await merged();
    rmSync(shards, { recursive: true });
    const { code, stdout } = await merged();
    assert.deepEqual([code, existsSync(join(out, 'certification.json'))], [0, false]);
    assert.match(stdout, /nothing was judged/);
    const tells = await answered();
    assert.equal(tells.code, 3);
    assert.match(tells.stdout, /^## ⛔ Not judged$/m);
  });
  test('are not put together where a run of its own lies', async () => {
    const { code, stderr } = await called(nightly, ['merge', shards, '--out', shard(shards, 1)]);
    assert.equal(code, 2);
    assert.match(stderr, /holds the record of a run/);
  });
  const bad: readonly (readonly [
    what: string,
    number: number,
    spoil: (text: string) => string,
    says: RegExp,
  ])[] = [
    ['is empty', 2, () => '', /Shard 2\/3 was left out: Expected a run in .*messages\.ndjson/],
    [
      'has a line feed within a line',
      2,
      (text) => `${text.slice(0, 200)}\n${text.slice(200)}`,
      /Shard 2\/3 was left out: .*messages\.ndjson:1: expected a message of a run/,
    ],
    [
      'is of another run',
      3,
      (text) => text.replace(String.raw`\"realTime\":false`, String.raw`\"realTime\":true`),
      /Shard 3\/3 was left out: Expected the shards of one run, but their `realTime` differ/,
    ],
  ];
  for (const [what, number, spoil, says] of bad)
    test(`of which one ${what} are judged without it, and it is named`, async () => {
      const whole = [1, 2, 3].map((one) => rowsIn(shard(shards, one)));
      writeFileSync(stream(number), spoil(readFileSync(stream(number), 'utf8')));
      const { code, stderr } = await merged();
      assert.equal(code, 2);
      assert.match(stderr, /is left out: /);
      const left = whole.filter((_, index) => index !== number - 1);
      assert.equal(
        rowsIn(out),
        left.reduce((sum, rows) => sum + rows),
      );
      const tells = await answered();
      assert.equal(tells.code, 3);
      assert.match(tells.stdout.replaceAll('\\', ''), says);
      assert.match(readFileSync(join(out, 'outcome.json'), 'utf8'), /was left out/);
    });
  test('that all can’t be read end with 3, and the reason', async () => {
    for (const number of [1, 2, 3]) writeFileSync(stream(number), '');
    assert.equal((await merged()).code, 2);
    const { code, stdout } = await answered();
    assert.equal(code, 3);
    assert.match(stdout, /Shard 1\/3 was left out: /);
  });
  test('of which one does not say how it ended are all merged, and it is named', async () => {
    const path = join(shard(shards, 2), 'outcome.json');
    for (const cut of ['', readFileSync(path, 'utf8').slice(0, 30)]) {
      writeFileSync(path, cut);
      assert.equal((await merged()).code, 0);
      const { code, stdout } = await answered();
      assert.equal(code, 3);
      assert.match(stdout, /The part in the folder 2 does not say how it ended: /);
    }
  });
  test('say that the disk is full, and leave no half of an outcome', {
    skip: !existsSync('/dev/full'),
  }, async () => {
    const full = join(hub, 'full');
    mkdirSync(full);
    symlinkSync('/dev/full', join(full, 'outcome.json.part'));
    const { code, stderr } = await called(nightly, ['certify', '--out', full, '--', '--rows', 'PAC-NO-99']);
    assert.equal(code, 3);
    assert.match(stderr, /no space left on its disk \(ENOSPC\)/);
    assert.deepEqual(readdirSync(full), []);
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
