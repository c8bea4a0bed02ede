import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { UsageError } from '../record/usage-error.ts';
import { rowsIn } from './rows-file.ts';

const row = (...more: string[]): string =>
  [
    'checklist: a',
    'title: A',
    'source: here',
    'everyRow: []',
    'rows:',
    '  - id: A-01',
    '    section: S',
    '    title: T',
    '    level: mandatory',
    ...more.map((line) => `    ${line}`),
  ].join('\n');
const clauses = 'clauses: [{ clause: C, checks: [{ id: c, plane: wire }] }]';

suite('a file of rows', () => {
  test('that is whole is read', () => assert.ok(rowsIn(row(clauses), 'a')));

  const mistakes: readonly (readonly [what: string, text: string, says: RegExp])[] = [
    [
      'a member that nobody reads',
      row(clauses, 'cardMachine: [SIP0]'),
      /the row A-01 has the member "cardMachine", which nobody reads\. It may have: .*cardMachines/,
    ],
    [
      'a misspelt level',
      row(clauses).replace('mandatory', 'mandatry'),
      /level of the row A-01 is none of mandatory, optional, extra/,
    ],
    [
      'a misspelt plane',
      row(clauses).replace('wire', 'wires'),
      /clauses\/0\/checks\/0\/plane of the row A-01 is none of wire/,
    ],
    [
      'a misspelt member of a check',
      row(clauses.replace('plane: wire', 'plane: wire, severty: should')),
      /checks\/0 of the row A-01 has the member "severty"/,
    ],
    ['a row without clauses', row(), /the row A-01 must have required property 'clauses'/],
    [
      'a row without an id',
      row(clauses).replace('id: A-01\n    section', 'section'),
      /row 1 must have required property 'id'/,
    ],
    [
      'a misspelt member of the file',
      `${row(clauses)}\neveryRows: []`,
      /the file has the member "everyRows"/,
    ],
    ['what is not YAML', 'rows: [', /is not YAML/],
    ['no file', '', /the file must be object/],
  ];
  for (const [what, text, says] of mistakes)
    test(`with ${what} is refused`, () =>
      assert.throws(
        () => rowsIn(text, 'a'),
        (error) => error instanceof UsageError && says.test(error.message),
      ));
});
