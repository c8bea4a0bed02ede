import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import '../../index.ts';
import { loadChecklist, type Row } from '../../../checklist/index.ts';
import { loadContract } from '../../../contract/index.ts';
import type { Certificate } from '../../../judging/index.ts';
import { loadProfile } from '../../../profile/index.ts';
import { checkIn } from '../../../record/row-id.ts';
import { runRows } from '../../../run/run.ts';
import { temporaryFolder } from '../../../workshop/testing/command.ts';
import { stubs } from './stub-driver.ts';
import { StubEpos, type Variant, type Wrong } from './stub-epos.ts';

const folder = temporaryFolder();
const contract = loadContract();
export const checklist = loadChecklist('pay-at-table');
/** The rows of these ids. */
export const rowsOf = (...ids: string[]): Row[] => checklist.rows.filter(({ id }) => ids.includes(id));

/** Certifies a stub on some rows. */
export async function certified(
  name: string,
  how: readonly (Wrong | Variant)[],
  rows: readonly Row[],
): Promise<Certificate> {
  const epos = await new StubEpos(...how).open();
  stubs.set(name, epos);
  const locks = how.includes('no-locks') ? [] : ['orderLocking'];
  writeFileSync(
    join(folder, `${name}.yaml`),
    `name: Stub\nversion: "1"\napiVersion: "2026-02-27"\ncapabilities: [${locks}]\nserves: [${epos.url}]\n` +
      'declared: { eposAdapter: REST, versionAtPos: hard-coded, minimumPosVersion: "1" }\n' +
      `driver: { kind: stub-epos, name: ${name} }\n`,
  );
  try {
    const { certificate } = await runRows({
      profile: loadProfile(join(folder, `${name}.yaml`)),
      ownTill: false,
      upstream: { kind: 'embedded' },
      rows,
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
  } finally {
    await epos.close();
  }
}

/** The checks that came to that. */
const outcomes = ({ rows }: Certificate, due: 'failed' | 'warning'): string[] => [
  ...new Set(
    rows.flatMap(({ findings }) =>
      findings.filter(({ outcome }) => outcome === due).map(({ check }) => checkIn(check)),
    ),
  ),
];

/** Whether a check does no more than warn in that row. */
const warnsOnly = (row: string, check: string): boolean =>
  rowsOf(row).some(({ clauses }) =>
    clauses.some(({ checks }) => checks.some(({ id, severity }) => id === check && severity === 'should')),
  );

/** Each wrong EPOS with the row that catches it, and the checks that do. */
export const wrongs: Readonly<Record<Wrong, readonly [row: string, ...checks: string[]]>> = {
  'drops-intent-id': ['PAT-PAY-01', 'payments-identified'],
  'records-twice': ['PAT-PAY-02', 'payments-identified', 'balance-agrees'],
  'overwrites-payment': ['PAT-PAY-02', 'payments-identified', 'balance-agrees'],
  'tip-in-paid': ['PAT-PAY-03', 'balance-agrees'],
  'tip-lost': ['PAT-PAY-03', 'tips-apart'],
  'stays-payable': ['PAT-PAY-01', 'paid-order-closed'],
  'closes-on-part': ['PAT-PAY-04', 'order-payable-again'],
  'forgets-part': ['PAT-PAY-02', 'payments-identified', 'balance-agrees'],
  'refuses-last': ['PAT-PAY-02', 'payments-recorded'],
  'first-order-for-any-id': ['PAT-ORD-02', 'order-by-id'],
  pounds: ['PAT-PAY-01', 'answers-conform', 'total-as-entered'],
  'lists-paid': ['PAT-ORD-01', 'payable-orders-alone'],
  'skips-second-page': ['PAT-ORD-01', 'payable-orders-listed'],
  'unknown-is-null': ['PAT-ERR-02', 'unknown-order-refused'],
  'unknown-is-500': ['PAT-ERR-02', 'unknown-order-refused'],
  'finds-by-beginning': ['PAT-ERR-02', 'unknown-order-refused'],
  'no-status': ['PAT-ORD-04', 'statuses-stated'],
  'silent-on-record': ['PAT-PAY-01', 'payments-recorded', 'calls-answered'],
  'registers-one-by-one': ['PAT-CAP-02', 'needed-capabilities-registered'],
  'registers-unserved': ['PAT-CAP-02', 'registered-capabilities-served'],
  'registers-operation': ['PAT-CAP-02', 'registered-address-callable'],
  'keeps-own-list': ['PAT-CAP-01', 'registrations-read'],
  'declines-after-writing': ['PAT-PAY-01', 'payments-recorded'],
  'buttons-pass-the-lock': ['PAT-ORD-06', 'locked-order-unchanged'],
  'voids-under-lock': ['PAT-ORD-06', 'locked-order-unchanged'],
  'holds-under-lock': ['PAT-ORD-06', 'locked-order-unchanged'],
  'extends-nothing': ['PAT-ORD-06', 'second-lock-refused'],
  'second-lock-pays': ['PAT-ORD-06', 'second-lock-refused'],
  'lock-stays': ['PAT-ORD-06', 'lock-released'],
  'withholds-own': ['PAT-ORD-03', 'waiter-orders-listed'],
  'unknown-waiter-500': ['PAT-ORD-03', 'unknown-waiter-answered'],
  'refunds-another': ['PAT-REF-01', 'matched-refund-asked'],
  'refunds-a-penny-less': ['PAT-REF-01', 'matched-refund-asked'],
  'refunds-twice': ['PAT-REF-01', 'matched-refund-asked'],
  'refund-unconfirmed': ['PAT-REF-01', 'refund-confirmed'],
  'always-refunded': ['PAT-REF-02', 'failed-refund-shown'],
  'books-failed-refund': ['PAT-REF-02', 'failed-refund-not-booked'],
  'silent-on-401': ['PAT-CFG-01', 'shows-check-key'],
  'extras-twice': ['PAT-ORD-05', 'items-as-entered'],
  'extras-for-all': ['PAT-ORD-05', 'items-as-entered'],
  'loses-an-item': ['PAT-ORD-05', 'items-as-entered'],
  'bill-without-order': ['PAT-ORD-05', 'bill-agrees', 'answers-conform'],
  'bill-of-full-price': ['PAT-ORD-05', 'bill-agrees'],
  'discount-unlisted': ['PAT-ORD-05', 'order-adds-up'],
  'other-total-by-id': ['PAT-ORD-02', 'total-as-entered', 'search-agrees'],
};

/** Certifies a wrong EPOS on the row that is to catch it, and throws where its checks did not. */
export async function catches(wrong: Wrong): Promise<void> {
  const [row, ...checks] = wrongs[wrong];
  const certificate = await certified(wrong, [wrong], rowsOf(row));
  const mild = checks.every((check) => warnsOnly(row, check));
  const found = outcomes(certificate, mild ? 'warning' : 'failed');
  assert.equal(
    certificate.rows.find(({ id }) => id === row)?.verdict,
    mild ? 'warning' : 'failed',
    found.join(', '),
  );
  for (const check of checks) assert.ok(found.includes(check), `${check} is not among ${found.join(', ')}`);
}
