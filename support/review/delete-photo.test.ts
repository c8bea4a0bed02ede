import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import type { Envelope } from '@cucumber/messages';
import { readStream } from '../record/disk/stored-stream.ts';
import { files, StreamFile } from '../record/disk/stream-file.ts';
import { temporaryFolder } from '../record/disk/temporary.ts';
import { deletedIn, withoutPicture } from '../record/picture-line.ts';
import { media } from '../record/stream.ts';
import { samplePng } from '../report/testing/png.ts';
import { streamFindings } from './stream-edits.ts';

const home = temporaryFolder('deleting');
after(() => rmSync(home, { recursive: true, force: true }));

const attachment = (mediaType: string, body: string, more: object = {}): Envelope =>
  ({ attachment: { body, mediaType, timestamp: { seconds: 1, nanos: 0 }, ...more } }) as unknown as Envelope;
const seen = (screenshot: string, attested: object | undefined) =>
  attachment(media.observation, JSON.stringify({ kind: 'display', at: 1, screenshot, attested }));
const photo = Buffer.from(samplePng());
const picture = (fileName: string) =>
  attachment('image/png', photo.toString('base64'), { fileName, contentEncoding: 'BASE64' });
const said = { by: 'Anna Smith', at: '2026-12-01T10:00:00.000Z' };
const deletion = { ...said, reason: 'it shows a face' };

/** Lines of a record with a photo that a person gave, and a picture that the kit took. */
const lines = [
  attachment(media.observation, JSON.stringify({ kind: 'fact', at: 0, name: 'key-revoked', detail: {} })),
  picture('given.png'),
  seen('given.png', said),
  picture('taken.png'),
  seen('taken.png', undefined),
  attachment(media.finished, JSON.stringify({ finishedAt: said.at })),
];
const [given, taken] = [1, 3];

/** What a look finds at the record, its lines changed so; `null` takes one away. */
function lookedAt(name: string, change: Readonly<Record<number, Envelope | Buffer | string | null>>) {
  const folder = join(home, name);
  mkdirSync(folder);
  const stream = new StreamFile(folder, () => {});
  for (const line of lines) stream.write(line);
  stream.close();
  const { head } = stream.head;
  writeFileSync(join(folder, files.messages), '');
  lines.forEach((line, index) => {
    const now = index in change ? change[index]! : line;
    if (now === null) return;
    const text = typeof now === 'string' || Buffer.isBuffer(now) ? now : `${JSON.stringify(now)}\n`;
    appendFileSync(join(folder, files.messages), text);
  });
  const stored = readStream(folder);
  return { same: stored.head.head === head, ...streamFindings(stored), folder };
}

const marked = (line: number, more: object): Envelope =>
  ({ attachment: { ...lines[line]!.attachment, ...more } }) as unknown as Envelope;
const digest = `sha256:${hash('sha256', photo)}`;

suite('a photo that its owner deleted', () => {
  test('leaves its digest, the head and the chain, and verify says who deleted it', () => {
    const deleted = withoutPicture(lines[given]!, deletion);
    const { same, edits, notes, folder } = lookedAt('deleted', { [given]: deleted });
    assert.ok(same);
    assert.deepEqual(edits, []);
    assert.match(
      notes.join(),
      /messages\.ndjson:2: deleted by its owner: the photo given\.png, which Anna Smith deleted on 2026-12-01 \(it shows a face\); its SHA-256 is [0-9a-f]{64}\./,
    );
    assert.ok(
      !readFileSync(join(folder, files.messages)).includes(`${photo.toString('base64')}","fileName":"given`),
    );
    assert.equal(deletedIn(JSON.parse(deleted.toString()).attachment)?.digest, hash('sha256', photo));
  });

  const other = `sha256:${'0'.repeat(64)}`;
  const wrong: Record<string, Parameters<typeof lookedAt>[1]> = {
    'whose line is missing': { [given]: null },
    'whose picture is merely missing': { [given]: marked(given, { body: '' }) },
    'of which only the digest is there': { [given]: marked(given, { body: digest }) },
    'deleted without a name': { [given]: marked(given, { body: digest, deleted: { ...deletion, by: '' } }) },
    'with the digest of another': { [given]: marked(given, { body: other, deleted: deletion }) },
    'that is there, and said to be deleted': { [given]: marked(given, { deleted: deletion }) },
    'under another name': { [given]: marked(given, { fileName: 'x.png', body: digest, deleted: deletion }) },
    'in the place of an observation': { 0: withoutPicture(lines[given]!, deletion) },
    'that the kit took itself': { [taken]: withoutPicture(lines[taken]!, deletion) },
    'in another layout': { [given]: `${JSON.stringify(lines[given]).replace('{', '{ ')}\n` },
  };
  for (const [name, change] of Object.entries(wrong))
    test(`is an edit: a photo ${name}`, () => assert.ok(lookedAt(name, change).edits.length > 0));

  test('a chain that was made before photos could be deleted still holds', () => {
    const { folder } = lookedAt('before', {});
    const text = readFileSync(join(folder, files.messages), 'utf8').split('\n').slice(0, -1);
    let head = '0'.repeat(64);
    const chain = text.map((line) => {
      const own = hash('sha256', `${line}\n`);
      head = hash('sha256', head + own);
      return `${head} ${own}\n`;
    });
    writeFileSync(join(folder, files.chain), chain.join(''));
    const stored = readStream(folder);
    assert.equal(stored.head.head, head);
    assert.deepEqual(streamFindings(stored).edits, []);
  });
});
