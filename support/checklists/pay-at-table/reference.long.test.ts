import assert from 'node:assert/strict';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import '../index.ts';
import { loadChecklist, type Row } from '../../checklist/index.ts';
import { loadContract } from '../../contract/index.ts';
import type { Certificate } from '../../judging/index.ts';
import { loadProfile, ownProfiles } from '../../profile/index.ts';
import { checkIn } from '../../record/row-id.ts';
import { runRows } from '../../run/run.ts';
import { temporaryFolder } from '../../workshop/testing/command.ts';

const folder = temporaryFolder();
const contract = loadContract();
const checklist = loadChecklist('pay-at-table');

type Pos = keyof ReturnType<typeof ownProfiles>;

/** Certifies the reference EPOS on some rows. */
async function certified(pos: Pos, rows: readonly Row[]): Promise<Certificate> {
  const { certificate } = await runRows({
    profile: loadProfile(ownProfiles('pay-at-table')[pos]),
    ownTill: true,
    upstream: { kind: 'embedded' },
    rows,
    checklist,
    contract,
    workers: 0,
    // Through its page in real time.
    fast: pos !== 'reference',
    allure: false,
    out: join(folder, pos),
    id: pos,
    say: () => {},
  });
  return certificate;
}

/** No traffic bears out that a user is asked to check the key: of a display that is reported a person looks at it. */
const isReportedAlone = (outcome: string, check: string): boolean =>
  outcome === 'review' && checkIn(check) === 'shows-check-key';

/** How it is called, on which rows, and what these come to where they do not pass. */
const ways: Readonly<Record<string, readonly [Pos, rows: RegExp, others: readonly string[]]>> = {
  'over REST': ['reference-http', /./, ['PAT-CFG-01: review', 'PAT-ERR-01: not-applicable']],
  'over the WebSocket that it opens': ['reference-websocket-http', /./, ['PAT-CFG-01: review']],
  'both ways': ['reference-mixed-http', /CFG-04|CAP-02|ORD-06|PAY-02|ERR-01/, []],
};

suite('the reference EPOS passes', () => {
  for (const [how, [pos, some, others]] of Object.entries(ways))
    test(`where it is called ${how}`, async () => {
      const { rows } = await certified(
        pos,
        checklist.rows.filter(({ id }) => some.test(id)),
      );
      const findings = rows.flatMap((row) =>
        row.findings
          .filter(({ outcome, check }) => outcome !== 'passed' && !isReportedAlone(outcome, check))
          .map(({ check, observed, outcome }) => `${outcome} ${check}: ${observed}`),
      );
      assert.deepEqual(findings, []);
      assert.deepEqual(
        rows.filter(({ verdict }) => verdict !== 'passed').map(({ id, verdict }) => `${id}: ${verdict}`),
        others,
      );
    });

  test('through its page, the wrong key too', async () => {
    const some = checklist.rows.filter(({ id }) => ['PAT-CFG-01', 'PAT-ORD-05'].includes(id));
    const { rows } = await certified('reference', some);
    const judged = rows.filter(({ id }) => some.some((one) => one.id === id));
    assert.deepEqual(
      judged.map(({ verdict }) => verdict),
      ['passed', 'passed'],
    );
  });
});
