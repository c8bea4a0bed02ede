import assert from 'node:assert/strict';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startReferencePos } from '../../fixtures/pay-at-counter/reference-pos/index.ts';
import { type Sandbox, startSandbox } from '../../fixtures/sandbox/index.ts';
import { loadCatalogue } from '../checklist/index.ts';
import type { Certificate } from '../judging/index.ts';
import { builtIn } from '../profile/index.ts';
import { KeyStore } from '../review/bundle/index.ts';
import { signedKits } from '../review/kits/known-kits.ts';
import { attends } from '../run/console/testing/hands.ts';
import { digestOfKit, digestOfLock } from '../run/kit-digest.ts';
import { command, temporaryFolder } from '../workshop/testing/command.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);

/** All rows take a quarter of an hour: they are run where this is set, else a few of each kind. */
const whole = process.env.WHOLE_CHECKLIST === '1';
const rows = whole ? loadCatalogue().rows.map(({ id }) => id) : ['PAC-PI-08', 'PAC-SALE-02', 'PAC-SALE-10'];

/** How many POS are certified side by side. */
const tills = whole ? 2 : 1;

const root = fileURLToPath(new URL('../../', import.meta.url));
const kit = at('kit');
const atHand = '20304050';
const closing: (() => Promise<unknown>)[] = [];
after(async () => {
  for (const close of closing.reverse()) await close();
});

type Who = 'partner' | 'reviewer';

/** Starts a command of the released kit, as the owner of these keys. */
const started = (who: Who, args: readonly string[], more: Partial<Parameters<typeof command>[1]> = {}) =>
  command(['certify', ...args], {
    cwd: folder,
    kit,
    longest: 900_000,
    ...more,
    env: { DOJO_KEYS: at(who), ...more.env },
  });

async function does(who: Who, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await started(who, args).ended;
  assert.equal(code, 0, `${args}: ${stdout}${stderr}`);
  return stdout;
}

/** A kit that was released: with the key of whoever releases it, and on the list that this key signs. */
function releaseKit(): void {
  for (const name of ['features', 'fixtures', 'steps', 'support', 'package.json', 'package-lock.json'])
    cpSync(join(root, name), join(kit, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(kit, 'node_modules'));
  const keys = new KeyStore(at('releaser'));
  const identity = keys.make('Releases', 'release');
  const beside = (name: string): string => join(kit, 'support', 'review', 'kits', name);
  writeFileSync(beside('release-key.json'), JSON.stringify(identity));
  const released = {
    version: '1.0.0',
    digest: digestOfKit(kit),
    lock: digestOfLock(kit),
    releasedAt: '2026-11-30T12:00:00Z',
  };
  writeFileSync(beside('known-kits.json'), signedKits([], released, keys.signer('release')));
}

/** A POS of somebody's own, in a browser, with a person at a real card machine. */
function profileOf(urls: readonly string[]): string {
  const profile = at('acme-till.yaml');
  const reference = readFileSync(builtIn.reference, 'utf8')
    .replace(/^name: .*$/m, 'name: Acme Till')
    .replace(/^ {2}url: .*$/m, `  url: ${urls.join(',')}`);
  writeFileSync(profile, `${reference}person:\n  operator: Anna Smith\n  cardMachine: "${atHand}"\n`);
  return profile;
}

/** Decides on each of these rows as a reviewer at the page does, and signs. */
async function decided(bundle: string, ids: readonly string[]): Promise<void> {
  const review = started('reviewer', ['review', bundle]);
  const url = /Decide here: (\S+)/.exec(await review.printed(/Decide here: \S+/))![1]!;
  const post = async (what: string, body: object) => {
    const answer = await fetch(url + what, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const { wrong } = (await answer.json()) as { wrong?: string };
    assert.equal(wrong, undefined);
  };
  for (const id of ids)
    await post('say', { rows: [id], answer: 'accept', reason: 'seen on the photo', by: 'R. Viewer' });
  await post('sign', {});
  await review.printed(/Signed: \S+/);
  review.child.kill('SIGINT');
  assert.equal((await review.ended).code, 0);
}

suite('a POS in a browser against what answers as the sandbox', { timeout: 3_600_000 }, () => {
  let sandbox: Sandbox;
  let printed = '';
  let certificate: Certificate;
  before(async () => {
    releaseKit();
    sandbox = await startSandbox({ name: 'api.dojo.tech', atHand, pace: whole ? 1 : 2, latencyMs: 20 });
    closing.push(() => sandbox.close());
    writeFileSync(at('authority.pem'), sandbox.authority);
    const urls: string[] = [];
    for (let number = 1; number <= tills; number += 1) {
      const till = await startReferencePos({ dataDir: at(`till-${number}`) });
      closing.push(() => till.close());
      urls.push(till.url);
    }
    const selected = whole ? [] : ['--rows', rows.join()];
    const words = ['--profile', profileOf(urls), '--upstream', 'sandbox', ...selected];
    const run = started('partner', [...words, '--no-allure', '--out', at('run')], {
      preload: new URL('../../fixtures/sandbox/as-dojo.ts', import.meta.url).href,
      longest: 3_600_000,
      env: {
        // What this machine trusts besides is none of the partner's.
        NODE_EXTRA_CA_CERTS: '',
        NODE_USE_SYSTEM_CA: '',
        STAND_IN_PORT: new URL(sandbox.url).port,
        STAND_IN_AUTHORITY: at('authority.pem'),
        DOJO_API_KEY: sandbox.apiKey,
        DOJO_OTHER_API_KEY: sandbox.otherApiKey,
        DOJO_SOFTWARE_HOUSE_ID: 'softwareHouse1',
        DOJO_RESELLER_ID: 'reseller1',
      },
    });
    if (whole) run.child.stdout!.pipe(process.stderr);
    const there = /write your name there: (http\S+)/;
    const url = there.exec(await run.printed(there))![1]!;
    await attends(url, { hands: sandbox, key: sandbox.otherApiKey });
    const { stdout, stderr } = await run.ended;
    printed = stdout + stderr;
    certificate = JSON.parse(readFileSync(at('run/certification.json'), 'utf8')) as Certificate;
  });

  test('qualifies, as far as it goes', () => {
    assert.deepEqual(certificate.run.why, whole ? [] : ['not all mandatory rows were selected'], printed);
    assert.equal(certificate.run.upstream, 'https://api.dojo.tech');
    assert.equal(certificate.subject.display, 'observed');
    assert.equal(certificate.ranOn.environment?.extraAuthorities, false);
  });
  test('passes what the kit can see, and leaves the rest to a reviewer', () => {
    const verdicts = Map.groupBy(certificate.rows, ({ verdict }) => verdict);
    const open = [...verdicts].filter(([verdict]) => !/passed|warning|review|not-applicable/.test(verdict));
    assert.deepEqual(open, [], printed);
    assert.ok(verdicts.get('review')?.some(({ id }) => id === 'PAC-SALE-02'));
    assert.equal(certificate.rows.find(({ id }) => id === 'PAC-SALE-10')?.verdict, 'passed');
  });
  test('is certified by the decisions of a reviewer, who signs them', async () => {
    const partner = new KeyStore(at('partner')).make('Acme Tills', 'partner');
    writeFileSync(at('acme.json'), JSON.stringify(partner));
    new KeyStore(at('reviewer')).make('R. Viewer', 'reviewer');
    await does('reviewer', 'keys', 'pin', at('acme.json'));
    const bundle = at('run.zip');
    await does('partner', 'seal', at('run'), '--out', bundle);
    const review = certificate.rows.filter(({ verdict }) => verdict === 'review').map(({ id }) => id);
    await decided(bundle, review);
    const said = await does('reviewer', 'verify', bundle, '--review', `${bundle}.review.sigstore.json`);
    if (whole) process.stderr.write(said);
    assert.match(said, /Whole and coherent/);
    for (const id of review)
      assert.match(said, new RegExp(`${id}: review by the kit; accepted by R. Viewer`));
    assert.match(said, whole ? /With the review: certified by decision\./ : /With the review: not certified/);
    if (whole) assert.match(said, /in a qualifying run/);
  });
});
