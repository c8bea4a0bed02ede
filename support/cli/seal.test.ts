import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, suite, test } from 'node:test';
import { bundleFromJSON } from '@sigstore/bundle';
import { toSignedEntity, Verifier } from '@sigstore/verify';
import { zipSync } from 'fflate';
import '../checklists/index.ts';
import { loadChecklist } from '../checklist/index.ts';
import { builtIn, loadProfile } from '../profile/index.ts';
import { Chain, linkLine } from '../record/chain.ts';
import { type Files, filesIn, zipOf } from '../review/bundle/archive.ts';
import { payloads, signed } from '../review/bundle/envelope.ts';
import { KeyStore, type Opened, openBundle } from '../review/bundle/index.ts';
import type { Statement } from '../review/bundle/statement.ts';
import { emptyReview } from '../review/decisions/decision.ts';
import { writeSigned } from '../review/decisions/file.ts';
import { KnownKits } from '../review/kits/known-kits.ts';
import { contractFrom } from '../run/contract.ts';
import { kit } from '../run/kit.ts';
import { runRows, selectRows } from '../run/run.ts';
import { called, temporaryFolder } from '../workshop/testing/command.ts';
import { main as keysMain } from './keys.ts';
import { main as reviewMain } from './review.ts';
import { main as sealMain } from './seal.ts';
import { main as verifyMain } from './verify.ts';

const folder = temporaryFolder();
const contract = contractFrom(undefined);
const partner = new KeyStore(join(folder, 'partner'));
const reviewer = new KeyStore(join(folder, 'reviewer'));
const stranger = new KeyStore(join(folder, 'stranger'));
const run = join(folder, 'run');
const bundle = join(folder, 'bundle.zip');

const challenge = 'K7QM-2XRD-9TWB';

const canary = 'canary-7f3e9c1b2a';

/** A command, as the user with these keys calls it. */
const as = (keys: 'partner' | 'reviewer' | 'nobody', main: typeof sealMain, ...args: string[]) =>
  called(main, args, { DOJO_KEYS: join(folder, keys), DOJO_CANARY: canary });

let files: Files;
before(async () => {
  await runRows({
    profile: loadProfile(builtIn.headless),
    ownTill: false,
    upstream: { kind: 'embedded' },
    rows: selectRows(loadChecklist(), ['PAC-SALE-01'], null),
    checklist: loadChecklist(),
    contract,
    workers: 0,
    fast: false,
    allure: false,
    out: run,
    id: 'sealed',
    amounts: { challenge },
    say: () => {},
  });
  const made = await as('partner', keysMain, 'make', '--name', 'Acme Tills');
  assert.equal(made.code, 0, made.stderr);
  const exported = await as('partner', keysMain, 'export', '--out', join(folder, 'acme.json'));
  assert.equal(exported.code, 0, exported.stderr);
  const pinned = await as('reviewer', keysMain, 'pin', join(folder, 'acme.json'));
  assert.equal(pinned.code, 0, pinned.stderr);
  const sealed = await as('partner', sealMain, run, '--out', bundle);
  assert.equal(sealed.code, 0, sealed.stderr);
  files = filesIn(readFileSync(bundle));
});

const open = (zip: Uint8Array, keys = reviewer): Opened =>
  openBundle(zip, { shown: 'bundle.zip', keys, contract, kit: kit(), kits: new KnownKits([]) });
const codes = (opened: Opened) => opened.complaints.map(({ code }) => code);

/** The bundle with other files; `null` takes one out. */
function changed(others: Record<string, Uint8Array | null>): Uint8Array {
  const all = new Map(files);
  for (const [name, bytes] of Object.entries(others)) {
    if (bytes) all.set(name, bytes);
    else all.delete(name);
  }
  return zipOf(all);
}

const text = (name: string): string => Buffer.from(files.get(name)!).toString();

/** Its statement, changed and signed by a key. */
function resigned(change: (statement: Statement) => unknown, keys = partner): Uint8Array {
  const { dsseEnvelope } = JSON.parse(text('statement.sigstore.json'));
  const statement = JSON.parse(Buffer.from(dsseEnvelope.payload, 'base64').toString());
  change(statement);
  const envelope = signed(Buffer.from(JSON.stringify(statement)), payloads.statement, keys.signer('partner'));
  return changed({ 'statement.sigstore.json': Buffer.from(JSON.stringify(envelope)) });
}

suite('a bundle', () => {
  test('is verified by the reviewer who has pinned the partner’s key', async () => {
    const { code, stdout, stderr } = await as('reviewer', verifyMain, bundle);
    assert.equal(code, 0, stderr);
    assert.match(
      stdout,
      /^Headless till 0\.1\.0, .*in a practice run of \d{4}-\d\d-\d\d against embedded simulator\.$/m,
    );
    assert.match(stdout, /^Signed by Acme Tills \(key [0-9a-f]{16}\), whose key you know\.$/m);
    assert.match(stdout, /^Whole and coherent: /m);
  });
  test('of a stranger holds, and proves nothing: exit code 3', async () => {
    const { code, stdout, stderr } = await as('nobody', verifyMain, bundle);
    assert.equal(code, 3);
    assert.match(stderr, /^BUNDLE-KEY-UNKNOWN: .*keys pin FILE/m);
    assert.ok(!/Whole and coherent/.test(stdout));
  });
  test('is a Sigstore bundle that Sigstore’s own library verifies', () => {
    const { id, publicKey } = partner.signer('partner').identity;
    const keyOf = (hint: string) => {
      assert.equal(hint, id);
      return { publicKey: createPublicKey(publicKey), validFor: () => true };
    };
    const verifier = new Verifier(
      { certificateAuthorities: [], timestampAuthorities: [], tlogs: [], ctlogs: [], publicKey: keyOf },
      { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 0 },
    );
    const entity = (name: string) => toSignedEntity(bundleFromJSON(JSON.parse(name)));
    verifier.verify(entity(text('statement.sigstore.json')));
    const forged = JSON.parse(text('statement.sigstore.json'));
    forged.dsseEnvelope.payload = Buffer.from('{}').toString('base64');
    assert.throws(() => verifier.verify(entity(JSON.stringify(forged))));
  });
  test('holds each file once, and lists what the run made on the account', () => {
    assert.deepEqual([...files.keys()].sort(), [
      'certification.json',
      'contract/dojo-2026-02-27.yaml',
      'record/1/messages.chain',
      'record/1/messages.ndjson',
      'signer.json',
      'statement.sigstore.json',
    ]);
    const { statement } = open(readFileSync(bundle));
    const made = statement!.predicate.dojoConformance.made;
    assert.deepEqual(
      made.map(({ row, resource }) => `${row} ${resource}`),
      ['PAC-SALE-01 payment-intents', 'PAC-SALE-01 terminal-sessions'],
    );
    assert.equal(typeof made[0]!.amount, 'number');
    assert.deepEqual(
      [made[1]!.paymentIntent, made[1]!.amount, made[1]!.currency],
      [made[0]!.id, made[0]!.amount, 'GBP'],
    );
  });
  test('is the same, whenever it is made of the same files', () => {
    assert.deepEqual(zipOf(files), zipOf(new Map([...files].reverse())));
  });
});

suite('a challenge', () => {
  const asked = (...args: string[]) => as('reviewer', verifyMain, bundle, ...args);
  test('that the run was made for is met, and stands in the statement, the record and the certificate', async () => {
    const { code, stdout } = await asked('--challenge', challenge);
    assert.equal(code, 0);
    assert.match(stdout, /^The challenge K7QM-2XRD-9TWB is met: /m);
    const { statement, again } = open(readFileSync(bundle));
    const drawn = { seeds: [challenge], challenge };
    assert.deepEqual(statement!.predicate.dojoConformance.amounts, drawn);
    assert.deepEqual([again!.recording.run.amounts, again!.certificate.run.amounts], [drawn, drawn]);
  });
  test('that the run names, and nobody has asked after, is named', async () => {
    assert.match(
      (await asked()).stdout,
      /^The run was made for the challenge K7QM-2XRD-9TWB\. Is it yours\?/m,
    );
  });
  test('that is another is not met: exit code 1', async () => {
    const { code, stdout, stderr } = await asked('--challenge', 'AAAA-BBBB-CCCC');
    assert.equal(code, 1);
    assert.match(stderr, /^CHALLENGE-OTHER: .*K7QM-2XRD-9TWB.*AAAA-BBBB-CCCC/m);
    assert.match(stdout, /^The challenge AAAA-BBBB-CCCC is not met\.$/m);
  });
  test('is asked after of a folder too', async () => {
    const met = await as('reviewer', verifyMain, run, '--challenge', challenge);
    assert.equal(met.code, 0, met.stderr);
    assert.match(met.stdout, /is met/);
    const other = await as('reviewer', verifyMain, run, '--challenge', 'AAAA-BBBB-CCCC');
    assert.equal(other.code, 1);
    assert.match(other.stderr, /^CHALLENGE-OTHER: /m);
  });
  test('that was written into the record of another run gives other amounts', () => {
    const opened = openBundle(rechained('K7QM-2XRD-9TWB', 'AAAA-BBBB-CCCC'), {
      shown: '',
      keys: reviewer,
      contract,
      kit: kit(),
      kits: new KnownKits([]),
      challenge: 'AAAA-BBBB-CCCC',
    });
    assert.ok(codes(opened).includes('RECORD-AMOUNTS'), JSON.stringify(opened.complaints));
    assert.ok(!codes(opened).includes('CHALLENGE-OTHER'));
  });
});

/** Its record with each of one text replaced by another, chained again. */
function rechained(one: string, other: string): Uint8Array {
  const stream = text('record/1/messages.ndjson').replaceAll(one, other);
  const chain = new Chain();
  const links = stream
    .split('\n')
    .slice(0, -1)
    .map((line) => linkLine(chain.take(Buffer.from(`${line}\n`))));
  return changed({
    'record/1/messages.ndjson': Buffer.from(stream),
    'record/1/messages.chain': Buffer.from(links.join('')),
  });
}

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

suite('sealing stops', () => {
  test('while a secret of this machine is in the run, names the place, and goes on once a person has settled it', async () => {
    const leaky = join(folder, 'leaky');
    mkdirSync(leaky);
    await runRows({
      profile: { ...loadProfile(builtIn.headless), name: `Till ${canary}` },
      ownTill: false,
      upstream: { kind: 'embedded' },
      rows: selectRows(loadChecklist(), ['PAC-CFG-05'], null),
      checklist: loadChecklist(),
      contract,
      workers: 0,
      fast: false,
      allure: false,
      out: leaky,
      id: 'leaky',
      say: () => {},
    });
    const { code, stderr } = await as('partner', sealMain, leaky);
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^[0-9a-f]{12}: record\/1\/messages\.ndjson, line \d+, member \/attachment\/body\/pos\/name seems to hold a key or password\.$/m,
    );
    assert.ok(!stderr.includes(canary));
    assert.deepEqual(
      readdirSync(leaky).filter((name) => name.endsWith('.zip')),
      [],
    );
    const alarms = [...stderr.matchAll(/^([0-9a-f]{12}): /gm)].flatMap(([, one]) => ['--settle', one!]);
    const bare = await as('partner', sealMain, leaky, ...alarms);
    assert.equal(bare.code, 2);
    assert.match(bare.stderr, /--reason and --by beside --settle/);
    const settled = await as(
      'partner',
      sealMain,
      leaky,
      ...alarms,
      '--reason',
      'a name',
      '--by',
      'A. Person',
    );
    assert.equal(settled.code, 0, settled.stderr);
    const opened = open(readFileSync(join(leaky, 'leaky.dojo.zip')));
    assert.deepEqual(opened.complaints, []);
    const [first] = opened.statement!.predicate.dojoConformance.settled;
    assert.equal(first!.reason, 'a name');
    assert.equal(first!.by, 'A. Person');
  });
  test('without a key, and says how one is made', async () => {
    const { code, stderr } = await as('nobody', sealMain, run);
    assert.equal(code, 2);
    assert.match(stderr, /^Expected a key to sign with as partner.*keys make --role partner/);
  });
  test('where the run was edited', async () => {
    const edited = join(folder, 'edited');
    mkdirSync(edited);
    for (const name of readdirSync(run))
      if (statSync(join(run, name)).isFile())
        writeFileSync(join(edited, name), readFileSync(join(run, name)));
    writeFileSync(
      join(edited, 'certification.json'),
      text('certification.json').replace('"passed"', '"failed"'),
    );
    const { code, stderr } = await as('partner', sealMain, edited);
    assert.equal(code, 2);
    assert.match(stderr, /^Expected a run as it was recorded, but it was edited: /);
  });
});

suite('keys', () => {
  test('are the user’s alone to read', { skip: process.platform === 'win32' }, () => {
    const own = join(folder, 'partner', 'own');
    const pem = readdirSync(own).find((name) => name.endsWith('.pem'))!;
    assert.equal(statSync(join(own, pem)).mode & 0o077, 0);
  });
  test('are replaced, and what the old one signed stays known to its owner', async () => {
    const keys = new KeyStore(join(folder, 'rotating'));
    const first = keys.make('Rota Ltd', 'reviewer');
    const { old, now } = keys.rotate('reviewer');
    assert.equal(old.id, first.id);
    assert.equal(keys.signer('reviewer').identity.id, now.id);
    assert.ok(keys.known(first.id)?.retiredAt);
    assert.deepEqual(
      readdirSync(join(folder, 'rotating', 'own')).filter((name) => name.endsWith('.pem')),
      [`${now.id}.pem`],
    );
  });
  test('of another that its file does not hold are refused', async () => {
    const file = join(folder, 'forged.json');
    const acme = JSON.parse(readFileSync(join(folder, 'acme.json'), 'utf8'));
    const refused: [object | string, RegExp][] = [
      [{ ...acme, id: '0'.repeat(64) }, /its id is not that of its publicKey/],
      [{ ...acme, publicKey: 'x' }, /its publicKey is not one/],
      [{ ...acme, role: 'boss' }, /its role is "boss"/],
      ['nonsense', /it is not JSON/],
      [{}, /lacks publicKey, name or madeAt/],
    ];
    for (const [content, says] of refused) {
      writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
      const { code, stderr } = await as('reviewer', keysMain, 'pin', file);
      assert.equal(code, 2);
      assert.match(stderr, says);
    }
    const missing = await as('reviewer', keysMain, 'pin', join(folder, 'nowhere.json'));
    assert.match(missing.stderr, /there is no such file/);
  });
  test('are made once for each role, with a name', async () => {
    const again = await as('partner', keysMain, 'make', '--name', 'Acme Tills');
    assert.equal(again.code, 2);
    assert.match(again.stderr, /Expected no key for the partner yet/);
    const nameless = await as('partner', keysMain, 'make');
    assert.equal(nameless.code, 2);
  });
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
