import '../checklists/index.ts';
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { mutants } from '../../fixtures/pay-at-counter/mutants/index.ts';
import { loadChecklist } from '../checklist/index.ts';
import { loadContract } from '../contract/index.ts';
import { builtIn, loadProfile } from '../profile/index.ts';
import { temporaryFolder } from '../record/disk/temporary.ts';
import { runRows, selectRows } from './run.ts';

const folder = temporaryFolder('state-only');
after(() => rmSync(folder, { recursive: true }));

async function unobserved(name: string, rows: readonly string[], till?: object) {
  const checklist = loadChecklist('pay-at-counter');
  const { certificate } = await runRows({
    profile: { ...loadProfile(builtIn['reference-http']), reach: { traffic: 'none' } },
    ownTill: true,
    upstream: { kind: 'embedded' },
    rows: selectRows(checklist, rows, null),
    checklist,
    contract: loadContract(),
    workers: 1,
    fast: true,
    allure: false,
    out: join(folder, name),
    id: name,
    say: () => {},
    ...(till ? { wrong: { till } } : {}),
  });
  return certificate;
}

suite('a POS whose traffic goes past the kit', () => {
  test('passes no row: what it sends is left to a reviewer, what came of it and what it shows is judged', async () => {
    const { rows, ranOn } = await unobserved('right', ['PAC-SALE-01', 'PAC-SALE-07']);
    assert.deepEqual(ranOn.environment?.reach, { traffic: 'none' });
    for (const { id, verdict, findings, trouble } of rows) {
      const failing = findings.filter(({ outcome }) => outcome === 'failed');
      assert.deepEqual([...failing, ...trouble], [], id);
      assert.equal(verdict, 'review', id);
      for (const { check, plane, outcome, observed } of findings)
        if (plane === 'wire' || plane === 'contract') {
          assert.equal(outcome, 'review', check);
          assert.match(observed, /^not observed/);
        }
      const passed = findings.filter(({ outcome }) => outcome === 'passed').map(({ plane }) => plane);
      assert.ok(passed.includes('state') && passed.includes('display'), `${id}: ${passed}`);
    }
  });
  test('fails a row by what it shows', async () => {
    const till = mutants.find(({ id }) => id === 'paid-before-captured')!.till!;
    const { rows } = await unobserved('wrong', ['PAC-SALE-01'], till);
    const failing = rows[0]!.findings.filter(({ outcome }) => outcome === 'failed');
    assert.equal(rows[0]!.verdict, 'failed');
    assert.deepEqual(
      failing.map(({ check }) => check),
      ['PAC-SALE-01/shows-nothing-false'],
    );
  });
});
