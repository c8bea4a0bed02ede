import assert from 'node:assert/strict';
import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { loadChecklist } from '../checklist/index.ts';
import '../checklists/index.ts';
import '../checklists/testing/made-up/definition.ts';
import { loadContract } from '../contract/index.ts';
import { loadProfile } from '../profile/index.ts';
import { files } from '../record/disk/stream-file.ts';
import { UsageError } from '../record/usage-error.ts';
import { examine } from '../review/verify.ts';
import { temporaryFolder } from '../workshop/testing/command.ts';
import { type GoesOn, goingOn } from './going-on.ts';
import { kit } from './kit.ts';
import { runRows } from './run.ts';

const folder = temporaryFolder();
const contract = loadContract();
const checklist = loadChecklist('made-up');

/** Runs the made-up checklist, or goes on with it, in a folder of this name; `how` is what its subject does. */
async function run(name: string, how: string, goesOn?: GoesOn) {
  const subject = join(import.meta.dirname, '../checklists/testing/made-up/subject.mjs');
  const profile = join(folder, `${how}.yaml`);
  writeFileSync(
    profile,
    `name: Drawer\nversion: "1"\napiVersion: "2026-02-27"\ncapabilities: [drawerReasons]\n` +
      `driver: { kind: command, command: ${JSON.stringify([process.execPath, subject, how, join(folder, `${how}-started`)])} }\n`,
  );
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
    allure: false,
    out,
    id: name,
    ...(goesOn ? { goesOn } : {}),
    say: () => {},
  });
  return certificate;
}

/** A copy of a run of which so many bytes of the stream were written before it was killed. */
function killed(from: string, name: string, bytes: number): string {
  const to = join(folder, name);
  cpSync(join(folder, from), to, { recursive: true });
  const stream = readFileSync(join(to, files.messages)).subarray(0, bytes);
  const chain = readFileSync(join(to, files.chain), 'utf8').split('\n');
  const lines = stream.toString('latin1').split('\n').length - 1;
  writeFileSync(join(to, files.messages), stream);
  writeFileSync(
    join(to, files.chain),
    chain
      .slice(0, lines)
      .map((line) => `${line}\n`)
      .join(''),
  );
  return to;
}

const verdicts = ({ rows }: Awaited<ReturnType<typeof run>>) => rows.map(({ id, verdict }) => [id, verdict]);

/** The record of a run bears out what was written of it. */
function bornOut(out: string): void {
  const { edits } = examine([out], { heads: [], contract, out, kit: kit() });
  assert.deepEqual(edits, []);
}

const whole = await run('whole', 'right');
const size = readFileSync(join(folder, 'whole', files.messages)).length;
const second = readFileSync(join(folder, 'whole', files.messages), 'latin1').lastIndexOf('"testCaseStarted"');

suite('a run that was killed goes on', () => {
  const cuts: readonly (readonly [when: string, bytes: number])[] = [
    ['before its first row', readFileSync(join(folder, 'whole', files.messages)).indexOf('\n') + 1],
    ['within a line', Math.round(size / 3)],
    ['within its second row', second + 4000],
    ['before its last line', size - 10],
  ];
  for (const [when, bytes] of cuts)
    test(`${when}: each row has the verdict of a whole run`, async () => {
      const out = killed('whole', `killed ${when}`, bytes);
      const certificate = await run(`killed ${when}`, 'right', goingOn(out, 'resumed', contract));
      assert.deepEqual(verdicts(certificate), verdicts(whole));
      assert.equal(certificate.run.continued?.length, 1);
      assert.notEqual(certificate.run.finishedAt, null);
      bornOut(out);
      assert.match(readFileSync(join(out, 'certification.html'), 'utf8'), /Went on.*after it was broken off/);
    });

  test('as often as it is killed, and each attempt is shown', async () => {
    let out = killed('whole', 'killed 0', second + 4000);
    for (let times = 1; times <= 2; times++) {
      const certificate = await run(`killed ${times - 1}`, 'right', goingOn(out, 'resumed', contract));
      assert.deepEqual(verdicts(certificate), verdicts(whole));
      assert.equal(certificate.rows[1]?.attempts?.length, times + 1);
      assert.deepEqual(certificate.rows[1].attempts.map(({ counts }) => counts).indexOf(true), times);
      const bytes = readFileSync(join(out, files.messages), 'latin1').lastIndexOf('"testCaseStarted"') + 4000;
      out = killed(`killed ${times - 1}`, `killed ${times}`, bytes);
    }
  });

  test('but not where nothing is left, nor where its record was changed', () => {
    const refused = (out: string, why: GoesOn['why']) => {
      try {
        goingOn(out, why, contract);
      } catch (error) {
        return error instanceof UsageError ? error.code : error;
      }
      return null;
    };
    assert.equal(refused(join(folder, 'whole'), 'resumed'), 'KIT-RESUME-002');
    assert.equal(refused(join(folder, 'whole'), 'rerun'), 'KIT-RESUME-002');
    const out = killed('whole', 'changed', second + 4000);
    appendFileSync(join(out, files.messages), '{}\n{}\n');
    assert.equal(refused(out, 'resumed'), 'KIT-RESUME-001');
  });

  test('but not with another profile', async () => {
    const out = killed('whole', 'another', second + 4000);
    await assert.rejects(
      run('another', 'wrong', goingOn(out, 'resumed', contract)),
      (error) =>
        error instanceof UsageError && error.code === 'KIT-RESUME-003' && /`profile`/.test(error.message),
    );
  });
});

suite('what did not pass is run again', () => {
  test('and a row that failed before and passes now is for a reviewer to settle', async () => {
    const before = await run('mended', 'wrong-at-first');
    assert.deepEqual(verdicts(before), [
      ['MUP-01', 'failed'],
      ['MUP-02', 'failed'],
    ]);
    const goesOn = goingOn(join(folder, 'mended'), 'rerun', contract);
    assert.deepEqual([...goesOn.rows], ['MUP-01', 'MUP-02']);
    const [row] = (await run('mended', 'wrong-at-first', goesOn)).rows;
    assert.equal(row?.verdict, 'review');
    assert.match(row.why, /^attempt 1 failed \(.+\), and the row passes now: a reviewer decides/);
    assert.deepEqual(
      row.attempts?.map(({ verdict, counts }) => [verdict, counts]),
      [
        ['failed', false],
        ['passed', true],
      ],
    );
    bornOut(join(folder, 'mended'));
  });
});
