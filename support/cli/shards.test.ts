import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, suite, test } from 'node:test';
import type { Certificate, CertificateRow } from '../judging/index.ts';
import { called, command, temporaryFolder } from '../workshop/testing/command.ts';
import { main as report } from './report.ts';

const folder = temporaryFolder();
const inFolder = (name: string): string => join(folder, name);
const parts = [1, 2, 3, 4];
const killed = 3;

const certify = (name: string, ...args: string[]) =>
  command(
    ['certify', '--pos', 'headless', '--no-allure', '--seed', 'shards', '--out', inFolder(name), ...args],
    {
      cwd: folder,
    },
  );
const shard = (part: number, name = `shard-${part}`) =>
  certify(name, '--shard', `${part}/${parts.length}`, '--parallel', '1');
const merge = (name: string, shards: readonly string[]) =>
  called(report, ['--no-allure', '--out', inFolder(name), ...shards.map(inFolder)]);
const certificateIn = (name: string): Certificate =>
  JSON.parse(readFileSync(join(inFolder(name), 'certification.json'), 'utf8')) as Certificate;

/** What a run makes up anew: ids of resources, exchanges and baskets, and the keyed hashes of secrets. */
const ids = /\b(?:pi|tm)_sandbox_[\w-]+|\brfnd_[\w-]+|\bx-[0-9a-f]{8}-\d+|\bkit-[0-9a-f-]+|#[0-9a-f]{12}\b/g;

/** How long something took, in the words of a finding. */
const times = /\b\d+\.\d+ s\b/g;

/**
 * The row without times, and with each id replaced by its place among those of the row, so that what is equal
 * stays equal.
 */
function withoutIdsAndTimes({ durationMs, ...row }: CertificateRow): unknown {
  const seen: string[] = [];
  return JSON.parse(
    JSON.stringify(row)
      .replace(times, 'some time')
      .replace(ids, (id) => {
        if (!seen.includes(id)) seen.push(id);
        return `id-${seen.indexOf(id)}`;
      }),
  );
}

/** All that a certificate says but for ids, times and where it was made. */
function substance({ rows, run, ranOn: _, ...certificate }: Certificate): unknown {
  const { id, startedAt, finishedAt, stream, ...lasting } = run;
  return { ...certificate, run: lasting, rows: rows.map(withoutIdsAndTimes) };
}

suite('four shards in four processes, of which one is killed', () => {
  let unfinished: Certificate;
  before(async () => {
    const whole = await certify('whole', '--parallel', '1').ended;
    assert.equal(whole.code, 0, whole.stdout + whole.stderr);
    const shards = parts.map((part) => shard(part));
    const victim = shards[killed - 1]!;
    await victim.printed(/ 2\/\d+ PAC-/);
    victim.child.kill('SIGKILL');
    for (const { child, ended } of shards) {
      const { code, stdout, stderr } = await ended;
      assert.equal(code, child === victim.child ? null : 0, stdout + stderr);
    }
    const { code } = await merge(
      'unfinished',
      parts.map((part) => `shard-${part}`),
    );
    assert.equal(code, 3);
    unfinished = certificateIn('unfinished');
    const again = await shard(killed, 'again').ended;
    assert.equal(again.code, 0, again.stdout + again.stderr);
  });

  test('are not a whole run as long as that one is not run again', () => {
    assert.equal(unfinished.run.finishedAt, null);
    assert.equal(unfinished.summary.certified, false);
    assert.ok(unfinished.summary.incomplete > 0);
  });
  test('come to the certificate of one whole run, but for ids and times, once it is run again alone', async () => {
    const { code, stdout, stderr } = await merge(
      'merged',
      parts.map((part) => (part === killed ? 'again' : `shard-${part}`)),
    );
    assert.equal(code, 0, stdout + stderr);
    assert.equal(certificateIn('merged').run.partial, false);
    assert.deepEqual(substance(certificateIn('merged')), substance(certificateIn('whole')));
  });
  test('can’t be merged when both streams of that one are given', async () => {
    const { code, stderr } = await merge('twice', [...parts.map((part) => `shard-${part}`), 'again']);
    assert.equal(code, 2);
    assert.match(stderr, /Expected each row in one shard, but PAC-\S+ is in two/);
  });
});
