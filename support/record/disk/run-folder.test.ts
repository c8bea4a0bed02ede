import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Certificate } from '../../judging/index.ts';
import { command, type Ended, temporaryFolder } from '../../workshop/testing/command.ts';

const folder = temporaryFolder();

/** Makes a process live in one and the same second. */
const still = join(folder, 'still.mjs');
writeFileSync(
  still,
  `const Real = Date, now = Date.UTC(2026, 10, 30, 9);
globalThis.Date = class extends Real { constructor(...at) { at.length ? super(...at) : super(now); } };`,
);

/** Runs of these rows that begin at the same moment. */
const together = (cwd: string, rows: readonly string[], ...options: string[]): Promise<Ended[]> =>
  Promise.all(
    rows.map(
      (row) =>
        command(['certify', '--pos', 'headless', '--no-allure', '--rows', row, ...options], {
          cwd,
          preload: pathToFileURL(still).href,
        }).ended,
    ),
  );

/** The record holds, but for what a clock that stands still makes of its times. */
async function onlyItsClockStoodStill(run: string): Promise<void> {
  const { code, stdout, stderr } = await command(['certify', 'verify', run], { cwd: folder }).ended;
  const said = stdout + stderr;
  assert.equal(code, 1, said);
  const found = new Set(said.match(/^[A-Z]+(?:-[A-Z]+)+(?=:)/gm));
  for (const clock of ['RECORD-ROW-OUTSIDE-RUN', 'RECORD-CLOCK-JUMP', 'RECORD-EXCHANGE-TIMES'])
    found.delete(clock);
  assert.deepEqual([...found], [], said);
}

const rowsIn = (run: string): string[] =>
  (JSON.parse(readFileSync(join(run, 'certification.json'), 'utf8')) as Certificate).rows
    .filter(({ verdict }) => verdict === 'passed')
    .map(({ id }) => id);

suite('runs that begin in the same second', () => {
  test('each have a folder of their own, and each record holds', async () => {
    const rows = ['PAC-CFG-04', 'PAC-SALE-01'];
    const ended = await together(folder, rows);
    for (const { code, stdout, stderr } of ended) assert.equal(code, 0, stdout + stderr);
    const reports = join(folder, 'reports');
    const runs = readdirSync(reports).filter((name) => name.startsWith('2026'));
    assert.deepEqual(runs.sort(), ['20261130-090000', '20261130-090000-2']);
    assert.deepEqual(runs.flatMap((run) => rowsIn(join(reports, run))).sort(), rows);
    for (const run of runs) {
      await onlyItsClockStoodStill(join('reports', run));
    }
  });
  test('never share a folder that both name: the second one ends with 2, and says so', async () => {
    const ended = await together(folder, ['PAC-CFG-04', 'PAC-SALE-01'], '--out', 'second');
    assert.deepEqual(ended.map(({ code }) => code).sort(), [0, 2], JSON.stringify(ended));
    const { stderr } = ended.find(({ code }) => code === 2)!;
    assert.match(
      stderr,
      /^Expected .*second to hold no run.* Give another folder as --out; what .* is kept\. \(KIT-RECORD-00[23]\)$/m,
    );
    assert.equal(rowsIn(join(folder, 'second')).length, 1);
    await onlyItsClockStoodStill('second');
  });
});
