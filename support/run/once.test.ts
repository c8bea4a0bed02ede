import '../checklists/index.ts';
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { loadChecklist } from '../checklist/index.ts';
import { loadContract } from '../contract/index.ts';
import { builtIn, loadProfile } from '../profile/index.ts';
import { temporaryFolder } from '../record/disk/temporary.ts';
import { runRows, selectRows } from './run.ts';

const folder = temporaryFolder('once');
after(() => rmSync(folder, { recursive: true }));

test('a POS that is set up once a run goes through its rows with one key, and has its card machine back after each', async () => {
  const checklist = loadChecklist('pay-at-counter');
  const said: string[] = [];
  const { certificate } = await runRows({
    profile: { ...loadProfile(builtIn['reference-http']), reach: { configure: 'once' } },
    ownTill: true,
    upstream: { kind: 'embedded' },
    rows: selectRows(checklist, ['PAC-CFG-02', 'PAC-ERR-03', 'PAC-SALE-01', 'PAC-SALE-07'], null),
    checklist,
    contract: loadContract(),
    workers: 1,
    fast: true,
    allure: false,
    out: join(folder, 'run'),
    id: 'run',
    say: (line) => said.push(line),
  });
  const failing = certificate.rows.flatMap(({ findings, trouble }) => [
    ...findings.filter(({ outcome }) => outcome === 'failed'),
    ...trouble,
  ]);
  assert.deepEqual(failing, []);
  assert.ok(certificate.rows.every(({ verdict }) => verdict === 'passed' || verdict === 'review'));
  assert.ok(said.includes('The POS was set up 2 times, 1 of them anew, for PAC-CFG-02.'), said.join('\n'));
  assert.match(said.find((line) => line.includes('PAC-CFG-02')) ?? '', /4\/4/);
});
