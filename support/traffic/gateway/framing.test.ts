import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Capture } from './capture.ts';
import { ResponseReader } from './response.ts';

/** Responses that follow one another on one connection, with what is in them. */
const message = fc.record({
  content: fc.uint8Array({ maxLength: 60 }).map((bytes): Buffer => Buffer.from(bytes)),
  chunked: fc.boolean(),
  interim: fc.boolean(),
  size: fc.integer({ min: 1, max: 20 }),
});

function written({
  content,
  chunked,
  interim,
  size,
}: {
  content: Buffer;
  chunked: boolean;
  interim: boolean;
  size: number;
}): Buffer {
  const before = interim ? 'HTTP/1.1 100 Continue\r\n\r\n' : '';
  if (!chunked)
    return Buffer.concat([
      Buffer.from(`${before}HTTP/1.1 200 OK\r\nContent-Length: ${content.length}\r\n\r\n`),
      content,
    ]);
  const parts: Buffer[] = [
    Buffer.from(`${before}HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n`),
  ];
  for (let at = 0; at < content.length; at += size) {
    const part = content.subarray(at, at + size);
    parts.push(Buffer.from(`${part.length.toString(16)};x=y\r\n`), part, Buffer.from('\r\n'));
  }
  return Buffer.concat([...parts, Buffer.from('0\r\nX-Sum: 1\r\n\r\n')]);
}

test('wherever the network cuts, each response ends at its own last byte and keeps its own content', () => {
  fc.assert(
    fc.property(
      fc.array(message, { minLength: 1, maxLength: 4 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 40 })),
      (messages, cuts) => {
        let bytes = Buffer.concat(messages.map(written));
        let reader = new ResponseReader('GET');
        const read: Buffer[] = [];
        for (const cut of cuts) {
          if (bytes.length === 0) break;
          let chunk = bytes.subarray(0, cut);
          bytes = bytes.subarray(cut);
          while (chunk.length > 0) {
            const taken = reader.read(chunk);
            if (!reader.complete) assert.equal(taken, chunk.length);
            chunk = chunk.subarray(taken);
            if (!reader.complete) continue;
            read.push(reader.content.bytes());
            reader = new ResponseReader('GET');
          }
        }
        assert.deepEqual(
          read,
          messages.map(({ content }) => content),
        );
      },
    ),
    { numRuns: 500 },
  );
});

for (const [what, headers, untilClose] of [
  ['a length that is no number', 'Content-Length: two', true],
  ['two lengths that differ', 'Content-Length: 1\r\nContent-Length: 2', true],
  ['two lengths that agree', 'Content-Length: 2, 2', false],
  ['a coding that is not chunked', 'Transfer-Encoding: gzip', true],
] as const) {
  test(`a response with ${what} ${untilClose ? 'lasts to the end of its connection' : 'ends where they say'}`, () => {
    const reader = new ResponseReader('GET');
    const bytes = Buffer.from(`HTTP/1.1 200 OK\r\n${headers}\r\n\r\nabcd`);
    assert.equal(reader.read(bytes), untilClose ? bytes.length : bytes.length - 2);
    assert.equal(reader.complete, !untilClose);
    assert.equal(reader.keepsAlive, !untilClose);
    assert.equal(reader.completeAtEnd, true);
  });
}

test('what is kept of a body has a limit, and its size has none', () => {
  const content = new Capture();
  const chunk = Buffer.alloc(700_000, 1);
  content.add(chunk);
  assert.equal(content.truncated, false);
  content.add(chunk);
  assert.deepEqual([content.truncated, content.size, content.bytes().length], [true, 1_400_000, 1_048_576]);
});
