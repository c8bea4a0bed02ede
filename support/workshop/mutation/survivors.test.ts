import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placesIn } from './places.ts';
import { compareSurvivors, type Explanation, explained, type MutationReport } from './survivors.ts';

const source = 'function some() {\n  const b = list.filter(\n    (one) => one > a,\n  );\n}\n';

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
  in: 'some',
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
  ['another function', { 'some.ts': [{ ...entry, in: 'other' }] }],
  ['other code', { 'some.ts': [{ ...entry, was: 'a' }] }],
  ['another mutant', { 'some.ts': [{ ...entry, becomes: ['true'] }] }],
] as const)
  test(`an explanation of ${what} does not stand for it`, () => {
    const { unexplained } = compareSurvivors(report('Survived', 'one >= a'), other);
    assert.deepEqual(unexplained, ['some.ts:3 in some: one > a → one >= a']);
  });

test('code that no test runs is a survivor', () => {
  assert.deepEqual(compareSurvivors(report('NoCoverage', 'false'), {}).unexplained, [
    'some.ts:3 in some: one > a → false',
  ]);
});

test('an explanation of a mutant that was killed is outdated; of a file that was not mutated it is not', () => {
  const { survivors, outdated } = compareSurvivors(report('Killed', 'one >= a'), {
    'some.ts': [entry],
    'other.ts': [entry],
  });
  assert.equal(survivors, 0);
  assert.deepEqual(outdated, ['some.ts in some: one > a → one >= a', 'some.ts in some: one > a → true']);
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
    in: 'some',
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

test('a place is named by the function, the class and its member, or the id of the entry that encloses it', () => {
  const code = [
    'const top = 1;',
    'function outer() { const list = [2]; const inner = () => 3; }',
    'class Kind { static #member() { return 4; } }',
    "const checks = [{ id: 'a-check', judge: () => 5 }];",
  ];
  const at = placesIn(code.join('\n'));
  const places = code.map((text, index) => at(index + 1, text.search(/\d/) + 1));
  assert.deepEqual(places, ['top', 'outer', 'Kind.#member', 'checks.a-check.judge']);
  assert.equal(at(2, code[1]!.indexOf('3') + 1), 'outer.inner');
});

test('each explanation of the kit gives its reason', () => {
  for (const [file, entries] of Object.entries(explained()))
    for (const { in: place, was, becomes, why } of entries) {
      assert.ok(place && was && becomes.length, `${file}: ${place}`);
      assert.ok(why.length > 10, `${file}: ${place}`);
    }
});
