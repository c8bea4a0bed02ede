import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { before, suite, test } from 'node:test';
import { zipSync } from 'fflate';
import { zipOf } from '../review/bundle/archive.ts';
import { payloads, signed } from '../review/bundle/envelope.ts';
import { KeyStore, openBundle } from '../review/bundle/index.ts';
import { emptyReview } from '../review/decisions/decision.ts';
import { writeSigned } from '../review/decisions/file.ts';
import { KnownKits } from '../review/kits/known-kits.ts';
import { kit } from '../run/kit.ts';
import { main as reviewMain } from './review.ts';
import {
  as,
  bundle,
  changed,
  codes,
  contract,
  files,
  folder,
  open,
  partner,
  rechained,
  resigned,
  reviewer,
  run,
  stranger,
  text,
} from './testing/sealed-run.ts';
import { main as verifyMain } from './verify.ts';

suite('what is done to a bundle shows, each with its code', () => {
  const bytes = (name: string, change: (text: string) => string) => Buffer.from(change(text(name)));
  const attacks: [what: string, code: string, zip: () => Uint8Array][] = [
    ['no statement', 'BUNDLE-NO-STATEMENT', () => changed({ 'statement.sigstore.json': null })],
    [
      'a statement that is none',
      'BUNDLE-NO-STATEMENT',
      () => changed({ 'statement.sigstore.json': Buffer.from('{}') }),
    ],
    [
      'a statement that was changed',
      'BUNDLE-SIGNATURE',
      () =>
        changed({
          'statement.sigstore.json': bytes('statement.sigstore.json', (json) => {
            const envelope = JSON.parse(json);
            const payload = Buffer.from(envelope.dsseEnvelope.payload, 'base64').toString();
            envelope.dsseEnvelope.payload = Buffer.from(payload.replace('practice', 'qualifying')).toString(
              'base64',
            );
            return JSON.stringify(envelope);
          }),
        }),
    ],
    [
      'another’s key under the same id',
      'BUNDLE-SIGNATURE',
      () => {
        stranger.make('Acme Tills', 'partner');
        const other = stranger.signer('partner');
        const { identity } = partner.signer('partner');
        const { dsseEnvelope } = JSON.parse(text('statement.sigstore.json'));
        const envelope = signed(Buffer.from(dsseEnvelope.payload, 'base64'), payloads.statement, {
          ...other,
          identity,
        });
        return changed({ 'statement.sigstore.json': Buffer.from(JSON.stringify(envelope)) });
      },
    ],
    [
      'a file that was changed',
      'BUNDLE-FILE-CHANGED',
      () => changed({ 'contract/dojo-2026-02-27.yaml': Buffer.from('x') }),
    ],
    [
      'a file that was taken out',
      'BUNDLE-FILE-MISSING',
      () => changed({ 'contract/dojo-2026-02-27.yaml': null }),
    ],
    ['a file that was added', 'BUNDLE-FILE-ADDED', () => changed({ 'note.txt': Buffer.from('x') })],
    [
      'a certificate that was changed',
      'BUNDLE-RECORD',
      () =>
        changed({
          'certification.json': bytes('certification.json', (json) => json.replace('"passed"', '"failed"')),
        }),
    ],
    [
      'a record that was changed and chained again',
      'BUNDLE-RECORD',
      () => rechained('embedded simulator', 'https://api.dojo.tech'),
    ],
    [
      'a statement of a better run, signed by the partner',
      'BUNDLE-STATEMENT',
      () => resigned(({ predicate }) => Object.assign(predicate.dojoConformance, { kind: 'qualifying' })),
    ],
    [
      'a payment that the statement leaves out, signed by the partner',
      'BUNDLE-STATEMENT',
      () => resigned(({ predicate }) => Object.assign(predicate.dojoConformance, { made: [] })),
    ],
  ];
  for (const [what, code, zip] of attacks)
    test(`${what}: ${code}`, () => {
      const opened = open(zip());
      assert.ok(codes(opened).includes(code as never), JSON.stringify(opened.complaints));
      assert.ok(opened.complaints.some(({ means }) => means === 'edited'));
    });
  test('whose key was retired before the run ended: BUNDLE-KEY-RETIRED', () => {
    const keys = new KeyStore(join(folder, 'wary'));
    const identity = { ...partner.signer('partner').identity, retiredAt: '2026-01-01T00:00:00.000Z' };
    const file = join(folder, 'retired.json');
    writeFileSync(file, JSON.stringify(identity));
    keys.pin(file);
    assert.deepEqual(codes(open(readFileSync(bundle), keys)), ['BUNDLE-KEY-RETIRED']);
  });
  test('another kit made it: nothing where it is known and judges alike, else a code, and no edit', () => {
    const own = kit();
    const other = { ...own, version: '9.9.9', digest: '9'.repeat(64) };
    const looked = (zip: Uint8Array, kits: KnownKits) =>
      openBundle(zip, { shown: '', keys: reviewer, contract, kit: other, kits });
    const known = new KnownKits([], [own.digest!]);
    assert.deepEqual(codes(looked(readFileSync(bundle), known)), []);
    assert.deepEqual(codes(looked(readFileSync(bundle), new KnownKits([]))), ['BUNDLE-KIT-UNKNOWN']);
    // That another kit judges otherwise proves no edit: here it says that a row had passed which this one fails.
    const otherwise = looked(
      resigned(({ predicate }) => Object.assign(predicate, { passedTests: [] })),
      known,
    );
    assert.deepEqual(codes(otherwise), ['BUNDLE-STATEMENT', 'BUNDLE-OTHER-KIT']);
    assert.ok(otherwise.complaints.every(({ means }) => means === 'unchecked'));
  });
});

suite('what is given beside a bundle is not passed over', () => {
  test('a head that is another: exit code 1', async () => {
    const { heads } = open(readFileSync(bundle)).statement!.predicate.dojoConformance;
    const right = await as('reviewer', verifyMain, bundle, '--head', heads[0]!);
    assert.equal(right.code, 0, right.stderr);
    assert.match(right.stdout, /^Its record has the head that you gave/m);
    const wrong = await as('reviewer', verifyMain, bundle, '--head', '1'.repeat(64));
    assert.equal(wrong.code, 1, wrong.stdout);
    assert.match(
      wrong.stderr,
      /^BUNDLE-RECORD: Expected the head 1+, but record\/1\/messages\.ndjson ends in/m,
    );
    assert.doesNotMatch(wrong.stdout, /head that you gave/);
  });
  const mixed: string[][] = [
    [bundle, bundle],
    [run, bundle],
    [bundle, '--out', run],
    [run, '--review', bundle],
  ];
  for (const args of mixed)
    test(`${args.map((one) => basename(one)).join(' ')}: exit code 2`, async () => {
      const { code, stderr } = await as('reviewer', verifyMain, ...args);
      assert.equal(code, 2);
      assert.match(stderr, /^Expected .*KIT-VERIFY-004/);
    });
});

suite('what is no bundle is refused with one message and exit code 2', () => {
  const refused: [what: string, zip: () => Uint8Array, says: RegExp][] = [
    ['a text', () => Buffer.from('hello'), /it is not a zip file/],
    [
      'half a bundle',
      () => readFileSync(bundle).subarray(0, 2000),
      /it is not a zip file, or it was cut off/,
    ],
    ['another zip', () => zipSync({ 'a.txt': Buffer.from('a') }), /it holds no record/],
    ['a name that leads out', () => zipSync({ '../a.txt': Buffer.from('a') }), /leads out of it/],
    ['a name from the root', () => zipSync({ '/etc/passwd': Buffer.from('a') }), /leads out of it/],
    ['a name with backslashes', () => zipSync({ 'a\\..\\..\\b': Buffer.from('a') }), /leads out of it/],
    ['a file that is there twice', () => twice(), /holds record\/1\/messages\.chain twice/],
  ];
  for (const [what, zip, says] of refused)
    test(what, async () => {
      const file = join(folder, 'refused.zip');
      writeFileSync(file, zip());
      const { code, stderr, stdout } = await as('reviewer', verifyMain, file);
      assert.equal(code, 2, stdout);
      assert.match(stderr, says);
      assert.match(stderr, /^Expected .*refused\.zip to be a bundle of the kit/);
    });

  /** Two files whose names have the same length; in the archive one is then given the name of the other. */
  function twice(): Uint8Array {
    const zip = Buffer.from(
      zipOf(new Map([...files, ['record/1/messages.chaim', files.get('record/1/messages.chain')!]])),
    ).toString('latin1');
    return Buffer.from(zip.replaceAll('messages.chaim', 'messages.chain'), 'latin1');
  }
});

suite('a signed review', () => {
  const file = join(folder, 'review.json');
  const write = (keys: KeyStore, change: (text: string) => string = (text) => text) => {
    const { again } = open(readFileSync(bundle));
    writeSigned(file, emptyReview(again!.certificate), keys.signer('reviewer'));
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  };
  const verify = (...args: string[]) => as('reviewer', verifyMain, bundle, '--review', file, ...args);
  before(() => {
    reviewer.make('R. Viewer', 'reviewer');
  });
  test('is shown beside what the kit says', async () => {
    write(reviewer);
    const { code, stdout, stderr } = await verify('--at', '2027-01-01');
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^With the review: not certified\.$/m);
    assert.match(stdout, /^The review is signed by R\. Viewer, whose key you know\.$/m);
  });
  test('by an unknown key, one that was changed, and what is none are refused', async () => {
    const other = new KeyStore(join(folder, 'elsewhere'));
    other.make('R. Viewer', 'reviewer');
    const payload = (text: string) => {
      const envelope = JSON.parse(text);
      envelope.dsseEnvelope.payload = Buffer.from(
        Buffer.from(envelope.dsseEnvelope.payload, 'base64')
          .toString()
          .replace('"decisions":[]', '"decisions":[ ]'),
      ).toString('base64');
      return JSON.stringify(envelope);
    };
    const refused: [() => void, RegExp][] = [
      [() => write(other), /whose key you know, but the key [0-9a-f]{16} is unknown.*KIT-REVIEW-004/],
      [() => write(reviewer, payload), /it was changed.*KIT-REVIEW-005/],
      [() => write(reviewer, () => '{}'), /it is none.*KIT-REVIEW-003/],
    ];
    for (const [make, says] of refused) {
      make();
      const { code, stderr } = await verify();
      assert.equal(code, 2);
      assert.match(stderr, says);
    }
    const missing = await as('reviewer', verifyMain, bundle, '--review', join(folder, 'nowhere'));
    assert.match(missing.stderr, /KIT-REVIEW-002/);
    const date = await verify('--at', 'tomorrow');
    assert.equal(date.code, 2);
  });
  test('is begun only of a bundle that is whole', async () => {
    const edited = join(folder, 'edited.zip');
    writeFileSync(edited, changed({ 'note.txt': Buffer.from('x') }));
    const { code, stderr } = await as('reviewer', reviewMain, edited);
    assert.equal(code, 2);
    assert.match(stderr, /^BUNDLE-FILE-ADDED: .*nobody can decide on it/s);
    const nowhere = await as('reviewer', reviewMain, join(folder, 'nowhere.zip'));
    assert.match(nowhere.stderr, /KIT-REVIEW-008/);
  });
});
