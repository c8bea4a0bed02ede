import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { withEvery } from '../../fixtures/pay-at-counter/mutants/upstreams/reworded.ts';
import '../checklists/index.ts';
import { loadChecklist } from '../checklist/index.ts';
import { browserRig } from '../drivers/browser/testing/rig.ts';
import { builtIn, loadProfile } from '../profile/index.ts';
import { contractFrom } from '../run/contract.ts';
import { type RunOptions, runRows, selectRows } from '../run/run.ts';
import { called, command, temporaryFolder } from '../workshop/testing/command.ts';
import { main as compare } from './compare.ts';
import { main as keys } from './keys.ts';
import { main as seal } from './seal.ts';
import { main as verify } from './verify.ts';

const rig = browserRig();
const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const env = (who: 'partner' | 'reviewer') => ({ DOJO_KEYS: at(who) });

async function does(who: 'partner' | 'reviewer', main: typeof seal, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await called(main, args, env(who));
  assert.equal(code, 0, `${stdout}${stderr}`);
  return stdout;
}

/** What the partner hands in each month: a run, sealed. */
async function handedIn(month: string, wrong: NonNullable<RunOptions['wrong']>): Promise<string> {
  await runRows({
    profile: loadProfile(builtIn.headless),
    ownTill: false,
    upstream: { kind: 'embedded' },
    rows: selectRows(loadChecklist(), ['PAC-CFG-05', 'PAC-SALE-01'], null),
    checklist: loadChecklist(),
    contract: contractFrom(undefined),
    workers: 0,
    fast: false,
    allure: false,
    out: at(month),
    id: month,
    say: () => {},
    wrong,
  });
  await does('partner', seal, at(month), '--out', at(`${month}.zip`));
  return at(`${month}.zip`);
}

let [october, november] = ['', ''];
before(async () => {
  await does('partner', keys, 'make', '--name', 'Acme Tills');
  await does('partner', keys, 'export', '--out', at('acme.json'));
  await does('reviewer', keys, 'make', '--name', 'R. Viewer', '--role', 'reviewer');
  october = await handedIn('october', {});
  november = await handedIn('november', { upstream: { present: withEvery('entryMode', 'Magstripe') } });
});

test('a reviewer’s day: receive, verify, decide, compare with last month, sign, print', {
  timeout: 240_000,
}, async () => {
  await does('reviewer', keys, 'pin', at('acme.json'));
  assert.match(await does('reviewer', verify, november), /Signed by Acme Tills .*whose key you know/);

  const review = command(['certify', 'review', november, '--before', october], {
    cwd: process.cwd(),
    env: env('reviewer'),
  });
  const printed = await review.printed(/Decide here: \S+/);
  const page = await rig.browser.newPage();
  await page.goto(/Decide here: (\S+)/.exec(printed)![1]!);
  assert.match(
    await page.locator('main').innerText(),
    /Since the run october[\s\S]*PAC-SALE-01 .*: passed, then failed/,
  );
  const row = page.locator('[data-row="PAC-SALE-01"]');
  assert.match(await row.innerText(), /Observed: /);
  await page.getByLabel('Your name').fill('R. Viewer');
  await row.getByLabel('Waive this failing').check();
  await row.locator('input[type=date]').fill('2099-03-31');
  await row.getByLabel('Reason').fill('the sandbox reads each card so');
  await row.getByRole('button', { name: 'Save' }).click();
  await row.locator('output').filter({ hasText: 'Saved.' }).waitFor();
  await page.getByRole('button', { name: 'Sign the review' }).click();
  await page.locator('#standing').filter({ hasText: 'Signed: ' }).waitFor();
  await review.printed(/Signed: \S+/);
  review.child.kill('SIGINT');
  assert.equal((await review.ended).code, 0);

  const signed = `${november}.review.sigstore.json`;
  const said = await does('reviewer', verify, november, '--review', signed);
  assert.match(
    said,
    /PAC-SALE-01: failed by the kit; waived by R\. Viewer on .*: the sandbox reads each card so/,
  );
  const ended = await does('reviewer', verify, november, '--review', signed, '--at', '2099-04-01');
  assert.match(ended, /Does not count: The waiver of PAC-SALE-01 ended on 2099-03-31/);

  const changes = [october, november, '--html', at('changes.html'), '--csv', at('changes.csv')];
  const compared = await called(compare, changes, env('reviewer'));
  assert.equal(compared.code, 1, compared.stderr);
  assert.match(readFileSync(at('changes.csv'), 'utf8'), /^PAC-SALE-01,.*,passed,failed,/m);
  await page.goto(pathToFileURL(at('changes.html')).href);
  assert.match(await page.locator('#PAC-SALE-01').innerText(), /Passed[\s\S]*Failed/);

  const certificate = `${november}.certificate.html`;
  assert.ok(existsSync(certificate));
  await page.goto(pathToFileURL(certificate).href);
  const front = await page.locator('main').innerText();
  assert.match(front, /The kit’s verdict\s+Not certified/);
  assert.match(front, /waived, last day 2099-03-31\s+the sandbox reads each card so\s+R\. Viewer/);
  const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  assert.ok((paper.match(/\/Type\s*\/Page\b/g)?.length ?? 0) > 1);
  await page.close();
});
