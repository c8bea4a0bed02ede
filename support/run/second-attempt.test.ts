import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { loadChecklist } from '../checklist/index.ts';
import '../checklists/testing/made-up/definition.ts';
import { loadContract } from '../contract/index.ts';
import { loadProfile } from '../profile/index.ts';
import { readStream } from '../record/disk/stored-stream.ts';
import { files } from '../record/disk/stream-file.ts';
import { attemptsOf, media } from '../record/stream.ts';
import schema from '../report/certification.schema.json' with { type: 'json' };
import { judgeAgain } from '../review/judge-again.ts';
import { examine } from '../review/verify.ts';
import { temporaryFolder } from '../workshop/testing/command.ts';
import { kit } from './kit.ts';
import { runRows } from './run.ts';
import { slowAttempts } from './testing/slow-machine.ts';

const folder = temporaryFolder();
const contract = loadContract();
const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allErrors: true });
addFormats.default(ajv);
const valid = ajv.compile(schema);

/** Runs both rows of the made-up checklist on a machine that is said to be too slow in these attempts. */
async function ran(name: string, how: string, slow: readonly ('first' | 'second')[]) {
  slowAttempts.clear();
  for (const attempt of slow) slowAttempts.add(attempt);
  const subject = join(import.meta.dirname, '../checklists/testing/made-up/subject.mjs');
  const profile = join(folder, `${name}.yaml`);
  writeFileSync(
    profile,
    `name: Drawer\nversion: "1"\napiVersion: "2026-02-27"\ncapabilities: []\n` +
      `driver: { kind: command, command: ${JSON.stringify([process.execPath, subject, how, join(folder, `${name}-started`)])} }\n`,
  );
  const checklist = loadChecklist('made-up');
  const said: string[] = [];
  const out = join(folder, name);
  const { certificate } = await runRows({
    profile: loadProfile(profile),
    ownTill: false,
    upstream: { kind: 'embedded' },
    rows: checklist.rows,
    checklist,
    contract,
    workers: 0,
    fast: true,
    // One Allure report is enough: it takes a program of its own.
    allure: name === 'mended',
    out,
    id: name,
    steps: ['support/run/testing/slow-machine.steps.ts'],
    say: (line) => said.push(stripVTControlCharacters(line)),
  });
  const [first] = certificate.rows;
  return { certificate, first: first!, said: said.join('\n'), out };
}

const attemptsIn = ({ attempts }: Awaited<ReturnType<typeof ran>>['first']) =>
  attempts?.map(({ verdict, counts }) => [verdict, counts]);

suite('a row on which the machine was too slow', () => {
  test('is run once more, and judged by its second attempt; both are shown, and the record bears it out', async () => {
    const { certificate, first, said, out } = await ran('mended', 'wrong-at-first', ['first']);
    assert.equal(first.verdict, 'passed');
    assert.deepEqual(attemptsIn(first), [
      ['incomplete', false],
      ['passed', true],
    ]);
    assert.ok(valid(JSON.parse(JSON.stringify(certificate))), JSON.stringify(valid.errors));
    assert.match(said, /1\/2 MUP-01 +incomplete .*the machine was too slow to judge it/);
    assert.match(said, /too slow to judge a row, which is run once more, alone: MUP-01/);
    assert.match(said, /2\/3 MUP-01 +passed .*The drawer opens — in its second attempt/);
    const page = readFileSync(join(out, 'certification.html'), 'utf8');
    assert.match(page, /run because the machine was too slow to judge the attempt before/);
    assert.match(page, /Attempt 1, by which the row is not judged/);
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    assert.deepEqual(
      ids.filter((id, index) => ids.indexOf(id) !== index),
      [],
      'each place in the page has a name of its own',
    );
    const { certificate: again, recording } = judgeAgain([readStream(out)], contract);
    assert.deepEqual(again.rows, certificate.rows);
    assert.equal(attemptsOf(recording.rows.get('MUP-01')).length, 2);
    const { edits } = examine([out], { heads: [], contract, out, kit: kit() });
    assert.deepEqual(edits, []);
  });

  test('is incomplete when that was too slow too', async () => {
    const { first } = await ran('slow', 'wrong', ['first', 'second']);
    assert.equal(first.verdict, 'incomplete');
    assert.match(first.why, /^the machine was too slow to judge it: its page took 9\.00 s/);
    assert.deepEqual(attemptsIn(first), [
      ['incomplete', false],
      ['incomplete', true],
    ]);
  });

  test('fails when its second attempt does', async () => {
    const { first } = await ran('wrong', 'wrong', ['first']);
    assert.deepEqual([first.verdict, attemptsIn(first)?.[1]], ['failed', ['failed', true]]);
  });

  test('is not run again when it passed, or failed on a machine that was quick enough', async () => {
    const passed = await ran('passed', 'right', ['first']);
    assert.deepEqual([passed.first.verdict, passed.first.attempts], ['passed', undefined]);
    const failed = await ran('failed', 'wrong-at-first', []);
    assert.deepEqual([failed.first.verdict, failed.first.attempts], ['failed', undefined]);
  });

  test('has no second attempt in a record in which the run did not mark one', async () => {
    const { out } = await ran('forged', 'wrong-at-first', ['first']);
    const stream = join(out, files.messages);
    const lines = readFileSync(stream, 'utf8').split('\n');
    const forged = join(folder, 'forged-since');
    cpSync(out, forged, { recursive: true });
    writeFileSync(
      join(forged, files.messages),
      lines.filter((line) => !line.includes(media.again)).join('\n'),
    );
    assert.throws(
      () => judgeAgain([readStream(forged)], contract),
      /the row MUP-01 is in the stream more often than the run says/,
    );
    const { edits } = examine([forged], { heads: [], contract, out: forged, kit: kit() });
    assert.ok(edits.length > 0);
  });
});
