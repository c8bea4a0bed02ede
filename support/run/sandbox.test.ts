import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, suite, test } from 'node:test';
import { jsonOf, textAt } from '../record/evidence.ts';
import type { Ended } from '../workshop/testing/command.ts';
import { type Rig, sandboxRig } from '../workshop/testing/sandbox.ts';

suite('a run against the sandbox, over TLS', () => {
  let rig: Rig;
  let ended: Ended;
  before(async () => {
    rig = await sandboxRig();
    ended = await rig.run('one', ['PAC-SALE-07', 'PAC-SALE-11']);
  });

  test('judges its rows on virtual card machines', () => {
    assert.equal(ended.code, 0, ended.stdout + ended.stderr);
    assert.deepEqual(rig.verdicts('one'), { 'PAC-SALE-07': 'passed', 'PAC-SALE-11': 'passed' });
  });
  test('records the certificate that the server showed, and shows it in the report', () => {
    const shown = new X509Certificate(rig.sandbox.certificate);
    const { serverCertificate } = rig.certificate('one').run;
    assert.deepEqual(serverCertificate, {
      subject: shown.subject,
      issuer: shown.issuer,
      validFrom: new Date(shown.validFrom).toISOString(),
      validTo: new Date(shown.validTo).toISOString(),
      fingerprint256: shown.fingerprint256,
      ...(shown.subjectAltName ? { names: shown.subjectAltName } : {}),
    });
    const html = readFileSync(join(rig.folder, 'one', 'certification.html'), 'utf8');
    assert.ok(html.includes(shown.fingerprint256));
  });
  test('is practice, for its host is another and an authority of the user’s own was trusted', () => {
    const { kind, why, upstream } = rig.certificate('one').run;
    assert.equal(kind, 'practice');
    assert.equal(upstream, rig.sandbox.url);
    assert.ok(why.includes("the upstream is not the sandbox's own host"));
    assert.ok(why.some((one) => one.includes('NODE_EXTRA_CA_CERTS')));
    assert.ok(!why.some((one) => one.includes('NODE_TLS_REJECT_UNAUTHORIZED')));
  });
  test('names what it makes after itself, and leaves nothing open', async () => {
    const { id } = rig.certificate('one').run;
    const references = rig
      .observations('one')
      .flatMap((one) => (one.kind === 'exchange' ? [textAt(jsonOf(one.exchange.request), 'reference')] : []))
      .filter((reference) => reference !== null);
    assert.equal(references.length, 2);
    for (const reference of references) assert.ok(reference.startsWith(`kit-${id}-`), reference);
    assert.deepEqual(await rig.sandbox.open(), []);
    assert.ok(
      rig.sandbox.arrivals.some(
        ({ method, path }) => method === 'DELETE' && path.startsWith('/payment-intents/'),
      ),
      'the sale that was cancelled on the card machine left an open payment intent',
    );
  });
  test('says that verification was disabled, when it was', async () => {
    await rig.run('unverified', ['PAC-CFG-04'], [], { NODE_TLS_REJECT_UNAUTHORIZED: '0' });
    assert.ok(
      rig.certificate('unverified').run.why.some((one) => one.includes('NODE_TLS_REJECT_UNAUTHORIZED is 0')),
    );
  });
  test('does not begin where the certificate can’t be verified, whatever the environment says', async () => {
    const env = { NODE_EXTRA_CA_CERTS: '', NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    const { code, stderr } = await rig.start('stranger', ['--rows', 'PAC-CFG-04'], env).ended;
    assert.equal(code, 3);
    assert.match(stderr, /can't be reached over verified TLS: .*certificate.* NODE_EXTRA_CA_CERTS/s);
  });
  test('uses the card machines that it may, and names one that is not there', async () => {
    const { code, stderr } = await rig.run('lost', ['PAC-SALE-01'], [], {
      DOJO_CARD_MACHINES: 'VCMNONESIP0',
    });
    assert.equal(code, 2);
    assert.match(stderr, /DOJO_CARD_MACHINES names, but it has no VCMNONESIP0\. It has VCM/);
  });
});

suite('what stands in the way of a row, and is not the subject’s doing', () => {
  test('a state that no virtual machine can be brought to blocks the row, and does not stop the run', async () => {
    const rig = await sandboxRig();
    const blocked = ['PAC-SALE-10', 'PAC-AUTH-03', 'PAC-ERR-02', 'PAC-ERR-03'];
    const { code, stdout } = await rig.run('unreachable', [...blocked, 'PAC-ERR-04']);
    assert.equal(code, 3, stdout);
    const { 'PAC-ERR-04': last, ...others } = rig.verdicts('unreachable');
    assert.deepEqual([...new Set(Object.values(others))], ['blocked']);
    assert.equal(last, 'passed', 'the run went on after four blocked rows');
    for (const { trouble } of rig.certificate('unreachable').rows.slice(0, -1))
      assert.match(
        `${trouble[0]?.message}. ${trouble[0]?.advice}`,
        /can't be brought to .* against the simulator/,
      );
    assert.deepEqual(await rig.sandbox.open(), []);
  });
  test('a card that comes before the cancellation, through nobody’s fault, blocks the row', async () => {
    const rig = await sandboxRig({ pace: 40 });
    const { code, stdout } = await rig.run('early', ['PAC-SALE-12']);
    assert.equal(code, 3, stdout);
    assert.match(stdout, /PAC-SALE-12 blocked: The card reached the virtual card machine \S+SIP0 before/);
    assert.deepEqual(await rig.sandbox.open(), []);
  });
  test('a card machine that the account lacks blocks the rows that need it', async () => {
    const rig = await sandboxRig({ machines: ['SIP0'] });
    const { stdout } = await rig.run('lacking', ['PAC-SALE-07', 'PAC-SALE-11']);
    assert.match(stdout, /no card machine whose TID ends in DIP0: PAC-SALE-07 will be blocked/);
    assert.deepEqual(rig.verdicts('lacking'), { 'PAC-SALE-07': 'blocked', 'PAC-SALE-11': 'blocked' });
  });
  const brokenStart = (status: number) =>
    sandboxRig({
      outOfOrder: (method, path) => (method === 'POST' && path === '/terminal-sessions' ? status : null),
    });
  test('a rate limit that the till meets blocks its rows, and the third in a row stops the run', async () => {
    const rig = await brokenStart(429);
    const { code } = await rig.run('often', [
      'PAC-SALE-04',
      'PAC-AUTH-01',
      'PAC-RFS-01',
      'PAC-RFS-02',
      'PAC-RFS-05',
    ]);
    assert.equal(code, 3);
    assert.deepEqual([...new Set(Object.values(rig.verdicts('often')))], ['blocked']);
    const said = rig.certificate('often').rows.map(({ trouble }) => JSON.stringify(trouble));
    assert.match(said[0]!, /terminal-sessions was answered 429.*--parallel 1/);
    assert.match(said[4]!, /stopped before this row/);
    assert.deepEqual(await rig.sandbox.open(), []);
  });
  for (const status of [500, 503])
    test(`an API that answers ${status} blocks the row, and what it has made all the same is ended`, async () => {
      const rig = await brokenStart(status);
      const { code } = await rig.run('broken', ['PAC-AUTH-01']);
      assert.equal(code, 3);
      assert.deepEqual(rig.verdicts('broken'), { 'PAC-AUTH-01': 'blocked' });
      assert.match(
        JSON.stringify(rig.certificate('broken').rows[0]!.trouble),
        new RegExp(`answered ${status}`),
      );
      assert.deepEqual(await rig.sandbox.open(), []);
    });
  test('a network that is lost in the middle blocks the row, and what is left open is named', async () => {
    const rig = await sandboxRig();
    const { printed, ended } = rig.start('lost', ['--rows', 'PAC-SALE-15,PAC-SALE-01']);
    await printed(/rows, all automatic/);
    await rig.sandbox.arrived((one) => one.method === 'POST' && one.path === '/terminal-sessions');
    await rig.sandbox.close();
    const { code, stdout } = await ended;
    assert.equal(code, 3, stdout);
    assert.deepEqual([...new Set(Object.values(rig.verdicts('lost')))], ['blocked']);
    assert.match(stdout, /could not be ended.*\n {2}terminal session ts_\S+: .* can't be reached/);
    assert.match(stdout, /\n {2}payment intent pi_\S+: .* can't be reached/);
  });
  test('a rate limit never fails a row, and the kit comes back when it is asked to', async () => {
    const rig = await sandboxRig({ perSecond: 12, latencyMs: 0 });
    await rig.run('limited', ['PAC-PI-06']);
    assert.ok(rig.sandbox.arrivals.some(({ status }) => status === 429));
    assert.match(rig.verdicts('limited')['PAC-PI-06']!, /passed|blocked/);
    assert.deepEqual(await rig.sandbox.open(), []);
  });
});

suite('a production key', () => {
  const key = 'sk_prod_aKeyThatIsNone';
  test('is refused, and with --allow-production as long as no rows are named', async () => {
    const rig = await sandboxRig();
    const tried = (...args: string[]) => rig.run('never', [], args, { DOJO_API_KEY: key });
    const plain = await tried();
    assert.equal(plain.code, 2);
    assert.match(plain.stderr, /production key.*--allow-production.*--rows/s);
    const allowed = await tried('--allow-production');
    assert.equal(allowed.code, 2);
    assert.match(allowed.stderr, /--rows was left out/);
    assert.deepEqual(rig.sandbox.arrivals, []);
  });
  test('is taken for rows that are named, and the run is practice', async () => {
    const rig = await sandboxRig({ apiKey: key });
    const { code, stderr } = await rig.run('real', ['PAC-CFG-04'], ['--allow-production']);
    assert.equal(code, 0, stderr);
    assert.ok(rig.certificate('real').run.why.includes('it was run with a production key'));
  });
});

test('rows that share a card machine never meet there, however many run side by side', async () => {
  const rig = await sandboxRig();
  const rows = ['PAC-SALE-01', 'PAC-SALE-04', 'PAC-AUTH-01', 'PAC-PI-08'];
  const { code, stdout } = await rig.start('beside', ['--rows', rows.join(), '--parallel', '2']).ended;
  assert.equal(code, 0, stdout);
  const refused = rig
    .observations('beside')
    .filter((one) => one.kind === 'exchange' && one.exchange.request.target === '/terminal-sessions')
    .filter((one) => one.kind === 'exchange' && one.exchange.response?.status !== 200);
  assert.deepEqual(refused, [], 'no card machine was in use');
});

for (const version of ['2024-02-05', '2025-09-10'])
  test(`a till of version ${version} is judged by that version`, async () => {
    const rig = await sandboxRig();
    const { code, stdout } = await rig.runVersion(version, ['PAC-CFG-04', 'PAC-SALE-04', 'PAC-REF-01']);
    assert.equal(code, 0, stdout);
    const versions = rig
      .observations(version)
      .flatMap((one) => ('exchange' in one ? one.exchange.request.headers : []))
      .flatMap(([name, value]) => (name === 'version' ? [value] : []));
    assert.deepEqual([...new Set(versions)], [version]);
  });

test('the sandbox’s own host qualifies, as long as Node trusts none but its own authorities', () => {
  const module = JSON.stringify(new URL('./sandbox.ts', import.meta.url).href);
  const script = `const { sandboxUrl, whyNotTheSandbox } = await import(${module});
    console.log(JSON.stringify(whyNotTheSandbox(sandboxUrl, false)));`;
  const { NODE_EXTRA_CA_CERTS: _, NODE_USE_SYSTEM_CA: __, NODE_OPTIONS: ___, ...env } = process.env;
  const why = (flags: readonly string[], more: Record<string, string> = {}): string[] => {
    const args = [...flags, '--input-type=module', '-e', script];
    const { stdout, stderr } = spawnSync(process.execPath, args, { env: { ...env, ...more } });
    assert.match(String(stdout), /^\[.*\]$/m, String(stderr));
    return JSON.parse(String(stdout)) as string[];
  };
  assert.deepEqual(why([]), []);
  for (const reasons of [why(['--use-openssl-ca']), why([], { NODE_OPTIONS: '--use-openssl-ca' })])
    assert.match(reasons.join(), /authorities besides Node's own were trusted/);
});
