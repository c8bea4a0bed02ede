import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import type { Body, Headers } from '../../record/vocabulary.ts';
import { recordedBody } from './body.ts';
import { Capture, KEPT } from './capture.ts';
import { createRedaction } from './index.ts';

const redaction = createRedaction();

function kept(bytes: Buffer | string, headers: Headers = [], by = redaction): Body | null {
  const content = new Capture();
  content.add(Buffer.from(bytes));
  return recordedBody(content, headers, by);
}

for (const [written, parsed] of [
  ['{"a":1,"b":[true,null,"x"]}', { a: 1, b: [true, null, 'x'] }],
  ['  { "a" : 1,\r\n\t"b" : " two  spaces " }\n', { a: 1, b: ' two  spaces ' }],
  [String.raw`{"price":"\u00A310","path":"a\/b"}`, { price: '£10', path: 'a/b' }],
  ['null', null],
  ['"text"', 'text'],
] as const) {
  test(`${JSON.stringify(written)} is kept parsed, for nothing is lost by it`, () => {
    assert.deepEqual(kept(written), { json: parsed });
  });
}

for (const written of [
  '{"amount":10.00}',
  '{"amount":1e3}',
  '{"id":12345678901234567890}',
  '{"a":1,"a":2}',
  '{"2":"b","1":"a"}',
  '{"a":-0}',
  '{"a":1',
  'plain',
  '\ufeff{"a":1}',
]) {
  test(`${JSON.stringify(written)} is kept as text, for parsing would lose something`, () => {
    assert.deepEqual(kept(written), { text: written });
  });
}

test('a body that was not there is null, and one of white space is not', () => {
  assert.equal(kept(''), null);
  assert.deepEqual(kept(' '), { text: ' ' });
});

test('what is kept parsed prints back to what was sent', () => {
  const nothing = { ...redaction, text: (text: string) => text, jsonText: (text: string) => text };
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(0, 2), (written, indent) => {
      const sent = indent ? JSON.stringify(JSON.parse(written), null, indent) : written;
      const body = kept(sent, [], nothing);
      assert.ok(body);
      if ('json' in body) assert.deepEqual(body.json, JSON.parse(sent));
      else assert.deepEqual(body, { text: sent });
    }),
  );
});

for (const [coding, pack] of [
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['Deflate', deflateRawSync],
  ['zstd', zstdCompressSync],
  [
    'zstd',
    (text: string) => Buffer.concat([text.slice(0, 4), text.slice(4)].map((part) => zstdCompressSync(part))),
  ],
  ['gzip', (text: string) => Buffer.concat([text.slice(0, 4), text.slice(4)].map((part) => gzipSync(part)))],
  ['gzip, deflate', (text: string) => deflateSync(gzipSync(text))],
] as const) {
  test(`${coding} (${pack.name || 'both'}) is unpacked, and redacted after that`, () => {
    const packed = pack('{"card":"4111111111111111"}');
    assert.deepEqual(kept(packed, [['content-encoding', coding]]), { json: { card: 'card…1111' } });
  });
}

test('packed bytes that cannot be unpacked are not kept, for nobody can tell what is in them', () => {
  assert.deepEqual(kept(gzipSync('secret').subarray(4), [['Content-Encoding', 'gzip']]), {
    text: '[22 bytes that could not be unpacked]',
  });
});

test('a body that unpacks to more than any answer is not unpacked', () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
  assert.deepEqual(kept(bomb, [['Content-Encoding', 'gzip']]), {
    text: `[${bomb.length} bytes that could not be unpacked]`,
  });
});

test('secrets within bytes that are no text go too', () => {
  const body = kept(Buffer.from('\xff\x00 4111111111111111 sk_sandbox_abc \xff', 'latin1'));
  assert.deepEqual(body, { text: `\xff\x00 card…1111 ${redaction.key('sk_sandbox_abc')} \xff` });
});

for (const [what, secret] of [
  ['a key', 'sk_sandbox_abcdefghijklmnopqrstuvwxyz'],
  ['a card number', '4111111111111111'],
  ['a spaced card number', '4111 1111 1111 1111'],
  ['a key in JSON', '{"key":"sk_sandbox_abcdefghijklmnopqrstuvwxyz'],
] as const) {
  test(`${what} that is cut in two by the limit does not show in part`, () => {
    for (let cut = 1; cut < secret.length; cut += 1) {
      const start = `${'x '.repeat(KEPT).slice(0, KEPT - cut - 1)}\n${secret} and more`;
      const body = kept(start);
      assert.ok(body && 'text' in body);
      assert.match(body.text, /x ?\n?[{"key:]*… \[truncated: \d+ bytes in all\]$/);
    }
  });
}

test('a text that is cut within a character is still text', () => {
  const body = kept(`x${'£'.repeat(KEPT)}`);
  assert.ok(body && 'text' in body && body.text.startsWith('x££'));
});
