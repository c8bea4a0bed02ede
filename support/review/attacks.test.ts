import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, suite, test } from 'node:test';
import { unzipSync, type Zippable, zipSync } from 'fflate';
import { main as verifyMain } from '../cli/verify.ts';
import { UsageError } from '../record/usage-error.ts';
import { kit } from '../run/kit.ts';
import { called } from '../workshop/testing/command.ts';
import { zipOf } from './bundle/archive.ts';
import { KeyStore, type Opened, openBundle } from './bundle/index.ts';
import { exitOf } from './bundle/words.ts';
import { emptyReview } from './decisions/decision.ts';
import { readSigned, writeSigned } from './decisions/file.ts';
import { KnownKits } from './kits/known-kits.ts';
import {
  chainOf,
  contract,
  folder,
  madeUp,
  people,
  recorded,
  sealed,
  text,
  textOf,
  withClockMoved,
  withDateMoved,
  withFiles,
  withRun,
} from './testing/forge.ts';
import { type Base, partnerAttacks } from './testing/partner-attacks.ts';

const { out, lines } = await recorded();
const base: Base = { lines, files: sealed([lines]) };
const { files } = base;
const record = 'record/1/messages.ndjson';
const chain = 'record/1/messages.chain';
const statement = 'statement.sigstore.json';

const open = (zip: Uint8Array, kits = new KnownKits([]), keys = people.reviewer): Opened =>
  openBundle(zip, { shown: 'bundle.zip', keys, contract, kit: kit(), kits });
const codesOf = ({ complaints, coherence }: Opened): string[] =>
  [...complaints, ...(coherence?.contradictions ?? [])].map(({ code }) => code);

suite('what a partner does who seals again shows', () => {
  for (const { name, zip, code, exit } of partnerAttacks(base))
    test(`${name}: ${code}`, () => {
      const opened = open(zip());
      assert.ok(codesOf(opened).includes(code), codesOf(opened).join());
      assert.equal(exitOf(opened), exit, JSON.stringify(opened.complaints));
    });
  test('the key that was retired: BUNDLE-KEY-RETIRED', () => {
    const wary = new KeyStore(join(folder, 'wary'));
    const { identity } = people.partner.signer('partner');
    const file = join(folder, 'retired.json');
    writeFileSync(file, JSON.stringify({ ...identity, retiredAt: '2026-01-01T00:00:00.000Z' }));
    wary.pin(file);
    const opened = open(zipOf(files), undefined, wary);
    assert.deepEqual([codesOf(opened), exitOf(opened)], [['BUNDLE-KEY-RETIRED'], 3]);
  });
  test('a changed kit under the version of a known one: BUNDLE-KIT-UNKNOWN, and why', () => {
    const known = { version: kit().version, digest: '7'.repeat(64), lock: null, releasedAt: '' };
    const zip = zipOf(sealed([withRun(lines, (own) => ({ kit: { ...own.kit, digest: 'f'.repeat(64) } }))]));
    const opened = open(zip, new KnownKits([known]));
    assert.equal(exitOf(opened), 3);
    assert.match(opened.complaints.map((one) => one.text).join(), /it was changed: its digest is f+/);
  });
});

const editor: [name: string, code: string, zip: () => Uint8Array, exit?: 3][] = [
  ['a line changed', 'BUNDLE-RECORD', () => inRecord((all) => all.with(20, all[20]!.replace('{', '{ ')))],
  ['a line taken out', 'BUNDLE-RECORD', () => inRecord((all) => all.toSpliced(90, 1))],
  ['a line twice', 'BUNDLE-RECORD', () => inRecord((all) => all.toSpliced(90, 0, all[90]!))],
  [
    'lines in another order',
    'BUNDLE-RECORD',
    () => inRecord((all) => all.with(90, all[95]!).with(95, all[90]!)),
  ],
  ['the record cut off', 'BUNDLE-FILE-CHANGED', () => inRecord((all) => all.slice(0, 100))],
  [
    'an exchange dropped, and the record chained again',
    'BUNDLE-FILE-CHANGED',
    () => rechained((all) => all.toSpliced(exchangeIn(all), 1)),
  ],
  [
    'a row dropped, and the record chained again',
    'BUNDLE-RECORD',
    () => rechained((all) => all.slice(0, lastRow(all))),
  ],
  [
    'the upstream rewritten, and the record chained again',
    'BUNDLE-FILE-CHANGED',
    () => rechained((all) => all.map((line) => line.replace('embedded simulator', 'https://api.dojo.tech'))),
  ],
  ['the chain taken out', 'BUNDLE-FILE-MISSING', () => withFiles(files, { [chain]: null })],
  [
    'a link of the chain changed',
    'BUNDLE-FILE-CHANGED',
    () => withFiles(files, { [chain]: textOf(files, chain).replace(/[0-9]/, 'a') }),
  ],
  [
    'a better verdict in the certificate',
    'BUNDLE-FILE-CHANGED',
    () => inCertificate((json) => json.replace('"certified": false', '"certified": true')),
  ],
  [
    'another contract',
    'BUNDLE-FILE-CHANGED',
    () => withFiles(files, { 'contract/dojo-2026-02-27.yaml': 'x' }),
  ],
  ['a file added', 'BUNDLE-FILE-ADDED', () => withFiles(files, { 'note.txt': 'x' })],
  [
    'a second certificate by a like name',
    'BUNDLE-FILE-ADDED',
    () => withFiles(files, { 'Certification.json': 'x' }),
  ],
  [
    'a second record',
    'BUNDLE-FILE-ADDED',
    () =>
      withFiles(files, {
        'record/2/messages.ndjson': text(lines),
        'record/2/messages.chain': chainOf(lines),
      }),
  ],
  ['no statement', 'BUNDLE-NO-STATEMENT', () => withFiles(files, { [statement]: null })],
  ['a statement that is none', 'BUNDLE-NO-STATEMENT', () => withFiles(files, { [statement]: '{}' })],
  [
    'the statement changed',
    'BUNDLE-SIGNATURE',
    () =>
      withFiles(files, { [statement]: inPayload((payload) => payload.replace('practice', 'qualifying')) }),
  ],
  ['the signature of another', 'BUNDLE-SIGNATURE', () => withFiles(files, { [statement]: otherSignature() })],
  [
    'all sealed again by a stranger',
    'BUNDLE-KEY-UNKNOWN',
    () => zipOf(sealed([lines], { key: { of: people.stranger, role: 'partner' } })),
    3,
  ],
  [
    'a stranger’s key under the partner’s name',
    'BUNDLE-FILE-CHANGED',
    () =>
      withFiles(files, {
        'signer.json': JSON.stringify({ ...people.stranger.signer('partner').identity, name: 'Acme Tills' }),
      }),
  ],
  ['a tool that writes CRLF', 'BUNDLE-FILE-CHANGED', () => inRecord((all) => all.map((line) => `${line}\r`))],
  [
    'a tool that lays out JSON anew',
    'BUNDLE-FILE-CHANGED',
    () => inCertificate((json) => JSON.stringify(JSON.parse(json))),
  ],
  [
    'a tool that adds a byte order mark',
    'BUNDLE-FILE-CHANGED',
    () => inCertificate((json) => `\ufeff${json}`),
  ],
];

const inRecord = (change: (all: string[]) => string[]): Uint8Array =>
  withFiles(files, { [record]: text(change([...lines])) });
const inCertificate = (change: (json: string) => string): Uint8Array =>
  withFiles(files, { 'certification.json': change(textOf(files, 'certification.json')) });
function rechained(change: (all: string[]) => string[]): Uint8Array {
  const all = change([...lines]);
  return withFiles(files, { [record]: text(all), [chain]: chainOf(all) });
}
const exchangeIn = (all: readonly string[]): number =>
  all.findIndex((line) => line.includes('\\"kind\\":\\"exchange\\"'));
const lastRow = (all: readonly string[]): number =>
  all.findLastIndex((line) => line.startsWith('{"testCaseStarted"'));
function inPayload(change: (payload: string) => string): string {
  const envelope = JSON.parse(textOf(files, statement));
  const { dsseEnvelope } = envelope;
  dsseEnvelope.payload = Buffer.from(change(Buffer.from(dsseEnvelope.payload, 'base64').toString())).toString(
    'base64',
  );
  return JSON.stringify(envelope);
}
function otherSignature(): string {
  const envelope = JSON.parse(textOf(files, statement));
  const other = JSON.parse(textOf(sealed([lines]), statement));
  envelope.dsseEnvelope.signatures[0].sig = `${other.dsseEnvelope.signatures[0].sig.slice(4)}AAAA`;
  return JSON.stringify(envelope);
}

suite('what an editor or a tool on the way does shows', () => {
  for (const [name, code, zip, exit = 1] of editor)
    test(`${name}: ${code}`, () => {
      const opened = open(zip());
      assert.ok(codesOf(opened).includes(code), codesOf(opened).join());
      assert.equal(exitOf(opened), exit, JSON.stringify(opened.complaints));
    });
});

test('what the partner asks for, of another run or of a row that did not fail: BUNDLE-REQUESTS', () => {
  const asking = (run: string, more: object = {}) => {
    const one = { row: 'PAC-SALE-01', text: 'later', by: 'A', at: '2026-12-01T00:00:00.000Z', ...more };
    return withFiles(files, { 'requests.json': JSON.stringify({ schema: 1, run, requests: [one] }) });
  };
  const { id } = open(zipOf(files)).again!.certificate.run;
  const asked = open(asking(id));
  assert.ok(!codesOf(asked).includes('BUNDLE-REQUESTS'));
  assert.equal(asked.requests.length, 1);
  for (const zip of [asking('another'), asking(id, { lastDay: '2027-03-31' }), asking(id, { by: 7 })]) {
    const opened = open(zip);
    assert.ok(codesOf(opened).includes('BUNDLE-REQUESTS'));
    assert.deepEqual(opened.requests, []);
  }
});

suite('what is no archive of the kit is refused', () => {
  const whole = Buffer.from(zipOf(files));
  const renamed = (from: string, to: string): Uint8Array =>
    Buffer.from(
      Buffer.from(zipOf(new Map([...files, [from, Buffer.from('x')]])))
        .toString('latin1')
        .replaceAll(from, to),
      'latin1',
    );
  const refused: [name: string, code: string, zip: () => Uint8Array][] = [
    ['a file that is there twice', 'KIT-VERIFY-002', () => renamed('record/1/messages.chaim', chain)],
    ['a name that leads out', 'KIT-VERIFY-002', () => zipSync({ '../../a': Buffer.from('x') })],
    ['a name from the root', 'KIT-VERIFY-002', () => zipSync({ '/etc/passwd': Buffer.from('x') })],
    ['a name with backslashes', 'KIT-VERIFY-002', () => zipSync({ 'a\\..\\b': Buffer.from('x') })],
    ['a drive of Windows', 'KIT-VERIFY-002', () => zipSync({ 'c:a': Buffer.from('x') })],
    ['a file that unpacks to more than any bundle', 'KIT-VERIFY-002', () => bomb()],
    ['half of it', 'KIT-VERIFY-002', () => whole.subarray(0, whole.length / 2)],
    ['without its last byte', 'KIT-VERIFY-002', () => whole.subarray(0, -1)],
    ['carried as text', 'KIT-VERIFY-002', () => Buffer.from(whole.toString('utf8'))],
    ['another zip', 'KIT-VERIFY-003', () => zipSync({ 'a.txt': Buffer.from('x') })],
    ['nothing', 'KIT-VERIFY-002', () => Buffer.alloc(0)],
  ];
  for (const [name, code, zip] of refused)
    test(`${name}: ${code}`, () => {
      assert.throws(
        () => open(zip()),
        (error) => error instanceof UsageError && error.code === code,
      );
    });

  /** One that says of a file of few bytes that it has two gigabytes. */
  function bomb(): Uint8Array {
    const zip = Buffer.from(zipSync({ 'a.txt': Buffer.from('x'.repeat(1000)) }));
    zip.writeUInt32LE(2 ** 31, zip.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24);
    return zip;
  }
});

suite('a review that is forged does not count', () => {
  const file = join(folder, 'review.json');
  const review = () => emptyReview(open(zipOf(files)).again!.certificate);
  const signedBy = (keys: KeyStore, change: (json: string) => string = (json) => json) => {
    const own = { ...review(), waivers: [{ row: 'PAC-SALE-01', lastDay: '2026-12-31' }] } as never;
    writeSigned(file, own, keys.signer('reviewer'));
    const envelope = JSON.parse(readFileSync(file, 'utf8'));
    const { dsseEnvelope } = envelope;
    dsseEnvelope.payload = Buffer.from(
      change(Buffer.from(dsseEnvelope.payload, 'base64').toString()),
    ).toString('base64');
    writeFileSync(file, JSON.stringify(envelope));
  };
  const forged: [name: string, code: string, make: () => void][] = [
    [
      'a waiver extended',
      'KIT-REVIEW-005',
      () => signedBy(people.reviewer, (json) => json.replace('2026-12-31', '2099-12-31')),
    ],
    [
      'a decision added',
      'KIT-REVIEW-005',
      () => signedBy(people.reviewer, (json) => json.replace('"decisions":[]', '"decisions":[{}]')),
    ],
    ['signed by the partner', 'KIT-REVIEW-004', () => signedBy(people.partner)],
    ['signed by a stranger', 'KIT-REVIEW-004', () => signedBy(people.stranger)],
    ['a bundle’s statement in its place', 'KIT-REVIEW-003', () => writeFileSync(file, files.get(statement)!)],
  ];
  for (const [name, code, make] of forged)
    test(`${name}: ${code}`, () => {
      make();
      assert.throws(
        () => readSigned(file, people.reviewer),
        (error) => error instanceof UsageError && error.code === code,
      );
    });
});

suite('what is done to the folder of a run shows', () => {
  let count = 0;
  const verified = (change: (at: (name: string) => string) => void, ...args: string[]) => {
    const copy = join(folder, `folder-${++count}`);
    cpSync(out, copy, { recursive: true });
    change((name) => join(copy, name));
    return called(verifyMain, [copy, ...args]);
  };
  test('a page edited, of a kit beside which files were untracked', async () => {
    const { code, stderr } = await verified((at) => {
      writeFileSync(at('notes.txt'), 'x');
      const page = at('certification.html');
      writeFileSync(page, readFileSync(page, 'utf8').replace('Practice run', 'Qualifying run'));
    });
    assert.equal(code, 1);
    assert.match(stderr, /certification\.html: it says .*Qualifying run/);
  });
  test('the upstream rewritten, and all made again', async () => {
    const forged = withRun(lines, () => ({ upstream: 'https://api.dojo.tech', why: [] }));
    const { code, stderr } = await verified((at) => {
      writeFileSync(at('messages.ndjson'), text(forged));
      writeFileSync(at('messages.chain'), chainOf(forged));
    });
    assert.equal(code, 1);
    assert.match(stderr, /^RECORD-SIMULATOR-TRACES: /m);
    assert.match(stderr, /^RECORD-CERTIFICATE-MISSING: /m);
  });
  test('a head that came with the files is said to prove nothing', async () => {
    const { code, stdout } = await verified(() => {});
    assert.equal(code, 0);
    assert.match(stdout, /proves no more than that.*the head above came with these files/);
    assert.doesNotMatch(stdout, /[Nn]othing was edited/);
  });
});

suite('an honest accident is no attack', () => {
  const plain = madeUp(lines);
  const hour = 3_600_000;
  const honest: [name: string, zip: () => Uint8Array, kits?: KnownKits][] = [
    ['none at all', () => zipOf(files)],
    [
      'another tool that packed the same files',
      () => zipSync(Object.fromEntries(files) as Zippable, { level: 0 }),
    ],
    [
      'a bundle that was unpacked and packed again',
      () => zipOf(new Map(Object.entries(unzipSync(zipOf(files))))),
    ],
    ['a clock that is an hour off', () => zipOf(sealed([withDateMoved(plain, hour)]))],
    [
      'a laptop that slept between two rows',
      () => zipOf(sealed([withDateMoved(withClockMoved(plain, 2 * hour), 2 * hour, 1)])),
    ],
    [
      'another Node on another system',
      () => zipOf(sealed([withRun(plain, () => ({ node: '26.1.0', os: 'Darwin 25.1.0 arm64' }))])),
    ],
    [
      'a kit that was started without NODE_OPTIONS',
      () =>
        zipOf(
          sealed([
            withRun(plain, ({ environment }) => ({
              environment: { ...environment!, nodeOptionsCleared: true },
            })),
          ]),
        ),
    ],
    [
      'a newer kit that the reviewer knows',
      () =>
        zipOf(
          sealed([
            withRun(plain, ({ kit: own }) => ({ kit: { ...own, version: '2.0.0', digest: '2'.repeat(64) } })),
          ]),
        ),
      new KnownKits([], ['2'.repeat(64)]),
    ],
    [
      'the same kit, unpacked elsewhere',
      () => zipOf(sealed([withRun(plain, ({ kit: own }) => ({ kit: { ...own, commit: 'unknown' } }))])),
    ],
    ['what nobody can notice: a record made up as a whole', () => zipOf(sealed([plain]))],
  ];
  for (const [name, zip, kits] of honest)
    test(name, () => {
      const opened = open(zip(), kits);
      assert.deepEqual([codesOf(opened), exitOf(opened)], [[], 0]);
    });
  before(() => assert.ok(lines.length > 200));
});
