import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import type { Certificate, CertificateRow } from '../judging/index.ts';
import { called, within } from '../workshop/testing/command.ts';
import { main as certifyMain } from './certify.ts';
import { certificateIn, certify, certifyArgs, folder, report } from './testing/headless-run.ts';

before(async () => {
  const { code, stdout, stderr } = await called(within(folder, certifyMain), certifyArgs('whole', []));
  assert.equal(code, 0, stdout + stderr);
});

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

/** The whole is run in so many parts, of which one is killed. */
const parts = [1, 2, 3, 4];
const killed = 3;
const shardOf = (part: number): string[] => ['--shard', `${part}/${parts.length}`];

suite('four shards, of which one is killed', () => {
  const partsWith = (one: string): string[] => parts.map((part) => (part === killed ? one : `shard-${part}`));
  before(async () => {
    const others = parts.filter((part) => part !== killed).map((part) => [`shard-${part}`, part] as const);
    const { child, printed, ended } = certify('killed', ...shardOf(killed));
    await printed(/ 8\/\d+ PAC-/);
    child.kill('SIGKILL');
    await ended;
    for (const [name, part] of [...others, ['shard-again', killed] as const]) {
      const { code, stdout, stderr } = await called(
        within(folder, certifyMain),
        certifyArgs(name, shardOf(part)),
      );
      assert.equal(code, 0, stdout + stderr);
    }
  });

  test('are not a whole run as long as that one is not run again', async () => {
    const { code, stderr } = await report('unfinished', ...partsWith('killed'));
    assert.equal(code, 3, stderr);
    const { run, summary } = certificateIn('unfinished');
    assert.equal(run.finishedAt, null);
    assert.equal(summary.certified, false);
    assert.ok(summary.incomplete > 0);
  });
  test('come to the certificate of one whole run, but for ids and times, once it is run again alone', async () => {
    const { code, stdout, stderr } = await report('merged', ...partsWith('shard-again'));
    assert.equal(code, 0, stdout + stderr);
    assert.equal(certificateIn('merged').run.partial, false);
    assert.deepEqual(substance(certificateIn('merged')), substance(certificateIn('whole')));
  });
  test('can’t be merged when both streams of that one are given', async () => {
    const { code, stderr } = await report('twice', ...partsWith('killed'), 'shard-again');
    assert.equal(code, 2);
    assert.match(stderr, /Expected each row in one shard, but PAC-\S+ is in two/);
  });
});
