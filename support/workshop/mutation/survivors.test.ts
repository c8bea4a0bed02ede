import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareSurvivors, type Explanation, explained, type MutationReport } from './survivors.ts';

const source = 'const a = 1;\n  const b = list.filter(\n    (one) => one > a,\n  );\n';

/** A report of one file in which `one > a` becomes something else. */
const report = (status: string, replacement: string): MutationReport => ({
  files: {
    'some.ts': {
      source,
      mutants: [
        { status, replacement, location: { start: { line: 3, column: 14 }, end: { line: 3, column: 21 } } },
      ],
    },
  },
});

const entry: Explanation = {
  line: '(one) => one > a,',
  was: 'one > a',
  becomes: ['one >= a', 'true'],
  why: 'no number of the list is 1 or less',
};

test('a survivor whose code and mutant are explained is known', () => {
  const { survivors, unexplained } = compareSurvivors(report('Survived', 'one >= a'), { 'some.ts': [entry] });
  assert.equal(survivors, 1);
  assert.deepEqual(unexplained, []);
});

for (const [what, other] of [
  ['another file', { 'other.ts': [entry] }],
  ['another line', { 'some.ts': [{ ...entry, line: 'const a = 1;' }] }],
  ['other code', { 'some.ts': [{ ...entry, was: 'a' }] }],
  ['another mutant', { 'some.ts': [{ ...entry, becomes: ['true'] }] }],
] as const)
  test(`an explanation of ${what} does not stand for it`, () => {
    const { unexplained } = compareSurvivors(report('Survived', 'one >= a'), other);
    assert.deepEqual(unexplained, ['some.ts:3 one > a → one >= a']);
  });

test('code that no test runs is a survivor', () => {
  assert.deepEqual(compareSurvivors(report('NoCoverage', 'false'), {}).unexplained, [
    'some.ts:3 one > a → false',
  ]);
});

test('an explanation of a mutant that was killed is outdated; of a file that was not mutated it is not', () => {
  const { survivors, outdated } = compareSurvivors(report('Killed', 'one >= a'), {
    'some.ts': [entry],
    'other.ts': [entry],
  });
  assert.equal(survivors, 0);
  assert.deepEqual(outdated, ['some.ts: one > a → one >= a', 'some.ts: one > a → true']);
});

test('code that is written over several lines is compared as one', () => {
  const mutants = [
    {
      status: 'Survived',
      replacement: 'list\n  .slice()',
      location: { start: { line: 2, column: 13 }, end: { line: 4, column: 4 } },
    },
  ];
  const many: Explanation = {
    line: 'const b = list.filter(',
    was: 'list.filter(',
    becomes: ['list .slice()'],
    why: 'a copy',
  };
  const { unexplained } = compareSurvivors(
    { files: { 'some.ts': { source, mutants } } },
    { 'some.ts': [many] },
  );
  assert.deepEqual(unexplained, []);
});

test('each explanation of the kit gives its reason', () => {
  for (const [file, entries] of Object.entries(explained()))
    for (const { line, was, becomes, why } of entries) {
      assert.ok(line && was && becomes.length, `${file}: ${line}`);
      assert.ok(why.length > 10, `${file}: ${line}`);
    }
});
