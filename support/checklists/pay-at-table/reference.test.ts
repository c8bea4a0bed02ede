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
const built = checklist.rows.filter(({ unbuilt }) => !unbuilt);

/** Certifies the reference EPOS, right or wrong in one way, on some rows. */
async function certified(id: string, rows: readonly Row[]): Promise<Certificate> {
  const { certificate } = await runRows({
    profile: loadProfile(ownProfiles('pay-at-table')['reference-http']),
    ownTill: true,
    upstream: { kind: 'embedded' },
    rows,
    checklist,
    contract,
    workers: 0,
    fast: true,
    allure: false,
    out: join(folder, id),
    id,
    say: () => {},
  });
  return certificate;
}

const verdicts = ({ rows }: Certificate) =>
  rows.map(({ id, verdict, why }) => `${id}: ${verdict}${why && ` (${why})`}`);

/** No traffic bears out that a user is asked to check the key: of a display that is reported a person looks at it. */
const isReportedAlone = (outcome: string, check: string): boolean =>
  outcome === 'review' && checkIn(check) === 'shows-check-key';

suite('the reference EPOS', () => {
  test('passes every row that the kit judges', async () => {
    const certificate = await certified('right', built);
    const findings = certificate.rows.flatMap((row) =>
      row.findings
        .filter(({ outcome, check }) => outcome !== 'passed' && !isReportedAlone(outcome, check))
        .map(({ check, observed, outcome }) => `${outcome} ${check}: ${observed}`),
    );
    assert.deepEqual(findings, []);
    assert.ok(
      verdicts(certificate).every(
        (one) =>
          !built.some(({ id }) => one.startsWith(id)) ||
          one.endsWith('passed') ||
          one.startsWith('PAT-CFG-01: review'),
      ),
    );
  });
});
