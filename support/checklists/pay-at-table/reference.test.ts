import assert from 'node:assert/strict';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import '../index.ts';
import { mutants } from '../../../fixtures/pay-at-table/mutants/index.ts';
import type { Behaviour } from '../../../fixtures/pay-at-table/reference/index.ts';
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
async function certified(id: string, rows: readonly Row[], till?: Partial<Behaviour>): Promise<Certificate> {
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
    ...(till ? { wrong: { till } } : {}),
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

/** Mistakes that no row sees yet, with what it would take. */
const unseen: Readonly<Record<string, string>> = {
  'checked-too-early': 'no row sends one payment twice at the same time',
  'refund-still-counted': 'no row has an order paid anew after a refund yet',
  'screen-asks-in-full': 'no row looks at the display of the order yet',
  'pays-without-the-lock':
    'Dojo records a payment only while it holds the lock, and a POS may pay no heed to it',
  'locks-in-memory': 'no row starts the POS again while an order is locked',
  'second-lock-taken': 'nothing can be paid twice by it, so that it is warned of',
  'lock-for-ever': 'a POS may pay no heed to the expiry, so that it is warned of',
  'cursor-by-count': 'no order closes between two pages of a search yet',
  'encoded-key': 'it is so over a WebSocket alone, and no row opens one yet',
  'id-as-number': 'it is so over a WebSocket alone, and no row opens one yet',
};

suite('a reference EPOS that is wrong in one way', () => {
  for (const { id, rows, epos } of mutants) {
    const due = built.filter((row) => rows.some((name) => row.id === `PAT-${name}`));
    if (!due.length) continue;
    test(`${id} is ${unseen[id] ? `not seen yet: ${unseen[id]}` : 'caught'}`, async () => {
      const { rows: judged } = await certified(id, due, epos);
      const failed = judged.filter(({ verdict }) => verdict === 'failed').map((row) => row.id);
      assert.deepEqual(failed.length > 0, unseen[id] === undefined, failed.join(', '));
    });
  }
});
