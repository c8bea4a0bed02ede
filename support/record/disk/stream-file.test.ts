import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import type { Envelope } from '@cucumber/messages';
import { Blocked } from '../blocked.ts';
import { files, StreamFile } from './stream-file.ts';
import { temporaryFolder } from './temporary.ts';

const folder = temporaryFolder('stream');
after(() => rmSync(folder, { recursive: true, force: true }));

const message = (body: string) => ({ attachment: { body, mediaType: 'text/plain' } }) as unknown as Envelope;
const messages = ['one', 'zwölf £ 🧾', 'line\nfeed', 'four'].map(message);

function written(run = mkdtempSync(join(folder, 'run-'))): StreamFile {
  const stream = new StreamFile(run, () => {});
  for (const one of messages) stream.write(one);
  return stream;
}

suite('messages are read again from where they were written', () => {
  test('one or several, while the stream is open and once it is closed', () => {
    const stream = written();
    const read = () => [stream.readAgain(1, 2), stream.readAgain(0, 0), stream.readAgain(3, 3)];
    const expected = [messages.slice(1, 3), messages.slice(0, 1), messages.slice(3)];
    assert.deepEqual(read(), expected);
    stream.close();
    assert.deepEqual(read(), expected);
  });
  for (const [what, harm] of [
    ['is gone', (path: string) => rmSync(path)],
    ['was cut short', (path: string) => truncateSync(path, 30)],
  ] as const) {
    test(`where the file ${what}, the user reads so`, () => {
      const run = mkdtempSync(join(folder, 'run-'));
      const stream = written(run);
      stream.close();
      harm(join(run, files.messages));
      assert.throws(
        () => stream.readAgain(2, 3),
        (error) => error instanceof Blocked && /Expected to read .*messages.ndjson again/.test(error.message),
      );
    });
  }
});
