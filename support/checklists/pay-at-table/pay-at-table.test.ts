import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import '../index.ts';
import { loadChecklist, type Row } from '../../checklist/index.ts';
import { loadContract } from '../../contract/index.ts';
import type { Certificate } from '../../judging/index.ts';
import { loadProfile } from '../../profile/index.ts';
import { checkIn } from '../../record/row-id.ts';
import { runRows } from '../../run/run.ts';
import { temporaryFolder } from '../../workshop/testing/command.ts';
import { stubs } from './testing/stub-driver.ts';
import { StubEpos, type Variant, type Wrong } from './testing/stub-epos.ts';

const folder = temporaryFolder();
const contract = loadContract();
const checklist = loadChecklist('pay-at-table');
const rowsOf = (...ids: string[]): Row[] => checklist.rows.filter(({ id }) => ids.includes(id));

/** Certifies a stub on some rows. */
async function certified(
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

const verdicts = ({ rows }: Certificate) =>
  Object.fromEntries(rows.map(({ id, verdict, why }) => [id, why ? `${verdict}: ${why}` : verdict]));

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

const noSocket = 'not-applicable: the profile does not declare the optional capability websocket';
const built = checklist.rows.filter(({ unbuilt }) => !unbuilt);

suite('Pay at Table on a small EPOS over REST', () => {
  test('a right one passes every row but that of a WebSocket, which it has not', async () => {
    const certificate = await certified('right', [], checklist.rows);
    const findings = certificate.rows.flatMap((row) =>
      row.findings
        .filter(({ outcome }) => outcome !== 'passed')
        .map(({ check, outcome }) => `${outcome} ${checkIn(check)}`),
    );
    // No traffic bears out that a user is asked to check the key: a person looks at it.
    assert.deepEqual(findings, ['review shows-check-key']);
    assert.deepEqual(
      verdicts(certificate),
      Object.fromEntries(
        checklist.rows.map(({ id }) => [
          id,
          { 'PAT-CFG-01': 'review', 'PAT-ERR-01': noSocket }[id] ?? 'passed',
        ]),
      ),
    );
  });
});

/** Each wrong EPOS with the row that catches it, and the checks that do. */
const wrongs: Readonly<Record<Wrong, readonly [row: string, ...checks: string[]]>> = {
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

suite('an EPOS that is wrong in one way', () => {
  for (const [wrong, [row, ...checks]] of Object.entries(wrongs))
    test(`${wrong} fails ${row} by ${checks.join(', ')}`, async () => {
      const certificate = await certified(wrong, [wrong as Wrong], rowsOf(row));
      const mild = checks.every((check) => warnsOnly(row, check));
      const found = outcomes(certificate, mild ? 'warning' : 'failed');
      assert.equal(
        certificate.rows.find(({ id }) => id === row)?.verdict,
        mild ? 'warning' : 'failed',
        found.join(', '),
      );
      for (const check of checks)
        assert.ok(found.includes(check), `${check} is not among ${found.join(', ')}`);
    });
});

/** Conforming all the same, with what they are warned of or not asked. */
const variants: Readonly<Record<Variant, readonly string[]>> = {
  'older-names': ['PAT-CAP-02: warning'],
  'no-bill': [],
  'no-locks': ['PAT-ORD-06: not-applicable'],
  'no-payments-listed': [
    'PAT-PAY-01: review',
    'PAT-PAY-02: review',
    'PAT-PAY-03: review',
    'PAT-PAY-04: review',
  ],
  'hides-held': [],
  'looks-up': [],
  'waiters-checked': [],
  'unlock-once': [],
  'extras-as-items': [],
  'no-extras': [],
};

/** The rows in which the variants differ. */
const varied = built
  .filter(({ section }) => section !== 'Refunds')
  .filter(({ id }) => !['PAT-CFG-01', 'PAT-ERR-01'].includes(id));

suite('an EPOS that conforms in another way', () => {
  for (const [variant, others] of Object.entries(variants))
    test(`${variant} fails nowhere`, async () => {
      const { rows } = await certified(variant, [variant as Variant], varied);
      const otherwise = rows.flatMap(({ id, verdict, findings }) =>
        verdict === 'passed' || (verdict === 'incomplete' && !built.some((row) => row.id === id))
          ? []
          : [
              `${id}: ${verdict}${verdict === 'failed' ? ` ${findings.filter(({ outcome }) => outcome === 'failed').map(({ check, observed }) => `${check} ${observed}`)}` : ''}`,
            ],
      );
      assert.deepEqual(
        otherwise,
        others.filter((one) => built.some(({ id }) => one.startsWith(id))),
      );
    });
});
