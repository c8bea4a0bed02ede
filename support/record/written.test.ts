import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bodyOf, DEEPEST, type Oddity, readJson, written } from './written.ts';

const brief = (text: string) => {
  const read = readJson(text);
  return 'json' in read
    ? read.oddities.map(({ pointer, what, written: spelling }: Oddity) => `${pointer} ${what} ${spelling}`)
    : read.unreadable;
};

for (const [text, reported] of [
  ['{"amount":{"value":1000,"rate":0.5}}', []],
  ['{"feeRate":0.50}', []],
  ['{"amount":{"value":1000.0}}', ['/amount/value fraction 1000.0']],
  ['{"list":[1, 1e3,\n2E+0]}', ['/list/1 fraction 1e3', '/list/2 fraction 2E+0']],
  ['1.0', [' fraction 1.0']],
  [
    '{"id":12345678901234567890,"n":-9007199254740993}',
    ['/id rounded 12345678901234567890', '/n rounded -9007199254740993'],
  ],
  ['{"id":9007199254740992}', []],
  ['[1e999]', ['/0 rounded 1e999']],
  ['{"a":1,"b":{"a":2},"a":3}', ['/a doubled a']],
  [String.raw`{"a":1,"\u0061":2}`, ['/a doubled a']],
  ['{"a/b~c":[{"x":"1.0, {","y":-1.50e2}]}', ['/a~1b~0c/0/y fraction -1.50e2']],
  ['{"__proto__":1.0,"constructor":2}', ['/__proto__ fraction 1.0']],
  ['[[],{},[1.0],3.0]', ['/2/0 fraction 1.0', '/3 fraction 3.0']],
  ['\ufeff{"a":1}', [' mark \ufeff']],
  ['\ufeff{"a":1.0}', [' mark \ufeff', '/a fraction 1.0']],
  ['{"a":-0}', []],
  ['{"a":1', 'it is not JSON'],
  ['', 'it is not JSON'],
] as const) {
  test(`${JSON.stringify(text)}: ${JSON.stringify(reported)}`, () => assert.deepEqual(brief(text), reported));
}

test('what parsing gives is what a body says, however it is kept, and the last of two members counts', () => {
  for (const [text, json] of [
    ['{"feeRate":0.50}', { feeRate: 0.5 }],
    ['\ufeff{"a":1}', { a: 1 }],
    ['{"a":1,"a":2}', { a: 2 }],
    ['{"a":1}', { a: 1 }],
  ] as const) {
    const read = written(bodyOf(text));
    assert.deepEqual('json' in read && read.json, json);
  }
  assert.deepEqual(written({ base64: 'AAAA' }), { unreadable: 'it is not text' });
  assert.deepEqual(written({ text: 'plain' }), { unreadable: 'it is not JSON' });
});

test('JSON is read down to a depth, and what nests deeper is said to', () => {
  const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
  assert.ok('json' in readJson(nested(DEEPEST)));
  const deep = 'it nests more than 128 levels deep';
  for (const text of [
    nested(DEEPEST + 1),
    nested(20_000),
    '{"a":'.repeat(20_000),
    `["\\"[",${nested(DEEPEST)}]`,
  ])
    assert.deepEqual([readJson(text), bodyOf(text)], [{ unreadable: deep }, { text }]);
  assert.ok(
    'json' in readJson(`["${'['.repeat(500)}\\\\",${'[],'.repeat(500)}0]`),
    'brackets in a text are none',
  );
  assert.deepEqual(readJson(`"${'['.repeat(500)}`), { unreadable: 'it is not JSON' });
});

test('whatever is read has the value that JSON.parse gives, and reading never throws', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.json(), fc.string({ unit: fc.constantFrom(...'{}[]",:\\1.e-0a \ufeff') })),
      (text) => {
        const read = readJson(text);
        let parsed: unknown;
        try {
          parsed = JSON.parse(text);
        } catch {
          parsed = undefined;
        }
        if (parsed !== undefined) assert.deepEqual('json' in read && read.json, parsed);
        const body = bodyOf(text);
        if ('text' in body) assert.equal(body.text, text);
        else assert.deepEqual(body, { json: parsed });
      },
    ),
  );
});
