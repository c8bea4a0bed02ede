import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unzipSync, zipSync } from 'fflate';
import { ArchiveError, unpack, zipOf } from './archive.ts';

test('an archive unpacks to the same, in whatever pieces it is read', () => {
  const files = new Map([
    ['a/b.txt', Buffer.from('some text, '.repeat(500))],
    ['c.bin', Buffer.from(Array.from({ length: 999 }, (_, at) => (at * at) % 251))],
    ['empty', Buffer.alloc(0)],
  ]);
  const whole = Buffer.from(zipOf(files));
  const unpacked = (size: number): [string, string][] => {
    const pieces = Array.from({ length: Math.ceil(whole.length / size) }, (_, at) =>
      whole.subarray(at * size, (at + 1) * size),
    );
    const found = new Map<string, Buffer>();
    const ended: string[] = [];
    unpack(pieces, (name) => ({
      take: (piece) => found.set(name, Buffer.concat([found.get(name) ?? Buffer.alloc(0), piece])),
      end: () => ended.push(name),
    }));
    return ended.map((name) => [name, found.get(name)!.toString()]);
  };
  const expected = Object.entries(unzipSync(whole)).map(([name, bytes]) => [
    name,
    Buffer.from(bytes).toString(),
  ]);
  assert.ok(expected.length > 1);
  for (const size of [1, 7, 1000, whole.length]) assert.deepEqual(unpacked(size), expected, `${size}`);
});

test('a file that unpacks to more than its archive says', () => {
  const zip = Buffer.from(zipSync({ 'a.txt': Buffer.alloc(100_000) }));
  zip.writeUInt32LE(0, 22);
  assert.throws(() => unpack([zip], () => ({ take: () => {}, end: () => {} }), 1000), ArchiveError);
});
