import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zipSync } from 'fflate';
import { ArchiveError, unpack, zipOf } from './archive.ts';

test('an archive unpacks to the same, member by member', () => {
  const files = new Map([
    ['a/b.txt', Buffer.from('some text, '.repeat(500))],
    ['c.bin', Buffer.from(Array.from({ length: 999 }, (_, at) => (at * at) % 251))],
    ['empty', Buffer.alloc(0)],
  ]);
  const found: [string, string][] = [];
  unpack(zipOf(files), (name, bytes) => found.push([name, Buffer.from(bytes).toString('base64')]));
  assert.deepEqual(
    found,
    [...files].map(([name, bytes]) => [name, bytes.toString('base64')]),
  );
});

test('what an archive says to unpack to is the most that it does', () => {
  const zip = Buffer.from(zipSync({ 'a.txt': Buffer.alloc(100_000, 'x') }));
  const sizeInDirectory = zip.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24;
  assert.equal(zip.readUInt32LE(sizeInDirectory), 100_000);
  assert.throws(() => unpack(zip, () => {}, 1000), ArchiveError);
  zip.writeUInt32LE(10, sizeInDirectory);
  unpack(zip, (_, bytes) => assert.ok(bytes.length <= 10), 1000);
});
