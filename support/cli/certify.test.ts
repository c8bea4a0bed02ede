import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { before, suite, test } from 'node:test';
import { loadCatalogue } from '../checklist/index.ts';
import { media } from '../record/stream.ts';
import { called, command, type Ended } from '../workshop/testing/command.ts';
import { certificateIn, certify, folder, inFolder, report, reportArgs } from './testing/headless-run.ts';
import { main as verify } from './verify.ts';

const { rows: catalogue } = loadCatalogue();
const linesOf = (name: string): string[] =>
  readFileSync(inFolder(name, 'messages.ndjson'), 'utf8').split('\n').filter(Boolean);

let whole: Ended;
before(async () => {
  whole = await certify('whole').ended;
});

suite('a whole run of the headless till against the embedded simulator', () => {
  test('ends with 0, and says how it went', () => {
    assert.equal(whole.code, 0, whole.stdout + whole.stderr);
    assert.equal(whole.stderr, '');
    assert.match(whole.stdout, new RegExp(`^${catalogue.length} rows: `, 'm'));
  });
  test('judges each row of the checklist, each by all of its checks', () => {
    const { rows } = certificateIn('whole');
    assert.deepEqual(
      rows.map(({ id }) => id),
      catalogue.map(({ id }) => id),
    );
    for (const { id, checks, verdict, findings } of rows) {
      assert.equal(checks.executed, checks.expected, `${id} lacks ${checks.missing}`);
      assert.equal(findings.length, checks.expected, id);
      assert.match(verdict, /^(passed|not-applicable)$/, id);
    }
  });
  test('sets no row aside but those that say nothing about the API', () => {
    assert.deepEqual(
      certificateIn('whole').rows.flatMap(({ id, verdict }) => (verdict === 'not-applicable' ? [id] : [])),
      catalogue.flatMap(({ id, api }) => (api === false ? [id] : [])),
    );
  });
  test('is practice and says why', () => {
    const { run } = certificateIn('whole');
    assert.equal(run.kind, 'practice');
    assert.ok(run.why.includes('the upstream is a simulator'));
  });
  test('leaves a stream whose first record is the run, and whose last is its end', () => {
    const lines = linesOf('whole');
    assert.equal(JSON.parse(lines[0]!).attachment.mediaType, media.run);
    assert.equal(JSON.parse(lines.at(-1)!).attachment.mediaType, media.finished);
  });
  test('says the head of its stream, which is in its certificate and proves it', async () => {
    const [, count, head] = /^Stream: (\d+) envelopes, head ([0-9a-f]{64})$/m.exec(whole.stdout)!;
    assert.deepEqual(certificateIn('whole').run.stream, { envelopes: Number(count), head });
    assert.match(readFileSync(inFolder('whole', 'certification.html'), 'utf8'), new RegExp(head!));
    const { code, stdout, stderr } = await called(verify, [inFolder('whole'), '--head', head!]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^Nothing was edited: /m);
  });
  test('leaves no key of an account in what it writes', () => {
    for (const name of ['messages.ndjson', 'certification.json', 'certification.html'])
      assert.doesNotMatch(readFileSync(inFolder('whole', name), 'utf8'), /sk_sandbox_\w{8}/, name);
  });
});

test('the same certificate is made of the stream alone', async () => {
  const { code, stdout } = await command(['report', ...reportArgs('again', ['whole'])], { cwd: folder })
    .ended;
  assert.equal(code, 0, stdout);
  assert.deepEqual(certificateIn('again'), certificateIn('whole'));
});

suite('a run that is ended before its time', () => {
  for (const signal of ['SIGKILL', 'SIGINT'] as const)
    test(`by ${signal} keeps what was recorded, and shows the rest as incomplete`, async () => {
      const { child, printed, ended } = certify(signal);
      await printed(/ 8\/\d+ PAC-/);
      child.kill(signal);
      const { code, stderr } = await ended;
      if (signal === 'SIGKILL') {
        assert.ok(!existsSync(inFolder(signal, 'certification.json')));
      } else {
        assert.equal(code, 3);
        assert.match(
          stderr,
          new RegExp(`^Interrupted by ${signal}: \\d+ of ${catalogue.length} rows .*is kept`),
        );
        assert.equal(stderr.trim().split('\n').length, 1, stderr);
      }
      const verified = await called(verify, [inFolder(signal)]);
      assert.equal(verified.code, 0, verified.stderr);
      const answered = await report(`${signal}-again`, signal);
      assert.equal(answered.code, 3, answered.stdout + answered.stderr);
      const certificate = certificateIn(`${signal}-again`);
      if (signal !== 'SIGKILL') assert.deepEqual(certificateIn(signal), certificate);
      const { rows, summary, run } = certificate;
      assert.equal(run.finishedAt, null);
      assert.ok(summary.passed >= 5, 'rows that had come to their end are judged');
      assert.ok(summary.incomplete > 0);
      assert.equal(summary.passed + summary.incomplete + summary.notApplicable, rows.length);
      assert.equal(summary.certified, false);
    });
  test('in the middle of a line of its stream still reads', async () => {
    const lines = linesOf('whole');
    const torn = `${lines.slice(0, -300).join('\n')}\n${lines.at(-300)!.slice(0, 30)}`;
    mkdirSync(inFolder('torn'));
    writeFileSync(inFolder('torn', 'messages.ndjson'), torn);
    const { code, stdout } = await report('torn-again', 'torn');
    assert.equal(code, 3);
    assert.match(stdout, /messages\.ndjson:\d+: the last line was cut off/);
    assert.ok(certificateIn('torn-again').summary.incomplete > 0);
  });
});
