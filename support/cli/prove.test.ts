import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { type Mutant, mutants } from '../../fixtures/mutants/index.ts';
import { loadCatalogue } from '../checklist/index.ts';
import { loadContract } from '../contract/index.ts';
import { builtIn, loadProfile } from '../profile/index.ts';
import type { Certificate } from '../verdict/index.ts';
import { runRows, selectRows } from './run.ts';

const catalogue = loadCatalogue();
const contract = loadContract();

/** Rows on which a mutant must not be caught unless its entry says so. */
const controls = ['PAC-CFG-04', 'PAC-SALE-01', 'PAC-SALE-04'];

let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'dojo-conformance-mutants-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

async function certificateOf(mutant: Mutant): Promise<Certificate> {
  const ids = [...new Set([...mutant.kills.map(({ row }) => row), ...controls])];
  const till = mutant.till !== undefined;
  const { certificate } = await runRows({
    profile: loadProfile(till ? builtIn.reference : builtIn.headless),
    ownTill: till,
    upstream: { kind: 'embedded' },
    rows: selectRows(catalogue, ids, null),
    catalogue,
    contract,
    workers: till ? Math.min(5, ids.length) : 0,
    fast: till,
    allure: false,
    out: join(folder, mutant.id),
    id: mutant.id,
    say: () => {},
    wrong: {
      ...(mutant.till ? { till: mutant.till } : {}),
      ...(mutant.upstream ? { upstream: mutant.upstream } : {}),
    },
  });
  return certificate;
}

suite('a till or an upstream that is wrong in one way', () => {
  for (const mutant of mutants) {
    test(`${mutant.id} is caught by the checks that its entry names, and by no other`, async () => {
      const certificate = await certificateOf(mutant);
      const failed = certificate.rows.flatMap((row) =>
        row.findings
          .filter(({ outcome }) => outcome === 'failed')
          .map(({ check, observed }) => ({ row: row.id, check: check.split('/')[1]!, observed })),
      );
      for (const { row, check, observed } of mutant.kills) {
        const found = failed.find((one) => one.row === row && one.check === check);
        assert.ok(
          found,
          `${row}/${check} did not fail; failed: ${failed.map((one) => `${one.row}/${one.check}`).join(', ') || 'nothing'}`,
        );
        assert.match(found.observed, observed);
        assert.equal(certificate.rows.find(({ id }) => id === row)?.verdict, 'failed');
      }
      const meant = ({ row, check }: { row: string; check: string }) =>
        mutant.kills.some((kill) => kill.row === row && kill.check === check) ||
        mutant.sameDefect?.includes(check);
      assert.deepEqual(
        failed.filter((one) => !meant(one)),
        [],
      );
    });
  }
});
