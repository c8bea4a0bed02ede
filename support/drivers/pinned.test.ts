import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { temporaryFolder } from '../record/disk/temporary.ts';
import { identityFor } from '../traffic/authority.ts';
import { credentialsFor, mistakeInCredentials } from './browser/basic-auth.ts';
import { statusOfPage } from './browser/page-status.ts';
import { mistakeInCertificate, placedCertificate } from './pinned.ts';
import type { BrowserDriver } from './settings.ts';

suite('a POS behind https with a certificate of its own', () => {
  const folder = temporaryFolder('pinned');
  let server: Server;
  let url = '';
  before(async () => {
    const [own, other] = [
      await identityFor(join(folder, '1'), 'own', ['127.0.0.1']),
      await identityFor(join(folder, '2'), 'other', ['127.0.0.1']),
    ];
    writeFileSync(join(folder, 'own.pem'), own.cert);
    writeFileSync(join(folder, 'other.pem'), other.cert);
    server = createServer({ key: own.key, cert: own.cert }, (request, response) => {
      const named = request.headers.authorization === `Basic ${btoa('shop:correct-horse')}`;
      response.writeHead(named ? 200 : 401).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });
  const settings = (more: object): BrowserDriver =>
    placedCertificate({ url, ...more } as unknown as BrowserDriver, folder);

  test('is reached where it shows the certificate that the profile names, and else not', async () => {
    assert.equal(await statusOfPage(url, settings({ certificate: 'own.pem' })), 401);
    await assert.rejects(
      statusOfPage(url, settings({ certificate: 'other.pem' })),
      /shows another certificate than the one that the profile names/,
    );
    await assert.rejects(statusOfPage(url, settings({})), /a certificate that this machine does not trust/);
  });
  test('is given name and password of the environment', async () => {
    assert.match(
      mistakeInCredentials({ basicAuth: true })?.says ?? '',
      /DOJO_TILL_USER and DOJO_TILL_PASSWORD/,
    );
    assert.equal(mistakeInCredentials({}), null);
    Object.assign(process.env, { DOJO_TILL_USER: 'shop', DOJO_TILL_PASSWORD: 'correct-horse' });
    try {
      assert.equal(mistakeInCredentials({ basicAuth: true }), null);
      assert.equal(credentialsFor({}), null);
      assert.equal(await statusOfPage(url, settings({ certificate: 'own.pem', basicAuth: true })), 200);
    } finally {
      delete process.env.DOJO_TILL_USER;
      delete process.env.DOJO_TILL_PASSWORD;
    }
  });
  test('is named by a file that holds a certificate, for https, and not besides any other', () => {
    const says = (more: object) =>
      mistakeInCertificate({ url, certificate: 'own.pem', ...more }, folder)?.says ?? '';
    assert.equal(says({}), '');
    assert.match(says({ certificate: 'none.pem' }), /there is no such file: none\.pem/);
    writeFileSync(join(folder, 'text.pem'), 'no certificate');
    assert.match(says({ certificate: 'text.pem' }), /it holds none that can be read/);
    assert.match(says({ url: 'http://127.0.0.1:1' }), /begin with https/);
    assert.match(says({ anyCertificate: true }), /found both/);
  });
});
