import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { main as nightly } from '../../cli/nightly.ts';
import { sample } from '../../report/sample.ts';
import { called, temporaryFolder } from '../../workshop/testing/command.ts';
import { GitHub } from '../../workshop/testing/github/stand-in.ts';
import type { NightRecord } from '../index.ts';

const folder = temporaryFolder();
const { certificate } = sample();
const row = certificate.rows.find(({ verdict, trouble }) => verdict === 'failed' && !trouble.length)!;
const [failed] = row.findings.filter(({ outcome }) => outcome === 'failed');

let count = 0;

/** Tells of a first night on which that row failed, with these options and this file of known failures. */
async function answered(known: string | null, ...options: readonly string[]) {
  const hub = join(folder, `hub-${++count}`);
  mkdirSync(hub);
  const github = new GitHub(hub);
  const out = github.artifact(1, 'nightly-verdicts');
  mkdirSync(out, { recursive: true });
  const run = { ...certificate.run, finishedAt: certificate.run.startedAt };
  const night = { ...certificate, run, rows: [{ ...row, level: 'mandatory', findings: [failed] }] };
  writeFileSync(join(out, 'certification.json'), JSON.stringify(night));
  const file = join(hub, 'known-failures.yaml');
  if (known !== null) writeFileSync(file, known);
  const { code, stderr } = await called(nightly, ['tell', out, '--known', file, ...options], github.env(1));
  return { code, stderr, github, out };
}

const entry = (check: string): string =>
  `- check: ${check}\n  reason: It is mended soon.\n  until: 2099-01-01\n`;
const watch = ['--watch', 'nightly'];

suite('nightly tell with known failures', () => {
  test('is green in the first night, and keeps it', async () => {
    const { code, github, out } = await answered(entry(failed!.check), ...watch);
    assert.equal(code, 0);
    assert.match(github.summary(1), /^## 🟢 All rows stand as expected$/m);
    assert.equal(github.issues.length, 0);
    const { history } = JSON.parse(readFileSync(join(out, 'verdicts.json'), 'utf8')) as NightRecord;
    assert.deepEqual(history, [{ startedAt: certificate.run.startedAt, code: 0, red: [] }]);
  });
  for (const [alarm, issues] of [
    ['1', 1],
    ['2', 0],
  ] as const)
    test(`opens ${issues} issues in the first red night when the alarm is ${alarm}`, async () => {
      const { code, github } = await answered('', ...watch, '--alarm', alarm);
      assert.deepEqual([code, github.issues.length], [1, issues]);
    });
  for (const [what, known, options, says] of [
    ['a file that is not there', null, watch, /KIT-NIGHT-007/],
    ['a check that is not', entry('PAC-NO-99/total'), watch, /has no PAC-NO-99\/total.*KIT-NIGHT-009/],
    ['nothing to compare with', '', [], /KIT-NIGHT-010/],
    ['an alarm of no nights', '', [...watch, '--alarm', '0'], /whole number from 1 to 14.*/],
  ] as const)
    test(`ends with 2 for ${what}`, async () => {
      const { code, stderr, github } = await answered(known, ...options);
      assert.equal(code, 2);
      assert.match(stderr, says);
      // The page of the job says it too, where the night was to be compared.
      if (/-00[79]/.test(says.source)) assert.match(github.summary(1), says);
    });
});
