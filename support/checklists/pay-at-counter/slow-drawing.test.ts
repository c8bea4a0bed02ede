import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadChecklist } from '../../checklist/index.ts';
import { loadContract } from '../../contract/index.ts';
import { builtIn, loadProfile } from '../../profile/index.ts';
import { runRows } from '../../run/run.ts';
import { temporaryFolder } from '../../workshop/testing/command.ts';
import '../index.ts';

/** JavaScript by which a page draws everything a second late, in its order. */
const drawsLate = `
Object.defineProperty(EventSource.prototype, 'onmessage', {
  set(show) {
    this.addEventListener('message', (event) => setTimeout(show, 1000, event));
  },
});`;

test('a till that draws everything a second late passes, with several sales in one row', async () => {
  const checklist = loadChecklist('pay-at-counter');
  const { certificate } = await runRows({
    profile: loadProfile(builtIn.reference),
    ownTill: true,
    upstream: { kind: 'embedded' },
    rows: checklist.rows.filter(({ id }) => id === 'PAC-SALE-16' || id === 'PAC-SALE-07'),
    checklist,
    contract: loadContract(),
    workers: 0,
    fast: true,
    mostPictures: 0,
    allure: false,
    out: temporaryFolder(),
    id: 'slow-drawing',
    wrong: { till: { pageScript: drawsLate } },
    say: () => {},
  });
  const amiss = certificate.rows.flatMap(({ id, verdict, why, findings, trouble }) => [
    ...(verdict === 'passed' ? [] : [`${id} ${verdict} ${why}`]),
    ...trouble.map(({ message }) => message),
    ...findings.filter(({ outcome }) => outcome !== 'passed').map((one) => `${one.check}: ${one.observed}`),
  ]);
  assert.deepEqual(amiss, []);
});
