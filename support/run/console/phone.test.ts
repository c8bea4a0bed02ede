import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { type RequestOptions, request } from 'node:https';
import { text } from 'node:stream/consumers';
import { after, before, suite, test } from 'node:test';
import { Desk } from '../../drivers/attended/desk.ts';
import { questionStep } from '../../drivers/attended/steps.ts';
import { temporaryFolder } from '../../record/disk/temporary.ts';
import { samplePng } from '../../report/testing/png.ts';
import type { Served } from '../../review/page/local-page.ts';
import { identityFor } from '../../traffic/authority.ts';
import { servePhones } from './phone.ts';
import type { Plan } from './plan.ts';
import { inTerminal } from './qr.ts';
import { ConsoleSession } from './session.ts';

const plan = { pos: 'Till', rows: [], trial: [], minutes: { all: 1, trial: 1 }, does: '', needs: [] };

suite('the console on a phone', () => {
  const folder = temporaryFolder('phone');
  const desk = new Desk();
  const session = new ConsoleSession(desk, { ...plan, uncertain: [], choice: true, waits: true } as Plan);
  let served: Served;
  let ca = '';
  let first = '';
  before(async () => {
    const identity = await identityFor(folder, 'My till', ['127.0.0.1']);
    ca = identity.authority.cert;
    served = await servePhones(
      session,
      { host: '127.0.0.1', identity, phones: ['127.0.0.1'] },
      { abort: () => {}, announce: (link) => (first = link) },
    );
  });
  after(async () => {
    await served.close();
    rmSync(folder, { recursive: true });
  });
  const asked = (url: string, options: RequestOptions = {}, body?: Uint8Array) => {
    const { promise, resolve } = Promise.withResolvers<{ status: number; text: string; cookie: string }>();
    request(url, { ca, agent: false, ...options }, async (answer) =>
      resolve({
        status: answer.statusCode!,
        text: await text(answer),
        cookie: answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '',
      }),
    )
      .on('error', () => resolve({ status: 0, text: '', cookie: '' }))
      .end(body);
    return promise;
  };
  const nothing = { status: 0, text: '', cookie: '' };

  test('answers nobody without its link, nor with it from elsewhere', async () => {
    for (const path of ['/', '/now?after=-1', '/photo', '/?token=', '/?token=00'])
      assert.deepEqual(await asked(served.url + path), nothing, path);
    assert.deepEqual(await asked(`${served.url}/abort`, { method: 'POST' }), nothing);
    assert.deepEqual(await asked(first, { method: 'POST' }), nothing);
    assert.deepEqual(await asked(first, { localAddress: '127.0.0.9' }), nothing);
  });
  test('is had by whoever opens the link first, and its photo comes to the step in hand', async () => {
    const { status, cookie } = await asked(first);
    assert.equal(status, 303);
    assert.deepEqual(await asked(first), nothing);
    assert.notEqual(session.phoneLink, first, 'the console shows another link');
    assert.match(inTerminal(first), /^[█▀▄ \n]+$/);
    session.begin({ by: 'Anna Smith', rows: 'all' });
    void desk.ask(questionStep(false, [], {}));
    const sent = { method: 'POST', headers: { cookie, 'content-type': 'image/png' } };
    for (const _ of [1, 2]) assert.equal((await asked(`${served.url}/photo`, sent, samplePng())).text, '{}');
    assert.ok(desk.photo);
    assert.equal(desk.photo.usedIn, undefined, 'the same photo was sent twice, and given once');
    const shown = await asked(`${served.url}/now?after=-1`, { headers: { cookie } });
    assert.match(JSON.parse(shown.text).given, /A photo has come/);
  });
});
