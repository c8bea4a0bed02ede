import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { Chain, editsBetween, linkLine, readChain } from './chain.ts';

const lines = (count: number): Buffer[] =>
  Array.from({ length: count }, (_, n) => Buffer.from(`{"n":${n}}\n`));
const chained = (all: readonly Uint8Array[]) => {
  const chain = new Chain();
  const text = all.map((line) => linkLine(chain.take(line))).join('');
  return { text, head: chain.head };
};

suite('the head of a chain', () => {
  test('can be computed by anything that knows SHA-256', () => {
    const sha256 = (what: string | Uint8Array) => createHash('sha256').update(what).digest('hex');
    const head = lines(3).reduce((before, line) => sha256(before + sha256(line)), '0'.repeat(64));
    assert.deepEqual(chained(lines(3)).head, { envelopes: 3, head });
  });
  test('is another one when a line is changed, moved, added or missing', () => {
    const [a, b, c] = lines(3) as [Buffer, Buffer, Buffer];
    const others = [[a, b], [b, c], [a, c, b], [a, b, c, c], [a, b, Buffer.from('{"n":3}\n')], []];
    const heads = [[a, b, c], ...others].map((all) => chained(all).head.head);
    assert.equal(new Set(heads).size, heads.length);
  });
});

suite('a stored chain', () => {
  test('reads as it was written', () => {
    const { text, head } = chained(lines(4));
    const { links, wrong, cut } = readChain(text);
    assert.deepEqual([links.length, links.at(-1)!.head, wrong, cut], [4, head.head, [], false]);
  });
  test('leaves out a last line that was cut off, and says so', () => {
    const { links, wrong, cut } = readChain(chained(lines(4)).text.slice(0, -1));
    assert.deepEqual([links.length, wrong, cut], [3, [], true]);
  });
  test('that holds nothing yet is not cut off', () => {
    assert.deepEqual(readChain(''), { links: [], wrong: [], cut: false });
  });
  test('names the lines that do not follow, or are not written as they should be', () => {
    const all = chained(lines(3)).text.split('\n');
    const [first = '', second = '', third = ''] = all;
    const wrong = (...given: string[]) => readChain(given.map((line) => `${line}\n`).join('')).wrong;
    assert.deepEqual(wrong(first, third), [2]);
    assert.deepEqual(wrong(first, second.replace(' ', '-'), third), [2]);
    assert.deepEqual(wrong(first, second, `${third} `), [3]);
    assert.deepEqual(wrong('', 'no chain'), [1, 2]);
  });
  test('shows each character that was changed', () => {
    const { text } = chained(lines(3));
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom('0', 'f', ' ', '\n', 'x'), (at, other) => {
        fc.pre(text[at] !== other);
        const { links, wrong, cut } = readChain(text.slice(0, at) + other + text.slice(at + 1));
        assert.ok(wrong.length > 0 || cut || links.length !== 3);
      }),
      { seed: 4, numRuns: 200 },
    );
  });
});

suite('what turned the recorded lines into those that are there', () => {
  const recorded = ['a', 'b', 'c', 'd', 'e', 'f'];
  const reported: [what: string, present: string[], edits: object[]][] = [
    ['nothing', recorded, []],
    ['a changed line', ['a', 'b', 'X', 'd', 'e', 'f'], [{ kind: 'changed', line: 3 }]],
    ['an added line', ['a', 'X', 'b', 'c', 'd', 'e', 'f'], [{ kind: 'added', line: 2, copy: false }]],
    ['a copied line', ['a', 'b', 'c', 'd', 'e', 'b', 'f'], [{ kind: 'added', line: 6, copy: true }]],
    ['a removed line', ['a', 'c', 'd', 'e', 'f'], [{ kind: 'removed', was: 2, through: 2, atEnd: false }]],
    ['a cut end', ['a', 'b'], [{ kind: 'removed', was: 3, through: 6, atEnd: true }]],
    [
      'two lines that changed places',
      ['a', 'e', 'c', 'd', 'b', 'f'],
      [
        { kind: 'moved', line: 2, was: 5 },
        { kind: 'moved', line: 5, was: 2 },
      ],
    ],
    [
      'several edits far apart',
      ['X', 'b', 'd', 'e', 'f', 'Y'],
      [
        { kind: 'changed', line: 1 },
        { kind: 'removed', was: 3, through: 3, atEnd: false },
        { kind: 'added', line: 6, copy: false },
      ],
    ],
  ];
  for (const [what, present, edits] of reported)
    test(what, () => assert.deepEqual(editsBetween(recorded, present), edits));
  test('is nothing only where they are the same', () => {
    const digests = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 8 });
    fc.assert(
      fc.property(digests, digests, (one, other) => {
        assert.equal(editsBetween(one, other).length === 0, one.join() === other.join());
      }),
      { seed: 5, numRuns: 2000 },
    );
  });
});
