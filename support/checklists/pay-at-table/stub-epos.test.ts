import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Certificate } from '../../judging/index.ts';
import { checkIn } from '../../record/row-id.ts';
import { catches, certified, checklist, wrongs } from './testing/certified-stub.ts';
import type { Wrong } from './testing/stub-epos.ts';

const verdicts = ({ rows }: Certificate) =>
  Object.fromEntries(rows.map(({ id, verdict, why }) => [id, why ? `${verdict}: ${why}` : verdict]));

const noSocket = 'not-applicable: the profile does not declare the optional capability websocket';

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

/** One of each section; the long tests have them all. */
const some: readonly Wrong[] = [
  'silent-on-401',
  'keeps-own-list',
  'buttons-pass-the-lock',
  'forgets-part',
  'books-failed-refund',
  'unknown-is-null',
];

suite('an EPOS that is wrong in one way', () => {
  for (const wrong of some) test(`${wrong} fails ${wrongs[wrong].join(' by ')}`, () => catches(wrong));
});
