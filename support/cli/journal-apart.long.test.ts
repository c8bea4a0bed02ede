import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { parse, stringify } from 'yaml';
import { type Behaviour, startReferencePos } from '../../fixtures/pay-at-counter/reference-pos/index.ts';
import type { BrowserDriver } from '../drivers/settings.ts';
import type { Certificate } from '../judging/index.ts';
import { builtIn } from '../profile/index.ts';
import { called, temporaryFolder } from '../workshop/testing/command.ts';
import { main as certify } from './certify.ts';

const folder = temporaryFolder();

/** The journal stands at an address of its own, and nothing else of the till does. */
const apart = `
const style = new CSSStyleSheet();
style.replaceSync(location.search === '?journal' ? 'main > :not(.journal) { display: none; }' : '.journal { display: none; }');
document.adoptedStyleSheets = [style];`;

/** Runs rows on a reference till with its journal apart, in a browser. */
async function run(name: string, rows: readonly string[], behaviour: Partial<Behaviour> = {}) {
  const till = await startReferencePos({
    dataDir: join(folder, `${name}-till`),
    behaviour: { pageScript: apart, ...behaviour },
  });
  try {
    const profile = parse(readFileSync(builtIn.reference, 'utf8')) as { driver: BrowserDriver };
    const { driver } = profile;
    const journal = [{ goto: '/?journal' }, { see: '#journal' }];
    const changed = { ...driver, url: till.url, actions: { ...driver.actions, journal } };
    const file = join(folder, `${name}.yaml`);
    writeFileSync(file, stringify({ ...profile, driver: changed }));
    const out = join(folder, name);
    const { stdout, stderr } = await called(certify, [
      ...['--profile', file, '--rows', rows.join(','), '--fast', '--no-allure', '--out', out],
    ]);
    const certificate = JSON.parse(readFileSync(join(out, 'certification.json'), 'utf8')) as Certificate;
    return { rows: certificate.rows, said: stdout + stderr };
  } finally {
    await till.close();
  }
}

suite('a till whose journal is not on the page of the sale', () => {
  test('passes the rows that read its journal', async () => {
    const { rows, said } = await run('conforming', ['PAC-SALE-03', 'PAC-REF-02']);
    assert.deepEqual(
      rows.map(({ verdict }) => verdict),
      ['passed', 'passed'],
      said,
    );
  });
  test('fails them where its journal is wrong', async () => {
    const { rows, said } = await run('wrong', ['PAC-SALE-03'], { ledgerKind: () => 'refund' });
    const failing = rows[0]!.findings.filter(({ outcome }) => outcome === 'failed').map(({ check }) => check);
    assert.ok(failing.includes('PAC-SALE-03/ledger-agrees'), said);
  });
});
