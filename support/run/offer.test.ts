import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { type RequestOptions, request } from 'node:https';
import { text } from 'node:stream/consumers';
import { after, before, suite, test } from 'node:test';
import { temporaryFolder } from '../record/disk/temporary.ts';
import { type Identity, identityFor } from '../traffic/authority.ts';
import { type Offer, offerAuthority } from './offer.ts';

suite('the page that offers the authority of the kit', () => {
  const folder = temporaryFolder('offer');
  const links: string[] = [];
  let identity: Identity;
  let offer: Offer;
  before(async () => {
    identity = await identityFor(folder, 'My till', ['127.0.0.1']);
    offer = await offerAuthority({ host: '127.0.0.1', identity }, (link) => links.push(link));
  });
  after(async () => {
    await offer.close();
    rmSync(folder, { recursive: true });
  });
  const asked = (url: string, options: RequestOptions = {}) => {
    const { promise, resolve } = Promise.withResolvers<{
      status?: number;
      text: string;
      cookie: string;
      location?: string;
    }>();
    request(url, { ca: identity.authority.cert, agent: false, ...options }, async (answer) => {
      const { location } = answer.headers;
      resolve({
        status: answer.statusCode!,
        text: await text(answer),
        cookie: answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '',
        ...(location ? { location } : {}),
      });
    })
      .on('error', () => resolve({ text: '', cookie: '' }))
      .end();
    return promise;
  };
  const nothing = { text: '', cookie: '' };

  test('answers nobody who has not its link', async () => {
    const { origin } = new URL(links[0]!);
    for (const path of ['/', '/ca.crt', '/?token=', '/?token=00', '/ca.crt?token=x'])
      assert.deepEqual(await asked(origin + path), nothing, path);
    assert.deepEqual(await asked(links[0]!, { method: 'POST' }), nothing);
    assert.deepEqual(await asked(`${origin}/`, { headers: { cookie: 'kit=00' } }), nothing);
  });
  test('is had by whoever opens its link first, with the certificate; the link is used up', async () => {
    const [link] = links;
    const { origin } = new URL(link!);
    const { status, cookie, location } = await asked(link!);
    assert.deepEqual([status, location], [303, '/']);
    assert.equal(links.length, 2, 'another link is announced for another machine');
    const shown = await asked(`${origin}/`, { headers: { cookie } });
    assert.match(shown.text, /Download the certificate/);
    const file = await asked(`${origin}/ca.crt`, { headers: { cookie } });
    assert.equal(file.text, identity.authority.cert);
    assert.doesNotMatch(file.text + shown.text, /PRIVATE KEY/);
    assert.deepEqual(await asked(link!), nothing);
  });
  test('gives the certificate at once to a machine without a browser', async () => {
    const link = links.at(-1)!.replace('/?', '/ca.crt?');
    assert.equal((await asked(link)).text, identity.authority.cert);
    assert.deepEqual(await asked(link), nothing);
  });
});
