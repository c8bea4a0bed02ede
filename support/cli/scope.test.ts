import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import '../checklists/index.ts';
import { loadChecklist } from '../checklist/index.ts';
import { loadContract } from '../contract/index.ts';
import { capabilitiesOf } from '../judging/index.ts';
import { builtIn, loadProfile } from '../profile/index.ts';
import { temporaryFolder } from '../record/disk/temporary.ts';
import { runRows, selectRows } from '../run/run.ts';

const checklist = loadChecklist();
const contract = loadContract();
const whole = loadProfile(builtIn.headless);
const control = 'PAC-SALE-01';

/** The checklist's own marks: rows that carry "[Optional]" in their title. */
const optional = new Set(['amountChange', 'intentCancel', 'intentSearch', 'manualCapture']);

let folder = '';
before(() => {
  folder = temporaryFolder('scope');
});
after(() => rmSync(folder, { recursive: true, force: true }));

suite('a profile that leaves a capability out', () => {
  for (const left of whole.capabilities) {
    const verdict = optional.has(left) ? 'not-applicable' : 'review';
    test(`without ${left} its rows are ${verdict}, are not driven, and no other row is touched`, async () => {
      const rows = checklist.rows.filter((row) => capabilitiesOf(row).includes(left)).map(({ id }) => id);
      assert.ok(rows.length > 0, `no row depends on ${left}`);
      const { certificate } = await runRows({
        profile: { ...whole, capabilities: whole.capabilities.filter((name) => name !== left) },
        ownTill: false,
        upstream: { kind: 'embedded' },
        rows: selectRows(checklist, [control, ...rows], null),
        checklist,
        contract,
        workers: 0,
        fast: false,
        allure: false,
        out: join(folder, left),
        id: left,
        say: () => {},
      });
      assert.deepEqual(certificate.subject.undeclared, [left]);
      assert.deepEqual(
        certificate.rows.map(({ id, verdict: comesTo }) => [id, comesTo]),
        checklist.rows
          .filter(({ id }) => id === control || rows.includes(id))
          .map(({ id }) => [id, id === control ? 'passed' : verdict]),
      );
    });
  }
});
