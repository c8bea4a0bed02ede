import assert from 'node:assert/strict';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, rmSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { connect as connectTls, createServer } from 'node:tls';
import {
  X509Certificate as Certificate,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { temporaryFolder } from '../record/disk/temporary.ts';
import { identityFor } from './authority.ts';

const fingerprintOf = (cert: string) => new X509Certificate(cert).fingerprint256;

const folder = temporaryFolder('authority');
after(() => rmSync(folder, { recursive: true }));

/** Whether a client that trusts the authority believes a server with that identity, under that name. */
async function believes(
  shown: { readonly key: string; readonly cert: string },
  ca: string,
  name: string,
): Promise<string> {
  const server = createServer(shown, (socket) => socket.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { promise, resolve } = Promise.withResolvers<string>();
  const ip = /^[\d.]+$/.test(name);
  const raw: Socket = connect(port, '127.0.0.1');
  const client = connectTls({ socket: raw, host: name, ca, ...(ip ? {} : { servername: name }) }, () =>
    resolve('believed'),
  );
  client.on('error', (error) => resolve(error.message));
  const said = await promise;
  client.destroy();
  server.close();
  return said;
}

suite('the authority of the kit', () => {
  test('vouches for the names and addresses that it was made for', async () => {
    const shown = await identityFor(folder, 'My till', ['api.dojo.tech', '127.0.0.2']);
    const { cert } = shown.authority;
    assert.equal(await believes(shown, cert, 'api.dojo.tech'), 'believed');
    assert.equal(await believes(shown, cert, '127.0.0.2'), 'believed');
    assert.match(await believes(shown, cert, 'example.com'), /does not match/);
    assert.match(await believes(shown, cert, '127.0.0.3'), /does not match/);
    const alone = await identityFor(folder, 'My till', ['127.0.0.2']);
    assert.equal(await believes(alone, alone.authority.cert, '127.0.0.2'), 'believed');
  });
  test('is made once for a profile, for 30 days, and its key is for the user alone', async () => {
    const [one, again, other] = [
      await identityFor(folder, 'My till', ['api.dojo.tech']),
      await identityFor(folder, 'My till', ['api.dojo.tech']),
      await identityFor(folder, 'Another till', ['api.dojo.tech']),
    ];
    assert.equal(fingerprintOf(one.authority.cert), fingerprintOf(again.authority.cert));
    assert.notEqual(fingerprintOf(one.authority.cert), fingerprintOf(other.authority.cert));
    const { validFrom, validTo } = new X509Certificate(one.authority.cert);
    const days = (Date.parse(validTo) - Date.parse(validFrom)) / 86_400_000;
    assert.ok(days > 29.9 && days < 30.1, String(days));
    if (process.platform !== 'win32')
      assert.equal(statSync(join(one.authority.file, '..', 'ca.key')).mode & 0o777, 0o600);
  });
  for (const [what, names, made, of] of [
    ['another name', ['api.dojo.tech'], [{ type: 'dns', value: 'bank.example' }], 'bank.example'],
    [
      'an address, where it has names alone',
      ['api.dojo.tech'],
      [{ type: 'ip', value: '127.0.0.1' }],
      '127.0.0.1',
    ],
    ['another address', ['127.0.0.2'], [{ type: 'ip', value: '127.0.0.1' }], '127.0.0.1'],
    [
      'a name, where it has addresses alone',
      ['127.0.0.2'],
      [{ type: 'dns', value: 'bank.example' }],
      'bank.example',
    ],
  ] as const)
    test(`whose key is stolen is believed for nothing else: ${what}`, async () => {
      const { authority } = await identityFor(folder, 'My till', names);
      const shown = await forged(authority.file, made);
      assert.match(await believes(shown, authority.cert, of), /subtree violation/);
    });
});

/** A certificate for other names, as a thief of the authority's key would make it. */
async function forged(file: string, names: readonly { type: 'dns' | 'ip'; value: string }[]) {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const [der] = PemConverter.decode(readFileSync(join(file, '..', 'ca.key'), 'utf8'));
  const signingKey = await crypto.subtle.importKey('pkcs8', der!, algorithm, false, ['sign']);
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const leaf = await X509CertificateGenerator.create({
    subject: 'CN=forged',
    issuer: new Certificate(readFileSync(file, 'utf8')).subject,
    notAfter: new Date(Date.now() + 86_400_000),
    signingAlgorithm: algorithm,
    publicKey: await crypto.subtle.importKey('spki', spki, algorithm, true, ['verify']),
    signingKey,
    extensions: [new SubjectAlternativeNameExtension([...names])],
  });
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    cert: leaf.toString('pem'),
  };
}
