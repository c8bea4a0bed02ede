import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { loadChecklist } from '../../../checklist/index.ts';
import { loadContract } from '../../../contract/index.ts';
import type { Certificate } from '../../../judging/index.ts';
import { judgeNight, recordOf } from '../../../nightly/index.ts';
import { loadProfile } from '../../../profile/index.ts';
import { readStream } from '../../../record/disk/stored-stream.ts';
import { judgeAgain } from '../../../review/judge-again.ts';
import { runRows } from '../../../run/run.ts';
import { temporaryFolder } from '../../../workshop/testing/command.ts';
import { madeUp } from './definition.ts';
import './driver.ts';

const folder = temporaryFolder();
const contract = loadContract();

/** Runs the rows of the made-up checklist on its made-up POS. */
function certified(name: string, ...how: string[]): Promise<Certificate> {
  const command = JSON.stringify([process.execPath, join(import.meta.dirname, 'subject.mjs'), ...how]);
  return certifiedBy(name, `{ kind: command, command: ${command} }`);
}

/** The same of a POS that is reached so. */
async function certifiedBy(name: string, driver: string): Promise<Certificate> {
  writeFileSync(
    join(folder, `${name}.yaml`),
    `name: Drawer\nversion: "1"\napiVersion: "2026-02-27"\ncapabilities: [${Object.keys(madeUp.capabilities)}]\n` +
      'build: sha256:d1ce\nranBy: { name: A. Tester }\n' +
      `driver: ${driver}\n`,
  );
  const checklist = loadChecklist(madeUp.name);
  const { certificate } = await runRows({
    profile: loadProfile(join(folder, `${name}.yaml`)),
    ownTill: false,
    upstream: { kind: 'embedded' },
    rows: checklist.rows,
    checklist,
    contract,
    workers: 0,
    fast: true,
    allure: false,
    out: join(folder, name),
    id: name,
    say: () => {},
  });
  return certificate;
}

const failing = ({ rows }: Certificate): string[] =>
  rows.flatMap(({ findings }) =>
    findings.filter(({ outcome }) => outcome === 'failed').map(({ check }) => check),
  );

suite('a checklist of which only its own folder knows', () => {
  test('runs, is judged, is reported and is judged again from its record', async () => {
    const certificate = await certified('right');
    assert.deepEqual(
      certificate.rows.map(({ id, verdict, why }) => [id, verdict, why]),
      [
        ['MUP-01', 'passed', ''],
        ['MUP-02', 'passed', ''],
      ],
    );
    const { certificate: again, otherwise } = judgeAgain([readStream(join(folder, 'right'))], contract);
    assert.deepEqual([again.rows, otherwise], [certificate.rows, []]);
    const { subject, ranBy, ranOn } = certificate;
    assert.deepEqual([subject.kind, subject.name, subject.build], ['pos', 'Drawer', 'sha256:d1ce']);
    assert.deepEqual([ranBy, ranOn.node], [{ name: 'A. Tester', contact: null }, process.versions.node]);
    // A slow machine is never held against a subject, whatever its checklist says of that.
    assert.equal(certificate.run.criteria['machine.loop-delay'], 1000);
    const page = readFileSync(join(folder, 'right', 'certification.html'), 'utf8');
    assert.match(page, /The drawer opens for a reason/);
    assert.match(page, /operator<\/td><td>looked at the drawer/);
    assert.match(page, /a drawer that takes longer is pulled open by hand/);
  });

  test('proves its check by a subject that is wrong on purpose, and the next night tells', async () => {
    const right = await certified('night');
    const wrong = await certified('wrong', 'wrong');
    assert.deepEqual(failing(wrong), ['MUP-01/drawer-opens', 'MUP-02/drawer-opens']);
    const before = recordOf(judgeNight(right, [], null), { issue: null, url: null });
    const { comparison } = judgeNight(wrong, [], before);
    assert.deepEqual(
      comparison?.rows.map(({ turn }) => turn),
      ['departed', 'departed'],
    );
  });

  test('is driven by a driver of which only its own folder knows', async () => {
    const certificate = await certifiedBy('in-process', '{ kind: in-process, greeting: Drawer shut }');
    const { driver, display, kind } = certificate.subject;
    assert.deepEqual([driver, display, kind], ['in-process', 'reported', 'pos']);
    assert.deepEqual(
      certificate.rows.map(({ verdict }) => verdict),
      ['passed', 'passed'],
    );
    for (const [settings, says] of [
      ['{ kind: in-process }', /`driver` to have `greeting`, which is missing/],
      ['{ kind: in-process, greeting: " x" }', /expected no space before it/],
      ['{ kind: nowhere }', /`driver`\.kind to be .*"in-process"/],
    ] as const)
      await assert.rejects(certifiedBy('bad', settings), says);
  });
});
