import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { bundleFromJSON } from '@sigstore/bundle';
import { toSignedEntity, Verifier } from '@sigstore/verify';
import { loadChecklist } from '../checklist/index.ts';
import { builtIn, loadProfile } from '../profile/index.ts';
import { zipOf } from '../review/bundle/archive.ts';
import { KeyStore, openBundle } from '../review/bundle/index.ts';
import { KnownKits } from '../review/kits/known-kits.ts';
import { kit } from '../run/kit.ts';
import { runRows, selectRows } from '../run/run.ts';
import { main as keysMain } from './keys.ts';
import { main as sealMain } from './seal.ts';
import {
  as,
  bundle,
  canary,
  challenge,
  codes,
  contract,
  files,
  folder,
  open,
  partner,
  rechained,
  reviewer,
  run,
  text,
} from './testing/sealed-run.ts';
import { main as verifyMain } from './verify.ts';

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
