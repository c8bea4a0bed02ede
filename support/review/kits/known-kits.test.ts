import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { UsageError } from '../../record/usage-error.ts';
import { temporaryFolder } from '../../workshop/testing/command.ts';
import { KeyStore } from '../bundle/index.ts';
import { KnownKits, readKits, sameKit, shippedKits, signedKits } from './known-kits.ts';

const folder = temporaryFolder();
const keys = new KeyStore(join(folder, 'keys'));
keys.make('The maintainers', 'release');
keys.make('Acme Tills', 'partner');
const signer = keys.signer('release');
const released = {
  version: '1.0.0',
  digest: 'a'.repeat(64),
  lock: 'b'.repeat(64),
  releasedAt: '2026-11-30T00:00:00.000Z',
};
const kit = {
  name: 'dojo-conformance',
  version: '1.0.0',
  commit: 'abc',
  digest: released.digest,
  lock: released.lock,
};
const list = join(folder, 'known-kits.json');

const written = (text: string): string => {
  writeFileSync(list, text);
  return list;
};

suite('the list of known kits', () => {
  test('is read where a release key signed it, and holds each digest once', () => {
    const again = signedKits([released, { ...released, digest: 'c'.repeat(64) }], released, signer);
    const { kits } = readKits(written(again), [signer.identity]);
    assert.deepEqual(
      kits.map(({ digest }) => digest[0]),
      ['c', 'a'],
    );
  });
  const text = signedKits([], released, signer);
  const forged = (change: (payload: string) => string): string => {
    const bundle = JSON.parse(text);
    const payload = Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString();
    bundle.dsseEnvelope.payload = Buffer.from(change(payload)).toString('base64');
    return JSON.stringify(bundle);
  };
  const refused: [what: string, code: string, text: string][] = [
    ['of which one digest was changed', 'KIT-KITS-003', forged((payload) => payload.replace('aaaa', 'ffff'))],
    ['that a partner signed', 'KIT-KITS-003', signedKits([], released, keys.signer('partner'))],
    ['that lacks a digest', 'KIT-KITS-002', forged((payload) => payload.replace('"digest"', '"other"'))],
    ['that is none', 'KIT-KITS-002', '{}'],
    ['that is not JSON', 'KIT-KITS-002', 'x'],
  ];
  for (const [what, code, content] of refused)
    test(`${what} is refused`, () => {
      assert.throws(
        () => readKits(written(content), [signer.identity, keys.signer('partner').identity]),
        (error) => error instanceof UsageError && error.code === code,
      );
    });
  test('that is not there is refused', () => {
    assert.throws(() => readKits(join(folder, 'nowhere'), []), /KIT-KITS-001/);
  });
  test('ships with the kit, and knows none before the first release', () => {
    const key = join(folder, 'release-key.json');
    assert.match(shippedKits(list, key).doubt(kit) ?? '', /is in no list of released kits/);
    writeFileSync(key, JSON.stringify(signer.identity));
    assert.equal(shippedKits(written(text), key).doubt(kit), null);
  });
});

suite('a kit', () => {
  const known = new KnownKits([released]);
  const doubts: [what: string, kit: typeof kit | Omit<typeof kit, 'digest' | 'lock'>, says: RegExp | null][] =
    [
      ['as it was released', kit, null],
      ['as an installed package, without a lock file', { ...kit, lock: undefined } as never, null],
      [
        'that was changed',
        { ...kit, digest: 'f'.repeat(64) },
        /^it was changed: its digest is f+, and that of the released version 1\.0\.0 is a+$/,
      ],
      [
        'with other packages',
        { ...kit, lock: 'f'.repeat(64) },
        /^the file that locks its packages was changed/,
      ],
      [
        'of a version that nobody released',
        { ...kit, version: '9', digest: 'f'.repeat(64) },
        /^its digest f+ is in no list of released kits$/,
      ],
      [
        'from before there were digests',
        { name: 'x', version: '0', commit: 'x' },
        /^it recorded no digest of itself$/,
      ],
    ];
  for (const [what, one, says] of doubts)
    test(what, () => {
      const doubt = known.doubt(one);
      if (says === null) assert.equal(doubt, null);
      else assert.match(doubt ?? '', says);
    });
  test('of a newer release is known by a list, or by its digest, that the reviewer gives', () => {
    const newer = { ...kit, version: '2.0.0', digest: 'e'.repeat(64) };
    assert.equal(known.with([{ ...released, version: '2.0.0', digest: newer.digest }]).doubt(newer), null);
    assert.equal(known.with([], [newer.digest]).doubt(newer), null);
  });
  test('is the same by its digest, wherever and whenever it was unpacked', () => {
    assert.ok(sameKit(kit, { ...kit, commit: 'unknown' }));
    assert.ok(!sameKit(kit, { ...kit, digest: 'f'.repeat(64) }));
    const { digest: _, ...old } = kit;
    assert.ok(!sameKit(old, kit), 'whoever takes the digest out of a record has another kit');
    assert.ok(sameKit(old, old));
    assert.ok(!sameKit(old, { ...old, commit: 'other' }));
  });
});
