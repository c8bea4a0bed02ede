import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { catches, certified, checklist, wrongs } from './testing/certified-stub.ts';
import type { Variant, Wrong } from './testing/stub-epos.ts';

suite('an EPOS that is wrong in one way', () => {
  for (const [wrong, [row, ...checks]] of Object.entries(wrongs))
    test(`${wrong} fails ${row} by ${checks.join(', ')}`, () => catches(wrong as Wrong));
});

const built = checklist.rows.filter(({ unbuilt }) => !unbuilt);

/** Conforming all the same, with what they are warned of or not asked. */
const variants: Readonly<Record<Variant, readonly string[]>> = {
  'older-names': ['PAT-CAP-02: warning'],
  'no-bill': [],
  'no-locks': ['PAT-ORD-06: not-applicable', 'KIT-PAT-08: not-applicable'],
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
